//! What the gateway remembers, in domain verbs.
//!
//! `commit` is the only write of decisions: one change, one transaction. The verbs are plain
//! functions that block; whoever waits for other things runs them on a blocking thread.

pub mod archive;
mod carried;
pub mod chain;
mod memory;
mod sound;
mod sql;
mod sqlite;

use std::collections::{BTreeSet, HashMap};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use x12::edit::Edit;
use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, DayRange, Money};

use crate::change::cases::{
    Alike, Ending, EndingTotal, Others, STAYS_WITH_LATER, TOO_LITTLE, Undecided, Waits,
};
use crate::change::deposits::{
    Asked, Awaited, KeptDeposit, Mark, Pairing, Reassociation, WrittenOff,
};
use crate::change::detached::Waited;
use crate::change::next::Answer;
use crate::change::next::why::Why;
use crate::change::refunds::{KeptEntry, KeptRefund};
use crate::change::{
    ArrivalId, BatchId, Change, ClaimId, ClaimPlace, Compared, ContentHash, DeliveryId,
    DeliveryKind, FindingRecord, Moment, Override, ProviderEntry, Resend, Tier, Verdict, Word,
    WorkId, WorkMove, WorkState,
};
use crate::contracts::learned::{Key, Rate};
use crate::denials::Category;
use crate::ledger::{Account, Posting};
use crate::lifecycle::{Event, State};
use crate::reports::facts::{DeniedCase, Entry, Expected, Life, Remittance};
use crate::scrub::earlier::{Operation, Stay, Visit};

/// What went wrong in a store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else decided first; read again and decide again.
    #[error("the {what} changed in the meantime; read it again and repeat")]
    Stale { what: &'static str },
    #[error("the store failed while {doing}: {source}; check the disk and the file's permissions")]
    Failed { doing: &'static str, source: Box<dyn std::error::Error + Send + Sync> },
    #[error(
        "the change refers to something that the store does not hold; this is a bug, report it"
    )]
    Dangling,
    #[error("the store at {path} cannot be opened: {source}; check its directory and permissions")]
    Open { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    /// The file was moved away, or another lies in its place.
    #[error(
        "the store's file {path} is gone, or another lies in its place, so that nothing can be kept; put the \
         file back that was there, or stop the gateway and put it back from a backup"
    )]
    Gone { path: PathBuf },
    #[error("{scheme:?} names no store; write one of {known}", known = FORMS.join(", "))]
    UnknownScheme { scheme: String },
    #[error(
        "the store holds {what}, which this version cannot read; use the version that wrote it"
    )]
    Unreadable { what: &'static str },
}

pub type Result<T> = std::result::Result<T, Error>;

/// What the url of a store may begin with.
pub const SCHEMES: [&str; 2] = ["sqlite", "memory"];

/// How the urls of the schemes are written, for messages.
const FORMS: [&str; SCHEMES.len()] = ["sqlite:PATH", "memory:"];

/// Opens the store that a url names, and makes it if it is new.
pub fn open(url: &str) -> Result<Arc<dyn Store>> {
    // Only the scheme is shown: what follows may be a password.
    let (scheme, rest) = url.split_once(':').unwrap_or((url, ""));
    match (scheme, rest) {
        ("sqlite", path) if !path.is_empty() => {
            Ok(Arc::new(sql::Sql::new(sqlite::Database::open(Path::new(path))?)))
        }
        ("memory", "") => Ok(Arc::new(memory::Memory::default())),
        _ => Err(Error::UnknownScheme { scheme: scheme.to_owned() }),
    }
}

/// An arrival to be remembered before anything is decided about it.
#[derive(Clone, Debug)]
pub struct NewArrival {
    pub channel: String,
    /// The name it came under.
    pub name: String,
    pub content: ContentHash,
    pub len: u64,
    pub received_at: Moment,
}

