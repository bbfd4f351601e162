//! Payers that decide on one claim one after another: what an earlier one took off gives way to what a
//! later one takes as left.
//!
//! A payer decides on the charge less what was settled before it (reason 23). As a rule that is what the
//! payer before it left to the patient. One that pays what the payer before denied takes more: so much is
//! taken off no longer, and what the patient owes in the end is what the last payer leaves. One that does not
//! say what was settled before it (V23) has that and what it takes off itself in one CO-45: what it takes off
//! beyond what was left to it gives way with a minus. All that was
//! said decides how much gives way, whatever the order in which it came; what is posted of it is the
//! difference to what was posted before. What a person gave up with the first payer gives way as a denial does.
//!
//! What gives way was taken off: what a payer before denied, and beyond that what the later payer takes off
//! itself. A contract (CO-45) binds whatever another payer pays: what is paid beyond what was left is a
//! credit, and somebody has to look whose it is.

mod books;
mod bundles;
mod later;
mod left;

use std::collections::BTreeMap;

use x12::fault::Place;
use x12::value::{Day, Money};

pub use books::{Books, MadeHere};
pub(super) use later::StillLeft;
use left::{Denied, Left, hiding};
pub(super) use left::{FEE_SCHEDULE, patients, settled_before};

use super::cases::is_about;
use super::denied_lines::without;
use super::is_later_payer;
use super::matching::KnownClaim;
use super::parted;
use super::repeated::repeated;
use super::standing::{Said, holding, overruled};
use crate::change::cases::Undecided;
use crate::change::{ArrivalId, ClaimId};
use crate::denials::reasons;
pub use crate::denials::reasons::may_be_next_payers;
use crate::ledger::{self, Account, Posting, TakenOff, gives_way};

/// All who spoke of one service, in the order in which they decide: the claim that went to the first
/// payer, those that went out in its place, and those that were made for the payers after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Turns {
    pub claims: Vec<Member>,
    turns: Vec<Turn>,
    pub books: Books,
}

/// A claim of the service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    pub claim: ClaimId,
    /// The payer that it went to, by its name in the settings.
    pub payer: Option<String>,
    /// Whether that payer decides first.
    pub is_first: bool,
    /// Whether it went out and is not closed.
    pub is_open: bool,
}

impl Member {
    /// Who speaks of the claim in a remittance of this payer with this CLP02: `None` is the first payer.
    pub fn speaker<'n>(&'n self, payer: &'n str, status: &str) -> Option<&'n str> {
        let own = self.payer.as_deref();
        match is_later_payer(payer, own, status) {
            true => Some(payer),
            false => own.filter(|_| !self.is_first),
        }
    }
}

/// What one payer said.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Turn {
    /// By its name in the settings; `None` is the first.
    payer: Option<String>,
    rank: u8,
    said: Vec<Said>,
}

/// What a payer paid beyond what those before it left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excess {
    /// By its name in the settings.
    pub payer: String,
    pub amount: Money,
    /// What it paid, and when last.
    pub paid: Money,
    pub arrival: ArrivalId,
    pub offset: usize,
}

impl Turns {
    /// Of a claim, as it is known.
    pub(super) fn of(claim: &KnownClaim) -> Turns {
        if claim.turns.is_empty() { Turns::alone(claim) } else { claim.turns.clone() }
    }

    /// Of a claim that names no payer after its own, and of which another one speaks for the first time.
    fn alone(claim: &KnownClaim) -> Turns {
        // Of the claims before and after it the books are known, though nobody spoke of them.
        let is_of_several = !claim.turns.claims.is_empty();
        let books = if is_of_several { claim.turns.books.clone() } else { claim.books.clone() };
        let mut turns = Turns { claims: claim.turns.claims.clone(), books, ..Turns::default() };
        for said in &claim.earlier {
            turns.add(None, said.clone());
        }
        for (payer, said) in &claim.later {
            turns.add(Some(payer), said.clone());
        }
        turns
    }

    /// Whether nobody spoke yet.
    pub(super) fn is_empty(&self) -> bool {
        self.turns.is_empty()
    }

