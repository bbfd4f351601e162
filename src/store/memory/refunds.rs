//! Refunds in the plain model, and what payers say of them.

use super::model::{Model, Origin, at, number_after};
use crate::change::deposits::{BankChange, PaymentId};
use crate::change::refunds::{KeptEntry, KeptRefund, Refund, RefundId};
use crate::change::{Moment, NewProviderAdjustment, ProviderEntry};
use crate::ledger::Posting;
use crate::store::{Error, Result};

impl Model {
    pub(super) fn write_refunds(&mut self, bank: &BankChange, booked_at: Moment) -> Result<()> {
        for (refund, postings) in &bank.refunded {
            self.must_have_claim(refund.claim)?;
            let id = RefundId(number_after(&self.bank.refunds));
            self.bank
                .refunds
                .push((KeptRefund { id, at: booked_at, refund: refund.clone() }, false));
            self.post_refund(refund.payment, postings)?;
        }
        for (id, _, postings) in &bank.unrefunded {
            let stale = || Error::Stale { what: "refund" };
            let index = usize::try_from(id.0 - 1).map_err(|_| stale())?;
            let kept = self.bank.refunds.get_mut(index).filter(|(_, is_undone)| !is_undone);
            let (kept, is_undone) = kept.ok_or_else(stale)?;
            *is_undone = true;
            let payment = kept.refund.payment;
            self.post_refund(payment, postings)?;
        }
        Ok(())
    }

    fn post_refund(&mut self, payment: Option<PaymentId>, postings: &[Posting]) -> Result<()> {
        let origin = match payment {
            None => Origin::Claim,
            Some(payment) => {
                at(&self.payments, payment.0).ok_or(Error::Dangling)?;
                Origin::Payment(payment.0 as usize - 1)
            }
        };
        postings.iter().try_for_each(|posting| self.post(origin, posting))
    }

    pub fn refunds(&self, of: Option<(&str, &str)>) -> Vec<KeptRefund> {
        let is_asked = |refund: &Refund| {
            of.is_none_or(|(payer, payee)| refund.payer == payer && refund.payee == payee)
        };
        let kept = self.bank.refunds.iter();
        let standing = kept.filter(|(kept, is_undone)| !is_undone && is_asked(&kept.refund));
        standing.map(|(kept, _)| kept.clone()).collect()
    }

    /// What PLBs say, in the order in which it came.
    pub fn plb_entries(&self) -> Vec<KeptEntry> {
        let mut found = Vec::new();
        for (id, payment) in (1..).map(PaymentId).zip(&self.payments) {
            let arrival = at(&self.arrivals, payment.arrival.0);
            let received_at = arrival.map_or(Moment(0), |arrival| arrival.received_at);
            for told in &payment.provider_adjustments {
                let NewProviderAdjustment {
                    payee, reason, reference, amount, claim, place, ..
                } = told;
                found.push(KeptEntry {
                    payment: id,
                    arrival: payment.arrival,
                    at: received_at,
                    payer: payment.payer.clone(),
                    entry: ProviderEntry {
                        payee: payee.clone(),
                        reason: reason.clone(),
                        reference: reference.clone(),
                        amount: *amount,
                    },
                    claim: *claim,
                    is_set_aside: false,
                    place: *place,
                });
            }
        }
        let all = found.clone();
        for kept in &mut found {
            kept.is_set_aside = all.iter().any(|one| {
                let (entry, own) = (&one.entry, &kept.entry);
                let is_its = (&one.payer, &entry.payee, &entry.reference)
                    == (&kept.payer, &own.payee, &own.reference);
                let is_lent = matches!(entry.reason.as_str(), "FB" | "WO" | "WU");
                is_its && is_lent && entry.amount.is_negative()
            });
        }
        found
    }

    /// What PLBs carry, take or got back, of a payer and a payee or all.
    pub fn carried_entries(&self, of: Option<(&str, &str)>) -> Vec<KeptEntry> {
        let mut found = self.plb_entries();
        found.retain(|kept| {
            let of = of.is_none_or(|of| of == (kept.payer.as_str(), kept.entry.payee.as_str()));
            of && is_carried(&kept.entry.reason)
        });
        found
    }

    /// What PLBs give or take under a reference, and do not carry.
    pub fn given_under(&self, reference: &str) -> Vec<KeptEntry> {
        let mut found = self.plb_entries();
        found.retain(|kept| {
            kept.entry.reference.expose() == reference && !is_carried(&kept.entry.reason)
        });
        found
    }
}

/// Whether entries of a reason carry, take or came back.
fn is_carried(reason: &str) -> bool {
    matches!(reason, "FB" | "WO" | "WU" | "72")
}
