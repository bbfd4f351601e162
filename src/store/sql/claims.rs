//! Questions about claims.

use std::collections::{BTreeMap, BTreeSet};

use x12::value::{DayRange, Money};

use super::rows;
use super::values::Value;
use crate::change::{BatchId, ClaimId, Moment};
use crate::lifecycle::State;
use crate::store::sqlite::Session;
use crate::store::{
    Claim, History, Of, Past, Result, SaidOfClaim, StateTotal, Submission, Waiting,
};

/// Claims that fit `condition`, in an order that it names.
pub fn claims(session: &Session<'_>, condition: &str, values: &[Value<'_>]) -> Result<Vec<Claim>> {
    let (columns, tables) = (rows::CLAIM, rows::CLAIM_TABLES);
    session.query(&format!("SELECT {columns} FROM {tables} WHERE {condition}"), values, rows::claim)
}

/// A claim by its number.
pub fn claim(session: &Session<'_>, id: ClaimId) -> Result<Option<Claim>> {
    Ok(claims(session, "claims.id = ?", &[id.into()])?.pop())
}

/// Claims with this CLM01, newest first.
pub fn claims_by_control_number(session: &Session<'_>, number: &str) -> Result<Vec<Claim>> {
    let condition = "claims.patient_control_number = ? ORDER BY claims.id DESC";
    claims(session, condition, &[number.into()])
}

/// Claims that a payer knows under this number, newest first.
pub fn claims_by_payer_number(session: &Session<'_>, number: &str) -> Result<Vec<Claim>> {
    // The second half is what the index is made for.
    let condition = "claims.payer_control_number = ? AND claims.payer_control_number <> '' \
         ORDER BY claims.id DESC";
    claims(session, condition, &[number.into()])
}

/// Claims that went out under one of these numbers, oldest first, each with what payers said of it.
pub fn payable(
    session: &Session<'_>,
    numbers: &BTreeSet<String>,
    payer_numbers: &BTreeSet<String>,
) -> Result<Vec<(Claim, Vec<SaidOfClaim>)>> {
    let mut found = BTreeMap::new();
    for number in numbers {
        let claims = claims_by_control_number(session, number)?;
        found.extend(claims.into_iter().map(|claim| (claim.id, claim)));
    }
    for number in payer_numbers {
        let claims = claims_by_payer_number(session, number)?;
        found.extend(claims.into_iter().map(|claim| (claim.id, claim)));
        for (id, payer) in spoken_of_under(session, number)? {
            if found.contains_key(&id) {
                continue;
            }
            let is_after = |claim: &Claim| claim.payer.as_ref().is_some_and(|own| *own != payer);
            found.extend(claim(session, id)?.filter(is_after).map(|claim| (id, claim)));
        }
    }
    let sent = found.into_values().filter(|claim| claim.times_sent > 0);
    let with_said = |claim: Claim| {
        let said = super::money::said(session, claim.id)?;
        Ok((claim, said))
    };
    sent.map(with_said).collect()
}

/// Claims that payers spoke of under this number, otherwise than by CLP02 1, each with the payer.
fn spoken_of_under(session: &Session<'_>, number: &str) -> Result<Vec<(ClaimId, String)>> {
    // The last line is what the index is made for.
    let statement = "SELECT DISTINCT claim, payments.payer FROM claim_payments \
         JOIN payments ON payments.id = claim_payments.payment \
         WHERE claim_payments.payer_control_number = ? AND payments.payer <> '' \
         AND claim IS NOT NULL AND status <> '1' AND payer_control_number <> ''";
    session.query(statement, &[number.into()], |row| Ok((ClaimId(row.int()?), row.string()?)))
}

/// Claims that went out in the place of these.
pub fn replacements(session: &Session<'_>, of: &[ClaimId]) -> Result<Vec<Claim>> {
    let mut found = Vec::new();
    for claim in of {
        found.extend(claims(session, "claims.replaces = ?", &[(*claim).into()])?);
    }
    found.sort_by_key(|claim: &Claim| claim.id);
    Ok(found)
}

/// Payers that have claims in `Ready`, by name.
pub fn waiting(session: &Session<'_>) -> Result<Vec<Waiting>> {
    let statement = "SELECT payer, COUNT(*), MIN(changed_at) FROM claims \
         WHERE state = 'ready' AND payer IS NOT NULL GROUP BY payer ORDER BY payer";
    session.query(statement, &[], |row| {
        Ok(Waiting { payer: row.string()?, claims: rows::number(row)?, since: Moment(row.int()?) })
    })
}

/// Claims and charges by state, in the order of a claim's life.
pub fn totals(session: &Session<'_>) -> Result<Vec<StateTotal>> {
    let statement = "SELECT state, COUNT(*), SUM(charge) FROM claims GROUP BY state";
    let mut totals = session.query(statement, &[], |row| {
        Ok(StateTotal {
            state: rows::state(row)?,
            claims: rows::number(row)?,
            charge: rows::money(row)?,
        })
    })?;
    totals.sort_by_key(|total: &StateTotal| total.state);
    Ok(totals)
}

/// The claims of an interchange that we sent.
pub fn claims_of_batch(
    session: &Session<'_>,
    control_number: u32,
) -> Result<Vec<(Claim, Submission)>> {
    let (claim, submission, tables) = (rows::CLAIM, rows::SUBMISSION, rows::CLAIM_TABLES);
    let statement = format!(
        "SELECT {claim}, {submission} FROM {tables} \
         JOIN batch_claims ON batch_claims.claim = claims.id \
         JOIN batches ON batches.id = batch_claims.batch \
         WHERE batches.control_number = ? ORDER BY batch_claims.id"
    );
    session.query(&statement, &[control_number.into()], |row| {
        Ok((rows::claim(row)?, rows::submission(row)?))
    })
}

