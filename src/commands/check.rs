//! `claimgate check`.

mod files;
mod report;
mod tally;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Map, Value, json};
use x12::segment::Segment;
use x12::stream::pieces;
use x12::value::Day;

use super::rules::no_such_rule;
use super::snippet::{Drawer, answer};
use super::store::{Desk, load_without_contracts};
use super::terminal::{Colour, Look};
use super::{
    Failure, Outcome, complain, count, day_or_today, not_x12, open_file, parse_day, side_by_side,
};
use crate::code_sets::library::Library;
use crate::cores;
use crate::inspect::faults::references;
use crate::inspect::{Answer, Note, Options, Summary};
use crate::limits::SET_BYTES_MAX;
use crate::scrub::{Rule, Rulebook};
use crate::settings::plan::Plan;
use crate::shelf;
use files::{Chosen, chosen};
use report::Report;
use tally::Tally;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate check batch.edi\n  \
    claimgate check --format json --as-of 2026-11-01 batch.edi remit.835\n  \
    claimgate --config config/claimgate.toml check --office cedar batch.edi\n  \
    claimgate check --format html claims/ > report.html")]
pub struct CheckArguments {
    /// The files, as they came, or folders of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// `html` is a page to read and print.
    #[arg(long, value_enum, default_value = "text")]
    format: CheckFormat,
    /// The day that date-dependent checks use; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    as_of: Option<Day>,
    /// The payer that every claim is taken for, by its name in the settings; without it each claim
    /// says where it goes.
    #[arg(long, value_name = "NAME")]
    payer: Option<String>,
    /// The office that every claim is taken for, by its name in the settings: whether repairs are made,
    /// and what each SNIP type does; without it ISA06 says whose an interchange is.
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// Only these rules, and faults of envelopes and guides, by code or name.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,
    /// Whether to write text in colour; `auto` does on a terminal.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Colour,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    Text,
    Json,
    Html,
}

/// Checks every file; one that cannot be read does not keep the others from being checked.
pub fn run(
    arguments: &CheckArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let rulebook =
        chosen_rules(arguments, &load_without_contracts(desk)?, shelf::load(desk.data)?)?;
    let today = day_or_today(arguments.as_of);
    let options = Options { today, rulebook: &rulebook, only: &arguments.only };
    let files = chosen(&arguments.files)?;
    let mut telling = Telling {
        format: arguments.format,
        drawer: Drawer::new(Look::of(arguments.color, None)),
        tally: Tally::default(),
        report: Report::default(),
        out,
    };
    let began = Instant::now();
    let mut total = Total::default();
    let bar = progress(&files);
    for file in &files {
        match check_file(file, &options, &bar, &mut telling) {
            Ok((summary, bytes)) => {
                total.summary = total.summary.plus(summary);
                total.bytes += bytes;
                total.files += 1;
            }
            // A folder may hold other things as well.
            Err(Failure::Unusable(_)) if !file.is_named => total.others += 1,
            Err(failure) if files.len() == 1 => return Err(failure),
            Err(failure) => {
                bar.suspend(|| complain(&failure));
                total.files += 1;
                total.failed = Some(failure);
            }
        }
    }
    bar.finish_and_clear();
    let mut missing = rulebook.not_checked();
    missing.retain(|(rule, _)| total.summary.has_any(rule.kinds.list()));
    telling.not_checked(&missing)?;
    telling.end(&total, today, began.elapsed().as_secs_f64())?;
    match total.failed {
        Some(failure) => Err(failure),
        None => Ok(Outcome::from_findings(total.summary.to_act_on > 0)),
    }
}

/// What all files came to.
#[derive(Default)]
struct Total {
    summary: Summary,
    files: usize,
    /// Files in folders that are no X12.
    others: usize,
    bytes: u64,
    failed: Option<Failure>,
}

/// A bar on the terminal, where the findings go elsewhere.
fn progress(files: &[Chosen]) -> ProgressBar {
    if !std::io::stderr().is_terminal() || std::io::stdout().is_terminal() {
        return ProgressBar::hidden();
    }
    let bytes = files.iter().filter_map(|file| file.path.metadata().ok()).map(|data| data.len());
    let style = "{wide_bar} {bytes} of {total_bytes}, {bytes_per_sec}, {eta} left";
    let style = ProgressStyle::with_template(style).expect("a template without a slip");
    ProgressBar::new(bytes.sum()).with_style(style)
}

