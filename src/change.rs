//! A `Change`: all that one decision wants written. One change is one transaction of the store.

pub mod cases;
pub mod deposits;
pub mod detached;
pub mod next;
pub mod refunds;

use std::collections::BTreeSet;

use x12::delimiters::Delimiters;
use x12::edit::Edit;
use x12::fault::Place;
use x12::phi::Phi;
use x12::value::{Day, Money};
use x12::view::claim::Kind;

use self::cases::{Alike, CaseEnd};
use self::deposits::{BankChange, Way};
use self::detached::Detached;
use crate::contracts::Class;
use crate::contracts::learned::Rate;
use crate::denials::Category;
use crate::ledger::{Account, Posting};
use crate::lifecycle::{Event, State};
use crate::scrub::Severity;
use crate::scrub::earlier::{Operation, Stay, Visit};

/// A moment, in microseconds since 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub i64);

/// A file or a frame that came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ArrivalId(pub i64);

/// A claim, in all its submissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimId(pub i64);

/// An interchange of claims that went to a payer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BatchId(pub i64);

/// Bytes that are to leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeliveryId(pub i64);

/// An item of the correction queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WorkId(pub i64);

impl WorkId {
    /// An item that the change at hand opens itself, by its place among these: it has no number yet, and
    /// the store puts that in.
    pub fn of_new(place: usize) -> WorkId {
        WorkId(-1 - i64::try_from(place).expect("a change opens fewer items"))
    }

    /// The place of such an item; `None` of one that is kept.
    pub fn place_of_new(self) -> Option<usize> {
        usize::try_from(-1 - self.0).ok()
    }
}

/// The SHA-256 of bytes that the archive keeps, in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ContentHash(pub String);

/// When and under which numbers a decision is taken: made by the shell, so that the same input
/// gives the same output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub now: Moment,
    pub today: Day,
    /// HHMM.
    pub time: String,
}

/// Where a claim's segments stand in a file that the archive keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimPlace {
    pub kind: Kind,
    pub file: ContentHash,
    pub delimiters: Delimiters,
    /// 2000A, 2000B, 2000C (empty when the subscriber is the patient) and 2300.
    pub billing: Piece,
    pub subscriber: Piece,
    pub patient: Piece,
    pub claim: Piece,
}

/// A run of segments in a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the file, the last terminator included.
    pub start: u64,
    pub end: u64,
    /// The number in its set of the first segment, ST = 1.
    pub first_number: u32,
}

impl Piece {
    /// Its first segment, in the file that it came in.
    pub fn begins_at(&self) -> Place {
        let offset = usize::try_from(self.start).unwrap_or(usize::MAX);
        Place { offset, segment: self.first_number, ..Place::default() }
    }
}

/// All that one decision wants written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    pub at: Moment,
    /// The arrival that this decides on.
    pub settles: Option<Settlement>,
    /// Claims whose accounts this was decided on, each with its revision then. The change fails as a whole
    /// when something was said of one, or posted to it, since then.
    pub read: Vec<(ClaimId, u64)>,
    pub interchanges: Vec<InterchangeSeen>,
    pub claims: Vec<NewClaim>,
    pub moves: Vec<Move>,
    /// The payer that a claim is routed to from now on.
    pub routes: Vec<(ClaimId, String)>,
    /// The whole list of edits that a claim has from now on.
    pub edits: Vec<(ClaimId, Vec<Edit>)>,
    /// CLM01 as a person's edits have it from now on: answers come back under it.
    pub control_numbers: Vec<(ClaimId, Phi<String>)>,
    /// What a claim asks for from now on: it went out with another CLM02 than before.
    pub charges: Vec<(ClaimId, Money)>,
    /// The number under which a payer knows a claim.
    pub payer_numbers: Vec<(ClaimId, String)>,
    /// Claims that go out in the place of another (CLM05-3 7 or 8), each with that other.
    pub replacements: Vec<(ClaimId, ClaimId)>,
    pub work: Vec<NewWork>,
    pub work_moves: Vec<WorkMove>,
    /// How the work on denials and underpayments ended.
    pub case_ends: Vec<CaseEnd>,
    /// Items whose work goes on, for what had ended it was taken back; this comes before the ends.
    pub case_returns: Vec<WorkId>,
    pub overrides: Vec<Override>,
    pub batches: Vec<NewBatch>,
    pub deliveries: Vec<NewDelivery>,
    pub delivery_results: Vec<DeliveryResult>,
    pub payments: Vec<NewPayment>,
    /// Whether claims go on to their next payers.
    pub next_payers: Vec<next::NextPayer>,
    /// What persons did with money in suspense.
    pub released: Vec<Released>,
    /// What they took back of that.
    pub detached: Vec<Detached>,
    /// Postings that come from no remittance and no deposit.
    pub postings: Vec<Posting>,
    /// What contracts say of what was paid.
    pub compared: Vec<Compared>,
    /// Rates that payments imply: each is added to what was seen of it before.
    pub rates: Vec<Rate>,
    pub bank: BankChange,
    /// Control numbers that the bytes of this change use.
    pub draws: Vec<Draw>,
}

