//! Holds through the real program: what makes one, who may end one, and what is kept of it.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::process::Output;

use claimgate::lifecycle::{Event, State};
use claimgate::store::Store;
use daemon::{Place, wait};
use made::{Made, days_ago, interchange, many};

fn told(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

/// Changes what stands first behind the CLM of a claim.
fn change(text: &str, number: &str, from: &str, to: &str) -> String {
    let at = text.find(&format!("CLM*{number}*")).expect("the claim");
    let (before, rest) = text.split_at(at);
    assert!(rest.contains(from), "{from} stands in claim {number}");
    format!("{before}{}", rest.replacen(from, to, 1))
}

/// A claim for each of the types 3 to 7, which breaks one rule of that type.
fn one_of_each_type() -> String {
    let mut claims: Vec<Made> = (3..=7).map(|snip| Made::new(&format!("T{snip}"))).collect();
    claims[4].member = "X7".to_owned();
    let text = interchange("CEDAR", 1, &claims);
    let text = change(&text, "T3", "*100*", "*101*");
    let text = change(&text, "T4", "11:B:1", "11:B:7");
    let text = change(&text, "T5", "ABK:E119", "ABK:E11");
    change(&text, "T6", "HC:99213", "HC:20610:25")
}

/// What the payer itself asks: type 7.
const MEMBERS: &str = "[[pattern]]\nname = \"member-number-form\"\nat = \"2010BA NM109\"\n\
    matches = '^W'\nseverity = \"hold\"\n";

fn first_event(store: &dyn Store, number: &str) -> Option<Event> {
    let claim = store.claims_by_control_number(number).expect("read").pop()?;
    let history = store.history(claim.id).expect("read")?;
    history.events.first().map(|event| event.event)
}

#[test]
fn offices_and_payers_say_what_each_type_of_finding_does() {
    use Event::{HeldBack, Passed, Refused};
    let office = "[snip]\ntype_3 = \"hold\"\ntype_4 = \"warn\"\ntype_5 = \"off\"\n\
        type_6 = \"reject\"\ntype_7 = \"reject\"\n";
    let stern = office.replace("hold", "reject").replace("warn", "reject").replace("off", "reject");
    let payer = "[rules]\ndiagnosis-not-billable = \"warn\"\n[snip]\ntype_3 = \"warn\"\n\
        type_4 = \"hold\"\ntype_5 = \"hold\"\ntype_6 = \"off\"\n";
    let cases = [
        // Each rule as hard as it is.
        ("", "", [Refused, Refused, Refused, HeldBack, HeldBack]),
        (office, "", [HeldBack, Passed, Passed, Refused, Refused]),
        // The payer has the last word, and what it calls by name goes before its type.
        (&stern, payer, [Passed, HeldBack, Passed, Passed, Refused]),
    ];
    for (office, payer, expected) in cases {
        let place = Place::new(office, &format!("{payer}\n{MEMBERS}"));
        let daemon = place.start();
        place.drop_claims("batch.edi", one_of_each_type().as_bytes());
        let store = place.store();
        wait("the decision", || first_event(store.as_ref(), "T7").is_some());
        for (snip, expected) in (3..=7).zip(expected) {
            let event = first_event(store.as_ref(), &format!("T{snip}"));
            assert_eq!(event, Some(expected), "type {snip} by {office:?} and {payer:?}");
        }
        daemon.stop();
    }
}

#[test]
fn only_a_decision_that_is_written_down_ends_a_hold() {
    let place = Place::new("", "");
    let daemon = place.start();
    let text = interchange("CEDAR", 1, &many("H", 1));
    let text = change(&text, "H00001", "HC:99213", "HC:20610:25");
    place.drop_claims("batch.edi", text.as_bytes());
    let store = place.store();
    let state = || {
        let claim = store.claims_by_control_number("H00001").expect("read").pop();
        claim.map(|claim| claim.state)
    };
    wait("the hold", || state() == Some(State::Held));
    // Neither a kill nor new rules let it go.
    daemon.kill();
    let daemon = place.start();
    assert_eq!(state(), Some(State::Held));
    let (code, text) = told(&place.command(&["queue", "list", "--category", "held"]));
    assert!(code == Some(1) && text.contains("coding"), "{text}");

    let refused = |words: &[&str], why: &str| {
        let (code, text) = told(&place.command(words));
        assert!(matches!(code, Some(1 | 2)) && text.contains(why), "{words:?}: {text}");
        assert_eq!(state(), Some(State::Held), "{words:?}");
    };
    refused(&["queue", "release", "1", "--by", "ann"], "give --override-findings \"REASON\"");
    let override_with = ["queue", "release", "1", "--override-findings"];
    refused(&[&override_with[..], &[" ", "--by", "ann"]].concat(), "say it in words");
    refused(&[&override_with[..], &["seen", "--by", " "]].concat(), "say it in words");
    refused(&["queue", "resolve", "1", "--reason", " ", "--by", "ann"], "say it in words");
    let keep = ["queue", "resolve", "1", "--keep-claim", "--reason", "later", "--by", "ann"];
    refused(&keep, "is all that speaks of it");

    let (code, text) =
        told(&place.command(&[&override_with[..], &["seen", "--by", "ann"]].concat()));
    assert!(code == Some(0) && text.contains("in spite of CG-LINE-07"), "{text}");
    wait("the batch", || state() == Some(State::Sent));
    let counted = "claimgate_claims_overridden{rule=\"visit-modifier-on-other-service\"} 1";
    wait("the count", || daemon.page("/metrics").contains(counted));
    let (_, text) = told(&place.command(&["queue", "overrides", "--format", "json"]));
    assert!(text.contains("\"overridden\":1") && text.contains("\"by\":\"ann\""), "{text}");

    // Whoever finds the rule right after all sees what went out in spite of it.
    let look_back = ["rules", "look-back", "visit-modifier-on-other-service"];
    let (code, text) = told(&place.command(&look_back));
    assert!(code == Some(1) && text.contains("H00001") && text.contains("1 claim,"), "{text}");
    let tomorrow = days_ago(-1).to_string();
    let (code, text) = told(&place.command(&[&look_back[..], &["--from", &tomorrow]].concat()));
    assert!(code == Some(0) && text.contains("0 claims, 0.00"), "{text}");
    let (code, text) = told(&place.command(&["rules", "look-back", "line-repeated"]));
    assert_eq!(code, Some(0), "{text}");
    daemon.stop();
}

#[test]
fn what_is_rejected_nobody_lets_pass() {
    let place = Place::new("", "");
    let daemon = place.start();
    let text = interchange("CEDAR", 1, &many("R", 1));
    let text = change(&text, "R00001", "HC:99213", "HC:20610:25");
    place.drop_claims("batch.edi", text.as_bytes());
    let store = place.store();
    wait("the hold", || !store.claims_by_control_number("R00001").expect("read").is_empty());
    place.command(&["queue", "edit", "1", "--set", "CLM02=101", "--by", "ann"]);
    let words = ["queue", "release", "1", "--override-findings", "seen", "--by", "ann"];
    let (code, text) = told(&place.command(&words));
    assert!(code == Some(1) && text.contains("nobody can let pass"), "{text}");
    assert_eq!(store.overrides(None).expect("read"), []);
    daemon.stop();
}
