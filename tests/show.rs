//! Files laid out for reading: `testdata/shown/` has what `claimgate show` and `check` say of some
//! files, and the rest holds of all. `UPDATE=1 cargo test --test show` writes it anew; read the
//! difference.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Parser;

use claimgate::commands::store::Desk;
use claimgate::commands::{Arguments, Command, Failure, Outcome, check, remit, rules, show};

/// What is compared to the letter: its name in `testdata/shown/`, and the command.
const SHOWN: &[(&str, &[&str])] = &[
    ("every-loop", &["show", "professional/every-loop.edi"]),
    ("type-of-bill", &["show", "--claim", "WH-1001", "institutional/inpatient.edi"]),
    ("teeth", &["show", "dental/tooth-status.edi"]),
    ("remittance", &["show", "remittance/everything.edi"]),
    ("rejected-999", &["show", "answers/rejected-999.edi"]),
    ("claim-acknowledgment", &["show", "answers/claim-acknowledgment.edi"]),
    ("ta1-with-several-notes", &["show", "answers/ta1-with-several-notes.edi"]),
    ("ta1-beside-groups", &["show", "answers/ta1-beside-groups.edi"]),
    ("element-faults", &["show", "broken/element-faults.edi"]),
    ("segments-missing", &["show", "broken/segments-missing.edi"]),
    ("head-missing", &["check", "broken/head-missing.edi"]),
    ("segments-outside-a-set", &["show", "broken/segments-outside-a-set.edi"]),
    ("header-wrong", &["show", "broken/header-wrong.edi"]),
    ("cut-in-the-middle", &["show", "broken/cut-in-the-middle.edi"]),
    (
        "lines-of-80-with-a-fault",
        &["show", "--only-findings", "broken/lines-of-80-with-a-fault.edi"],
    ),
    ("text-around", &["show", "--only-findings", "broken/text-around.edi"]),
    ("guide-unknown", &["show", "--width", "80", "broken/guide-unknown.edi"]),
    ("not-x12", &["show", "broken/not-x12.edi"]),
    ("one-claim", &["show", "--claim", "WC-2002", "professional/levels.edi"]),
    ("one-payment", &["show", "--claim", "0", "remittance/everything.edi"]),
    ("only-findings", &["show", "--only-findings", "broken/levels-wrong.edi"]),
    ("checked", &["check", "broken/levels-wrong.edi"]),
    ("checked-envelope", &["check", "broken/cut-in-the-middle.edi"]),
    ("checked-folder", &["check", "institutional"]),
    ("checked-page", &["check", "--format", "html", "professional"]),
];

