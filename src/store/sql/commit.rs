//! The write of decisions: one change, one transaction.

use x12::edit::Edit;

use super::values::Value;
use super::{cases, contracts, payments, rows};
use crate::change::cases::CaseEnd;
use crate::change::next::{ANSWERS, NextPayer, Step};
use crate::change::{
    BatchClaim, BatchId, Change, ClaimId, ClaimPlace, DeliveryId, DeliveryOutcome, DeliveryResult,
    Draw, FindingRecord, InterchangeSeen, Moment, Move, NewBatch, NewClaim, NewDelivery, NewWork,
    Override, Resend, Settlement, WorkId, WorkMove, WorkState, WorkWords,
};
use crate::lifecycle::{self, State};
use crate::store::sqlite::Session;
use crate::store::{ClaimEvent, Committed, Error, Result};

/// Writes all of a change. The caller undoes everything when it fails.
pub fn commit(session: &Session<'_>, change: &Change) -> Result<Committed> {
    let at = change.at;
    let mut committed = Committed::default();
    for (claim, revision) in &change.read {
        must_be_as_read(session, *claim, *revision)?;
    }
    for draw in &change.draws {
        draw_numbers(session, draw)?;
    }
    if let Some(settlement) = &change.settles {
        settle(session, settlement)?;
    }
    for seen in &change.interchanges {
        add_interchange(session, seen)?;
    }
    for claim in &change.claims {
        let id = add_claim(session, claim, at)?;
        committed.claims.push(id);
        if let Some(work) = &claim.work {
            committed.work.push(add_work(session, work, Some(id), at)?);
        }
    }
    rewrite_claims(session, change)?;
    for (claim, edits) in &change.edits {
        set_edits(session, *claim, edits)?;
    }
    for step in &change.moves {
        move_claim(session, step, at)?;
    }
    for work in &change.work {
        committed.work.push(add_work(session, work, work.claim, at)?);
    }
    for step in &change.work_moves {
        move_work(session, committed.item(change, step.work)?, step, at)?;
    }
    for &work in &change.case_returns {
        cases::resume(session, work)?;
    }
    for end in &change.case_ends {
        let work = committed.item(change, end.work)?;
        cases::end(session, &CaseEnd { work, ..*end })?;
    }
    for made in &change.overrides {
        add_override(session, made, at)?;
    }
    for delivery in &change.deliveries {
        committed.deliveries.push(add_delivery(session, delivery, None, at)?);
    }
    for batch in &change.batches {
        let id = add_batch(session, batch, at)?;
        committed.batches.push(id);
        committed.deliveries.push(add_delivery(session, &batch.delivery, Some(id), at)?);
    }
    for result in &change.delivery_results {
        note_delivery(session, result, at)?;
    }
    payments::write(session, change, &mut committed)?;
    contracts::write(session, change, &committed)?;
    for next in &change.next_payers {
        step_next_payer(session, next, at)?;
    }
    change.accounts().into_iter().try_for_each(|claim| move_on(session, claim))?;
    Ok(committed)
}

/// What was decided on a claim's account holds only while nothing is said of it or posted to it.
fn must_be_as_read(session: &Session<'_>, claim: ClaimId, revision: u64) -> Result<()> {
    let statement = "SELECT 1 FROM claims WHERE id = ? AND revision = ?";
    let found = session.query_one(statement, &[claim.into(), revision.into()], |row| row.int())?;
    found.map(drop).ok_or(Error::Stale { what: "account of a claim" })
}

/// Something was said of a claim, or posted to it.
pub fn move_on(session: &Session<'_>, claim: ClaimId) -> Result<()> {
    let statement = "UPDATE claims SET revision = revision + 1 WHERE id = ?";
    session.exec(statement, &[claim.into()]).map(drop)
}

