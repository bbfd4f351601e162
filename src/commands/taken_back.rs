//! What a service comes to by what a person posts, and items of more taken back than was paid for it.

use std::collections::BTreeSet;

use super::Failure;
use super::store::Office;
use crate::change::cases::BEYOND_PAID;
use crate::change::{ClaimId, WorkMove};
use crate::ledger::{GivenUp, Posting};
use crate::reconcile::NO_MORE_TAKEN_BACK;
use crate::reconcile::matching::KnownClaim;
use crate::store::WorkFilter;

impl Office {
    /// Closes items that tell of more taken back than was paid, where that is so no longer.
    pub fn no_longer_taken_back(
        &self,
        known: &KnownClaim,
        made: &[Posting],
    ) -> Result<Vec<WorkMove>, Failure> {
        let mut over = Vec::new();
        if !comes_to(known, made).is_in_order() {
            return Ok(over);
        }
        let others = known.family.iter().flat_map(|family| &family.others).map(|other| other.id);
        let all: BTreeSet<ClaimId> =
            known.accounts().into_iter().chain(others).chain([known.id]).collect();
        for claim in all {
            let filter =
                WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
            let items = self.store.work(&filter)?.into_iter();
            let told = items.filter(|item| item.alike.rule == BEYOND_PAID);
            over.extend(told.map(|item| item.closes(NO_MORE_TAKEN_BACK)));
        }
        Ok(over)
    }
}

/// What a service comes to with what would be posted of it.
pub fn comes_to(known: &KnownClaim, made: &[Posting]) -> GivenUp {
    let accounts = known.accounts();
    let is_its = |posting: &&Posting| posting.claim.is_some_and(|claim| accounts.contains(&claim));
    let mut all = known.comes_to();
    all.add(made.iter().filter(is_its));
    all
}
