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

use std::collections::BTreeMap;

use x12::fault::Place;
use x12::value::{Day, Money};

pub use books::{Books, MadeHere};

use super::cases::is_about;
use super::denied_lines::{left_of, without};
use super::is_later_payer;
use super::matching::KnownClaim;
use super::standing::{Said, holding, overruled, standing};
use crate::change::cases::Undecided;
use crate::change::{ArrivalId, ClaimId, Word};
pub use crate::denials::reasons::may_be_next_payers;
use crate::denials::reasons::{self, Class};
use crate::ledger::{self, Account, PAID_TO_PATIENT, Posting, TakenOff, gives_way};

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

/// What one payer left.
#[derive(Default)]
struct Left {
    /// By its name in the settings; `None` is the first.
    payer: Option<String>,
    charge: Money,
    /// What it says was settled before it.
    settled: Money,
    /// V23: how much of that may be what it takes off itself.
    hidden: Money,
    patients: Money,
    paid: Money,
    /// What it took off by contract and the like.
    agreed: TakenOff,
    denied: TakenOff,
    /// Where it paid last: the arrival, and the byte of its CLP.
    paid_at: Option<(ArrivalId, usize)>,
    /// When it decided last.
    decided_on: Option<Day>,
    /// Whether something that it had said stands no more.
    is_anew: bool,
    /// Whether anything of what stands says that it comes after another payer.
    is_after_another: bool,
}

impl Turns {
    /// Of a claim, as it is known.
    pub(super) fn of(claim: &KnownClaim) -> Turns {
        if claim.turns.is_empty() { Turns::alone(claim) } else { claim.turns.clone() }
    }