/// Whether the same bytes came before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remembered {
    New(ArrivalId),
    /// Seen, and whether it was decided then.
    Seen {
        arrival: ArrivalId,
        is_settled: bool,
        /// It did not come again: it is the same file, read once more after a crash or trouble.
        is_same_drop: bool,
    },
}

/// An arrival as it is kept.
#[derive(Clone, Debug)]
pub struct Arrival {
    pub id: ArrivalId,
    pub channel: String,
    pub name: String,
    pub content: ContentHash,
    pub len: u64,
    pub received_at: Moment,
    pub verdict: Option<Verdict>,
    pub summary: String,
    /// How often the same bytes came; reading a file once more does not count.
    pub times: u32,
}

/// A claim as it is kept.
#[derive(Clone, Debug)]
pub struct Claim {
    pub id: ClaimId,
    pub arrival: ArrivalId,
    pub place: ClaimPlace,
    /// The claim of the payer before its own, when it asks for what that one left.
    pub follows: Option<ClaimId>,
    /// The claim in whose place it went out, with CLM05-3 7 or 8.
    pub replaces: Option<ClaimId>,
    pub partner: String,
    pub set_number: String,
    pub batch_reference: String,
    /// BHT06.
    pub batch_type: String,
    /// ISA15 was T.
    pub is_test: bool,
    pub patient_control_number: Phi<String>,
    pub payer_id: String,
    pub payer: Option<String>,
    pub billing_npi: String,
    /// CLM02 as it went out last, or as it came.
    pub charge: Money,
    /// CLM02 as it came.
    pub charge_in_file: Money,
    pub frequency: String,
    pub payer_control_number: String,
    pub service_from: Option<Day>,
    pub service_to: Option<Day>,
    pub fingerprint: String,
    /// A digest of patient and billing provider.
    pub patient: String,
    pub line_count: u32,
    pub state: State,
    pub edits: Vec<Edit>,
    /// When its file came in.
    pub received_at: Moment,
    /// When its last event happened.
    pub changed_at: Moment,
    /// How often it went out.
    pub times_sent: u32,
    /// How often something was said of it or posted to it, or it moved.
    pub revision: u64,
}

/// An event of a claim as it is kept.
#[derive(Clone, Debug)]
pub struct ClaimEvent {
    pub at: Moment,
    pub event: Event,
    pub from: Option<State>,
    pub to: State,
    pub note: String,
    pub arrival: Option<ArrivalId>,
}

/// A submission of a claim.
#[derive(Clone, Debug)]
pub struct Submission {
    pub batch: BatchId,
    pub payer: String,
    pub control_number: u32,
    pub set_number: String,
    pub batch_reference: String,
    pub frequency: String,
    pub at: Moment,
    pub is_delivered: bool,
}

/// What a remittance said of a claim, as it is kept.
#[derive(Clone, Debug)]
pub struct ClaimPayment {
    pub arrival: ArrivalId,
    pub payer: String,
    pub trace: String,
    pub paid_on: Option<Day>,
    /// The byte of its CLP.
    pub offset: usize,
    pub tier: Tier,
    pub matched_by: String,
    pub lines: String,
    pub word: Option<Word>,
    /// What of it waits on the account of suspense.
    pub suspended: Money,
    pub status: String,
    pub charge: Money,
    pub paid: Money,
    pub patient_responsibility: Money,
    pub payer_control_number: String,
    pub adjustments: String,
    /// Of its remittance: what it is known by, and BPR02.
    pub identity: String,
    pub amount: Money,
}

/// A claim's whole life.
#[derive(Clone, Debug)]
pub struct History {
    pub claim: Claim,
    pub events: Vec<ClaimEvent>,
    pub findings: Vec<FindingRecord>,
    pub submissions: Vec<Submission>,
    pub payments: Vec<ClaimPayment>,
    /// What contracts say of them.
    pub compared: Vec<Compared>,
    pub postings: Vec<Posting>,
    pub work: Vec<Work>,
}