impl Released {
    /// What waited before.
    pub fn waited(&self) -> Money {
        let of_suspense =
            self.postings.iter().filter(|posting| posting.account == Account::Suspense);
        self.left + of_suspense.map(|posting| posting.amount).sum::<Money>()
    }
}

impl Change {
    /// Claims of which it says something, or to which it posts, without moving them: what was decided on
    /// their accounts before holds no more. A move does the same.
    pub fn accounts(&self) -> BTreeSet<ClaimId> {
        let said = self.payments.iter().flat_map(|payment| &payment.claims);
        let said = said.filter(|told| told.is_said()).filter_map(|told| told.claim);
        let released = self.released.iter().filter_map(|released| released.claim);
        let of_payments = self.payments.iter().flat_map(|payment| &payment.postings);
        let of_released = self.released.iter().flat_map(|released| &released.postings);
        let of_detached = self.detached.iter().flat_map(|detached| &detached.postings);
        let postings = of_payments.chain(of_released).chain(of_detached).chain(&self.postings);
        let postings = postings.chain(self.bank.postings());
        let detached = self.detached.iter().flat_map(|back| [back.from, back.waits.claim]);
        let replacements = self.replacements.iter().flat_map(|(claim, other)| [*claim, *other]);
        let mut accounts: BTreeSet<ClaimId> = said.chain(released).chain(replacements).collect();
        accounts.extend(detached.flatten());
        accounts.extend(postings.filter_map(|posting| posting.claim));
        for step in &self.moves {
            accounts.remove(&step.claim);
        }
        accounts
    }
}

/// What became of an arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    pub arrival: ArrivalId,
    pub verdict: Verdict,
    /// Counts and reasons, for the operator: JSON without any patient's data.
    pub summary: String,
}

/// How an arrival ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// All of it was taken.
    Taken,
    /// Some of it was rejected.
    Partly,
    /// All of it was rejected, with an acknowledgment.
    Rejected,
    /// Nothing in it could be read or answered.
    Unusable,
}

impl Verdict {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Taken => "taken",
            Verdict::Partly => "partly",
            Verdict::Rejected => "rejected",
            Verdict::Unusable => "unusable",
        }
    }

    /// The verdict of that name.
    pub fn named(name: &str) -> Option<Verdict> {
        [Verdict::Taken, Verdict::Partly, Verdict::Rejected, Verdict::Unusable]
            .into_iter()
            .find(|verdict| verdict.name() == name)
    }
}

/// An interchange that came in, so that its like is known again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InterchangeSeen {
    pub arrival: ArrivalId,
    /// Of ISA to IEA.
    pub content: ContentHash,
    /// Sender, receiver and usage: `ZZ:OFFICE>ZZ:GATEWAY/P`.
    pub route: String,
    /// ISA13.
    pub control_number: String,
    pub is_accepted: bool,
}

/// A claim that came in.
#[derive(Clone, Debug, PartialEq)]
pub struct NewClaim {
    pub arrival: ArrivalId,
    pub place: ClaimPlace,
    /// The claim of the payer before, when this one was made for the payer that follows it.
    pub follows: Option<ClaimId>,
    /// The trading partner whose file it came in.
    pub partner: String,
    /// ST02 and BHT03 of the set it came in.
    pub set_number: String,
    pub batch_reference: String,
    /// BHT06: CH, RP or 31.
    pub batch_type: String,
    /// ISA15 was T: it never goes to a payer that takes production.
    pub is_test: bool,
    /// CLM01.
    pub patient_control_number: Phi<String>,
    /// 2010BB NM109.
    pub payer_id: String,
    /// The payer that it is routed to, by its name in the settings.
    pub payer: Option<String>,
    pub billing_npi: String,
    pub charge: Money,
    /// CLM05-3.
    pub frequency: String,
    /// REF*F8.
    pub payer_control_number: String,
    pub service_from: Option<Day>,
    pub service_to: Option<Day>,
    /// A digest of what makes two claims the same service: patient, days, procedures, charge.
    pub fingerprint: String,
    /// A digest of patient and billing provider, by which the patient's other claims are found.
    pub patient: String,
    pub line_count: u32,
    pub visits: Vec<Visit>,
    pub operations: Vec<Operation>,
    /// The stay in a hospital that it bills.
    pub stay: Option<Stay>,
    /// How its intake ended: refused, held back or passed.
    pub event: Event,
    pub findings: Vec<FindingRecord>,
    /// Safe repairs of form, laid over the claim from the start.
    pub edits: Vec<Edit>,
    pub work: Option<NewWork>,
}

