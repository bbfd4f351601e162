//! `claimgate rules`.

mod of_remittances;

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::Arc;

use clap::{Args, Subcommand};
use serde_json::{Value, json};
use x12::value::Day;

use super::look_back::{self, LookBack};
use super::store::{Desk, load_without_contracts};
use super::terminal::harmless;
use super::{Failure, Format, Outcome, count, parse_day};
use crate::inspect::faults::{Reference, references};
use crate::reconcile::rules::RULES;
use crate::scrub::example::trial::{Spot, Trial, conditions, told_by, try_example};
use crate::scrub::expression::distance;
use crate::scrub::profile::PayerRule;
use crate::scrub::rules::ALL;
use crate::scrub::{Example, Finding, Rule, Severity};
use crate::settings::plan::{PayerPlan, Plan};

#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  claimgate rules list telephone\n  claimgate rules show CG-BAL-01\n  \
    claimgate rules show claim-total-differs\n  claimgate --config config/claimgate.toml rules test"
)]
pub struct RulesArguments {
    #[command(subcommand)]
    command: RulesCommand,
}

#[derive(Debug, Subcommand)]
enum RulesCommand {
    /// Every rule of claims and of remittances, and every fault of envelopes and guides, a line each, or
    /// those that say some words.
    #[command(after_help = "Examples:\n  claimgate rules list --format json\n  \
        claimgate rules list 2010BA NM109\n  claimgate rules list A7:562 hold\n  \
        claimgate rules list telephone")]
    List {
        /// Words that a rule must say, all of them: what it is about, the loop, segment or element
        /// that it points at, its status, its code sets, who publishes it.
        words: Vec<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Run the examples of the payers' own rules.
    #[command(
        after_help = "Example:\n  claimgate --config config/claimgate.toml rules test --payer acme"
    )]
    Test {
        /// Only the rules of this payer.
        #[arg(long, value_name = "NAME")]
        payer: Option<String>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Claims of the store that break a rule as it is now.
    #[command(
        after_help = "Example:\n  claimgate --data /var/lib/claimgate rules look-back line-repeated --from 2026-01-01"
    )]
    LookBack {
        /// Its code or its name.
        rule: String,
        /// Services on this day or later.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
        from: Option<Day>,
        /// Services on this day or earlier.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
        to: Option<Day>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// One rule, or the faults of a code, by code or name.
    #[command(after_help = "Examples:\n  claimgate rules show claim-total-differs\n  \
        claimgate rules show CG-BAL-01 --format json\n  claimgate rules show X12-IK4-I10\n  \
        claimgate rules show V33")]
    Show {
        /// Its code or its name.
        rule: String,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

/// Prints the rule reference.
pub fn run(
    arguments: &RulesArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let plan = load_without_contracts(desk)?;
    match &arguments.command {
        RulesCommand::List { words, format } => list(&plan, words, *format, out),
        RulesCommand::LookBack { rule, from, to, format } => {
            let wanted = LookBack { rule, from: *from, to: *to, format: *format };
            look_back::run(&wanted, desk, out)
        }
        RulesCommand::Test { payer, format } => test(&plan, payer.as_deref(), *format, out),
        RulesCommand::Show { rule: wanted, format } => show(&plan, wanted, *format, out),
    }
}

/// Every rule that says all the words, a line each.
fn list(
    plan: &Plan,
    words: &[String],
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut is_said = false;
    for rule in ALL.iter().copied().filter(|rule| says_all(words, || rule_json(rule).to_string())) {
        is_said = true;
        match format {
            Format::Text => writeln!(
                out,
                "{:<12} {:<7} type {}  {:<7}  {}",
                rule.code,
                rule.severity.name(),
                rule.snip,
                rule.letters(),
                rule.name
            )?,
            Format::Json => writeln!(out, "{}", rule_json(rule))?,
        }
    }
    for rule in own_rules(plan, None).filter(|rule| says_all(words, || own_json(rule).to_string()))
    {
        is_said = true;
        match format {
            Format::Text => writeln!(
                out,
                "{:<12} {:<7} type 7  {:<7}  {}",
                "-",
                rule.severity.name(),
                letters(rule).join(", "),
                rule.code
            )?,
            Format::Json => writeln!(out, "{}", own_json(rule))?,
        }
    }
    for fault in references().filter(|fault| says_all(words, || fault_json(fault).to_string())) {
        is_said = true;
        match format {
            Format::Text => writeln!(
                out,
                "{:<12} {:<7} type {}  {:<7}  {}",
                fault.code,
                Severity::Reject.name(),
                fault.snip,
                "any set",
                fault.kind.name()
            )?,
            Format::Json => writeln!(out, "{}", fault_json(&fault))?,
        }
    }
    for rule in
        RULES.iter().filter(|rule| says_all(words, || of_remittances::as_json(rule).to_string()))
    {
        is_said = true;
        match format {
            Format::Text => writeln!(out, "{}", of_remittances::line(rule))?,
            Format::Json => writeln!(out, "{}", of_remittances::as_json(rule))?,
        }
    }
    if !is_said && format == Format::Text {
        writeln!(out, "no rule says {}", harmless(&words.join(" ")))?;
    }
    Ok(Outcome::Clean)
}

/// Whether a text says all words, in capitals or not. Without words there is no need of the text.
fn says_all(words: &[String], text: impl FnOnce() -> String) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = text().to_lowercase();
    words.iter().all(|word| text.contains(&word.to_lowercase()))
}

/// What to do about a rule's findings, each thing once.
fn fixes_of(told: &[(Spot, Finding)]) -> BTreeSet<&str> {
    told.iter().map(|(_, finding)| finding.fix.as_ref()).collect()
}

fn show(
    plan: &Plan,
    wanted: &str,
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let known = ALL.iter().copied().find(|rule| rule.code == wanted || rule.name == wanted);
    let Some(rule) = known else {
        let mut own = own_rules(plan, None);
        let own = own.find(|rule| *rule.code == *wanted || *rule.name == *wanted);
        let Some(own) = own else { return show_faults(plan, wanted, format, out) };
        match format {
            Format::Text => show_own(own, out)?,
            Format::Json => writeln!(out, "{}", own_json(own))?,
        }
        return Ok(Outcome::Clean);
    };
    match format {
        Format::Text => show_ours(rule, out)?,
        Format::Json => {
            let mut object = rule_json(rule);
            object["examples"] = rule.examples.iter().map(|one| example_json(rule, one)).collect();
            writeln!(out, "{object}")?;
        }
    }
    Ok(Outcome::Clean)
}

fn show_ours(rule: &'static Rule, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{} {}", rule.code, rule.name)?;
    writeln!(out, "severity: {}", rule.severity.name())?;
    if let Some(unrepaired) = rule.unrepaired() {
        writeln!(out, "severity where repairs are off: {}", unrepaired.name())?;
    }
    writeln!(out, "SNIP type: {}", rule.snip)?;
    writeln!(out, "claims: {}", rule.letters())?;
    writeln!(out, "277CA status: {}", rule.status)?;
    writeln!(out, "what is wrong: {}", rule.what)?;
    writeln!(out, "why it matters: {}", rule.why)?;
    for fix in fixes_of(&told_by(rule)) {
        writeln!(out, "what to do: {fix}")?;
    }
    writeln!(out, "source: {}", rule.source)?;
    if !rule.needs.is_empty() {
        writeln!(out, "needs the code sets: {}", rule.needs.join(", "))?;
    }
    rule.examples.iter().try_for_each(|example| write_example(rule, example, out))
}

/// The faults of envelopes and guides with this name or code: an acknowledgment has one code for several.
fn show_faults(
    plan: &Plan,
    wanted: &str,
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let found: Vec<Reference> = references().filter(|fault| fault.is(wanted)).collect();
    if found.is_empty() {
        let shown = of_remittances::show(wanted, format, out)?;
        return shown.ok_or_else(|| no_such_rule(plan, wanted));
    }
    for (index, fault) in found.iter().enumerate() {
        if format == Format::Json {
            writeln!(out, "{}", fault_json(fault))?;
            continue;
        }
        if index > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{} {}", fault.code, fault.kind.name())?;
        writeln!(out, "severity: {}", Severity::Reject.name())?;
        writeln!(out, "SNIP type: {}", fault.snip)?;
        writeln!(out, "breaks: {}", fault.breaks)?;
        writeln!(out, "told in: {}", fault.told_in)?;
        writeln!(out, "what is wrong: {}", fault.kind.what())?;
        writeln!(out, "why it matters: {}", fault.kind.why())?;
        writeln!(out, "what to do: {}", fault.kind.fix())?;
    }
    Ok(Outcome::Clean)
}

fn fault_json(fault: &Reference) -> Value {
    json!({
        "code": fault.code, "rule": fault.kind.name(), "severity": Severity::Reject.name(),
        "snip": fault.snip, "breaks": fault.breaks, "told_in": fault.told_in,
        "what": fault.kind.what(), "why": fault.kind.why(), "fix": fault.kind.fix(),
    })
}

/// A clean claim with its changes, and whether the rule lets it pass.
fn write_example(
    rule: &'static Rule,
    example: &Example,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let verdict = match example.finds {
        0 => "passes".to_owned(),
        finds => count(finds as u64, "finding"),
    };
    writeln!(out, "\nexample, {}: {verdict}", example.claim.name())?;
    for condition in conditions(rule, example) {
        writeln!(out, "  ({condition})")?;
    }
    for line in example.differences() {
        writeln!(out, "  {line}")?;
    }
    let Trial { findings, spots, .. } = try_example(&[rule], example);
    for (spot, finding) in spots.iter().zip(&findings) {
        writeln!(out, "  finds at {spot}: {}", finding.what)?;
    }
    Ok(())
}

/// What `write_example` writes.
fn example_json(rule: &'static Rule, example: &Example) -> Value {
    let Trial { findings, spots, .. } = try_example(&[rule], example);
    let told = spots.iter().zip(&findings);
    let found = told.map(|(spot, finding)| json!({"at": spot.to_string(), "what": finding.what}));
    json!({
        "claim": example.claim.name(), "finds": example.finds,
        "conditions": conditions(rule, example), "changes": example.differences(),
        "found": found.collect::<Vec<_>>(),
    })
}

/// Says that there is no such rule, and which one was perhaps meant.
pub(super) fn no_such_rule(plan: &Plan, wanted: &str) -> Failure {
    let ours = ALL.iter().flat_map(|rule| [rule.code, rule.name]);
    let own = own_rules(plan, None).flat_map(|rule| [&*rule.code, &*rule.name]);
    let faults = references().flat_map(|fault| [fault.code, fault.kind.name().to_owned()]);
    let of_remittances = RULES.iter().map(|rule| rule.id);
    let near = ours.chain(own).chain(of_remittances).map(str::to_owned).chain(faults);
    let near = near.map(|known| (distance(wanted, &known), known)).min();
    let meant = match near {
        // A name of which more is wrong is another name.
        Some((wrong, known)) if wrong <= (wanted.chars().count() / 4).max(2) => {
            format!("did you mean {known}? ")
        }
        _ => String::new(),
    };
    let payers = match own_rules(plan, None).next() {
        Some(_) => "",
        None => "; a payer's own rules are known with --config and the settings that name its file",
    };
    Failure::Unusable(format!(
        "there is no rule '{wanted}'; {meant}`claimgate rules list` names them all{payers}"
    ))
}

/// The rules of all payers, or of one.
fn own_rules<'a>(plan: &'a Plan, payer: Option<&'a str>) -> impl Iterator<Item = &'a PayerRule> {
    let wanted = move |known: &&PayerPlan| payer.is_none_or(|name| known.name.as_str() == name);
    let payers = plan.payers.iter().filter(wanted);
    payers.flat_map(|payer| &payer.profile.rules).map(Arc::as_ref)
}

fn letters(rule: &PayerRule) -> Vec<&'static str> {
    rule.kinds.iter().map(|kind| kind.letter()).collect()
}

