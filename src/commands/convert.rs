//! `claimgate convert`.

use std::fs::Permissions;
use std::io::Write;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::{Args, ValueEnum};
use x12::interchange::Reading;
use x12::json;
use x12::view::remittance::remittance;

use super::terminal::Harmless;
use super::{Failure, Outcome, count, not_x12, read_file};
use crate::convert::statement::{Statement, statement};
use crate::convert::{eob, table};
use crate::intake::judge::{judge, objection};
use crate::reconcile::balance::balance;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate convert claims.edi --to json\n  \
    claimgate convert claims.json --to x12 -o claims.edi\n  \
    claimgate convert payment.835 --to csv -o payment.csv\n  \
    claimgate convert payment.835 --to html -o payment.html")]
pub struct ConvertArguments {
    /// An X12 file, or a JSON document of the form that this command writes.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What to make of it.
    #[arg(long, value_enum)]
    to: Target,
    /// Where to write it; to the terminal without it.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Write X12 even if its guide forbids what the document says.
    #[arg(long)]
    with_faults: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// Claims, remittances and answers as JSON.
    Json,
    /// X12, of a JSON document.
    X12,
    /// Remittances as a table, a row for each service line.
    Csv,
    /// Remittances as a page to read and print.
    Html,
}

/// Converts a file.
pub fn run(arguments: &ConvertArguments, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let bytes = read_file(&arguments.file)?;
    let (converted, outcome) = convert(arguments, &bytes)?;
    match &arguments.output {
        Some(path) => write_whole(path, &converted)?,
        None => out.write_all(&converted)?,
    }
    Ok(outcome)
}

fn convert(arguments: &ConvertArguments, bytes: &Bytes) -> Result<(Vec<u8>, Outcome), Failure> {
    let file = &arguments.file;
    let is_json = is_json(bytes);
    let (x12, outcome) = match is_json {
        true => x12_of(arguments, bytes)?,
        false => (bytes.clone(), Outcome::Clean),
    };
    match arguments.to {
        Target::X12 if is_json => Ok((x12.into(), outcome)),
        Target::X12 => {
            let text = format!("{} is no JSON document; X12 is made of those", file.display());
            Err(Failure::Unusable(text))
        }
        Target::Json => json_of(file, &x12),
        Target::Csv => {
            let (statements, outcome) = statements(file, &x12)?;
            Ok((harmless(&csv_of(&statements)?)?, outcome))
        }
        Target::Html => {
            let (statements, outcome) = statements(file, &x12)?;
            Ok((harmless(eob::page(&statements).as_bytes())?, outcome))
        }
    }
}

/// Tables and pages are for people, and hold nothing of a file that steers what shows them.
fn harmless(text: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut out = Vec::with_capacity(text.len());
    Harmless(&mut out).write_all(text)?;
    Ok(out)
}

fn is_json(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"{")
}

fn x12_of(arguments: &ConvertArguments, bytes: &Bytes) -> Result<(Bytes, Outcome), Failure> {
    let composed = json::read::read(bytes);
    for problem in &composed.problems {
        eprintln!("claimgate: {problem}");
    }
    if composed.problems.is_empty() {
        return Ok((composed.bytes.into(), Outcome::Clean));
    }
    let file = arguments.file.display();
    let problems = count(composed.problems.len() as u64, "problem");
    if composed.bytes.is_empty() {
        let text = format!("{file} cannot be written as X12: {problems}, listed above");
        return Err(Failure::Unusable(text));
    }
    if !arguments.with_faults {
        let text = format!(
            "{file} says what its guide forbids: {problems}, listed above; mend them, or \
             write it as it is with --with-faults"
        );
        return Err(Failure::Unusable(text));
    }
    Ok((composed.bytes.into(), Outcome::ToActOn))
}

fn json_of(file: &Path, bytes: &Bytes) -> Result<(Vec<u8>, Outcome), Failure> {
    let reading = read_x12(file, bytes)?;
    let mut out = Vec::new();
    let notices = json::write::write(&reading, &mut out)?;
    for notice in &notices {
        let place = notice.place;
        eprintln!(
            "claimgate: {}: byte {}, segment {}: {}",
            file.display(),
            place.offset,
            place.segment,
            notice.what
        );
    }
    Ok((out, Outcome::from_findings(!notices.is_empty())))
}

fn read_x12(file: &Path, bytes: &Bytes) -> Result<Reading, Failure> {
    let reading = x12::interchange::read(bytes);
    if reading.interchanges.is_empty() {
        Err(not_x12(file, bytes.len() as u64))
    } else {
        Ok(reading)
    }
}

/// Every remittance of a file, and whether all of them add up.
fn statements(file: &Path, bytes: &Bytes) -> Result<(Vec<Statement>, Outcome), Failure> {
    let reading = read_x12(file, bytes)?;
    let mut statements = Vec::new();
    let mut differs = false;
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                if interchange.set_header(set).text(1) != b"835" {
                    continue;
                }
                let judged = judge(interchange, group, set);
                let remittance = remittance(interchange, set, &judged.walked);
                let balance = balance(&remittance);
                let objection = objection(interchange, group, &judged);
                if !balance.is_clean() || objection.is_some() {
                    differs = true;
                    eprintln!(
                        "claimgate: {}: the remittance at byte {} has faults or does not add up; \
                         `claimgate remit` and `claimgate check` say where",
                        file.display(),
                        remittance.place.offset
                    );
                }
                statements.push(statement(&remittance));
            }
        }
    }
    if statements.is_empty() {
        let text = format!("{} holds no remittance (835)", file.display());
        return Err(Failure::Unusable(text));
    }
    Ok((statements, Outcome::from_findings(differs)))
}

fn csv_of(statements: &[Statement]) -> Result<Vec<u8>, Failure> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let failed = |error: &dyn std::fmt::Display| {
        Failure::World(format!("writing the table failed: {error}"))
    };
    out.write_record(table::COLUMNS).map_err(|error| failed(&error))?;
    for statement in statements {
        for row in table::rows(statement) {
            out.write_record(row).map_err(|error| failed(&error))?;
        }
    }
    out.into_inner().map_err(|error| failed(&error))
}

/// Writes a file that is there whole or not at all. What is no file, such as a pipe, is written to
/// as it is.
fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::World(format!("{} could not be written: {error}", path.display()))
    };
    let before = std::fs::metadata(path).ok();
    if before.as_ref().is_some_and(|there| !there.is_file()) {
        return std::fs::write(path, bytes).map_err(failed);
    }
    // A link stays, and what it points to is written.
    let whole = match before {
        Some(_) => std::fs::canonicalize(path).map_err(failed)?,
        None => path.to_owned(),
    };
    let mut name = std::ffi::OsString::from(".");
    name.push(whole.file_name().unwrap_or_default());
    name.push(format!(".{}.tmp", std::process::id()));
    let temporary = whole.with_file_name(name);
    let written = write_new(&temporary, bytes, before.map(|there| there.permissions()))
        .and_then(|()| std::fs::rename(&temporary, &whole));
    if written.is_err() {
        // What is left of it names patients. If it was never made, there is nothing to remove.
        std::fs::remove_file(&temporary).ok();
    }
    written.map_err(failed)
}

fn write_new(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> std::io::Result<()> {
    let mut file = std::fs::File::create_new(path)?;
    if let Some(permissions) = permissions {
        file.set_permissions(permissions)?;
    }
    file.write_all(bytes)?;
    file.sync_all()
}
