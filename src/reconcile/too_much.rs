//! V34: what a payer paid too much of a claim, for it decided more than once on what was charged and took nothing
//! back.
//!
//! How much that is by now follows from all that is posted: from the decisions that hold, whatever the order in
//! which they came, from what was sent back, and from what else stands as a credit. For each claim and payer one
//! item of the queue says it, and is brought up to date.

use x12::fault::Place;
use x12::value::{Day, Money};

use super::beside::beyond_charge;
use super::denied_lines::without;
use super::matching::{KnownClaim, KnownLine};
use super::posting::beside_it;
use super::rolled_up::{Sums, bundled_lines};
use super::rules::rule;
use super::standing::{Said, Settled, overruled, settled};
use super::turns::{Turns, settled_before};
use crate::change::cases::{Alike, PART_BEYOND, TOO_MUCH, Undecided};
use crate::change::{ArrivalId, NewWork, WorkMove, WorkState};
use crate::denials::Category;
use crate::denials::route::{self, Subject};
use crate::denials::variance::paid_twice;
use crate::ledger::{Debtor, Posting};

/// What one payer decided on of a claim, beside its charge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TooMuch {
    /// By its name in the settings; `None` is the first.
    pub payer: Option<String>,
    /// All that stands of what was decided.
    decided: Money,
    charge: Money,
    /// What is denied that was decided on otherwise before: nothing is taken off for that.
    denied_since: Money,
    /// What was paid beyond the charge.
    paid: Money,
    /// What of it is in credit, and is to be given back.
    pub amount: Money,
    /// The last of its payments: the file, and the byte of the CLP.
    pub at: Option<(ArrivalId, usize)>,
}

/// What each payer has too much of a claim and of those before and after it.
pub fn too_much(claim: &KnownClaim) -> Vec<TooMuch> {
    let first = claim.follows.is_none().then(|| of_first(claim));
    first.into_iter().chain(of_later(claim)).collect()
}

fn of_first(claim: &KnownClaim) -> TooMuch {
    let is_voided = claim.void.as_ref().is_some_and(|void| void.charged.is_zero());
    let charge = if is_voided { Money::ZERO } else { claim.charged() };
    let (others, charged) = beside_it(claim, true, |other| other.said.clone());
    let mut found = TooMuch::by(&claim.earlier, &others, (&claim.lines, charged), charge);
    let books = &claim.books.now;
    let told: Money =
        claim.cases().filter(|case| is_of_attached(case)).map(|case| case.amount).sum();
    let credit =
        books.given_up.credit(Debtor::Payer, claim.books.untouched).map(|credit| credit - told);
    // What persons attached may be what was sent back.
    let sent_back = books.given_up.sent_back(Debtor::Payer) - books.attached;
    let left = found.paid - sent_back.max(Money::ZERO);
    found.amount = left.min(credit.unwrap_or(left)).max(Money::ZERO);
    found
}

/// All payers after the first are paid of the patient's share: what of it is in credit is divided among them.
fn of_later(claim: &KnownClaim) -> Vec<TooMuch> {
    let turns = Turns::of(claim);
    let books = claim.comes_to();
    let excesses = turns.excesses(claim.charged());
    let told: Money = excesses.iter().map(|excess| excess.amount).sum();
    let credit = books.credit(Debtor::Patient, claim.books.untouched);
    let mut credit = credit.map(|credit| credit - told);
    let mut sent_back = books.sent_back(Debtor::Patient);
    let mut all = Vec::new();
    for (payer, said) in turns.later() {
        let members = turns.claims.iter().filter(|member| member.payer.as_deref() == Some(payer));
        // What went out in the place of another has lines with numbers of their own.
        let lines = if members.count() < 2 { claim.lines.as_slice() } else { &[] };
        let mut found = TooMuch::by(said, &[], (lines, claim.charged()), claim.charged());
        let gone = found.paid.min(sent_back);
        let left = found.paid - gone;
        found.amount = left.min(credit.unwrap_or(left)).max(Money::ZERO);
        found.payer = Some(payer.to_owned());
        sent_back -= gone;
        credit = credit.map(|credit| credit - found.amount);
        all.push(found);
    }
    all
}