/// A finding as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRecord {
    pub code: String,
    pub severity: Severity,
    pub place: Place,
    pub what: String,
    pub fix: String,
    pub status: String,
    /// The code sets that the rule asked, each with the edition that answered.
    pub tables: Vec<(String, String)>,
    /// The value that would be right, when the rule can tell.
    pub edit: Option<EditRecord>,
}

/// A change of one value, with what stood there before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditRecord {
    /// What the trade calls the value: `PER04`, `CLM05-3`.
    pub element: String,
    pub from: Phi<String>,
    pub to: Phi<String>,
    /// It was laid over the claim; otherwise it is proposed to a person.
    pub is_made: bool,
}

impl EditRecord {
    /// Where, what stood there, and what stands there instead. It holds values, so that it is never
    /// logged.
    pub fn in_words(&self) -> String {
        let EditRecord { element, from, to, .. } = self;
        format!("{element} '{}' to '{}'", from.expose(), to.expose())
    }
}

/// An event of a claim. The change fails as a whole when the claim is no longer in `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    pub claim: ClaimId,
    pub event: Event,
    pub from: State,
    pub to: State,
    /// Who or what, and why. A person's edits stand here in words, so that it is never logged.
    pub note: String,
    /// The arrival that told it.
    pub arrival: Option<ArrivalId>,
}

/// A new item of the correction queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewWork {
    /// The claim it is about; `None` for money without a claim and for what `NewClaim` carries.
    pub claim: Option<ClaimId>,
    pub arrival: Option<ArrivalId>,
    pub category: Category,
    pub desk: String,
    /// What happened.
    pub what: String,
    /// What to do.
    pub action: String,
    /// Codes, places and numbers that prove it; a patient's control number may be among them, so
    /// it never reaches a log.
    pub evidence: String,
    pub deadline: Option<Day>,
    pub amount: Money,
    /// How the claim goes out again, when what happened says so.
    pub resend: Option<Resend>,
    /// The CLP of its arrival that it is about, when that waits, is denied, or is paid other than agreed.
    pub remitted: Option<Place>,
    /// Lines of its claim and arrival that it is about, held against their contract: each by the place
    /// of its `Compared`.
    pub lines: Vec<Place>,
    /// CLPs of its arrival that it tells of, though their money does not wait by it.
    pub clps: Vec<Place>,
    /// What it has in common with others.
    pub alike: Alike,
}

impl NewWork {
    /// The bytes of the CLPs that it tells of, each once and in order.
    pub fn clp_offsets(&self) -> Vec<usize> {
        let offsets: BTreeSet<usize> = self.clps.iter().map(|place| place.offset).collect();
        offsets.into_iter().collect()
    }
}

/// How a corrected claim goes out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Resend {
    /// Frequency 1, as after a rejection by a front end: the payer has nothing to replace.
    Original,
    /// Frequency 7 with the payer's number in REF*F8, as after adjudication.
    Replacement,
    /// Frequency 8 with the payer's number in REF*F8.
    Void,
    /// A void now, and a new claim once the payer has taken it: for payers that take no replacement.
    VoidAndNew,
}

impl Resend {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Resend::Original => "original",
            Resend::Replacement => "replacement",
            Resend::Void => "void",
            Resend::VoidAndNew => "void-and-new",
        }
    }

    /// The way of that name.
    pub fn named(name: &str) -> Option<Resend> {
        [Resend::Original, Resend::Replacement, Resend::Void, Resend::VoidAndNew]
            .into_iter()
            .find(|resend| resend.name() == name)
    }

    /// CLM05-3.
    pub const fn frequency(self) -> &'static str {
        match self {
            Resend::Original => "1",
            Resend::Replacement => "7",
            Resend::Void | Resend::VoidAndNew => "8",
        }
    }
}

