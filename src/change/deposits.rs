//! Deposits: the money that a bank shows, and which payments of remittances it is.

use x12::fault::Place;
use x12::value::{Day, Money};

use super::refunds::{Refund, RefundId};
use super::{ArrivalId, NewWork, WorkId, WorkState, WorkWords};
use crate::ledger::Posting;

/// An entry of a bank's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DepositId(pub i64);

/// A remittance that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaymentId(pub i64);

/// How money goes from a payer to a bank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    /// BPR04 ACH: an electronic transfer over the ACH network.
    Ach,
    /// BPR04 CHK: a paper check, whose number TRN02 is.
    Check,
    /// BPR04 FWT: a wire.
    Wire,
    /// BPR04 NON: nothing is paid.
    Nothing,
    /// The remittance or the bank does not say.
    Unsaid,
}

/// Every way.
pub const WAYS: [Way; 5] = [Way::Ach, Way::Check, Way::Wire, Way::Nothing, Way::Unsaid];

impl Way {
    /// The word that the store knows it by: BPR04, as far as it has one.
    pub const fn name(self) -> &'static str {
        match self {
            Way::Ach => "ACH",
            Way::Check => "CHK",
            Way::Wire => "FWT",
            Way::Nothing => "NON",
            Way::Unsaid => "",
        }
    }

    /// The way of that name.
    pub fn named(name: &str) -> Option<Way> {
        WAYS.into_iter().find(|way| way.name() == name)
    }

    /// Whether both may be the same money: what is not said speaks against nothing.
    pub fn agrees(self, other: Way) -> bool {
        self == other || self == Way::Unsaid || other == Way::Unsaid
    }
}

/// Money that a bank shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deposit {
    pub arrival: ArrivalId,
    /// A digest of account, day, amount and numbers: the same money that two files tell is one.
    pub identity: String,
    pub day: Day,
    /// A minus is what was taken from the account.
    pub amount: Money,
    pub way: Way,
    /// TRN02, or the number of the check; empty when the bank left it out.
    pub trace: String,
    /// TRN03, or the id under which the payer originates; empty when the bank left it out.
    pub payer_id: String,
    /// What the bank calls the payer.
    pub payer_name: String,
    /// The bank's own number for it.
    pub bank_reference: String,
    /// The file says that it pays claims, so that a remittance is waited for.
    pub is_claim_payment: bool,
    /// The record of the file that tells it.
    pub place: Place,
}

/// A deposit that is new, with its postings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeposit {
    pub deposit: Deposit,
    pub postings: Vec<Posting>,
}

/// The money of a remittance, as far as a bank is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Awaited {
    pub arrival: ArrivalId,
    pub identity: String,
    /// The payer, by its name in the settings.
    pub payer: String,
    /// TRN03.
    pub payer_id: String,
    /// N1*PR.
    pub payer_name: String,
    pub way: Way,
    /// TRN02.
    pub trace: String,
    /// BPR16.
    pub paid_on: Option<Day>,
    /// What was posted as cash and is to be deposited; nothing of a remittance that was not posted.
    pub amount: Money,
    /// BPR02: what it says was paid, posted or held.
    pub stated: Money,
    /// What of it persons gave up, for no bank showed it.
    pub written_off: Money,
}

/// How sure it is that a deposit is the money of a remittance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DepositTier {
    /// TRN02, TRN03 and the amount.
    TraceAndPayer,
    /// TRN02 and the amount; the bank does not say who pays.
    Trace,
    /// A person said so.
    Person,
}

/// Every tier.
const DEPOSIT_TIERS: [DepositTier; 3] =
    [DepositTier::TraceAndPayer, DepositTier::Trace, DepositTier::Person];

impl DepositTier {
    /// The word that users and the store know it by.
    pub const fn name(self) -> &'static str {
        match self {
            DepositTier::TraceAndPayer => "1 trace number and payer",
            DepositTier::Trace => "2 trace number",
            DepositTier::Person => "person",
        }
    }

    /// The tier of that name.
    pub fn named(name: &str) -> Option<DepositTier> {
        DEPOSIT_TIERS.into_iter().find(|tier| tier.name() == name)
    }
}

/// Money of a deposit that is money of a remittance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pairing {
    pub deposit: DepositId,
    pub payment: PaymentId,
    pub amount: Money,
    pub tier: DepositTier,
    /// What agrees; who said so and why.
    pub evidence: String,
}

