//! What the plain model holds, and how a change is made in it.

pub(super) mod payments;

use std::collections::{BTreeMap, BTreeSet};

use x12::phi::Phi;
use x12::value::Money;

use super::deposits::Bank;
use crate::change::cases::CaseEnd;
use crate::change::deposits::DepositId;
use crate::change::detached::Waited;
use crate::change::next::why::Why;
use crate::change::next::{Answer, NextPayer, Step};
use crate::change::{
    ArrivalId, Awaits, BatchId, Change, ClaimId, Compared, DeliveryId, DeliveryOutcome,
    DeliveryResult, Draw, FindingRecord, InterchangeSeen, Moment, Move, NewBatch, NewClaim,
    NewClaimPayment, NewDelivery, NewPayment, ProviderEntry, Settlement, Word, WorkId,
};
use crate::contracts::learned::Rates;
use crate::ledger::{self, Posting};
use crate::lifecycle;
use crate::scrub::earlier::{Operation, Stay, Visit};
use crate::store::chain::Chain;
use crate::store::{
    Arrival, CarriedTotal, Claim, ClaimEvent, ClaimPayment, Committed, Delivery, Error,
    KeptNextPayer, KeptOverride, Result, SaidOfClaim, Submission, Suspended, Work,
};
/// What a posting is of.
#[derive(Clone, Copy)]
pub(super) enum Origin {
    /// A claim that was sent, or a word of a person.
    Claim,
    /// The payment of this index.
    Payment(usize),
    /// A deposit, by the arrival of its file.
    Deposit(DepositId, ArrivalId),
}

impl Origin {
    pub const fn payment(self) -> Option<usize> {
        match self {
            Origin::Payment(index) => Some(index),
            Origin::Claim | Origin::Deposit(..) => None,
        }
    }
}

/// All that is remembered. The number of a thing is its position in its list, from 1.
#[derive(Clone, Default)]
pub(super) struct Model {
    pub arrivals: Vec<Arrival>,
    pub interchanges: Vec<InterchangeSeen>,
    pub claims: Vec<Life>,
    pub batches: Vec<(NewBatch, Moment)>,
    pub deliveries: Vec<Sending>,
    pub work: Vec<Work>,
    pub work_clps: BTreeMap<WorkId, Vec<usize>>,
    pub overrides: Vec<KeptOverride>,
    pub payments: Vec<NewPayment>,
    /// Each with its number and its item.
    pub compared: Vec<(i64, Compared, Option<WorkId>)>,
    /// How claim payments waited that persons decided on, by payment and byte.
    pub waited: BTreeMap<(usize, usize), Waited>,
    pub rates: Rates,
    /// Postings in the order in which they were made, each with what it is of.
    pub postings: Vec<(Origin, Posting)>,
    /// When each of them was booked.
    pub booked: Vec<Moment>,
    /// The moment of the change that is written.
    pub at: Moment,
    pub next_payers: BTreeMap<ClaimId, KeptNextPayer>,
    pub chain: Chain,
    pub bank: Bank,
    pub counters: BTreeMap<String, u64>,
}

#[derive(Clone)]
pub(super) struct Life {
    pub claim: Claim,
    pub events: Vec<ClaimEvent>,
    pub findings: Vec<FindingRecord>,
    pub visits: Vec<Visit>,
    pub operations: Vec<Operation>,
    pub stay: Option<Stay>,
    /// Whom it named as it went out, and what it charged then.
    pub people: BTreeSet<(Phi<String>, Money)>,
}

#[derive(Clone)]
pub(super) struct Sending {
    pub delivery: Delivery,
    pub due_at: Option<Moment>,
    pub delivered_at: Option<Moment>,
}

impl Model {
    pub fn claims(&self, is_asked: impl Fn(&Claim) -> bool) -> Vec<Claim> {
        let claims = self.claims.iter().map(|life| &life.claim);
        claims.filter(|claim| is_asked(claim)).cloned().collect()
    }

    pub fn newest(&self, is_asked: impl Fn(&Claim) -> bool) -> Vec<Claim> {
        let mut claims = self.claims(is_asked);
        claims.reverse();
        claims
    }

    pub fn life(&self, id: ClaimId) -> &Life {
        at(&self.claims, id.0).expect("claims are never taken away")
    }