    /// What each payer after the first said.
    pub(super) fn later(&self) -> impl Iterator<Item = (&str, &[Said])> {
        self.turns.iter().filter_map(|turn| Some((turn.payer.as_deref()?, turn.said.as_slice())))
    }

    /// The claim by which all of them are known.
    pub fn root(&self) -> Option<ClaimId> {
        self.claims.first().map(|first| first.claim)
    }

    /// Adds a word to the turn of a payer: `None` is the first, of all others CLP02 says the turn. What is
    /// there already takes its new place.
    pub fn add(&mut self, payer: Option<&str>, said: Said) {
        let rank = payer.map_or(0, |_| rank_of(&said.status));
        match self.turns.iter_mut().find(|turn| turn.payer.as_deref() == payer) {
            Some(turn) => {
                turn.rank = turn.rank.min(rank);
                parted::put(&mut turn.said, said);
            }
            None => {
                let payer = payer.map(str::to_owned);
                self.turns.push(Turn { payer, rank, said: vec![said] });
            }
        }
        self.turns.sort_by(|one, other| (one.rank, &one.payer).cmp(&(other.rank, &other.payer)));
    }

    /// All that one payer said: `None` is the first.
    pub(super) fn said_by(&self, payer: Option<&str>) -> &[Said] {
        let turn = self.turns.iter().find(|turn| turn.payer.as_deref() == payer);
        turn.map_or(&[], |turn| &turn.said)
    }

    /// All that was said, posted or not.
    pub fn said_mut(&mut self) -> impl Iterator<Item = &mut Said> {
        self.turns.iter_mut().flat_map(|turn| &mut turn.said)
    }

    /// Takes back a word: nobody said it.
    pub(super) fn take_back(&mut self, said: &Said) {
        for turn in &mut self.turns {
            turn.said.retain(|one| !one.is_at(&said.identity, said.offset));
            parted::join(&mut turn.said);
        }
    }

    /// Takes note that a word that was posted waits.
    pub(super) fn set_waiting(&mut self, said: &Said) {
        for one in self.said_mut().filter(|one| one.is_at(&said.identity, said.offset)) {
            one.is_posted = false;
        }
    }

    /// The payer after the first that said what an item is about.
    pub(super) fn later_payer_of(&self, case: &Undecided) -> Option<&str> {
        let said = |turn: &&Turn| turn.said.iter().any(|one| is_about(case, one));
        self.turns.iter().find(said)?.payer.as_deref()
    }

    /// V23: whether something that a payer said, and that is posted, has what was settled before it in its
    /// CO-45, or takes such back.
    pub(super) fn hides(&self, payer: Option<&str>, said: &Said) -> bool {
        let Some(turn) = self.turns.iter().find(|turn| turn.payer.as_deref() == payer) else {
            return said.hides_settled();
        };
        let posted: Vec<Said> = turn.said.iter().filter(|one| one.is_posted).cloned().collect();
        let hiding = hiding(&posted, turn.is_said_later());
        let mut found = posted.iter().zip(hiding);
        found.any(|(one, hides)| hides && one.is_at(&said.identity, said.offset))
    }

