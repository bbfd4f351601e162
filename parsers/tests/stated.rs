//! Wrong files whose authors say what is wrong with them: all that they say is found, at the place
//! that they say. The files stand beside this tree on some machines, never in it; elsewhere these
//! tests say that they did nothing.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use bytes::Bytes;
use common::exercise::answer_to;
use common::{files_under, guide_of, published};
use x12::interchange::{Reading, read};

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
    ("trailing_terms", "CLM 22 18 IK4:1", "the newer guide does not use the element"),
    // The envelope's codes by the standard: 001 says that the numbers differ, and 018 that ISA13
    // has a wrong form.
    ("trailer_errors", "TA1:018", "001 says that the numbers differ, 018 that ISA13 is malformed"),
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

/// What the tests of two other readers say of their wrong files, in the codes of a 999. What they
/// say of schemas of their own, or of older acknowledgments, is left out.
const STATED: [(&str, &[&str]); 20] = [
    // They cannot tell the separators.
    ("imsweb-x12-parser/837_5010/x12_bad_first_line", &["TA1:026"]),
    ("imsweb-x12-parser/837_5010/x12_no_isa_line", &[]),
    // They find no segment of that name, and miss the one that was meant.
    (
        "imsweb-x12-parser/837_5010/x12_bad_segment_identifier",
        &["PER 4 IK3:3", "?? 4 IK3:1", "N4 9 IK3:3", "Nd4 9 IK3:1", "NM1 18 IK3:3", "NM3 18 IK3:1"],
    ),
    ("imsweb-x12-parser/837_5010/x12_bad_valid_code", &["NM1 7 1 IK4:7"]),
    ("imsweb-x12-parser/837_5010/x12_loop_errors1_exceeds_max_1_parent", &["NM1 13 IK3:4"]),
    (
        "imsweb-x12-parser/837_5010/x12_loop_errors2_exceeds_max_repeats_multiple_parents",
        &["NM1 32 IK3:4"],
    ),
    ("imsweb-x12-parser/837_5010/x12_loop_errors3_missing_loops", &["NM1 7 IK3:3"]),
    ("imsweb-x12-parser/837_5010/x12_missing_elements", &["NM1 5 2 IK4:1", "CLM 29 5 IK4:1"]),
    ("imsweb-x12-parser/837_5010/x12_missing_required_loop_in_one_repeat", &["NM1 18 IK3:3"]),
    (
        "imsweb-x12-parser/837_5010/x12_missing_required_loops_mult_repeats",
        &["LX 31 IK3:3", "DTP 32 2 IK4:7", "LX 57 IK3:3"],
    ),
    (
        "imsweb-x12-parser/837_5010/x12_segment_errors",
        &["N3 8 IK3:3", "REF 10 IK3:5", "HI 20 IK3:3"],
    ),
    ("imsweb-x12-parser/837_5010/x12_segments_out_of_order", &["N4 10 IK3:7", "N3 15 IK3:7"]),
    // A surplus of elements is said once.
    (
        "staedi/x12/invalid999",
        &["IK5 2 IK3:2", "AK1 3 1 IK4:5", "AK2 4 4 IK4:3", "IK5 5 1 IK4:7", "IK5 6 IK3:5"],
    ),
    // A day and a time of GS that are none; a TA1 says so for the whole interchange.
    ("staedi/x12/invalid997_min", &["TA1:024", "AK9:4"]),
    ("staedi/embedded/EventSequenceTest.testElementErrorSequence_1", &["TA1:024", "AK9:4"]),
    // Segments that no interchange has before its groups, or outside of them.
    ("staedi/embedded/StaEDIStreamReaderTest.testGetDelimitersX12_WithISX_00501_1", &["TA1:024"]),
    (
        "staedi/embedded/StaEDIStreamReaderTest.testGetDelimitersX12_WithISX_00501_Invalid_Repitition_1",
        &["TA1:024"],
    ),
    ("staedi/embedded/StaEDIStreamReaderTest.testGetDelimitersX12_WithISX_00401_1", &["TA1:024"]),
    // A version that is not taken here: nothing else is said of it.
    (
        "staedi/embedded/StaEDIStreamReaderTest.testGetDelimitersX12_WithISX_CharTooLong_00704_1",
        &["TA1:003"],
    ),
    (
        // An acknowledgment is read in that version too; this one is empty.
        "staedi/embedded/StaEDIStreamReaderTest.testX12FunctionalGroupDateVariableValidation_1",
        &["AK1 2 IK3:I8", "AK9 2 IK3:I8"],
    ),
];

/// What our answers to a file say.
fn our_notes(reading: &Reading) -> Vec<String> {
    let answers = reading.interchanges.iter().map(answer_to);
    notes(&answers.map(|answer| String::from_utf8_lossy(&answer).into_owned()).collect::<String>())
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

#[test]
fn says_what_their_tests_say() {
    let Some(folder) = published() else { return };
    let mut wrong = Vec::new();
    for (name, expected) in STATED {
        let path = files_under(&folder, "").into_iter().find(|path| {
            let path = path.with_extension("");
            path.ends_with(name)
        });
        let bytes = std::fs::read(path.expect(name)).expect("a published file");
        let reading = read(&Bytes::from(bytes));
        let ours = our_notes(&reading);
        let is_read = reading.interchanges.len() == 1;
        let lacks: Vec<_> = expected.iter().filter(|&&note| !says(&ours, note)).collect();
        if !lacks.is_empty() || is_read == expected.is_empty() {
            wrong.push(format!("{name}: {lacks:?} is not in {ours:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Codes of the base standard, which are all that older acknowledgments have, and what a 999 says
/// instead where it is the guide that is broken.
const OF_THE_GUIDE: [(&str, &[&str]); 5] = [
    ("IK3:3", &["IK3:I7", "IK3:I8"]),
    ("IK3:2", &["IK3:I4", "IK3:6"]),
    ("IK4:7", &["IK4:I6"]),
    ("IK4:10", &["IK4:I10"]),
    ("IK5:5", &["IK5:I5"]),
];

/// Whether our notes say what theirs says. What is missing has no place of its own: they put it at
/// the segment before the gap, or at the next.
fn says(ours: &[String], note: &str) -> bool {
    let (at, code) = note.rsplit_once(' ').unwrap_or(("", note));
    let of_guide = OF_THE_GUIDE.iter().find(|(standard, _)| *standard == code);
    let codes = of_guide.map_or(&[][..], |(_, codes)| codes);
    let mut places = vec![at.to_owned()];
    if let ("IK3:3", Some((tag, position))) = (code, at.split_once(' ')) {
        let position: u32 = position.parse().expect("a position");
        places.push(format!("{tag} {}", position + 1));
    }
    places.iter().any(|place| {
        let is_said = |code: &&str| ours.contains(&format!("{place} {code}").trim().to_owned());
        is_said(&code) || codes.iter().any(is_said)
    })
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
    let Some(folder) = published() else { return };
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
        let ours = our_notes(&reading);
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
