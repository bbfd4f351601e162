//! What items of the queue have in common, and how the work on denials ended.

use x12::value::{Day, Money};

use super::refunds::RefundId;
use super::{ArrivalId, NewWork, WorkId, WorkMove, WorkState, WorkWords};
use crate::denials::Category;
use crate::denials::scenario::Core;

/// What an item of the queue has in common with others: by it they are found, counted and ranked. What
/// is not known of an item is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alike {
    /// The payer, by its name in the settings.
    pub payer: String,
    /// CAS01 of the denial that costs most.
    pub group: String,
    /// Its reason, CARC.
    pub reason: String,
    /// Its remarks, RARC: each once and in order, with a blank between.
    pub remarks: String,
    /// The procedure of its line, without modifiers.
    pub procedure: String,
    /// Who rendered it, or else who billed it, by NPI.
    pub provider: String,
    /// The rule that holds the claim, or one of the names below.
    pub rule: String,
    /// Where CORE 360 puts the denial.
    pub core: Core,
}

/// V34 of remittances: more is decided on than was charged.
pub const TOO_MUCH: &str = "V34";

/// V40 of remittances: less is decided on than was charged, and nothing is left to come.
pub const TOO_LITTLE: &str = "V40";

/// A payer after the first decided on a part of what was left to it, and is expected to decide on the rest.
pub const STAYS_WITH_LATER: &str = "stays-with-later-payer";

/// V45 of remittances: another office of ours is paid than the one that sent the claim.
pub const PAID_ELSEWHERE: &str = "V45";

/// V46 of remittances: more is given beside claims than anybody can mean.
pub const GIVEN_TOO_MUCH: &str = "V46";

/// A payer tells of a refund that nobody booked.
pub const NOT_BOOKED: &str = "refund-not-booked";

/// A payer takes by its PLB what this refund paid back, and did not tell of the check yet.
pub fn taken_though_refunded(refund: RefundId) -> String {
    format!("taken-though-refunded {}", refund.0)
}

/// The payer that was asked first takes a part for settled by one before it that nobody knows.
pub const SETTLED_BY_UNKNOWN: &str = "settled-by-unknown";

/// A payer took a claim for a predetermination: it says what it would pay, and pays nothing.
pub const ESTIMATED: &str = "taken-for-estimate";

/// A payer passed the claim on, and the one that has it does not answer.
pub const PASSED_ON: &str = "passed-on";

/// No claim was made for the next payer, and a person has to look.
pub const UNBILLED: &str = "unbilled";

/// A person posted a part of money in suspense to a claim, and its payer settles that without it.
pub const PART_BEYOND: &str = "part-beyond";

/// More was taken back of a claim than was paid for it.
pub const BEYOND_PAID: &str = "beyond-paid";

/// A payer after the first paid for a claim that was voided.
pub const PAID_FOR_VOIDED: &str = "paid-for-voided";

/// A payer after the first paid of what that one left, and the first took back all that it decided.
pub const PAID_AFTER_TAKEN_BACK: &str = "paid-after-taken-back";

/// The payer before took back what a claim was sent on, and decided nothing anew.
pub const TAKEN_BACK: &str = "taken-back";

/// Rules of items that are no denial, and about what payers decided all the same.
pub const OF_DECISIONS: [&str; 5] =
    [TOO_MUCH, TOO_LITTLE, BEYOND_PAID, STAYS_WITH_LATER, ESTIMATED];

impl Alike {
    /// Remarks as they are compared.
    pub fn remarks_of(codes: &[String]) -> String {
        let mut codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(" ")
    }
}

/// How the work on a denial or an underpayment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// A corrected claim was paid.
    Corrected,
    /// It was paid after an appeal.
    Appealed,
    /// The payer paid without either.
    PaidLater,
    /// The payer denied it again, corrected or appealed.
    DeniedAgain,
    /// A person closed it.
    GivenUp,
}

/// Every ending.
pub const ENDINGS: [Ending; 5] =
    [Ending::Corrected, Ending::Appealed, Ending::PaidLater, Ending::DeniedAgain, Ending::GivenUp];

/// Endings that a payment brings, and that go with it.
pub const BY_PAYMENT: [Ending; 3] = [Ending::Corrected, Ending::Appealed, Ending::PaidLater];