impl TooMuch {
    /// Of what is posted; nothing of it is known to be in credit yet.
    fn by(
        said: &[Said],
        others: &[Said],
        (lines, charged): (&[KnownLine], Money),
        charge: Money,
    ) -> TooMuch {
        let said: Vec<Said> = said.iter().filter(|one| one.is_posted).cloned().collect();
        let settled = settled(&said, others, charged);
        let is_told_twice = decides_once(&said, &settled, (lines, charged));
        let decided = if is_told_twice { charge } else { settled.decided };
        let denied_since = settled.denied_since;
        let mut found = TooMuch { decided, charge, denied_since, ..TooMuch::default() };
        if charge < decided {
            found.paid = settled.paid_beyond(&said, others, (lines, charge));
        }
        let mut paying = settled.holds.iter().filter_map(|&at| said.get(at));
        // What went out in its place may pay nothing, and leave all to the patient.
        let before = || others.iter().rfind(|one| one.paid > Money::ZERO);
        let last = paying.rfind(|one| one.paid > Money::ZERO).or_else(before);
        found.at = last.map(|one| (one.arrival, one.offset));
        found
    }

    /// What is decided on beyond the charge, and what is denied of what was decided on before.
    fn beyond(&self) -> Money {
        (self.decided - self.charge).max(Money::ZERO) + self.denied_since
    }

    /// Whether that is all there is to ask: nothing was paid so.
    pub fn is_without_money(&self) -> bool {
        let is_denied = Money::ZERO < self.denied_since && self.amount.is_zero();
        is_denied || Money::ZERO < self.beyond() && self.paid.is_zero()
    }

    /// What is asked about where nothing was paid so.
    fn asked(&self) -> Money {
        if self.paid.is_zero() { self.beyond() } else { self.denied_since }
    }

    /// What is so, with the rule and why, and what to do about it.
    fn words(&self) -> (String, String) {
        let TooMuch { decided, charge, denied_since, paid, amount, .. } = *self;
        let rule = rule(TOO_MUCH);
        let beyond = match () {
            () if paid.is_zero() => String::new(),
            () if paid == amount => format!("{paid} was paid beyond it"),
            () => format!("{paid} was paid beyond it, and {amount} of that is in credit"),
        };
        let what = beyond_charge((decided, charge), &beyond, denied_since);
        let action = match () {
            () if denied_since.is_zero() => rule.fix.to_owned(),
            () if decided <= charge => ASK_FOR_REVERSAL.to_owned(),
            () => format!("{}; {ASK_FOR_REVERSAL}", rule.fix),
        };
        (format!("{}: {what}; {}", rule.cited(), rule.why), action)
    }

    /// An open item says what is so by now.
    fn said_anew(&self, case: &Undecided, amount: Money) -> WorkMove {
        let note = format!("brought up to date: {} was too much before", case.amount);
        case.says_anew(Some(self.words().0), amount, note)
    }

    /// An item that says so, with the last day to give back what is too much.
    pub fn item(&self, subject: &Subject, back_by: Option<Day>) -> NewWork {
        let (what, action) = self.words();
        let payer = self.payer.clone().unwrap_or_default();
        let alike = Alike { rule: TOO_MUCH.to_owned(), payer, ..Alike::default() };
        let work = NewWork { alike, ..route::unexplained(subject, what, &action) };
        // With the place of its CLP an item that is no overpayment would wait for its money.
        let Some((arrival, offset)) = self.at.filter(|_| self.amount > Money::ZERO) else {
            return NewWork { amount: self.asked(), ..work };
        };
        let remitted = Some(Place { offset, ..Place::default() });
        let arrival = Some(arrival);
        let work = paid_twice(work, self.amount, back_by);
        let action = format!("{}; {}", work.action, self.booked(subject));
        NewWork { arrival, action, remitted, ..work }
    }