    /// Submissions in the order in which they were made.
    pub fn submissions(
        &self,
        is_asked: impl Fn(&NewBatch, ClaimId) -> bool,
    ) -> impl Iterator<Item = (ClaimId, Submission)> {
        let mut submissions = Vec::new();
        for (index, (batch, at)) in self.batches.iter().enumerate() {
            let id = BatchId(index as i64 + 1);
            let is_delivered = self.deliveries.iter().any(|sending| {
                sending.delivery.batch == Some(id) && sending.delivered_at.is_some()
            });
            for claim in batch.claims.iter().filter(|claim| is_asked(batch, claim.claim)) {
                let submission = Submission {
                    batch: id,
                    payer: batch.payer.clone(),
                    control_number: batch.control_number,
                    set_number: claim.set_number.clone(),
                    batch_reference: claim.batch_reference.clone(),
                    frequency: claim.frequency.clone(),
                    at: *at,
                    is_delivered,
                };
                submissions.push((claim.claim, submission));
            }
        }
        submissions.into_iter()
    }

    pub fn claim_payments(&self, id: ClaimId) -> Vec<ClaimPayment> {
        let mut said = Vec::new();
        for payment in &self.payments {
            for claim in payment.claims.iter().filter(|claim| claim.claim == Some(id)) {
                said.push(ClaimPayment {
                    arrival: payment.arrival,
                    payer: payment.payer.clone(),
                    trace: payment.trace.clone(),
                    paid_on: payment.paid_on,
                    offset: claim.place.offset,
                    tier: claim.tier,
                    matched_by: claim.matched_by.clone(),
                    lines: claim.lines.clone(),
                    word: claim.word,
                    suspended: claim.suspended,
                    status: claim.status.clone(),
                    charge: claim.charge,
                    paid: claim.paid,
                    patient_responsibility: claim.patient_responsibility,
                    payer_control_number: claim.payer_control_number.clone(),
                    adjustments: claim.adjustments.clone(),
                    identity: payment.identity.clone(),
                    amount: payment.amount,
                });
            }
        }
        said
    }

    pub fn postings(&self, id: ClaimId) -> Vec<Posting> {
        let postings = self.postings.iter().map(|(_, posting)| posting);
        postings.filter(|posting| posting.claim == Some(id)).cloned().collect()
    }

    /// What was carried and is not met, by payer, payee, reason and reference.
    pub fn carried(&self) -> Vec<CarriedTotal> {
        let mut totals: BTreeMap<[&str; 4], (Money, Option<ClaimId>)> = BTreeMap::new();
        for payment in &self.payments {
            for entry in &payment.provider_adjustments {
                if matches!(entry.reason.as_str(), "FB" | "WO" | "WU") {
                    let reference = entry.reference.expose().as_str();
                    let key = [&payment.payer, &entry.payee, &entry.reason, reference];
                    let (amount, claim) = totals.entry(key).or_default();
                    *amount += entry.amount;
                    *claim = entry.claim.max(*claim);
                }
            }
        }
        totals.retain(|_, (amount, _)| !amount.is_zero());
        let totals =
            totals.into_iter().map(|([payer, payee, reason, reference], (amount, claim))| {
                let total = CarriedTotal {
                    payer: payer.to_owned(),
                    payee: payee.to_owned(),
                    reason: reason.to_owned(),
                    reference: Phi::new(reference.to_owned()),
                    amount,
                };
                (total, claim)
            });
        CarriedTotal::by_claims(totals.collect())
    }

    /// What the PLBs of the latest payments under this number say.
    pub fn adjusted_under(
        &self,
        (payer, payee): (&str, &str),
        trace: &str,
        payments: u32,
    ) -> Vec<Vec<ProviderEntry>> {
        let under = self.payments.iter().rev().filter(|payment| {
            payment.payer == payer && payment.payee == payee && payment.trace == trace
        });
        let latest = under.take(payments as usize);
        let entries = latest.map(NewPayment::provider_entries);
        entries.filter(|entries| !entries.is_empty()).collect()
    }

    /// Claim payments that wait.
    pub fn suspended(&self) -> Vec<Suspended> {
        let mut waits = Vec::new();
        for payment in &self.payments {
            let is_waiting =
                |said: &&NewClaimPayment| said.waits.is_some() || !said.suspended.is_zero();
            for said in payment.claims.iter().filter(is_waiting) {
                waits.push(Suspended {
                    arrival: payment.arrival,
                    place: said.place,
                    payer: payment.payer.clone(),
                    identity: payment.identity.clone(),
                    trace: payment.trace.clone(),
                    paid_on: payment.paid_on,
                    claim: said.claim,
                    matched_by: said.matched_by.clone(),
                    status: said.status.clone(),
                    charge: said.charge,
                    amount: said.suspended,
                });
            }
        }
        waits
    }

