//! A store that dies when it is told to, before or after it has written.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use claimgate::change::cases::{Alike, EndingTotal, Others, Undecided, Waits};
use claimgate::change::deposits::{
    Asked, Awaited, KeptDeposit, Mark, Pairing, Reassociation, WrittenOff,
};
use claimgate::change::refunds::{KeptEntry, KeptRefund};
use claimgate::change::{ArrivalId, BatchId, Change, ClaimId, Moment, ProviderEntry, WorkId};
use claimgate::contracts::learned::{Key, Rate};
use claimgate::denials::Category;
use claimgate::ledger::Posting;
use claimgate::lifecycle::State;
use claimgate::reports::facts::{DeniedCase, Entry, Expected, Life, Remittance};
use claimgate::store::chain::Chain;
use claimgate::store::{
    AccountTotal, Arrival, CarriedTotal, Claim, Committed, Delivery, Error, History, KeptNextPayer,
    KeptOverride, KeptPosting, KnownInterchange, NewArrival, Of, PaidAs, Past, Remembered, Result,
    RuleTotal, SaidOfClaim, StateTotal, Store, Submission, Suspended, Told, Turn, Waiting, Work,
    WorkFilter,
};
use x12::value::{Day, DayRange, Money};

/// Steps until the crash are counted in halves: a write has a moment before it and one after it.
const NEVER: u64 = u64::MAX;

pub struct Crashing {
    inner: Arc<dyn Store>,
    halves_left: AtomicU64,
    overtaking: Mutex<Option<Overtaking>>,
}

/// What somebody else does.
type Overtaking = Box<dyn FnOnce() + Send>;

impl Crashing {
    pub fn new(inner: Arc<dyn Store>) -> Crashing {
        Crashing { inner, halves_left: AtomicU64::new(NEVER), overtaking: Mutex::default() }
    }

    /// The store itself, for somebody else.
    pub fn inner(&self) -> Arc<dyn Store> {
        Arc::clone(&self.inner)
    }

    /// Somebody else is faster by a moment than the next change.
    pub fn overtake(&self, overtaking: impl FnOnce() + Send + 'static) {
        *self.overtaking.lock().expect("a lock") = Some(Box::new(overtaking));
    }

    /// Dies so many halves of a write from now.
    pub fn die_after(&self, halves: u64) {
        self.halves_left.store(halves, Ordering::SeqCst);
    }

    /// The machine is started again.
    pub fn revive(&self) {
        self.halves_left.store(NEVER, Ordering::SeqCst);
    }

    fn half(&self) -> Result<()> {
        match self.halves_left.load(Ordering::SeqCst) {
            NEVER => Ok(()),
            0 => Err(dead()),
            left => {
                self.halves_left.store(left - 1, Ordering::SeqCst);
                Ok(())
            }
        }
    }

    fn written<T>(&self, write: impl FnOnce() -> Result<T>) -> Result<T> {
        self.half()?;
        let written = write()?;
        self.half()?;
        Ok(written)
    }

    /// Nothing is read after the crash either.
    fn alive(&self) -> Result<&dyn Store> {
        match self.halves_left.load(Ordering::SeqCst) {
            0 => Err(dead()),
            _ => Ok(self.inner.as_ref()),
        }
    }
}

fn dead() -> Error {
    Error::Failed { doing: "crashing", source: "the power went".into() }
}

impl Store for Crashing {
    fn remember(&self, arrival: &NewArrival) -> Result<Remembered> {
        self.written(|| self.inner.remember(arrival))
    }
    fn take_turn(&self) -> Result<Turn> {
        self.alive()?.take_turn()
    }

