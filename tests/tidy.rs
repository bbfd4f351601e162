//! The tree keeps its order: who may import whom, what a pure room does without, and how long
//! things may grow. ARCHITECTURE.md says why.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// A room of `src/`, what it may import of ours, and whether it may touch the world.
struct Room {
    name: &'static str,
    is_pure: bool,
    imports: &'static [&'static str],
}

const fn pure(name: &'static str, imports: &'static [&'static str]) -> Room {
    Room { name, is_pure: true, imports }
}

const fn shell(name: &'static str, imports: &'static [&'static str]) -> Room {
    Room { name, is_pure: false, imports }
}

/// Every room, those that import least first. Two knots are meant: `change` is the vocabulary in
/// which `denials` and `ledger` speak, and carries their words; `responses` is the half of `intake`
/// that hears payers.
const ROOMS: &[Room] = &[
    pure("limits", &[]),
    pure("harmless", &[]),
    pure("lifecycle", &[]),
    pure("code_sets", &[]),
    pure("scrub", &["code_sets", "limits"]),
    pure("contracts", &["code_sets"]),
    pure("change", &["contracts", "denials", "ledger", "lifecycle", "scrub"]),
    pure("document", &["change"]),
    pure("denials", &["change", "code_sets", "contracts", "harmless", "limits"]),
    pure("ledger", &["change", "denials"]),
    pure(
        "reconcile",
        &["change", "code_sets", "contracts", "denials", "ledger", "lifecycle", "limits"],
    ),
    pure("bank", &["change", "denials", "ledger"]),
    pure(
        "intake",
        &[
            "change",
            "code_sets",
            "contracts",
            "coordination",
            "denials",
            "document",
            "harmless",
            "ledger",
            "lifecycle",
            "limits",
            "reconcile",
            "responses",
            "scrub",
        ],
    ),
    pure(
        "responses",
        &[
            "change",
            "code_sets",
            "contracts",
            "denials",
            "harmless",
            "intake",
            "ledger",
            "lifecycle",
            "limits",
            "reconcile",
        ],
    ),
    pure("outbound", &["document", "limits"]),
    pure("coordination", &["change", "document", "reconcile"]),
    pure("inspect", &["change", "code_sets", "intake", "limits", "scrub"]),
    pure("corrections", &["change", "document", "intake", "limits", "outbound", "scrub"]),
    pure("convert", &["code_sets"]),
    pure(
        "reports",
        &[
            "change",
            "code_sets",
            "convert",
            "denials",
            "ledger",
            "lifecycle",
            "reconcile",
            "statement",
        ],
    ),
    pure("appeal", &["code_sets", "convert", "denials"]),
    pure("statement", &["change", "code_sets", "convert", "harmless", "ledger", "lifecycle"]),
    pure("simulated_payer", &["bank", "code_sets", "intake"]),
    shell("clock", &[]),
    shell(
        "settings",
        &["bank", "change", "clock", "code_sets", "contracts", "denials", "limits", "scrub"],
    ),
    shell("telemetry", &["limits", "scrub", "settings"]),
    shell("shelf", &["code_sets"]),
    shell(
        "store",
        &["change", "contracts", "denials", "ledger", "lifecycle", "limits", "reports", "scrub"],
    ),
    shell("transport", &["clock", "limits", "settings", "telemetry"]),
    shell("web", &["limits", "store", "telemetry"]),
    shell("cores", &["intake"]),
    shell("audit", &["change", "denials", "ledger", "lifecycle", "reports", "scrub", "store"]),
    shell("gateway", EVERYTHING),
    shell("commands", EVERYTHING),
];

/// The rooms that join the others up.
const EVERYTHING: &[&str] = &["everything"];

/// What a pure room does without, and what it does instead.
const NOT_IN_PURE_ROOMS: &[(&str, &str)] = &[
    ("tokio", "a pure room does not wait"),
    ("std::fs", "bytes are an argument"),
    ("std::net", "bytes are an argument"),
    ("std::env::", "settings are an argument"),
    ("SystemTime", "the time is an argument"),
    ("Instant", "the time is an argument"),
    ("tracing", "the caller logs what was decided"),
    ("metrics::", "the caller counts what was decided"),
    ("rusqlite", "what the store knows is an argument"),
    ("rand::", "chance is an argument"),
    ("spawn", "the caller decides what runs where"),
    ("Serialize", "whoever writes it down has rows of its own"),
];

#[test]
fn rooms_import_downward_only() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let Some(room) = source.room() else { continue };
        for (number, line) in source.code() {
            for name in imports_in(line) {
                let is_allowed = name == room.name
                    || room.imports == EVERYTHING
                    || room.imports.contains(&name)
                    || !ROOMS.iter().any(|known| known.name == name);
                if !is_allowed {
                    wrong.push(format!("{}: {} imports {name}", source.at(number), room.name));
                }
            }
        }
    }
    none(&wrong, "a room imports only what tests/tidy.rs allows it; see ARCHITECTURE.md");
}