/// An item of the correction queue as it is kept.
#[derive(Clone, Debug)]
pub struct Work {
    pub id: WorkId,
    pub claim: Option<ClaimId>,
    pub arrival: Option<ArrivalId>,
    pub category: Category,
    pub desk: String,
    pub what: String,
    pub action: String,
    pub evidence: String,
    pub deadline: Option<Day>,
    pub amount: Money,
    pub resend: Option<Resend>,
    /// The byte of the CLP of its arrival that it is about, when that waits, is denied, or is paid other
    /// than agreed.
    pub remitted: Option<usize>,
    pub state: WorkState,
    pub owner: String,
    pub note: String,
    pub opened_at: Moment,
    pub changed_at: Moment,
    /// What it has in common with others.
    pub alike: Alike,
    /// How the work on it ended, of a denial or an underpayment.
    pub ending: Option<Ending>,
    /// What of its amount came in.
    pub recovered: Money,
}

impl Work {
    /// The payer that it is about: whoever denied, or has not decided, or else the one that its claim went to; of an item
    /// about no claim, whoever sent what it tells of.
    pub fn payer<'a>(&'a self, claim: Option<&'a Claim>) -> Option<&'a str> {
        let told = Some(self.alike.payer.as_str()).filter(|name| !name.is_empty());
        let of_claim = || claim.and_then(|claim| claim.payer.as_deref());
        self.denied_by().or_else(|| self.left_with()).or_else(of_claim).or(told)
    }

    /// The payer that denied, where it is about a denial.
    pub fn denied_by(&self) -> Option<&str> {
        let denied = Some(self.alike.payer.as_str());
        denied.filter(|name| self.category == Category::Denied && !name.is_empty())
    }

    /// Whether its claim's patient is asked for nothing while it is open: somebody looks at what a payer decided, or
    /// decided in part (V40), or left to the next one. Whoever paid too much may have left too much to the patient.
    pub fn comes_before_patient(&self) -> bool {
        match self.category {
            Category::Denied | Category::NextPayer | Category::Overpaid => true,
            category => category == Category::Unexplained && self.alike.rule == TOO_LITTLE,
        }
    }

    /// A step of it that leaves it with whoever took it.
    pub fn step(&self, to: WorkState, note: &str) -> WorkMove {
        let (owner, note) = (self.owner.clone(), note.to_owned());
        WorkMove { work: self.id, from: self.state, to, owner, note, says: None }
    }

    /// The payer after the first that decided on a part of what was left to it, where it is about that.
    pub fn left_with(&self) -> Option<&str> {
        let payer = Some(self.alike.payer.as_str());
        payer.filter(|_| self.alike.rule == STAYS_WITH_LATER)
    }

    /// The step that closes it, by nobody's hand.
    pub fn closes(&self, note: &str) -> WorkMove {
        self.step(WorkState::Resolved, note)
    }

    /// Whether it is the item by which the money of a CLP waits, or waited.
    pub fn is_of_money_at(&self, arrival: ArrivalId, offset: usize) -> bool {
        let is_at = (self.arrival, self.remitted) == (Some(arrival), Some(offset));
        is_at && self.category.may_hold_money()
    }
}

/// A hold that a person let pass, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptOverride {
    pub at: Moment,
    pub made: Override,
}

/// Visits, operations and stays that a claim bills.
#[derive(Clone, Debug)]
pub struct Past {
    pub claim: ClaimId,
    pub partner: String,
    pub patient_control_number: Phi<String>,
    pub state: State,
    pub times_sent: u32,
    pub visits: Vec<Visit>,
    pub operations: Vec<Operation>,
    pub stay: Option<Stay>,
}

/// Which items of the queue are asked for; `None` and empty mean all.
#[derive(Clone, Debug, Default)]
pub struct WorkFilter {
    pub open_only: bool,
    pub category: Option<Category>,
    pub desk: String,
    pub claim: Option<ClaimId>,
    /// 0 for all.
    pub limit: u32,
}

