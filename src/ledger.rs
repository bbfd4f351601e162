//! Double-entry postings of what payers pay, adjust and take back.

use x12::fault::Place;
use x12::value::Money;

use crate::change::ClaimId;

/// An account of the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// What payers owe for claims that were sent.
    Receivable,
    /// What was charged for claims that were sent.
    Charges,
    /// Money that payers paid, as BPR02 says.
    Cash,
    /// CO: what the contract takes off.
    Contractual,
    /// PR: what the patient owes.
    Patient,
    /// OA and PI, and whatever else a payer adjusts.
    OtherAdjustment,
    /// PLB: what belongs to no claim of the remittance.
    ProviderAdjustment,
    /// Money for claims that we do not know.
    Suspense,
}

/// Every account.
pub const ACCOUNTS: [Account; 8] = [
    Account::Receivable,
    Account::Charges,
    Account::Cash,
    Account::Contractual,
    Account::Patient,
    Account::OtherAdjustment,
    Account::ProviderAdjustment,
    Account::Suspense,
];

impl Account {
    pub const fn name(self) -> &'static str {
        match self {
            Account::Receivable => "receivable",
            Account::Charges => "charges",
            Account::Cash => "cash",
            Account::Contractual => "contractual",
            Account::Patient => "patient",
            Account::OtherAdjustment => "other-adjustment",
            Account::ProviderAdjustment => "provider-adjustment",
            Account::Suspense => "suspense",
        }
    }

    /// The account of that name.
    pub fn named(name: &str) -> Option<Account> {
        ACCOUNTS.into_iter().find(|account| account.name() == name)
    }
}

/// One side of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    pub account: Account,
    pub claim: Option<ClaimId>,
    /// The line that it pays: its number, LX01; empty for the whole claim.
    pub line: String,
    /// A debit is positive, a credit negative.
    pub amount: Money,
    /// Why: `paid`, `CO-45`, `WO`.
    pub reason: String,
    /// The segment of the remittance that says so.
    pub source: Place,
}
