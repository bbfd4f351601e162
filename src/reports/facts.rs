//! What reports are made of, as the store gives it.

use x12::phi::Phi;
use x12::value::{Day, Money};

use crate::change::cases::{Alike, Ending};
use crate::change::next::Answer;
use crate::change::{ArrivalId, ClaimId, Compared, Moment, WorkId, WorkState};
use crate::ledger::Posting;
use crate::lifecycle::{Event, State};

/// A remittance with what it said of each claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remittance {
    /// Of its payment; they count up.
    pub id: i64,
    pub arrival: ArrivalId,
    /// The payer by its name in the settings; empty when it is not known.
    pub payer: String,
    /// N1*PE, by its number.
    pub payee: String,
    /// TRN02.
    pub trace: String,
    pub paid_on: Option<Day>,
    pub amount: Money,
    pub is_balanced: bool,
    pub claims: Vec<Told>,
    /// Rules that it breaks, each with how often.
    pub broken: Vec<(String, u32)>,
}

/// What a remittance said of one claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The office of the claim that it was matched to, and who bills there; both empty when it is
    /// none of ours.
    pub office: String,
    pub provider: String,
    pub is_matched: bool,
    pub charge: Money,
    pub paid: Money,
    pub patient_responsibility: Money,
    /// What of it waits on the account of suspense.
    pub suspended: Money,
    /// What a payer after the first decided, where that is posted.
    pub later: Option<Later>,
}

/// What a payer after the first said of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Later {
    /// The first of the claims that went out in one another's place: the ledger has all under it.
    pub account: ClaimId,
    /// The byte of its CLP.
    pub offset: usize,
    /// Every adjustment, for reading.
    pub adjustments: String,
}

/// A posting with what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: i64,
    /// The remittance that posted it; none for charges and for what a bank shows.
    pub payment: Option<i64>,
    pub arrival: Option<ArrivalId>,
    /// Of the remittance, or of the one that a deposit is paired with, or else of the claim; empty when none has
    /// one.
    pub payer: String,
    /// TRN02, or the number of a deposit.
    pub trace: String,
    pub paid_on: Option<Day>,
    /// The day of the deposit, of what a bank shows.
    pub deposited_on: Option<Day>,
    /// When it was booked: never before a posting that was made earlier.
    pub booked_at: Moment,
    /// Of its claim: the office, who bills, CLM01.
    pub office: String,
    pub provider: String,
    pub control_number: Phi<String>,
    pub posting: Posting,
}

/// What happened to a claim, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is asked of another part of the store")]
pub struct Life {
    pub claim: ClaimId,
    /// The claim of the payer before, when it was made for the payer that follows.
    pub follows: Option<ClaimId>,
    /// The claim in whose place it went out, and CLM05-3: 7, or 8 where it takes that back.
    pub replaces: Option<ClaimId>,
    pub frequency: String,
    /// Whether it was asked if it goes on to a next payer, and what was answered since.
    pub asks_next_payer: bool,
    pub answer: Option<Answer>,
    /// The payer after its own that decided without a claim of ours, where that answer rests on it.
    pub decided_by: Option<String>,
    /// Whether a payer after its own decided under this claim, and did not take it back.
    pub has_later_word: bool,
    pub office: String,
    /// The gateway made it of one of the office's, for the payer that follows.
    pub is_made_here: bool,
    /// The payer that it is routed to; empty when there is none.
    pub payer: String,
    pub provider: String,
    pub charge: Money,
    pub state: State,
    pub received_at: Moment,
    /// Each time it went out: to which payer, and when.
    pub sendings: Vec<(String, Moment)>,
    /// A repair of form was laid over it when it came.
    pub is_mended: bool,
    pub events: Vec<(Event, Moment)>,
}

impl Life {
    /// When it first went out, to whichever payer.
    pub fn first_sent_at(&self) -> Option<Moment> {
        self.sendings.first().map(|(_, at)| *at)
    }

    /// The payer that it first went out to, or is routed to where it never did.
    pub fn first_payer(&self) -> &str {
        self.sendings.first().map_or(&self.payer, |(payer, _)| payer)
    }
}

/// A line that was held against its contract, with what it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// They count up in the order in which they were decided.
    pub id: i64,
    /// The item of the queue that it is in.
    pub item: Option<WorkId>,
    /// Of its remittance: the payer by its name in the settings, TRN02 and BPR16.
    pub payer: String,
    pub trace: String,
    pub paid_on: Option<Day>,
    /// Of its claim: the office, who bills, CLM01.
    pub office: String,
    pub provider: String,
    pub control_number: Phi<String>,
    pub compared: Compared,
}

/// An item of the queue that is about money which a payer paid other than agreed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    pub item: WorkId,
    /// `underpaid`, `overpaid` or `rate-changed`.
    pub category: &'static str,
    pub state: &'static str,
    pub opened_at: Moment,
    pub deadline: Option<Day>,
    pub amount: Money,
    pub what: Phi<String>,
    /// Of its claim.
    pub claim: Option<ClaimId>,
    pub office: String,
    pub payer: String,
    pub provider: String,
    pub control_number: Phi<String>,
}

/// An item of the queue about a denial, with what it is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeniedCase {
    pub item: WorkId,
    pub state: WorkState,
    pub opened_at: Moment,
    /// Its claim, and the first of those that went out in one another's place: the ledger has all under it.
    pub claim: Option<ClaimId>,
    pub account: Option<ClaimId>,
    /// The file that opened it, and the byte of the CLP there that it is about.
    pub arrival: Option<ArrivalId>,
    pub remitted: Option<usize>,
    /// Of its claim; empty when there is none.
    pub office: String,
    pub alike: Alike,
    pub amount: Money,
    /// How the work on it ended; `None` while it goes on.
    pub ending: Option<Ending>,
    pub recovered: Money,
}

/// What a payer carries for a payee and has not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub payer: String,
    pub payee: String,
    /// PLB03-1 and PLB03-2.
    pub reason: String,
    pub reference: Phi<String>,
    /// Negative while the payer has yet to take it.
    pub amount: Money,
}
