//! One slip in a file gives one fault, or nearly so: every segment of a valid file is left out,
//! doubled, swapped with the next, given another value and robbed of each of its values in turn.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::collections::BTreeMap;

use common::{brief, testdata};

const FILES: [&str; 6] = [
    "professional/every-loop.edi",
    "professional/levels.edi",
    "institutional/every-loop.edi",
    "institutional/outpatient.edi",
    "remittance/everything.edi",
    "answers/claim-acknowledgment.edi",
];

/// How many faults one slip may give.
const FAULTS_MAX: usize = 2;

/// Slips that may give more: how they begin, how many faults, and why.
const EXCEPTIONS: [(&str, usize, &str); 11] = [
    ("change 05 of CLM*", 3, PARTS_LOST),
    ("change 02 of HI*BI", 4, PARTS_LOST),
    ("change 02 of HI*BH:01", 4, PARTS_LOST),
    ("change 02 of HI*BE:01", 3, PARTS_LOST),
    ("empty 01 of DTP*096", 3, DATE_TAKEN),
    ("change 01 of DTP*096", 3, DATE_TAKEN),
    ("swap N4*SPRINGFIELD*IL*627050010 / NM1*PE", 3, ADDRESS_MOVED),
    ("swap N4*SPRINGFIELD*IL*62701 / NM1*45", 3, ADDRESS_MOVED),
    ("swap NM1*P3*1*MAPLE*IVAN****XX*1999001336 / NM1*PW", 4, NAME_MOVED),
    ("swap DTP*472*RD8*20260210-20260211 / SVC", 3, DATE_MOVED),
    ("swap NM1*DN*1*CEDAR*JOAN****XX*1999001468 / LX", 3, LINE_LATE),
];

const PARTS_LOST: &str = "several parts are required, and one value is now all of them";
const DATE_TAKEN: &str =
    "a date without a right qualifier is taken for the required one, which then comes again";
const LINE_LATE: &str = "the line takes the provider, so that what the line says of itself is late";

const ADDRESS_MOVED: &str =
    "the next party takes the city, so that its own street comes late and its own city twice";
const NAME_MOVED: &str = "the street that follows can only be that of the next ambulance stop";
const DATE_MOVED: &str = "the line takes the claim's date, so that its own status comes late";

/// A file as segments, without their terminators.
fn segments(name: &str) -> Vec<String> {
    let text = std::fs::read_to_string(testdata().join(name)).expect("a test file");
    text.lines().map(|line| line.trim_end_matches('~').to_owned()).collect()
}

/// The file with SE01 counted again: a wrong count is not what is measured here.
fn joined(segments: &[String]) -> Vec<u8> {
    let mut out = String::new();
    let mut start = 0;
    for (index, segment) in segments.iter().enumerate() {
        if segment.starts_with("ST*") {
            start = index;
        }
        match segment.strip_prefix("SE*").and_then(|rest| rest.split_once('*')) {
            Some((_, number)) => out.push_str(&format!("SE*{}*{number}", index - start + 1)),
            None => out.push_str(segment),
        }
        out.push_str("~\n");
    }
    out.into_bytes()
}

/// Every slip that one segment can suffer: what it is, and the file with it.
fn slips(original: &[String], at: usize) -> Vec<(String, Vec<String>)> {
    let segment = &original[at];
    let mut slips = Vec::new();
    let mut slip = |what: String, change: &dyn Fn(&mut Vec<String>)| {
        let mut segments = original.to_vec();
        change(&mut segments);
        slips.push((what, segments));
    };
    slip(format!("delete {segment}"), &|file| drop(file.remove(at)));
    slip(format!("double {segment}"), &|file| file.insert(at, segment.clone()));
    slip(format!("unknown before {segment}"), &|file| file.insert(at, "QQQ*1".to_owned()));
    if !original[at + 1].starts_with("SE*") {
        slip(format!("swap {segment} / {}", original[at + 1]), &|file| file.swap(at, at + 1));
    }
    let elements: Vec<&str> = segment.split('*').collect();
    for (n, _) in elements.iter().enumerate().skip(1).filter(|(_, text)| !text.is_empty()) {
        for (word, value) in [("empty", ""), ("change", "QQ9")] {
            let mut elements = elements.clone();
            elements[n] = value;
            let text = elements.join("*").trim_end_matches('*').to_owned();
            slip(format!("{word} {n:02} of {segment}"), &|file| file[at] = text.clone());
        }
    }
    slips
}

#[test]
fn one_slip_gives_one_fault_or_nearly_so() {
    for file in FILES {
        let original = segments(file);
        assert_eq!(brief(&joined(&original)), [""; 0], "{file}");
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        // ISA, GS and ST before, SE, GE and IEA behind are left alone.
        for (what, slipped) in (3..original.len() - 3).flat_map(|at| slips(&original, at)) {
            let faults = brief(&joined(&slipped));
            let exception = EXCEPTIONS.iter().find(|(begins, _, _)| what.starts_with(begins));
            let most = exception.map_or(FAULTS_MAX, |&(_, most, _)| most);
            assert!(faults.len() <= most, "{file}: {what}\n{}", faults.join("\n"));
            *counts.entry(faults.len()).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let with_two: usize = counts.range(2..).map(|(_, count)| count).sum();
        println!("{file}: faults of {all} slips: {counts:?}");
        assert!(with_two * 10 < all, "{file}: {with_two} of {all} slips give two faults or more");
    }
}

#[test]
fn an_unknown_segment_gives_one_fault() {
    for file in FILES {
        let original = segments(file);
        for at in 3..original.len() - 3 {
            let mut slipped = original.clone();
            slipped.insert(at, "QQQ*1".to_owned());
            let faults = brief(&joined(&slipped));
            let [fault] = &faults[..] else { panic!("{file} {at}: {faults:?}") };
            assert!(fault.starts_with("segment-unknown IK3:1 "), "{fault}");
        }
    }
}
