//! The verbs in SQL, written once, over the few calls that a database has to offer.
//!
//! Statements keep to what databases share: `ON CONFLICT`, `RETURNING`, partial indexes.

pub mod arrivals;
pub mod cases;
pub mod claims;
pub mod commit;
pub mod contracts;
pub mod deposits;
pub mod money;
pub mod payments;
pub mod refunds;
pub mod reports;
pub mod rows;
pub mod told;
pub mod values;
pub mod work;

use std::collections::BTreeSet;

use x12::value::{Day, DayRange, Money};

use super::chain::Chain;
use super::sqlite::Database;
use super::{
    AccountTotal, Arrival, CarriedTotal, Claim, Committed, Delivery, History, KeptNextPayer,
    KeptOverride, KeptPosting, KnownInterchange, NewArrival, Of, PaidAs, Past, Remembered, Result,
    RuleTotal, SaidOfClaim, StateTotal, Store, Submission, Suspended, Told, Turn, Waiting, Work,
    WorkFilter, sound,
};
use crate::change::cases::{Alike, EndingTotal, Others, Undecided, Waits};
use crate::change::deposits::{
    Asked, Awaited, KeptDeposit, Mark, Pairing, Reassociation, WrittenOff,
};
use crate::change::refunds::{KeptEntry, KeptRefund};
use crate::change::{ArrivalId, BatchId, Change, ClaimId, Moment, ProviderEntry, WorkId};
use crate::contracts::learned::{Key, Rate};
use crate::denials::Category;
use crate::ledger::Posting;
use crate::lifecycle::State;
use crate::reports::facts::{DeniedCase, Entry, Expected, Life, Remittance};

/// A store in a database.
pub struct Sql {
    database: Database,
}

impl Sql {
    pub const fn new(database: Database) -> Sql {
        Sql { database }
    }
}

impl Store for Sql {
    fn remember(&self, arrival: &NewArrival) -> Result<Remembered> {
        let doing = "remembering an arrival";
        self.database.write(doing, |session| arrivals::remember(session, arrival))
    }

    fn take_turn(&self) -> Result<Turn> {
        self.database.take_turn().map(|file| Turn(Some(file)))
    }

    fn commit(&self, change: &Change) -> Result<Committed> {
        sound::assert_sound(change);
        self.database.write("writing a change", |session| commit::commit(session, change))
    }

    fn next_number(&self, counter: &str) -> Result<u64> {
        let statement = "SELECT next FROM counters WHERE name = ?";
        let next = self.database.read("reading a counter", |session| {
            session.query_one(statement, &[counter.into()], rows::number)
        })?;
        Ok(next.unwrap_or(1))
    }

    fn interchanges(&self, route: &str, control_number: &str) -> Result<Vec<KnownInterchange>> {
        self.database.read("reading known interchanges", |session| {
            arrivals::interchanges(session, route, control_number)
        })
    }

    fn unsettled(&self) -> Result<Vec<Arrival>> {
        self.database.read("reading unsettled arrivals", |session| {
            arrivals::arrivals(session, "verdict IS NULL ORDER BY id", &[])
        })
    }

    fn arrival(&self, id: ArrivalId) -> Result<Option<Arrival>> {
        let mut found = self.database.read("reading an arrival", |session| {
            arrivals::arrivals(session, "id = ?", &[id.into()])
        })?;
        Ok(found.pop())
    }

    fn arrivals(&self, after: Option<ArrivalId>, limit: u32) -> Result<Vec<Arrival>> {
        let after = after.unwrap_or(ArrivalId(0));
        self.database.read("reading arrivals", |session| {
            let values = [after.into(), limit.into()];
            arrivals::arrivals(session, "id > ? ORDER BY id LIMIT ?", &values)
        })
    }

    fn answers(&self, arrival: ArrivalId) -> Result<Vec<Delivery>> {
        self.database.read("reading the answers to an arrival", |session| {
            arrivals::deliveries(session, "arrival = ? ORDER BY id", &[arrival.into()])
        })
    }

    fn waiting(&self) -> Result<Vec<Waiting>> {
        self.database.read("reading payers with claims waiting", claims::waiting)
    }

    fn ready(&self, payer: &str, limit: u32) -> Result<Vec<Claim>> {
        self.database.read("reading ready claims", |session| {
            let condition = "claims.state = 'ready' AND claims.payer = ? \
                 ORDER BY claims.id LIMIT ?";
            claims::claims(session, condition, &[payer.into(), limit.into()])
        })
    }

    fn undelivered(&self, channel: &str, now: Moment, limit: u32) -> Result<Vec<Delivery>> {
        self.database.read("reading deliveries", |session| {
            arrivals::undelivered(session, channel, now, limit)
        })
    }

