//! Valid files with one thing wrong: a byte that is missing, doubled, exchanged or moved, a
//! delimiter that is another, a file that is cut off. None of it makes the reader fall, none makes
//! it say much, and what it says, it says at the place and with the kind of code that fit.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use bytes::Bytes;
use common::exercise::{assert_answers_are_sound, exercise};
use common::{faults_of, files_under, line, testdata};
use x12::fault::{Fault, Kind};
use x12::interchange::read;

const FOLDERS: [&str; 5] = ["professional", "institutional", "dental", "remittance", "answers"];

/// At how many places each file is damaged; a short one is damaged at each of its bytes.
const PLACES_MAX: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Slip {
    Remove,
    Double,
    Exchange,
    Swap,
    ToElementSeparator,
    ToComponentSeparator,
    ToRepetitionSeparator,
    ToTerminator,
}

const SLIPS: [Slip; 8] = [
    Slip::Remove,
    Slip::Double,
    Slip::Exchange,
    Slip::Swap,
    Slip::ToElementSeparator,
    Slip::ToComponentSeparator,
    Slip::ToRepetitionSeparator,
    Slip::ToTerminator,
];

impl Slip {
    fn make(self, file: &[u8], at: usize) -> Vec<u8> {
        let mut file = file.to_vec();
        match self {
            Slip::Remove => drop(file.remove(at)),
            Slip::Double => file.insert(at, file[at]),
            Slip::Exchange => file[at] = if file[at] == b'Q' { b'7' } else { b'Q' },
            Slip::Swap => file.swap(at, at + 1),
            Slip::ToElementSeparator => file[at] = b'*',
            Slip::ToComponentSeparator => file[at] = b':',
            Slip::ToRepetitionSeparator => file[at] = b'^',
            Slip::ToTerminator => file[at] = b'~',
        }
        file
    }
}

/// Valid files of one interchange and our own delimiters, each segment on its line.
fn files() -> Vec<(String, Vec<u8>)> {
    let folders = FOLDERS.iter().flat_map(|folder| files_under(&testdata().join(folder), ".edi"));
    let named = folders.map(|path| {
        let name = path.strip_prefix(testdata()).expect("its folder").display().to_string();
        (name, std::fs::read(path).expect("a test file"))
    });
    let is_one = |bytes: &[u8]| read(&Bytes::copy_from_slice(bytes)).interchanges.len() == 1;
    named.filter(|(_, bytes)| bytes.get(105) == Some(&b'~') && is_one(bytes)).collect()
}

/// Where a byte stands: the number of its segment in the file, and its segment's tag.
fn segment_of(file: &[u8], at: usize) -> (usize, String) {
    let number = file[..at].iter().filter(|&&byte| byte == b'~').count();
    let start = file[..at].iter().rposition(|&byte| byte == b'~').map_or(0, |start| start + 1);
    let text = String::from_utf8_lossy(&file[start..]).trim_start().to_owned();
    (number, text.split(['*', '~']).next().unwrap_or_default().to_owned())
}

/// What came of one slip.
struct Outcome {
    what: String,
    /// Whether every header was found; what has none is stray text.
    is_read: bool,
    /// How many segments behind the slip the first fault stands.
    distance: Option<i64>,
    first: Option<Fault>,
    count: usize,
    tag: String,
    is_in_tag: bool,
    slip: Slip,
    at: usize,
}

fn outcome(name: &str, file: &[u8], at: usize, slip: Slip) -> Outcome {
    let damaged = Bytes::from(slip.make(file, at));
    let reading = exercise(&damaged);
    let faults = faults_of(&reading);
    let first = faults.iter().min_by_key(|fault| fault.place.offset).copied();
    let (number, tag) = segment_of(file, at);
    let found = first.map(|fault| segment_of(&damaged, fault.place.offset).0 as i64);
    let start = file[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |start| start + 1);
    if at.is_multiple_of(16) {
        assert_answers_are_sound(&reading);
    }
    Outcome {
        what: format!("{name} byte {at} {slip:?} in {tag}: {} faults", faults.len()),
        is_read: !reading.interchanges.is_empty() && reading.strays.is_empty(),
        distance: found.map(|found| found - number as i64),
        first,
        count: faults.len(),
        is_in_tag: at < start + tag.len(),
        tag,
        slip,
        at,
    }
}

/// Every slip at every place, or at some places of a longer file.
fn each_slip(mut look: impl FnMut(&[u8], &Outcome)) {
    for (name, file) in files() {
        let step = (file.len() / PLACES_MAX).max(1);
        // Behind the last terminator there is nothing to damage.
        for at in (0..file.len() - 2).step_by(step) {
            for slip in SLIPS {
                if slip.make(&file, at) != file {
                    look(&file, &outcome(&name, &file, at, slip));
                }
            }
        }
    }
}

/// The most faults of one slip: two segments run into one, and all that the second had is wrong in
/// the first; or a level is taken for another, and all of its segments are wrong.
const FAULTS_MAX: usize = 40;

/// Of a hundred slips, so many at most give more than four faults.
const MANY_PERCENT_MAX: usize = 8;