#[test]
fn every_room_has_its_place() {
    let listed: BTreeSet<&str> = ROOMS.iter().map(|room| room.name).collect();
    let declared = read("src/lib.rs");
    let declared: BTreeSet<&str> = declared
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    assert_eq!(declared, listed, "src/lib.rs and the list of rooms here differ");
    let map = read("ARCHITECTURE.md");
    let unnamed: Vec<_> =
        listed.iter().filter(|room| !map.contains(&format!("`{room}`"))).collect();
    none(&unnamed, "ARCHITECTURE.md names every room");
    for room in ROOMS.iter().filter(|room| room.is_pure) {
        let shells = room.imports.iter().filter(|name| !is_pure(name));
        none(&shells.collect::<Vec<_>>(), "a pure room imports pure rooms");
    }
}

#[test]
fn pure_rooms_do_not_touch_the_world() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        if !source.room().is_some_and(|room| room.is_pure) {
            continue;
        }
        wrong.extend(touches(&source));
    }
    none(&wrong, "a pure room takes values and gives values");
}

#[test]
fn the_parser_knows_x12_alone() {
    let mut wrong: Vec<String> = sources("parsers/src").iter().flat_map(touches).collect();
    let manifest = read("parsers/Cargo.toml");
    let (_, after) = manifest.split_once("[dependencies]").expect("the parser's dependencies");
    let (dependencies, _) = after.split_once("\n[").expect("what follows them");
    let allowed = ["bytes", "memchr", "nom", "serde", "serde_json", "wide"];
    let names = dependencies.lines().filter_map(|line| line.split(['.', ' ']).next());
    wrong.extend(
        names
            .filter(|name| !name.is_empty() && !name.starts_with('#') && !allowed.contains(name))
            .map(|name| format!("parsers/Cargo.toml: {name}")),
    );
    none(&wrong, "the parser crate imports nothing of ours and nothing of the world");
}

#[test]
fn files_stay_short() {
    const LINES_MAX: usize = 700;
    // The tables of the guides are read beside the printed guides, from top to bottom.
    let is_table = |path: &Path| {
        let path = path.to_string_lossy();
        let is_base = ["base.rs", "elements.rs"].iter().any(|name| path.ends_with(name));
        path.starts_with("parsers/src/guide/x") || path.starts_with("parsers/src/guide/") && is_base
    };
    // Examples are read on the pages that are made of them.
    let is_doc = |line: &str| line.trim_start().starts_with("///") || line.starts_with("//!");
    let wrong: Vec<String> = all_sources()
        .iter()
        .map(|source| (source, source.lines.iter().filter(|line| !is_doc(line)).count()))
        .filter(|(source, lines)| LINES_MAX < *lines && !is_table(&source.path))
        .map(|(source, lines)| format!("{} has {lines} lines", source.path.display()))
        .collect();
    none(&wrong, "a file has at most 700 lines; give half of it a name of its own");
}

#[test]
fn functions_fit_on_a_screen() {
    const LINES_MAX: usize = 70;
    // One exhaustive match from faults to the words and codes of acknowledgments.
    const TABLES: &[(&str, &str)] = &[("parsers/src/fault/words.rs", "words")];
    let mut wrong = Vec::new();
    for source in all_sources() {
        for (number, name, len) in functions(&source.lines) {
            let is_table =
                TABLES.iter().any(|&(path, table)| Path::new(path) == source.path && table == name);
            if LINES_MAX < len && !is_table {
                wrong.push(format!("{}: {name} has {len} lines", source.at(number)));
            }
        }
    }
    none(&wrong, "a function has at most 70 lines; give plain work a name of its own");
}

#[test]
fn every_file_says_what_it_is() {
    // A rule says it where its page takes it from, too.
    let is_rule = |source: &Source| source.lines.iter().any(|line| line.starts_with("    what: "));
    let wrong: Vec<String> = all_sources()
        .iter()
        .filter(|source| !source.lines.first().is_some_and(|line| line.starts_with("//! ")))
        .filter(|source| !is_rule(source))
        .map(|source| source.path.display().to_string())
        .collect();
    none(&wrong, "a file begins with a sentence that says what it is: //!");
}

#[test]
fn nothing_is_left_for_later() {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:")];
    let mut wrong = Vec::new();
    for source in all_sources() {
        for (number, line) in source.numbered() {
            if words.iter().any(|word| line.contains(word)) {
                wrong.push(source.at(number));
            }
        }
    }
    none(&wrong, "do it, or say in SHORTCOMINGS.md that it is not done");
}