/// A delivery as it is kept.
#[derive(Clone, Debug)]
pub struct Delivery {
    pub id: DeliveryId,
    pub channel: String,
    pub kind: DeliveryKind,
    pub name: String,
    pub bytes: Bytes,
    pub arrival: Option<ArrivalId>,
    pub batch: Option<BatchId>,
    pub attempts: u32,
    pub created_at: Moment,
    /// Why the last attempt that failed did; empty when none did.
    pub last_failure: String,
}

/// An interchange that is known already.
#[derive(Clone, Debug)]
pub struct KnownInterchange {
    pub arrival: ArrivalId,
    pub content: ContentHash,
    pub route: String,
    pub control_number: String,
}

/// How many claims wait for a payer's next batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    pub payer: String,
    pub claims: u64,
    /// Since when the first of them waits.
    pub since: Moment,
}

/// Claims and charges in one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StateTotal {
    pub state: State,
    pub claims: u64,
    pub charge: Money,
}

/// What an account of the ledger adds up to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountTotal {
    pub account: Account,
    pub amount: Money,
}

/// What a payer carried for a payee under one reference, and is not met yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarriedTotal {
    pub payer: String,
    pub payee: String,
    /// PLB03-1.
    pub reason: String,
    pub reference: Phi<String>,
    /// Negative while the payer has yet to take it.
    pub amount: Money,
}

/// A claim payment that waits: its money in suspense, or what it says of no money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suspended {
    pub arrival: ArrivalId,
    /// Its CLP.
    pub place: Place,
    pub payer: String,
    /// Of its remittance.
    pub identity: String,
    pub trace: String,
    pub paid_on: Option<Day>,
    /// The claim that it is about, when that is known and its money is held back.
    pub claim: Option<ClaimId>,
    pub matched_by: String,
    pub status: String,
    pub charge: Money,
    pub amount: Money,
}

/// A claim payment, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// By its name in the settings.
    pub payer: String,
    /// Of its remittance.
    pub identity: String,
    /// Its CLP.
    pub place: Place,
    /// How it stands now.
    pub stands: Waited,
    /// What was posted of it.
    pub word: Option<Word>,
    /// CLP02.
    pub status: String,
    pub paid: Money,
    /// How it waited before somebody decided on it; what was decided earlier than this was kept is not
    /// known.
    pub waited: Option<Waited>,
}

/// What a payer said of a claim, as far as it was posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidOfClaim {
    /// The arrival that its remittance came in.
    pub arrival: ArrivalId,
    pub payer: String,
    /// Of its remittance.
    pub identity: String,
    pub paid_on: Option<Day>,
    pub offset: usize,
    pub status: String,
    pub payer_control_number: String,
    pub charge: Money,
    pub paid: Money,
    pub adjustments: String,
    /// Which line of ours each of its services is, in words.
    pub lines: String,
    pub word: Word,
    /// It was posted; otherwise it waits, and `word` is what it would be posted as.
    pub is_posted: bool,
}

/// Whether a claim goes on to its next payer, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNextPayer {
    pub claim: ClaimId,
    /// How often it was asked.
    pub asked: u32,
    /// It was asked since it was answered.
    pub is_due: bool,
    /// A person has the next payer billed, although its payer passed the claim on.
    pub never_came: bool,
    /// The last answer; `None` before the first.
    pub answer: Option<Answer>,
    pub why: Why,
    pub at: Moment,
}

/// How often a payer broke a rule of remittances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleTotal {
    pub payer: String,
    pub rule: String,
    pub remittances: u64,
    pub times: u64,
}

/// A posting as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptPosting {
    pub id: i64,
    /// The arrival that its remittance or its deposit came in; none for charges, whose claim has it.
    pub arrival: Option<ArrivalId>,
    pub posting: Posting,
}

