//! Questions that reports ask: all of a kind, a page at a time.

use std::collections::BTreeMap;

use x12::phi::Phi;

use super::money::{has_later_status, has_later_word};
use super::rows;
use crate::change::next::OWN_CHANNEL;
use crate::change::{ArrivalId, ClaimId, Moment};
use crate::lifecycle::Event;
use crate::reports::facts::{Entry, Later, Life, Remittance, Told};
use crate::scrub::Severity;
use crate::store::sqlite::{Row, Session};
use crate::store::{Error, Result};

/// Remittances after one, in the order in which they came, with what each said of its claims.
pub fn remittances(session: &Session<'_>, after: i64, limit: u32) -> Result<Vec<Remittance>> {
    let statement = "SELECT id, arrival, payer, payee, trace, paid_on, amount, is_balanced \
         FROM payments WHERE id > ? ORDER BY id LIMIT ?";
    let mut found = session.query(statement, &[after.into(), limit.into()], |row| {
        Ok(Remittance {
            id: row.int()?,
            arrival: ArrivalId(row.int()?),
            payer: row.string()?,
            payee: row.string()?,
            trace: row.string()?,
            paid_on: rows::maybe_day(row)?,
            amount: rows::money(row)?,
            is_balanced: row.int()? != 0,
            claims: Vec::new(),
            broken: Vec::new(),
        })
    })?;
    let Some(last) = found.last().map(|remittance| remittance.id) else { return Ok(found) };
    let within = [after.into(), last.into()];
    let is_later = is_later();
    let statement = format!(
        "SELECT claim_payments.payment, COALESCE(claims.partner, ''), \
         COALESCE(claims.billing_npi, ''), claim_payments.claim IS NOT NULL, \
         claim_payments.charge, paid, patient_responsibility, suspended, \
         CASE WHEN word <> '' AND {is_later} THEN {ACCOUNT} END, \
         claim_payments.place_offset, adjustments \
         FROM claim_payments JOIN payments ON payments.id = claim_payments.payment \
         LEFT JOIN claims ON claims.id = claim_payments.claim \
         WHERE claim_payments.payment > ? AND claim_payments.payment <= ? \
         ORDER BY claim_payments.id"
    );
    let told = session.query(&statement, &within, |row| Ok((row.int()?, told(row)?)))?;
    let statement = "SELECT payment, rule, times FROM broken_rules \
         WHERE payment > ? AND payment <= ? ORDER BY id";
    let broken = session
        .query(statement, &within, |row| Ok((row.int()?, (row.string()?, rows::number(row)?))))?;
    let (mut told, mut broken) = (by_number(told), by_number(broken));
    for remittance in &mut found {
        remittance.claims = told.remove(&remittance.id).unwrap_or_default();
        remittance.broken = broken.remove(&remittance.id).unwrap_or_default();
    }
    Ok(found)
}

/// Whether a payer after the first says it: under its own claim, or under that of the first.
fn is_later() -> String {
    let has_later_status = has_later_status();
    format!(
        "(claims.follows IS NOT NULL OR (payments.payer <> '' \
         AND claims.payer <> payments.payer AND {has_later_status}))"
    )
}

/// The first of the claims that went out in one another's place.
const ACCOUNT: &str = "(WITH RECURSIVE before (id) AS (SELECT claim_payments.claim \
     UNION ALL SELECT claims.replaces FROM claims JOIN before ON claims.id = before.id \
     WHERE claims.replaces < claims.id) SELECT MIN(id) FROM before)";

fn told(row: &mut Row<'_>) -> Result<Told> {
    let mut told = Told {
        office: row.string()?,
        provider: row.string()?,
        is_matched: row.int()? != 0,
        charge: rows::money(row)?,
        paid: rows::money(row)?,
        patient_responsibility: rows::money(row)?,
        suspended: rows::money(row)?,
        later: None,
    };
    let account = row.maybe_int()?.map(ClaimId);
    let offset = rows::maybe_offset(row)?.unwrap_or_default();
    let adjustments = row.text()?;
    told.later = account.map(|account| {
        let adjustments = adjustments.to_owned();
        Later { account, offset, adjustments }
    });
    Ok(told)
}

/// The one payer of the remittances that a deposit is paired with.
const PAIRED_PAYER: &str = "(SELECT CASE COUNT(DISTINCT paid.payer) WHEN 1 THEN MIN(paid.payer) END \
     FROM pairings JOIN payments AS paid ON paid.id = pairings.payment \
     WHERE pairings.deposit = postings.deposit AND pairings.parted_at IS NULL)";