#[test]
fn pages_are_as_they_were() {
    for (name, words) in SHOWN {
        let (mut words, file) = (words.to_vec(), words.last().expect("a file"));
        let path = root().join("testdata").join(file);
        *words.last_mut().expect("a file") = path.to_str().expect("a path");
        let (text, _) = run(&words);
        let text = text.replace(&format!("{}/", root().display()), "");
        let kept = root().join(format!("testdata/shown/{name}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(kept.parent().expect("a folder")).expect("a folder to write in");
            fs::write(&kept, &text).expect("a page to write");
        }
        let before = fs::read_to_string(&kept).unwrap_or_default();
        assert!(
            before == text,
            "{} is stale: run UPDATE=1 cargo test --test show, and read the difference",
            kept.display()
        );
    }
}

#[test]
fn every_finding_is_in_its_place_and_every_segment_is_there() {
    for path in files_under("testdata") {
        let path = path.to_str().expect("a path");
        let (shown, _) = run(&["show", path]);
        let (checked, _) = run(&["check", "--format", "json", path]);
        let findings = told_apart(&checked);
        let severities = ["= reject ", "= hold ", "= warn ", "= repair "];
        let begins = |line: &&str| {
            let line = line.trim_start();
            // Bytes between interchanges stand where they are, and their finding is a line.
            let is_stray =
                line.starts_with("bytes ") && line.contains(" belong to no interchange:");
            is_stray
                || severities.iter().any(|word| line.starts_with(word))
                || ["reject[", "hold["].iter().any(|word| line.starts_with(word))
        };
        let bytes = bytes::Bytes::from(fs::read(path).expect("a file"));
        let reading = x12::interchange::read(&bytes);
        // Of a file without an interchange `check` says just that.
        let is_x12 = !reading.interchanges.is_empty();
        assert!(!is_x12 || shown.lines().filter(begins).count() == findings, "{path}:\n{shown}");
        for interchange in &reading.interchanges {
            for set in interchange.groups.iter().flat_map(|group| &group.sets) {
                for segment in interchange.set_segments(set) {
                    let text = String::from_utf8_lossy(segment.bytes()).into_owned();
                    // What looks like a header may hold a password.
                    let is_plain = !text.starts_with("ISA")
                        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
                    assert!(!is_plain || shown.contains(text.trim_end()), "{path}: {text}");
                }
            }
        }
    }
}

/// What a change to a file makes `show` say: the file, what stands there, what is put in its
/// place, and the words.
const SAID: &[(&str, &str, &str, &str)] = &[
    ("institutional/inpatient", "J189:::::::Y", "J189:::::::U", "present on admission: The record"),
    ("institutional/inpatient", "J189:::::::Y", "J189:::::::W", "present on admission: Cannot be"),
    ("institutional/inpatient", "DTP*096*TM*1130", "DTP*096*TM*1005", " 10:05\n"),
    ("institutional/inpatient", "HI*ABJ:J189~", "HI*ABJ:J189~HI*APR:R509~", "R50.9\n"),
    (
        "institutional/inpatient",
        "HI*ABJ:J189~",
        "HI*APR:R509*APR:XX~",
        "diagnosis R50.9 · diagnosis XX",
    ),
    ("institutional/inpatient", "HI*BH:11:D8:20260130", "HI*BG:02", "condition 02: "),
    ("professional/plain", "*A*Y*Y~", "*A*Y*Y***********4~", "the provider was certified late"),
    ("dental/predetermination", "CLM*", "CLM*", "predetermination of benefits: asked for"),
];

#[test]
fn values_are_told_in_words() {
    for (file, from, to, said) in SAID {
        let path = root().join(format!("testdata/{file}.edi"));
        let text = fs::read_to_string(path).expect("a file");
        assert!(text.contains(from), "{file} has no {from}");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("changed.edi");
        fs::write(&path, text.replacen(from, to, 1)).expect("a file to write");
        let (shown, _) = run(&["show", "--width", "200", path.to_str().expect("a path")]);
        assert!(shown.contains(said), "{to} is not told as {said}: {shown}");
    }
}

#[test]
fn nothing_in_a_file_steers_the_terminal() {
    let clean = fs::read(root().join("testdata/broken/element-faults.edi")).expect("a file");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("steering.edi");
    let steering: [&[u8]; 8] = [
        b"\x1b[2J",
        b"\x1b]0;title\x07",
        b"\x9b31m",
        "\u{9b}31m".as_bytes(),
        "\u{202e}".as_bytes(),
        b"\x7f\x08\x08\x08",
        b"\x00\x01\xff\xfe",
        "\u{2028}\u{200b}".as_bytes(),
    ];
    // In values with and without a finding, in tags, in the envelope, and around it.
    let places: [&[u8]; 7] =
        [b"HAZEL", b"WC-1001", b"BATCH0001", b"LX*", b"0001*", b"ISA*", b"WILLOW "];
    for (bytes, place) in steering.iter().flat_map(|one| places.iter().map(move |at| (one, at))) {
        let found = clean.windows(place.len()).position(|window| window == *place);
        let at = found.unwrap_or_else(|| panic!("{place:?} is not in the file"));
        let at = if *place == b"ISA*" { at } else { at + 1 };
        let mut dirty = clean.clone();
        dirty.splice(at..at, bytes.iter().copied());
        fs::write(&path, &dirty).expect("a file to write");
        let path = path.to_str().expect("a path");
        let words: [&[&str]; 4] = [
            &["show", path],
            &["check", path],
            &["check", "--format", "html", path],
            &["show", "--only-findings", path],
        ];
        for words in words {
            let (text, _) = run(words);
            let steers = |c: &char| {
                (c.is_control() && *c != '\n')
                    || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
            };
            let wrong = text.lines().find(|line| line.chars().any(|c| steers(&c)));
            assert_eq!(wrong, None, "{bytes:?} at {place:?}");
        }
    }
}

#[test]
fn faults_of_guides_and_envelopes_have_their_page() {
    for wanted in ["element-not-used", "X12-IK4-I10"] {
        let (page, failure) = run_as(&["rules", "show", wanted]);
        assert!(failure.is_none() && page.starts_with("X12-IK4-I10 element-not-used\n"), "{page}");
        assert!(page.contains("what to do: leave it empty\n"), "{page}");
    }
    let path = root().join("testdata/broken/counts-wrong.edi");
    let path = path.to_str().expect("a path");
    let (found, _) = run(&["check", "--only", "segment-count-wrong", path]);
    assert!(found.contains("[X12-IK5-4]") && !found.contains("[X12-TA1"), "{found}");
    // One code for several.
    let (pages, _) = run_as(&["rules", "show", "X12-TA1-024"]);
    assert_eq!(pages.matches("what is wrong: ").count(), 2, "{pages}");
    let (found, _) = run_as(&["rules", "list", "AK905", "GE01"]);
    assert!(found.contains("set-count-wrong"), "{found}");
    let (_, failure) = run_as(&["rules", "show", "element-not-usd"]);
    assert!(failure.expect("no such rule").to_string().contains("did you mean element-not-used?"));
}

#[test]
fn nothing_in_a_remittance_steers_the_terminal() {
    let clean = fs::read_to_string(root().join("testdata/remittance/everything.edi"));
    let dirty = clean.expect("a file").replace("EFT0001", "EFT\u{1b}[2J\u{202e}");
    assert!(dirty.contains('\u{1b}'), "the payment has another number");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("steering.edi");
    fs::write(&path, &dirty).expect("a file to write");
    let words = ["claimgate", "remit", "--all", path.to_str().expect("a path")];
    let arguments = Arguments::try_parse_from(words).expect("a command");
    let Command::Remit(own) = &arguments.command else { panic!("not a remittance") };
    let mut out = Vec::new();
    let desk = Desk { config: None, data: &arguments.data };
    remit::run(own, &desk, &mut out).expect("a balance");
    let text = String::from_utf8(out).expect("text");
    assert!(text.contains("EFT"), "the payment is told of");
    assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
}

#[test]
fn a_remittance_that_is_turned_away_leaves_something_to_do() {
    let good = fs::read_to_string(root().join("testdata/remittance/everything.edi"));
    let good = good.expect("a file");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payment.835");
    let remit = |text: &str| {
        fs::write(&path, text).expect("a file to write");
        let words = ["claimgate", "remit", path.to_str().expect("a path")];
        let arguments = Arguments::try_parse_from(words).expect("a command");
        let Command::Remit(own) = &arguments.command else { panic!("not a remittance") };
        let mut out = Vec::new();
        let desk = Desk { config: None, data: &arguments.data };
        let outcome = remit::run(own, &desk, &mut out).expect("a balance");
        (outcome, String::from_utf8(out).expect("text"))
    };
    assert_eq!(remit(&good).0, Outcome::Clean);
    for (from, to, said) in [
        ("~IEA*1*", "~IEA*7*", "rejected with a TA1"),
        ("~GE*1*", "~GE*7*", "group around it is rejected"),
        ("~SE*", "~SE*9", "transaction set is rejected"),
        ("N1*PE*", "N1*PE**", "as far as it goes"),
    ] {
        let text = good.replace(['\r', '\n'], "");
        assert!(text.contains(from), "{from}");
        let (outcome, told) = remit(&text.replacen(from, to, 1));
        assert_eq!(outcome, Outcome::ToActOn, "{to}: {told}");
        assert!(told.contains(said), "{to}: {told}");
    }
}

#[test]
fn colour_is_written_when_it_is_asked_for() {
    let path = root().join("testdata/broken/element-faults.edi");
    let path = path.to_str().expect("a path");
    let (plain, _) = run(&["show", path]);
    let (coloured, _) = run_as(&["show", "--color", "always", path]);
    assert!(!plain.contains('\x1b') && coloured.contains("\x1b[1mST\x1b[0m"));
    // Colour adds nothing else.
    let mut bare = String::new();
    let mut pieces = coloured.split("\x1b[");
    bare.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        bare.push_str(piece.split_once('m').expect("the end of a colour").1);
    }
    assert_eq!(bare, plain);
}