/// What a change was given numbers for, in the order in which the change lists them.
#[derive(Clone, Debug, Default)]
pub struct Committed {
    pub claims: Vec<ClaimId>,
    pub batches: Vec<BatchId>,
    /// The work of new claims, then that of the change itself.
    pub work: Vec<WorkId>,
    /// The deliveries of the change itself; those of batches follow them.
    pub deliveries: Vec<DeliveryId>,
}

impl Committed {
    /// The number of an item, also of one that the change opened itself.
    pub(crate) fn item(&self, change: &Change, work: WorkId) -> Result<WorkId> {
        let Some(place) = work.place_of_new() else { return Ok(work) };
        let opened = self.work.len().checked_sub(change.work.len());
        let item = opened.and_then(|before| self.work.get(before + place));
        item.copied().ok_or(Error::Stale { what: "item of work" })
    }

    /// The items that lines held against their contracts are in, by arrival, claim and place.
    pub(crate) fn items_of_lines(
        &self,
        change: &Change,
    ) -> HashMap<(ArrivalId, ClaimId, Place), WorkId> {
        let of_new_claims = change.claims.iter().filter(|claim| claim.work.is_some()).count();
        let mut items = HashMap::new();
        for (work, id) in change.work.iter().zip(self.work.iter().skip(of_new_claims)) {
            if let (Some(arrival), Some(claim)) = (work.arrival, work.claim) {
                items.extend(work.lines.iter().map(|&place| ((arrival, claim, place), *id)));
            }
        }
        items
    }
}

/// The turn of one who decides; given back when it is dropped.
#[derive(Debug)]
pub struct Turn(#[expect(dead_code, reason = "it is held, and nothing else")] Option<File>);

/// Under which number and name a payer paid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidAs {
    /// TRN03.
    pub payer_id: String,
    /// N1*PR.
    pub payer_name: String,
    /// What tells whether it was posted.
    pub identity: String,
    pub amount: Money,
}

/// Whose claims are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    /// Anybody's, with so many lines; 0 says that it may be any number.
    Anybody { lines: u32 },
    /// Those that name this person: one of `reconcile::matching::person_keys`.
    Person(&'a Phi<String>),
    /// Those that were sent before it was kept whom they name.
    Unkept,
}

/// A place where decisions are kept.
pub trait Store: Send + Sync {
    /// Records an arrival, or says that the same bytes came by the same channel before (and
    /// counts that).
    fn remember(&self, arrival: &NewArrival) -> Result<Remembered>;

    /// Keeps other processes from opening the store while it is held: who decides anew takes it, so that
    /// they do not overtake it for ever.
    fn take_turn(&self) -> Result<Turn>;

    /// Writes all of a change, or nothing of it.
    fn commit(&self, change: &Change) -> Result<Committed>;

    /// The number that a counter gives next; the first is 1.
    fn next_number(&self, counter: &str) -> Result<u64>;

    /// Accepted interchanges with this route and control number.
    fn interchanges(&self, route: &str, control_number: &str) -> Result<Vec<KnownInterchange>>;

    /// Arrivals that were remembered but not decided, oldest first.
    fn unsettled(&self) -> Result<Vec<Arrival>>;

    /// An arrival by its number.
    fn arrival(&self, id: ArrivalId) -> Result<Option<Arrival>>;

    /// Arrivals after `after`, in order.
    fn arrivals(&self, after: Option<ArrivalId>, limit: u32) -> Result<Vec<Arrival>>;

    /// What was written in answer to an arrival.
    fn answers(&self, arrival: ArrivalId) -> Result<Vec<Delivery>>;

    /// Payers that have claims in `Ready`.
    fn waiting(&self) -> Result<Vec<Waiting>>;

    /// Claims in `Ready` for a payer, oldest first.
    fn ready(&self, payer: &str, limit: u32) -> Result<Vec<Claim>>;

    /// Deliveries of a channel that are due, oldest first.
    fn undelivered(&self, channel: &str, now: Moment, limit: u32) -> Result<Vec<Delivery>>;