#[test]
fn only_commands_print_and_nothing_unwraps() {
    let mut wrong = Vec::new();
    for source in sources("src").into_iter().chain(sources("parsers/src")) {
        let may_print =
            source.path.starts_with("src/commands") || source.path == Path::new("src/main.rs");
        for (number, line) in source.code() {
            let prints = line.contains("println!(") || line.contains("eprint!(");
            if (prints && !may_print) || line.contains(".unwrap()") {
                wrong.push(format!("{}: {}", source.at(number), line.trim()));
            }
        }
    }
    none(&wrong, "print in commands alone; instead of unwrap, expect with why it holds");
}

#[test]
fn only_the_clock_is_asked_for_the_time() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let is_clock = source.room().is_some_and(|room| room.name == "clock");
        for (number, line) in source.code().filter(|_| !is_clock) {
            // An `Instant` measures how long a thing took, which is another matter.
            if ["SystemTime::now(", "Timestamp::now(", "Zoned::now("]
                .iter()
                .any(|ask| line.contains(ask))
            {
                wrong.push(source.at(number));
            }
        }
    }
    none(&wrong, "ask clock::now(), in the gateway or in a command, and pass it on");
}

#[test]
fn scripts_can_be_run() {
    let mut wrong = Vec::new();
    for folder in ["scripts", ".ci"] {
        // What a script reads is no script.
        let is_script = |path: &PathBuf| path.extension().is_none_or(|ending| ending != "tsv");
        for path in files_under(Path::new(folder)).into_iter().filter(is_script) {
            let mode = fs::metadata(root().join(&path)).expect("a script").permissions().mode();
            if mode & 0o111 == 0 {
                wrong.push(path.display().to_string());
            }
        }
    }
    none(&wrong, "chmod +x");
}

#[test]
fn documents_lead_to_one_another() {
    let entrances =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"].map(|name| (name, read(name)));
    let mut wrong = Vec::new();
    for path in files_under(Path::new("docs")) {
        let name = path.to_string_lossy();
        let folder = path.parent().expect("a folder").to_string_lossy().into_owned();
        let is_named = |text: &str| {
            text.contains(&*name) || (folder != "docs" && text.contains(&format!("{folder}/")))
        };
        if !entrances.iter().any(|(_, text)| is_named(text)) {
            wrong.push(format!("nothing leads to {name}"));
        }
    }
    for (from, text) in &entrances {
        for target in links(text) {
            if !root().join(target).exists() {
                wrong.push(format!("{from} leads to {target}, which is not there"));
            }
        }
    }
    none(&wrong, "every document is found from the README, and every link leads somewhere");
}

#[test]
fn the_tests_that_guard_invariants_are_there() {
    let map = read("ARCHITECTURE.md");
    let (_, invariants) = map.split_once("## What holds always").expect("the invariants");
    let (invariants, _) = invariants.split_once("\n## ").expect("what follows them");
    let sources: String = all_sources().iter().map(|source| source.lines.join("\n")).collect();
    let mut wrong = Vec::new();
    for guarded in invariants.split("Guarded by:").skip(1) {
        let (guards, _) = guarded.split_once('.').expect("a full stop after the guards");
        for name in guards.split('`').skip(1).step_by(2).filter(|name| name.contains('_')) {
            if !sources.contains(&format!("fn {name}(")) {
                wrong.push(name.to_owned());
            }
        }
    }
    none(&wrong, "ARCHITECTURE.md names tests that are gone");
}

/// X12's answers to requests for interpretation are tests by their numbers, so that a payer's claim can be
/// held against one: `cargo test rfi_2601`. The catalogue of rules lies beside the tree on the machines of
/// those who have it.
#[test]
fn every_answer_of_x12_is_a_test_of_its_name() {
    let mut tests = BTreeSet::new();
    for source in all_sources() {
        let text = source.lines.join("\n");
        // One by one, and those that a table has.
        tests.extend(numbers_after(&text, "fn rfi_"));
        for list in text.split("\nanswers! {").skip(1) {
            let (list, _) = list.split_once("\n}").expect("the end of the list");
            tests.extend(numbers_after(list, " rfi_"));
        }
    }
    assert!(tests.len() >= 40, "{tests:?}");
    let place = root().join("../shared/reference/rules.md");
    let Ok(catalogue) = fs::read_to_string(&place) else {
        println!("skipped: there is no catalogue of rules at {}", place.display());
        return;
    };
    let mut cited: BTreeSet<u32> = BTreeSet::new();
    for citation in catalogue.split("[rfi ").skip(1) {
        let (numbers, _) = citation.split_once(']').expect("the end of a citation");
        cited.extend(numbers.split(", ").filter_map(|number| number.parse::<u32>().ok()));
    }
    assert!(cited.len() >= 40, "{cited:?}");
    let missing: Vec<String> =
        cited.difference(&tests).map(|number| format!("rfi_{number}")).collect();
    none(&missing, "an answer that the catalogue cites is no test");
}