/// What a change writes over claims that are kept.
fn rewrite_claims(session: &Session<'_>, change: &Change) -> Result<()> {
    for (claim, number) in &change.payer_numbers {
        let statement = "UPDATE claims SET payer_control_number = ? WHERE id = ?";
        must_write_one(session, statement, &[number.into(), (*claim).into()], "claim")?;
    }
    for (claim, replaced) in &change.replacements {
        let statement = "UPDATE claims SET replaces = ? WHERE id = ?";
        must_write_one(session, statement, &[(*replaced).into(), (*claim).into()], "claim")?;
    }
    for (claim, number) in &change.control_numbers {
        let statement = "UPDATE claims SET patient_control_number = ? WHERE id = ?";
        must_write_one(session, statement, &[number.expose().into(), (*claim).into()], "claim")?;
    }
    for (claim, charge) in &change.charges {
        let statement = "UPDATE claims SET charge_in_file = COALESCE(charge_in_file, charge), charge = ? \
             WHERE id = ?";
        must_write_one(session, statement, &[(*charge).into(), (*claim).into()], "claim")?;
    }
    for (claim, payer) in &change.routes {
        let statement = "UPDATE claims SET payer = ? WHERE id = ?";
        must_write_one(session, statement, &[payer.into(), (*claim).into()], "claim")?;
    }
    Ok(())
}