    /// Channels that have deliveries waiting, due or not, with how many.
    fn waiting_channels(&self) -> Result<Vec<(String, u64)>>;

    /// A claim by its number.
    fn claim(&self, id: ClaimId) -> Result<Option<Claim>>;

    /// A claim's whole life.
    fn history(&self, id: ClaimId) -> Result<Option<History>>;

    /// Claims with this CLM01, newest first.
    fn claims_by_control_number(&self, number: &str) -> Result<Vec<Claim>>;

    /// Claims that a payer knows under this number, newest first.
    fn claims_by_payer_number(&self, number: &str) -> Result<Vec<Claim>>;

    /// Claims that went out under one of these CLM01s, or that a payer, its own or one after that, knows
    /// under one of these numbers, oldest first, each with what `said` gives.
    fn payable(
        &self,
        numbers: &BTreeSet<String>,
        payer_numbers: &BTreeSet<String>,
    ) -> Result<Vec<(Claim, Vec<SaidOfClaim>)>>;

    /// Claims with this fingerprint that were not rejected, newest first.
    fn claims_by_fingerprint(&self, fingerprint: &str) -> Result<Vec<Claim>>;

    /// Claims that were sent with this charge, began within these days and are of whom is asked for, the
    /// latest first.
    fn claims_by_charge(
        &self,
        charge: Money,
        days: DayRange,
        of: Of<'_>,
        limit: u32,
    ) -> Result<Vec<Claim>>;

    /// Visits, operations and stays of a patient whose claims were not rejected, newest first.
    fn past_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Past>>;

    /// The claims of an interchange that we sent, with the set of each.
    fn claims_of_batch(&self, control_number: u32) -> Result<Vec<(Claim, Submission)>>;

    /// How a claim went out, the first time first.
    fn submissions(&self, id: ClaimId) -> Result<Vec<Submission>>;

    /// The claims of a batch, and where each stands.
    fn claims_in(&self, batch: BatchId) -> Result<Vec<(ClaimId, State)>>;

    /// Items of the correction queue: those with the nearest deadline first.
    fn work(&self, filter: &WorkFilter) -> Result<Vec<Work>>;

    /// An item of the correction queue by its number.
    fn work_item(&self, id: WorkId) -> Result<Option<Work>>;

    /// The bytes of the CLPs of its arrival that an item tells of, though their money does not wait by it, in order.
    fn clps_of(&self, work: WorkId) -> Result<Vec<usize>>;

    /// Items that wait for somebody, as far as their order depends on them; `open_only`, `claim` and
    /// `limit` of the filter are not asked.
    fn waits(&self, filter: &WorkFilter) -> Result<Vec<Waits>>;

    /// Denials, underpayments and the like of a claim that have not ended.
    fn undecided(&self, claim: ClaimId) -> Result<Vec<Undecided>>;

    /// Open items that have something in common with one, without itself.
    fn others(&self, id: WorkId, alike: &Alike) -> Result<Others>;

    /// How the work on denials and underpayments ended: of one payer and reason, or of all.
    fn endings(&self, of: Option<(&str, &str)>) -> Result<Vec<EndingTotal>>;

    /// Items about denials after one, in order, with what each is of.
    fn denied(&self, after: WorkId, limit: u32) -> Result<Vec<DeniedCase>>;

    /// Holds that a person let pass, of a claim or of all, oldest first.
    fn overrides(&self, claim: Option<ClaimId>) -> Result<Vec<KeptOverride>>;

    /// How many claims people let pass in spite of each rule, by its code.
    fn overridden_by_rule(&self) -> Result<Vec<(String, u64)>>;

    /// How many claims each rule held when they came, by its code; what was rejected was not held.
    /// Looks through all findings.
    fn held_by_rule(&self) -> Result<Vec<(String, u64)>>;

