//! What was found, counted by rule and by provider.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};

use serde_json::{Value, json};

use crate::commands::terminal::harmless;
use crate::inspect::Note;
use crate::scrub::Severity;

/// The counts of all files together.
#[derive(Debug, Default)]
pub struct Tally {
    /// By the code of the rule.
    rules: BTreeMap<Cow<'static, str>, OfRule>,
    /// By who bills.
    providers: BTreeMap<String, OfProvider>,
}

/// What one rule found.
#[derive(Debug)]
pub struct OfRule {
    pub code: Cow<'static, str>,
    pub name: Cow<'static, str>,
    pub severity: Severity,
    pub findings: u64,
    pub claims: u64,
    last_claim: u64,
}

/// What was found in the claims of one provider.
#[derive(Debug, Default)]
pub struct OfProvider {
    pub id: String,
    pub findings: u64,
    pub claims: u64,
    /// Findings that reject or hold.
    pub to_act_on: u64,
    last_claim: u64,
}

impl Tally {
    /// Counts a finding of a file.
    pub fn note(&mut self, file: &str, note: &Note) {
        let claim = claim_of(file, note);
        let rule = self.rules.entry(note.code.clone()).or_insert_with(|| OfRule {
            code: note.code.clone(),
            name: note.name.clone(),
            severity: note.severity,
            findings: 0,
            claims: 0,
            last_claim: 0,
        });
        rule.findings += 1;
        rule.severity = rule.severity.min(note.severity);
        if claim != 0 && std::mem::replace(&mut rule.last_claim, claim) != claim {
            rule.claims += 1;
        }
        let Some(id) = &note.address.provider else { return };
        let provider = self.providers.entry(id.clone()).or_default();
        provider.id.clone_from(id);
        provider.findings += 1;
        provider.to_act_on += u64::from(matches!(note.severity, Severity::Reject | Severity::Hold));
        if std::mem::replace(&mut provider.last_claim, claim) != claim {
            provider.claims += 1;
        }
    }

    /// Rules by what they found, most first.
    pub fn rules(&self) -> Vec<&OfRule> {
        let mut rules: Vec<&OfRule> = self.rules.values().collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.findings));
        rules
    }

    /// Providers by what was found in their claims, most first.
    pub fn providers(&self) -> Vec<&OfProvider> {
        let mut providers: Vec<&OfProvider> = self.providers.values().collect();
        providers.sort_by_key(|provider| std::cmp::Reverse(provider.findings));
        providers
    }

    /// The counts as two tables.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let lines = self.rules().into_iter().map(|rule| {
            let Row { findings, claims } = Row::new(rule.findings, rule.claims);
            format!("{findings} {claims}  {:<7} {} {}", rule.severity.name(), rule.code, rule.name)
        });
        write_table("findings   claims  by rule", lines, out)?;
        let lines = self.providers().into_iter().map(|provider| {
            let Row { findings, claims } = Row::new(provider.findings, provider.claims);
            format!("{findings} {claims}  {}", harmless(&provider.id))
        });
        write_table("findings   claims  by billing provider", lines, out)
    }

    pub fn rules_json(&self) -> Value {
        let of = |rule: &&OfRule| {
            json!({"rule": rule.name, "code": rule.code, "severity": rule.severity.name(),
                   "findings": rule.findings, "claims": rule.claims})
        };
        self.rules().iter().map(of).collect()
    }

    pub fn providers_json(&self) -> Value {
        let of = |provider: &&OfProvider| {
            json!({"provider": provider.id, "findings": provider.findings,
                   "to_act_on": provider.to_act_on, "claims": provider.claims})
        };
        self.providers().iter().map(of).collect()
    }
}

/// The numbers of a line, as wide as their headings.
struct Row {
    findings: String,
    claims: String,
}

impl Row {
    fn new(findings: u64, claims: u64) -> Row {
        Row { findings: format!("{findings:>8}"), claims: format!("{claims:>8}") }
    }
}

/// A table of at most so many lines, then how many more there are.
fn write_table(
    heading: &str,
    lines: impl ExactSizeIterator<Item = String>,
    out: &mut dyn Write,
) -> io::Result<()> {
    const LINES_MAX: usize = 25;
    let untold = lines.len().saturating_sub(LINES_MAX);
    if lines.len() == 0 {
        return Ok(());
    }
    writeln!(out, "{heading}")?;
    for line in lines.take(LINES_MAX) {
        writeln!(out, "{line}")?;
    }
    if untold > 0 {
        writeln!(out, "{untold:>8} more lines; --format json tells them all")?;
    }
    writeln!(out)
}

/// A number for the claim that a finding lies in; findings of a claim come one after another. 0
/// stands for none.
fn claim_of(file: &str, note: &Note) -> u64 {
    let address = &note.address;
    let Some(claim) = &address.claim else { return 0 };
    let mut hasher = DefaultHasher::new();
    (file, &address.interchange, &address.group, &address.transaction, claim).hash(&mut hasher);
    hasher.finish() | 1
}
