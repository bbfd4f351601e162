//! The plain model: lists in memory. What the databases do is compared with it, so it must be easy
//! to see that it is right; it need not be fast.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::change::{
    ArrivalId, BatchId, Change, ClaimId, DeliveryId, DeliveryOutcome, DeliveryResult, Draw,
    FindingRecord, InterchangeSeen, Moment, Move, NewBatch, NewClaim, NewDelivery, NewPayment,
    NewWork, Settlement, WorkId, WorkMove, WorkState,
};
use crate::denials::{CATEGORIES, Category};
use crate::ledger::{ACCOUNTS, Posting};
use crate::lifecycle::{self, STATES, State};
use crate::scrub::Severity;

use super::{
    AccountTotal, Arrival, Claim, ClaimEvent, ClaimPayment, Committed, Delivery, Error, History,
    KeptOverride, KnownInterchange, NewArrival, Remembered, Result, StateTotal, Store, Submission,
    Waiting, Work, WorkFilter, sound,
};

/// A store that is gone with the process.
#[derive(Default)]
pub struct Memory {
    model: Mutex<Model>,
}

/// All that is remembered. The number of a thing is its position in its list, from 1.
#[derive(Clone, Default)]
struct Model {
    arrivals: Vec<Arrival>,
    interchanges: Vec<InterchangeSeen>,
    claims: Vec<Life>,
    batches: Vec<(NewBatch, Moment)>,
    deliveries: Vec<Sending>,
    work: Vec<Work>,
    overrides: Vec<KeptOverride>,
    payments: Vec<NewPayment>,
    /// Postings in the order in which they were made.
    postings: Vec<Posting>,
    counters: BTreeMap<String, u64>,
}

#[derive(Clone)]
struct Life {
    claim: Claim,
    events: Vec<ClaimEvent>,
    findings: Vec<FindingRecord>,
}

#[derive(Clone)]
struct Sending {
    delivery: Delivery,
    due_at: Option<Moment>,
    delivered_at: Option<Moment>,
}