    /// V23: lets what a payer said go that does not say what was settled before it, where those before it
    /// paid nothing.
    pub(super) fn let_go<'s>(
        &self,
        payer: Option<&str>,
        said: impl Iterator<Item = &'s mut Said>,
        charged: Money,
    ) {
        for one in said.filter(|one| !one.is_posted && one.hides_settled()) {
            one.is_let = payer.is_some_and(|payer| self.is_unpaid_before(payer, one, charged));
        }
    }

    /// Whether those before a payer had decided on everything when it did, and paid nothing.
    pub(super) fn is_unpaid_before(&self, payer: &str, said: &Said, charged: Money) -> bool {
        let rank = rank_of(&said.status);
        let is_before = |turn: &&Turn| turn.payer.as_deref() != Some(payer) && turn.rank < rank;
        let before: Vec<&Turn> = self.turns.iter().filter(is_before).collect();
        // A third payer decides after a second one.
        let are_all = usize::from(rank / 2) <= before.len() + 1;
        let paid = before.into_iter().map(|turn| turn.paid_by(said.paid_on, charged));
        let paid = paid.sum::<Option<Money>>().filter(|_| are_all);
        paid.is_some_and(|paid| paid <= Money::ZERO)
    }

    /// What holds of what each payer said of a claim of this charge, in their order: posted, and neither taken
    /// back nor a denial that gave way.
    pub(super) fn holding(&self, charged: Money) -> Vec<Vec<Said>> {
        let of = |turn: &Turn| {
            let posted: Vec<Said> = turn.said.iter().filter(|one| one.is_posted).cloned().collect();
            overruled(&posted, &[], charged)
        };
        let holds = |turn| {
            let gave_way = of(turn);
            without(holding(&turn.said, charged), &gave_way)
        };
        self.turns.iter().map(holds).collect()
    }

    /// How much of what was taken off a claim of this charge gives way; with a minus what later payers take
    /// off that do not tell it from what was settled before them.
    fn given_way(&self, charged: Money) -> TakenOff {
        self.weighed(charged).0
    }

    /// What later payers paid beyond what those before them left.
    pub(super) fn excesses(&self, charged: Money) -> Vec<Excess> {
        self.weighed(charged).1
    }

    fn weighed(&self, charged: Money) -> (TakenOff, Vec<Excess>) {
        let (mut given, mut excesses) = (TakenOff::new(), Vec::new());
        let mut denied = Denied::default();
        // What was given up with the first payer is decided on, as what that denied is.
        let given_up = self.books.now.given_up.left();
        let is_given_up = given_up > Money::ZERO;
        if is_given_up {
            denied.others.insert(Account::WriteOff, given_up);
        }
        let mut before = is_given_up.then(|| Left { charge: given_up, ..Left::default() });
        // What is open by all that was said so far, what was paid beyond aside.
        let mut open = Money::ZERO;
        for mut left in self.turns.iter().filter_map(|turn| Left::by(turn, charged)) {
            if left.payer.is_none() {
                left.patients -= self.patients_twice(charged);
            }
            let mut open_now = left.patients;
            if left.payer.is_none() {
                left.charge += given_up;
            } else if let Some(before) = before {
                let taken = left.charge - left.settled;
                let given_before: Money = given.values().copied().sum();
                let mut beyond = (taken - before.patients).max(Money::ZERO);
                let of_denied = denied.give(&mut beyond, &mut given);
                let excess = excess(&left, (&before, open), of_denied);
                give(&mut beyond, &mut left.agreed, &mut given);
                left.denied.give(&mut beyond, &mut given);
                if taken < before.patients && !left.hidden.is_zero() {
                    let own = (before.patients - taken).min(left.hidden);
                    *given.entry(Account::Contractual).or_default() -= own;
                }
                if left.charge <= before.charge {
                    let given_now = given.values().copied().sum::<Money>() - given_before;
                    let told = excess.as_ref().map_or(Money::ZERO, |excess| excess.amount);
                    open_now += open - taken + given_now + told;
                }
                excesses.extend(excess);
            } else {
                left.take_nothing_off(&mut given);
            }
            denied.add(&left.denied);
            open = open_now;
            before = Some(left);
        }
        (given, excesses)
    }

    /// What the first payer left to the patient when it decided once more, and took nothing back.
    fn patients_twice(&self, charged: Money) -> Money {
        let first = self.turns.iter().find(|turn| turn.payer.is_none());
        let Some(first) = first.filter(|first| first.said.len() > 1) else {
            return Money::ZERO;
        };
        let holds: Vec<&Said> = holding(&first.said, charged).collect();
        repeated(&holds, charged).iter().map(patients).sum()
    }

    /// What the payer that decided last denied and the next one is asked for, by the claim that went there
    /// and that nobody decided on.
    fn asked_of_next(&self, charged: Money) -> BTreeMap<ClaimId, TakenOff> {
        let holding = self.holding(charged);
        let spoke = |payer: Option<&str>| {
            let mut turns = self.turns.iter().zip(&holding);
            turns.any(|(turn, holds)| turn.payer.as_deref() == payer && !holds.is_empty())
        };
        let later = || self.claims.iter().filter(|member| !member.is_first);
        let next = later().find(|member| member.is_open && !spoke(member.payer.as_deref()));
        let last = holding.iter().rfind(|holds| !holds.is_empty());
        let (Some(next), Some(last)) = (next, last) else { return BTreeMap::new() };
        // What went out in one another's place stands on the account of the first.
        let account = later().find(|member| member.payer == next.payer).unwrap_or(next);
        let mut asked = TakenOff::new();
        for (_, code, amount) in last.iter().flat_map(|said| said.adjustments()) {
            let (group, reason) = reasons::group_and_reason(code);
            if may_be_next_payers(group, reason) {
                *asked.entry(Account::of_adjustment(group, reason)).or_default() += amount;
            }
        }
        BTreeMap::from([(account.claim, asked)])
    }

    /// What the payer before one left of a claim: to the patient, or denied; `None` where none decided that
    /// still holds. CLP02 of that one says its turn.
    pub(super) fn left_to(&self, (payer, status): (&str, &str), charged: Money) -> Option<Money> {
        let rank = rank_of(status);
        let is_before = |turn: &Turn| turn.payer.as_deref() != Some(payer) && turn.rank < rank;
        let holding = self.holding(charged);
        let mut before = self.turns.iter().zip(&holding).filter(|(turn, _)| is_before(turn));
        let (_, last) = before.rfind(|(_, holds)| !holds.is_empty())?;
        let is_left = |code: &str| {
            let (group, reason) = reasons::group_and_reason(code);
            group == "PR" || reasons::reason(reason).class == reasons::Class::Denial
        };
        let adjustments = last.iter().flat_map(Said::adjustments);
        let left = adjustments.filter(|(_, code, _)| is_left(code)).map(|(_, _, amount)| amount);
        Some(left.sum::<Money>().max(Money::ZERO))
    }

    /// What the payer before one denied, and may be that one's to pay, as far as that one takes it for settled;
    /// nothing while it has not decided on all. CLP02 of that one says its turn.
    pub(super) fn left_by_nobody(&self, (payer, status): (&str, &str), charged: Money) -> Money {
        let rank = rank_of(status);
        let holding = self.holding(charged);
        let turns = || self.turns.iter().zip(&holding);
        let own = turns().find(|(turn, _)| turn.payer.as_deref() == Some(payer));
        let is_before = |turn: &Turn| turn.payer.as_deref() != Some(payer) && turn.rank < rank;
        let mut before = turns().filter(|(turn, holds)| is_before(turn) && !holds.is_empty());
        let (Some((_, own)), Some((_, last))) = (own, before.next_back()) else {
            return Money::ZERO;
        };
        let sum = |is_it: fn(&str, &str) -> bool| -> Money {
            let all = last.iter().flat_map(Said::adjustments);
            let of = |code| {
                let (group, reason) = reasons::group_and_reason(code);
                is_it(group, reason)
            };
            all.filter(|(_, code, _)| of(code)).map(|(_, _, amount)| amount).sum()
        };
        let denied = sum(may_be_next_payers);
        let left = denied + sum(|group, _| group == "PR");
        let charge: Money = own.iter().map(|said| said.charge).sum();
        let settled: Money = own.iter().map(settled_before).sum();
        if charge < charged {
            return Money::ZERO;
        }
        denied.min(left - (charge - settled)).max(Money::ZERO)
    }

    /// What the payer that decided last left to the patient, or denied and may be another payer's.
    pub fn left_to_next(&self, charged: Money) -> Money {
        let holding = self.holding(charged);
        let last = holding.iter().rfind(|holds| !holds.is_empty()).into_iter().flatten();
        let is_left = |code: &str| {
            let (group, reason) = reasons::group_and_reason(code);
            group == "PR" || may_be_next_payers(group, reason)
        };
        let adjustments = last.flat_map(|said| said.adjustments());
        adjustments.filter(|(_, code, _)| is_left(code)).map(|(_, _, amount)| amount).sum()
    }

    /// A claim goes out to a payer after the first: what that one is asked for.
    pub fn ask_next(&mut self, (claim, charged): (ClaimId, Money), source: Place) -> Vec<Posting> {
        for member in self.claims.iter_mut().filter(|member| member.claim == claim) {
            member.is_open = true;
        }
        self.settle_asked(charged, source)
    }

    /// A person gave up what the first payer did not decide on, by these postings: it gives way to what
    /// later payers decided on already.
    pub fn give_up(
        &mut self,
        made: &[Posting],
        of: (ClaimId, Money),
        source: Place,
    ) -> Vec<Posting> {
        self.books.now.add(made);
        self.settle(of, source)
    }

    fn settle_asked(&mut self, charged: Money, source: Place) -> Vec<Posting> {
        let mut to_come = self.asked_of_next(charged);
        for (claim, asked) in &self.books.now.asked {
            let less = asked.iter().map(|(account, amount)| (*account, -*amount)).collect();
            add_to(to_come.entry(*claim).or_default(), &less);
        }
        let made =
            to_come.iter().map(|(claim, asked)| ledger::asked_of_next(*claim, asked, source));
        let postings: Vec<Posting> = made.flatten().collect();
        self.books.now.add(&postings);
        postings
    }

    /// What has to be posted by now.
    pub(super) fn settle(
        &mut self,
        (claim, charged): (ClaimId, Money),
        source: Place,
    ) -> Vec<Posting> {
        let mut postings = self.settle_asked(charged, source);
        let mut to_come = self.given_way(charged);
        for (account, amount) in &self.books.now.given {
            *to_come.entry(*account).or_default() -= *amount;
        }
        let gives = gives_way(claim, &to_come, source);
        self.books.now.add(&gives);
        postings.extend(gives);
        postings
    }
}

