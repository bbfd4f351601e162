//! Wrong files whose authors say what is wrong with them: all that they say is found, at the place
//! that they say. The files stand beside this tree on some machines, never in it; elsewhere these
//! tests say that they did nothing.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use common::exercise::answer_to;
use common::{files_under, guide_of};
use x12::interchange::{Reading, read};

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: there are no published files on this machine");
    None
}

/// Guides of version 00401, and those of 00501 that took their place. What the older files say is
/// wrong is wrong in the newer guides too, but for the exceptions below.
const SUCCESSORS: [(&str, &str); 7] = [
    ("004010X098A1", "005010X222A1"),
    ("004010X096A1", "005010X223A2"),
    ("004010X091A1", "005010X221A1"),
    ("004010X095A1", "005010X220A1"),
    ("004010X094A1", "005010X217"),
    ("004010X092A1", "005010X279A1"),
    ("*U*00401*", "*U*00501*"),
];

/// What their acknowledgments say and ours do not: the file, the note, and why.
const EXCEPTIONS: [(&str, &str, &str); 13] = [
    ("bad_header_looping", "DTM 5 2 IK4:8", "the day is one of the calendar, however long ago"),
    ("bad_header_looping", "N1 39 IK3:1", "X12 has the segment; here it is not expected: 2"),
    ("bad_header_looping", "N3 40 IK3:1", OF_A_STRAY_PARTY),
    ("bad_header_looping", "N4 41 IK3:1", OF_A_STRAY_PARTY),
    ("bad_header_looping", "N1 42 IK3:1", "X12 has the segment; here it is not expected: 2"),
    ("ele", "AK9:1", "their blank behind GS02 is no reason to support a group or not"),
    ("elements", "REF 3 2 IK4:7", "the newer guide has no such segment"),
    ("elements", "NM1 15 8 IK4:7", "one fault for one value: it is too long"),
    ("elements", "CLM 23 5:1 IK4:7", "places of service are a code set, and no part of the guide"),
    ("mult_isa", "REF 2 IK3:3", "the newer guide has no such segment"),
    ("multiple_trn", "REF 2 IK3:3", "the newer guide has no such segment"),
    // The envelope's codes by the standard: 001 says that the numbers differ, and 018 that ISA13
    // has a wrong form.
    ("trailer_errors", "TA1:018", "001 says that the numbers differ, 018 that ISA13 is malformed"),
    ("trailer_errors", "TA1:001", "a TA1 has room for one code"),
];

const OF_A_STRAY_PARTY: &str = "the address of a party that was faulted says nothing new";

/// A file with its version named anew.
fn renewed(bytes: &[u8]) -> Bytes {
    let mut text = String::from_utf8_lossy(bytes).into_owned();
    for (old, new) in SUCCESSORS {
        text = text.replace(old, new);
    }
    Bytes::from(text)
}

/// What an acknowledgment says, one note a line: segments by tag, position and code, elements with
/// their places besides, sets and groups by their codes.
fn notes(answer: &str) -> Vec<String> {
    let mut notes = Vec::new();
    let mut place = String::new();
    for segment in answer.split('~').map(str::trim) {
        let elements: Vec<&str> = segment.split('*').collect();
        let text = |n: usize| elements.get(n).copied().unwrap_or_default();
        match text(0) {
            "AK3" | "IK3" => {
                place = format!("{} {}", text(1), text(2));
                if text(4) != "8" {
                    notes.push(format!("{place} IK3:{}", text(4)));
                }
            }
            "AK4" | "IK4" => {
                let at = text(1).trim_end_matches(':');
                notes.push(format!("{place} {at} IK4:{}", text(3)));
            }
            "AK5" | "IK5" => codes(&elements, 2, "IK5", &mut notes),
            "AK9" => codes(&elements, 5, "AK9", &mut notes),
            "TA1" if text(5) != "000" => notes.push(format!("TA1:{}", text(5))),
            _ => {}
        }
    }
    notes
}

/// What is missing has no place of its own. They put it at the segment before the gap, or at the
/// next; and an older acknowledgment has no code of its own for a loop that is missing.
fn says(ours: &[String], note: &str) -> bool {
    let Some((tag, position)) = note.strip_suffix(" IK3:3").and_then(|rest| rest.split_once(' '))
    else {
        return ours.iter().any(|said| said == note);
    };
    let position: u32 = position.parse().expect("a position");
    [position, position + 1]
        .iter()
        .any(|at| ["3", "I7"].iter().any(|code| ours.contains(&format!("{tag} {at} IK3:{code}"))))
}

fn has_guides(reading: &Reading) -> bool {
    reading.interchanges.iter().all(|interchange| {
        let groups = interchange.groups.iter();
        let mut sets = groups.flat_map(|group| group.sets.iter().map(move |set| (group, set)));
        sets.all(|(group, set)| guide_of(interchange, group, set).is_some())
    })
}

fn codes(elements: &[&str], from: usize, name: &str, notes: &mut Vec<String>) {
    notes.extend(elements.iter().skip(from).map(|code| format!("{name}:{code}")));
}

#[test]
fn says_what_their_acknowledgments_say() {
    let Some(folder) = folder() else { return };
    let mut wrong = Vec::new();
    let mut compared = 0;
    let mut skipped = Vec::new();
    for theirs in files_under(&folder.join("pyx12/testdata"), ".x12") {
        let name = theirs.file_stem().expect("a name").to_string_lossy().into_owned();
        let expected = ["expected.997", "expected.999"].map(|end| theirs.with_extension(end));
        let expected = expected.iter().find_map(|path| std::fs::read_to_string(path).ok());
        let Some(expected) = expected else { continue };
        let reading = read(&renewed(&std::fs::read(&theirs).expect("a published file")));
        if !has_guides(&reading) {
            skipped.push(name);
            continue;
        }
        let ours: String = reading
            .interchanges
            .iter()
            .map(|interchange| String::from_utf8_lossy(&answer_to(interchange)).into_owned())
            .collect();
        let ours = notes(&ours);
        for note in notes(&expected) {
            compared += 1;
            let is_excepted =
                EXCEPTIONS.iter().any(|&(file, said, _)| file == name && said == note);
            if is_excepted == says(&ours, &note) {
                let word = if is_excepted { "is excepted, but" } else { "is not" };
                wrong.push(format!("{name}: {note} {word} in {ours:?}"));
            }
        }
    }
    println!("{compared} notes were compared; without a guide of ours: {skipped:?}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