    /// What payers said of a claim, as far as it was posted.
    pub fn said(&self, id: ClaimId) -> Vec<SaidOfClaim> {
        let mut all = Vec::new();
        for payment in &self.payments {
            for said in payment.claims.iter().filter(|said| said.claim == Some(id)) {
                let waits = said.waits == Some(Awaits::Word);
                let waiting = waits.then(|| Word::of_waiting(&said.status));
                let Some(word) = said.word.or(waiting) else { continue };
                all.push(SaidOfClaim {
                    arrival: payment.arrival,
                    payer: payment.payer.clone(),
                    identity: payment.identity.clone(),
                    paid_on: payment.paid_on,
                    offset: said.place.offset,
                    status: said.status.clone(),
                    payer_control_number: said.payer_control_number.clone(),
                    charge: said.charge,
                    paid: said.paid,
                    adjustments: said.adjustments.clone(),
                    lines: said.lines.clone(),
                    word,
                    is_posted: !waits,
                });
            }
        }
        all
    }

    /// Makes a change, step by step in the order of the databases. Left half done when it fails.
    pub fn commit(&mut self, change: &Change) -> Result<Committed> {
        let now = change.at;
        let mut committed = Committed::default();
        for (claim, revision) in &change.read {
            let is_as_read =
                at(&self.claims, claim.0).map(|life| life.claim.revision) == Some(*revision);
            is_as_read.then_some(()).ok_or(Error::Stale { what: "account of a claim" })?;
        }
        for draw in &change.draws {
            self.draw(draw)?;
        }
        if let Some(settlement) = &change.settles {
            self.settle(settlement)?;
        }
        for seen in &change.interchanges {
            self.must_have_arrival(Some(seen.arrival))?;
            self.interchanges.push(seen.clone());
        }
        for claim in &change.claims {
            let id = self.add_claim(claim, now)?;
            committed.claims.push(id);
            if let Some(work) = &claim.work {
                committed.work.push(self.add_work(work, Some(id), now)?);
            }
        }
        self.rewrite_claims(change)?;
        for (id, edits) in &change.edits {
            let life = at_mut(&mut self.claims, id.0).ok_or(Error::Dangling)?;
            life.claim.edits.clone_from(edits);
        }
        for step in &change.moves {
            self.move_claim(step, now)?;
        }
        for work in &change.work {
            committed.work.push(self.add_work(work, work.claim, now)?);
        }
        for step in &change.work_moves {
            self.move_work(committed.item(change, step.work)?, step, now)?;
        }
        for &work in &change.case_returns {
            self.resume_case(work)?;
        }
        for end in &change.case_ends {
            let work = committed.item(change, end.work)?;
            self.end_case(&CaseEnd { work, ..*end })?;
        }
        for made in &change.overrides {
            self.must_have_claim(Some(made.claim))?;
            self.overrides.push(KeptOverride { at: now, made: made.clone() });
        }
        for delivery in &change.deliveries {
            committed.deliveries.push(self.add_delivery(delivery, None, now)?);
        }
        for batch in &change.batches {
            let id = self.add_batch(batch, now);
            committed.batches.push(id);
            committed.deliveries.push(self.add_delivery(&batch.delivery, Some(id), now)?);
        }
        for result in &change.delivery_results {
            self.note_delivery(result, now)?;
        }
        self.write_money(change, &committed)?;
        self.write_deposits(change, &mut committed)?;
        for next in &change.next_payers {
            self.step_next_payer(next, now)?;
        }
        change.accounts().into_iter().for_each(|claim| self.move_on(claim));
        Ok(committed)
    }

    /// Something was said of a claim, or posted to it.
    pub(super) fn move_on(&mut self, claim: ClaimId) {
        if let Some(life) = at_mut(&mut self.claims, claim.0) {
            life.claim.revision += 1;
        }
    }

    fn write_money(&mut self, change: &Change, committed: &Committed) -> Result<()> {
        self.at = change.at;
        for payment in &change.payments {
            self.add_payment(payment)?;
        }
        for released in &change.released {
            self.release(released)?;
        }
        for detached in &change.detached {
            self.detach(detached)?;
        }
        for posting in &change.postings {
            self.post(Origin::Claim, posting)?;
        }
        let items = committed.items_of_lines(change);
        for compared in &change.compared {
            self.must_have_arrival(Some(compared.arrival))?;
            self.must_have_claim(Some(compared.claim))?;
            let item = items.get(&(compared.arrival, compared.claim, compared.place));
            let id = self.compared.last().map_or(0, |(last, ..)| *last) + 1;
            self.compared.push((id, compared.clone(), item.copied()));
        }
        for rate in &change.rates {
            self.rates.keep(rate.clone());
        }
        Ok(())
    }

