//! `claimgate queue overrides`: which rules people let claims pass by, so that a rule that finds fault
//! with what is right is seen.

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::json;

use crate::clock::Timestamp;
use crate::commands::store::Office;
use crate::commands::terminal::Harmless;
use crate::commands::{Failure, Format, Outcome};
use crate::scrub::Rulebook;
use crate::store::KeptOverride;

/// Tells of every rule that held a claim, or of each override of one rule.
pub(super) fn tell(
    office: &Office,
    rule: Option<&str>,
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let kept = office.store.overrides(None)?;
    match rule {
        Some(rule) => tell_each(office, &kept, rule, format, out)?,
        None => tell_rules(office, &kept, format, out)?,
    }
    Ok(Outcome::Clean)
}

/// What is known of one rule.
#[derive(Default)]
struct Tally {
    held: u64,
    overridden: u64,
    last: Option<(Timestamp, String)>,
}

fn tell_rules(
    office: &Office,
    kept: &[KeptOverride],
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut rules: BTreeMap<String, Tally> = BTreeMap::new();
    for (rule, held) in office.store.held_by_rule()? {
        rules.entry(rule).or_default().held = held;
    }
    for (rule, overridden) in office.store.overridden_by_rule()? {
        rules.entry(rule).or_default().overridden = overridden;
    }
    for one in kept {
        let tally = rules.entry(one.made.rule.clone()).or_default();
        tally.last = Some((Timestamp::from_micros(one.at.0), one.made.by.clone()));
    }
    // A payer's rule has a code as long as its names.
    let codes = rules.keys().map(|rule| rule.chars().count()).max().unwrap_or(0).max(10);
    if format == Format::Text {
        writeln!(
            out,
            "{:<codes$} {:<34} {:>7} {:>11}  last",
            "rule", "name", "held", "overridden"
        )?;
    }
    for (rule, tally) in &rules {
        let (name, Tally { held, overridden, last }) = (name_of(&office.rulebook, rule), tally);
        if format == Format::Json {
            let last = last.as_ref().map(|(at, by)| json!({"at": at.to_string(), "by": by}));
            let line = json!({"code": rule, "rule": name, "held": held,
                "overridden": overridden, "last": last});
            writeln!(out, "{line}")?;
            continue;
        }
        let last = last
            .as_ref()
            .map_or(String::new(), |(at, by)| format!("{} by {by}", at.day(&office.plan.zone)));
        let out = &mut Harmless(&mut *out);
        writeln!(out, "{rule:<codes$} {name:<34} {held:>7} {overridden:>11}  {last}")?;
    }
    Ok(())
}

fn tell_each(
    office: &Office,
    kept: &[KeptOverride],
    wanted: &str,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let is_wanted = |rule: &str| rule == wanted || name_of(&office.rulebook, rule) == wanted;
    for KeptOverride { at, made } in kept.iter().filter(|one| is_wanted(&one.made.rule)) {
        let at = Timestamp::from_micros(at.0);
        if format == Format::Json {
            let line = json!({"at": at.to_string(), "claim": made.claim.0, "code": made.rule,
                "version": made.version, "by": made.by, "reason": made.reason});
            writeln!(out, "{line}")?;
            continue;
        }
        let day = at.day(&office.plan.zone);
        let (claim, version, by, reason) = (made.claim.0, &made.version, &made.by, &made.reason);
        writeln!(Harmless(&mut *out), "{day}  claim {claim}  {by}: {reason}  [{version}]")?;
    }
    Ok(())
}

/// The readable name of a rule; that of a payer's stands in its code.
fn name_of(rulebook: &Rulebook, code: &str) -> String {
    let ours = rulebook.rules.iter().find(|rule| rule.code == code).map(|rule| rule.name);
    let payers = code.split_once('/').map(|(_, name)| name);
    ours.or(payers).unwrap_or(code).to_owned()
}