#[test]
fn says_that_a_claim_is_not_there() {
    let path = root().join("testdata/professional/levels.edi");
    let (text, failure) = run(&["show", "--claim", "NOT-THERE", path.to_str().expect("a path")]);
    assert_eq!(text, "");
    let failure = failure.expect("a failure").to_string();
    assert!(failure.contains("holds no claim"), "{failure}");
}

#[test]
fn a_rule_that_is_not_there_is_perhaps_another() {
    for (wanted, words) in [
        ("npi-wrng", "did you mean npi-wrong?"),
        ("CG-BAL-1", "did you mean CG-BAL-01?"),
        ("filing-limit-passed", "a payer's own rules are known with --config"),
    ] {
        for words_of in [&["rules", "show", wanted][..], &["check", "--only", wanted, "none.edi"]] {
            let (text, failure) = run_as(words_of);
            assert_eq!(text, "");
            let failure = failure.expect("a failure").to_string();
            assert!(failure.contains(words), "{failure}");
        }
    }
    let (text, failure) = run_as(&["rules", "list", "nosuchword"]);
    assert!(failure.is_none());
    assert_eq!(text, "no rule says nosuchword\n");
}

#[test]
fn a_very_long_segment_is_shown_in_part() {
    let clean = fs::read_to_string(root().join("testdata/professional/plain.edi")).expect("a file");
    let long = format!("N3*{}*{}~", "A".repeat(100_000), "b".repeat(50_000));
    let (before, after) = clean.split_once("N3*").expect("an address");
    let (_, after) = after.split_once('~').expect("its end");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("long.edi");
    fs::write(&path, format!("{before}{long}{after}")).expect("a file to write");
    for command in ["show", "check"] {
        let (text, _) = run(&[command, path.to_str().expect("a path")]);
        let widest = text.lines().map(str::len).max().unwrap_or_default();
        assert!(text.contains("N302"), "{command} finds the second value: {text}");
        assert!(widest < 2_500, "{command}: {widest} columns");
    }
}

