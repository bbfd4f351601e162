//! What reports read.

use super::cases::first_of;
use super::model::{Life, Model, Origin, at};
use crate::change::deposits::DepositId;
use crate::change::next::OWN_CHANNEL;
use crate::change::{ClaimId, LATER_STATUSES, Moment, NewClaimPayment, Word};
use crate::reports::facts::{Entry, Expected, Later, Life as Lived, Remittance, Told};
use crate::scrub::Severity;
use crate::store::{Claim, KeptNextPayer};

impl Model {
    pub fn remittances(&self) -> Vec<Remittance> {
        let told = |payer: &str, said: &NewClaimPayment| {
            let claim = said.claim.map(|id| &self.life(id).claim);
            let later = claim.filter(|claim| {
                let is_other = claim.payer.as_ref().is_some_and(|own| own != payer);
                let is_said_later = LATER_STATUSES.contains(&said.status.as_str());
                let is_of_other = is_other && !payer.is_empty() && is_said_later;
                said.word.is_some() && (claim.follows.is_some() || is_of_other)
            });
            Told {
                office: claim.map(|claim| claim.partner.clone()).unwrap_or_default(),
                provider: claim.map(|claim| claim.billing_npi.clone()).unwrap_or_default(),
                is_matched: claim.is_some(),
                charge: said.charge,
                paid: said.paid,
                patient_responsibility: said.patient_responsibility,
                suspended: said.suspended,
                later: later.map(|claim| Later {
                    account: first_of(self, claim.id),
                    offset: said.place.offset,
                    adjustments: said.adjustments.clone(),
                }),
            }
        };
        let numbered = (1..).zip(&self.payments);
        let found = numbered.map(|(id, payment)| Remittance {
            id,
            arrival: payment.arrival,
            payer: payment.payer.clone(),
            payee: payment.payee.clone(),
            trace: payment.trace.clone(),
            paid_on: payment.paid_on,
            amount: payment.amount,
            is_balanced: payment.is_balanced,
            claims: payment.claims.iter().map(|said| told(&payment.payer, said)).collect(),
            broken: payment.broken.iter().map(|one| (one.rule.clone(), one.times)).collect(),
        });
        found.collect()
    }

    pub fn entries(&self) -> Vec<Entry> {
        let mut found = Vec::new();
        let booked = self.postings.iter().zip(&self.booked);
        for (id, ((origin, posting), booked_at)) in (1..).zip(booked) {
            let payment = origin.payment();
            let claim = posting.claim.map(|id| &self.life(id).claim);
            let paid = payment.map(|index| &self.payments[index]);
            let payer = paid.map(|paid| paid.payer.clone());
            let payer = payer.or_else(|| claim.and_then(|claim| claim.payer.clone()));
            let deposit = match origin {
                Origin::Deposit(id, _) => at(&self.bank.deposits, id.0),
                Origin::Claim | Origin::Payment(_) => None,
            };
            let payer = payer.or_else(|| self.paired_payer(deposit?.id));
            let deposit = deposit.map(|kept| &kept.deposit);
            let trace = paid.map(|paid| paid.trace.clone());
            found.push(Entry {
                id,
                payment: payment.map(|index| index as i64 + 1),
                arrival: paid
                    .map(|paid| paid.arrival)
                    .or(deposit.map(|deposit| deposit.arrival))
                    .or(claim.map(|claim| claim.arrival)),
                payer: payer.unwrap_or_default(),
                trace: trace.or_else(|| Some(deposit?.trace.clone())).unwrap_or_default(),
                paid_on: paid.and_then(|paid| paid.paid_on),
                deposited_on: deposit.map(|deposit| deposit.day),
                booked_at: *booked_at,
                office: claim.map(|claim| claim.partner.clone()).unwrap_or_default(),
                provider: claim.map(|claim| claim.billing_npi.clone()).unwrap_or_default(),
                control_number: claim
                    .map(|claim| claim.patient_control_number.clone())
                    .unwrap_or_default(),
                posting: posting.clone(),
            });
        }
        found
    }