/// The rulebook of the settings, for the payer and the rules that were asked for.
fn chosen_rules(
    arguments: &CheckArguments,
    plan: &Plan,
    codes: Arc<Library>,
) -> Result<Rulebook, Failure> {
    let mut rulebook = plan.rulebook(codes);
    if let Some(name) = &arguments.payer {
        let payer = plan.payers.iter().find(|payer| payer.name.as_str() == name);
        let known = plan.payers.iter().map(|payer| payer.name.as_str());
        let payer = payer.ok_or_else(|| unknown("payer", name, known))?;
        rulebook.only_payer = Some(Arc::clone(&payer.profile));
    }
    if let Some(name) = &arguments.office {
        let known = plan.offices.iter().map(|office| office.name.as_str());
        if !known.clone().any(|known| known == name) {
            return Err(unknown("office", name, known));
        }
        rulebook.only_office = Some(name.clone());
    }
    if !arguments.only.is_empty() {
        let is_fault = |one: &&String| references().any(|fault| fault.is(one));
        let rules: Vec<String> =
            arguments.only.iter().filter(|one| !is_fault(one)).cloned().collect();
        let kept = rulebook.keep_only(&rules);
        kept.map_err(|wanted| no_such_rule(plan, &wanted))?;
    }
    Ok(rulebook)
}

fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let known: Vec<&str> = known.collect();
    Failure::Unusable(format!(
        "the settings have no {kind} '{name}'; they have {}",
        if known.is_empty() { "none".to_owned() } else { known.join(", ") }
    ))
}

fn check_file(
    file: &Chosen,
    options: &Options<'_>,
    bar: &ProgressBar,
    telling: &mut Telling<'_>,
) -> Result<(Summary, u64), Failure> {
    let path = file.path.as_path();
    let (file, len) = open_file(path)?;
    let name = path.display().to_string();
    let mut failed: Option<std::io::Error> = None;
    let is_heard = Cell::new(true);
    let mut sink = |note: Note, segment: Option<&Segment<'_>>| {
        if let Err(error) = telling.note(&name, &note, segment) {
            failed.get_or_insert(error);
            is_heard.set(false);
        }
    };
    // Whoever has seen enough waits for nothing more.
    let pieces = pieces(bar.wrap_read(file), SET_BYTES_MAX).take_while(|_| is_heard.get());
    let summary = side_by_side::inspect(pieces, options, cores::count(), &mut sink)
        .map_err(|error| Failure::Unusable(format!("{name} cannot be read: {error}")))?;
    if let Some(error) = failed {
        return Err(error.into());
    }
    if summary.interchanges == 0 {
        return Err(not_x12(path, len));
    }
    Ok((summary, len))
}

/// Says what is found, as it is found or at the end.
struct Telling<'a> {
    format: CheckFormat,
    drawer: Drawer,
    tally: Tally,
    report: Report,
    out: &'a mut dyn Write,
}

impl Telling<'_> {
    fn note(
        &mut self,
        file: &str,
        note: &Note,
        segment: Option<&Segment<'_>>,
    ) -> std::io::Result<()> {
        self.tally.note(file, note);
        match self.format {
            CheckFormat::Json => writeln!(self.out, "{}", note_json(file, note, segment)),
            CheckFormat::Text => writeln!(self.out, "{}\n", self.drawer.alone(file, note, segment)),
            CheckFormat::Html => {
                self.report.note(file, note, segment);
                Ok(())
            }
        }
    }

    /// Says what could not be asked: nobody is to take silence for a pass.
    fn not_checked(&mut self, missing: &[(&Rule, &str)]) -> std::io::Result<()> {
        let mut by_set: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (rule, set) in missing {
            by_set.entry(set).or_default().push(rule.name);
        }
        let each = by_set.iter().map(|(set, rules)| format!("{set}: {}", rules.join(", ")));
        match self.format {
            CheckFormat::Json => {
                for (rule, set) in missing {
                    let line = json!({
                        "kind": "not-checked", "rule": rule.name, "code": rule.code, "set": set,
                    });
                    writeln!(self.out, "{line}")?;
                }
            }
            CheckFormat::Text if missing.is_empty() => {}
            CheckFormat::Text => {
                writeln!(
                    self.out,
                    "not checked, because the code set is not at hand; `claimgate codes import` \
                     takes it in:"
                )?;
                for line in each {
                    writeln!(self.out, "  {line}")?;
                }
            }
            CheckFormat::Html => self.report.not_checked = each.collect(),
        }
        Ok(())
    }

    fn end(&mut self, total: &Total, today: Day, seconds: f64) -> Result<(), Failure> {
        match self.format {
            CheckFormat::Json => {
                writeln!(self.out, "{}", summary_json(total, &self.tally, seconds))?;
            }
            CheckFormat::Text => {
                // Of one finding, all has been said.
                if total.summary.findings > 1 {
                    self.tally.write(self.out)?;
                }
                write_summary(total, self.out)?;
            }
            CheckFormat::Html => {
                let of = (&total.summary, total.files);
                self.report.write(of, &self.tally, today.to_string(), self.out)?;
            }
        }
        Ok(())
    }
}