/// How many findings there are when those are one that claims share.
fn told_apart(checked: &str) -> usize {
    let findings = checked.lines().filter(|line| line.contains(r#""kind":"finding""#));
    let without_claim = findings.map(|line| {
        let mut value: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        let finding = value.as_object_mut().expect("an object");
        for key in ["claim", "provider"] {
            finding.remove(key);
        }
        value.to_string()
    });
    without_claim.collect::<std::collections::BTreeSet<_>>().len()
}

/// Runs a command in black and white, on a day that does not move.
fn run(words: &[&str]) -> (String, Option<Failure>) {
    let mut words = words.to_vec();
    words.splice(1..1, ["--color", "never"]);
    run_as(&words)
}

fn run_as(words: &[&str]) -> (String, Option<Failure>) {
    let (command, words) = words.split_first().expect("a command");
    let day: &[&str] = if *command == "rules" { &[] } else { &["--as-of", "2026-11-01"] };
    let words = ["claimgate", command].into_iter().chain(day.iter().chain(words).copied());
    let arguments = Arguments::try_parse_from(words).expect("a command");
    let mut out = Vec::new();
    let desk = Desk { config: None, data: &arguments.data };
    let outcome = match &arguments.command {
        Command::Check(own) => check::run(own, &desk, &mut out),
        Command::Show(own) => show::run(own, &desk, &mut out),
        Command::Rules(own) => rules::run(own, &desk, &mut out),
        _ => panic!("not a command of this test"),
    };
    (String::from_utf8(out).expect("text"), outcome.err())
}

/// All X12 files below a folder of the project.
fn files_under(name: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(name)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let is_x12 = path.extension().is_some_and(|ending| ending == "edi" || ending == "x12");
            if path.is_dir() {
                folders.push(path);
            } else if is_x12 {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
