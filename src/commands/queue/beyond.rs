//! No more of a claim is taken back by what a person does than payers paid and took off.

use x12::value::Money;

use super::Queue;
use crate::commands::Failure;
use crate::commands::taken_back::comes_to;
use crate::ledger::Posting;
use crate::reconcile::matching::KnownClaim;

impl Queue<'_> {
    /// Refuses to attach a takeback of what was not paid for the claim.
    pub(super) fn must_be_there(
        &self,
        known: &KnownClaim,
        made: &[Posting],
    ) -> Result<(), Failure> {
        let more = more_taken_back(known, made);
        if more.is_zero() {
            return Ok(());
        }
        Err(Failure::Unusable(format!(
            "{more} more would be taken back of claim {} than payers paid or took off for it, and it would be owed \
             twice; what it takes back waits itself, or was posted to another claim: attach that payment first, or \
             name the claim that was paid; where it was paid and no remittance of it came here, `claimgate queue \
             write-off` takes it off the books",
            known.id.0
        )))
    }

    /// Refuses to detach a payment of which a takeback was attached.
    pub(super) fn must_not_be_missed(
        &self,
        known: &KnownClaim,
        made: &[Posting],
    ) -> Result<(), Failure> {
        let more = more_taken_back(known, made);
        if more.is_zero() {
            return Ok(());
        }
        Err(Failure::Unusable(format!(
            "without it {more} more would be taken back of claim {} than payers paid or took off for it; first detach \
             what was attached of the takeback",
            known.id.0
        )))
    }
}

/// How much more is taken back beyond what was there than without it.
fn more_taken_back(known: &KnownClaim, made: &[Posting]) -> Money {
    let before = known.comes_to().taken_back_beyond();
    (comes_to(known, made).taken_back_beyond() - before).max(Money::ZERO)
}