fn own_json(rule: &PayerRule) -> Value {
    let written = |day: Option<Day>| day.map(|day| day.to_string());
    json!({
        "code": &*rule.code, "rule": &*rule.name, "severity": rule.severity.name(), "snip": 7,
        "claims": letters(rule), "stc": rule.status, "what": rule.message, "why": &*rule.why,
        "fix": rule.fix, "examples": rule.examples.len(), "key": rule.key,
        "at": rule.at.as_ref().map(|at| at.written()), "from": written(rule.from),
        "to": written(rule.to),
    })
}

fn show_own(rule: &PayerRule, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", rule.code)?;
    writeln!(out, "severity: {}", rule.severity.name())?;
    writeln!(out, "SNIP type: 7")?;
    writeln!(out, "claims: {}", letters(rule).join(", "))?;
    writeln!(out, "277CA status: {}", rule.status)?;
    if let Some(at) = &rule.at {
        writeln!(out, "points at: {}", at.written())?;
    }
    for (label, day) in [("from", rule.from), ("to", rule.to)] {
        if let Some(day) = day {
            writeln!(out, "{label}: {day}")?;
        }
    }
    writeln!(out, "what is wrong: {}", rule.message)?;
    writeln!(out, "why it matters: {}", rule.why)?;
    writeln!(out, "what to do: {}", rule.fix)?;
    writeln!(out, "examples: {}", rule.examples.len())?;
    Ok(())
}