    fn commit(&self, change: &Change) -> Result<Committed> {
        let overtaking = self.overtaking.lock().expect("a lock").take();
        if let Some(overtaking) = overtaking {
            overtaking();
        }
        self.written(|| self.inner.commit(change))
    }
    fn next_number(&self, counter: &str) -> Result<u64> {
        self.alive()?.next_number(counter)
    }
    fn interchanges(&self, route: &str, number: &str) -> Result<Vec<KnownInterchange>> {
        self.alive()?.interchanges(route, number)
    }
    fn unsettled(&self) -> Result<Vec<Arrival>> {
        self.alive()?.unsettled()
    }
    fn arrival(&self, id: ArrivalId) -> Result<Option<Arrival>> {
        self.alive()?.arrival(id)
    }
    fn arrivals(&self, after: Option<ArrivalId>, limit: u32) -> Result<Vec<Arrival>> {
        self.alive()?.arrivals(after, limit)
    }
    fn answers(&self, arrival: ArrivalId) -> Result<Vec<Delivery>> {
        self.alive()?.answers(arrival)
    }
    fn waiting(&self) -> Result<Vec<Waiting>> {
        self.alive()?.waiting()
    }
    fn ready(&self, payer: &str, limit: u32) -> Result<Vec<Claim>> {
        self.alive()?.ready(payer, limit)
    }
    fn undelivered(&self, channel: &str, now: Moment, limit: u32) -> Result<Vec<Delivery>> {
        self.alive()?.undelivered(channel, now, limit)
    }
    fn waiting_channels(&self) -> Result<Vec<(String, u64)>> {
        self.alive()?.waiting_channels()
    }
    fn rates(&self, keys: &[&Key], limit: u32) -> Result<Vec<Rate>> {
        self.alive()?.rates(keys, limit)
    }
    fn all_rates(&self) -> Result<Vec<Rate>> {
        self.alive()?.all_rates()
    }
    fn claim(&self, id: ClaimId) -> Result<Option<Claim>> {
        self.alive()?.claim(id)
    }
    fn history(&self, id: ClaimId) -> Result<Option<History>> {
        self.alive()?.history(id)
    }
    fn claims_by_control_number(&self, number: &str) -> Result<Vec<Claim>> {
        self.alive()?.claims_by_control_number(number)
    }
    fn claims_by_payer_number(&self, number: &str) -> Result<Vec<Claim>> {
        self.alive()?.claims_by_payer_number(number)
    }
    fn payable(
        &self,
        numbers: &BTreeSet<String>,
        payer_numbers: &BTreeSet<String>,
    ) -> Result<Vec<(Claim, Vec<SaidOfClaim>)>> {
        self.alive()?.payable(numbers, payer_numbers)
    }
    fn claims_by_fingerprint(&self, fingerprint: &str) -> Result<Vec<Claim>> {
        self.alive()?.claims_by_fingerprint(fingerprint)
    }
    fn past_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Past>> {
        self.alive()?.past_of_patient(patient, limit)
    }
    fn claims_of_batch(&self, number: u32) -> Result<Vec<(Claim, Submission)>> {
        self.alive()?.claims_of_batch(number)
    }
    fn submissions(&self, id: ClaimId) -> Result<Vec<Submission>> {
        self.alive()?.submissions(id)
    }
    fn claims_in(&self, batch: BatchId) -> Result<Vec<(ClaimId, State)>> {
        self.alive()?.claims_in(batch)
    }
    fn work(&self, filter: &WorkFilter) -> Result<Vec<Work>> {
        self.alive()?.work(filter)
    }
    fn clps_of(&self, work: WorkId) -> Result<Vec<usize>> {
        self.alive()?.clps_of(work)
    }