/// Which acknowledgment gives which code: `999 IK403 7`. Empty where none is given.
fn answer_of(note: &Note) -> String {
    let (acknowledgment, code) = answer(&note.answer);
    if note.is_answered { format!("{acknowledgment} {code}") } else { String::new() }
}

/// One finding as the contract has it: keys that do not apply are absent. One on a segment that
/// should not be there points at the first value in it, or at where that would stand.
fn note_json(file: &str, note: &Note, segment: Option<&Segment<'_>>) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| {
        let is_blank = value.as_str().is_some_and(str::is_empty) || value == json!(0);
        if !is_blank && !value.is_null() {
            object.insert(key.to_owned(), value);
        }
    };
    put("kind", json!("finding"));
    put("file", json!(file));
    put("interchange", json!(note.address.interchange));
    put("group", json!(note.address.group));
    put("transaction", json!(note.address.transaction));
    put("set", json!(note.address.set));
    put("claim", json!(note.address.claim));
    put("provider", json!(note.address.provider));
    put("rule", json!(note.name));
    put("code", json!(note.code));
    put("snip", json!(note.snip));
    put("severity", json!(note.severity.name()));
    put("loop", json!(note.loop_id));
    put("segment", json!(note.segment));
    put("position", json!(note.place.segment));
    put("element", json!(segment.map_or(note.place.element, |segment| element_of(note, segment))));
    put("component", json!(note.place.component));
    put("repeat", json!(note.place.repeat));
    put("missing", if note.missing.is_some() { json!(true) } else { Value::Null });
    put("offset", json!(note.place.offset));
    put("value", json!(note.value));
    put("what", json!(note.what));
    put("why", json!(note.why));
    put("fix", json!(note.fix));
    match &note.answer {
        Answer::Ta1(code) => put("ta1", json!(code)),
        Answer::Ak9(code) => put("ak9", json!(code)),
        Answer::Ik5(code) => put("ik5", json!(code)),
        Answer::Ik3(code) => put("ik3", json!(code)),
        Answer::Ik4(code) => {
            put("ik3", json!("8"));
            put("ik4", json!(code));
        }
        Answer::Status(status) => put("stc", json!(status)),
        Answer::None => {}
    }
    if !note.is_answered {
        put("answered", json!(false));
    }
    if !note.tables.is_empty() {
        let tables = note.tables.iter().map(|(set, edition)| ((*set).to_owned(), json!(edition)));
        put("tables", Value::Object(tables.collect()));
    }
    if let Some(edit) = &note.edit {
        put(
            "edit",
            json!({"safe": edit.is_safe, "from": edit.from.expose(), "to": edit.to.expose()}),
        );
    }
    // The first byte of a file is a place too.
    object.entry("offset").or_insert(json!(0));
    Value::Object(object)
}

/// The element that a finding points at; 0 where what it speaks of is not there.
fn element_of(note: &Note, segment: &Segment<'_>) -> u8 {
    if note.missing.is_some() || note.segment != segment.tag().text() {
        return note.place.element;
    }
    match note.element_in(segment) {
        0 => {
            let first = segment.elements().skip(1).position(|value| !value.is_empty());
            first.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or(1)
        }
        element => element,
    }
}

fn summary_json(total: &Total, tally: &Tally, seconds: f64) -> Value {
    let Summary { interchanges, transactions, claims, clean, rejected, held, repaired, .. } =
        total.summary;
    json!({
        "kind": "summary", "files": total.files, "interchanges": interchanges,
        "transactions": transactions, "claims": claims, "clean": clean,
        "rejected": rejected, "held": held, "repaired": repaired,
        "findings": total.summary.findings, "bytes": total.bytes,
        "seconds": (seconds * 1e3).round() / 1e3, "not_x12": total.others,
        "rules": tally.rules_json(), "providers": tally.providers_json(),
    })
}

fn write_summary(total: &Total, out: &mut dyn Write) -> std::io::Result<()> {
    let Summary { interchanges, transactions, claims, clean, rejected, held, repaired, .. } =
        total.summary;
    if total.others > 0 {
        writeln!(out, "{} in the folders left out: no X12", count(total.others as u64, "file"))?;
    }
    writeln!(
        out,
        "{}, {}, {}, {}: {clean} clean, {rejected} rejected, {held} held, {repaired} repaired; {}",
        count(total.files as u64, "file"),
        count(interchanges, "interchange"),
        count(transactions, "transaction set"),
        count(claims, "claim"),
        count(total.summary.findings, "finding")
    )
}