/// Postings after one, in order, each with what it belongs to.
pub fn entries(session: &Session<'_>, after: i64, limit: u32) -> Result<Vec<Entry>> {
    let place = rows::PLACE.replace("place_", "postings.place_");
    let statement = format!(
        "SELECT postings.id, postings.payment, COALESCE(payments.arrival, deposits.arrival, claims.arrival), \
         COALESCE(payments.payer, claims.payer, {PAIRED_PAYER}, ''), \
         COALESCE(payments.trace, deposits.trace, ''), payments.paid_on, deposits.day, \
         COALESCE(postings.posted_at, 0), \
         COALESCE(claims.partner, ''), COALESCE(claims.billing_npi, ''), \
         COALESCE(claims.patient_control_number, ''), \
         account, postings.claim, line, postings.amount, reason, {place} FROM postings \
         LEFT JOIN payments ON payments.id = postings.payment \
         LEFT JOIN deposits ON deposits.id = postings.deposit \
         LEFT JOIN claims ON claims.id = postings.claim \
         WHERE postings.id > ? ORDER BY postings.id LIMIT ?"
    );
    session.query(&statement, &[after.into(), limit.into()], |row| {
        Ok(Entry {
            id: row.int()?,
            payment: row.maybe_int()?,
            arrival: row.maybe_int()?.map(ArrivalId),
            payer: row.string()?,
            trace: row.string()?,
            paid_on: rows::maybe_day(row)?,
            deposited_on: rows::maybe_day(row)?,
            booked_at: Moment(row.int()?),
            office: row.string()?,
            provider: row.string()?,
            control_number: Phi::new(row.string()?),
            posting: rows::posting(row)?,
        })
    })
}

/// What happened to claims after one, in the order in which they came.
pub fn lives(session: &Session<'_>, after: ClaimId, limit: u32) -> Result<Vec<Life>> {
    let has_later_word = has_later_word();
    let statement = format!(
        "SELECT claims.id, claims.partner, COALESCE(claims.payer, ''), \
         claims.billing_npi, claims.charge, claims.state, arrivals.received_at, \
         EXISTS (SELECT 1 FROM findings WHERE findings.claim = claims.id AND severity = ?), \
         claims.follows, claims.replaces, claims.frequency, next_payers.claim IS NOT NULL, COALESCE(next_payers.is_due, 0), \
         COALESCE(next_payers.answer, ''), COALESCE(next_payers.decided_by, ''), \
         {has_later_word}, arrivals.channel = ? \
         FROM claims JOIN arrivals ON arrivals.id = claims.arrival \
         LEFT JOIN next_payers ON next_payers.claim = claims.id \
         WHERE claims.id > ? ORDER BY claims.id LIMIT ?"
    );
    let values = [Severity::Repair.name().into(), OWN_CHANNEL.into(), after.into(), limit.into()];
    let mut found = session.query(&statement, &values, |row| {
        let mut life = Life {
            claim: ClaimId(row.int()?),
            office: row.string()?,
            is_made_here: false,
            payer: row.string()?,
            provider: row.string()?,
            charge: rows::money(row)?,
            state: rows::state(row)?,
            received_at: Moment(row.int()?),
            sendings: Vec::new(),
            is_mended: row.int()? != 0,
            follows: row.maybe_int()?.map(ClaimId),
            replaces: row.maybe_int()?.map(ClaimId),
            frequency: row.string()?,
            asks_next_payer: row.int()? != 0,
            answer: None,
            decided_by: None,
            has_later_word: false,
            events: Vec::new(),
        };
        // What was asked anew has no answer yet.
        let is_due = row.int()? != 0;
        life.answer = rows::answer(row)?.filter(|_| !is_due);
        let decided_by = rows::maybe_text(row)?;
        life.decided_by = decided_by.filter(|_| !is_due);
        life.has_later_word = row.int()? != 0;
        life.is_made_here = row.int()? != 0;
        Ok(life)
    })?;
    let Some(last) = found.last().map(|life| life.claim) else { return Ok(found) };
    let statement = "SELECT claim, event, at FROM claim_events WHERE claim > ? AND claim <= ? \
         ORDER BY claim, id";
    let events = session.query(statement, &[after.into(), last.into()], |row| {
        let claim = row.int()?;
        let event = Event::named(row.text()?);
        let event = event.ok_or(Error::Unreadable { what: "an event of a claim" })?;
        Ok((claim, (event, Moment(row.int()?))))
    })?;
    let statement = "SELECT batch_claims.claim, batches.payer, batches.created_at FROM batch_claims \
         JOIN batches ON batches.id = batch_claims.batch \
         WHERE batch_claims.claim > ? AND batch_claims.claim <= ? ORDER BY batch_claims.id";
    let sendings = session.query(statement, &[after.into(), last.into()], |row| {
        Ok((row.int()?, (row.string()?, Moment(row.int()?))))
    })?;
    let (mut events, mut sendings) = (by_number(events), by_number(sendings));
    for life in &mut found {
        life.events = events.remove(&life.claim.0).unwrap_or_default();
        life.sendings = sendings.remove(&life.claim.0).unwrap_or_default();
    }
    Ok(found)
}

/// What belongs to each number, in the order in which it was read.
fn by_number<T>(read: Vec<(i64, T)>) -> BTreeMap<i64, Vec<T>> {
    let mut found: BTreeMap<i64, Vec<T>> = BTreeMap::new();
    for (number, one) in read {
        found.entry(number).or_default().push(one);
    }
    found
}
