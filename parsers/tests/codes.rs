//! `testdata/codes.txt`: one slip in a file that is right, and what the 999 says of it. Every code
//! of a 999 has a case there, or a reason here why it is never given. `UPDATE=1` rewrites what is
//! expected.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::collections::BTreeSet;

use bytes::Bytes;
use common::exercise::answer_to;
use common::testdata;
use x12::guide;
use x12::guide::row::{Codes, Loop, Row};
use x12::interchange::read;

/// Codes that this library never gives, with the element that holds them, and why.
const NEVER: &[(&str, &[&str], &str)] = &[
    ("IK403", &["I11"], "no guide of ours asks for a least number of repetitions"),
    ("IK403", &["I12"], "how a number is built (NPI, tax number, ZIP) is for who acts on claims"),
    ("IK501", &["M", "W", "X"], SECURITY),
    ("IK501", &["E"], "whether a set is taken in spite of its faults is for who calls"),
    ("IK502", &["1"], "which sets are taken is for who calls; the daemon turns the group away"),
    ("IK502", &["8", "9", "10", "11", "12", "13", "15", "16", "17"], SECURITY),
    ("IK502", &["24", "25", "26", "27"], SECURITY),
    ("AK901", &["M", "W", "X"], SECURITY),
    ("AK901", &["E"], "as IK501"),
    ("AK905", &["1", "2"], "what is taken is for who calls; the daemon gives both"),
    ("AK905", &["10", "11", "12", "13", "14", "15", "16", "17", "18"], SECURITY),
    ("AK905", &["23", "24", "25", "26"], SECURITY),
];

const SECURITY: &str =
    "it speaks of X12's own security envelopes, which nobody in health care uses";

/// One case: what comes before the answer, and the answer.
struct Case {
    name: String,
    file: String,
    edits: Vec<(String, String)>,
    text: String,
    answer: Vec<String>,
}

/// The cases of a text; the first piece is what the text says of itself.
fn cases(text: &str) -> (String, Vec<Case>) {
    let mut pieces = text.split("\n== ");
    let head = pieces.next().unwrap_or_default().to_owned();
    let case = |piece: &str| {
        let mut lines = piece.lines();
        let name = lines.next().unwrap_or_default().to_owned();
        let file = lines.next().unwrap_or_default().to_owned();
        let (mut edits, mut answer) = (Vec::new(), Vec::new());
        let mut text = format!("\n== {name}\n{file}\n");
        for line in lines {
            let (sign, rest) = line.split_at(line.len().min(1));
            let rest = rest.trim_start().to_owned();
            match sign {
                "-" => edits.push((rest, String::new())),
                "+" => edits.last_mut().expect("what is taken out comes first").1 = rest,
                ">" => answer.push(rest),
                _ => {}
            }
            if sign == "-" || sign == "+" {
                text += line.trim_end();
                text += "\n";
            }
        }
        Case { name, file, edits, text, answer }
    };
    (head, pieces.map(case).collect())
}

/// The 999 of a case, between AK1 and SE.
fn answer(case: &Case) -> Vec<String> {
    let file = std::fs::read_to_string(testdata().join(&case.file)).expect("a test file");
    let mut text: String = file.lines().collect();
    for (out, put) in &case.edits {
        assert!(text.contains(out.as_str()), "{}: {out} is not in {}", case.name, case.file);
        text = text.replacen(out.as_str(), put, 1);
    }
    if !case.edits.iter().any(|(out, _)| out.starts_with("SE*")) {
        text = counted(&text);
    }
    let reading = read(&Bytes::from(text));
    let interchange = reading.interchanges.first().expect("one interchange");
    let answer = String::from_utf8_lossy(&answer_to(interchange)).into_owned();
    let said = answer.split('~').filter(|segment| {
        let tag = segment.split('*').next().unwrap_or_default();
        ["AK2", "IK3", "CTX", "IK4", "IK5", "AK9"].contains(&tag)
    });
    said.map(str::to_owned).collect()
}

/// The segments with SE01 as it should be.
fn counted(text: &str) -> String {
    let mut count = 0;
    let segments = text.split_terminator('~').map(|segment| {
        count = if segment.starts_with("ST*") { 1 } else { count + 1 };
        match segment.strip_prefix("SE*").and_then(|rest| rest.split_once('*')) {
            Some((_, number)) => format!("SE*{count}*{number}~"),
            None => format!("{segment}~"),
        }
    });
    segments.collect()
}

#[test]
fn says_of_each_slip_what_is_expected() {
    let path = testdata().join("codes.txt");
    let text = std::fs::read_to_string(&path).expect("the cases");
    let (mut rewritten, cases) = cases(&text);
    let mut wrong = Vec::new();
    for case in &cases {
        let found = answer(case);
        if found != case.answer {
            wrong.push(format!("{}\nexpected {:#?}\nfound {found:#?}", case.name, case.answer));
        }
        rewritten += &case.text;
        rewritten.extend(found.iter().map(|line| format!("> {line}\n")));
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, rewritten).expect("a file that can be written");
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn every_code_of_a_999_has_a_case() {
    let text = std::fs::read_to_string(testdata().join("codes.txt")).expect("the cases");
    let mut given = BTreeSet::new();
    for line in cases(&text).1.iter().flat_map(|case| &case.answer) {
        let elements: Vec<&str> = line.split('*').collect();
        let places: &[(usize, &str)] = match elements[0] {
            "IK3" => &[(4, "IK304")],
            "IK4" => &[(3, "IK403")],
            "IK5" => &[(1, "IK501"), (2, "IK502"), (3, "IK502"), (4, "IK502")],
            "AK9" => &[(1, "AK901"), (5, "AK905"), (6, "AK905")],
            _ => &[],
        };
        for &(n, name) in places {
            given.extend(elements.get(n).map(|code| (name, (*code).to_owned())));
        }
    }
    for (name, code) in codes_of_a_999() {
        let has_case = given.contains(&(name, code.to_owned()));
        let reason = NEVER.iter().find(|(at, codes, _)| *at == name && codes.contains(&code));
        assert!(has_case != reason.is_some(), "{name} {code}: a case, or a reason why not");
    }
}

/// The code lists of our own table of the 999.
fn codes_of_a_999() -> Vec<(&'static str, &'static str)> {
    let table = &guide::find("005010X231A1", "999").expect("the acknowledgment").table;
    let places = [
        ("IK3", 4, "IK304"),
        ("IK4", 3, "IK403"),
        ("IK5", 1, "IK501"),
        ("IK5", 2, "IK502"),
        ("AK9", 1, "AK901"),
        ("AK9", 5, "AK905"),
    ];
    let codes = places.into_iter().flat_map(|(tag, position, name)| {
        let listed = listed(table, tag, position).expect("a list of codes");
        listed.iter().map(move |&code| (name, code))
    });
    codes.collect()
}

fn listed(table: &Loop, tag: &str, position: u8) -> Option<&'static [&'static str]> {
    table.rows.iter().find_map(|row| match row {
        Row::Segment(slot) if slot.tag.text() == tag => {
            let element = slot.elements.iter().find(|element| element.position == position)?;
            match element.codes {
                Codes::Listed(codes) => Some(codes),
                Codes::Any | Codes::Set(_) => None,
            }
        }
        Row::Segment(_) => None,
        Row::Inner(inner) => listed(inner, tag, position),
    })
}
