//! Items of what was decided twice (V34) where a person posts what no payer said.

use x12::fault::Place;
use x12::phi::Phi;

use super::store::Office;
use crate::change::{ArrivalId, NewWork, WorkMove};
use crate::denials::route::Subject;
use crate::gateway::receive::limits_of;
use crate::ledger::Posting;
use crate::reconcile::matching::KnownClaim;
use crate::reconcile::too_much::{Followed, TooMuch, follow_postings};
use crate::settings::names::PayerName;

impl Office {
    /// What becomes of the items of a claim by these postings: steps, and items with this as evidence.
    pub fn follow_too_much(
        &self,
        claim: &KnownClaim,
        made: &[Posting],
        told: &str,
    ) -> (Vec<WorkMove>, Vec<NewWork>) {
        let Followed { steps, opens, .. } = follow_postings(claim, made);
        let opens = opens.iter().map(|found| self.item_of_too_much(claim, found, told));
        (steps, opens.collect())
    }

    /// An item about what was decided twice and is too much again.
    fn item_of_too_much(&self, claim: &KnownClaim, found: &TooMuch, told: &str) -> NewWork {
        let payer = found.payer.clone().or_else(|| claim.payer.clone()).unwrap_or_default();
        let limits = PayerName::new(&payer).and_then(|name| self.plan.payer(&name));
        let limits = limits.map(limits_of).unwrap_or_default();
        let today = self.stamp().today;
        let mut plans = claim.plans.iter().map(String::as_str).chain([""]);
        let back_by = plans.find_map(|plan| limits.giving_back(plan, today));
        let subject = Subject {
            claim: Some(claim.id),
            arrival: found.at.map_or(ArrivalId(0), |(arrival, _)| arrival),
            amount: found.amount,
            place: Place::default(),
            payer,
            names: Phi::default(),
        };
        NewWork { evidence: told.to_owned(), ..found.item(&subject, back_by) }
    }
}