impl Turn {
    fn is_said_later(&self) -> bool {
        self.payer.is_some() && ![RANK_AS_FIRST, RANK_UNSAID].contains(&self.rank)
    }

    /// What it had paid on this day, or when it had decided on the whole of a claim of this charge, if that
    /// was later; `None` while it has not.
    fn paid_by(&self, day: Option<Day>, charged: Money) -> Option<Money> {
        let mut posted: Vec<&Said> = self.said.iter().filter(|one| one.is_posted).collect();
        posted.sort_by_key(|one| one.paid_on);
        let (mut decided, mut paid) = (Money::ZERO, Money::ZERO);
        for (at, one) in posted.iter().enumerate() {
            decided += one.decided();
            paid += one.paid;
            let next = posted.get(at + 1);
            let is_last_by_then =
                next.is_none_or(|next| one.paid_on < next.paid_on && day < next.paid_on);
            if is_last_by_then && charged <= decided {
                return Some(paid);
            }
        }
        None
    }
}

/// So that they sort: second, who calls itself the first though it is not, third, and what does not say. Twice its
/// turn, so that one stands between two others.
fn rank_of(status: &str) -> u8 {
    match status {
        "2" | "20" => 4,
        "19" => RANK_AS_FIRST,
        "3" | "21" => 6,
        _ => RANK_UNSAID,
    }
}

