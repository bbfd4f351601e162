//! What the bank shows of the simulated payer's transfers.

use bytes::Bytes;
use claimgate::bank::{Columns, Form, read};
use claimgate::simulated_payer::bank::BankFile;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{State, When, remit, statement, take};
use x12::value::Day;

use crate::made;

fn when() -> When {
    When { today: Day::new(2026, 3, 2).expect("a day"), time: "0930".to_owned() }
}

/// Claims A, B, C and so on are paid 80.00 each, a cycle after the other.
fn script(rest: &str, claims: usize) -> Script {
    let mut text = "[payer]\nname = \"ACME HEALTH & CO\"\npays_by = \"ACH\"\n".to_owned();
    for index in 0..claims {
        let claim = char::from(b'A' + index as u8);
        text.push_str(&format!(
            "[[outcome]]\nname = \"{claim}\"\nclaim = \"{claim}\"\n\
             step = [{{ act = \"pay\", after = {index} }}]\n"
        ));
    }
    text.push_str(rest);
    Script::read(&text).expect("a script")
}

/// The files of the bank, each with the cycle after which it came.
fn shown(script: &Script, claims: usize) -> Vec<(u32, BankFile)> {
    let mut state = State::default();
    let made: Vec<_> = (0..claims)
        .map(|index| made::Made::new(&char::from(b'A' + index as u8).to_string()))
        .collect();
    let file = Bytes::from(made::interchange("CEDAR", 1, &made));
    take(script, &mut state, &file, &when());
    let mut files = Vec::new();
    while state.waits(script) {
        let cycle = state.cycle;
        remit(script, &mut state, &when());
        files.extend(statement(script, &mut state, &when()).map(|file| (cycle, file)));
    }
    files
}

/// Of each deposit the cycle, its amount and its trace number.
fn told(files: &[(u32, BankFile)]) -> Vec<String> {
    let mut told = Vec::new();
    for (cycle, file) in files {
        let read = read(&file.bytes, Form::Any, &Columns::default()).expect("it holds together");
        assert_eq!((read.form, read.others), (file.form, 0));
        for entry in read.entries {
            assert_eq!(entry.day, when().today);
            assert!(entry.is_claim_payment);
            let payer = if entry.trace.is_empty() { "" } else { "1999999999" };
            if file.form != Form::Nacha || !payer.is_empty() {
                assert_eq!(entry.payer_id, payer);
            }
            told.push(format!("{cycle}: {} {}", entry.amount, entry.trace));
        }
    }
    told
}

#[test]
fn every_form_reads_back_and_tells_the_same() {
    let expected = ["0: 80.00 EFT000000001", "1: 80.00 EFT000000002", "2: 80.00 EFT000000003"];
    for (form, ending) in [("nacha", "ach"), ("bai2", "bai"), ("csv", "csv")] {
        let files = shown(&script(&format!("[bank]\nform = \"{form}\"\n"), 3), 3);
        assert_eq!(told(&files), expected, "{form}");
        assert_eq!(files[1].1.file_name(), format!("000002_deposits.{ending}"));
    }
}

#[test]
fn a_file_of_many_entries_is_filled_up_to_whole_blocks() {
    let files = shown(&script("[[deposit]]\nagain = 30\n", 1), 1);
    let [(0, file)] = files.as_slice() else { panic!("one file") };
    assert_eq!(told(&files).len(), 31);
    let text = std::str::from_utf8(&file.bytes).expect("text");
    assert!(text.lines().all(|line| line.len() == 94));
    assert!(text.lines().count().is_multiple_of(10));
    assert!(text.contains("5220ACME HEALTH & CO"), "{text}");
}

#[test]
fn deposits_are_as_odd_as_the_script_says() {
    for (rule, expected) in [
        ("late = 2", &["1: 80.00 2", "2: 80.00 1", "2: 80.00 3"][..]),
        ("missing = true", &["1: 80.00 2", "2: 80.00 3"]),
        ("off_by = \"-5.25\"", &["0: 74.75 1", "1: 80.00 2", "2: 80.00 3"]),
        // Nothing comes of less than nothing.
        ("off_by = \"-80\"", &["1: 80.00 2", "2: 80.00 3"]),
        ("trace = \"unknown\"", &["0: 80.00 X1", "1: 80.00 2", "2: 80.00 3"]),
        ("trace = \"none\"", &["0: 80.00 ", "1: 80.00 2", "2: 80.00 3"]),
        ("again = 1", &["0: 80.00 1", "0: 80.00 1", "1: 80.00 2", "2: 80.00 3"]),
        ("payee = \"1000000000\"\nmissing = true", &["0: 80.00 1", "1: 80.00 2", "2: 80.00 3"]),
        ("percent = 0\nmissing = true", &["0: 80.00 1", "1: 80.00 2", "2: 80.00 3"]),
    ] {
        let files = shown(&script(&format!("[[deposit]]\ncycle = 0\n{rule}\n"), 3), 3);
        let short: Vec<String> =
            told(&files).iter().map(|line| line.replace("EFT00000000", "")).collect();
        assert_eq!(short, expected, "{rule}");
    }
    let before = script("[[deposit]]\ncycle = 1\ntrace = \"before\"\n", 3);
    let traces = told(&shown(&before, 3));
    let expected = ["0: 80.00 EFT000000001", "1: 80.00 EFT000000001", "2: 80.00 EFT000000003"];
    assert_eq!(traces, expected);
}

#[test]
fn the_same_seed_is_odd_in_the_same_places() {
    let drawn = |seed: u64| {
        let mut script = script("[[deposit]]\npercent = 50\nmissing = true\n", 20);
        script.seed = seed;
        told(&shown(&script, 20))
    };
    assert_eq!(drawn(1), drawn(1));
    assert_ne!(drawn(1), drawn(2));
    assert!((1..20).contains(&drawn(1).len()), "{:?}", drawn(1));
}

#[test]
fn checks_and_payments_of_nothing_are_in_no_file() {
    let mut script = script("[bank]\n", 1);
    "CHK".clone_into(&mut script.payer.pays_by);
    assert_eq!(shown(&script, 1), []);
    let nothing = "[payer]\npays_by = \"ACH\"\n[bank]\n[[outcome]]\nname = \"a\"\n\
                   step = [{ act = \"deny\", reason = \"50\" }]\n";
    assert_eq!(shown(&Script::read(nothing).expect("a script"), 1), []);
}