    /// Whether a remittance of this identity was posted already, and by which arrival.
    fn payment(&self, identity: &str) -> Result<Option<ArrivalId>>;

    /// What a payer carried for a payee and is not met yet, by reason and reference.
    fn carried(&self, payer: &str, payee: &str) -> Result<Vec<CarriedTotal>>;

    /// The same of all payers and payees.
    fn all_carried(&self) -> Result<Vec<CarriedTotal>>;

    /// What persons sent back to payers, in the order in which it was booked: of a payer and a payee, or all.
    fn refunds(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptRefund>>;

    /// Refunds of a claim that stand, in the order in which they were booked.
    fn refunds_of(&self, claim: ClaimId) -> Result<Vec<KeptRefund>>;

    /// What payers say that they got back (PLB 72), of a payer and a payee, or all.
    fn returns(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptEntry>>;

    /// What the PLBs of a payer carry, take or got back (FB, WO, WU, 72) of a payee under a reference.
    fn said_under(&self, of: (&str, &str), reference: &str) -> Result<Vec<KeptEntry>>;

    /// What the PLBs of all payers give and take under a reference, and do not carry (any other reason).
    fn given_under(&self, reference: &str) -> Result<Vec<KeptEntry>>;

    /// Whether a claim was ever billed for this NPI.
    fn is_billed_for(&self, npi: &str) -> Result<bool>;

    /// The offices whose claims were billed for this NPI; two at most.
    fn offices_billed_for(&self, npi: &str) -> Result<Vec<String>>;

    /// Whether a payer paid a payee under this trace number.
    fn is_trace_used(&self, payer: &str, payee: &str, trace: &str) -> Result<bool>;

    /// Whom a payer paid under this trace number, each once, so many of them.
    fn payees_under(&self, payer: &str, trace: &str, limit: u32) -> Result<Vec<String>>;

    /// Under which numbers and names a payer paid: those with this number, or all; the newest first.
    fn paid_as(&self, payer: &str, number: Option<&str>, limit: u32) -> Result<Vec<PaidAs>>;

    /// The latest remittances of a payer to a payee under this trace number, posted or held, the newest first.
    fn paid_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        limit: u32,
    ) -> Result<Vec<(ArrivalId, PaidAs)>>;

    /// What the PLB of each of the latest payments under this trace number, so many of them, says that
    /// was posted: the newest payment first. Payments without PLB are left out.
    fn adjusted_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        payments: u32,
    ) -> Result<Vec<Vec<ProviderEntry>>>;

    /// Claim payments that wait, oldest first.
    fn suspended(&self) -> Result<Vec<Suspended>>;

    /// What is kept of the CLP that stands at this byte of an arrival.
    fn told(&self, arrival: ArrivalId, offset: usize) -> Result<Option<Told>>;

    /// What was posted to a claim by the CLP that stands at this byte of a remittance, in order.
    fn posted(&self, identity: &str, offset: usize, claim: ClaimId) -> Result<Vec<Posting>>;

    /// What of that CLP was put on the account of suspense, and taken out of it, in order.
    fn in_suspense(&self, identity: &str, offset: usize) -> Result<Vec<Posting>>;

    /// What payers said of a claim, as far as it was posted, in the order in which it came.
    fn said(&self, claim: ClaimId) -> Result<Vec<SaidOfClaim>>;

    /// The amounts that payers allowed for each of these, those of the latest services first, so many
    /// of each.
    fn rates(&self, keys: &[&Key], limit: u32) -> Result<Vec<Rate>>;

    /// All rates that payments imply, in the order of what they are paid for.
    fn all_rates(&self) -> Result<Vec<Rate>>;
    /// Claims of which it is to be decided whether they go on to their next payers.
    fn next_payers_due(&self, limit: u32) -> Result<Vec<KeptNextPayer>>;