    /// How what goes back is booked. The amount of the item changes with what is decided later, and its words do not.
    fn booked(&self, subject: &Subject) -> String {
        let claim = subject.claim.map_or(0, |claim| claim.0);
        let payer = self.payer.as_ref().map(|payer| format!(" --payer {payer}"));
        let payer = payer.unwrap_or_default();
        format!(
            "`claimgate bank refund --claim {claim}{payer} --amount AMOUNT` books what is sent back, and the item \
             closes by it; what the payer does not want back, with `--kept`"
        )
    }
}

/// Whether a payer after the first decided on no more than was left to it, though its CLPs come to more than the charge:
/// each of them tells of the lines of another what was settled before both.
pub(super) fn decides_once(
    said: &[Said],
    settled: &Settled,
    (lines, charge): (&[KnownLine], Money),
) -> bool {
    let gone = overruled(said, &[], charge);
    let holds = without(settled.holds.iter().filter_map(|&at| said.get(at)), &gone);
    let is_told = |one: &Said| one.is_by_lines() && one.tells_settled();
    // With what went out in the place of the claim it may have decided on more.
    let own: Money = holds.iter().map(Said::decided).sum();
    if settled.decided <= charge || own != settled.decided || !holds.iter().all(is_told) {
        return false;
    }
    let taken: Money = holds.iter().map(|one| one.decided() - settled_before(one)).sum();
    taken <= left_by(&holds, lines)
}

/// What was left of these lines to a payer before it decided, as far as it tells that in any of this. Of lines that it
/// rolled up in another one it tells that of all of them together, wherever it stands: what it tells of each of them
/// elsewhere is not mixed with it.
fn left_by(holds: &[Said], lines: &[KnownLine]) -> Money {
    let bundled = bundled_lines(holds);
    let left_of = |line: &KnownLine, told: &[&Said]| {
        let speaks = told.iter().filter(|one| one.speaks_of(line.number));
        let settled = speaks.map(|one| one.settled_of(line.number)).min();
        settled.map(|settled| line.charge - settled)
    };
    let (together, apart): (Vec<&KnownLine>, Vec<&KnownLine>) =
        lines.iter().partition(|line| bundled.contains(&line.number));
    let all: Vec<&Said> = holds.iter().collect();
    let of_apart: Money = apart.iter().filter_map(|line| left_of(line, &all)).sum();
    let (whole, others): (Vec<&Said>, Vec<&Said>) =
        all.iter().partition(|one| Sums::of(one).is_even());
    let (parts, plain): (Vec<&Said>, Vec<&Said>) =
        others.into_iter().partition(|one| !Sums::of(one).is_nothing());
    let told = whole.into_iter().map(|one| vec![one]).chain([parts, plain]);
    let left_of_all =
        |told: Vec<&Said>| together.iter().map(|line| left_of(line, &told)).sum::<Option<Money>>();
    of_apart + told.filter_map(left_of_all).max().unwrap_or_default()
}

/// What becomes of items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    pub steps: Vec<WorkMove>,
    /// What is to have an item that has none; where a person closed the one that said as much, none is opened.
    pub opens: Vec<TooMuch>,
    /// How much less is too much than before.
    pub less: Money,
}

/// What becomes of the items of a claim when something is posted that no payer said: a refund, or that it was
/// none.
pub fn follow_postings(claim: &KnownClaim, made: &[Posting]) -> Followed {
    let (before, by_now) = (too_much(claim), claim.with_postings(made));
    let mut all = Followed::default();
    for now in too_much(&by_now) {
        let before = before.iter().find(|one| one.payer == now.payer);
        let cases = by_now.told_too_much(now.payer.as_deref());
        let Followed { steps, opens, less } = follow(&cases, before, &now);
        all.steps.extend(steps);
        all.opens.extend(opens);
        all.less += less;
    }
    all
}

