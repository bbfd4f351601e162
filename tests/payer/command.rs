//! `claimgate simulate-payer` between two directories.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::made::{self, Made};

fn run(root: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_claimgate"));
    command.arg("simulate-payer").args(["--today", "2026-03-02", "--every-ms", "0"]);
    command.args(words).current_dir(root).output().expect("it runs")
}

/// Names and contents of what the payer dropped, in order.
fn dropped(root: &Path) -> Vec<(String, String)> {
    let Ok(entries) = fs::read_dir(root.join("out")) else { return Vec::new() };
    let mut files: Vec<(String, String)> = entries
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("text"))
        })
        .collect();
    files.sort();
    files
}

const SCRIPT: &str =
    "[[outcome]]\nname = \"a\"\nstep = [{ act = \"pay\" }, { act = \"reverse\", after = 1 }]";

fn place() -> tempfile::TempDir {
    let place = tempfile::tempdir().expect("a directory");
    fs::create_dir(place.path().join("in")).expect("made");
    let file = made::interchange("CEDAR", 1, &[Made::new("A")]);
    fs::write(place.path().join("in/one.x12"), file).expect("written");
    fs::write(place.path().join("payer.toml"), SCRIPT).expect("written");
    place
}

const WORDS: &[&str] =
    &["--in", "in", "--out", "out", "--script", "payer.toml", "--state", "state.json"];

#[test]
fn it_answers_what_lies_there_and_remembers_it_over_restarts() {
    let (whole, parts) = (place(), place());
    let output = run(whole.path(), &[WORDS, &["--cycles", "3"]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for _ in 0..3 {
        assert!(run(parts.path(), &[WORDS, &["--cycles", "1"]].concat()).status.success());
    }
    let all = dropped(whole.path());
    assert_eq!(all, dropped(parts.path()));
    let names: Vec<&str> = all.iter().map(|(name, _)| name.as_str()).collect();
    let expected = [
        "000001_TA1.x12",
        "000002_999.x12",
        "000003_277CA.x12",
        "000004_835.x12",
        "000005_835.x12",
    ];
    assert_eq!(names, expected);
    assert!(
        all[4].1.contains("CLP*A*22*-100*-80*") && all[4].1.contains("PLB*1999001013*20261231*FB:")
    );
    assert!(fs::read_dir(whole.path().join("in")).expect("there").next().is_none());
}

#[test]
fn a_payer_that_died_before_it_sent_sends_the_same() {
    let place = place();
    assert!(run(place.path(), &[WORDS, &["--cycles", "1"]].concat()).status.success());
    let first = dropped(place.path());
    // As if it had died behind its note, with nothing sent and nothing removed.
    let path = place.path().join("state.json");
    let mut kept: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).expect("kept")).expect("JSON");
    kept["unsent"] = serde_json::to_value(&first).expect("rows");
    kept["taken"] = serde_json::json!(["one.x12"]);
    fs::write(&path, kept.to_string()).expect("written");
    fs::remove_dir_all(place.path().join("out")).expect("removed");
    fs::write(place.path().join("in/one.x12"), "still there").expect("written");
    assert!(run(place.path(), &[WORDS, &["--cycles", "0"]].concat()).status.success());
    assert_eq!(dropped(place.path()), first);
    assert!(!place.path().join("in/one.x12").exists());
}

#[test]
fn what_it_cannot_use_it_says_with_a_line_and_without_names() {
    let place = place();
    fs::write(place.path().join("payer.toml"), "\n\nseed = true\n").expect("written");
    let output = run(place.path(), &[WORDS, &["--cycles", "1"]].concat());
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("payer.toml: line 3: invalid type"), "{told}");

    fs::write(place.path().join("payer.toml"), SCRIPT).expect("written");
    fs::write(place.path().join("state.json"), "{\"version\": 2, \"state\": \"ROE\"}")
        .expect("written");
    let output = run(place.path(), &[WORDS, &["--cycles", "1"]].concat());
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("line 1") && !told.contains("ROE"), "{told}");
}

#[test]
fn its_bank_drops_a_file_of_its_own() {
    let place = place();
    let root = place.path();
    let script = format!("[payer]\npays_by = \"ACH\"\n[[deposit]]\nlate = 2\n{SCRIPT}");
    fs::write(root.join("payer.toml"), script).expect("written");
    let words = [WORDS, &["--bank", "bank"]].concat();
    for (cycles, shown) in [("2", 0), ("1", 1), ("1", 1)] {
        let output = run(root, &[&words[..], &["--cycles", cycles]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let files = fs::read_dir(root.join("bank")).map_or(0, Iterator::count);
        assert_eq!(files, shown);
    }
    let file = fs::read_to_string(root.join("bank/000001_deposits.ach")).expect("there");
    assert!(file.contains("TRN*1*EFT000000001*1999999999~") && file.contains("0000008000"));

    // As if it had died before the bank wrote.
    let path = root.join("state.json");
    let mut kept: serde_json::Value =
        serde_json::from_slice(&fs::read(&path).expect("kept")).expect("JSON");
    kept["unshown"] = serde_json::json!([["000001_deposits.ach", file]]);
    fs::write(&path, kept.to_string()).expect("written");
    fs::remove_dir_all(root.join("bank")).expect("removed");
    let nowhere = run(root, &[WORDS, &["--cycles", "0"]].concat());
    assert!(String::from_utf8_lossy(&nowhere.stderr).contains("say where with --bank"));
    assert!(run(root, &[&words[..], &["--cycles", "0"]].concat()).status.success());
    assert_eq!(fs::read_to_string(root.join("bank/000001_deposits.ach")).expect("there"), file);

    fs::write(root.join("payer.toml"), SCRIPT).expect("written");
    let output = run(root, &[&words[..], &["--cycles", "1"]].concat());
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("pays by check"));
}
