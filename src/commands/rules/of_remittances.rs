//! What `claimgate rules` says of the rules of remittances.

use std::io::Write;

use serde_json::{Value, json};

use crate::commands::{Failure, Format, Outcome};
use crate::reconcile::rules::{Effect, RULES, Rule};

/// The word for what becomes of what breaks one, where there is no room for more.
const fn word(effect: Effect) -> &'static str {
    match effect {
        Effect::HoldsPayment | Effect::HoldsClaim => "hold",
        Effect::Warns => "warn",
        Effect::Notes => "note",
        Effect::Reads => "read",
    }
}

/// Its line in the list.
pub(super) fn line(rule: &Rule) -> String {
    format!("{:<12} {:<7} {:<6}  {:<7}  {}", rule.id, word(rule.effect), "-", "835", rule.name)
}

pub(super) fn as_json(rule: &Rule) -> Value {
    json!({
        "code": rule.id, "rule": rule.name, "severity": rule.effect.name(), "sets": ["835"],
        "why": rule.why, "fix": rule.fix, "rfis": rule.rfis,
    })
}

/// Shows the one of that id or name; `None` when there is none.
pub(super) fn show(
    wanted: &str,
    format: Format,
    out: &mut dyn Write,
) -> Result<Option<Outcome>, Failure> {
    let Some(rule) = RULES.iter().find(|rule| rule.id == wanted || rule.name == wanted) else {
        return Ok(None);
    };
    if format == Format::Json {
        writeln!(out, "{}", as_json(rule))?;
        return Ok(Some(Outcome::Clean));
    }
    writeln!(out, "{} {}", rule.id, rule.name)?;
    writeln!(out, "effect: {}", rule.effect.name())?;
    writeln!(out, "sets: 835")?;
    writeln!(out, "why it matters: {}", rule.why)?;
    if !rule.fix.is_empty() {
        writeln!(out, "what to do: {}", rule.fix)?;
    }
    if !rule.rfis.is_empty() {
        let numbers: Vec<String> = rule.rfis.iter().map(u16::to_string).collect();
        writeln!(
            out,
            "source: X12, answers to requests for interpretation {}",
            numbers.join(", ")
        )?;
    }
    Ok(Some(Outcome::Clean))
}
