//! Payments, and what becomes of money of them that waits.

use x12::value::Money;

use super::{Model, Origin};
use crate::change::{NewClaimPayment, NewPayment, Released};
use crate::store::{Error, Result};

impl Model {
    pub(super) fn add_payment(&mut self, payment: &NewPayment) -> Result<()> {
        let gives_way = payment.in_place_of.as_ref() == Some(&payment.identity);
        if !gives_way && self.payments.iter().any(|posted| posted.identity == payment.identity) {
            return Err(Error::Stale { what: "payment" });
        }
        self.must_have_arrival(Some(payment.arrival))?;
        for claim in &payment.claims {
            self.must_have_claim(claim.claim)?;
        }
        for entry in &payment.provider_adjustments {
            self.must_have_claim(entry.claim)?;
        }
        let index = match &payment.in_place_of {
            None => self.payments.len(),
            Some(refused) => {
                let is_it =
                    |kept: &NewPayment| kept.identity == *refused && kept.postings.is_empty();
                let stale = Error::Stale { what: "a payment that was not posted" };
                self.payments.iter().position(is_it).ok_or(stale)?
            }
        };
        for posting in &payment.postings {
            self.post(Origin::Payment(index), posting)?;
        }
        let kept = NewPayment { in_place_of: None, ..payment.clone() };
        match self.payments.get_mut(index) {
            Some(refused) => *refused = kept,
            None => self.payments.push(kept),
        }
        Ok(())
    }

    pub(super) fn release(&mut self, released: &Released) -> Result<()> {
        let has_claim = self.must_have_claim(released.claim);
        let of_arrival = self
            .payments
            .iter_mut()
            .enumerate()
            .filter(|(_, payment)| payment.arrival == released.arrival);
        let claims = of_arrival
            .flat_map(|(index, payment)| payment.claims.iter_mut().map(move |said| (index, said)));
        let waits = |(_, said): &(usize, &mut NewClaimPayment)| {
            said.place.offset == released.offset && (said.waits || !said.suspended.is_zero())
        };
        let Some((payment, said)) = { claims }.find(waits) else {
            return Err(Error::Stale { what: "money in suspense" });
        };
        has_claim?;
        said.suspended = Money::ZERO;
        said.waits = false;
        said.claim = released.claim.or(said.claim);
        said.word = released.word;
        said.tier = released.tier.unwrap_or(said.tier);
        said.matched_by.clone_from(&released.matched_by);
        said.lines.clone_from(&released.lines);
        if let Some(adjustments) = &released.adjustments {
            said.adjustments.clone_from(adjustments);
        }
        for posting in &released.postings {
            self.post(Origin::Payment(payment), posting)?;
        }
        Ok(())
    }
}