/// Where an item of the queue stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkState {
    Open,
    Taken,
    /// Its claim was corrected and released.
    Released,
    /// Closed with a reason.
    Resolved,
}

impl WorkState {
    pub const fn name(self) -> &'static str {
        match self {
            WorkState::Open => "open",
            WorkState::Taken => "taken",
            WorkState::Released => "released",
            WorkState::Resolved => "resolved",
        }
    }

    /// The state of that name.
    pub fn named(name: &str) -> Option<WorkState> {
        [WorkState::Open, WorkState::Taken, WorkState::Released, WorkState::Resolved]
            .into_iter()
            .find(|state| state.name() == name)
    }

    /// Whether somebody still has to act.
    pub const fn is_open(self) -> bool {
        matches!(self, WorkState::Open | WorkState::Taken)
    }
}

/// A step of an item of the queue. The change fails when the item is no longer in `from`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkMove {
    pub work: WorkId,
    pub from: WorkState,
    pub to: WorkState,
    pub owner: String,
    pub note: String,
    /// What the item says from now on, when what it said is so no more.
    pub says: Option<WorkWords>,
}

/// What an item of the queue says; nothing where that stays as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkWords {
    pub what: Option<String>,
    pub action: Option<String>,
    pub evidence: Option<String>,
    /// What is at stake now, unless the work has ended.
    pub amount: Option<Money>,
}

/// A rule that held a claim and that a person let pass. It does not hold the claim again while both
/// stay as they were.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    pub claim: ClaimId,
    /// The rule's code.
    pub rule: String,
    /// Of the rule, and of the code sets that it asks.
    pub version: String,
    /// Of the claim, and of what the rule said of it.
    pub content: ContentHash,
    pub by: String,
    pub reason: String,
}

/// An interchange of claims for one payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewBatch {
    pub payer: String,
    /// ISA13, which GS06 repeats.
    pub control_number: u32,
    /// Every claim with the set that carries it. Each needs a `Move` in the same change.
    pub claims: Vec<BatchClaim>,
    pub charge: Money,
    pub delivery: NewDelivery,
}

/// A claim in a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchClaim {
    pub claim: ClaimId,
    /// ST02.
    pub set_number: String,
    /// BHT03 of that set.
    pub batch_reference: String,
    /// CLM05-3 as it was sent.
    pub frequency: String,
    /// Whom it names, as `reconcile::matching::person_keys` writes it.
    pub people: Vec<Phi<String>>,
}

/// What a delivery is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeliveryKind {
    Ta1,
    ImplementationAck,
    ClaimAck,
    Report,
    Claims,
    Remittance,
}

impl DeliveryKind {
    pub const fn name(self) -> &'static str {
        match self {
            DeliveryKind::Ta1 => "TA1",
            DeliveryKind::ImplementationAck => "999",
            DeliveryKind::ClaimAck => "277CA",
            DeliveryKind::Report => "REPORT",
            DeliveryKind::Claims => "837",
            DeliveryKind::Remittance => "835",
        }
    }

    /// Whether it answers whoever sent a file. The rest goes on to others, who would take a second
    /// one for new: claims for a payer, a remittance for an office.
    pub const fn is_answer(self) -> bool {
        match self {
            DeliveryKind::Ta1
            | DeliveryKind::ImplementationAck
            | DeliveryKind::ClaimAck
            | DeliveryKind::Report => true,
            DeliveryKind::Claims | DeliveryKind::Remittance => false,
        }
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<DeliveryKind> {
        [
            DeliveryKind::Ta1,
            DeliveryKind::ImplementationAck,
            DeliveryKind::ClaimAck,
            DeliveryKind::Report,
            DeliveryKind::Claims,
            DeliveryKind::Remittance,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}

/// Bytes that are to leave by a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDelivery {
    pub channel: String,
    pub kind: DeliveryKind,
    /// The name of the file; no patient's data.
    pub name: String,
    pub bytes: bytes::Bytes,
    /// The arrival that this answers.
    pub arrival: Option<ArrivalId>,
}

/// How an attempt to deliver ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryResult {
    pub delivery: DeliveryId,
    pub outcome: DeliveryOutcome,
}

/// How an attempt to deliver ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeliveryOutcome {
    Delivered,
    /// To be tried again at that moment.
    Failed {
        retry_at: Moment,
        reason: String,
    },
    /// To be written once more: the same arrival came again.
    Again,
}

