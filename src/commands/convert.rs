//! `claimgate convert`.

use std::io::Write;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::{Args, ValueEnum};
use serde_json::Value;
use x12::fault::Place;
use x12::foresight::{Foresight, Part, Sets};
use x12::json;
use x12::json::problem::Problem;
use x12::json::write::{Document, Glance, Notice};
use x12::view::remittance::remittance;

use super::ahead::{Reader, all_was_read, each_remittance, in_memory, open_ahead, too_large};
use super::output::Output;
use super::terminal::Harmless;
use super::{Failure, Outcome, complain, count, not_x12};
use crate::convert::draft::ASKED;
use crate::convert::statement::{Statement, statement};
use crate::convert::{eob, table};
use crate::intake::judge::{judge, objection};
use crate::reconcile::balance::balance;
use crate::reconcile::findings::LATER_TELLS_PRIOR;

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
    let (mut file, mut len) = open_ahead(&arguments.file)?;
    let mut outcome = Outcome::Clean;
    let is_json = match first_byte(&mut file) {
        Some(b'{') => true,
        // A list is JSON too, if not of ours; before X12 it may be a line of anything.
        Some(b'[') => arguments.to == Target::X12,
        Some(_) | None => false,
    };
    if is_json {
        let (x12, composed) = x12_of(arguments, &file.bytes(0..len as usize))?;
        if arguments.to == Target::X12 {
            let mut output = Output::new(arguments.output.as_deref(), out)?;
            output.write_all(&x12)?;
            return output.finish().map(|()| composed);
        }
        outcome = composed;
        len = x12.len() as u64;
        file = in_memory(x12);
    }
    let path = arguments.file.as_path();
    let write = match arguments.to {
        Target::X12 => {
            all_was_read(&file, path)?;
            let text = format!("{} is no JSON document; X12 is made of those", path.display());
            return Err(Failure::Unusable(text));
        }
        Target::Json => write_json,
        Target::Csv => write_csv,
        Target::Html => write_html,
    };
    let mut output = Output::new(arguments.output.as_deref(), out)?;
    let converted = write(&mut file, (path, len), &mut output)?;
    output.finish()?;
    Ok(if converted == Outcome::Clean { outcome } else { converted })
}

/// The first byte of a file that is no blank.
fn first_byte(file: &mut Foresight<Reader>) -> Option<u8> {
    const LOOK_BYTES: usize = 1 << 16;
    let mut from = 0;
    loop {
        let bytes = file.bytes(from..from + LOOK_BYTES);
        let text = if from == 0 { bytes.strip_prefix(b"\xEF\xBB\xBF") } else { None };
        let text = text.unwrap_or(&bytes).trim_ascii_start();
        if !text.is_empty() || bytes.is_empty() {
            return text.first().copied();
        }
        from += LOOK_BYTES;
    }
}

fn x12_of(arguments: &ConvertArguments, bytes: &[u8]) -> Result<(Bytes, Outcome), Failure> {
    let composed = json::read::read(bytes);
    for problem in told_of_draft(&composed.problems, bytes) {
        complain(&problem);
    }
    let file = arguments.file.display();
    let problems = count(composed.problems.len() as u64, "problem");
    if composed.problems.is_empty() {
        let bytes = composed.bytes.into();
        // A table or a page shows what does not add up.
        let differences = match arguments.to {
            Target::X12 => differences(&bytes),
            Target::Json | Target::Csv | Target::Html => Differences::default(),
        };
        for warning in &differences.warnings {
            complain(&format_args!("written all the same: {warning}"));
        }
        let differences = differences.found;
        for difference in &differences {
            complain(difference);
        }
        if !differences.is_empty() && !arguments.with_faults {
            let text = format!(
                "{file} holds a remittance that does not add up, as listed above; mend it, or \
                 write it as it is with --with-faults"
            );
            return Err(Failure::Unusable(text));
        }
        return Ok((bytes, Outcome::from_findings(!differences.is_empty())));
    }
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

/// Of what nobody has filled in yet is said that, once, and not what is wrong with a question mark.
fn told_of_draft(problems: &[Problem], bytes: &[u8]) -> Vec<Problem> {
    let mut told: Vec<Problem> = Vec::new();
    // Where nothing is wrong, a large document is not read once more.
    if problems.is_empty() {
        return told;
    }
    let document: Value = serde_json::from_slice(bytes).unwrap_or_default();
    for mut problem in problems.iter().cloned() {
        let pointer =
            problem.path.trim_start_matches('$').replace(['.', '['], "/").replace(']', "");
        if document.pointer(&pointer).and_then(Value::as_str) == Some(ASKED) {
            problem.what = format!("{ASKED:?} is to be filled in: write what the paper says");
        }
        if !told.contains(&problem) {
            told.push(problem);
        }
    }
    told
}

/// X12 as JSON, with notes on what stands in it as it came.
pub(super) fn json_of(bytes: &Bytes, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let len = bytes.len() as u64;
    write_json(&mut in_memory(bytes.clone()), (Path::new("the draft"), len), out)
}

/// What does not add up in remittances, each with its place.
#[derive(Default)]
struct Differences {
    found: Vec<String>,
    /// What only the store can judge.
    warnings: Vec<String>,
}

fn differences(bytes: &Bytes) -> Differences {
    let Differences { mut found, mut warnings } = Differences::default();
    for interchange in &x12::interchange::read(bytes).interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let header = interchange.set_header(set);
                if header.text(1) != b"835" {
                    continue;
                }
                let judged = judge(interchange, group, set);
                let balance = balance(&remittance(interchange, set, &judged.walked));
                let number = header.field(2).text();
                let told = |place: Place, what: &str| {
                    format!("segment {} of set {number}: {what}", place.segment)
                };
                // Also what a payer's 835 is posted in spite of: whoever writes one can put it right.
                let sums = balance.differences().map(|it| told(it.place, &it.told()));
                found.extend(sums);
                for one in balance.findings.iter().filter(|one| one.holds_posting()) {
                    // What was paid before stands in no remittance of a later payer.
                    let is_of_store = one.rule.id == LATER_TELLS_PRIOR;
                    let list = if is_of_store { &mut warnings } else { &mut found };
                    list.push(told(one.place, &one.message()));
                }
            }
        }
    }
    Differences { found, warnings }
}