/// Runs every example; a line for each rule, and one for each example that ends otherwise. What keys of
/// `[claims]` stand for is ours, and tried by tests of ours.
fn test(
    plan: &Plan,
    payer: Option<&str>,
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    if let Some(name) = payer
        && !plan.payers.iter().any(|known| known.name.as_str() == name)
    {
        return Err(Failure::Unusable(format!("the settings have no payer '{name}'")));
    }
    let (mut rules, mut examples, mut failed) = (0u64, 0u64, 0u64);
    for rule in own_rules(plan, payer).filter(|rule| rule.key.is_none()) {
        let tested = Tested::of(rule);
        rules += 1;
        examples += rule.examples.len() as u64;
        failed += tested.wrong.len() as u64;
        match format {
            Format::Text => tested.write(out)?,
            Format::Json => writeln!(out, "{}", tested.json())?,
        }
    }
    if format == Format::Json {
        let all =
            json!({"kind": "summary", "rules": rules, "examples": examples, "failed": failed});
        writeln!(out, "{all}")?;
        return Ok(Outcome::from_findings(failed > 0));
    }
    let keys: Vec<&str> =
        own_rules(plan, payer).filter(|rule| rule.key.is_some()).map(|rule| &*rule.code).collect();
    if !keys.is_empty() {
        writeln!(out, "of [claims], and so without examples of its own: {}", keys.join(", "))?;
    }
    let (rules, examples) = (count(rules, "rule"), count(examples, "example"));
    writeln!(out, "{rules}, {examples}, {failed} failed")?;
    Ok(Outcome::from_findings(failed > 0))
}

