//! `claimgate claim`: one claim's whole life.

use std::collections::BTreeMap;
use std::io::Write;

use clap::Args;
use serde_json::{Value, json};

use super::store::{Desk, Office, open};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome};
use crate::change::next::Answer;
use crate::change::{ClaimId, Moment};
use crate::clock::Timestamp;
use crate::gateway::family;
use crate::reconcile;
use crate::store::{ClaimPayment, History};

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate claim 12\n  claimgate claim HFM26100101")]
pub struct ClaimArguments {
    /// The claim's number here, or its patient control number (CLM01).
    id: String,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Prints the history of a claim.
pub fn run(
    arguments: &ClaimArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let office = open(desk)?;
    let ids = find(&office, &arguments.id)?;
    let mut waits = false;
    for id in ids {
        let Some(history) = office.store.history(id)? else { continue };
        waits |= history.work.iter().any(|work| work.state.is_open());
        match arguments.format {
            Format::Text => write_text(&office, &history, &mut Harmless(out))?,
            Format::Json => write_json(&office, &history, out)?,
        }
    }
    Ok(Outcome::from_findings(waits))
}

/// Claims by our number, and by the office's: some offices count as we do.
pub(super) fn find(office: &Office, wanted: &str) -> Result<Vec<ClaimId>, Failure> {
    let mut found = Vec::from_iter(find_ours(office, wanted)?);
    for claim in office.store.claims_by_control_number(wanted)?.into_iter().rev() {
        if !found.contains(&claim.id) {
            found.push(claim.id);
        }
    }
    if found.is_empty() {
        let text = format!("there is no claim '{wanted}', by our number or by CLM01");
        return Err(Failure::Unusable(text));
    }
    Ok(found)
}

/// The claim that has this number here.
pub(super) fn find_ours(office: &Office, wanted: &str) -> Result<Option<ClaimId>, Failure> {
    let Ok(number) = wanted.parse() else { return Ok(None) };
    let found = office.store.claim(ClaimId(number))?;
    Ok(found.map(|claim| claim.id))
}

fn when(moment: Moment) -> String {
    let text = Timestamp::from_micros(moment.0).to_string();
    text.chars().take(19).collect::<String>().replace('T', " ")
}

/// The claim's segments with its edits, as far as the archive has them.
fn segments(office: &Office, history: &History) -> Vec<(u32, String)> {
    let claim = &history.claim;
    let Ok(document) = office.document(claim, &claim.edits) else { return Vec::new() };
    document
        .segments()
        .map(|segment| (segment.number(), String::from_utf8_lossy(segment.bytes()).into_owned()))
        .collect()
}

fn write_text(office: &Office, history: &History, out: &mut dyn Write) -> Result<(), Failure> {
    let claim = &history.claim;
    writeln!(
        out,
        "claim {}, patient control number {}, {}: {}",
        claim.id.0,
        claim.patient_control_number.expose(),
        claim.charge,
        claim.state.name()
    )?;
    // A person may have written another one over it.
    let named = office.plan.route(&claim.payer_id).map(|payer| payer.name.to_string());
    let came = if named == claim.payer { "" } else { "it came with " };
    writeln!(
        out,
        "  from {} (arrival {}, set {}), to {} ({came}payer id {})",
        claim.partner,
        claim.arrival.0,
        claim.set_number,
        claim.payer.as_deref().unwrap_or("no payer"),
        claim.payer_id
    )?;
    if !claim.payer_control_number.is_empty() {
        writeln!(out, "  the payer's number: {}", claim.payer_control_number)?;
    }
    write_order(office, history, out)?;
    writeln!(out, "segments, with {} edits laid over", claim.edits.len())?;
    for (number, text) in segments(office, history) {
        writeln!(out, "  {number:>5}  {text}")?;
    }
    writeln!(out, "history")?;
    for event in &history.events {
        let from = event.from.map_or("", |state| state.name());
        let to = event.to.name();
        let step = if from.is_empty() { to.to_owned() } else { format!("{from} > {to}") };
        writeln!(
            out,
            "  {}  {:<14} {step:<26} {}",
            when(event.at),
            event.event.name(),
            event.note
        )?;
    }
    write_findings(history, out)?;
    write_rest(history, out)
}

/// The claims of the payers before and after its own.
fn write_order(office: &Office, history: &History, out: &mut dyn Write) -> Result<(), Failure> {
    let claim = &history.claim;
    if let Some(ClaimId(before)) = claim.follows {
        writeln!(out, "  follows claim {before}: it asks for what that one's payer left")?;
    }
    if let Some(ClaimId(before)) = claim.replaces {
        let ClaimId(first) = family::first(office.store.as_ref(), claim)?.id;
        writeln!(
            out,
            "  went out in the place of claim {before}: its charge and its postings are claim {first}'s"
        )?;
    }
    for after in office.store.replacements(&[claim.id])? {
        let (ClaimId(id), frequency) = (after.id, &after.frequency);
        writeln!(out, "  claim {id} (CLM05-3 {frequency}) went out in its place")?;
    }
    if let Some(next) = office.store.next_payer(claim.id)? {
        let answer = match (next.is_due, next.answer) {
            (true, _) | (false, None) => "to be decided".to_owned(),
            (false, Some(answer)) => format!("{}: {}", answer.name(), next.why.note),
        };
        writeln!(out, "  next payer {answer}")?;
    }
    for after in office.store.followers(claim.id)? {
        let payer = after.payer.as_deref().unwrap_or("no payer");
        let (ClaimId(id), state) = (after.id, after.state.name());
        writeln!(out, "  followed by claim {id}, to {payer}: {state}")?;
    }
    Ok(())
}

fn write_findings(history: &History, out: &mut dyn Write) -> Result<(), Failure> {
    if !history.findings.is_empty() {
        writeln!(out, "findings when it came")?;
    }
    for finding in &history.findings {
        writeln!(
            out,
            "  {} {} at segment {} (byte {}): {}; {}",
            finding.severity.name(),
            finding.code,
            finding.place.segment,
            finding.place.offset,
            finding.what,
            finding.fix
        )?;
        if let Some(edit) = &finding.edit {
            let asks = if edit.is_made { "was made" } else { "is proposed" };
            writeln!(out, "    edit {}: {asks}", edit.in_words())?;
        }
        for (set, edition) in &finding.tables {
            writeln!(out, "    by {set}: {edition}")?;
        }
    }
    Ok(())
}

fn write_rest(history: &History, out: &mut dyn Write) -> Result<(), Failure> {
    for sent in &history.submissions {
        writeln!(
            out,
            "sent {} to {} in interchange {:09}, set {}, as frequency {}{}",
            when(sent.at),
            sent.payer,
            sent.control_number,
            sent.set_number,
            sent.frequency,
            if sent.is_delivered { "" } else { " (not delivered yet)" }
        )?;
    }
    for payment in &history.payments {
        writeln!(
            out,
            "remittance {} of {} (arrival {}){}: status {}, charge {}, paid {}, patient {}, {}; \
             matched by {} (tier {})",
            payment.trace,
            payment.paid_on.map_or("an unknown day".to_owned(), |day| day.to_string()),
            payment.arrival.0,
            match posting_of(payment) {
                "posted" | "" => String::new(),
                word => format!(", {word}"),
            },
            payment.status,
            payment.charge,
            payment.paid,
            payment.patient_responsibility,
            payment.adjustments,
            payment.matched_by,
            payment.tier.name()
        )?;
        if !payment.lines.is_empty() {
            writeln!(out, "  {}", payment.lines)?;
        }
    }
    write_compared(history, out)?;
    if !history.postings.is_empty() {
        writeln!(out, "postings")?;
    }
    for posting in &history.postings {
        let line = if posting.line.is_empty() { "-" } else { &posting.line };
        writeln!(
            out,
            "  {:<20} line {line:<4} {:>14}  {}",
            posting.account.name(),
            posting.amount,
            posting.reason
        )?;
    }
    for work in &history.work {
        writeln!(
            out,
            "item {} ({}, {}): {}{}",
            work.id.0,
            work.category.name(),
            work.state.name(),
            work.what,
            if work.note.is_empty() { String::new() } else { format!(" [{}]", work.note) }
        )?;
    }
    Ok(())
}

/// What became of what a remittance says of a claim. Empty when it decides nothing, as an estimate does.
fn posting_of(payment: &ClaimPayment) -> &'static str {
    match payment.word {
        Some(_) => "posted",
        None if !payment.suspended.is_zero() => "in suspense, not posted",
        None if reconcile::is_refused(&payment.identity, payment.amount) => "held, not posted",
        None => "",
    }
}