    fn waiting_channels(&self) -> Result<Vec<(String, u64)>> {
        self.database.read("reading waiting channels", arrivals::waiting_channels)
    }

    fn claim(&self, id: ClaimId) -> Result<Option<Claim>> {
        self.database.read("reading a claim", |session| claims::claim(session, id))
    }

    fn history(&self, id: ClaimId) -> Result<Option<History>> {
        self.database.read("reading a claim's history", |session| claims::history(session, id))
    }

    fn claims_by_control_number(&self, number: &str) -> Result<Vec<Claim>> {
        self.database.read("reading claims by their number", |session| {
            claims::claims_by_control_number(session, number)
        })
    }

    fn claims_by_payer_number(&self, number: &str) -> Result<Vec<Claim>> {
        self.database.read("reading claims by the payer's number", |session| {
            claims::claims_by_payer_number(session, number)
        })
    }

    fn payable(
        &self,
        numbers: &BTreeSet<String>,
        payer_numbers: &BTreeSet<String>,
    ) -> Result<Vec<(Claim, Vec<SaidOfClaim>)>> {
        self.database.read("reading the claims of a remittance", |session| {
            claims::payable(session, numbers, payer_numbers)
        })
    }

    fn claims_by_fingerprint(&self, fingerprint: &str) -> Result<Vec<Claim>> {
        self.database.read("reading claims like another", |session| {
            claims::claims_by_fingerprint(session, fingerprint)
        })
    }

    fn claims_by_charge(
        &self,
        charge: Money,
        days: DayRange,
        of: Of<'_>,
        limit: u32,
    ) -> Result<Vec<Claim>> {
        self.database.read("finding claims by charge", |session| {
            claims::claims_by_charge(session, (charge, days), of, limit)
        })
    }

    fn past_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Past>> {
        self.database.read("reading a patient's visits", |session| {
            claims::past_of_patient(session, patient, limit)
        })
    }

    fn claims_of_batch(&self, control_number: u32) -> Result<Vec<(Claim, Submission)>> {
        self.database.read("reading the claims of a batch", |session| {
            claims::claims_of_batch(session, control_number)
        })
    }

    fn submissions(&self, id: ClaimId) -> Result<Vec<Submission>> {
        self.database.read("reading submissions", |session| claims::submissions(session, id))
    }

    fn claims_in(&self, batch: BatchId) -> Result<Vec<(ClaimId, State)>> {
        self.database.read("reading a batch", |session| claims::claims_in(session, batch))
    }

    fn work(&self, filter: &WorkFilter) -> Result<Vec<Work>> {
        self.database.read("reading the queue", |session| work::work(session, filter))
    }

    fn clps_of(&self, work: WorkId) -> Result<Vec<usize>> {
        self.database.read("reading what an item tells of", |session| work::clps_of(session, work))
    }

    fn work_item(&self, id: WorkId) -> Result<Option<Work>> {
        self.database.read("reading an item of the queue", |session| {
            let statement = format!("{} WHERE id = ?", rows::WORK);
            session.query_one(&statement, &[id.into()], rows::work)
        })
    }

    fn waits(&self, filter: &WorkFilter) -> Result<Vec<Waits>> {
        self.database.read("reading the queue", |session| cases::waits(session, filter))
    }

    fn undecided(&self, claim: ClaimId) -> Result<Vec<Undecided>> {
        self.database.read("reading a claim's cases", |session| cases::undecided(session, claim))
    }

    fn others(&self, id: WorkId, alike: &Alike) -> Result<Others> {
        self.database.read("reading items alike", |session| cases::others(session, id, alike))
    }

    fn endings(&self, of: Option<(&str, &str)>) -> Result<Vec<EndingTotal>> {
        self.database.read("reading how items ended", |session| cases::endings(session, of))
    }

    fn denied(&self, after: WorkId, limit: u32) -> Result<Vec<DeniedCase>> {
        self.database.read("reading denials", |session| cases::denied(session, after, limit))
    }

    fn overrides(&self, claim: Option<ClaimId>) -> Result<Vec<KeptOverride>> {
        self.database.read("reading overrides", |session| work::overrides(session, claim))
    }

    fn overridden_by_rule(&self) -> Result<Vec<(String, u64)>> {
        self.database.read("counting overrides", work::overridden_by_rule)
    }

    fn held_by_rule(&self) -> Result<Vec<(String, u64)>> {
        self.database.read("counting holds", work::held_by_rule)
    }

    fn payment(&self, identity: &str) -> Result<Option<ArrivalId>> {
        self.database.read("reading a payment", |session| money::payment(session, identity))
    }