/// Money of a remittance that no bank showed, and a person gave up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenOff {
    pub payment: PaymentId,
    pub amount: Money,
    /// Who said so, and why.
    pub why: String,
}

/// What one decision wants written about deposits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BankChange {
    /// How often pairings and cases had changed when this was decided: the change fails when they
    /// changed since. `None` for a change that does not look at them.
    pub version: Option<u64>,
    pub deposits: Vec<NewDeposit>,
    /// Each with its postings.
    pub paired: Vec<(Pairing, Vec<Posting>)>,
    /// Pairings that hold no longer, each with why and its postings.
    pub parted: Vec<(Pairing, String, Vec<Posting>)>,
    /// Deposits that a person put aside, why, and their postings.
    pub set_aside: Vec<(DepositId, String, Vec<Posting>)>,
    /// What persons gave up of remittances, each with its postings.
    pub written_off: Vec<(WrittenOff, Vec<Posting>)>,
    /// All that was given up of a remittance is waited for again, each with its postings.
    pub reopened: Vec<(WrittenOff, Vec<Posting>)>,
    /// What persons sent back to payers, each with its postings.
    pub refunded: Vec<(Refund, Vec<Posting>)>,
    /// Refunds that were booked and not sent after all, why, and their postings.
    pub unrefunded: Vec<(RefundId, String, Vec<Posting>)>,
    /// Work that is opened under a key of its own, so that it is opened once.
    pub cases: Vec<(String, NewWork)>,
    /// Keys of cases that are over.
    pub closed: Vec<String>,
}

impl BankChange {
    /// Whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        BankChange { version: None, ..self.clone() } == BankChange::default()
    }

    /// The postings of all of it.
    pub fn postings(&self) -> impl Iterator<Item = &Posting> {
        let of_deposits = self.deposits.iter().flat_map(|new| &new.postings);
        let of_pairs = self.paired.iter().flat_map(|(_, postings)| postings);
        let parted = self.parted.iter().flat_map(|(_, _, postings)| postings);
        let set_aside = self.set_aside.iter().flat_map(|(_, _, postings)| postings);
        let of_payments = self.written_off.iter().chain(&self.reopened);
        let of_payments = of_payments.flat_map(|(_, postings)| postings);
        let refunded = self.refunded.iter().flat_map(|(_, postings)| postings);
        let unrefunded = self.unrefunded.iter().flat_map(|(_, _, postings)| postings);
        let of_deposits = of_deposits.chain(of_pairs).chain(parted).chain(set_aside);
        of_deposits.chain(of_payments).chain(refunded).chain(unrefunded)
    }
}

/// What stands between remittances and deposits: all that is open, and all under the trace number of
/// something open. What is not here would change nothing if it were, so that it does not matter in
/// which order all of it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reassociation {
    pub version: u64,
    pub deposits: Vec<KeptDeposit>,
    pub payments: Vec<(PaymentId, Awaited)>,
    /// Of any of these.
    pub pairings: Vec<Pairing>,
    /// Cases that are not over.
    pub cases: Vec<KeptCase>,
}

/// A deposit, with what it is paired with, and remittances that are settled and looked at again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub deposit: Option<DepositId>,
    pub payments: Vec<PaymentId>,
}

/// A deposit as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptDeposit {
    pub id: DepositId,
    pub deposit: Deposit,
    /// Why a person put it aside; empty when nobody did.
    pub set_aside: String,
}

/// A case as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCase {
    pub key: String,
    pub work: WorkId,
    pub state: WorkState,
    pub owner: String,
    pub note: String,
    pub words: WorkWords,
}

/// What changes whenever deposits are to be looked at again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    pub version: u64,
    pub deposits: u64,
    pub payments: u64,
}

/// The first day of remittances that are looked at without a deposit of their number, when the first
/// deposit is of that day: a deposit may be the money of one from a few business days before.
pub fn awaited_from(first_deposit: Day) -> Day {
    first_deposit.minus_days(AWAITED_BEFORE_DAYS)
}

/// A week has three business days, whatever holidays it has; what is suggested is never older.
const AWAITED_BEFORE_DAYS: u32 = 7;

/// How a trace number or a check number is compared: payers, banks and programs for tables change
/// its case and leave zeros before it out.
pub fn trace_key(trace: &str) -> String {
    let kept: String = trace.chars().filter(char::is_ascii_alphanumeric).collect();
    kept.to_ascii_uppercase().trim_start_matches('0').to_owned()
}