/// What contracts say of what was paid.
fn write_compared(history: &History, out: &mut dyn Write) -> Result<(), Failure> {
    if !history.compared.is_empty() {
        writeln!(out, "expected by contract")?;
    }
    for one in &history.compared {
        let of =
            if one.line.is_empty() { "the claim".to_owned() } else { format!("line {}", one.line) };
        writeln!(
            out,
            "  {of} {}: {} allowed, {} expected, {} paid beside {} of the patient, {}{} (arrival {}, \
             contract {}: {})",
            one.code,
            one.allowed,
            one.expected,
            one.paid,
            one.patient,
            one.class.name(),
            if one.variance.is_zero() { String::new() } else { format!(" by {}", one.variance) },
            one.arrival.0,
            one.contract,
            one.words
        )?;
    }
    Ok(())
}

fn compared_json(history: &History) -> Vec<Value> {
    let compared = history.compared.iter().map(|one| {
        json!({"line": one.line, "code": one.code, "contract": one.contract,
            "allowed_cents": one.allowed.cents(), "expected_cents": one.expected.cents(),
            "paid_cents": one.paid.cents(), "patient_cents": one.patient.cents(),
            "variance_cents": one.variance.cents(), "class": one.class.name(),
            "words": one.words, "arrival": one.arrival.0, "offset": one.place.offset})
    });
    compared.collect()
}