    fn postings(&self, claim: ClaimId) -> Result<Vec<Posting>> {
        self.database.read("reading postings", |session| money::postings(session, claim))
    }

    fn carried(&self, payer: &str, payee: &str) -> Result<Vec<CarriedTotal>> {
        let of = Some((payer, payee));
        self.database.read("reading what is carried", |session| money::carried(session, of))
    }

    fn all_carried(&self) -> Result<Vec<CarriedTotal>> {
        self.database.read("reading what is carried", |session| money::carried(session, None))
    }

    fn refunds(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptRefund>> {
        self.database.read("reading refunds", |session| refunds::refunds(session, of))
    }

    fn refunds_of(&self, claim: ClaimId) -> Result<Vec<KeptRefund>> {
        self.database
            .read("reading refunds of a claim", |session| refunds::refunds_of(session, claim))
    }

    fn returns(&self, of: Option<(&str, &str)>) -> Result<Vec<KeptEntry>> {
        self.database.read("reading refunds", |session| refunds::returns(session, of))
    }

    fn said_under(&self, of: (&str, &str), reference: &str) -> Result<Vec<KeptEntry>> {
        self.database
            .read("reading what is carried", |session| refunds::said_under(session, of, reference))
    }

    fn given_under(&self, reference: &str) -> Result<Vec<KeptEntry>> {
        self.database
            .read("reading what was given", |session| refunds::given_under(session, reference))
    }

    fn is_billed_for(&self, npi: &str) -> Result<bool> {
        self.database.read("looking for a payee", |session| money::is_billed_for(session, npi))
    }

    fn offices_billed_for(&self, npi: &str) -> Result<Vec<String>> {
        self.database.read("looking for a payee", |session| money::offices_billed_for(session, npi))
    }

    fn is_trace_used(&self, payer: &str, payee: &str, trace: &str) -> Result<bool> {
        self.database.read("looking for a trace number", |session| {
            money::is_trace_used(session, (payer, payee), trace)
        })
    }

    fn payees_under(&self, payer: &str, trace: &str, limit: u32) -> Result<Vec<String>> {
        self.database.read("looking for a trace number", |session| {
            money::payees_under(session, payer, trace, limit)
        })
    }

    fn paid_as(&self, payer: &str, number: Option<&str>, limit: u32) -> Result<Vec<PaidAs>> {
        self.database.read("looking for a payer's names", |session| {
            money::paid_as(session, payer, number, limit)
        })
    }

    fn paid_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        limit: u32,
    ) -> Result<Vec<(ArrivalId, PaidAs)>> {
        self.database.read("looking for a payment", |session| {
            money::paid_under(session, (payer, payee), trace, limit)
        })
    }

    fn adjusted_under(
        &self,
        payer: &str,
        payee: &str,
        trace: &str,
        payments: u32,
    ) -> Result<Vec<Vec<ProviderEntry>>> {
        self.database.read("looking for a trace number", |session| {
            money::adjusted_under(session, (payer, payee), trace, payments)
        })
    }

    fn told(&self, arrival: ArrivalId, offset: usize) -> Result<Option<Told>> {
        self.database
            .read("reading a claim payment", |session| told::told(session, arrival, offset))
    }

    fn posted(&self, identity: &str, offset: usize, claim: ClaimId) -> Result<Vec<Posting>> {
        self.database.read("reading what a claim payment posted", |session| {
            told::posted(session, (identity, offset), claim)
        })
    }

    fn in_suspense(&self, identity: &str, offset: usize) -> Result<Vec<Posting>> {
        self.database.read("reading what of a claim payment waited", |session| {
            told::in_suspense(session, identity, offset)
        })
    }

    fn suspended(&self) -> Result<Vec<Suspended>> {
        self.database.read("reading what is suspended", money::suspended)
    }

    fn said(&self, claim: ClaimId) -> Result<Vec<SaidOfClaim>> {
        self.database.read("reading what payers said", |session| money::said(session, claim))
    }

    fn rates(&self, keys: &[&Key], limit: u32) -> Result<Vec<Rate>> {
        self.database.read("reading rates", |session| contracts::rates(session, keys, limit))
    }

    fn all_rates(&self) -> Result<Vec<Rate>> {
        self.database.read("reading rates", contracts::all_rates)
    }

    fn next_payers_due(&self, limit: u32) -> Result<Vec<KeptNextPayer>> {
        self.database
            .read("looking for next payers", |session| money::next_payers_due(session, limit))
    }

    fn passed_on_before(&self, before: Moment, limit: u32) -> Result<Vec<KeptNextPayer>> {
        self.database.read("looking for claims that were passed on", |session| {
            money::passed_on_before(session, before, limit)
        })
    }