/// How a claim went out, the first time first.
pub fn submissions(session: &Session<'_>, id: ClaimId) -> Result<Vec<Submission>> {
    let submission = rows::SUBMISSION;
    let statement = format!(
        "SELECT {submission} FROM batch_claims JOIN batches ON batches.id = batch_claims.batch \
         WHERE batch_claims.claim = ? ORDER BY batch_claims.id"
    );
    session.query(&statement, &[id.into()], rows::submission)
}

/// The claims of a batch, and where each stands.
pub fn claims_in(session: &Session<'_>, batch: BatchId) -> Result<Vec<(ClaimId, State)>> {
    let statement = "SELECT claims.id, claims.state FROM batch_claims \
         JOIN claims ON claims.id = batch_claims.claim \
         WHERE batch_claims.batch = ? ORDER BY batch_claims.id";
    session.query(statement, &[batch.into()], |row| Ok((ClaimId(row.int()?), rows::state(row)?)))
}

/// A claim's whole life.
pub fn history(session: &Session<'_>, id: ClaimId) -> Result<Option<History>> {
    let Some(claim) = claim(session, id)? else { return Ok(None) };
    let values = [id.into()];
    let events = "SELECT at, event, from_state, to_state, note, arrival FROM claim_events \
         WHERE claim = ? ORDER BY id";
    let place = rows::PLACE;
    let findings = format!(
        "SELECT code, severity, {place}, what, fix, status, tables, edit FROM findings \
         WHERE claim = ? ORDER BY id"
    );
    let payments = "SELECT payments.arrival, payments.payer, payments.trace, payments.paid_on, \
         place_offset, tier, matched_by, lines, word, suspended, status, charge, paid, patient_responsibility, payer_control_number, \
         adjustments, identity, amount FROM claim_payments JOIN payments ON payments.id = claim_payments.payment \
         WHERE claim = ? ORDER BY claim_payments.id";
    let work = format!("{} WHERE claim = ? ORDER BY id", rows::WORK);
    Ok(Some(History {
        claim,
        events: session.query(events, &values, rows::claim_event)?,
        findings: session.query(&findings, &values, rows::finding)?,
        submissions: submissions(session, id)?,
        payments: session.query(payments, &values, rows::claim_payment)?,
        compared: super::contracts::compared(session, id)?,
        postings: super::money::postings(session, id)?,
        work: session.query(&work, &values, rows::work)?,
    }))
}

/// Claims with this fingerprint that were not rejected, newest first.
pub fn claims_by_fingerprint(session: &Session<'_>, fingerprint: &str) -> Result<Vec<Claim>> {
    let condition = "claims.fingerprint = ? AND claims.state <> ? ORDER BY claims.id DESC";
    claims(session, condition, &[fingerprint.into(), State::Rejected.name().into()])
}

/// Claims that were sent with this charge, began within these days and are of whom is asked for, the latest first.
pub fn claims_by_charge(
    session: &Session<'_>,
    (charge, days): (Money, DayRange),
    of: Of<'_>,
    limit: u32,
) -> Result<Vec<Claim>> {
    let order = "ORDER BY claims.service_from DESC, claims.id DESC";
    let (charge, from, to, limit) =
        (charge.into(), days.from.into(), days.to.into(), Value::from(limit));
    match of {
        Of::Anybody { lines: 0 } => {
            let condition = format!(
                "claims.charge = ? AND claims.service_from BETWEEN ? AND ? AND claims.times_sent > 0 \
                 {order} LIMIT ?"
            );
            claims(session, &condition, &[charge, from, to, limit])
        }
        Of::Anybody { lines } => {
            let condition = format!(
                "claims.charge = ? AND claims.service_from BETWEEN ? AND ? AND claims.times_sent > 0 \
                 AND claims.line_count IN (0, ?) {order} LIMIT ?"
            );
            claims(session, &condition, &[charge, from, to, lines.into(), limit])
        }
        Of::Person(person) => {
            let condition = format!(
                "claims.id IN (SELECT claim FROM claim_people WHERE person = ? AND charge = ? \
                 AND service_from BETWEEN ? AND ? ORDER BY service_from DESC, claim DESC LIMIT ?) {order}"
            );
            claims(session, &condition, &[person.expose().into(), charge, from, to, limit])
        }
        Of::Unkept => {
            // The first line is what the index is made for.
            let condition = format!(
                "claims.people_kept = 0 AND claims.times_sent > 0 \
                 AND claims.charge = ? AND claims.service_from BETWEEN ? AND ? {order} LIMIT ?"
            );
            claims(session, &condition, &[charge, from, to, limit])
        }
    }
}

/// Visits and stays of a patient whose claims were not rejected, newest first.
pub fn past_of_patient(session: &Session<'_>, patient: &str, limit: u32) -> Result<Vec<Past>> {
    let statement = "SELECT id, partner, patient_control_number, state, times_sent, history \
         FROM claims WHERE patient = ? AND history <> '' AND state <> ? ORDER BY id DESC LIMIT ?";
    let values = [patient.into(), State::Rejected.name().into(), limit.into()];
    session.query(statement, &values, rows::past)
}