/// How the examples of a payer's rule ended.
struct Tested<'a> {
    rule: &'a PayerRule,
    /// Those that ended otherwise: their number, how they should end, and what is wrong.
    wrong: Vec<(usize, &'static str, String)>,
}

impl Tested<'_> {
    fn of(rule: &PayerRule) -> Tested<'_> {
        let tried = (1..).zip(&rule.examples).filter_map(|(number, example)| {
            let why = rule.try_example(example).err()?;
            Some((number, if example.passes { "pass" } else { "fail" }, why))
        });
        Tested { rule, wrong: tried.collect() }
    }

    fn verdict(&self) -> &'static str {
        match (self.wrong.len(), self.rule.examples.len()) {
            (0, 0) => "untested",
            (0, _) => "ok",
            (_, _) => "failed",
        }
    }

    fn write(&self, out: &mut dyn Write) -> Result<(), Failure> {
        let verdict = self.verdict();
        let loud = if verdict == "failed" { "FAILED" } else { verdict };
        writeln!(out, "{loud:<9} {}", self.rule.code)?;
        for (number, kind, why) in &self.wrong {
            writeln!(out, "  example {number} ({kind}): {why}")?;
        }
        Ok(())
    }

    fn json(&self) -> Value {
        let wrong = self
            .wrong
            .iter()
            .map(|(number, kind, why)| json!({"example": number, "kind": kind, "why": why}));
        json!({
            "kind": "rule", "code": &*self.rule.code, "rule": &*self.rule.name,
            "verdict": self.verdict(), "examples": self.rule.examples.len(),
            "failed": wrong.collect::<Vec<_>>(),
        })
    }
}

fn rule_json(rule: &'static Rule) -> Value {
    let told = told_by(rule);
    let places: BTreeSet<String> = told.iter().map(|(spot, _)| spot.to_string()).collect();
    json!({
        "code": rule.code, "rule": rule.name, "severity": rule.severity.name(),
        "severity_unrepaired": rule.unrepaired().map(Severity::name), "snip": rule.snip, "claims": rule.kinds.list().iter().map(|kind| kind.letter()).collect::<Vec<_>>(),
        "stc": rule.status, "what": rule.what, "why": rule.why,
        "fix": fixes_of(&told), "places": places, "source": rule.source, "needs": rule.needs,
    })
}
