//! What a change writes over claims that the plain model holds.

use std::collections::BTreeSet;

use super::model::{Model, at_mut};
use crate::change::{Change, ClaimId};
use crate::store::{Claim, Error, Result};

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

    fn claim_mut(&mut self, id: ClaimId) -> Result<&mut Claim> {
        let life = at_mut(&mut self.claims, id.0).ok_or(Error::Stale { what: "claim" })?;
        Ok(&mut life.claim)
    }
}
