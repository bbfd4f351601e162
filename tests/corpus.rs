//! Files of other people's projects, when they lie beside this one: every command that reads a
//! file takes each of them without a panic, and our answers to them are sound.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use clap::Parser;

use claimgate::commands::store::Desk;
use claimgate::commands::{Arguments, Command, Failure, ack, check, remit, show};
use claimgate::intake::judge::judge;
use x12::answer::x214::rules::breaches;
use x12::guide::control;
use x12::guide::row::{Codes, Content, Row};
use x12::interchange::Interchange;
use x12::view::answer::claim_acks;

/// No file of the corpus is so large that any command may take longer.
const COMMAND_TIME_MAX: Duration = Duration::from_secs(20);

/// The day that the files are looked at on.
const AS_OF: &str = "2026-11-01";

#[test]
fn every_command_takes_every_file_of_the_corpus_and_answers_are_sound() {
    let files = files_under("../shared/corpus");
    let mut wrong = Vec::new();
    for file in &files {
        let path = file.to_str().expect("a path");
        for words in [
            vec!["check", "--format", "json", "--as-of", AS_OF, path],
            vec!["check", "--as-of", AS_OF, path],
            vec!["show", path],
            vec!["remit", path],
            vec!["ack", "--as-of", AS_OF, "--kind", "ta1", path],
            vec!["ack", "--as-of", AS_OF, path],
        ] {
            let began = Instant::now();
            let ran = catch_unwind(AssertUnwindSafe(|| run(&words)));
            let name = words.join(" ");
            match ran {
                Err(_) => wrong.push(format!("{name}: panicked")),
                Ok(_) if began.elapsed() > COMMAND_TIME_MAX => {
                    wrong.push(format!("{name}: took {:?}", began.elapsed()));
                }
                Ok((out, _)) if words[0] == "ack" => {
                    wrong.extend(faults_of(out).map(|fault| format!("{name}: {fault}")));
                }
                Ok(_) => {}
            }
        }
    }
    println!("{} files of the corpus were read", files.len());
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// Every TA1, 999 and 277CA that we give for a file of ours is read back without a fault.
#[test]
fn our_answers_to_our_own_files_are_sound() {
    let files = files_under("testdata").into_iter();
    let files: Vec<_> =
        files.filter(|file| file.extension().is_some_and(|it| it == "edi")).collect();
    let mut wrong = Vec::new();
    let mut answers = 0;
    for file in &files {
        let path = file.to_str().expect("a path");
        for kind in ["ta1", "999", "277ca", "all"] {
            let (out, _) = run(&["ack", "--as-of", AS_OF, "--kind", kind, path]);
            answers += usize::from(!out.is_empty());
            wrong.extend(faults_of(out).map(|fault| format!("{path}, {kind}: {fault}")));
        }
    }
    assert!(files.len() > 100 && answers > files.len(), "{answers} answers to {}", files.len());
    assert!(wrong.is_empty(), "{} are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

/// `check` says of claims what `ack` answers: how many are taken, and how many held.
#[test]
fn check_and_ack_judge_claims_alike() {
    let twice = twice_in_a_set();
    let files = files_under("testdata").into_iter().chain([twice.path().to_owned()]);
    let (mut wrong, mut held_in_all) = (Vec::new(), 0);
    for file in files.filter(|file| file.extension().is_some_and(|it| it == "edi")) {
        let path = file.to_str().expect("a path");
        let (out, _) = run(&["check", "--format", "json", "--as-of", AS_OF, path]);
        let out = String::from_utf8_lossy(&out).into_owned();
        let Some(summary) = out.lines().last() else { continue };
        let summary: serde_json::Value = serde_json::from_str(summary).expect("JSON");
        let count = |key: &str| summary[key].as_u64().expect("a count");
        let checked = [count("clean") + count("repaired") + count("held"), count("held")];
        let (out, _) = run(&["ack", "--as-of", AS_OF, "--kind", "277ca", path]);
        let out = String::from_utf8_lossy(&out).into_owned();
        let taken = out.split('~').filter_map(|it| it.trim().strip_prefix("QTY*90*"));
        let taken: u64 = taken.map(|count| count.parse::<u64>().expect("a count")).sum();
        let answered = [taken, out.matches("HELD FOR CORRECTION").count() as u64];
        held_in_all += answered[1];
        // An interchange that comes twice is answered once; `check` looks at both.
        if checked != answered && !path.ends_with("repeats-in-one-file/monday.edi") {
            wrong.push(format!("{path}: taken and held {checked:?}, answered {answered:?}"));
        }
    }
    assert!(held_in_all > 3, "{held_in_all} claims are held");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A file whose set has the same claim under one CLM01 twice.
fn twice_in_a_set() -> tempfile::NamedTempFile {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("testdata/professional/plain.edi"));
    let text = text.expect("a test file");
    let (head, rest) = text.split_once("CLM*").expect("a claim");
    let (claim, tail) = rest.split_once("SE*24*").expect("an end of the set");
    let claim = format!("CLM*{claim}");
    let segments = 24 + claim.matches('~').count();
    let file = tempfile::Builder::new().suffix(".edi").tempfile().expect("a file");
    let twice = format!("{head}{claim}{claim}SE*{segments}*{tail}");
    std::fs::write(file.path(), twice).expect("a file to write");
    file
}

#[test]
fn the_bases_of_the_edits_are_clean() {
    let files = files_under("../shared/edits/bases");
    for file in &files {
        let path = file.to_str().expect("a path");
        let (out, outcome) = run(&["check", "--format", "json", "--as-of", AS_OF, path]);
        let out = String::from_utf8(out).expect("text");
        let summary = out.lines().last().expect("a summary");
        let summary: serde_json::Value = serde_json::from_str(summary).expect("JSON");
        assert!(outcome.is_ok(), "{path}: {outcome:?}");
        assert_eq!(summary["findings"], 0, "{path}:\n{out}");
        assert_eq!(summary["claims"], summary["clean"], "{path}");
    }
    println!("{} bases were read", files.len());
}

/// What is rejected in the claims that X12 publishes as examples, and why that is right: the rule,
/// the ends of the files' names (any file without), the reason.
const REJECTED_EXAMPLES: &[(&str, &[&str], &str)] = &[
    ("npi-wrong", &[], "the numbers are made up, and fail their check digit"),
    ("taxonomy-malformed", &[], "the codes are made up, and do not end in X"),
    ("medicare-number-malformed", &[], "the numbers are those of Medicare before 2020"),
    ("upin-malformed", &[], "the numbers are made up, and have no letter in front"),
    ("phone-impossible", &[], "the numbers are made up: no exchange begins with 1"),
    (
        "zip-malformed",
        &["COB-claim-from-billing-provider-to-payer-b.edi"],
        "a digit was lost in print; the same address has five digits in the example before",
    ),
    ("billing-zip-short", &[], "the addresses are made up; the guide itself asks for nine digits"),
    (
        "patient-status-unknown",
        &["automobile-accident.edi"],
        "the status is written with one digit; the manual for the form has two",
    ),
    (
        "billing-address-is-a-box",
        &["pass/ppo-repriced-claim.edi"],
        "the guide forbids a box in loop 2010AA in words; the example is older than them",
    ),
    (
        "dental-service-date-missing",
        &["multiple-tooth-numbers.edi", "sales-tax.edi", "orthodontic-treatment-plan.edi"],
        "the examples show other elements and leave the day out; payers reject a service that was \
         given and has no day, and these do not say that they are estimates (CLM19 PB)",
    ),
];

#[test]
fn rejects_in_the_examples_of_x12_only_what_is_made_up_in_them() {
    let is_claim = |path: &&PathBuf| {
        let name = path.to_string_lossy();
        name.contains("/pass/")
            && ["/X222A1 ", "/X223A2 ", "/X224A2 "].iter().any(|guide| name.contains(guide))
    };
    let all = files_under("../shared/corpus/stupidedi/005010");
    let files: Vec<&PathBuf> = all.iter().filter(is_claim).collect();
    let (mut wrong, mut met) = (Vec::new(), Vec::new());
    for file in &files {
        let path = file.to_str().expect("a path");
        let (out, _) = run(&["check", "--format", "json", "--as-of", AS_OF, path]);
        for line in String::from_utf8(out).expect("text").lines() {
            let note: serde_json::Value = serde_json::from_str(line).expect("JSON");
            let of_content = (3..=6).contains(&note["snip"].as_u64().unwrap_or_default());
            if note["severity"] != "reject" || !of_content {
                continue;
            }
            let explains = |(rule, ends, _): &&(&str, &[&str], &str)| {
                note["rule"] == *rule
                    && (ends.is_empty() || ends.iter().any(|it| path.ends_with(it)))
            };
            match REJECTED_EXAMPLES.iter().find(explains) {
                Some(&(rule, _, _)) => met.push(rule),
                None => wrong.push(format!("{path}: {line}")),
            }
        }
    }
    println!("{} examples of X12 were read", files.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let stale = REJECTED_EXAMPLES.iter().filter(|(rule, _, _)| !met.contains(rule));
    assert!(files.is_empty() || stale.count() == 0, "an exception explains nothing");
}

/// All files below a directory beside the project; says so when it is not there.
fn files_under(name: &str) -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if !root.is_dir() {
        println!("SKIPPED: {name} is not there");
        return Vec::new();
    }
    let mut files = Vec::new();
    let mut directories = vec![root];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(directory).expect("a directory") {
            let path = entry.expect("an entry").path();
            if path.is_dir() { directories.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    files
}

fn run(words: &[&str]) -> (Vec<u8>, Result<claimgate::commands::Outcome, Failure>) {
    let words = ["claimgate"].into_iter().chain(words.iter().copied());
    let arguments = Arguments::try_parse_from(words).expect("a command");
    let mut out = Vec::new();
    let desk = Desk { config: None, data: &arguments.data };
    let outcome = match &arguments.command {
        Command::Check(own) => check::run(own, &desk, &mut out),
        Command::Show(own) => show::run(own, &desk, &mut out),
        Command::Remit(own) => remit::run(own, &desk, &mut out),
        Command::Ack(own) => ack::run(own, &desk, &mut out),
        _ => panic!("not a command of this test"),
    };
    (out, outcome)
}

/// What our own reader has against our answers.
fn faults_of(answers: Vec<u8>) -> impl Iterator<Item = String> {
    let bytes = Bytes::from(answers);
    let reading = x12::interchange::read(&bytes);
    let mut found: Vec<String> =
        reading.strays.iter().map(|stray| format!("stray {stray:?}")).collect();
    for interchange in &reading.interchanges {
        found.extend(ta1_faults(interchange));
        let mut faults = interchange.faults.clone();
        for group in &interchange.groups {
            faults.extend(group.faults.iter().copied());
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                let acks = claim_acks(interchange, set, &judged.walked);
                let broken = breaches(&acks).into_iter();
                found.extend(broken.map(|one| format!("{} is broken", one.rule.code())));
                faults.extend(judged.faults.iter().copied());
            }
        }
        found.extend(faults.iter().map(|fault| {
            let line = bytes[fault.place.offset..].split(|&byte| byte == b'~').next();
            let line = String::from_utf8_lossy(line.unwrap_or_default()).into_owned();
            format!("{} ({fault}) at {line}", fault.kind.name())
        }));
    }
    found.into_iter()
}

/// What the table of the control segments has against TA1 segments: presence, length, digits, codes.
fn ta1_faults(interchange: &Interchange) -> Vec<String> {
    let is_ta1 = |row: &&Row| matches!(row, Row::Segment(slot) if slot.tag.text() == "TA1");
    let Some(Row::Segment(slot)) = control::ROWS.iter().find(is_ta1) else {
        return vec!["there is no table of the TA1".to_owned()];
    };
    let mut wrong = Vec::new();
    for ta1 in interchange.ta1s() {
        for element in slot.elements {
            let value = ta1.text(usize::from(element.position));
            let Content::Simple(data) = element.content else { continue };
            let length = usize::from(data.len_min)..=usize::from(data.len_max);
            let listed = match element.codes {
                Codes::Listed(codes) => codes.iter().any(|code| code.as_bytes() == value),
                Codes::Any | Codes::Set(_) => value.iter().all(u8::is_ascii_digit),
            };
            if !length.contains(&value.len()) || !listed {
                wrong.push(format!("TA1{:02} does not fit its table", element.position));
            }
        }
    }
    wrong
}
