//! `claimgate check`.

use std::cell::Cell;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use serde_json::{Map, Value, json};
use x12::segment::Segment;
use x12::stream::pieces;
use x12::value::Day;

use super::snippet::Drawer;
use super::store::{Desk, load_plan};
use super::terminal::{Colour, Look};
use super::{
    Failure, Format, Outcome, count, day_or_today, not_x12, open_file, parse_day, side_by_side,
};
use crate::cores;
use crate::inspect::{Answer, Note, Options, Summary};
use crate::limits::SET_BYTES_MAX;
use crate::scrub::Rulebook;
use crate::settings::plan::Plan;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate check batch.edi\n  \
    claimgate check --format json --as-of 2026-11-01 batch.edi remit.835")]
pub struct CheckArguments {
    /// The files, as they came.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// The day that date-dependent checks use; today without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    as_of: Option<Day>,
    /// The payer that every claim is taken for, by its name in the settings; without it each claim
    /// says where it goes.
    #[arg(long, value_name = "NAME")]
    payer: Option<String>,
    /// Only these rules, by code or name.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    only: Vec<String>,
    /// Whether to write text in colour; `auto` does on a terminal.
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    color: Colour,
}

/// Checks every file; one that cannot be read does not keep the others from being checked.
pub fn run(
    arguments: &CheckArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let rulebook = chosen_rules(arguments, &load_plan(desk)?)?;
    let only_rules = !arguments.only.is_empty();
    let today = day_or_today(arguments.as_of);
    let options = Options { today, rulebook: &rulebook, only_rules };
    let drawer = Drawer::new(Look::of(arguments.color, None));
    let began = Instant::now();
    let mut total = Summary::default();
    let mut bytes_read = 0;
    let mut failed = None;
    for path in &arguments.files {
        match check_file(path, &options, arguments.format, &drawer, out) {
            Ok((summary, bytes)) => {
                total = total.plus(summary);
                bytes_read += bytes;
            }
            Err(failure) if arguments.files.len() == 1 => return Err(failure),
            Err(failure) => {
                eprintln!("claimgate: {failure}");
                failed = Some(failure);
            }
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    write_summary(arguments, &total, bytes_read, seconds, out)?;
    match failed {
        Some(failure) => Err(failure),
        None => Ok(Outcome::from_findings(total.to_act_on > 0)),
    }
}

/// The rulebook of the settings, for the payer and the rules that were asked for.
fn chosen_rules(arguments: &CheckArguments, plan: &Plan) -> Result<Rulebook, Failure> {
    let mut rulebook = plan.rulebook();
    if let Some(name) = &arguments.payer {
        let payer = plan.payers.iter().find(|payer| payer.name.as_str() == name);
        let payer = payer.ok_or_else(|| {
            let known: Vec<&str> = plan.payers.iter().map(|payer| payer.name.as_str()).collect();
            Failure::Unusable(format!(
                "the settings have no payer '{name}'; they have {}",
                if known.is_empty() { "none".to_owned() } else { known.join(", ") }
            ))
        })?;
        rulebook.only_payer = Some(Arc::clone(&payer.profile));
    }
    if !arguments.only.is_empty() {
        rulebook.keep_only(&arguments.only).map_err(|wanted| {
            Failure::Unusable(format!(
                "there is no rule '{wanted}'; `claimgate rules list` names them all"
            ))
        })?;
    }
    Ok(rulebook)
}

fn check_file(
    path: &Path,
    options: &Options<'_>,
    format: Format,
    drawer: &Drawer,
    out: &mut dyn Write,
) -> Result<(Summary, u64), Failure> {
    let (file, len) = open_file(path)?;
    let name = path.display().to_string();
    let mut failed: Option<std::io::Error> = None;
    let is_heard = Cell::new(true);
    let mut sink = |note: Note, segment: Option<&Segment<'_>>| {
        let written = match format {
            Format::Json => writeln!(out, "{}", note_json(&name, &note)),
            Format::Text => writeln!(out, "{}\n", drawer.alone(&name, &note, segment)),
        };
        if let Err(error) = written {
            failed.get_or_insert(error);
            is_heard.set(false);
        }
    };
    // Whoever has seen enough waits for nothing more.
    let pieces = pieces(file, SET_BYTES_MAX).take_while(|_| is_heard.get());
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

/// One finding as the contract has it: keys that do not apply are absent.
fn note_json(file: &str, note: &Note) -> Value {
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
    put("rule", json!(note.name));
    put("code", json!(note.code));
    put("snip", json!(note.snip));
    put("severity", json!(note.severity.name()));
    put("loop", json!(note.loop_id));
    put("segment", json!(note.segment));
    put("position", json!(note.place.segment));
    put("element", json!(note.place.element));
    put("component", json!(note.place.component));
    put("repeat", json!(note.place.repeat));
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
    }
    if !note.is_answered {
        put("answered", json!(false));
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

fn write_summary(
    arguments: &CheckArguments,
    total: &Summary,
    bytes: u64,
    seconds: f64,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let Summary { interchanges, transactions, claims, clean, rejected, held, repaired, .. } = total;
    let findings = total.findings;
    let files = arguments.files.len();
    match arguments.format {
        Format::Json => {
            let summary = json!({
                "kind": "summary", "files": files, "interchanges": interchanges,
                "transactions": transactions, "claims": claims, "clean": clean,
                "rejected": rejected, "held": held, "repaired": repaired,
                "findings": findings, "bytes": bytes,
                "seconds": (seconds * 1e3).round() / 1e3,
            });
            writeln!(out, "{summary}")?;
        }
        Format::Text => writeln!(
            out,
            "{}, {}, {}, {}: {clean} clean, {rejected} rejected, {held} held, \
             {repaired} repaired; {}",
            count(files as u64, "file"),
            count(*interchanges, "interchange"),
            count(*transactions, "transaction set"),
            count(*claims, "claim"),
            count(findings, "finding")
        )?,
    }
    Ok(())
}
