//! 277CAs against what they promise: those that we write for every claim file of ours, whatever is
//! found in it, and one of others with a slip in each promise.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use bytes::Bytes;
use common::{files_under, line, testdata, walked};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use x12::answer::x214::rules::{Breach, breaches, breaches_against};
use x12::answer::x214::{self, ClaimVerdict, LineVerdict, Receipt};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::interchange::{Group, Interchange, Set, read};
use x12::value::Day;
use x12::view::answer::{ClaimAcks, claim_acks};
use x12::view::claim::{Claim, claims};

/// Folders with claims.
const FOLDERS: [&str; 4] = ["professional", "institutional", "dental", "broken"];

/// Statuses as rules give them: with the entity and the second status that they need, or more than
/// one STC holds, or such as need another and have none.
const STATUSES: [&str; 16] = [
    "A7:562:85",
    "A7:562:ZZ",
    "A7:500:PW+A7:562:P3",
    "A6:187",
    "A7:255+A7:700",
    "A8:254+A8:700+A8:158:QC",
    "A7:693+A7:178",
    "A8:732+A8:163:IL+A8:187+A8:453",
    "A7:402+A7:178+A7:512+A7:693+A7:476",
    "A7:21",
    "A3:0",
    "A8:746:40",
    "A7:510",
    "A1:19:PR",
    "A2:20",
    "A4:35",
];

fn day(text: &[u8; 8]) -> Day {
    Day::parse(text).expect("a day")
}

fn receipt() -> Receipt<'static> {
    Receipt {
        trace: "R88",
        received: day(b"20260301"),
        processed: day(b"20260302"),
        time: "0015",
        source_name: "GATEWAY",
        source_id: "GATEWAY",
    }
}

fn envelope() -> Envelope {
    Envelope {
        sender_qualifier: "ZZ".to_owned(),
        sender: "CLAIMGATE".to_owned(),
        receiver_qualifier: "ZZ".to_owned(),
        receiver: "WILLOWCLINIC".into(),
        application_sender: "CLAIMGATE".to_owned(),
        application_receiver: "WILLOWCLINIC".into(),
        day: day(b"20260302"),
        time: "0800".to_owned(),
        control_number: 1,
        wants_ta1: false,
        is_production: false,
    }
}

/// What was found in one claim: nothing, or these statuses, and some for lines.
type Findings = (bool, Vec<usize>, Vec<(u32, usize)>);

fn findings() -> impl Strategy<Value = Vec<Findings>> {
    let statuses = prop::collection::vec(0..STATUSES.len(), 0..4);
    let lines = prop::collection::vec((1..5u32, 0..STATUSES.len()), 0..3);
    prop::collection::vec((any::<bool>(), statuses, lines), 1..8)
}

fn verdict((is_accepted, statuses, lines): &Findings, trace: usize) -> ClaimVerdict {
    let text = |&index: &usize| STATUSES[index].to_owned();
    let of_line = |(number, status): &(u32, usize)| LineVerdict {
        number: *number,
        status: vec![text(status)],
    };
    ClaimVerdict {
        is_accepted: *is_accepted,
        status: statuses.iter().map(text).collect(),
        lines: if *is_accepted { Vec::new() } else { lines.iter().map(of_line).collect() },
        trace: format!("CG{trace}"),
        note: (!is_accepted).then(|| "look at the first line".to_owned()),
    }
}

/// Every claim set of every claim file of ours.
fn claim_sets(mut look: impl FnMut(&str, &Interchange, &Group, &Set)) {
    for folder in FOLDERS {
        for path in files_under(&testdata().join(folder), ".edi") {
            let bytes = Bytes::from(std::fs::read(&path).expect("a test file"));
            for interchange in &read(&bytes).interchanges {
                for group in &interchange.groups {
                    for set in &group.sets {
                        if interchange.set_header(set).text(1) == b"837" {
                            look(&path.to_string_lossy(), interchange, group, set);
                        }
                    }
                }
            }
        }
    }
}