/// A remittance.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPayment {
    pub arrival: ArrivalId,
    /// The identity of the one that was recorded and not posted, when a person lets it go on: this
    /// takes its place.
    pub in_place_of: Option<String>,
    /// Payer, trace number, day, amount and content: what makes it the same payment.
    pub identity: String,
    pub payer: String,
    /// N1*PE: who is paid, by its number.
    pub payee: String,
    /// TRN02.
    pub trace: String,
    /// TRN03.
    pub payer_id: String,
    /// N1*PR.
    pub payer_name: String,
    /// BPR04.
    pub way: Way,
    pub paid_on: Option<Day>,
    pub amount: Money,
    /// Whether nothing keeps it from being posted as a whole; of its claims some may wait.
    pub is_balanced: bool,
    pub claims: Vec<NewClaimPayment>,
    /// What belongs to none of its claims; nothing of a remittance that is not posted.
    pub provider_adjustments: Vec<NewProviderAdjustment>,
    /// Rules that it breaks, each once.
    pub broken: Vec<BrokenRule>,
    /// Debits less credits add up to nothing.
    pub postings: Vec<Posting>,
}

/// An entry of a PLB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewProviderAdjustment {
    /// PLB01: whom it is about; who is paid where it is blank.
    pub payee: String,
    /// PLB03-1.
    pub reason: String,
    /// PLB03-2; it may be a patient's control number.
    pub reference: Phi<String>,
    /// As it stands: positive lowers the payment.
    pub amount: Money,
    /// The claim that it names.
    pub claim: Option<ClaimId>,
    /// What explains it, in words; empty when nothing does, and for what needs no explaining.
    pub origin: String,
    pub place: Place,
}

/// What an entry of a PLB says, and another may say again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderEntry {
    /// PLB01: whom it is about; who is paid where it is blank.
    pub payee: String,
    /// PLB03-1.
    pub reason: String,
    /// PLB03-2.
    pub reference: Phi<String>,
    pub amount: Money,
}

impl NewPayment {
    /// Whether anything of it is posted.
    pub const fn is_posted(&self) -> bool {
        !self.postings.is_empty()
    }

    /// What of its PLB another may say again.
    pub fn provider_entries(&self) -> Vec<ProviderEntry> {
        let entry = |one: &NewProviderAdjustment| {
            let NewProviderAdjustment { payee, reason, reference, amount, .. } = one.clone();
            ProviderEntry { payee, reason, reference, amount }
        };
        self.provider_adjustments.iter().map(entry).collect()
    }
}

/// A rule of remittances that one breaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenRule {
    /// `V02`.
    pub rule: String,
    pub times: u32,
    /// Where it does so first, and how.
    pub place: Place,
    pub what: String,
}

/// Money that waited in suspense, and what came of it. The change fails when it waits no longer.
#[derive(Clone, Debug, PartialEq)]
pub struct Released {
    /// The arrival and the byte of the CLP.
    pub arrival: ArrivalId,
    pub offset: usize,
    /// The claim that it belongs to; `None` when it is written off.
    pub claim: Option<ClaimId>,
    /// What it comes to for that claim.
    pub word: Option<Word>,
    /// How it was matched, when a person said so; it stays as it was when what it waited for came.
    pub tier: Option<Tier>,
    /// Who said so, and why.
    pub matched_by: String,
    /// Which line each service was matched to, in words.
    pub lines: String,
    /// Its adjustments by the lines of that claim, for reading; `None` leaves them as they were told.
    pub adjustments: Option<String>,
    /// The payer's number of the claim, where it brings another in its place.
    pub number_before: Option<String>,
    /// What of its money waits on, when this is a part of it. What the postings take out of suspense and this
    /// are all that waited.
    pub left: Money,
    /// Debits less credits add up to nothing.
    pub postings: Vec<Posting>,
}

/// How sure a match is: what was found first is surest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// The payer's number, seen before, and CLM01.
    BothNumbers,
    /// CLM01, and nothing speaks against it.
    ControlNumber,
    /// CLM01 of several claims, told apart by what else agrees.
    OneOfSeveral,
    /// The payer's number alone: CLM01 was changed.
    PayerNumber,
    /// Nothing sure: claims are suggested, and a person decides.
    Suggested,
    /// Nothing at all.
    #[default]
    Unknown,
    /// A person said so.
    Person,
}

