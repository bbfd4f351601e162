//! What Medicare decided on is reopened or appealed, and never replaced; what is sent anew to a payer that takes
//! no replacement leaves out what was paid.

use bytes::Bytes;

use claimgate::denials::Category;
use claimgate::lifecycle::State;

use super::told::{Word, acme, house};
use super::{Decision, House, Part, office_file, plain, remittance};

const DENIED: Word<'_> = ("1", 0, &[("CO*50", 10_000)]);

/// The claim of `house`, to Medicare Part B.
fn of_medicare(frequencies: &[&str]) -> House {
    let file = office_file(&plain());
    let text = String::from_utf8(file.to_vec()).expect("a text");
    let text = text.replacen("******CI~", "******MB~", 1).replace("MI*W10001~", "MI*1EG4TE5MK73~");
    let store = claimgate::store::open("memory:").expect("a store");
    let taken: Vec<String> = frequencies.iter().map(|&one| one.to_owned()).collect();
    let mut house = House::of(store, |plan| {
        plan.payers.iter_mut().for_each(|payer| payer.frequencies = taken.clone());
    });
    house.take("cedar", Bytes::from(text));
    house
}

/// Whatever the file of the payer says that it takes.
#[test]
fn a_denial_of_medicare_is_reopened_or_appealed_and_not_released() {
    for frequencies in [&[][..], &["1"], &["1", "8"]] {
        is_reopened_or_appealed(of_medicare(frequencies));
    }
}

fn is_reopened_or_appealed(mut house: House) {
    assert_eq!(house.state(1), Some(State::Batched));
    house.tell(&acme(10, &[DENIED]));
    let item = house.open_items().pop().expect("an item");
    assert_eq!(item.category, Category::Denied);
    let id = item.id.0.to_string();
    let shown = house.work_on(&["show", &id]);
    assert!(shown.contains("have the contractor reopen the claim"), "{shown}");
    assert!(shown.contains(&format!("`claimgate appeal {id}`")), "{shown}");
    for wrong in ["goes out as", "release it", "CLM05-3", "for this payer takes no"] {
        assert!(!shown.contains(wrong), "{shown}");
    }
    // The list tells the same.
    let of = |words: &[&str]| -> serde_json::Value {
        let text = house.work_on(words);
        serde_json::from_str(text.lines().next().unwrap_or_default()).expect("an item")
    };
    let listed = of(&["list", "--format", "json"]);
    let shown = of(&["show", &id, "--format", "json"]);
    assert_eq!((&listed["action"], &listed["resend"]), (&shown["action"], &shown["resend"]));
    assert!(listed["resend"].is_null(), "{listed}");
    let told = house.work_on(&["release", &id]);
    assert!(told.contains("was not released: Medicare Part B takes no replacement"), "{told}");
    assert_eq!(house.state(1), Some(State::Denied));
    // What it never processed is sent anew.
    let told = house.work_on(&["release", &id, "--as", "original"]);
    assert!(told.contains("claim 1 is ready"), "{told}");
}

/// Of a commercial payer nothing of this is said.
#[test]
fn a_denial_of_another_payer_is_replaced() {
    let mut house = house();
    house.tell(&acme(10, &[DENIED]));
    let id = house.open_items().pop().expect("an item").id.0.to_string();
    let shown = house.work_on(&["show", &id]);
    assert!(shown.contains("goes out as:   replacement"), "{shown}");
    assert!(!shown.contains("contractor"), "{shown}");
}

/// One line was paid and the other denied: sent as a new claim, the first is a duplicate.
#[test]
fn what_was_paid_is_taken_out_before_a_claim_goes_out_as_a_new_one() {
    let store = claimgate::store::open("memory:").expect("a store");
    let mut house = House::of(store, |plan| {
        plan.payers.iter_mut().for_each(|payer| payer.frequencies = vec!["1".to_owned()]);
    });
    let part = Part { weight: 1, paid: 0, rest: Vec::new(), units: "1" };
    let lines = vec![(10_000, vec![part.clone()]), (5_000, vec![part])];
    house.take("cedar", office_file(&Decision { lines, ..plain() }));
    let clp = "CLP*A1*1*150*80**12*P1*11*1~NM1*QC*1*ROE*JANE****MI*W10001~SVC*HC:99213*100*80**1~\
               DTM*472*20261006~CAS*CO*45*20~REF*6R*A1L1~SVC*HC:93000*50*0**1~DTM*472*20261006~\
               CAS*CO*16*50~REF*6R*A1L2~LQ*HE*M76~";
    house.take("acme", remittance("ACME", 8_000, clp));
    let item = house.open_items().pop().expect("an item");
    assert_eq!(item.category, Category::Denied, "{}", item.what);
    let id = item.id.0.to_string();
    let shown = house.work_on(&["show", &id]);
    assert!(shown.contains("take out what was paid first, line 1 (segments "), "{shown}");
    assert!(shown.contains("goes out as:   original"), "{shown}");
    let told = house.work_on(&["release", &id]);
    assert!(told.contains("was not released: its payer takes no replacement"), "{told}");
    assert!(told.contains("; 80.00 was paid)"), "{told}");

    // Its segments are those that the item names.
    let (_, rest) = shown.split_once("line 1 (segments ").expect("told");
    let (first, rest) = rest.split_once(" to ").expect("the first");
    let last = rest.split_once(';').expect("the last").0;
    let numbers: Vec<String> = (first.parse::<u32>().expect("a number")
        ..=last.parse().expect("a number"))
        .map(|number| number.to_string())
        .collect();
    let other = shown.lines().find(|line| line.ends_with("LX*2")).expect("the other line");
    let other = format!("{}:LX01=1", other.split_whitespace().next().expect("its number"));
    let mut words = vec!["edit", &id, "--set", "CLM02=50", "--set", &other];
    for number in &numbers {
        words.extend(["--remove", number]);
    }
    let edited = house.work_on(&words);
    assert_eq!(edited.matches("LX*").count(), 1, "{edited}");
    let told = house.work_on(&["release", &id]);
    assert!(told.contains("claim 1 is ready") && told.contains("(CLM05-3 1)"), "{told}");
}