/// Writes the answer, and calls `look` with it, read back.
fn answered<R>(
    interchange: &Interchange,
    set: &Set,
    of_set: &x12::walk::Walked,
    verdicts: &[Findings],
    look: impl FnOnce(&str, &ClaimAcks<'_>, &[Claim<'_>]) -> R,
) -> R {
    let found: Vec<Claim<'_>> = claims(interchange, set, of_set).collect();
    let judged: Vec<(Claim<'_>, ClaimVerdict)> = found
        .iter()
        .zip(verdicts.iter().cycle())
        .enumerate()
        .map(|(index, (claim, findings))| (claim.clone(), verdict(findings, index)))
        .collect();
    let envelope = envelope();
    let mut composer = Composer::new(&envelope, Delimiters::OURS);
    composer.begin_group(&envelope, x214::GROUP, x214::VERSION);
    x214::compose(&mut composer, interchange, set, of_set, &judged, &receipt());
    composer.end_group();
    let written = composer.finish();
    let text = String::from_utf8_lossy(&written).replace('~', "~\n");
    let reading = read(&Bytes::from(written));
    let faults: Vec<String> = common::faults_of(&reading).iter().map(line).collect();
    assert_eq!(faults, [""; 0], "{text}");
    let answer = &reading.interchanges[0];
    let (group, set) = (&answer.groups[0], &answer.groups[0].sets[0]);
    let walked = walked(answer, group, set).expect("our own guide");
    look(&text, &claim_acks(answer, set, &walked), &found)
}

fn told(breaches: &[Breach]) -> Vec<String> {
    let tell = |it: &Breach| format!("{} segment {}", it.rule.code(), it.place.segment);
    breaches.iter().map(tell).collect()
}

#[test]
fn what_we_write_keeps_every_promise() {
    let mut runner =
        TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
    let run = runner.run(&findings(), |verdicts| {
        claim_sets(|path, interchange, group, set| {
            let Some(of_set) = walked(interchange, group, set) else { return };
            answered(interchange, set, &of_set, &verdicts, |text, acks, claims| {
                let found = told(&breaches_against(acks, claims));
                assert_eq!(found, [""; 0], "{path}\n{text}");
                assert_eq!(acks.claims.len(), claims.len(), "{path}");
            });
        });
        Ok(())
    });
    run.expect("every answer keeps its promises");
}

#[test]
fn what_turns_a_set_away_counts_all_of_it() {
    let mut sets = 0;
    claim_sets(|path, interchange, group, set| {
        let Some(of_set) = walked(interchange, group, set) else { return };
        let found: Vec<Claim<'_>> = claims(interchange, set, &of_set).collect();
        let envelope = envelope();
        let mut composer = Composer::new(&envelope, Delimiters::OURS);
        composer.begin_group(&envelope, x214::GROUP, x214::VERSION);
        let status = ["A8:746:40".to_owned()];
        let receipt = receipt();
        x214::compose_rejected(&mut composer, interchange, set, &of_set, &found, &status, &receipt);
        composer.end_group();
        let reading = read(&Bytes::from(composer.finish()));
        let answer = &reading.interchanges[0];
        let of_answer = walked(answer, &answer.groups[0], &answer.groups[0].sets[0]);
        let of_answer = of_answer.expect("our own guide");
        let acks = claim_acks(answer, &answer.groups[0].sets[0], &of_answer);
        assert_eq!(told(&breaches_against(&acks, &found)), [""; 0], "{path}");
        sets += 1;
    });
    assert!(sets > 10);
}

/// What stands in the answers of each kind of claim: its type of bill, its days, its lines.
#[test]
fn each_kind_of_claim_is_answered_in_its_own_words() {
    let kinds = [
        ("professional/plain.edi", ["SVC*HC:", "DTP*472*D8*"]),
        ("institutional/inpatient.edi", ["REF*BLT*11", "DTP*472*RD8*"]),
        ("institutional/inpatient.edi", ["SVC*NU:0", "HL*4*3*PT~"]),
        ("institutional/outpatient.edi", ["SVC*HC:", "REF*BLT*13"]),
        ("dental/plain.edi", ["SVC*AD:D", "STC*A7:562:73"]),
    ];
    for (name, expected) in kinds {
        let bytes = std::fs::read(testdata().join(name)).expect("a test file");
        let reading = read(&Bytes::from(bytes));
        let interchange = &reading.interchanges[0];
        let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
        let of_set = walked(interchange, group, set).expect("a guide of ours");
        let lines = (1..=4).map(|number| (number, 1)).collect();
        answered(interchange, set, &of_set, &[(false, vec![1], lines)], |text, _, _| {
            for part in expected {
                assert!(text.contains(part), "{name}: {part} is missing in\n{text}");
            }
        });
    }
}

/// A slip in the 277CA of somebody else, and the promise that it breaks, with the segment.
const SLIPS: [(&str, &str, &[&str]); 13] = [
    ("", "", &[]),
    ("QTY*AA*1~", "QTY*AA*2~", &["V-ACK-01 segment 10"]),
    ("QTY*QA*1~", "QTY*QA*7~", &["V-ACK-01 segment 16"]),
    ("QTY*90*1~\n", "", &["V-ACK-01 segment 10"]),
    ("AMT*YY*1150.5~\nHL*3", "AMT*YY*1150~\nHL*3", &["V-ACK-02 segment 10"]),
    ("WQ*120*", "WQ*121*", &["V-ACK-02 segment 10", "V-ACK-02 segment 16"]),
    ("STC*A3:247*20260302*U", "STC*A3:247*20260302*WQ", &["V-ACK-04 segment 28"]),
    ("STC*A7:453**U", "STC*A1:453**U", &["V-ACK-04 segment 33"]),
    ("A2:20:PR*20260302", "A2:20:PR*20260303", &["V-ACK-06 segment 40"]),
    ("A1:16:PR*TAKEN", "A1:16*TAKEN", &["V-ACK-07 segment 40"]),
    ("STC*A7:453**U", "STC*A7:562**U", &["V-ACK-07 segment 33"]),
    ("STC*A7:453**U", "STC*A7:21**U", &["V-ACK-08 segment 33"]),
    ("*A1:19:PR*A1:16:PR*TAKEN", "**A1:16:PR*TAKEN", &["V-ACK-09 segment 40"]),
];

#[test]
fn finds_each_broken_promise() {
    let path = testdata().join("answers/claim-acknowledgment.edi");
    let text = std::fs::read_to_string(path).expect("an answer");
    let good = text.replace("A1:19*A1:16*", "A1:19:PR*A1:16:PR*");
    for (from, to, expected) in SLIPS {
        assert!(from.is_empty() || good.contains(from), "{from} is not in the file");
        let reading = read(&Bytes::from(good.replacen(from, to, 1)));
        let interchange = &reading.interchanges[0];
        let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
        let of_set = walked(interchange, group, set).expect("the guide of the 277CA");
        let acks = claim_acks(interchange, set, &of_set);
        assert_eq!(told(&breaches(&acks)), expected, "{from} -> {to}");
    }
}

/// The answer to one file, held against the claims of another or of a changed one.
#[test]
fn finds_claims_that_are_not_answered_once() {
    let text = std::fs::read_to_string(testdata().join("dental/orthodontics.edi"));
    let text = text.expect("a test file");
    let reading = read(&Bytes::from(text.clone()));
    let interchange = &reading.interchanges[0];
    let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
    let of_set = walked(interchange, group, set).expect("a guide of ours");
    let changes: [(&str, &str, &[&str]); 3] = [
        ("CLM*WDO1003*180*", "CLM*WDO1003*180*", &[]),
        ("CLM*WDO1003*180*", "CLM*WDO1009*180*", &["V-ACK-03 segment 2", "V-ACK-03 segment 40"]),
        ("CLM*WDO1003*180*", "CLM*WDO1003*190*", &["V-ACK-02 segment 10", "V-ACK-05 segment 40"]),
    ];
    for (from, to, expected) in changes {
        let other = read(&Bytes::from(text.replacen(from, to, 1)));
        let other = &other.interchanges[0];
        let (other_group, other_set) = (&other.groups[0], &other.groups[0].sets[0]);
        let other_walked = walked(other, other_group, other_set).expect("a guide of ours");
        let sent: Vec<Claim<'_>> = claims(other, other_set, &other_walked).collect();
        let verdicts: [Findings; 1] = [(true, Vec::new(), Vec::new())];
        answered(interchange, set, &of_set, &verdicts, |text, acks, _| {
            let found = told(&breaches_against(acks, &sent));
            let rules = |all: &[String]| -> Vec<String> {
                all.iter().filter_map(|one| one.split(' ').next()).map(str::to_owned).collect()
            };
            let expected: Vec<String> = expected.iter().map(|&one| one.to_owned()).collect();
            assert_eq!(rules(&found), rules(&expected), "{to}\n{text}");
        });
    }
}
