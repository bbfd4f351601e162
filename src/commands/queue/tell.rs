//! How items of the queue and their claims are printed, for people and for programs.

use std::io::Write;

use serde_json::{Value, json};
use x12::value::Day;

use super::standing::Standing;
use crate::change::Resend;
use crate::clock::Timestamp;
use crate::commands::Failure;
use crate::document::Document;
use crate::store::{Claim, KeptOverride, Work};

pub(super) fn write_header(out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "{:>5}  {:<14} {:<16} {:<12} {:>12}  {:<17} {:>5}  {:<14} {:<8} what happened",
        "item", "category", "claim (CLM01)", "payer", "amount", "deadline", "waits", "desk", "who"
    )?;
    Ok(())
}

/// One item in the columns of the header. People know a claim by its CLM01, not by our number.
pub(super) fn write_line(
    item: &Work,
    claim: Option<&Claim>,
    (now, today): (Timestamp, Day),
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let number = claim.map_or("-", |claim| claim.patient_control_number.expose().as_str());
    let payer = item.payer(claim).unwrap_or("-");
    let deadline = deadline_of(item.deadline, item.state.is_open(), today);
    writeln!(
        out,
        "{:>5}  {:<14} {number:<16} {payer:<12} {:>12}  {deadline:<17} {:>5}  {:<14} {:<8} {}",
        item.id.0,
        item.category.name(),
        item.amount.to_string(),
        age(item, now),
        item.desk,
        if item.owner.is_empty() { item.state.name() } else { &item.owner },
        item.what
    )?;
    Ok(())
}

/// A deadline in words. One that was missed says so, as long as somebody is to act.
fn deadline_of(deadline: Option<Day>, is_open: bool, today: Day) -> String {
    match deadline {
        None => "none".to_owned(),
        Some(day) if is_open && day < today => format!("passed {day}"),
        Some(day) => day.to_string(),
    }
}

/// How long an item has waited, or had when it was done with: `35 m`, `7 h`, `12 d`.
fn age(item: &Work, now: Timestamp) -> String {
    let until = if item.state.is_open() { now } else { Timestamp::from_micros(item.changed_at.0) };
    let opened = Timestamp::from_micros(item.opened_at.0);
    let minutes = (until.seconds_since(opened).max(0.0) / 60.0) as u64;
    match minutes {
        0..60 => format!("{minutes} m"),
        60..2_880 => format!("{} h", minutes / 60),
        _ => format!("{} d", minutes / 1_440),
    }
}

pub(super) fn write_item(item: &Work, now: Timestamp, out: &mut dyn Write) -> Result<(), Failure> {
    let owner = if item.owner.is_empty() { "nobody" } else { &item.owner };
    writeln!(out, "item {}: {}, {}, {owner}", item.id.0, item.category.name(), item.state.name())?;
    writeln!(out, "  what happened: {}", item.what)?;
    writeln!(out, "  what to do:    {}", item.action)?;
    writeln!(out, "  desk:          {}", item.desk)?;
    let waits = if item.state.is_open() { "waits" } else { "waited" };
    writeln!(out, "  {:<14} {}", format!("{waits}:"), age(item, now))?;
    if let Some(resend) = item.resend {
        let (name, frequency) = (resend.name(), resend.frequency());
        writeln!(out, "  goes out as:   {name} (CLM05-3 {frequency}), unless --as says otherwise")?;
    }
    if let Some(deadline) = item.deadline {
        writeln!(out, "  deadline:      {deadline}")?;
    }
    writeln!(out, "  amount:        {}", item.amount)?;
    if !item.evidence.is_empty() {
        writeln!(out, "  evidence:      {}", item.evidence)?;
    }
    if !item.note.is_empty() {
        writeln!(out, "  note:          {}", item.note)?;
    }
    Ok(())
}

pub(super) fn write_segments(document: &Document, out: &mut dyn Write) -> Result<(), Failure> {
    for segment in document.segments() {
        let text = String::from_utf8_lossy(segment.bytes());
        writeln!(out, "  {:>5}  {text}", segment.number())?;
    }
    Ok(())
}

pub(super) fn write_standing(standing: &Standing, out: &mut dyn Write) -> Result<(), Failure> {
    let Standing { found, route, .. } = standing;
    for fault in &found.faults {
        writeln!(out, "  reject at segment {}: {fault}", fault.place.segment)?;
    }
    for finding in &found.findings {
        let severity = finding.severity.name();
        let (segment, code) = (finding.place.segment, &finding.rule.code);
        let (what, fix) = (&finding.what, &finding.fix);
        writeln!(out, "  {severity} {code} at segment {segment}: {what}; {fix}")?;
        if let Some(KeptOverride { made, .. }) = standing.passed(finding) {
            writeln!(out, "    {} let it pass: {}", made.by, made.reason)?;
        }
    }
    for (set, edition) in &found.tables {
        writeln!(out, "  judged by {set}: {edition}")?;
    }
    if let Err(unrouted) = route {
        writeln!(out, "  unrouted: {unrouted}")?;
    } else if found.faults.is_empty() && found.findings.is_empty() {
        writeln!(out, "  the claim is clean as it stands now")?;
    }
    Ok(())
}

pub(super) fn work_json(item: &Work, claim: Option<&Claim>) -> Value {
    json!({
        "id": item.id.0,
        "claim": item.claim.map(|claim| claim.0),
        "patient_control_number": claim.map(|claim| claim.patient_control_number.expose()),
        "payer": item.payer(claim),
        "category": item.category.name(),
        "state": item.state.name(),
        "desk": item.desk,
        "owner": item.owner,
        "what": item.what,
        "action": item.action,
        "evidence": item.evidence,
        "deadline": item.deadline.map(|day| day.to_string()),
        "opened_at": Timestamp::from_micros(item.opened_at.0).to_string(),
        "amount_cents": item.amount.cents(),
        "resend": item.resend.map(Resend::name),
        "note": item.note,
    })
}

pub(super) fn segments_json(document: &Document) -> Value {
    let segments = document.segments().map(|segment| {
        json!({"number": segment.number(), "text": String::from_utf8_lossy(segment.bytes())})
    });
    Value::Array(segments.collect())
}

pub(super) fn findings_json(standing: &Standing) -> Value {
    let found = &standing.found;
    let faults = found.faults.iter().map(|fault| {
        json!({"rule": fault.kind.name(), "position": fault.place.segment, "severity": "reject",
            "what": fault.kind.what(), "fix": fault.kind.fix()})
    });
    let findings = found.findings.iter().map(|finding| {
        let asked = found.tables.iter().filter(|(set, _)| finding.rule.needs.contains(set));
        let tables = asked.map(|(set, edition)| ((*set).to_owned(), json!(edition)));
        json!({"rule": finding.rule.name, "code": finding.rule.code,
            "position": finding.place.segment, "severity": finding.severity.name(),
            "what": finding.what, "fix": finding.fix, "tables": Value::Object(tables.collect()),
            "version": finding.rule.version,
            "overridden_by": standing.passed(finding).map(|kept| &kept.made.by)})
    });
    Value::Array(faults.chain(findings).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_that_a_deadline_was_missed() {
        let day = |text| Day::parse_dashed(text).expect("a day");
        let today = day("2024-02-06");
        for (deadline, is_open, expected) in [
            (Some(day("2024-02-05")), true, "passed 2024-02-05"),
            (Some(day("2024-02-05")), false, "2024-02-05"),
            (Some(today), true, "2024-02-06"),
            (None, true, "none"),
        ] {
            assert_eq!(deadline_of(deadline, is_open, today), expected);
        }
    }
}