    /// Claims that a payer passed on by itself, of which that was known before this moment and that the one that has
    /// it did not decide on since; without those of which an item tells so.
    fn passed_on_before(&self, before: Moment, limit: u32) -> Result<Vec<KeptNextPayer>>;

    /// Whether a claim goes on to its next payer; `None` when its payer never spoke, or it names
    /// no other and was not passed on.
    fn next_payer(&self, claim: ClaimId) -> Result<Option<KeptNextPayer>>;

    /// Claims of a patient that were not rejected, oldest first.
    fn claims_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Claim>>;

    /// Claims for the payer after a claim's own, oldest first.
    fn followers(&self, claim: ClaimId) -> Result<Vec<Claim>>;

    /// Claims that went out in the place of these, oldest first.
    fn replacements(&self, claims: &[ClaimId]) -> Result<Vec<Claim>>;

    /// Whether money that waited in suspense was posted to a claim.
    fn is_attached_to(&self, claim: ClaimId) -> Result<bool>;

    /// How often each payer broke each rule of remittances.
    fn broken_rules(&self) -> Result<Vec<RuleTotal>>;

    /// What changes whenever deposits are to be looked at again.
    fn mark(&self) -> Result<Mark>;

    /// The first day of any deposit.
    fn first_deposit(&self) -> Result<Option<Day>>;

    /// Which of these identities of deposits are known.
    fn known_deposits(&self, identities: &[String]) -> Result<Vec<String>>;

    /// What stands between deposits and remittances: all that is open, what has the trace number
    /// of something open, and whatever is asked for.
    fn reassociation(&self, asked: &Asked) -> Result<Reassociation>;

    /// What persons gave up of remittances and is not waited for again, the newest first.
    fn written_off(&self, limit: u32) -> Result<Vec<(WrittenOff, Awaited)>>;

    /// Deposits, the newest first, each with the remittances that it is the money of.
    fn deposits(&self, open_only: bool, limit: u32) -> Result<Vec<(KeptDeposit, Vec<Pairing>)>>;

    /// Where the chain of the ledger ends.
    fn chain(&self) -> Result<chain::Chain>;

    /// Postings after one, in the order in which they were made; 0 for the first.
    fn journal(&self, after: i64, limit: u32) -> Result<Vec<KeptPosting>>;

    /// What the ledger knows of a claim.
    fn postings(&self, claim: ClaimId) -> Result<Vec<Posting>>;

    /// Remittances after one, in order; 0 for the first.
    fn remittances(&self, after: i64, limit: u32) -> Result<Vec<Remittance>>;

    /// Postings after one, in order, with what each belongs to; 0 for the first. Unlike the
    /// `journal`, those that came before the chain are among them.
    fn entries(&self, after: i64, limit: u32) -> Result<Vec<Entry>>;

    /// What contracts said of lines after one, in the order in which they were decided, with what each
    /// belongs to; 0 for the first.
    fn expected(&self, after: i64, limit: u32) -> Result<Vec<Expected>>;

    /// What happened to claims after one, in order; 0 for the first.
    fn lives(&self, after: ClaimId, limit: u32) -> Result<Vec<Life>>;

    /// What went out with a batch.
    fn sent(&self, batch: BatchId) -> Result<Vec<Delivery>>;

    /// Claims and charges by state.
    fn totals(&self) -> Result<Vec<StateTotal>>;

    /// The ledger's balances.
    fn balances(&self) -> Result<Vec<AccountTotal>>;

    /// Open items of the queue by category: how many, and since when the oldest waits.
    fn queue_depth(&self) -> Result<Vec<(Category, u64, Moment)>>;

    /// Numbers of claims by arrival, with charges, for the audit.
    fn claims_of_arrival(&self, arrival: ArrivalId) -> Result<Vec<Claim>>;

    /// Whether it can be written to.
    fn probe(&self) -> Result<()>;

    /// What is damaged of what is kept, in the store's own words, without a value; nothing where all of it can be read.
    fn damages(&self) -> Result<Vec<String>>;
}