impl Tier {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Tier::BothNumbers => "1 both numbers",
            Tier::ControlNumber => "2 control number",
            Tier::OneOfSeveral => "3 one of several",
            Tier::PayerNumber => "4 payer's number",
            Tier::Suggested => "5 suggested",
            Tier::Unknown => "6 unknown",
            Tier::Person => "person",
        }
    }

    /// The tier of that name.
    pub fn named(name: &str) -> Option<Tier> {
        [
            Tier::BothNumbers,
            Tier::ControlNumber,
            Tier::OneOfSeveral,
            Tier::PayerNumber,
            Tier::Suggested,
            Tier::Unknown,
            Tier::Person,
        ]
        .into_iter()
        .find(|tier| tier.name() == name)
    }
}

/// CLP02 with which another payer than the one that a claim went to speaks as one after it: it processed the
/// claim as such, denied it, or takes back; or it calls itself the first, and passes the claim on (19).
pub const LATER_STATUSES: [&str; 7] = ["2", "3", "4", "19", "20", "21", "22"];

/// What a payer's word on a claim comes to, once it is posted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Word {
    Paid,
    Denied,
    Reversed,
    /// The payer reviews what it tells of, and nothing is posted of it but what gives way to it; with a minus it takes
    /// such a review back.
    Reviewed,
}

impl Word {
    /// The word that the store knows it by.
    pub const fn name(self) -> &'static str {
        match self {
            Word::Paid => "paid",
            Word::Denied => "denied",
            Word::Reversed => "reversed",
            Word::Reviewed => "reviewed",
        }
    }

    /// What a claim payment that waits comes to, by its CLP02.
    pub fn of_waiting(status: &str) -> Word {
        if status == "22" { Word::Reversed } else { Word::Paid }
    }

    /// The word of that name.
    pub fn named(name: &str) -> Option<Word> {
        let mut all = [Word::Paid, Word::Denied, Word::Reversed, Word::Reviewed].into_iter();
        all.find(|word| word.name() == name)
    }
}

/// What a claim payment waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Awaits {
    /// What else is said of its claim: then it is posted by itself.
    Word,
    /// A person, who says what it is about.
    Person,
}

/// What a remittance says of one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct NewClaimPayment {
    /// The claim it was matched to.
    pub claim: Option<ClaimId>,
    pub tier: Tier,
    /// How it was matched, or why not.
    pub matched_by: String,
    /// Which line each service was matched to and how, for reading.
    pub lines: String,
    /// What was posted of it; `None` when nothing was.
    pub word: Option<Word>,
    /// What of it waits on the account of suspense.
    pub suspended: Money,
    /// What it waits for while it is not posted, which may be so of no money.
    pub waits: Option<Awaits>,
    /// CLP02.
    pub status: String,
    pub charge: Money,
    pub paid: Money,
    pub patient_responsibility: Money,
    /// CLP07.
    pub payer_control_number: String,
    /// The CLP in the archive's file.
    pub place: Place,
    /// Group and reason codes with amounts, for reading.
    pub adjustments: String,
}

impl NewClaimPayment {
    /// Whether it is a word on its claim: it is posted, or will be by itself.
    pub fn is_said(&self) -> bool {
        self.word.is_some() || self.waits == Some(Awaits::Word)
    }
}

/// A line that was paid, beside what its contract says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    pub claim: ClaimId,
    pub arrival: ArrivalId,
    /// Its SVC, or the CLP of a claim that was adjusted as a whole.
    pub place: Place,
    /// LX01; empty for the whole claim.
    pub line: String,
    /// The procedure with its modifiers: `99213-25`.
    pub code: String,
    pub contract: String,
    /// SBR03 and SBR09 of the claim, by which the contract was chosen.
    pub plan: String,
    /// Its day, or the first of the claim; that and the charge are not known of what was decided before
    /// they were kept.
    pub day: Option<Day>,
    pub charge: Option<Money>,
    /// What the contract allows.
    pub allowed: Money,
    /// What the payer would have paid by it, beside what the patient bears.
    pub expected: Money,
    pub paid: Money,
    pub patient: Money,
    /// What was paid more than expected; negative for less.
    pub variance: Money,
    pub class: Class,
    /// How the contract's amount is come by, and what explains another.
    pub words: String,
}

/// Control numbers drawn: the change fails when `first` is not the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    pub counter: String,
    pub first: u64,
    pub count: u64,
}

impl Draw {
    /// One number of a counter.
    pub fn one(counter: &str, first: u64) -> Draw {
        Draw { counter: counter.to_owned(), first, count: 1 }
    }
}