    fn step_next_payer(&mut self, next: &NextPayer, now: Moment) -> Result<()> {
        let claim = next.claim;
        match &next.step {
            Step::Asked => {
                self.must_have_claim(Some(claim))?;
                let kept = self.next_payers.entry(claim).or_insert(KeptNextPayer {
                    claim,
                    asked: 0,
                    is_due: true,
                    never_came: false,
                    answer: None,
                    why: Why::default(),
                    at: now,
                });
                *kept =
                    KeptNextPayer { asked: kept.asked + 1, is_due: true, at: now, ..kept.clone() };
                Ok(())
            }
            Step::NeverCame => match self.next_payers.get_mut(&claim) {
                Some(kept)
                    if !kept.is_due && kept.answer.is_some_and(Answer::may_be_billed_anyway) =>
                {
                    let asked = kept.asked + 1;
                    *kept = KeptNextPayer {
                        asked,
                        is_due: true,
                        never_came: true,
                        at: now,
                        ..kept.clone()
                    };
                    Ok(())
                }
                Some(_) | None => Err(Error::Stale { what: "next payer" }),
            },
            Step::Answered { asked, answer, why } => match self.next_payers.get_mut(&claim) {
                Some(kept) if kept.is_due && kept.asked == *asked => {
                    let (answer, why) = (Some(*answer), why.clone());
                    *kept = KeptNextPayer { is_due: false, answer, why, at: now, ..kept.clone() };
                    Ok(())
                }
                Some(_) | None => Err(Error::Stale { what: "next payer" }),
            },
        }
    }

    pub(super) fn must_have_arrival(&self, id: Option<ArrivalId>) -> Result<()> {
        let is_there = id.is_none_or(|id| at(&self.arrivals, id.0).is_some());
        is_there.then_some(()).ok_or(Error::Dangling)
    }

    pub(super) fn must_have_claim(&self, id: Option<ClaimId>) -> Result<()> {
        let is_there = id.is_none_or(|id| at(&self.claims, id.0).is_some());
        is_there.then_some(()).ok_or(Error::Dangling)
    }

    fn draw(&mut self, draw: &Draw) -> Result<()> {
        let next = self.counters.entry(draw.counter.clone()).or_insert(1);
        if *next != draw.first {
            return Err(Error::Stale { what: "counter" });
        }
        *next += draw.count;
        Ok(())
    }

    fn settle(&mut self, settlement: &Settlement) -> Result<()> {
        let stale = Error::Stale { what: "arrival" };
        match at_mut(&mut self.arrivals, settlement.arrival.0) {
            Some(arrival) if arrival.verdict.is_none() => {
                arrival.verdict = Some(settlement.verdict);
                arrival.summary.clone_from(&settlement.summary);
                Ok(())
            }
            Some(_) | None => Err(stale),
        }
    }

    fn add_claim(&mut self, new: &NewClaim, now: Moment) -> Result<ClaimId> {
        let state = lifecycle::begin(new.event).expect("the change was looked over before");
        let arrival = at(&self.arrivals, new.arrival.0).ok_or(Error::Dangling)?;
        self.must_have_claim(new.follows)?;
        let id = ClaimId(number_after(&self.claims));
        let claim = Claim {
            id,
            arrival: new.arrival,
            place: new.place.clone(),
            follows: new.follows,
            replaces: None,
            partner: new.partner.clone(),
            set_number: new.set_number.clone(),
            batch_reference: new.batch_reference.clone(),
            batch_type: new.batch_type.clone(),
            is_test: new.is_test,
            patient_control_number: new.patient_control_number.clone(),
            payer_id: new.payer_id.clone(),
            payer: new.payer.clone(),
            billing_npi: new.billing_npi.clone(),
            charge: new.charge,
            charge_in_file: new.charge,
            frequency: new.frequency.clone(),
            payer_control_number: new.payer_control_number.clone(),
            service_from: new.service_from,
            service_to: new.service_to,
            fingerprint: new.fingerprint.clone(),
            patient: new.patient.clone(),
            line_count: new.line_count,
            state,
            edits: new.edits.clone(),
            received_at: arrival.received_at,
            changed_at: now,
            times_sent: 0,
            revision: 0,
        };
        let begun = ClaimEvent {
            at: now,
            event: new.event,
            from: None,
            to: state,
            note: String::new(),
            arrival: Some(new.arrival),
        };
        self.claims.push(Life {
            claim,
            events: vec![begun],
            findings: new.findings.clone(),
            visits: new.visits.clone(),
            operations: new.operations.clone(),
            stay: new.stay,
            people: BTreeSet::new(),
        });
        Ok(id)
    }