#[test]
fn a_slip_is_told_in_few_faults_near_its_place() {
    let (mut all, mut many) = (0, 0);
    let (mut far, mut unnoticed, mut unfit) = (Vec::new(), Vec::new(), Vec::new());
    each_slip(|file, outcome| {
        assert!(outcome.count <= FAULTS_MAX, "{}", outcome.what);
        all += 1;
        many += usize::from(4 < outcome.count);
        let told = outcome.first.as_ref().map_or_else(
            || outcome.what.clone(),
            |first| format!("{}, the first at {}", outcome.what, line(first)),
        );
        if !is_near(outcome) {
            far.push(told.clone());
        }
        if !is_noticed(file, outcome) {
            unnoticed.push(told.clone());
        }
        if !is_fit(file, outcome) {
            unfit.push(told);
        }
    });
    println!("{all} slips, {many} of them with more than four faults");
    for (wrong, what) in [(far, "far"), (unnoticed, "unnoticed"), (unfit, "of the wrong kind")] {
        assert!(wrong.is_empty(), "{} are {what}:\n{}", wrong.len(), wrong.join("\n"));
    }
    assert!(many * 100 < all * MANY_PERCENT_MAX, "{many} of {all} give more than four faults");
}

/// A fault is near when it stands in the segment of the slip, in the one before (what is missing
/// behind it) or in the next two. Header and trailer of an envelope answer for one another, and a
/// level for what lies below it; and an ISA says what delimits all that follows.
fn is_near(outcome: &Outcome) -> bool {
    let (Some(distance), Some(first)) = (outcome.distance, outcome.first) else { return true };
    let is_of_envelope = match first.kind {
        Kind::Interchange(_) | Kind::Group(_) | Kind::Set(_) => true,
        Kind::Segment(_) | Kind::Element(_) => false,
    };
    (-1..=2).contains(&distance) || is_of_envelope || ["HL", "ISA"].contains(&&*outcome.tag)
}

/// A segment never runs into the next without a fault. Another separator, or a terminator within,
/// may well leave a segment that is as right as the one that was meant.
fn is_noticed(file: &[u8], outcome: &Outcome) -> bool {
    let is_lost = file[outcome.at] == b'~' && !matches!(outcome.slip, Slip::Double | Slip::Swap);
    // A TA1 in an interchange is read, not judged.
    let is_judged = outcome.is_read && outcome.tag != "TA1";
    !(is_lost && is_judged && outcome.count == 0)
}

/// What is wrong with an envelope is for a TA1, an AK9 or an IK5; a wrong tag is for an IK3, or for
/// the envelope that it belonged to; a wrong value is for an IK4, or for an IK3 when it qualifies.
fn is_fit(file: &[u8], outcome: &Outcome) -> bool {
    let Some(first) = outcome.first else { return true };
    if b"*~:^\n".contains(&file[outcome.at]) || outcome.slip != Slip::Exchange {
        return true;
    }
    let tag = outcome.tag.as_str();
    match first.kind {
        Kind::Interchange(_) => ["ISA", "IEA", "GS", "GE", "ST", "TA1"].contains(&tag),
        Kind::Group(_) => ["GS", "GE", "ST"].contains(&tag),
        // The kind of the group and its guide are those of its sets.
        Kind::Set(_) => ["ST", "SE", "GS"].contains(&tag),
        Kind::Segment(_) => true,
        Kind::Element(_) => !outcome.is_in_tag,
    }
}

#[test]
fn a_file_that_is_cut_off_is_never_taken_for_a_whole_one() {
    for (name, file) in files() {
        let step = (file.len() / PLACES_MAX).max(1);
        let end = file.iter().rposition(|&byte| byte == b'~').expect("a terminator");
        for at in (1..end).step_by(step) {
            let reading = exercise(&Bytes::copy_from_slice(&file[..at]));
            let faults = faults_of(&reading);
            let is_told = faults.iter().any(|fault| matches!(fault.kind, Kind::Interchange(_)));
            let is_unread = reading.interchanges.is_empty() && !reading.strays.is_empty();
            assert!(is_told || is_unread, "{name} cut at {at}: {faults:?}");
        }
    }
}

/// One slip costs the same however long the file is: nothing of it is told again and again.
#[test]
fn the_faults_of_one_slip_do_not_grow_with_the_file() {
    let plain = std::fs::read_to_string(testdata().join("professional/plain.edi"));
    let plain = plain.expect("a test file");
    let start = plain.find("CLM*").expect("a claim");
    let end = plain.find("SE*").expect("its end");
    let claim = &plain[start..end];
    let with = |claims: usize, slip: Slip, at: usize| {
        let segments = plain[..start].matches('~').count() - 2;
        let count = segments + claims * claim.matches('~').count() + 1;
        let first = String::from_utf8_lossy(&slip.make(claim.as_bytes(), at)).into_owned();
        let rest = claim.repeat(claims - 1);
        let (_, trailer) = plain[end..].split_once("*0001").expect("SE02");
        let text = format!("{}{first}{rest}SE*{count}*0001{trailer}", &plain[..start]);
        faults_of(&read(&Bytes::from(text))).len()
    };
    for at in 0..claim.len() - 2 {
        for slip in SLIPS {
            let (few, more) = (with(3, slip, at), with(30, slip, at));
            assert!(more <= few, "{slip:?} at {at}: {few} faults became {more}");
        }
    }
}