fn write_json(office: &Office, history: &History, out: &mut dyn Write) -> Result<(), Failure> {
    let claim = &history.claim;
    let events: Vec<_> = history
        .events
        .iter()
        .map(|event| {
            json!({"at": when(event.at), "event": event.event.name(),
                "from": event.from.map(|state| state.name()), "to": event.to.name(),
                "note": event.note, "arrival": event.arrival.map(|arrival| arrival.0)})
        })
        .collect();
    let submissions: Vec<_> = history
        .submissions
        .iter()
        .map(|sent| {
            json!({"at": when(sent.at), "payer": sent.payer,
                "control_number": format!("{:09}", sent.control_number),
                "set": sent.set_number, "frequency": sent.frequency,
                "delivered": sent.is_delivered})
        })
        .collect();
    let findings: Vec<_> = history
        .findings
        .iter()
        .map(|finding| {
            let tables = finding.tables.iter().cloned();
            json!({"code": finding.code, "severity": finding.severity.name(),
                "position": finding.place.segment, "offset": finding.place.offset,
                "what": finding.what, "fix": finding.fix, "stc": finding.status,
                "tables": tables.collect::<BTreeMap<String, String>>(),
                "edit": finding.edit.as_ref().map(|edit| json!({"element": edit.element,
                    "from": edit.from.expose(), "to": edit.to.expose(), "made": edit.is_made}))})
        })
        .collect();
    let work: Vec<_> = history
        .work
        .iter()
        .map(|work| {
            json!({"id": work.id.0, "category": work.category.name(), "state": work.state.name(),
                "what": work.what, "action": work.action, "note": work.note})
        })
        .collect();
    let segments: Vec<_> = segments(office, history)
        .into_iter()
        .map(|(number, text)| json!({"number": number, "text": text}))
        .collect();
    let followers = office.store.followers(claim.id)?;
    let followed_by: Vec<i64> = followers.iter().map(|after| after.id.0).collect();
    let next_payer = office.store.next_payer(claim.id)?.map(|next| {
        json!({"answer": next.answer.map(Answer::name), "note": next.why.note, "due": next.is_due})
    });
    let object = json!({
        "id": claim.id.0, "patient_control_number": claim.patient_control_number.expose(),
        "state": claim.state.name(), "charge_cents": claim.charge.cents(),
        "partner": claim.partner, "payer": claim.payer, "payer_id": claim.payer_id,
        "follows": claim.follows.map(|before| before.0), "followed_by": followed_by,
        "replaces": claim.replaces.map(|before| before.0),
        "next_payer": next_payer,
        "payer_control_number": claim.payer_control_number, "arrival": claim.arrival.0,
        "segments": segments, "events": events, "findings": findings,
        "submissions": submissions, "payments": payments_json(history),
        "expected": compared_json(history), "postings": postings_json(history), "work": work,
    });
    writeln!(out, "{object}")?;
    Ok(())
}

fn payments_json(history: &History) -> Vec<Value> {
    history
        .payments
        .iter()
        .map(|payment| {
            json!({"trace": payment.trace, "paid_on": payment.paid_on.map(|day| day.to_string()),
                "status": payment.status, "charge_cents": payment.charge.cents(),
                "paid_cents": payment.paid.cents(), "matched_by": payment.matched_by,
                "tier": payment.tier.name(), "lines": payment.lines,
                "patient_cents": payment.patient_responsibility.cents(),
                "arrival": payment.arrival.0,
                "payer_control_number": payment.payer_control_number,
                "adjustments": payment.adjustments, "posting": posting_of(payment)})
        })
        .collect()
}

fn postings_json(history: &History) -> Vec<Value> {
    history
        .postings
        .iter()
        .map(|posting| {
            json!({"account": posting.account.name(), "line": posting.line,
                "amount_cents": posting.amount.cents(), "reason": posting.reason,
                "offset": posting.source.offset})
        })
        .collect()
}
