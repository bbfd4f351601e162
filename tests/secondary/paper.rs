//! A payment on paper: its remittance is drafted from the claims, completed by a person, and posted like any.

use std::collections::BTreeSet;
use std::fs;

use bytes::Bytes;
use clap::Parser;
use tempfile::TempDir;

use claimgate::change::ClaimId;
use claimgate::commands::{Arguments, Command, Failure, Outcome, convert, remit};
use claimgate::lifecycle::State;

use super::House;
use super::told::{PAID_65, Word, acme, books, house};

const PAPER: [&str; 4] = ["--check", "881", "--paid-on", "2026-11-02"];

impl House {
    fn draft(&self, words: &[&str]) -> Result<String, Failure> {
        self.draft_of(words, &PAPER)
    }

    fn draft_of(&self, words: &[&str], paper: &[&str]) -> Result<String, Failure> {
        let all = ["claimgate", "remit", "--draft"].iter().chain(words).chain(paper);
        let arguments = Arguments::try_parse_from(all).expect("a command");
        let Command::Remit(arguments) = arguments.command else { panic!("no draft") };
        let mut out = Vec::new();
        remit::draft::write(&arguments, &self.office(), &mut out)?;
        Ok(String::from_utf8(out).expect("a text"))
    }
}

/// The draft with what a person writes in place of each question mark.
fn completed(draft: &str, values: &[&str]) -> String {
    assert_eq!(draft.matches("\"?\"").count(), values.len(), "{draft}");
    values
        .iter()
        .fold(draft.to_owned(), |text, value| text.replacen("\"?\"", &format!("\"{value}\""), 1))
}

fn x12_of(document: &str) -> Result<(Outcome, Bytes), Failure> {
    let place = TempDir::new().expect("a directory");
    let file = place.path().join("paper.json");
    fs::write(&file, document).expect("written");
    let words = ["claimgate", "convert", file.to_str().expect("a path"), "--to", "x12"];
    let Command::Convert(arguments) = Arguments::try_parse_from(words).expect("a command").command
    else {
        panic!("nothing to convert")
    };
    let mut out = Vec::new();
    Ok((convert::run(&arguments, &mut out)?, out.into()))
}

#[test]
fn a_payment_on_paper_is_drafted_completed_and_posted() {
    let mut house = house();
    let draft = house.draft(&["1"]).expect("a draft");
    for said in ["\"A1\"", "\"ROE\"", "\"99213\"", "\"881\"", "\"2026-11-02\"", "\"100\""] {
        assert!(draft.contains(said), "{said}: {draft}");
    }
    // What nobody completed is no remittance, nor one that does not add up.
    let unfit = x12_of(&draft).expect_err("not complete").to_string();
    assert!(unfit.contains("says what its guide forbids"), "{unfit}");
    let values = ["65", "1999999999", "65", "15", "65", "20", "15"];
    let wrong = completed(&draft, &["65", "1999999999", "65", "15", "65", "20", "5"]);
    let unfit = x12_of(&wrong).expect_err("it does not add up").to_string();
    assert!(unfit.contains("does not add up"), "{unfit}");
    let (outcome, bytes) = x12_of(&completed(&draft, &values)).expect("complete");
    assert_eq!(outcome, Outcome::Clean);
    house.take("acme", bytes);
    // What the patient bears is what CLP05 says.
    let broken = house.store().broken_rules().expect("read");
    assert!(broken.iter().all(|total| total.rule != "V05"), "{broken:?}");
    let of_first = [("cash", 6_500), ("contractual", 2_000), ("patient", 1_500)];
    assert_eq!(house.books(), books(&of_first));
    assert!(house.open_items().is_empty());

    // The second payer's, for the claim that was made for it.
    assert_eq!(house.state(2), Some(State::Batched));
    let draft = house.draft(&["2"]).expect("a draft");
    let values = ["15", "1888888888", "15", "0", "15", "85", "0"];
    let document = completed(&draft, &values);
    // The patient's share is taken out: nothing is left.
    let whole: serde_json::Value = serde_json::from_str(&document).expect("a document");
    let without = whole
        .to_string()
        .replace(r#",{"adjustment_group":"PR","reasons":[{"reason":"3","amount":"0"}]}"#, "");
    assert!(without.len() < whole.to_string().len(), "{whole}");
    let (outcome, bytes) = x12_of(&without).expect("complete");
    assert_eq!(outcome, Outcome::Clean);
    house.now = claimgate::clock::Timestamp::from_micros(house.now.micros() + 5_000_000);
    house.take("beacon", bytes);
    assert_eq!(house.books(), books(&[("cash", 8_000), ("contractual", 2_000)]));
    assert!(house.open_items().is_empty());
}

/// The drafts of a day's checks are written within one second, by a script.
#[test]
fn each_draft_has_an_interchange_number_of_its_own() {
    let mut house = house();
    let mut numbers = BTreeSet::new();
    for check in 0..100 {
        house.now = claimgate::clock::Timestamp::from_micros(house.now.micros() + check % 2);
        let check = check.to_string();
        let draft = house.draft_of(&["1"], &["--check", &check, "--paid-on", "2026-11-02"]);
        let document: serde_json::Value =
            serde_json::from_str(&draft.expect("a draft")).expect("a document");
        let number = document["interchanges"][0]["control_number"].as_str().expect("a number");
        assert_eq!(number.len(), 9, "{number}");
        numbers.insert(number.to_owned());
    }
    assert_eq!(numbers.len(), 100);
    assert!(!numbers.contains("000000000"));
}

/// V23: the first paid nothing, and the second says nothing of it.
#[test]
fn a_second_payer_that_says_nothing_of_the_first_is_written_with_a_warning() {
    let mut house = house();
    let nothing: Word<'_> = ("1", 0, &[("PR*27", 10_000)]);
    house.tell(&acme(10, &[nothing]));
    house.work_on(&["resolve", "1", "--keep-claim", "--reason", "beacon pays first"]);
    house.go_on();
    let draft = house.draft(&["2"]).expect("a draft");
    let as_first = draft.replace("\"OA\"", "\"CO\"").replace("\"23\"", "\"45\"");
    let document = completed(&as_first, &["80", "1888888888", "80", "5", "80", "15", "5"]);
    let (outcome, bytes) = x12_of(&document).expect("written");
    assert_eq!(outcome, Outcome::Clean);
    house.take("beacon", bytes);
    let left = [("cash", 8_000), ("contractual", 1_500), ("patient", 500)];
    assert_eq!(house.books(), books(&left));
}

#[test]
fn a_draft_is_of_claims_that_one_payer_has() {
    let mut house = house();
    let refused =
        |house: &House, words: &[&str]| house.draft(words).expect_err("refused").to_string();
    assert!(refused(&house, &["7"]).contains("there is no claim 7 that was sent"));
    assert!(refused(&house, &["1", "--payer", "zebra"]).contains("there is no payer 'zebra'"));
    // What the first passed on is answered by the next under the same claim.
    let draft = house.draft(&["1", "--payer", "beacon"]).expect("a draft");
    assert!(draft.contains(r#""status": "2""#), "{draft}");
    house.tell(&acme(10, &[PAID_65]));
    assert_eq!(
        house.store().claim(ClaimId(2)).expect("read").and_then(|claim| claim.payer).as_deref(),
        Some("beacon")
    );
    assert!(refused(&house, &["1", "2"]).contains("claim 2 went to beacon, and others to acme"));
    // What the payer told of itself before stands in it.
    let draft = house.draft(&["1"]).expect("a draft");
    assert_eq!(draft.matches("\"?\"").count(), 6, "{draft}");
}