    fn move_claim(&mut self, step: &Move, now: Moment) -> Result<()> {
        let stale = Error::Stale { what: "claim" };
        let Some(life) = at_mut(&mut self.claims, step.claim.0) else { return Err(stale) };
        if life.claim.state != step.from {
            return Err(stale);
        }
        life.claim.state = step.to;
        life.claim.changed_at = now;
        life.claim.revision += 1;
        life.events.push(ClaimEvent {
            at: now,
            event: step.event,
            from: Some(step.from),
            to: step.to,
            note: step.note.clone(),
            arrival: step.arrival,
        });
        self.must_have_arrival(step.arrival)
    }

    fn add_delivery(
        &mut self,
        new: &NewDelivery,
        batch: Option<BatchId>,
        now: Moment,
    ) -> Result<DeliveryId> {
        self.must_have_arrival(new.arrival)?;
        let id = DeliveryId(number_after(&self.deliveries));
        let delivery = Delivery {
            id,
            channel: new.channel.clone(),
            kind: new.kind,
            name: new.name.clone(),
            bytes: new.bytes.clone(),
            arrival: new.arrival,
            batch,
            attempts: 0,
            created_at: now,
            last_failure: String::new(),
        };
        self.deliveries.push(Sending { delivery, due_at: Some(now), delivered_at: None });
        Ok(id)
    }

    fn add_batch(&mut self, batch: &NewBatch, now: Moment) -> BatchId {
        for claim in &batch.claims {
            let life = at_mut(&mut self.claims, claim.claim.0);
            let life = life.expect("the claim was moved in this change");
            life.claim.times_sent += 1;
            let charge = life.claim.charge;
            life.people.extend(claim.people.iter().map(|person| (person.clone(), charge)));
        }
        let id = BatchId(number_after(&self.batches));
        self.batches.push((batch.clone(), now));
        id
    }

    fn note_delivery(&mut self, result: &DeliveryResult, now: Moment) -> Result<()> {
        let stale = Error::Stale { what: "delivery" };
        let Some(sending) = at_mut(&mut self.deliveries, result.delivery.0) else {
            return Err(stale);
        };
        let is_due = sending.due_at.is_some();
        match &result.outcome {
            DeliveryOutcome::Delivered if is_due => {
                sending.delivery.attempts += 1;
                sending.due_at = None;
                sending.delivered_at = Some(now);
            }
            DeliveryOutcome::Failed { retry_at, reason } if is_due => {
                sending.delivery.attempts += 1;
                sending.delivery.last_failure.clone_from(reason);
                sending.due_at = Some(*retry_at);
            }
            DeliveryOutcome::Delivered | DeliveryOutcome::Failed { .. } => return Err(stale),
            DeliveryOutcome::Again => sending.due_at = Some(now),
        }
        Ok(())
    }

    pub(super) fn post(&mut self, origin: Origin, posting: &Posting) -> Result<()> {
        self.must_have_claim(posting.claim)?;
        self.chain.add(posting);
        self.postings.push((origin, posting.clone()));
        let last = self.booked.last().copied().unwrap_or(self.at);
        self.booked.push(self.at.max(last));
        if !ledger::is_void(posting) {
            return Ok(());
        }
        let of_claim = self.postings.iter().filter(|(_, made)| made.claim == posting.claim);
        let charged: Money = of_claim.filter_map(|(_, made)| ledger::charged(made)).sum();
        // A charge is taken off once, whoever else took it off since the decision began.
        if charged.is_negative() { Err(Error::Stale { what: "charge" }) } else { Ok(()) }
    }
}

pub(super) fn at<T>(list: &[T], number: i64) -> Option<&T> {
    list.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

pub(super) fn at_mut<T>(list: &mut [T], number: i64) -> Option<&mut T> {
    list.get_mut(usize::try_from(number).ok()?.checked_sub(1)?)
}

pub(super) fn number_after<T>(list: &[T]) -> i64 {
    list.len() as i64 + 1
}