    /// Of a claim that names no payer after its own, and of which another one speaks for the first time.
    fn alone(claim: &KnownClaim) -> Turns {
        let books = claim.books.clone();
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

    /// The claim by which all of them are known.
    pub(super) fn root(&self) -> Option<ClaimId> {
        self.claims.first().map(|first| first.claim)
    }

    /// Adds a word to the turn of a payer: `None` is the first, of all others CLP02 says the turn. What is
    /// there already takes its new place.
    pub fn add(&mut self, payer: Option<&str>, said: Said) {
        let rank = payer.map_or(0, |_| rank_of(&said.status));
        match self.turns.iter_mut().find(|turn| turn.payer.as_deref() == payer) {
            Some(turn) => {
                turn.rank = turn.rank.min(rank);
                let (identity, offset) = (&said.identity, said.offset);
                match turn.said.iter_mut().find(|one| one.is_at(identity, offset)) {
                    Some(known) => *known = said,
                    None => turn.said.push(said),
                }
            }
            None => {
                let payer = payer.map(str::to_owned);
                self.turns.push(Turn { payer, rank, said: vec![said] });
            }
        }
        self.turns.sort_by(|one, other| (one.rank, &one.payer).cmp(&(other.rank, &other.payer)));
    }

    /// All that was said, posted or not.
    pub fn said_mut(&mut self) -> impl Iterator<Item = &mut Said> {
        self.turns.iter_mut().flat_map(|turn| &mut turn.said)
    }

    /// Takes note that a word that waited is posted.
    pub(super) fn set_posted(&mut self, said: &Said) {
        for one in self.said_mut().filter(|one| one.is_at(&said.identity, said.offset)) {
            one.is_posted = true;
        }
    }

    /// Takes back a word: nobody said it.
    pub(super) fn take_back(&mut self, said: &Said) {
        for turn in &mut self.turns {
            turn.said.retain(|one| !one.is_at(&said.identity, said.offset));
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
            let paid = self.paid_before(payer, one, charged);
            one.is_let = paid.is_some_and(|paid| paid <= Money::ZERO);
        }
    }

    /// What those before a payer had paid when it decided; `None` while they have not decided on everything.
    fn paid_before(&self, payer: Option<&str>, said: &Said, charged: Money) -> Option<Money> {
        let payer = payer?;
        let rank = rank_of(&said.status);
        let is_before = |turn: &&Turn| turn.payer.as_deref() != Some(payer) && turn.rank < rank;
        let before: Vec<&Turn> = self.turns.iter().filter(is_before).collect();
        // A third payer decides after a second one.
        let are_all = usize::from(rank) <= before.len() + 1;
        let paid = before.into_iter().map(|turn| turn.paid_by(said.paid_on, charged));
        paid.sum::<Option<Money>>().filter(|_| are_all)
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
        let mut denied = TakenOff::new();
        // What was given up with the first payer is decided on, as what that denied is.
        let given_up = self.books.now.given_up.left();
        let is_given_up = given_up > Money::ZERO;
        if is_given_up {
            denied.insert(Account::WriteOff, given_up);
        }
        let mut before = is_given_up.then(|| Left { charge: given_up, ..Left::default() });
        for mut left in self.turns.iter().filter_map(|turn| left_by(turn, charged)) {
            if left.payer.is_none() {
                left.charge += given_up;
            } else if let Some(before) = before {
                let taken = left.charge - left.settled;
                let mut beyond = (taken - before.patients).max(Money::ZERO);
                // What is decided anew does not bow to what was decided on its old word: of that the
                // payer takes back what it paid, and what it took off counts no more. Who pays as the
                // first decided on nobody's word.
                let is_old =
                    before.is_anew && left.is_after_another && left.decided_on < before.decided_on;
                let of_denied = match is_old {
                    true => give(&mut beyond.clone(), &mut denied.clone(), &mut TakenOff::new()),
                    false => give(&mut beyond, &mut denied, &mut given),
                };
                excesses.extend(excess(&left, &before, of_denied));
                give(&mut beyond, &mut left.agreed, &mut given);
                give(&mut beyond, &mut left.denied, &mut given);
                if taken < before.patients && !left.hidden.is_zero() {
                    let own = (before.patients - taken).min(left.hidden);
                    *given.entry(Account::Contractual).or_default() -= own;
                }
            }
            for (account, amount) in &left.denied {
                *denied.entry(*account).or_default() += *amount;
            }
            before = Some(left);
        }
        (given, excesses)
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
        self.payer.is_some() && self.rank < RANK_UNSAID
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

/// So that they sort: second, third, and what does not say.
fn rank_of(status: &str) -> u8 {
    match status {
        "2" | "20" => 2,
        "3" | "21" => 3,
        _ => RANK_UNSAID,
    }
}

const RANK_UNSAID: u8 = 4;

/// `None` of who said nothing that holds.
fn left_by(turn: &Turn, charged: Money) -> Option<Left> {
    let posted: Vec<Said> = turn.said.iter().filter(|one| one.is_posted).cloned().collect();
    let gave_way = overruled(&posted, &[], charged);
    let counts = without(&posted, &gave_way);
    // What was taken back has its minus, and so counts for nothing.
    let sum = |of: fn(&Said) -> Money| -> Money { counts.iter().map(of).sum() };
    let charge = sum(|said| said.charge);
    let stands = standing(&posted).left.into_iter().filter_map(|at| posted.get(at));
    let stands: Vec<&Said> = stands.filter(|one| left_of(one, &gave_way).is_some()).collect();
    let mut agreed = TakenOff::new();
    let mut denied = TakenOff::new();
    let hiding = hiding(&posted, turn.is_said_later());
    let hides = |one: &Said| {
        let mut all = posted.iter().zip(&hiding);
        all.any(|(other, hides)| *hides && other.is_at(&one.identity, one.offset))
    };
    let of_counts: Vec<(&Said, bool)> = counts.iter().map(|one| (one, hides(one))).collect();
    let adjustments = of_counts.iter().flat_map(|(one, hides)| {
        one.adjustments().map(move |(_, code, amount)| (*hides, code, amount))
    });
    for (hides, code, amount) in adjustments {
        let (group, reason) = reasons::group_and_reason(code);
        // What was settled before it is not its own, and is not posted as that.
        let is_own = reason != "23" && !(hides && code == FEE_SCHEDULE);
        let off = match reasons::reason(reason).class {
            Class::Expected => &mut agreed,
            Class::Denial => &mut denied,
            Class::Waiting => continue,
        };
        let account = Account::of_adjustment(group, reason);
        if is_own && account != Account::Patient {
            *off.entry(account).or_default() += amount;
        }
    }
    let hidden = of_counts.iter().filter(|(_, hides)| *hides);
    let hidden: Money = hidden.map(|(one, _)| sum_of(one, |code| code == FEE_SCHEDULE)).sum();
    let paid_at = stands.iter().rev().find(|one| Money::ZERO < one.paid);
    let left = Left {
        payer: turn.payer.clone(),
        charge,
        settled: hidden + sum(of_reason_23),
        hidden,
        patients: sum(patients),
        paid: sum(|said| said.paid),
        agreed,
        denied,
        paid_at: paid_at.map(|one| (one.arrival, one.offset)),
        decided_on: stands.iter().filter_map(|one| one.paid_on).max(),
        is_anew: stands.len() < posted.len() || !gave_way.is_empty(),
        is_after_another: stands.iter().any(|one| one.is_after_another()),
    };
    (!charge.is_zero()).then_some(left)
}

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

/// What one payer paid beyond what the one before left, and what any before denied. While that one has
/// not decided on everything, nobody knows.
fn excess(left: &Left, before: &Left, denied: Money) -> Option<Excess> {
    let amount = left.paid - before.patients.max(Money::ZERO) - denied;
    let is_known = left.charge <= before.charge;
    let (arrival, offset) = left.paid_at.filter(|_| is_known && Money::ZERO < amount)?;
    let payer = left.payer.clone().unwrap_or_default();
    Some(Excess { payer, amount, paid: left.paid, arrival, offset })
}

/// V23: which of what a payer said, and was posted, has what was settled before it in its CO-45: what says
/// so by itself, and what takes such back.
fn hiding(posted: &[Said], is_said_later: bool) -> Vec<bool> {
    let is_loose =
        |said: &Said| is_said_later && said.word == Word::Reversed && said.tells_no_settled();
    let mut hiding: Vec<bool> =
        posted.iter().map(|one| one.hides_settled() || is_loose(one)).collect();
    for (reversal, original) in standing(posted).pairs {
        let hides = hiding.get(original).copied().unwrap_or_default();
        hiding.get_mut(reversal).into_iter().for_each(|slot| *slot = hides);
    }
    hiding
}

/// What a payer says was settled before it: reason 23. V23: one that hides it has it in CO-45.
pub(super) fn settled_before(said: &Said) -> Money {
    match said.hides_settled() {
        true => sum_of(said, |code| code == FEE_SCHEDULE),
        false => of_reason_23(said),
    }
}

fn of_reason_23(said: &Said) -> Money {
    sum_of(said, |code| code.ends_with("-23"))
}

/// What is above a payer's fees; where reason 23 is missing, above what was left to it.
pub(super) const FEE_SCHEDULE: &str = "CO-45";

pub(super) fn patients(said: &Said) -> Money {
    let is_paid_to =
        |code: &str| code.split_once('-').is_some_and(|(_, one)| one == PAID_TO_PATIENT);
    sum_of(said, |code| is_paid_to(code) || code.starts_with("PR-") && !code.ends_with("-23"))
}

/// The adjustments with such a code.
fn sum_of(said: &Said, is_it: impl Fn(&str) -> bool) -> Money {
    said.adjustments().filter(|(_, code, _)| is_it(code)).map(|(_, _, amount)| amount).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{charge, give_up};

    fn said(charge: i64, adjustments: &str) -> Said {
        Said {
            arrival: ArrivalId(1),
            is_posted: true,
            paid_on: Day::new(2026, 10, 20),
            identity: adjustments.to_owned(),
            offset: 0,
            payer_control_number: String::new(),
            charge: Money::from_cents(charge),
            paid: Money::ZERO,
            adjustments: adjustments.to_owned(),
            whole_lines: Vec::new(),
            lines: None,
            word: if charge < 0 { Word::Reversed } else { Word::Paid },
            status: String::new(),
            is_let: false,
        }
    }

    fn turns(all: Vec<Vec<Said>>) -> Turns {
        let mut turns = Turns::default();
        let payers = [(None, "1"), (Some("beta"), "2"), (Some("alpha"), "3")];
        // The order in which words come makes no difference.
        for (said, (payer, status)) in all.into_iter().zip(payers).rev() {
            for one in said.into_iter().rev() {
                let is_reversal = one.word == Word::Reversed;
                let status = if is_reversal { "22" } else { status }.to_owned();
                turns.add(payer, Said { status, ..one });
            }
        }
        turns
    }

    #[test]
    fn what_was_taken_off_gives_way_to_what_a_later_payer_takes_as_left() {
        let first = said(160, "line 1 CO-29 1.00, line 2 CO-45 0.10, line 2 PR-2 0.10, remarks N1");
        let first_back = said(-160, "line 1 CO-29 -1.00, line 2 CO-45 -0.10, line 2 PR-2 -0.10");
        let second = said(160, "line 1 CO-45 0.40, line 2 OA-23 0.50");
        let usual = said(160, "line 1 OA-23 1.00, line 2 OA-23 0.50, line 2 PR-2 0.05");
        let hidden = said(160, "CO-45 1.50");
        let back = said(-160, "line 1 CO-45 -0.40, line 2 OA-23 -0.50");
        let third = said(160, "OA-23 1.00, PR-2 0.10");
        let denied = Said { word: Word::Denied, ..said(160, "OA-23 1.50, CO-16 0.10") };
        let on = |day: u8, said: &Said| Said { paid_on: Day::new(2026, 10, day), ..said.clone() };
        let waits = Said { is_posted: false, ..second.clone() };
        // The first payer pays more on the 25th, and leaves nothing to the patient.
        let anew = [on(24, &first_back), on(25, &said(160, "CO-45 0.10"))];
        let anew = [vec![first.clone()], anew.to_vec()].concat();
        let beside = said(160, "line 1 CO-45 1.00, line 2 CO-45 0.55");
        let beside_back = said(-160, "line 1 CO-45 -1.00, line 2 CO-45 -0.55");
        let all_left = said(160, "PR-1 1.60");
        let cases: [(Vec<Vec<Said>>, i64); 20] = [
            (vec![vec![first.clone()]], 0),
            (vec![vec![first.clone()], vec![usual.clone()]], 0),
            (vec![vec![first.clone()], vec![second.clone()]], 100),
            (vec![vec![first.clone()], vec![waits]], 0),
            (vec![vec![first.clone()], vec![hidden]], 0),
            // V23: 1.50 was settled before, and the rest of CO-45 is its own.
            (vec![vec![first.clone()], vec![beside.clone()]], -5),
            (vec![vec![first.clone()], vec![beside.clone(), on(21, &beside_back)]], 0),
            (vec![vec![first.clone()], vec![said(160, "CO-45 1.30, PR-2 0.10")]], 20),
            (vec![vec![all_left.clone()], vec![said(160, "CO-45 0.15, PR-2 0.05")]], -15),
            (vec![vec![all_left], vec![said(160, "OA-23 0.20, CO-45 0.15, PR-2 0.05")]], 0),
            (vec![vec![], vec![beside]], 0),
            // Nor does what its payer decided anew.
            (vec![vec![first.clone()], vec![denied, usual.clone()]], 0),
            // What is taken back, or has not come yet, moves nothing.
            (vec![vec![first.clone()], vec![second.clone(), on(21, &back)]], 0),
            (vec![vec![first.clone(), on(21, &first_back)], vec![second.clone()]], 0),
            (vec![vec![], vec![second.clone()]], 0),
            // The second left 0.05, and the third takes 0.60.
            (vec![vec![first.clone()], vec![usual.clone()], vec![third.clone()]], 55),
            (vec![vec![first], vec![], vec![third]], 50),
            // The second knew the old word of the first: it is owed what it paid, and nothing gives way.
            (vec![anew.clone(), vec![Said { paid: Money::from_cents(5), ..usual.clone() }]], 0),
            // It knew the new one, and pays of what the first took off by contract: that stays off.
            (vec![anew.clone(), vec![Said { paid: Money::from_cents(5), ..on(26, &usual) }]], 0),
            // What it took off of the old one counts no more.
            (vec![anew, vec![Said { paid: Money::from_cents(70), ..second }]], 40),
        ];
        for (all, expected) in cases {
            let found = turns(all.clone()).given_way(Money::from_cents(160));
            let sum: Money = found.into_values().sum();
            assert_eq!(sum, Money::from_cents(expected), "{all:#?}");
        }
    }

    /// Charge 1.60. The first payer pays 0.60, takes off 0.30 and leaves 0.70.
    #[test]
    fn no_more_gives_way_than_was_taken_off_and_what_is_paid_beyond_is_told() {
        let first = Said { paid: Money::from_cents(60), ..said(160, "CO-45 0.30, PR-2 0.70") };
        let denying = Said { paid: Money::from_cents(60), ..said(160, "CO-16 0.30, PR-2 0.70") };
        let pays = |cents: i64, adjustments: &str| {
            vec![Said { paid: Money::from_cents(cents), ..said(160, adjustments) }]
        };
        let contractual = |cents| vec![(Account::Contractual, cents)];
        /// The first and the second word, what gives way, and what is paid beyond.
        type Case<'s> = (&'s Said, Vec<Said>, Vec<(Account, i64)>, i64);
        let cases: [Case<'_>; 8] = [
            (&first, pays(70, "OA-23 0.90"), vec![], 0),
            // A contract binds whatever another pays, and whatever that leaves to the patient.
            (&first, pays(100, "OA-23 0.60"), vec![], 30),
            (&first, pays(60, "OA-23 0.60, PR-2 0.40"), vec![], 0),
            (&first, pays(80, "OA-23 0.60, PR-2 0.20"), vec![], 10),
            // What both take off is taken off once.
            (&first, pays(60, "OA-23 0.60, CO-45 0.40"), contractual(30), 0),
            (&denying, pays(90, "OA-23 0.60, OA-45 0.10"), contractual(30), 0),
            (&denying, pays(110, "OA-23 0.50"), contractual(30), 10),
            // Nobody owes what a later payer denies as well as the first paid it.
            (&first, pays(0, "OA-18 1.60"), vec![(Account::OtherAdjustment, 90)], 0),
        ];
        for (first, second, given, excess) in cases {
            let turns = turns(vec![vec![first.clone()], second.clone()]);
            let (found, excesses) = turns.weighed(Money::from_cents(160));
            let found: Vec<(Account, i64)> = found
                .into_iter()
                .map(|(account, amount)| (account, amount.cents()))
                .filter(|(_, cents)| *cents != 0)
                .collect();
            assert_eq!(found, given, "{second:#?}");
            let excesses: Vec<i64> = excesses.iter().map(|one| one.amount.cents()).collect();
            let expected: Vec<i64> = Some(excess).filter(|cents| *cents != 0).into_iter().collect();
            assert_eq!(excesses, expected, "{second:#?}");
        }
    }

    /// Charge 1.60; the first payer says nothing, or decides on 0.60, and what is open is given up.
    #[test]
    fn what_was_given_up_with_the_first_payer_gives_way_to_what_a_later_one_takes_as_left() {
        let claim = (ClaimId(1), Money::from_cents(160));
        let second = |paid: i64, adjustments: &str| {
            vec![Said { paid: Money::from_cents(paid), ..said(160, adjustments) }]
        };
        let half = Said { paid: Money::from_cents(40), ..said(60, "PR-2 0.20") };
        // What the first said, what is given up, what the second says; what gives way, and is paid beyond.
        for (first, given_up, second, given, beyond) in [
            (vec![], 160, second(100, "CO-45 0.30, PR-2 0.30"), 130, 0),
            (vec![], 160, second(100, "OA-23 0.00, PR-2 0.60"), 160, 0),
            (vec![], 160, second(160, ""), 160, 0),
            (vec![half.clone()], 100, second(60, "OA-23 0.40, CO-45 0.60"), 100, 0),
            (vec![half], 100, second(140, "OA-23 0.20"), 100, 20),
        ] {
            let mut turns = turns(vec![first, second.clone()]);
            turns.books.add_stored(&charge(claim.0, Money::from_cents(160), Place::default()));
            let decided = Money::from_cents(given_up - 160);
            turns.books.add_stored(&charge(claim.0, decided, Place::default()));
            let cents = Money::from_cents(given_up);
            turns.books.add_stored(&give_up(claim.0, cents, Place::default()));
            let (found, excesses) = turns.weighed(claim.1);
            let found = found.get(&Account::WriteOff).copied().unwrap_or_default();
            assert_eq!(found, Money::from_cents(given), "{second:#?}");
            let found: i64 = excesses.iter().map(|one| one.amount.cents()).sum();
            assert_eq!(found, beyond, "{second:#?}");
            let posted = turns.settle(claim, Place::default());
            assert_eq!(posted.iter().map(|made| made.amount).sum::<Money>(), Money::ZERO);
            assert!(turns.settle(claim, Place::default()).is_empty());
        }
    }

    /// Charge 1.60. The first payer denies all, and pays 0.80 of it once the second has paid.
    #[test]
    fn what_is_paid_beyond_is_told_also_of_what_the_first_decided_on_later() {
        let on = |day: u8, said: Said| Said { paid_on: Day::new(2026, 10, day), ..said };
        let paid = |cents: i64, said: Said| Said { paid: Money::from_cents(cents), ..said };
        let denied = Said { word: Word::Denied, ..on(20, said(160, "CO-16 1.60")) };
        let anew = paid(80, on(25, said(160, "CO-45 0.40, PR-2 0.40")));
        let denied_anew = on(25, said(160, "CO-22 1.60"));
        for (cents, last, expected) in [
            (160, &anew, Some(120)),
            (80, &anew, Some(40)),
            (40, &anew, None),
            (80, &denied_anew, None),
        ] {
            let second = paid(cents, on(22, said(160, "PR-2 0.10")));
            for day in [20, 22, 24] {
                let first = vec![denied.clone(), on(day, said(-160, "CO-16 -1.60")), last.clone()];
                let turns = turns(vec![first, vec![second.clone()]]);
                let excesses = turns.excesses(Money::from_cents(160));
                let excesses: Vec<i64> = excesses.iter().map(|one| one.amount.cents()).collect();
                assert_eq!(excesses, expected.into_iter().collect::<Vec<_>>(), "{cents}");
            }
        }
    }

    #[test]
    fn what_is_posted_is_the_difference() {
        let claim = (ClaimId(1), Money::from_cents(160));
        let first = said(160, "line 1 CO-29 1.00, line 2 CO-45 0.10, line 2 PR-2 0.10");
        let second = said(160, "line 1 CO-45 0.40, line 2 OA-23 0.50");
        let mut turns = turns(vec![vec![first], vec![second.clone()]]);
        let posted = |postings: Vec<Posting>| -> Vec<i64> {
            postings.iter().map(|made| made.amount.cents()).collect()
        };
        assert_eq!(posted(turns.settle(claim, Place::default())), [-100, 100]);
        assert_eq!(posted(turns.settle(claim, Place::default())), [0; 0]);
        let status = "2".to_owned();
        turns.add(Some("beta"), Said { is_posted: false, status, ..second });
        assert_eq!(posted(turns.settle(claim, Place::default())), [100, -100]);
    }
}