impl Memory {
    /// A lock that a panic left behind is as good as new: a change is made on a copy.
    fn model(&self) -> MutexGuard<'_, Model> {
        self.model.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for Memory {
    fn remember(&self, arrival: &NewArrival) -> Result<Remembered> {
        let mut model = self.model();
        for seen in &mut model.arrivals {
            if seen.channel == arrival.channel && seen.content == arrival.content {
                let is_same_drop = seen.received_at == arrival.received_at;
                seen.times += u32::from(!is_same_drop);
                let is_settled = seen.verdict.is_some();
                return Ok(Remembered::Seen { arrival: seen.id, is_settled, is_same_drop });
            }
        }
        let id = ArrivalId(number_after(&model.arrivals));
        model.arrivals.push(Arrival {
            id,
            channel: arrival.channel.clone(),
            name: arrival.name.clone(),
            content: arrival.content.clone(),
            len: arrival.len,
            received_at: arrival.received_at,
            verdict: None,
            summary: String::new(),
            times: 1,
        });
        Ok(Remembered::New(id))
    }

    fn commit(&self, change: &Change) -> Result<Committed> {
        sound::assert_sound(change);
        let mut model = self.model();
        let mut changed = model.clone();
        let committed = changed.commit(change)?;
        *model = changed;
        Ok(committed)
    }

    fn next_number(&self, counter: &str) -> Result<u64> {
        Ok(self.model().counters.get(counter).copied().unwrap_or(1))
    }

    fn interchanges(&self, route: &str, control_number: &str) -> Result<Vec<KnownInterchange>> {
        let model = self.model();
        let asked = model.interchanges.iter().filter(|seen| {
            seen.is_accepted && seen.route == route && seen.control_number == control_number
        });
        let known = asked.map(|seen| KnownInterchange {
            arrival: seen.arrival,
            content: seen.content.clone(),
            route: seen.route.clone(),
            control_number: seen.control_number.clone(),
        });
        Ok(known.collect())
    }

    fn unsettled(&self) -> Result<Vec<Arrival>> {
        let model = self.model();
        let open = model.arrivals.iter().filter(|arrival| arrival.verdict.is_none());
        Ok(open.cloned().collect())
    }

    fn arrival(&self, id: ArrivalId) -> Result<Option<Arrival>> {
        Ok(at(&self.model().arrivals, id.0).cloned())
    }

    fn arrivals(&self, after: Option<ArrivalId>, limit: u32) -> Result<Vec<Arrival>> {
        let model = self.model();
        let later = model.arrivals.iter().filter(|arrival| Some(arrival.id) > after);
        Ok(later.take(limit as usize).cloned().collect())
    }

    fn answers(&self, arrival: ArrivalId) -> Result<Vec<Delivery>> {
        let model = self.model();
        let deliveries = model.deliveries.iter().map(|sending| &sending.delivery);
        Ok(deliveries.filter(|delivery| delivery.arrival == Some(arrival)).cloned().collect())
    }

    fn waiting(&self) -> Result<Vec<Waiting>> {
        let mut payers: BTreeMap<String, Waiting> = BTreeMap::new();
        for Life { claim, .. } in &self.model().claims {
            let Some(payer) = &claim.payer else { continue };
            if claim.state != State::Ready {
                continue;
            }
            let waiting = payers.entry(payer.clone()).or_insert_with(|| Waiting {
                payer: payer.clone(),
                claims: 0,
                since: claim.changed_at,
            });
            waiting.claims += 1;
            waiting.since = waiting.since.min(claim.changed_at);
        }
        Ok(payers.into_values().collect())
    }

    fn ready(&self, payer: &str, limit: u32) -> Result<Vec<Claim>> {
        let mut ready = self
            .model()
            .claims(|claim| claim.state == State::Ready && claim.payer.as_deref() == Some(payer));
        ready.truncate(limit as usize);
        Ok(ready)
    }

    fn undelivered(&self, channel: &str, now: Moment, limit: u32) -> Result<Vec<Delivery>> {
        let model = self.model();
        let due = model.deliveries.iter().filter(|sending| {
            sending.delivery.channel == channel && sending.due_at.is_some_and(|due| due <= now)
        });
        Ok(due.take(limit as usize).map(|sending| sending.delivery.clone()).collect())
    }

    fn waiting_channels(&self) -> Result<Vec<(String, u64)>> {
        let mut channels: BTreeMap<String, u64> = BTreeMap::new();
        for sending in &self.model().deliveries {
            if sending.due_at.is_some() {
                *channels.entry(sending.delivery.channel.clone()).or_default() += 1;
            }
        }
        Ok(channels.into_iter().collect())
    }

    fn claim(&self, id: ClaimId) -> Result<Option<Claim>> {
        Ok(at(&self.model().claims, id.0).map(|life| life.claim.clone()))
    }

    fn history(&self, id: ClaimId) -> Result<Option<History>> {
        let model = self.model();
        let Some(life) = at(&model.claims, id.0) else { return Ok(None) };
        Ok(Some(History {
            claim: life.claim.clone(),
            events: life.events.clone(),
            findings: life.findings.clone(),
            submissions: model.submissions(|_, claim| claim == id).map(|(_, sub)| sub).collect(),
            payments: model.claim_payments(id),
            postings: model.postings(id),
            work: model.work.iter().filter(|work| work.claim == Some(id)).cloned().collect(),
        }))
    }

    fn claims_by_control_number(&self, number: &str) -> Result<Vec<Claim>> {
        Ok(self.model().newest(|claim| claim.patient_control_number.expose() == number))
    }

    fn claims_by_payer_number(&self, number: &str) -> Result<Vec<Claim>> {
        let is_asked = |claim: &Claim| !number.is_empty() && claim.payer_control_number == number;
        Ok(self.model().newest(is_asked))
    }

    fn claims_by_fingerprint(&self, fingerprint: &str) -> Result<Vec<Claim>> {
        let is_asked =
            |claim: &Claim| claim.fingerprint == fingerprint && claim.state != State::Rejected;
        Ok(self.model().newest(is_asked))
    }

    fn claims_of_batch(&self, control_number: u32) -> Result<Vec<(Claim, Submission)>> {
        let model = self.model();
        let sent = model.submissions(|batch, _| batch.control_number == control_number);
        Ok(sent.map(|(id, submission)| (model.life(id).claim.clone(), submission)).collect())
    }

    fn submissions(&self, id: ClaimId) -> Result<Vec<Submission>> {
        let model = self.model();
        Ok(model.submissions(|_, claim| claim == id).map(|(_, submission)| submission).collect())
    }

    fn claims_in(&self, batch: BatchId) -> Result<Vec<(ClaimId, State)>> {
        let model = self.model();
        let claims = at(&model.batches, batch.0).map(|(batch, _)| batch.claims.as_slice());
        let claims = claims.unwrap_or_default().iter().map(|sent| sent.claim);
        Ok(claims.map(|id| (id, model.life(id).claim.state)).collect())
    }

    fn work(&self, filter: &WorkFilter) -> Result<Vec<Work>> {
        let mut work = self.model().work.clone();
        work.retain(|item| {
            (!filter.open_only || item.state.is_open())
                && filter.category.is_none_or(|category| item.category == category)
                && (filter.desk.is_empty() || item.desk == filter.desk)
                && (filter.claim.is_none() || item.claim == filter.claim)
        });
        work.sort_by_key(|item| (item.deadline.is_none(), item.deadline, item.id));
        if filter.limit > 0 {
            work.truncate(filter.limit as usize);
        }
        Ok(work)
    }

    fn work_item(&self, id: WorkId) -> Result<Option<Work>> {
        Ok(at(&self.model().work, id.0).cloned())
    }

    fn overrides(&self, claim: Option<ClaimId>) -> Result<Vec<KeptOverride>> {
        let mut kept = self.model().overrides.clone();
        kept.retain(|one| claim.is_none_or(|claim| one.made.claim == claim));
        Ok(kept)
    }

    fn overridden_by_rule(&self) -> Result<Vec<(String, u64)>> {
        let model = self.model();
        let made = model.overrides.iter().map(|one| (&one.made.rule, one.made.claim));
        Ok(claims_by_rule(made))
    }

    fn held_by_rule(&self) -> Result<Vec<(String, u64)>> {
        let model = self.model();
        let holds = model.claims.iter().flat_map(|life| {
            let holds = life.findings.iter().filter(|finding| finding.severity == Severity::Hold);
            holds.map(|finding| (&finding.code, life.claim.id))
        });
        Ok(claims_by_rule(holds))
    }

    fn payment(&self, identity: &str) -> Result<Option<ArrivalId>> {
        let model = self.model();
        let posted = model.payments.iter().find(|payment| payment.identity == identity);
        Ok(posted.map(|payment| payment.arrival))
    }

    fn postings(&self, claim: ClaimId) -> Result<Vec<Posting>> {
        Ok(self.model().postings(claim))
    }

    fn totals(&self) -> Result<Vec<StateTotal>> {
        let model = self.model();
        let mut totals = Vec::new();
        for state in STATES {
            let claims = model.claims(|claim| claim.state == state);
            if !claims.is_empty() {
                let charge = claims.iter().map(|claim| claim.charge).sum();
                totals.push(StateTotal { state, claims: claims.len() as u64, charge });
            }
        }
        Ok(totals)
    }

    fn balances(&self) -> Result<Vec<AccountTotal>> {
        let model = self.model();
        let mut totals = Vec::new();
        for account in ACCOUNTS {
            let mut amounts = model
                .postings
                .iter()
                .filter(|posting| posting.account == account)
                .map(|posting| posting.amount)
                .peekable();
            if amounts.peek().is_some() {
                totals.push(AccountTotal { account, amount: amounts.sum() });
            }
        }
        Ok(totals)
    }

    fn queue_depth(&self) -> Result<Vec<(Category, u64, Moment)>> {
        let model = self.model();
        let mut depth = Vec::new();
        for category in CATEGORIES {
            let open = |item: &&Work| item.category == category && item.state.is_open();
            let opened_at = || model.work.iter().filter(open).map(|item| item.opened_at);
            if let Some(since) = opened_at().min() {
                depth.push((category, opened_at().count() as u64, since));
            }
        }
        Ok(depth)
    }

    fn claims_of_arrival(&self, arrival: ArrivalId) -> Result<Vec<Claim>> {
        Ok(self.model().claims(|claim| claim.arrival == arrival))
    }

    fn probe(&self) -> Result<()> {
        Ok(())
    }
}

impl Model {
    fn claims(&self, is_asked: impl Fn(&Claim) -> bool) -> Vec<Claim> {
        let claims = self.claims.iter().map(|life| &life.claim);
        claims.filter(|claim| is_asked(claim)).cloned().collect()
    }

