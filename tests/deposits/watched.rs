//! The real daemon with a directory for files of the bank.

#[path = "../daemon/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;

use std::path::{Path, PathBuf};

use claimgate::ledger::Account;
use daemon::{Place, SETTINGS, drop_whole, wait};

use crate::files::{Ach, nacha};

/// A made-up number of an account that must be nowhere but in the archive.
const ACCOUNT: &str = "000123456789";

#[test]
fn takes_files_of_the_bank_out_of_a_directory() {
    let place = Place::new("", "");
    let settings = format!("{SETTINGS}\n[bank]\ndirectory = \"bank\"\n");
    place.write("config/claimgate.toml", &settings);
    let daemon = place.start();
    let bank = place.data().join("bank");
    let entry = Ach {
        day: "261103".to_owned(),
        cents: 14_800,
        trn: "TRN*1*A100*1512345678~".to_owned(),
        company: "ACME HEALTH".to_owned(),
        company_id: "1512345678".to_owned(),
        number: 1,
    };
    let good = nacha(&[entry]);
    drop_whole(&bank.join("inbox"), "good.ach", good.as_bytes());
    drop_whole(&bank.join("inbox"), "cut.ach", &good.as_bytes()[..300]);
    wait("both files", || settled(&bank).len() >= 4);
    wait("the item of a late remittance", || {
        let work = place.store().work(&claimgate::store::WorkFilter::default()).expect("read");
        work.iter().any(|item| item.category.name() == "deposit")
    });
    let balances = place.store().balances().expect("read");
    let bank_has = balances.iter().find(|total| total.account == Account::Bank);
    assert_eq!(bank_has.map(|total| total.amount.cents()), Some(14_800));
    let listed = place.command(&["bank", "deposits", "--format", "json"]);
    let listed = String::from_utf8(listed.stdout).expect("text");
    assert!(listed.contains("\"trace\":\"A100\""), "{listed}");
    let metrics = daemon.page("/metrics");
    assert!(metrics.contains("claimgate_deposits_total{outcome=\"new\"} 1"), "{metrics}");

    // Brought in by hand, it is known by the same bytes.
    place.write("again.ach", &good);
    let path = place.root.path().join("again.ach");
    let path = path.to_str().expect("a path");
    let taken = place.command(&["bank", "take", path]);
    assert!(taken.status.success(), "{taken:?}");
    let shown = place.command(&["bank", "show", path]);
    let (taken, shown) = (said(&taken), said(&shown));
    assert!(taken.contains("1 deposit"), "{taken}");
    assert!(shown.contains("trace A100"), "{shown}");
    let cut = place.root.path().join("cut.ach");
    std::fs::write(&cut, &good.as_bytes()[..300]).expect("written");
    let wrong = place.command(&["bank", "show", cut.to_str().expect("a path")]);
    assert_eq!(wrong.status.code(), Some(1));
    assert!(said(&wrong).contains("file control"), "{}", said(&wrong));
    drop(daemon);

    let told = [place.log(), metrics, listed, taken, shown, said(&wrong)];
    for text in told.into_iter().chain(notes(&bank)) {
        assert!(!text.contains(ACCOUNT), "{text}");
    }
}

fn said(output: &std::process::Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Files in done and error, which are sorted by the day.
fn settled(bank: &Path) -> Vec<PathBuf> {
    ["done", "error"].into_iter().flat_map(|name| files_under(&bank.join(name))).collect()
}

fn files_under(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(directory) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("a file").path());
    paths.flat_map(|path| if path.is_dir() { files_under(&path) } else { vec![path] }).collect()
}

/// What stands beside files.
fn notes(bank: &Path) -> Vec<String> {
    let notes =
        settled(bank).into_iter().filter(|path| path.to_string_lossy().ends_with(".meta.json"));
    notes.map(|path| std::fs::read_to_string(path).expect("a note")).collect()
}
