//! `claimgate codes`.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};
use x12::value::Day;

use super::{Failure, Format, Outcome, complain, day_or_today, parse_day};
use crate::clock;
use crate::code_sets::layouts::{self, Taken, Wanted};
use crate::code_sets::library::Library;
use crate::code_sets::table::change::{self, Change, Named};
use crate::code_sets::table::draft::{Draft, Loss};
use crate::code_sets::table::{About, Span, Table};
use crate::code_sets::{self, Standing};
use crate::code_sets::{edition, facts};
use crate::shelf;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate codes list\n  \
    claimgate codes lookup diagnosis E119 --on 2026-10-28\n  \
    claimgate codes import hcpcs HCPC2026_OCT_ANWEB.txt --edition '2026 October'\n  \
    claimgate codes import ncci-ptp ccipra-v324r0-f1.txt ccipra-v324r0-f2.txt\n  \
    claimgate codes import diagnosis icd10cm_order_2027.txt --edition FY2027")]
pub struct CodesArguments {
    #[command(subcommand)]
    command: CodesCommand,
}

#[derive(Debug, Subcommand)]
enum CodesCommand {
    /// Every set at hand, and those that can be imported.
    #[command(after_help = "Example:\n  claimgate codes list --format json")]
    List {
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// What a code is worth on a day.
    #[command(after_help = "Examples:\n  claimgate codes lookup diagnosis E119\n  \
        claimgate codes lookup ncci-ptp '80053 80048' --on 2026-10-28")]
    Lookup {
        /// The set, as `codes list` names it.
        set: String,
        /// The code; two with a blank between for a pair.
        code: String,
        /// The day; today without it.
        #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
        on: Option<Day>,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Takes in a publisher's file as the edition in force.
    #[command(
        after_help = "Examples:\n  claimgate codes import taxonomy nucc_taxonomy_261.csv\n  \
        claimgate codes import ncci-mue practitioner.csv outpatient.csv dme.csv --edition 2026Q4"
    )]
    Import(ImportArguments),
    /// Takes an imported edition away: back to what is built in, or to nothing.
    #[command(after_help = "Example:\n  claimgate codes drop hcpcs")]
    Drop {
        /// The set, as `codes list` names it.
        set: String,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
}

#[derive(Debug, Args)]
struct ImportArguments {
    /// The set, as `codes list` names it.
    set: String,
    /// The file as it was published, unpacked; several when an edition comes in several.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// What to call the edition; an order file of ICD-10 needs FY2027, or its first day.
    #[arg(long, value_name = "TEXT", value_parser = parse_edition)]
    edition: Option<String>,
    /// Take an edition that has far fewer codes than the one in force, or no days where that has some.
    #[arg(long)]
    smaller: bool,
    /// Take an edition that is earlier than the one in force.
    #[arg(long)]
    older: bool,
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Lists, looks up, imports.
pub fn run(
    arguments: &CodesArguments,
    data: &Path,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    // What is compared with the shelf must still be there when the shelf changes.
    let changes = matches!(arguments.command, CodesCommand::Import(_) | CodesCommand::Drop { .. });
    if let CodesCommand::Import(own) = &arguments.command {
        refuse_what_is_no_file(&own.files)?;
    }
    let tell_wait = || complain(&"another import or drop has its turn; this one waits for it");
    let _turn = if changes { Some(shelf::take_turn(data, tell_wait)?) } else { None };
    let library = shelf::load(data);
    match &arguments.command {
        CodesCommand::List { format } => list(&*library?, *format, out),
        CodesCommand::Lookup { set, code, on, format } => {
            let [set] = sets_of(set)[..] else { return Err(no_such_set(set)) };
            lookup(&*library?, set, code, day_or_today(*on), *format, out)
        }
        CodesCommand::Import(own) => {
            let sets = sets_of(&own.set);
            if sets.is_empty() {
                return Err(no_such_set(&own.set));
            }
            let importable = layouts::sets();
            if let Some(set) = sets.iter().find(|set| !importable.contains(set)) {
                return Err(Failure::Unusable(format!(
                    "{set} is built in alone, and no file of it can be imported"
                )));
            }
            // A damaged table is what an import mends.
            let library = library.unwrap_or_else(|_| Library::built_in());
            for set in sets {
                import(own, set, &library, data, out)?;
            }
            Ok(Outcome::Clean)
        }
        CodesCommand::Drop { set, format } => {
            let sets = sets_of(set);
            if sets.is_empty() {
                return Err(no_such_set(set));
            }
            // A damaged table may go as well.
            let library = library.unwrap_or_else(|_| Library::built_in());
            sets.into_iter().try_for_each(|set| drop_set(set, &library, data, *format, out))?;
            Ok(Outcome::Clean)
        }
    }
}

/// To read a pipe might never end, and others would wait for their turn as long.
fn refuse_what_is_no_file(files: &[PathBuf]) -> Result<(), Failure> {
    for path in files {
        let about = std::fs::metadata(path);
        if about.is_ok_and(|about| !about.is_file()) {
            return Err(Failure::Unusable(format!(
                "{} is a folder, a pipe or a device; write what it holds into a file, and import that",
                path.display()
            )));
        }
    }
    Ok(())
}

/// Says which edition goes, and which one answers without it.
fn drop_set(
    set: &str,
    library: &Library,
    data: &Path,
    format: Format,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    if !shelf::remove(data, set)? {
        return Err(Failure::Unusable(format!("no edition of {set} was imported")));
    }
    let dropped = library.imported(set).map_or("damaged", |table| table.about.edition.as_str());
    let now = Library::built_in().edition(set).map(str::to_owned);
    match format {
        Format::Text => {
            let now = now.unwrap_or_else(|| "nothing: the set is not at hand".to_owned());
            writeln!(out, "{set}: dropped {dropped}; in force is {now}")?;
        }
        Format::Json => {
            let line = json!({"kind": "dropped", "set": set, "dropped": dropped, "edition": now});
            writeln!(out, "{line}")?;
        }
    }
    Ok(())
}

fn no_such_set(set: &str) -> Failure {
    Failure::Unusable(format!(
        "there is no code set '{set}'; `claimgate codes list` names them all"
    ))
}

/// The sets that a person means: by their own names, or by those of the plain files.
fn sets_of(text: &str) -> Vec<&'static str> {
    let text = text.to_ascii_lowercase().replace('_', "-");
    let known = layouts::sets().into_iter().chain(code_sets::list().iter().map(|set| set.name));
    let mut sets: Vec<&str> = known
        .filter(|&name| {
            let of_file = FILES.iter().find(|(file, _)| *file == text);
            name == of_file.map_or(text.as_str(), |(_, set)| set)
                || (text == "icd10cm-mce-flags"
                    && name.starts_with("diagnosis-")
                    && layouts::sets().contains(&name))
        })
        .collect();
    sets.sort_unstable();
    sets.dedup();
    sets
}

/// What plain files are called whose set has another name.
const FILES: &[(&str, &str)] = &[
    ("admission-sources", "point-of-origin"),
    ("admission-types", "admission-type"),
    ("bill-type-frequency", "claim-frequency"),
    ("carc", "claim-adjustment-reason"),
    ("cdt", "dental-procedure"),
    ("claim-adjustment-groups", "adjustment-group"),
    ("claim-filing-indicators", "claim-filing"),
    ("claim-status-categories", "claim-status-category"),
    ("claim-status-codes", "claim-status"),
    ("clp-claim-status", "remittance-status"),
    ("condition-codes", "condition"),
    ("cpt", "procedure"),
    ("cpt-modifiers", "cpt-modifier"),
    ("hcpcs-modifiers", "modifier"),
    ("icd10cm", "diagnosis"),
    ("icd10pcs", "inpatient-procedure"),
    ("mpfs-gpci-2024", "mpfs-gpci"),
    ("mpfs-rvu-2024q3", "mpfs"),
    ("msdrg", "drg"),
    ("mue", "ncci-mue"),
    ("ncci-ptp-outpatient", "ncci-ptp-hospital"),
    ("ncci-ptp-practitioner", "ncci-ptp"),
    ("nucc-taxonomy", "taxonomy"),
    ("occurrence-codes", "occurrence"),
    ("occurrence-span-codes", "occurrence-span"),
    ("patient-status-codes", "patient-status"),
    ("plb-reason-codes", "provider-adjustment"),
    ("pos", "place-of-service"),
    ("rarc", "remark"),
    ("revenue-codes", "revenue"),
    ("us-states", "state"),
    ("value-codes", "value"),
];

fn list(library: &Library, format: Format, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut names = layouts::sets();
    names.extend(code_sets::list().iter().map(|set| set.name));
    names.sort_unstable();
    names.dedup();
    for name in names {
        let built_in = code_sets::list().iter().find(|set| set.name == name);
        let (origin, count, edition) = match (library.imported(name), built_in) {
            (Some(table), _) => ("imported", table.len(), table.about.edition.as_str()),
            (None, Some(info)) => ("built in", info.count, info.edition),
            (None, None) => ("none", 0, "not at hand; import it"),
        };
        match format {
            Format::Text => writeln!(out, "{name:<27} {origin:<8} {count:>9}  {edition}")?,
            Format::Json => {
                let mut object = Map::new();
                object.insert("set".to_owned(), json!(name));
                object.insert("origin".to_owned(), json!(origin));
                if count > 0 {
                    object.insert("edition".to_owned(), json!(edition));
                    object.insert("codes".to_owned(), json!(count));
                }
                if let Some(About { file, rows, imported, .. }) =
                    library.imported(name).map(|table| &table.about)
                {
                    object.insert("file".to_owned(), json!(file));
                    object.insert("rows".to_owned(), json!(rows));
                    let day = imported.map(|day| day.to_string());
                    object.insert("imported".to_owned(), json!(day));
                }
                writeln!(out, "{}", Value::Object(object))?;
            }
        }
    }
    Ok(Outcome::Clean)
}

fn lookup(
    library: &Library,
    set: &str,
    code: &str,
    on: Day,
    format: Format,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut code = code.trim().to_ascii_uppercase();
    // People write E11.9, and files E119.
    if set.starts_with("diagnosis") || set == "inpatient-procedure" {
        code.retain(|sign| sign != '.');
    }
    let Some(edition) = library.edition(set) else {
        return Err(Failure::Unusable(format!(
            "the code set {set} is not at hand; `claimgate codes import {set} FILE` takes it in"
        )));
    };
    let spans = spans_of(library, set, &code);
    let standing = match code.split_once(' ') {
        Some(_) => code_sets::table::standing_in(&spans, on),
        None => library.standing(set, code.as_bytes(), on).unwrap_or(Standing::Unknown),
    };
    let (word, told) = match standing {
        Standing::Valid => ("valid", format!("in effect on {on}")),
        Standing::Header => ("header", "a header: longer codes begin with it".to_owned()),
        Standing::Unknown => ("unknown", "not in the set".to_owned()),
        Standing::NotYet(first) => ("not-yet", format!("in effect from {first} on")),
        Standing::Ended(last) => ("ended", format!("ended on {last}")),
    };
    let in_json = |span: &Span| {
        let told = facts::told(set, span).into_iter();
        let facts: Map<String, Value> = told.map(|(name, what)| (name, json!(what))).collect();
        let day = |day: Option<Day>| day.map(|day| day.to_string());
        json!({"first": day(span.first), "last": day(span.last), "facts": facts})
    };
    match format {
        Format::Text => {
            writeln!(out, "{code}: {told}")?;
            writeln!(out, "set: {set}, {edition}")?;
            for span in &spans {
                let day = |day: Option<Day>| day.map_or("open".to_owned(), |day| day.to_string());
                writeln!(out, "from {} to {}", day(span.first), day(span.last))?;
                for (name, what) in facts::told(set, span) {
                    writeln!(out, "  {name}: {what}")?;
                }
            }
            if let Some(meaning) = code_sets::meaning(set, code.as_bytes()) {
                writeln!(out, "meaning: {meaning}")?;
            }
        }
        Format::Json => {
            let line = json!({
                "set": set, "code": code, "on": on.to_string(), "standing": word,
                "edition": edition, "spans": spans.iter().map(in_json).collect::<Vec<_>>(),
            });
            writeln!(out, "{line}")?;
        }
    }
    Ok(Outcome::from_findings(standing != Standing::Valid))
}

fn spans_of(library: &Library, set: &str, code: &str) -> Vec<Span> {
    let Some(table) = library.imported(set) else { return Vec::new() };
    match code.split_once(' ') {
        None => table.spans(code.as_bytes()).to_vec(),
        Some((one, other)) => {
            let members = table.member(one.as_bytes()).zip(table.member(other.trim().as_bytes()));
            members.map_or(Vec::new(), |(one, other)| table.pair(one, other).to_vec())
        }
    }
}

/// Reads a set out of the files and puts it on the shelf, whole or not at all.
fn import(
    own: &ImportArguments,
    set: &str,
    library: &Library,
    data: &Path,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let today = clock::today(&clock::Zone::UTC);
    own.files.iter().try_for_each(|path| refuse_by_name(set, path))?;
    let mut draft = Draft::default();
    let mut taken = Taken { layout: "", rows: 0, left: 0 };
    let starts = own.edition.as_deref().and_then(first_day_of);
    for path in &own.files {
        let shown = path.display();
        let file = File::open(path)
            .map_err(|error| Failure::Unusable(format!("{shown} cannot be read: {error}")))?;
        let read = layouts::read(&Wanted { set, starts }, file, &mut draft);
        let read = read.map_err(|refusal| {
            Failure::Unusable(format!(
                "{shown}, {refusal}; nothing was taken in, and {} stays in force",
                library.edition(set).unwrap_or("no edition")
            ))
        })?;
        taken = Taken { rows: taken.rows + read.rows, left: taken.left + read.left, ..read };
    }
    let before = library.in_force(set, today);
    refuse_a_rest(own, &draft, before.as_ref(), library, set)?;
    if let (Some(before), Some(_)) = (&before, draft.first) {
        refuse_an_earlier_one(before, &draft)?;
        draft.continue_from(before);
    }
    let names: Vec<String> = own.files.iter().map(|path| name_of(path)).collect();
    let about = About {
        set: set.to_owned(),
        edition: own.edition.clone().unwrap_or_else(|| format!("{} of {today}", names.join(", "))),
        file: names.join(", "),
        rows: taken.rows,
        imported: Some(today),
        ..About::default()
    };
    let table = draft.finish(about).map_err(|contradiction| {
        Failure::Unusable(format!(
            "{}, line {}: says other than line {} of the same code on the same days; nothing was \
             taken in",
            names.join(", "),
            contradiction.line,
            contradiction.earlier_line
        ))
    })?;
    if let Some(known) = library.imported(set).filter(|_| !own.older) {
        refuse_an_older_one(own, known, &table, today)?;
    }
    refuse_an_undated_one(own, library.imported(set), &table)?;
    // What is built in goes on answering for codes that a list without days lacks.
    let answering = Library::with([table.clone()]);
    let is_known =
        |code: &str| answering.standing(set, code.as_bytes(), today) == Some(Standing::Valid);
    let mut change = before.map(|before| change::between(&before, &table, today, is_known));
    // Most built-in sets are compared as they stand today: their days are not known one by one.
    let has_days =
        library.imported(set).is_some() || matches!(set, "diagnosis" | "inpatient-procedure");
    if let Some(change) = change.as_mut().filter(|_| !has_days) {
        change.changed = Named::default();
    }
    let bytes = shelf::put(data, &table)?;
    tell(own.format, &table, taken, bytes, change.as_ref(), out)
}

/// The two tables of NCCI pairs have one layout, and their names alone tell them apart.
fn refuse_by_name(set: &str, path: &Path) -> Result<(), Failure> {
    let name = name_of(path).to_ascii_lowercase();
    let is_of = |words: &[&str]| words.iter().any(|word| name.contains(word));
    let (of_doctors, of_hospitals) =
        (is_of(&["ccipra", "practitioner"]), is_of(&["ccioph", "hospital", "outpatient"]));
    let other = match set {
        "ncci-ptp" if of_hospitals && !of_doctors => "ncci-ptp-hospital",
        "ncci-ptp-hospital" if of_doctors && !of_hospitals => "ncci-ptp",
        _ => return Ok(()),
    };
    Err(Failure::Unusable(format!(
        "{name} is called as a file of {other} and not of {set}; nothing was taken in; if it is of \
         {set}, call it otherwise"
    )))
}

/// A yearly file says nothing of the years after it.
fn refuse_an_earlier_one(before: &Table, draft: &Draft) -> Result<(), Failure> {
    match (before.about.last, draft.last) {
        (Some(known), Some(last)) if last < known => Err(Failure::Unusable(format!(
            "the file speaks for days until {last}, and the edition in force ({}) until {known}; \
             nothing was taken in",
            before.about.edition
        ))),
        _ => Ok(()),
    }
}

/// An edition of an earlier time would bring back codes that ended, and know none that are new. Its name
/// tells it, or else that it knows of nothing as late as the edition in force.
fn refuse_an_older_one(
    own: &ImportArguments,
    known: &Table,
    table: &Table,
    today: Day,
) -> Result<(), Failure> {
    let known_name = &known.about.edition;
    // A name that nobody gave tells when it was imported.
    let by_name = own.edition.as_ref().and_then(|name| edition::is_earlier(name, known_name));
    let newest = table.newest_start(today).zip(known.newest_start(today));
    let why = match (by_name, newest) {
        (Some(true), _) => "by its name".to_owned(),
        (None, Some((newest, known_newest))) if newest < known_newest => {
            format!("its newest code begins on {newest}, that one's on {known_newest}")
        }
        (Some(false) | None, _) => return Ok(()),
    };
    Err(Failure::Unusable(format!(
        "{} is earlier than {known_name}, which is in force: {why}; nothing was taken in; if you mean \
         to go back, add --older",
        table.about.edition
    )))
}

/// Without its days a list brings back every code that ended.
fn refuse_an_undated_one(
    own: &ImportArguments,
    known: Option<&Table>,
    table: &Table,
) -> Result<(), Failure> {
    if own.smaller || table.is_dated() || !known.is_some_and(Table::is_dated) {
        return Ok(());
    }
    Err(Failure::Unusable(format!(
        "{} names no days, and the edition in force does: its columns of days were most likely lost, \
         and ended codes would come back; nothing was taken in; if it is whole, add --smaller",
        table.about.file
    )))
}

/// A file that holds less than the edition in force was most likely cut off, or is another set's.
fn refuse_a_rest(
    own: &ImportArguments,
    draft: &Draft,
    before: Option<&Table>,
    library: &Library,
    set: &str,
) -> Result<(), Failure> {
    let name = name_of(own.files.first().map_or(Path::new(""), PathBuf::as_path));
    if draft.is_empty() {
        let why = format!("{name} holds no code of {set}; nothing was taken in");
        return Err(Failure::Unusable(why));
    }
    if own.smaller {
        return Ok(());
    }
    let insist = "it was most likely cut off, or is another set's; nothing was taken in; if it is \
                  whole, add --smaller";
    // Codes that ended go out of lists, so that those in force are counted where they can be.
    let loss = match before {
        Some(before) => draft.loss(before, draft.first.unwrap_or(clock::today(&clock::Zone::UTC))),
        None => {
            let built_in = code_sets::list().iter().find(|info| info.name == set);
            let count = built_in.map_or(0, |info| info.count);
            let missing = count.saturating_sub(draft.len());
            Loss { in_force: count, missing, ..Loss::default() }
        }
    };
    let named = loss.in_force - loss.missing;
    let all = loss.in_force + loss.strange;
    let is_strange = 0 < loss.missing && before.is_some() && !draft.is_dated();
    if is_strange && named * 100 < all * PERCENT_COMMON_MIN {
        return Err(Failure::Unusable(format!(
            "{name} has {named} codes of {set} in common with what is in force ({}), and {} beside them: \
             {insist}",
            library.edition(set).unwrap_or("no edition"),
            loss.strange
        )));
    }
    let is_first = library.imported(set).is_none() && draft.first.is_none();
    let percent = match (is_first, draft.is_dated()) {
        // A list with days ends every code of what is built in that it lacks.
        (true, true) => 0,
        // One without leaves it to what is built in, but for diagnoses, which are looked up in one list alone.
        (true, false) if set != "diagnosis" => PERCENT_LEFT_MAX,
        (_, _) => PERCENT_MISSING_MAX,
    };
    let is_cut_off = loss.is_end && END_MISSING_MAX < loss.missing;
    if is_cut_off || loss.missing * 100 > loss.in_force * percent {
        return Err(Failure::Unusable(format!(
            "{name} does not name {} of the {} codes of {set} that are in force ({}){}, not even as \
             ended: {insist}",
            loss.missing,
            loss.in_force,
            library.edition(set).unwrap_or("no edition"),
            match loss.first.as_slice() {
                [] => String::new(),
                first => format!(", such as {}", first.join(", ")),
            }
        )));
    }
    let known = before.map_or(0, Table::len);
    if draft.first.is_none() && draft.len() * 100 < known * PERCENT_MIN {
        return Err(Failure::Unusable(format!(
            "{name} holds {} of {set}, and the edition in force {known}: {insist}",
            draft.len()
        )));
    }
    Ok(())
}

/// Codes go out one here and one there. Where more than so many are missing, and all of them from the end,
/// the file was cut off.
const END_MISSING_MAX: usize = 20;

/// A list that leaves more than this to what is built in is most likely another set's.
const PERCENT_LEFT_MAX: usize = 50;

/// Of all codes of a list without days and of what is in force, so many are in both. Condition and value
/// codes have 58 of 100 in common.
const PERCENT_COMMON_MIN: usize = 65;

/// Editions grow, and say of a code that it ended before they leave it out.
const PERCENT_MISSING_MAX: usize = 5;

/// Those that ended long ago may be left out.
const PERCENT_MIN: usize = 75;

/// A name of an edition stands in findings, reports and logs.
fn parse_edition(text: &str) -> Result<String, String> {
    let name = text.trim();
    if name.is_empty() || EDITION_SIGNS_MAX < name.chars().count() {
        return Err(format!("give it a name of up to {EDITION_SIGNS_MAX} signs"));
    }
    if name.chars().any(char::is_control) {
        return Err("it holds signs that cannot be printed".to_owned());
    }
    edition::possible(name)?;
    Ok(name.to_owned())
}

/// It is to fit into a line of a report.
const EDITION_SIGNS_MAX: usize = 80;

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// `FY2027` begins in October 2026; a day is itself.
fn first_day_of(edition: &str) -> Option<Day> {
    edition.split_whitespace().find_map(|word| match word.strip_prefix("FY") {
        Some(year) => Day::new(year.parse::<u16>().ok()?.checked_sub(1)?, 10, 1),
        None => Day::parse_dashed(word),
    })
}

fn tell(
    format: Format,
    table: &Table,
    taken: Taken,
    bytes: u64,
    change: Option<&Change>,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let About { set, edition, rows, .. } = &table.about;
    let days = days_of(table);
    if format == Format::Json {
        let mut line = json!({
            "kind": "imported", "set": set, "edition": edition, "layout": taken.layout, "rows": rows,
            "left": taken.left,
            "codes": table.len(), "bytes": bytes,
        });
        if let (Some(object), Some(change)) = (line.as_object_mut(), change) {
            for (name, what) in named(change) {
                object.insert(name.to_owned(), json!(what.count));
            }
        }
        writeln!(out, "{line}")?;
        return Ok(());
    }
    writeln!(out, "{set}: {edition}")?;
    writeln!(out, "  read as: {}", taken.layout)?;
    writeln!(out, "  rows: {rows}, codes or pairs: {}, bytes kept: {bytes}", table.len())?;
    if taken.left > 0 {
        writeln!(out, "  rows left out, retired or without the flag of the set: {}", taken.left)?;
    }
    writeln!(out, "  days: {days}")?;
    match change {
        None => writeln!(out, "  the first edition that was imported")?,
        Some(change) => {
            for (name, Named { count, first }) in named(change) {
                let more = if *count > first.len() as u64 { " …" } else { "" };
                let which = if first.is_empty() {
                    String::new()
                } else {
                    format!(": {}", first.join(", "))
                };
                let words = if name == KEPT { "left to what is built in" } else { name };
                writeln!(out, "  {words}: {count}{which}{more}")?;
            }
        }
    }
    Ok(())
}

fn named(change: &Change) -> [(&'static str, &Named); 4] {
    let Change { added, ended, kept, changed } = change;
    [("added", added), ("ended", ended), (KEPT, kept), ("changed", changed)]
}

/// What programs call the codes that a list without days leaves to what is built in.
const KEPT: &str = "kept";

/// The first and last days that its codes name.
fn days_of(table: &Table) -> String {
    let mut days: Vec<Day> = table
        .entries()
        .flat_map(|(_, spans)| spans.iter().flat_map(|span| [span.first, span.last]))
        .flatten()
        .collect();
    days.sort_unstable();
    match (days.first(), days.last()) {
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => "none are named".to_owned(),
    }
}