/// The numbers that stand right after a word.
fn numbers_after(text: &str, word: &str) -> Vec<u32> {
    let digits =
        |rest: &str| rest.split(|letter: char| !letter.is_ascii_digit()).next().map(str::to_owned);
    text.split(word).skip(1).filter_map(digits).filter_map(|number| number.parse().ok()).collect()
}

/// A Rust file.
struct Source {
    path: PathBuf,
    lines: Vec<String>,
}

impl Source {
    fn numbered(&self) -> impl Iterator<Item = (usize, &str)> {
        self.lines.iter().enumerate().map(|(index, line)| (index + 1, line.as_str()))
    }

    /// The lines that run outside tests. Tests stand last in a file, or in a file of their own.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_test = self.path.components().any(|part| {
            matches!(part.as_os_str().to_str(), Some("tests" | "tests.rs" | "testing.rs"))
        });
        self.numbered()
            .take_while(move |(_, line)| !is_test && *line != "mod tests {")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    /// The room of `src/` that the file belongs to.
    fn room(&self) -> Option<&'static Room> {
        let within = self.path.strip_prefix("src").ok()?;
        let first = within.components().next()?.as_os_str().to_str()?;
        let name = first.strip_suffix(".rs").unwrap_or(first);
        ROOMS.iter().find(|room| room.name == name)
    }

    fn at(&self, number: usize) -> String {
        format!("{}:{number}", self.path.display())
    }
}

fn is_pure(name: &str) -> bool {
    ROOMS.iter().any(|room| room.name == name && room.is_pure)
}

/// Where a file that should be pure touches the world.
fn touches(source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for (number, line) in source.code() {
        for (word, instead) in NOT_IN_PURE_ROOMS {
            if line.contains(word) {
                found.push(format!("{}: {word}; {instead}", source.at(number)));
            }
        }
    }
    found
}

/// The rooms that a line of code names after `crate::`.
fn imports_in(line: &str) -> Vec<&str> {
    let names = line.split("crate::").skip(1);
    names.filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()).collect()
}

/// Functions of a formatted file: the number of their first line, their name, their length.
fn functions(lines: &[String]) -> Vec<(usize, &str, usize)> {
    let mut found = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let before = code.split("fn ").next().unwrap_or_default();
        let words = ["pub", "pub(crate)", "pub(super)", "const", "async", "unsafe", "extern"];
        if !code.contains("fn ") || !before.split_whitespace().all(|word| words.contains(&word)) {
            continue;
        }
        let indent = " ".repeat(line.len() - code.len());
        let end = format!("{indent}}}");
        let is_declaration = |line: &&String| line.ends_with(';') && !line.contains('{');
        // The formatter closes a function at the depth at which it began.
        let Some(len) = lines[index..].iter().position(|line| *line == end) else { continue };
        if line.ends_with('}') || is_declaration(&line) {
            continue;
        }
        let name = code.split("fn ").nth(1).unwrap_or_default();
        let name = name.split(['(', '<']).next().unwrap_or_default();
        found.push((index + 1, name, len + 1));
    }
    found
}

/// Where links of a Markdown text lead, within this tree.
fn links(text: &str) -> Vec<&str> {
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    targets.filter(|target| !target.is_empty() && !target.contains("://")).collect()
}

fn all_sources() -> Vec<Source> {
    ["src", "parsers", "tests", "benches"].into_iter().flat_map(sources).collect()
}

fn sources(folder: &str) -> Vec<Source> {
    files_under(Path::new(folder))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let text = fs::read_to_string(root().join(&path)).expect("a readable source");
            Source { path, lines: text.lines().map(str::to_owned).collect() }
        })
        .collect()
}

/// Every file under a folder of this tree, as a path from its root.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let Ok(entries) = fs::read_dir(root().join(folder)) else { return found };
    for entry in entries {
        let entry = entry.expect("a readable folder");
        let path = folder.join(entry.file_name());
        let is_folder = entry.file_type().expect("a file or a folder").is_dir();
        if is_folder && entry.file_name() != "target" {
            found.extend(files_under(&path));
        } else if !is_folder {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Fails with a list, unless it is empty.
fn none<T: std::fmt::Display>(wrong: &[T], rule: &str) {
    let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{rule}:\n  {}", lines.join("\n  "));
}
