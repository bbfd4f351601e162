//! Every file of `testdata/` against what stands beside it: `name.faults` lists what is wrong in
//! `name.edi`, and `name.answer` is what goes back. `UPDATE=1 cargo test` rewrites both.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::path::Path;

use bytes::Bytes;
use common::{faults_of, files_under, guide_of, line, testdata, walked};
use x12::answer::x231::{Echo, SetJudgement};
use x12::answer::{ta1, x231};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::fault::{Fault, GroupFault, Kind};
use x12::interchange::{Group, Interchange, Reading, Set, read};
use x12::value::Day;

const FOLDERS: [&str; 7] =
    ["professional", "institutional", "dental", "remittance", "standard", "answers", "broken"];

/// Files of these folders are right, so that nothing may be found in them.
const FAULTLESS: [&str; 6] =
    ["professional", "institutional", "dental", "remittance", "standard", "answers"];

/// The faults of a file and its stray pieces, one a line.
fn faults(reading: &Reading) -> String {
    let faults = faults_of(reading).iter().map(|fault| line(fault) + "\n").collect::<String>();
    let strays = reading.strays.iter().map(|stray| format!("stray byte {stray:?}\n"));
    faults + &strays.collect::<String>()
}

/// What goes back for a file: a TA1 for an interchange that is turned away, else a 999 for each
/// group that wants one.
fn answers(reading: &Reading) -> String {
    let written = reading.interchanges.iter().filter_map(answer);
    written.map(|bytes| String::from_utf8_lossy(&bytes).replace('~', "~\n")).collect()
}

fn answer(interchange: &Interchange) -> Option<Vec<u8>> {
    if !ta1::is_wanted(interchange) {
        return None;
    }
    let wanted = |group: &&Group| x231::is_wanted(interchange, group);
    let numbers = x231::group_numbers(interchange);
    let groups = interchange.groups.iter().zip(&numbers);
    let groups: Vec<_> = groups.filter(|(group, _)| wanted(group)).collect();
    if interchange.faults.is_empty() && groups.is_empty() {
        return None;
    }
    let envelope = envelope();
    let mut composer = Composer::new(&envelope, Delimiters::OURS);
    if !interchange.faults.is_empty() {
        ta1::compose(&mut composer, interchange, &interchange.faults, &[]);
        return Some(composer.finish());
    }
    for (group, number) in groups {
        let sets: Vec<_> = group.sets.iter().map(|set| judge(interchange, group, set)).collect();
        let mut faults = group.faults.clone();
        faults.extend(unknown_guide(interchange, group));
        let echo = Echo::WrongValues;
        x231::compose(&mut composer, &envelope, interchange, (group, number), &faults, &sets, echo);
    }
    Some(composer.finish())
}

/// A group whose guide we do not have is turned away; that is for the caller of the library.
fn unknown_guide(interchange: &Interchange, group: &Group) -> Option<Fault> {
    let is_unknown = |set| guide_of(interchange, group, set).is_none();
    let kind = Kind::Group(GroupFault::VersionUnsupported);
    let gs = interchange.group_header(group);
    let fault = Fault { kind, place: gs.place(8, 0), loop_id: "", tag: gs.tag(), name: "" };
    group.sets.iter().any(is_unknown).then_some(fault)
}

fn judge(interchange: &Interchange, group: &Group, set: &Set) -> SetJudgement {
    let mut faults = set.faults.clone();
    faults.extend(walked(interchange, group, set).into_iter().flat_map(|walked| walked.faults));
    SetJudgement { faults, is_tolerated: false }
}

fn envelope() -> Envelope {
    Envelope {
        sender_qualifier: "ZZ".to_owned(),
        sender: "CLAIMGATE".to_owned(),
        receiver_qualifier: "ZZ".to_owned(),
        receiver: "WILLOWCLINIC".into(),
        application_sender: "CLAIMGATE".to_owned(),
        application_receiver: "WILLOWCLINIC".into(),
        day: Day::parse(b"20260302").expect("a day"),
        time: "0800".to_owned(),
        control_number: 1,
        wants_ta1: false,
        is_production: false,
    }
}

/// Compares with the file beside it; nothing expected is no file.
fn compare(path: &Path, ending: &str, found: &str, wrong: &mut Vec<String>) {
    let path = path.with_extension(ending);
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    if expected == found {
        return;
    }
    if std::env::var_os("UPDATE").is_none() {
        wrong.push(format!("{}\nexpected:\n{expected}\nfound:\n{found}", path.display()));
    } else if found.is_empty() {
        std::fs::remove_file(&path).expect("a file that can go");
    } else {
        std::fs::write(&path, found).expect("a file that can be written");
    }
}

#[test]
fn finds_what_is_expected_in_every_file() {
    let mut wrong = Vec::new();
    for folder in FOLDERS {
        let files = files_under(&testdata().join(folder), ".edi");
        assert!(!files.is_empty(), "{folder} is empty");
        for path in files {
            let bytes = Bytes::from(std::fs::read(&path).expect("a test file"));
            let reading = read(&bytes);
            let faults = faults(&reading);
            assert!(!FAULTLESS.contains(&folder) || faults.is_empty(), "{path:?}:\n{faults}");
            compare(&path, "faults", &faults, &mut wrong);
            compare(&path, "answer", &answers(&reading), &mut wrong);
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites what is expected", wrong.join("\n"));
}

#[test]
fn no_expectation_stands_without_its_file() {
    for folder in FOLDERS {
        for ending in [".faults", ".answer"] {
            for path in files_under(&testdata().join(folder), ending) {
                assert!(path.with_extension("edi").exists(), "{}", path.display());
            }
        }
    }
}

#[test]
fn answers_are_faultless() {
    for folder in FOLDERS {
        for path in files_under(&testdata().join(folder), ".answer") {
            let bytes = Bytes::from(std::fs::read(&path).expect("an answer"));
            let found: Vec<_> = faults_of(&read(&bytes)).iter().map(line).collect();
            assert_eq!(found, [""; 0], "{}", path.display());
        }
    }
}
