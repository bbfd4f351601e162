//! The plain model: lists in memory. What the databases do is compared with it, so it must be easy
//! to see that it is right; it need not be fast.

mod cases;
mod claims;
mod deposits;
mod model;
mod refunds;
mod reports;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use x12::value::{Day, DayRange, Money};

use crate::change::cases::{Alike, EndingTotal, Others, Undecided, Waits};
use crate::change::deposits::{
    Asked, Awaited, KeptDeposit, Mark, Pairing, Reassociation, WrittenOff,
};
use crate::change::refunds::{KeptEntry, KeptRefund};
use crate::change::{ArrivalId, BatchId, Change, ClaimId, Moment, ProviderEntry, WorkId};
use crate::contracts::learned::{Key, Rate};
use crate::denials::{CATEGORIES, Category};
use crate::ledger::{ACCOUNTS, Account, Posting};
use crate::lifecycle::{Event, STATES, State};
use crate::reports::facts::{DeniedCase, Entry, Expected, Life as Lived, Remittance};
use crate::scrub::Severity;

use super::chain::Chain;
use super::{
    AccountTotal, Arrival, CarriedTotal, Claim, Committed, Delivery, History, KeptNextPayer,
    KeptOverride, KeptPosting, KnownInterchange, NewArrival, Of, PaidAs, Past, Remembered, Result,
    RuleTotal, SaidOfClaim, StateTotal, Store, Submission, Suspended, Told, Turn, Waiting, Work,
    WorkFilter, sound,
};
use model::payments::paid_as;
use model::{Life, Model, Origin, at, number_after};

/// A store that is gone with the process.
#[derive(Default)]
pub struct Memory {
    model: Mutex<Model>,
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