    fn next_payer(&self, claim: ClaimId) -> Result<Option<KeptNextPayer>> {
        self.database.read("reading a next payer", |session| money::next_payer(session, claim))
    }

    fn claims_of_patient(&self, patient: &str, limit: u32) -> Result<Vec<Claim>> {
        self.database.read("reading the claims of a patient", |session| {
            let condition = "claims.patient = ? AND claims.state <> ? ORDER BY claims.id LIMIT ?";
            let values = [patient.into(), State::Rejected.name().into(), limit.into()];
            claims::claims(session, condition, &values)
        })
    }

    fn followers(&self, claim: ClaimId) -> Result<Vec<Claim>> {
        self.database.read("reading claims that follow", |session| {
            claims::claims(session, "claims.follows = ? ORDER BY claims.id", &[claim.into()])
        })
    }

    fn replacements(&self, claims: &[ClaimId]) -> Result<Vec<Claim>> {
        self.database.read("reading claims that replace another", |session| {
            claims::replacements(session, claims)
        })
    }

    fn is_attached_to(&self, claim: ClaimId) -> Result<bool> {
        self.database
            .read("looking for what was attached", |session| money::is_attached_to(session, claim))
    }

    fn broken_rules(&self) -> Result<Vec<RuleTotal>> {
        self.database.read("counting broken rules", money::broken_rules)
    }

    fn mark(&self) -> Result<Mark> {
        self.database.read("looking for new deposits", deposits::mark)
    }

    fn first_deposit(&self) -> Result<Option<Day>> {
        self.database.read("looking for the first deposit", deposits::first_day)
    }

    fn known_deposits(&self, identities: &[String]) -> Result<Vec<String>> {
        self.database.read("looking for deposits", |session| deposits::known(session, identities))
    }

    fn reassociation(&self, asked: &Asked) -> Result<Reassociation> {
        let doing = "reading deposits and remittances";
        self.database.read(doing, |session| deposits::reassociation(session, asked))
    }

    fn written_off(&self, limit: u32) -> Result<Vec<(WrittenOff, Awaited)>> {
        self.database
            .read("reading what was written off", |session| deposits::written_off(session, limit))
    }

    fn deposits(&self, open_only: bool, limit: u32) -> Result<Vec<(KeptDeposit, Vec<Pairing>)>> {
        self.database
            .read("reading deposits", |session| deposits::listed(session, open_only, limit))
    }

    fn chain(&self) -> Result<Chain> {
        self.database.read("reading the chain of the ledger", money::chain)
    }

    fn journal(&self, after: i64, limit: u32) -> Result<Vec<KeptPosting>> {
        self.database.read("reading the ledger", |session| money::journal(session, after, limit))
    }

    fn remittances(&self, after: i64, limit: u32) -> Result<Vec<Remittance>> {
        self.database
            .read("reading remittances", |session| reports::remittances(session, after, limit))
    }

    fn entries(&self, after: i64, limit: u32) -> Result<Vec<Entry>> {
        self.database.read("reading the ledger", |session| reports::entries(session, after, limit))
    }

    fn expected(&self, after: i64, limit: u32) -> Result<Vec<Expected>> {
        self.database.read("reading what contracts expect", |session| {
            contracts::expected(session, after, limit)
        })
    }

    fn lives(&self, after: ClaimId, limit: u32) -> Result<Vec<Life>> {
        self.database
            .read("reading what became of claims", |session| reports::lives(session, after, limit))
    }

    fn sent(&self, batch: BatchId) -> Result<Vec<Delivery>> {
        self.database.read("reading what was sent", |session| {
            arrivals::deliveries(session, "batch = ? ORDER BY id", &[batch.into()])
        })
    }

    fn totals(&self) -> Result<Vec<StateTotal>> {
        self.database.read("adding claims up", claims::totals)
    }

    fn balances(&self) -> Result<Vec<AccountTotal>> {
        self.database.read("adding the ledger up", money::balances)
    }

    fn queue_depth(&self) -> Result<Vec<(Category, u64, Moment)>> {
        self.database.read("measuring the queue", work::queue_depth)
    }

    fn claims_of_arrival(&self, arrival: ArrivalId) -> Result<Vec<Claim>> {
        self.database.read("reading the claims of an arrival", |session| {
            let condition = "claims.arrival = ? ORDER BY claims.id";
            claims::claims(session, condition, &[arrival.into()])
        })
    }

    fn probe(&self) -> Result<()> {
        self.database.write("trying to write", |session| {
            session.exec("UPDATE probes SET times = times + 1", &[]).map(drop)
        })
    }

    fn damages(&self) -> Result<Vec<String>> {
        self.database.damages()
    }
}
