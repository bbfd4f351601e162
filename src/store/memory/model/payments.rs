//! Payments, and what becomes of money of them that waits.

use std::collections::BTreeSet;

use super::{Model, Origin};
use crate::change::detached::{Detached, Waited};
use crate::change::{ArrivalId, Awaits, Compared, NewClaimPayment, NewPayment, Released};
use crate::ledger::Posting;
use crate::store::{Error, PaidAs, Result, Told};

/// Under which number and name a payment came.
pub fn paid_as(payment: &NewPayment) -> PaidAs {
    PaidAs {
        payer_id: payment.payer_id.clone(),
        payer_name: payment.payer_name.clone(),
        identity: payment.identity.clone(),
        amount: payment.amount,
    }
}

impl Model {
    /// Whom a payer paid under this number.
    pub fn payees_under(&self, payer: &str, trace: &str, limit: u32) -> Vec<String> {
        let under = self.payments.iter().filter(|one| one.payer == payer && one.trace == trace);
        let payees: BTreeSet<String> = under.map(|one| one.payee.clone()).collect();
        payees.into_iter().take(limit as usize).collect()
    }

    /// The latest remittances of a payer to a payee under this number.
    pub fn paid_under(
        &self,
        (payer, payee): (&str, &str),
        trace: &str,
        limit: u32,
    ) -> Vec<(ArrivalId, PaidAs)> {
        let under = self
            .payments
            .iter()
            .rev()
            .filter(|one| one.payer == payer && one.payee == payee && one.trace == trace);
        under.take(limit as usize).map(|one| (one.arrival, paid_as(one))).collect()
    }

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
            Some(refused) => {
                *refused = kept;
                self.waited.retain(|(payment, _), _| *payment != index);
            }
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
            said.place.offset == released.offset
                && (said.waits.is_some() || !said.suspended.is_zero())
                && said.suspended == released.waited()
        };
        let Some((payment, said)) = { claims }.find(waits) else {
            return Err(Error::Stale { what: "money in suspense" });
        };
        has_claim?;
        let waited = Waited { number: released.number_before.clone(), ..stands(said) };
        let waited_for = said.claim.filter(|claim| released.claim != Some(*claim));
        said.suspended = released.left;
        said.waits = Some(Awaits::Person).filter(|_| !released.left.is_zero());
        said.claim = released.claim.or(said.claim);
        said.word = released.word;
        said.tier = released.tier.unwrap_or(said.tier);
        said.matched_by.clone_from(&released.matched_by);
        said.lines.clone_from(&released.lines);
        if let Some(adjustments) = &released.adjustments {
            said.adjustments.clone_from(adjustments);
        }
        self.waited.entry((payment, released.offset)).or_insert(waited);
        if let Some(claim) = waited_for {
            self.move_on(claim);
        }
        for posting in &released.postings {
            self.post(Origin::Payment(payment), posting)?;
        }
        Ok(())
    }

    /// The CLP at this byte of an arrival that is asked for, with its payment: the last of several.
    fn clp(
        &self,
        (arrival, offset): (ArrivalId, usize),
        is_asked: impl Fn(&NewClaimPayment) -> bool,
    ) -> Option<(usize, usize)> {
        let mut found = None;
        let payments = self.payments.iter().enumerate();
        for (index, payment) in payments.filter(|(_, payment)| payment.arrival == arrival) {
            let of_payment = payment.claims.iter().enumerate();
            let at = of_payment.filter(|(_, said)| said.place.offset == offset && is_asked(said));
            let at = at.map(|(at, _)| at);
            found = at.last().map(|at| (index, at)).or(found);
        }
        found
    }

    pub fn told(&self, arrival: ArrivalId, offset: usize) -> Option<Told> {
        let (index, at) = self.clp((arrival, offset), |_| true)?;
        let payment = self.payments.get(index)?;
        let said = payment.claims.get(at)?;
        Some(Told {
            payer: payment.payer.clone(),
            identity: payment.identity.clone(),
            place: said.place,
            stands: stands(said),
            word: said.word,
            status: said.status.clone(),
            paid: said.paid,
            waited: self.waited.get(&(index, offset)).cloned(),
        })
    }

    /// Where the CLP after this one begins; nothing after the last.
    fn end_of(&self, payment: usize, offset: usize) -> usize {
        let claims = self.payments.get(payment).into_iter().flat_map(|payment| &payment.claims);
        let after = claims.map(|said| said.place.offset).filter(|other| offset < *other);
        after.min().unwrap_or(usize::MAX)
    }

    /// What a CLP posted, as far as it is asked for.
    pub fn posted_at(
        &self,
        identity: &str,
        offset: usize,
        is_asked: impl Fn(&Posting) -> bool,
    ) -> Vec<Posting> {
        let Some(index) = self.payments.iter().position(|payment| payment.identity == identity)
        else {
            return Vec::new();
        };
        let range = offset..self.end_of(index, offset);
        let of_payment = self.postings.iter().filter(|(of, _)| of.payment() == Some(index));
        let postings = of_payment.map(|(_, posting)| posting);
        let at = postings.filter(|posting| range.contains(&posting.source.offset));
        at.filter(|posting| is_asked(posting)).cloned().collect()
    }

    pub(super) fn detach(&mut self, detached: &Detached) -> Result<()> {
        let Detached { arrival, offset, from, left, waits, .. } = detached;
        let stale = || Error::Stale { what: "what was posted out of suspense" };
        let is_its = |said: &NewClaimPayment| {
            said.suspended == *left
                && (said.waits.is_none() || !left.is_zero())
                && said.word.is_some() == from.is_some()
                && (said.word.is_none() || said.claim == *from)
        };
        let (index, at) = self.clp((*arrival, *offset), is_its).ok_or_else(stale)?;
        self.must_have_claim(waits.claim)?;
        let end = self.end_of(index, *offset);
        let claims = self.payments.get_mut(index).map(|payment| &mut payment.claims);
        let said = claims.and_then(|claims| claims.get_mut(at)).ok_or_else(stale)?;
        said.claim = waits.claim;
        said.tier = waits.tier;
        said.matched_by.clone_from(&waits.matched_by);
        said.lines.clone_from(&waits.lines);
        said.adjustments.clone_from(&waits.adjustments);
        said.waits = waits.waits;
        said.suspended = waits.suspended;
        said.word = None;
        self.waited.remove(&(index, *offset));
        let is_said_no_more = |compared: &Compared| {
            Some(compared.claim) == *from
                && compared.arrival == *arrival
                && (*offset..end).contains(&compared.place.offset)
        };
        self.compared.retain(|(_, compared, _)| !is_said_no_more(compared));
        detached.postings.iter().try_for_each(|made| self.post(Origin::Payment(index), made))
    }
}

/// How a claim payment stands.
fn stands(said: &NewClaimPayment) -> Waited {
    Waited {
        claim: said.claim,
        tier: said.tier,
        matched_by: said.matched_by.clone(),
        lines: said.lines.clone(),
        adjustments: said.adjustments.clone(),
        waits: said.waits,
        suspended: said.suspended,
        number: None,
    }
}