const RANK_AS_FIRST: u8 = 5;

const RANK_UNSAID: u8 = 8;

fn add_to(sums: &mut TakenOff, more: &TakenOff) {
    for (account, amount) in more {
        *sums.entry(*account).or_default() += *amount;
    }
}

/// Moves as much of what was taken off to what gives way; how much it was.
fn give(beyond: &mut Money, off: &mut TakenOff, given: &mut TakenOff) -> Money {
    let mut sum = Money::ZERO;
    for (account, left) in off {
        let part = (*left).min(*beyond).max(Money::ZERO);
        *left -= part;
        *beyond -= part;
        *given.entry(*account).or_default() += part;
        sum += part;
    }
    sum
}

/// What one payer paid beyond what the one before left, and what any before denied: what it left to the patient,
/// as far as that is open. While that one has not decided on everything, nobody knows.
fn excess(left: &Left, (before, open): (&Left, Money), denied: Money) -> Option<Excess> {
    let amount = left.paid - before.patients.min(open).max(Money::ZERO) - denied;
    let is_known = left.charge <= before.charge;
    let (arrival, offset) = left.paid_at.filter(|_| is_known && Money::ZERO < amount)?;
    let payer = left.payer.clone().unwrap_or_default();
    Some(Excess { payer, amount, paid: left.paid, arrival, offset })
}

#[cfg(test)]
mod tests;