/// Brings open items of one payer up to what it has too much `now`: one of them says it, and the others close.
pub fn follow(cases: &[Undecided], before: Option<&TooMuch>, now: &TooMuch) -> Followed {
    let is_credit = now.amount > Money::ZERO;
    let is_of_money = |case: &&Undecided| case.category == Category::Overpaid;
    let told = cases.iter().find(is_of_money).filter(|_| is_credit);
    let amount_before = before.map_or(Money::ZERO, |before| before.amount);
    let is_new = is_credit && told.is_none() && amount_before < now.amount;
    let is_told = told.is_some() || is_new;
    let asks = now.is_without_money() || (is_credit && !is_told);
    let is_asked = cases.iter().any(|case| !is_of_money(&case));
    let was_asked = |before: &TooMuch| before.is_without_money() && now.asked() <= before.asked();
    let is_new_question = now.is_without_money() && !is_asked && !before.is_some_and(was_asked);
    let mut steps = Vec::new();
    if let Some(case) = told {
        let words = now.words().0;
        let is_same = before.is_some_and(|before| before.words().0 == words);
        if case.amount != now.amount || !is_same {
            steps.push(now.said_anew(case, now.amount));
        }
    }
    let told = told.map(|case| case.work);
    for case in cases.iter().filter(|case| Some(case.work) != told) {
        if is_of_money(&case) || !asks {
            let why = match (is_told, is_of_money(&case)) {
                (true, _) => TOLD_BY_ANOTHER,
                (false, true) => NO_MORE,
                (false, false) => AGREES,
            };
            steps.push(case.step(WorkState::Resolved, why.to_owned()));
        } else if now.is_without_money() && case.amount != now.asked() {
            steps.push(now.said_anew(case, now.asked()));
        }
    }
    let opens = (is_new || is_new_question).then(|| now.clone());
    Followed { steps, opens: opens.into_iter().collect(), less: amount_before - now.amount }
}

/// What to do where a payer denies what it decided on before.
const ASK_FOR_REVERSAL: &str = "ask the payer for its word, or for a reversal (CLP02 22) of what it decided before: once that comes, \
     the denial stands by itself";

const NO_MORE: &str = "closed by itself: nothing of it is paid too much any more";
const AGREES: &str =
    "closed by itself: what stands of the payer's decisions comes to no more than the charge";
const TOLD_BY_ANOTHER: &str = "closed by itself: another item says all that is paid too much";

/// What a person posted to a claim beyond what is owed, and an item of its own tells.
pub fn is_of_attached(case: &Undecided) -> bool {
    let is_told = case.category == Category::Overpaid && case.is_open();
    is_told && (is_of_part(case) || case.rule == PART_BEYOND)
}

/// Whether an item is about a part of money that a person posted to a claim: no CLP goes with it.
pub fn is_of_part(case: &Undecided) -> bool {
    let is_of_file = case.arrival.is_some() && case.remitted.is_none();
    case.category == Category::Overpaid && case.rule.is_empty() && is_of_file
}

impl KnownClaim {
    /// Items about it, and about those that are charged or paid together with it, each once.
    pub fn cases(&self) -> impl Iterator<Item = &Undecided> {
        let relatives = self.family.iter().flat_map(|family| &family.others);
        let own = self.undecided.iter().chain(relatives.flat_map(|other| &other.undecided));
        let is_own = |case: &Undecided| own.clone().any(|one| one.work == case.work);
        let later: Vec<&Undecided> = self.worked_on.iter().filter(|case| !is_own(case)).collect();
        own.clone().chain(later)
    }

    /// Open items that say what a payer has too much: `None` is the first.
    pub fn told_too_much(&self, payer: Option<&str>) -> Vec<Undecided> {
        let turns = Turns::of(self);
        let is_its =
            |case: &&Undecided| case.is_open_by(TOO_MUCH) && turns.later_payer_of(case) == payer;
        self.cases().filter(is_its).cloned().collect()
    }

    /// The same claim once this is posted.
    pub fn with_postings(&self, made: &[Posting]) -> KnownClaim {
        let mut claim = self.clone();
        let of_account = made.iter().filter(|posting| posting.claim == Some(claim.account));
        claim.books.now.add(of_account);
        let members = claim.turns.claims.iter().map(|member| member.claim);
        let members: Vec<_> = members.collect();
        let of_service = |posting: &&Posting| posting.claim.is_some_and(|of| members.contains(&of));
        claim.turns.books.now.add(made.iter().filter(of_service));
        claim
    }
}