fn write_json(
    file: &mut Foresight<Reader>,
    (path, len): (&Path, u64),
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Clean;
    let mut tell = |notice: Notice| {
        let Notice { place, what } = notice;
        let (offset, segment) = (place.offset, place.segment);
        let place = format_args!("byte {offset}, segment {segment}");
        complain(&format_args!("{}: {place}: {what}", path.display()));
        outcome = Outcome::ToActOn;
    };
    let mut strays = Vec::new();
    let mut first = None;
    while first.is_none()
        && let Some((part, glance)) = next_part(file, path)?
    {
        match part {
            Part::Stray(stray) => strays.push(stray),
            Part::Interchange(outline) => first = Some((outline, glance)),
        }
    }
    let Some((outline, glance)) = first else {
        all_was_read(file, path)?;
        return Err(not_x12(path, len));
    };
    let mut document = Document::begin(out, &mut tell)?;
    document.interchange(&outline, glance, file)?;
    while let Some((part, glance)) = next_part(file, path)? {
        match part {
            Part::Stray(stray) => strays.push(stray),
            Part::Interchange(outline) => document.interchange(&outline, glance, file)?,
        }
    }
    all_was_read(file, path)?;
    for stray in &strays {
        document.stray(stray);
    }
    document.end()?;
    Ok(outcome)
}

/// What comes next, with a glance at its sets.
fn next_part(file: &mut Foresight<Reader>, path: &Path) -> Result<Option<(Part, Glance)>, Failure> {
    let mut glance = Glance::default();
    let mut failed = None;
    let part = file.next_part(&mut |interchange, set| {
        if set.is_passed_over() {
            failed.get_or_insert_with(|| too_large(path, interchange, set));
        }
        glance.at(interchange, set);
    });
    match failed {
        Some(failure) => Err(failure),
        None => Ok(part.map(|part| (part, glance))),
    }
}

/// Gives every remittance of a file to `each`; says whether all of them add up. What `each` makes of
/// them is for people, and holds nothing of a file that steers what shows it.
fn each_statement(
    file: &mut Foresight<Reader>,
    (path, len): (&Path, u64),
    each: &mut dyn FnMut(&Statement) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    let mut differs = false;
    each_remittance(file, (path, len), &mut |around, (interchange, group, set)| {
        let judged = judge(interchange, group, set);
        let remittance = remittance(interchange, set, &judged.walked);
        let balance = balance(&remittance);
        if !balance.adds_up() || objection(around.0, around.1, &judged).is_some() {
            differs = true;
            complain(&format_args!(
                "{}: the remittance at byte {} has faults or does not add up; \
                 `claimgate remit` and `claimgate check` say where",
                path.display(),
                remittance.place.offset
            ));
        }
        each(&statement(&remittance))
    })?;
    Ok(Outcome::from_findings(differs))
}

fn write_csv(
    file: &mut Foresight<Reader>,
    named: (&Path, u64),
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        Failure::World(format!("writing the table failed: {error}"))
    };
    let mut is_begun = false;
    each_statement(file, named, &mut |statement| {
        let mut table = csv::Writer::from_writer(Vec::new());
        if !std::mem::replace(&mut is_begun, true) {
            table.write_record(table::COLUMNS).map_err(|error| failed(&error))?;
        }
        for row in table::rows(statement) {
            table.write_record(row).map_err(|error| failed(&error))?;
        }
        let table = table.into_inner().map_err(|error| failed(&error))?;
        Ok(Harmless(out).write_all(&table)?)
    })
}

fn write_html(
    file: &mut Foresight<Reader>,
    named: (&Path, u64),
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut is_begun = false;
    let outcome = each_statement(file, named, &mut |statement| {
        if !std::mem::replace(&mut is_begun, true) {
            eob::begin(out)?;
        }
        Ok(eob::remittance(statement, &mut Harmless(out))?)
    })?;
    eob::end(out)?;
    Ok(outcome)
}

#[cfg(test)]
mod tests {
    use x12::json::problem::Gravity;

    use super::*;

    #[test]
    fn a_question_mark_of_a_draft_is_to_be_filled_in() {
        let problem = |path: &str| Problem {
            path: path.to_owned(),
            place: None,
            what: "the value has a character that may not stand there".to_owned(),
            gravity: Gravity::Unwritable,
        };
        let document = br#"{"claims": [{"paid": "?", "status": "??"}]}"#;
        let paths = ["$.claims[0].paid", "$.claims[0].paid", "$.claims[0].status", "$.other"];
        let told = told_of_draft(&paths.map(problem), document);
        let told: Vec<String> = told.iter().map(Problem::to_string).collect();
        assert_eq!(
            told[0],
            "$.claims[0].paid: \"?\" is to be filled in: write what the paper says"
        );
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[1..].iter().all(|one| one.contains("may not stand there")), "{told:?}");
    }
}