    fn newest(&self, is_asked: impl Fn(&Claim) -> bool) -> Vec<Claim> {
        let mut claims = self.claims(is_asked);
        claims.reverse();
        claims
    }

    fn life(&self, id: ClaimId) -> &Life {
        at(&self.claims, id.0).expect("claims are never taken away")
    }

    /// Submissions in the order in which they were made.
    fn submissions(
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

    fn claim_payments(&self, id: ClaimId) -> Vec<ClaimPayment> {
        let mut said = Vec::new();
        for payment in &self.payments {
            for claim in payment.claims.iter().filter(|claim| claim.claim == Some(id)) {
                said.push(ClaimPayment {
                    arrival: payment.arrival,
                    payer: payment.payer.clone(),
                    trace: payment.trace.clone(),
                    paid_on: payment.paid_on,
                    matched_by: claim.matched_by.clone(),
                    status: claim.status.clone(),
                    charge: claim.charge,
                    paid: claim.paid,
                    patient_responsibility: claim.patient_responsibility,
                    payer_control_number: claim.payer_control_number.clone(),
                    adjustments: claim.adjustments.clone(),
                });
            }
        }
        said
    }

    fn postings(&self, id: ClaimId) -> Vec<Posting> {
        self.postings.iter().filter(|posting| posting.claim == Some(id)).cloned().collect()
    }

    /// Makes a change, step by step in the order of the databases. Left half done when it fails.
    fn commit(&mut self, change: &Change) -> Result<Committed> {
        let now = change.at;
        let mut committed = Committed::default();
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
        for (id, number) in &change.payer_numbers {
            let life = at_mut(&mut self.claims, id.0).ok_or(Error::Stale { what: "claim" })?;
            life.claim.payer_control_number.clone_from(number);
        }
        for (id, number) in &change.control_numbers {
            let life = at_mut(&mut self.claims, id.0).ok_or(Error::Stale { what: "claim" })?;
            life.claim.patient_control_number = number.clone();
        }
        for (id, payer) in &change.routes {
            let life = at_mut(&mut self.claims, id.0).ok_or(Error::Stale { what: "claim" })?;
            life.claim.payer = Some(payer.clone());
        }
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
            self.move_work(step, now)?;
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
        for payment in &change.payments {
            self.add_payment(payment)?;
        }
        for posting in &change.postings {
            self.must_have_claim(posting.claim)?;
            self.postings.push(posting.clone());
        }
        Ok(committed)
    }

    fn must_have_arrival(&self, id: Option<ArrivalId>) -> Result<()> {
        let is_there = id.is_none_or(|id| at(&self.arrivals, id.0).is_some());
        is_there.then_some(()).ok_or(Error::Dangling)
    }

    fn must_have_claim(&self, id: Option<ClaimId>) -> Result<()> {
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
        let id = ClaimId(number_after(&self.claims));
        let claim = Claim {
            id,
            arrival: new.arrival,
            place: new.place.clone(),
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
            frequency: new.frequency.clone(),
            payer_control_number: new.payer_control_number.clone(),
            service_from: new.service_from,
            service_to: new.service_to,
            fingerprint: new.fingerprint.clone(),
            state,
            edits: new.edits.clone(),
            received_at: arrival.received_at,
            changed_at: now,
            times_sent: 0,
        };
        let begun = ClaimEvent {
            at: now,
            event: new.event,
            from: None,
            to: state,
            note: String::new(),
            arrival: Some(new.arrival),
        };
        self.claims.push(Life { claim, events: vec![begun], findings: new.findings.clone() });
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

    fn add_work(&mut self, new: &NewWork, claim: Option<ClaimId>, now: Moment) -> Result<WorkId> {
        self.must_have_claim(claim)?;
        self.must_have_arrival(new.arrival)?;
        let id = WorkId(number_after(&self.work));
        self.work.push(Work {
            id,
            claim,
            arrival: new.arrival,
            category: new.category,
            desk: new.desk.clone(),
            what: new.what.clone(),
            action: new.action.clone(),
            evidence: new.evidence.clone(),
            deadline: new.deadline,
            amount: new.amount,
            resend: new.resend,
            state: WorkState::Open,
            owner: String::new(),
            note: String::new(),
            opened_at: now,
            changed_at: now,
        });
        Ok(id)
    }

    fn move_work(&mut self, step: &WorkMove, now: Moment) -> Result<()> {
        match at_mut(&mut self.work, step.work.0) {
            Some(work) if work.state == step.from => {
                work.state = step.to;
                work.owner.clone_from(&step.owner);
                work.note.clone_from(&step.note);
                work.changed_at = now;
                Ok(())
            }
            Some(_) | None => Err(Error::Stale { what: "item of work" }),
        }
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
            life.expect("the claim was moved in this change").claim.times_sent += 1;
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

    fn add_payment(&mut self, payment: &NewPayment) -> Result<()> {
        if self.payments.iter().any(|posted| posted.identity == payment.identity) {
            return Err(Error::Stale { what: "payment" });
        }
        self.must_have_arrival(Some(payment.arrival))?;
        for claim in &payment.claims {
            self.must_have_claim(claim.claim)?;
        }
        for posting in &payment.postings {
            self.must_have_claim(posting.claim)?;
        }
        self.payments.push(payment.clone());
        self.postings.extend(payment.postings.iter().cloned());
        Ok(())
    }
}

/// How many claims each rule is about, by the rule's code.
fn claims_by_rule<'a>(pairs: impl Iterator<Item = (&'a String, ClaimId)>) -> Vec<(String, u64)> {
    let mut claims: BTreeMap<&str, BTreeSet<ClaimId>> = BTreeMap::new();
    for (rule, claim) in pairs {
        claims.entry(rule).or_default().insert(claim);
    }
    claims.into_iter().map(|(rule, claims)| (rule.to_owned(), claims.len() as u64)).collect()
}

fn at<T>(list: &[T], number: i64) -> Option<&T> {
    list.get(usize::try_from(number).ok()?.checked_sub(1)?)
}

fn at_mut<T>(list: &mut [T], number: i64) -> Option<&mut T> {
    list.get_mut(usize::try_from(number).ok()?.checked_sub(1)?)
}

fn number_after<T>(list: &[T]) -> i64 {
    list.len() as i64 + 1
}