impl Ending {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Ending::Corrected => "corrected and paid",
            Ending::Appealed => "won on appeal",
            Ending::PaidLater => "paid later",
            Ending::DeniedAgain => "denied again",
            Ending::GivenUp => "given up",
        }
    }

    /// The ending of that name.
    pub fn named(name: &str) -> Option<Ending> {
        ENDINGS.into_iter().find(|ending| ending.name() == name)
    }
}

/// The end of the work on an item. The change fails when it ended before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseEnd {
    pub work: WorkId,
    pub ending: Ending,
    /// What of its amount came in.
    pub recovered: Money,
}

/// An item about what a payer denied, paid other than its contract says, or decided on beyond or below the
/// charge (`Unexplained`), that has not ended, or not for good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecided {
    pub work: WorkId,
    pub category: Category,
    /// `TOO_MUCH`, `TOO_LITTLE`, `STAYS_WITH_LATER`, `PART_BEYOND`, `BEYOND_PAID`, `PAID_FOR_VOIDED`,
    /// `PAID_AFTER_TAKEN_BACK`, `SETTLED_BY_UNKNOWN`, `ESTIMATED` or empty.
    pub rule: String,
    pub state: WorkState,
    pub owner: String,
    pub amount: Money,
    /// The file that opened it.
    pub arrival: Option<ArrivalId>,
    /// The byte of the CLP that it is about; not known of items from before that was kept.
    pub remitted: Option<usize>,
    /// A packet to appeal with was made since it was opened.
    pub was_appealed: bool,
    /// How a payment ended the work on it, if it is a denial: what is taken back ends nothing.
    pub ending: Option<Ending>,
}

impl Undecided {
    /// An item that the change at hand opens, at this place among those that it opens.
    pub fn of_new(place: usize, item: &NewWork) -> Undecided {
        Undecided {
            work: WorkId::of_new(place),
            category: item.category,
            rule: item.alike.rule.clone(),
            state: WorkState::Open,
            owner: String::new(),
            amount: item.amount,
            arrival: item.arrival,
            remitted: item.remitted.map(|place| place.offset),
            was_appealed: false,
            ending: None,
        }
    }

    /// Whether what another payer of the claim says may close it, or end the work on it.
    pub fn is_of_turns(&self) -> bool {
        match self.category {
            // Of what was released its own payer says first what comes of it. What ended may stand again.
            Category::Denied => {
                let may_return = self.ending.is_none_or(|how| how == Ending::PaidLater);
                may_return && self.state != WorkState::Released
            }
            category => {
                let is_it = category == Category::Overpaid || self.rule == BEYOND_PAID;
                is_it && self.is_open()
            }
        }
    }

    /// A step of it that leaves it with whoever took it.
    pub fn step(&self, to: WorkState, note: String) -> WorkMove {
        let owner = self.owner.clone();
        WorkMove { work: self.work, from: self.state, to, owner, note, says: None }
    }

    /// A step of it that brings up to date what is at stake, and what it says unless that stays as it was.
    pub fn says_anew(&self, what: Option<String>, amount: Money, note: String) -> WorkMove {
        let says = WorkWords { what, amount: Some(amount), ..WorkWords::default() };
        WorkMove { says: Some(says), ..self.step(self.state, note) }
    }

    /// Whether it is open by this rule.
    pub fn is_open_by(&self, rule: &str) -> bool {
        self.rule == rule && self.is_open()
    }

    /// Whether somebody has to act on it.
    pub const fn is_open(&self) -> bool {
        self.state.is_open() && self.ending.is_none()
    }
}

/// How often the work on alike denials ended so, and with how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndingTotal {
    /// `Denied` or `Underpaid`.
    pub category: Category,
    pub payer: String,
    pub group: String,
    pub reason: String,
    pub remarks: String,
    pub ending: Ending,
    pub cases: u64,
    pub at_risk: Money,
    pub recovered: Money,
}

/// An item that waits, as far as its place in the queue depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waits {
    pub work: WorkId,
    pub category: Category,
    /// The payer by its name in the settings, and the reason code; empty when they are not known.
    pub payer: String,
    pub reason: String,
    pub deadline: Option<Day>,
    pub amount: Money,
}

/// Open items that have something in common with one, without itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// Of the same payer with the same group, reason and remarks.
    pub codes: Count,
    /// Of these, with the same procedure.
    pub procedure: Count,
    /// Of these, of the same provider.
    pub provider: Count,
    /// Held by the same rule.
    pub rule: Count,
    /// The first of those with the same codes, or else of those with the same rule.
    pub first: Vec<WorkId>,
}

/// How many, and how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub items: u64,
    pub amount: Money,
}