pub fn must_write_one(
    session: &Session<'_>,
    statement: &str,
    values: &[Value<'_>],
    what: &'static str,
) -> Result<()> {
    match session.exec(statement, values)? {
        0 => Err(Error::Stale { what }),
        written => {
            assert!(written == 1, "a change of one row wrote {written}");
            Ok(())
        }
    }
}

fn draw_numbers(session: &Session<'_>, draw: &Draw) -> Result<()> {
    let next = draw.first + draw.count;
    let statement = "UPDATE counters SET next = ? WHERE name = ? AND next = ?";
    let values = [next.into(), (&draw.counter).into(), draw.first.into()];
    if session.exec(statement, &values)? == 1 {
        return Ok(());
    }
    // A counter that was never drawn from gives 1.
    let statement = "INSERT INTO counters (name, next) VALUES (?, ?) ON CONFLICT (name) DO NOTHING";
    let values = [(&draw.counter).into(), next.into()];
    if draw.first == 1 && session.exec(statement, &values)? == 1 {
        return Ok(());
    }
    Err(Error::Stale { what: "counter" })
}

fn settle(session: &Session<'_>, settlement: &Settlement) -> Result<()> {
    let statement = "UPDATE arrivals SET verdict = ?, summary = ? WHERE id = ? AND verdict IS NULL";
    let values =
        [settlement.verdict.name().into(), (&settlement.summary).into(), settlement.arrival.into()];
    must_write_one(session, statement, &values, "arrival")
}

fn add_interchange(session: &Session<'_>, seen: &InterchangeSeen) -> Result<()> {
    let row = [
        ("arrival", seen.arrival.into()),
        ("content", (&seen.content.0).into()),
        ("route", (&seen.route).into()),
        ("control_number", (&seen.control_number).into()),
        ("is_accepted", seen.is_accepted.into()),
    ];
    session.insert("interchanges", &row).map(drop)
}

fn add_claim(session: &Session<'_>, claim: &NewClaim, at: Moment) -> Result<ClaimId> {
    let state = lifecycle::begin(claim.event).expect("the change was looked over before");
    let ClaimPlace { kind, file, delimiters, billing, subscriber, patient, claim: own } =
        &claim.place;
    let delimiters = rows::delimiter_bytes(*delimiters);
    let history = rows::history_text(claim);
    let row = [
        ("arrival", claim.arrival.into()),
        ("kind", kind.letter().into()),
        ("file", (&file.0).into()),
        ("delimiters", Value::Bytes(&delimiters)),
        ("billing_start", billing.start.into()),
        ("billing_end", billing.end.into()),
        ("billing_number", billing.first_number.into()),
        ("subscriber_start", subscriber.start.into()),
        ("subscriber_end", subscriber.end.into()),
        ("subscriber_number", subscriber.first_number.into()),
        ("patient_start", patient.start.into()),
        ("patient_end", patient.end.into()),
        ("patient_number", patient.first_number.into()),
        ("claim_start", own.start.into()),
        ("claim_end", own.end.into()),
        ("claim_number", own.first_number.into()),
        ("follows", claim.follows.into()),
        ("partner", (&claim.partner).into()),
        ("set_number", (&claim.set_number).into()),
        ("batch_reference", (&claim.batch_reference).into()),
        ("batch_type", (&claim.batch_type).into()),
        ("is_test", claim.is_test.into()),
        ("patient_control_number", claim.patient_control_number.expose().into()),
        ("payer_id", (&claim.payer_id).into()),
        ("payer", claim.payer.as_deref().into()),
        ("billing_npi", (&claim.billing_npi).into()),
        ("charge", claim.charge.into()),
        ("frequency", (&claim.frequency).into()),
        ("payer_control_number", (&claim.payer_control_number).into()),
        ("service_from", claim.service_from.into()),
        ("service_to", claim.service_to.into()),
        ("fingerprint", (&claim.fingerprint).into()),
        ("patient", (&claim.patient).into()),
        ("line_count", claim.line_count.into()),
        ("history", (&history).into()),
        ("state", state.name().into()),
        ("changed_at", at.into()),
        ("times_sent", Value::Int(0)),
    ];
    let id = ClaimId(session.insert("claims", &row)?);
    let (event, note, arrival) = (claim.event, String::new(), Some(claim.arrival));
    add_event(session, id, &ClaimEvent { at, event, from: None, to: state, note, arrival })?;
    for finding in &claim.findings {
        add_finding(session, id, finding)?;
    }
    if !claim.edits.is_empty() {
        set_edits(session, id, &claim.edits)?;
    }
    Ok(id)
}

fn set_edits(session: &Session<'_>, claim: ClaimId, edits: &[Edit]) -> Result<()> {
    let statement = "INSERT INTO edits (claim, list) VALUES (?, ?) \
         ON CONFLICT (claim) DO UPDATE SET list = excluded.list";
    session.exec(statement, &[claim.into(), (&rows::edits_text(edits)).into()]).map(drop)
}

fn add_event(session: &Session<'_>, claim: ClaimId, event: &ClaimEvent) -> Result<()> {
    let row = [
        ("claim", claim.into()),
        ("at", event.at.into()),
        ("event", event.event.name().into()),
        ("from_state", event.from.map(State::name).into()),
        ("to_state", event.to.name().into()),
        ("note", (&event.note).into()),
        ("arrival", event.arrival.into()),
    ];
    session.insert("claim_events", &row).map(drop)
}

fn add_finding(session: &Session<'_>, claim: ClaimId, finding: &FindingRecord) -> Result<()> {
    let [offset, segment, element, component, repeat] = rows::place_columns(finding.place);
    let tables = rows::tables_text(&finding.tables);
    let edit = rows::edit_text(finding.edit.as_ref());
    let row = [
        ("claim", claim.into()),
        ("code", (&finding.code).into()),
        ("severity", finding.severity.name().into()),
        offset,
        segment,
        element,
        component,
        repeat,
        ("what", (&finding.what).into()),
        ("fix", (&finding.fix).into()),
        ("status", (&finding.status).into()),
        ("tables", (&tables).into()),
        ("edit", (&edit).into()),
    ];
    session.insert("findings", &row).map(drop)
}

fn move_claim(session: &Session<'_>, step: &Move, at: Moment) -> Result<()> {
    let statement = "UPDATE claims SET state = ?, changed_at = ?, revision = revision + 1 \
         WHERE id = ? AND state = ?";
    let values = [step.to.name().into(), at.into(), step.claim.into(), step.from.name().into()];
    must_write_one(session, statement, &values, "claim")?;
    let event = ClaimEvent {
        at,
        event: step.event,
        from: Some(step.from),
        to: step.to,
        note: step.note.clone(),
        arrival: step.arrival,
    };
    add_event(session, step.claim, &event)
}

pub fn add_work(
    session: &Session<'_>,
    work: &NewWork,
    claim: Option<ClaimId>,
    at: Moment,
) -> Result<WorkId> {
    let row = [
        ("claim", claim.into()),
        ("arrival", work.arrival.into()),
        ("category", work.category.name().into()),
        ("desk", (&work.desk).into()),
        ("what", (&work.what).into()),
        ("action", (&work.action).into()),
        ("evidence", (&work.evidence).into()),
        ("deadline", work.deadline.into()),
        ("amount", work.amount.into()),
        ("resend", work.resend.map(Resend::name).into()),
        ("remitted", work.remitted.map(|place| rows::offset(place.offset)).into()),
        ("state", WorkState::Open.name().into()),
        ("owner", "".into()),
        ("note", "".into()),
        ("opened_at", at.into()),
        ("changed_at", at.into()),
        ("payer", (&work.alike.payer).into()),
        ("adjustment_group", (&work.alike.group).into()),
        ("reason", (&work.alike.reason).into()),
        ("remarks", (&work.alike.remarks).into()),
        ("procedure", (&work.alike.procedure).into()),
        ("provider", (&work.alike.provider).into()),
        ("rule", (&work.alike.rule).into()),
        ("scenario", work.alike.core.number().into()),
        ("combination", work.alike.core.combination.name().into()),
    ];
    let id = session.insert("work", &row).map(WorkId)?;
    for offset in work.clp_offsets() {
        let row = [("work", id.into()), ("place_offset", rows::offset(offset).into())];
        session.insert("work_clps", &row)?;
    }
    Ok(id)
}

fn move_work(session: &Session<'_>, work: WorkId, step: &WorkMove, at: Moment) -> Result<()> {
    let statement = "UPDATE work SET state = ?, owner = ?, note = ?, changed_at = ? \
         WHERE id = ? AND state = ?";
    let values = [
        step.to.name().into(),
        (&step.owner).into(),
        (&step.note).into(),
        at.into(),
        work.into(),
        step.from.name().into(),
    ];
    must_write_one(session, statement, &values, "item of work")?;
    let Some(WorkWords { what, action, evidence, amount }) = &step.says else { return Ok(()) };
    // What ended keeps the amount that it ended with.
    let statement = "UPDATE work SET what = COALESCE(?, what), action = COALESCE(?, action), evidence = COALESCE(?, evidence), \
         amount = CASE ending WHEN '' THEN COALESCE(?, amount) ELSE amount END WHERE id = ?";
    let values = [
        what.as_deref().into(),
        action.as_deref().into(),
        evidence.as_deref().into(),
        (*amount).into(),
        work.into(),
    ];
    must_write_one(session, statement, &values, "item of work")
}

fn add_override(session: &Session<'_>, made: &Override, at: Moment) -> Result<()> {
    let row = [
        ("claim", made.claim.into()),
        ("at", at.into()),
        ("rule", (&made.rule).into()),
        ("version", (&made.version).into()),
        ("content", (&made.content.0).into()),
        ("made_by", (&made.by).into()),
        ("reason", (&made.reason).into()),
    ];
    session.insert("overrides", &row).map(drop)
}

fn add_delivery(
    session: &Session<'_>,
    delivery: &NewDelivery,
    batch: Option<BatchId>,
    at: Moment,
) -> Result<DeliveryId> {
    let row = [
        ("channel", (&delivery.channel).into()),
        ("kind", delivery.kind.name().into()),
        ("name", (&delivery.name).into()),
        ("arrival", delivery.arrival.into()),
        ("batch", batch.into()),
        ("attempts", Value::Int(0)),
        ("created_at", at.into()),
        ("due_at", at.into()),
        ("delivered_at", Value::Null),
        ("last_failure", "".into()),
        ("bytes", Value::Bytes(&delivery.bytes)),
    ];
    session.insert("deliveries", &row).map(DeliveryId)
}

fn add_batch(session: &Session<'_>, batch: &NewBatch, at: Moment) -> Result<BatchId> {
    let row = [
        ("payer", (&batch.payer).into()),
        ("control_number", batch.control_number.into()),
        ("charge", batch.charge.into()),
        ("created_at", at.into()),
    ];
    let id = BatchId(session.insert("batches", &row)?);
    for claim in &batch.claims {
        let statement = "UPDATE claims SET times_sent = times_sent + 1, people_kept = 1 WHERE id = ? \
             RETURNING times_sent";
        let attempt = session.query_one(statement, &[claim.claim.into()], |row| row.int())?;
        let row = [
            ("batch", id.into()),
            ("claim", claim.claim.into()),
            ("set_number", (&claim.set_number).into()),
            ("batch_reference", (&claim.batch_reference).into()),
            ("frequency", (&claim.frequency).into()),
            ("attempt", attempt.expect("the claim was moved in this transaction").into()),
        ];
        session.insert("batch_claims", &row)?;
        add_people(session, claim)?;
    }
    Ok(id)
}

/// Whom a claim names as it goes out, by what it charges then.
fn add_people(session: &Session<'_>, claim: &BatchClaim) -> Result<()> {
    let statement = "INSERT OR IGNORE INTO claim_people (person, charge, service_from, claim) \
         SELECT ?, charge, service_from, id FROM claims WHERE id = ? AND service_from IS NOT NULL";
    for person in &claim.people {
        session.exec(statement, &[person.expose().into(), claim.claim.into()])?;
    }
    Ok(())
}

fn step_next_payer(session: &Session<'_>, next: &NextPayer, at: Moment) -> Result<()> {
    match &next.step {
        Step::Asked => {
            let statement = "INSERT INTO next_payers (claim, asked, is_due, answer, note, at) \
                 VALUES (?, 1, 1, '', '', ?) ON CONFLICT (claim) \
                 DO UPDATE SET asked = asked + 1, is_due = 1, at = excluded.at";
            session.exec(statement, &[next.claim.into(), at.into()]).map(drop)
        }
        Step::NeverCame => {
            let may = ANSWERS.iter().filter(|answer| answer.may_be_billed_anyway());
            let may: Vec<String> = may.map(|answer| format!("'{}'", answer.name())).collect();
            let statement = format!(
                "UPDATE next_payers SET asked = asked + 1, is_due = 1, never_came = 1, at = ? \
                 WHERE claim = ? AND answer IN ({}) AND is_due = 0",
                may.join(", ")
            );
            must_write_one(session, &statement, &[at.into(), next.claim.into()], "next payer")
        }
        Step::Answered { asked, answer, why } => {
            let statement = "UPDATE next_payers SET is_due = 0, answer = ?, note = ?, decided_by = ?, passed_to = ?, \
                 is_to_unnamed = ?, at = ? WHERE claim = ? AND asked = ? AND is_due <> 0";
            let values = [
                answer.name().into(),
                (&why.note).into(),
                why.decided_by.as_deref().unwrap_or_default().into(),
                why.passed_to().unwrap_or_default().into(),
                why.is_to_unnamed().into(),
                at.into(),
                next.claim.into(),
                (*asked).into(),
            ];
            must_write_one(session, statement, &values, "next payer")
        }
    }
}

fn note_delivery(session: &Session<'_>, result: &DeliveryResult, at: Moment) -> Result<()> {
    let id = result.delivery.into();
    match &result.outcome {
        DeliveryOutcome::Delivered => {
            let statement = "UPDATE deliveries SET attempts = attempts + 1, due_at = NULL, \
                 delivered_at = ? WHERE id = ? AND due_at IS NOT NULL";
            must_write_one(session, statement, &[at.into(), id], "delivery")
        }
        DeliveryOutcome::Failed { retry_at, reason } => {
            let statement = "UPDATE deliveries SET attempts = attempts + 1, due_at = ?, \
                 last_failure = ? WHERE id = ? AND due_at IS NOT NULL";
            let values = [(*retry_at).into(), reason.into(), id];
            must_write_one(session, statement, &values, "delivery")
        }
        DeliveryOutcome::Again => {
            let statement = "UPDATE deliveries SET due_at = ? WHERE id = ?";
            must_write_one(session, statement, &[at.into(), id], "delivery")
        }
    }
}