    fn work_item(&self, id: WorkId) -> Result<Option<Work>> {
        self.alive()?.work_item(id)
    }
    fn waits(&self, filter: &WorkFilter) -> Result<Vec<Waits>> {
        self.alive()?.waits(filter)
    }
    fn undecided(&self, claim: ClaimId) -> Result<Vec<Undecided>> {
        self.alive()?.undecided(claim)
    }
    fn others(&self, id: WorkId, alike: &Alike) -> Result<Others> {
        self.alive()?.others(id, alike)
    }
    fn endings(&self, of: Option<(&str, &str)>) -> Result<Vec<EndingTotal>> {
        self.alive()?.endings(of)
    }
    fn denied(&self, after: WorkId, limit: u32) -> Result<Vec<DeniedCase>> {
        self.alive()?.denied(after, limit)
    }
    fn overrides(&self, claim: Option<ClaimId>) -> Result<Vec<KeptOverride>> {
        self.alive()?.overrides(claim)
    }
    fn overridden_by_rule(&self) -> Result<Vec<(String, u64)>> {
        self.alive()?.overridden_by_rule()
    }
    fn held_by_rule(&self) -> Result<Vec<(String, u64)>> {
        self.alive()?.held_by_rule()
    }
    fn payment(&self, identity: &str) -> Result<Option<ArrivalId>> {
        self.alive()?.payment(identity)
    }
    fn postings(&self, claim: ClaimId) -> Result<Vec<Posting>> {
        self.alive()?.postings(claim)
    }
    fn claims_by_charge(
        &self,
        charge: Money,
        days: DayRange,
        of: Of<'_>,
        limit: u32,
    ) -> Result<Vec<Claim>> {
        self.alive()?.claims_by_charge(charge, days, of, limit)
    }
    fn carried(&self, payer: &str, payee: &str) -> Result<Vec<CarriedTotal>> {
        self.alive()?.carried(payer, payee)
    }
    fn all_carried(&self) -> Result<Vec<CarriedTotal>> {
        self.alive()?.all_carried()
    }
    fn refunds(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptRefund>> {
        self.alive()?.refunds(of)
    }
    fn refunds_of(&self, claim: ClaimId) -> Result<Vec<KeptRefund>> {
        self.alive()?.refunds_of(claim)
    }
    fn returns(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptEntry>> {
        self.alive()?.returns(of)
    }
    fn said_under(&self, of: (&str, &str), reference: &str) -> Result<Vec<KeptEntry>> {
        self.alive()?.said_under(of, reference)
    }
    fn given_under(&self, reference: &str) -> Result<Vec<KeptEntry>> {
        self.alive()?.given_under(reference)
    }
    fn is_billed_for(&self, npi: &str) -> Result<bool> {
        self.alive()?.is_billed_for(npi)
    }
    fn offices_billed_for(&self, npi: &str) -> Result<Vec<String>> {
        self.alive()?.offices_billed_for(npi)
    }
    fn is_trace_used(&self, payer: &str, payee: &str, trace: &str) -> Result<bool> {
        self.alive()?.is_trace_used(payer, payee, trace)
    }
    fn payees_under(&self, payer: &str, trace: &str, limit: u32) -> Result<Vec<String>> {
        self.alive()?.payees_under(payer, trace, limit)
    }
    fn paid_as(&self, payer: &str, number: Option<&str>, limit: u32) -> Result<Vec<PaidAs>> {
        self.alive()?.paid_as(payer, number, limit)
    }
    fn paid_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        limit: u32,
    ) -> Result<Vec<(ArrivalId, PaidAs)>> {
        self.alive()?.paid_under(payer, payee, trace, limit)
    }
    fn adjusted_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        payments: u32,
    ) -> Result<Vec<Vec<ProviderEntry>>> {
        self.alive()?.adjusted_under(payer, payee, trace, payments)
    }
    fn told(&self, arrival: ArrivalId, offset: usize) -> Result<Option<Told>> {
        self.alive()?.told(arrival, offset)
    }
    fn posted(&self, identity: &str, offset: usize, claim: ClaimId) -> Result<Vec<Posting>> {
        self.alive()?.posted(identity, offset, claim)
    }
    fn in_suspense(&self, identity: &str, offset: usize) -> Result<Vec<Posting>> {
        self.alive()?.in_suspense(identity, offset)
    }
    fn suspended(&self) -> Result<Vec<Suspended>> {
        self.alive()?.suspended()
    }
    fn said(&self, claim: ClaimId) -> Result<Vec<SaidOfClaim>> {
        self.alive()?.said(claim)
    }
    fn next_payers_due(&self, limit: u32) -> Result<Vec<KeptNextPayer>> {
        self.alive()?.next_payers_due(limit)
    }
    fn passed_on_before(&self, before: Moment, limit: u32) -> Result<Vec<KeptNextPayer>> {
        self.alive()?.passed_on_before(before, limit)
    }
    fn next_payer(&self, claim: ClaimId) -> Result<Option<KeptNextPayer>> {
        self.alive()?.next_payer(claim)
    }
    fn claims_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Claim>> {
        self.alive()?.claims_of_patient(patient, limit)
    }
    fn followers(&self, claim: ClaimId) -> Result<Vec<Claim>> {
        self.alive()?.followers(claim)
    }

