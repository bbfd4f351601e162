//! What an office sends back to a payer by check or transfer, and what the payer says of it (PLB 72).

use x12::fault::Place;
use x12::phi::Phi;
use x12::value::Money;

use super::deposits::PaymentId;
use super::{ArrivalId, ClaimId, Moment, ProviderEntry};
use crate::ledger::Account;

/// A refund that a person booked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RefundId(pub i64);

/// Money that an office sent back to a payer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    pub payer: String,
    /// For whom the payer paid it: PLB01, or who billed the claim.
    pub payee: String,
    /// PLB03-2 of what it pays; empty where it pays back what was paid of a claim.
    pub reference: Phi<String>,
    pub claim: Option<ClaimId>,
    /// What it is taken off where it is of no claim: `Takeback`, or what a payer gave beside its claims. `WriteOff` of
    /// a claim: no money goes back, for its payer does not want it.
    pub account: Account,
    /// The remittance whose PLB it pays.
    pub payment: Option<PaymentId>,
    pub amount: Money,
    /// The number of the check or the transfer; empty where none is sent.
    pub number: String,
    /// Who sent it, and why.
    pub why: String,
    /// The segment that says what was too much.
    pub source: Place,
}

impl Refund {
    /// Whether it is of what a payer carries, whose account it stands on.
    pub fn is_of_carried(&self) -> bool {
        self.claim.is_none() && self.account == Account::Takeback
    }

    /// Whether it stays with the office.
    pub fn is_kept(&self) -> bool {
        self.claim.is_some() && self.account == Account::WriteOff
    }

    /// Where the money went, as an item or a history says it.
    pub fn by(&self) -> String {
        match self.is_kept() {
            true => "kept".to_owned(),
            false => format!("check {}", self.number),
        }
    }

    /// Whether another of the same payer and payee is told of as this one is.
    pub fn is_same_check(&self, other: &Refund) -> bool {
        let told = |one: &Refund| (one.claim, one.account, one.amount);
        told(self) == told(other)
            && (&self.reference, &self.number) == (&other.reference, &other.number)
    }
}

/// A refund as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRefund {
    pub id: RefundId,
    /// When it was booked.
    pub at: Moment,
    pub refund: Refund,
}

/// An entry of a PLB as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEntry {
    pub payment: PaymentId,
    pub arrival: ArrivalId,
    /// When its file came.
    pub at: Moment,
    pub payer: String,
    pub entry: ProviderEntry,
    /// The claim that it names.
    pub claim: Option<ClaimId>,
    /// Something was set aside under its reference (WO, WU or FB with a minus): a 72 says that this came.
    pub is_set_aside: bool,
    pub place: Place,
}
