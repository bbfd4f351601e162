//! What a person takes back of what was posted out of suspense or written off.

use x12::fault::Place;
use x12::value::Money;

use super::{ArrivalId, Awaits, ClaimId, Tier};
use crate::ledger::Posting;

/// How a claim payment waits, or did before somebody decided on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waited {
    /// The claim that it is about, when that is known.
    pub claim: Option<ClaimId>,
    pub tier: Tier,
    /// How it was matched, or why not.
    pub matched_by: String,
    /// Which line each service was matched to, in words.
    pub lines: String,
    /// Its adjustments, for reading.
    pub adjustments: String,
    pub waits: Option<Awaits>,
    /// What of it is on the account of suspense.
    pub suspended: Money,
    /// The number under which the payer knew the claim that it was posted to, where it brought another.
    pub number: Option<String>,
}

/// A claim payment that waits again. The change fails when it waits already, or is another claim's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detached {
    /// The arrival and the byte of the CLP.
    pub arrival: ArrivalId,
    pub offset: usize,
    /// The claim that it was posted to; `None` when it was written off, or divided.
    pub from: Option<ClaimId>,
    /// What of it waits already, where only parts were decided on.
    pub left: Money,
    pub waits: Waited,
    /// Debits less credits add up to nothing.
    pub postings: Vec<Posting>,
}

/// A claim payment that is posted to a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub arrival: ArrivalId,
    /// Of its remittance.
    pub identity: String,
    /// Its CLP.
    pub place: Place,
    /// CLP04.
    pub paid: Money,
    pub stands: Waited,
    /// How it waited before a person decided on it, where that is known.
    pub waited: Option<Waited>,
    /// What it posted to the claim's account, and what was posted back of it before.
    pub postings: Vec<Posting>,
}

impl Posted {
    /// Whether it waits for nothing because a person said so.
    pub fn is_by_person(&self) -> bool {
        self.stands.tier == Tier::Person
    }

    /// How it waits again, once a person takes back what was decided; `why` says who and for what reason.
    pub fn waits_again(&self, why: &str) -> Waited {
        let waited = self.waited.clone().unwrap_or_else(|| Waited {
            claim: None,
            tier: Tier::Unknown,
            matched_by: "how it waited before is not known".to_owned(),
            lines: String::new(),
            adjustments: self.stands.adjustments.clone(),
            waits: Some(Awaits::Person),
            suspended: self.paid,
            number: None,
        });
        Waited { matched_by: format!("{}; {why}", waited.matched_by), number: None, ..waited }
    }
}