    /// Nobody else has it.
    fn take_turn(&self) -> Result<Turn> {
        Ok(Turn(None))
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
            compared: (model.compared.iter().map(|(_, one, _)| one))
                .filter(|one| one.claim == id)
                .cloned()
                .collect(),
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

    fn payable(
        &self,
        numbers: &BTreeSet<String>,
        payer_numbers: &BTreeSet<String>,
    ) -> Result<Vec<(Claim, Vec<SaidOfClaim>)>> {
        let model = self.model();
        let claims = model.claims(|claim| {
            let number = &claim.payer_control_number;
            let is_asked = numbers.contains(claim.patient_control_number.expose())
                || (!number.is_empty() && payer_numbers.contains(number))
                || model.is_spoken_of_under(claim, payer_numbers);
            is_asked && claim.times_sent > 0
        });
        let with_said = |claim: Claim| {
            let said = model.said(claim.id);
            (claim, said)
        };
        Ok(claims.into_iter().map(with_said).collect())
    }

    fn claims_by_fingerprint(&self, fingerprint: &str) -> Result<Vec<Claim>> {
        let is_asked =
            |claim: &Claim| claim.fingerprint == fingerprint && claim.state != State::Rejected;
        Ok(self.model().newest(is_asked))
    }

    fn claims_by_charge(
        &self,
        charge: Money,
        days: DayRange,
        of: Of<'_>,
        limit: u32,
    ) -> Result<Vec<Claim>> {
        Ok(self.model().claims_by_charge((charge, days), of, limit as usize))
    }

    fn past_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Past>> {
        let model = self.model();
        let lives = model.claims.iter().rev().filter(|life| {
            life.claim.patient == patient
                && life.claim.state != State::Rejected
                && (!life.visits.is_empty() || !life.operations.is_empty() || life.stay.is_some())
        });
        let past =
            lives.take(limit as usize).map(|Life { claim, visits, operations, stay, .. }| Past {
                claim: claim.id,
                partner: claim.partner.clone(),
                patient_control_number: claim.patient_control_number.clone(),
                state: claim.state,
                times_sent: claim.times_sent,
                visits: visits.clone(),
                operations: operations.clone(),
                stay: *stay,
            });
        Ok(past.collect())
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

    fn waits(&self, filter: &WorkFilter) -> Result<Vec<Waits>> {
        Ok(cases::waits(&self.model(), filter))
    }

    fn undecided(&self, claim: ClaimId) -> Result<Vec<Undecided>> {
        Ok(cases::undecided(&self.model(), claim))
    }

    fn others(&self, id: WorkId, alike: &Alike) -> Result<Others> {
        Ok(cases::others(&self.model(), id, alike))
    }

    fn endings(&self, of: Option<(&str, &str)>) -> Result<Vec<EndingTotal>> {
        Ok(cases::endings(&self.model(), of))
    }

    fn denied(&self, after: WorkId, limit: u32) -> Result<Vec<DeniedCase>> {
        Ok(cases::denied(&self.model(), after, limit))
    }

    fn clps_of(&self, work: WorkId) -> Result<Vec<usize>> {
        Ok(self.model().work_clps.get(&work).cloned().unwrap_or_default())
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
        let is_held = |life: &&Life| life.events.iter().any(|event| event.event == Event::HeldBack);
        let holds = model.claims.iter().filter(is_held).flat_map(|life| {
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

    fn carried(&self, payer: &str, payee: &str) -> Result<Vec<CarriedTotal>> {
        let mut carried = self.model().carried();
        carried.retain(|one| one.payer == payer && one.payee == payee);
        Ok(carried)
    }

    fn all_carried(&self) -> Result<Vec<CarriedTotal>> {
        Ok(self.model().carried())
    }

    fn refunds(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptRefund>> {
        Ok(self.model().refunds(of))
    }

    fn refunds_of(&self, claim: ClaimId) -> Result<Vec<KeptRefund>> {
        let mut refunds = self.model().refunds(None);
        refunds.retain(|kept| kept.refund.claim == Some(claim));
        Ok(refunds)
    }

    fn returns(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptEntry>> {
        let mut entries = self.model().carried_entries(of);
        entries.retain(|kept| kept.entry.reason == "72");
        Ok(entries)
    }

    fn said_under(&self, of: (&str, &str), reference: &str) -> Result<Vec<KeptEntry>> {
        let mut entries = self.model().carried_entries(Some(of));
        entries.retain(|kept| kept.entry.reference.expose() == reference);
        Ok(entries)
    }

    fn given_under(&self, reference: &str) -> Result<Vec<KeptEntry>> {
        Ok(self.model().given_under(reference))
    }

    fn is_billed_for(&self, npi: &str) -> Result<bool> {
        Ok(!self.model().claims(|claim| claim.billing_npi == npi).is_empty())
    }

    fn offices_billed_for(&self, npi: &str) -> Result<Vec<String>> {
        let claims = self.model().claims(|claim| claim.billing_npi == npi);
        let mut offices: Vec<String> = claims.into_iter().map(|claim| claim.partner).collect();
        offices.sort_unstable();
        offices.dedup();
        offices.truncate(2);
        Ok(offices)
    }

    fn is_trace_used(&self, payer: &str, payee: &str, trace: &str) -> Result<bool> {
        Ok(!self.model().paid_under((payer, payee), trace, 1).is_empty())
    }

    fn payees_under(&self, payer: &str, trace: &str, limit: u32) -> Result<Vec<String>> {
        Ok(self.model().payees_under(payer, trace, limit))
    }

    fn paid_as(&self, payer: &str, number: Option<&str>, limit: u32) -> Result<Vec<PaidAs>> {
        let model = self.model();
        let of_payer =
            model.payments.iter().rev().filter(|one| {
                one.payer == payer && number.is_none_or(|number| one.payer_id == number)
            });
        Ok(of_payer.take(limit as usize).map(paid_as).collect())
    }

    fn paid_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        limit: u32,
    ) -> Result<Vec<(ArrivalId, PaidAs)>> {
        Ok(self.model().paid_under((payer, payee), trace, limit))
    }

    fn adjusted_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        payments: u32,
    ) -> Result<Vec<Vec<ProviderEntry>>> {
        Ok(self.model().adjusted_under((payer, payee), trace, payments))
    }

    fn told(&self, arrival: ArrivalId, offset: usize) -> Result<Option<Told>> {
        Ok(self.model().told(arrival, offset))
    }

    fn posted(&self, identity: &str, offset: usize, claim: ClaimId) -> Result<Vec<Posting>> {
        Ok(self.model().posted_at(identity, offset, |posting| posting.claim == Some(claim)))
    }

    fn in_suspense(&self, identity: &str, offset: usize) -> Result<Vec<Posting>> {
        let is_suspense = |posting: &Posting| posting.account == Account::Suspense;
        Ok(self.model().posted_at(identity, offset, is_suspense))
    }

    fn suspended(&self) -> Result<Vec<Suspended>> {
        Ok(self.model().suspended())
    }

    fn said(&self, claim: ClaimId) -> Result<Vec<SaidOfClaim>> {
        Ok(self.model().said(claim))
    }

    fn rates(&self, keys: &[&Key], limit: u32) -> Result<Vec<Rate>> {
        let model = self.model();
        let latest = |key: &&Key| {
            let mut rates: Vec<Rate> = model.rates.of(key).cloned().collect();
            rates.sort_by_key(|rate| (Reverse(rate.day), rate.amount));
            rates.truncate(limit as usize);
            rates
        };
        Ok(keys.iter().flat_map(latest).collect())
    }

    fn all_rates(&self) -> Result<Vec<Rate>> {
        let mut rates: Vec<Rate> = self.model().rates.all().cloned().collect();
        rates.sort_by(|one, other| {
            (&one.key, one.day, one.amount).cmp(&(&other.key, other.day, other.amount))
        });
        Ok(rates)
    }

    fn next_payers_due(&self, limit: u32) -> Result<Vec<KeptNextPayer>> {
        let model = self.model();
        let due = model.next_payers.values().filter(|next| next.is_due);
        Ok(due.take(limit as usize).cloned().collect())
    }

    fn passed_on_before(&self, before: Moment, limit: u32) -> Result<Vec<KeptNextPayer>> {
        Ok(self.model().passed_on_before(before, limit))
    }

    fn next_payer(&self, claim: ClaimId) -> Result<Option<KeptNextPayer>> {
        Ok(self.model().next_payers.get(&claim).cloned())
    }

    fn claims_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Claim>> {
        let is_asked = |known: &Claim| known.patient == patient && known.state != State::Rejected;
        let mut claims = self.model().claims(is_asked);
        claims.truncate(limit as usize);
        Ok(claims)
    }

    fn followers(&self, claim: ClaimId) -> Result<Vec<Claim>> {
        Ok(self.model().claims(|known| known.follows == Some(claim)))
    }

    fn replacements(&self, claims: &[ClaimId]) -> Result<Vec<Claim>> {
        let is_asked = |known: &Claim| known.replaces.is_some_and(|one| claims.contains(&one));
        Ok(self.model().claims(is_asked))
    }

    fn is_attached_to(&self, claim: ClaimId) -> Result<bool> {
        let postings = self.postings(claim)?;
        Ok(postings.iter().any(|posting| posting.account == Account::Suspense))
    }

    fn broken_rules(&self) -> Result<Vec<RuleTotal>> {
        let model = self.model();
        let mut totals: BTreeMap<(&str, &str), (u64, u64)> = BTreeMap::new();
        for payment in &model.payments {
            for broken in &payment.broken {
                let total = totals.entry((&payment.payer, &broken.rule)).or_default();
                *total = (total.0 + 1, total.1 + u64::from(broken.times));
            }
        }
        let total = |((payer, rule), (remittances, times)): ((&str, &str), (u64, u64))| RuleTotal {
            payer: payer.to_owned(),
            rule: rule.to_owned(),
            remittances,
            times,
        };
        Ok(totals.into_iter().map(total).collect())
    }

    fn mark(&self) -> Result<Mark> {
        Ok(self.model().mark())
    }

    fn first_deposit(&self) -> Result<Option<Day>> {
        Ok(self.model().first_day())
    }

    fn known_deposits(&self, identities: &[String]) -> Result<Vec<String>> {
        let model = self.model();
        let is_known = |identity: &&String| {
            model.bank.deposits.iter().any(|kept| kept.deposit.identity == **identity)
        };
        Ok(identities.iter().filter(is_known).cloned().collect())
    }

    fn reassociation(&self, asked: &Asked) -> Result<Reassociation> {
        Ok(self.model().reassociation(asked))
    }

    fn written_off(&self, limit: u32) -> Result<Vec<(WrittenOff, Awaited)>> {
        let mut found = self.model().written_off();
        found.truncate(limit as usize);
        Ok(found)
    }

    fn deposits(&self, open_only: bool, limit: u32) -> Result<Vec<(KeptDeposit, Vec<Pairing>)>> {
        let model = self.model();
        let mut deposits = model.bank.deposits.clone();
        deposits.retain(|kept| !open_only || model.is_open(kept));
        deposits.sort_by_key(|kept| Reverse((kept.deposit.day, kept.id)));
        deposits.truncate(limit as usize);
        let of = |id| {
            let pairings = model.bank.pairings.iter().filter(|pairing| pairing.deposit == id);
            pairings.cloned().collect()
        };
        Ok(deposits
            .into_iter()
            .map(|kept| {
                let of_it = of(kept.id);
                (kept, of_it)
            })
            .collect())
    }

    fn chain(&self) -> Result<Chain> {
        Ok(self.model().chain)
    }

    fn journal(&self, after: i64, limit: u32) -> Result<Vec<KeptPosting>> {
        let model = self.model();
        let numbered = (1..).zip(&model.postings).filter(|(id, _)| after < *id);
        let arrival = |origin: Origin| match origin {
            Origin::Claim => None,
            Origin::Payment(index) => Some(model.payments[index].arrival),
            Origin::Deposit(_, arrival) => Some(arrival),
        };
        let kept = numbered.map(|(id, (origin, posting))| KeptPosting {
            id,
            arrival: arrival(*origin),
            posting: posting.clone(),
        });
        Ok(kept.take(limit as usize).collect())
    }

    fn remittances(&self, after: i64, limit: u32) -> Result<Vec<Remittance>> {
        let mut found = self.model().remittances();
        found.retain(|remittance| after < remittance.id);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn entries(&self, after: i64, limit: u32) -> Result<Vec<Entry>> {
        let mut found = self.model().entries();
        found.retain(|entry| after < entry.id);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn expected(&self, after: i64, limit: u32) -> Result<Vec<Expected>> {
        let mut found = self.model().expected();
        found.retain(|line| after < line.id);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn lives(&self, after: ClaimId, limit: u32) -> Result<Vec<Lived>> {
        let mut found = self.model().lives();
        found.retain(|life| after < life.claim);
        found.truncate(limit as usize);
        Ok(found)
    }

    fn sent(&self, batch: BatchId) -> Result<Vec<Delivery>> {
        let model = self.model();
        let deliveries = model.deliveries.iter().map(|sending| &sending.delivery);
        Ok(deliveries.filter(|delivery| delivery.batch == Some(batch)).cloned().collect())
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
                .filter(|(_, posting)| posting.account == account)
                .map(|(_, posting)| posting.amount)
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

    fn damages(&self) -> Result<Vec<String>> {
        Ok(Vec::new())
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
