//! No more of a claim is taken back by what a person does than payers paid and took off.

use std::collections::BTreeSet;

use x12::value::Money;

use super::Queue;
use crate::change::cases::BEYOND_PAID;
use crate::change::{ClaimId, WorkMove};
use crate::commands::Failure;
use crate::ledger::{GivenUp, Posting};
use crate::reconcile::NO_MORE_TAKEN_BACK;
use crate::reconcile::matching::KnownClaim;
use crate::store::WorkFilter;

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

    /// Closes items that tell of more taken back than was paid, where that is so no longer.
    pub(super) fn no_longer_taken_back(
        &self,
        known: &KnownClaim,
        made: &[Posting],
    ) -> Result<Vec<WorkMove>, Failure> {
        let mut over = Vec::new();
        if !comes_to(known, made).taken_back_beyond().is_zero() {
            return Ok(over);
        }
        let others = known.family.iter().flat_map(|family| &family.others).map(|other| other.id);
        let all: BTreeSet<ClaimId> =
            known.accounts().into_iter().chain(others).chain([known.id]).collect();
        for claim in all {
            let filter =
                WorkFilter { open_only: true, claim: Some(claim), ..WorkFilter::default() };
            let items = self.office.store.work(&filter)?.into_iter();
            let told = items.filter(|item| item.alike.rule == BEYOND_PAID);
            over.extend(told.map(|item| item.closes(NO_MORE_TAKEN_BACK)));
        }
        Ok(over)
    }
}

/// What a service comes to with what would be posted of it.
fn comes_to(known: &KnownClaim, made: &[Posting]) -> GivenUp {
    let accounts = known.accounts();
    let is_its = |posting: &&Posting| posting.claim.is_some_and(|claim| accounts.contains(&claim));
    let mut all = known.comes_to();
    all.add(made.iter().filter(is_its));
    all
}

/// How much more is taken back beyond what was there than without it.
fn more_taken_back(known: &KnownClaim, made: &[Posting]) -> Money {
    let before = known.comes_to().taken_back_beyond();
    (comes_to(known, made).taken_back_beyond() - before).max(Money::ZERO)
}