    /// The one payer of the remittances that a deposit is paired with.
    fn paired_payer(&self, id: DepositId) -> Option<String> {
        let pairs = self.bank.pairings.iter().filter(|pair| pair.deposit == id);
        let payers = pairs.filter_map(|pair| at(&self.payments, pair.payment.0));
        let mut payers: Vec<&String> = payers.map(|payment| &payment.payer).collect();
        payers.sort_unstable();
        payers.dedup();
        match payers.as_slice() {
            [payer] => Some((*payer).clone()),
            [] | [_, ..] => None,
        }
    }

    pub fn expected(&self) -> Vec<Expected> {
        let mut found = Vec::new();
        for (id, compared, item) in &self.compared {
            let claim = &self.life(compared.claim).claim;
            // The CLP that stands before the line in its file.
            let own = self.payments.iter().filter(|payment| payment.arrival == compared.arrival);
            let told = own.flat_map(|payment| payment.claims.iter().map(move |one| (payment, one)));
            let told = told.filter(|(_, one)| {
                one.claim == Some(claim.id) && one.place.offset <= compared.place.offset
            });
            let payment = told.max_by_key(|(_, one)| one.place.offset).map(|(payment, _)| payment);
            let payer = payment.map(|payment| payment.payer.clone());
            found.push(Expected {
                id: *id,
                item: *item,
                payer: payer.or_else(|| claim.payer.clone()).unwrap_or_default(),
                trace: payment.map(|payment| payment.trace.clone()).unwrap_or_default(),
                paid_on: payment.and_then(|payment| payment.paid_on),
                office: claim.partner.clone(),
                provider: claim.billing_npi.clone(),
                control_number: claim.patient_control_number.clone(),
                compared: compared.clone(),
            });
        }
        found
    }

    pub fn lives(&self) -> Vec<Lived> {
        let answered = |claim: ClaimId| -> Option<&KeptNextPayer> {
            self.next_payers.get(&claim).filter(|next| !next.is_due)
        };
        let lived = |life: &Life| Lived {
            claim: life.claim.id,
            office: life.claim.partner.clone(),
            is_made_here: at(&self.arrivals, life.claim.arrival.0)
                .is_some_and(|arrival| arrival.channel == OWN_CHANNEL),
            payer: life.claim.payer.clone().unwrap_or_default(),
            provider: life.claim.billing_npi.clone(),
            charge: life.claim.charge,
            state: life.claim.state,
            received_at: life.claim.received_at,
            sendings: self.sendings(life.claim.id),
            is_mended: life.findings.iter().any(|finding| finding.severity == Severity::Repair),
            events: life.events.iter().map(|event| (event.event, event.at)).collect(),
            follows: life.claim.follows,
            replaces: life.claim.replaces,
            frequency: life.claim.frequency.clone(),
            asks_next_payer: self.next_payers.contains_key(&life.claim.id),
            answer: answered(life.claim.id).and_then(|next| next.answer),
            decided_by: answered(life.claim.id).and_then(|next| next.why.decided_by.clone()),
            has_later_word: self.has_later_word(&life.claim),
        };
        self.claims.iter().map(lived).collect()
    }

    pub(super) fn has_later_word(&self, claim: &Claim) -> bool {
        let others = self.payments.iter().filter(|payment| {
            !payment.payer.is_empty()
                && claim.payer.as_ref().is_some_and(|own| *own != payment.payer)
        });
        let told = others.flat_map(|payment| &payment.claims).filter(|one| {
            one.claim == Some(claim.id) && LATER_STATUSES.contains(&one.status.as_str())
        });
        let words = told.filter_map(|one| one.word);
        words.map(|word| if word == Word::Reversed { -1 } else { 1 }).sum::<i64>() > 0
    }

    fn sendings(&self, id: ClaimId) -> Vec<(String, Moment)> {
        let sendings = self.submissions(|_, claim| claim == id);
        sendings.map(|(_, submission)| (submission.payer, submission.at)).collect()
    }
}