    fn replacements(&self, claims: &[ClaimId]) -> Result<Vec<Claim>> {
        self.alive()?.replacements(claims)
    }
    fn is_attached_to(&self, claim: ClaimId) -> Result<bool> {
        self.alive()?.is_attached_to(claim)
    }
    fn broken_rules(&self) -> Result<Vec<RuleTotal>> {
        self.alive()?.broken_rules()
    }
    fn mark(&self) -> Result<Mark> {
        self.alive()?.mark()
    }
    fn first_deposit(&self) -> Result<Option<Day>> {
        self.alive()?.first_deposit()
    }
    fn known_deposits(&self, identities: &[String]) -> Result<Vec<String>> {
        self.alive()?.known_deposits(identities)
    }
    fn reassociation(&self, asked: &Asked) -> Result<Reassociation> {
        self.alive()?.reassociation(asked)
    }
    fn written_off(&self, limit: u32) -> Result<Vec<(WrittenOff, Awaited)>> {
        self.alive()?.written_off(limit)
    }
    fn deposits(&self, open_only: bool, limit: u32) -> Result<Vec<(KeptDeposit, Vec<Pairing>)>> {
        self.alive()?.deposits(open_only, limit)
    }
    fn chain(&self) -> Result<Chain> {
        self.alive()?.chain()
    }
    fn journal(&self, after: i64, limit: u32) -> Result<Vec<KeptPosting>> {
        self.alive()?.journal(after, limit)
    }
    fn remittances(&self, after: i64, limit: u32) -> Result<Vec<Remittance>> {
        self.alive()?.remittances(after, limit)
    }
    fn entries(&self, after: i64, limit: u32) -> Result<Vec<Entry>> {
        self.alive()?.entries(after, limit)
    }
    fn expected(&self, after: i64, limit: u32) -> Result<Vec<Expected>> {
        self.alive()?.expected(after, limit)
    }
    fn lives(&self, after: ClaimId, limit: u32) -> Result<Vec<Life>> {
        self.alive()?.lives(after, limit)
    }
    fn sent(&self, batch: BatchId) -> Result<Vec<Delivery>> {
        self.alive()?.sent(batch)
    }
    fn totals(&self) -> Result<Vec<StateTotal>> {
        self.alive()?.totals()
    }
    fn balances(&self) -> Result<Vec<AccountTotal>> {
        self.alive()?.balances()
    }
    fn queue_depth(&self) -> Result<Vec<(Category, u64, Moment)>> {
        self.alive()?.queue_depth()
    }
    fn claims_of_arrival(&self, arrival: ArrivalId) -> Result<Vec<Claim>> {
        self.alive()?.claims_of_arrival(arrival)
    }
    fn probe(&self) -> Result<()> {
        self.alive()?.probe()
    }
    fn damages(&self) -> Result<Vec<String>> {
        self.alive()?.damages()
    }
}
