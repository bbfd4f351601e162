//! What a change writes over claims that the plain model holds.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use x12::value::{DayRange, Money};

use super::model::{Model, at_mut};
use crate::change::{Change, ClaimId};
use crate::store::{Claim, Error, Of, Result};

impl Model {
    pub(super) fn rewrite_claims(&mut self, change: &Change) -> Result<()> {
        for (id, number) in &change.payer_numbers {
            self.claim_mut(*id)?.payer_control_number.clone_from(number);
        }
        for (id, replaced) in &change.replacements {
            self.must_have_claim(Some(*replaced))?;
            self.claim_mut(*id)?.replaces = Some(*replaced);
        }
        for (id, number) in &change.control_numbers {
            self.claim_mut(*id)?.patient_control_number = number.clone();
        }
        for (id, charge) in &change.charges {
            self.claim_mut(*id)?.charge = *charge;
        }
        for (id, payer) in &change.routes {
            self.claim_mut(*id)?.payer = Some(payer.clone());
        }
        Ok(())
    }

    /// Whether a payer after a claim's own spoke of it under one of these numbers.
    pub(super) fn is_spoken_of_under(&self, claim: &Claim, numbers: &BTreeSet<String>) -> bool {
        let Some(own) = &claim.payer else { return false };
        let others = self.payments.iter().filter(|one| one.payer != *own && !one.payer.is_empty());
        let mut said = others.flat_map(|one| &one.claims);
        said.any(|said| {
            let number = &said.payer_control_number;
            let is_asked = !number.is_empty() && numbers.contains(number);
            said.claim == Some(claim.id) && said.status != "1" && is_asked
        })
    }

    pub(super) fn claims_by_charge(
        &self,
        (charge, days): (Money, DayRange),
        of: Of<'_>,
        limit: usize,
    ) -> Vec<Claim> {
        let mut claims = self.newest(|claim| {
            let began = claim.service_from.is_some_and(|day| days.from <= day && day <= days.to);
            let is_of = match of {
                Of::Anybody { lines } => {
                    claim.charge == charge
                        && (lines == 0 || claim.line_count == 0 || claim.line_count == lines)
                }
                Of::Person(person) => {
                    self.life(claim.id).people.contains(&(person.clone(), charge))
                }
                // Nothing was sent before it was kept.
                Of::Unkept => false,
            };
            is_of && began && claim.times_sent > 0
        });
        claims.sort_by_key(|claim| Reverse(claim.service_from));
        claims.truncate(limit);
        claims
    }

    fn claim_mut(&mut self, id: ClaimId) -> Result<&mut Claim> {
        let life = at_mut(&mut self.claims, id.0).ok_or(Error::Stale { what: "claim" })?;
        Ok(&mut life.claim)
    }
}
