//! Payers' rules through the real program: checked, tried, and taken up while it serves.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs;
use std::process::{Command, Output};

use daemon::{Place, files_of, wait};
use made::{interchange, many};

/// A rule that rejects every claim.
const STERN: &str = "\
[[rule]]\nname = \"charge-too-large\"\nat = \"2300 CLM02\"\nrequire = \"total_charge < 1\"\n\
message = \"the charge is too large\"\nstatus = \"A7:178\"\nfail = [{}]\n";

fn told(output: &Output) -> (Option<i32>, String) {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8_lossy(&text).into_owned())
}

fn payer_with(place: &Place, more: &str) {
    let text =
        format!("payer_ids = [\"ACME1\"]\nisa_id = \"ACME\"\n{more}\n[batch]\nevery_seconds = 1\n");
    place.write("config/payers/acme.toml", &text);
}

#[test]
fn commands_know_what_payers_ask() {
    let place = Place::new("", STERN);
    let batch = place.root.path().join("batch.edi");
    fs::write(&batch, interchange("CEDAR", 1, &many("C", 1))).expect("written");
    let batch = batch.to_str().expect("a plain name");
    let (code, text) = told(&place.command(&["check", batch]));
    assert!(code == Some(1) && text.contains("acme/charge-too-large"), "{text}");
    let (code, text) =
        told(&place.command(&["check", "--payer", "acme", "--only", "charge-too-large", batch]));
    assert!(code == Some(1) && text.contains("the charge is too large"), "{text}");
    let (code, text) = told(&place.command(&["check", "--payer", "nobody", batch]));
    assert!(code == Some(2) && text.contains("they have acme"), "{text}");
    let (_, text) = told(&place.command(&["ack", "--kind", "277ca", batch]));
    assert!(text.contains("A7:178") && text.contains("ACME/CHARGE-TOO-LARGE"), "{text}");
    let (code, text) = told(&place.command(&["rules", "test"]));
    assert!(code == Some(0) && text.contains("ok        acme/charge-too-large"), "{text}");
    let (code, text) = told(&place.command(&["rules", "show", "charge-too-large"]));
    assert!(code == Some(0) && text.contains("points at: 2300 CLM02"), "{text}");
    let (code, text) =
        told(&place.command(&["rules", "show", "acme/charge-too-large", "--format", "json"]));
    assert!(code == Some(0) && text.contains("\"at\":\"2300 CLM02\""), "{text}");
    let (code, text) = told(&place.command(&["rules", "test", "--format", "json"]));
    assert!(code == Some(0) && text.contains("\"verdict\":\"ok\""), "{text}");
    let (_, text) = told(&place.command(&["rules", "show", "CG-BAL-01", "--format", "json"]));
    assert!(text.contains("\"rule\":\"claim-total-differs\"") && text.contains("\"changes\":["));
    let (_, text) = told(&place.command(&["rules", "list", "--format", "json"]));
    assert!(text.contains("\"code\":\"acme/charge-too-large\""), "{text}");
    let (_, text) = told(&place.command(&["rules", "list", "2300 clm02"]));
    assert!(text.contains("claim-total-differs") && !text.contains("npi-wrong"), "{text}");
    let (_, text) = told(&place.command(&["rules", "list", "CHARGE", "too large"]));
    assert!(text.contains("acme/charge-too-large"), "{text}");

    payer_with(&place, &STERN.replace("fail = [{}]", "pass = [{}]"));
    let (code, text) = told(&place.command(&["rules", "test"]));
    assert!(code == Some(1) && text.contains("example 1 (pass): it should pass"), "{text}");

    // What a key stands for has no examples, and is not untested for that.
    payer_with(&place, &format!("[claims]\nlines_max = 9\n\n{STERN}"));
    let (code, text) = told(&place.command(&["rules", "test"]));
    assert!(code == Some(0) && !text.contains("untested"), "{text}");
    assert!(text.contains("of its own: acme/too-many-lines\n1 rule, 1 example"), "{text}");

    payer_with(&place, &STERN.replace("total_charge", "total_chrage"));
    let (code, text) = told(&place.command(&["check", batch]));
    assert!(code == Some(2) && text.contains("did you mean total_charge?"), "{text}");
    assert!(text.contains("line 6, column 12") && text.contains("^^^^^^^^^^^^"), "{text}");

    payer_with(&place, "[rules]\nclaim-total-differs = \"off\"\n");
    let (code, text) = told(&place.command(&["check", batch]));
    assert_eq!(code, Some(0), "{text}");
}

#[test]
fn commands_know_what_the_office_wants() {
    let place = Place::new("repairs = false\n[snip]\ntype_7 = \"hold\"\n", STERN);
    let batch = place.root.path().join("batch.edi");
    let told_of = |sender: &str, from: &str, to: &str, command: &[&str]| {
        let text = interchange(sender, 1, &many("C", 1)).replace(from, to);
        fs::write(&batch, text).expect("written");
        let file = batch.to_str().expect("a plain name");
        told(&place.command(&[command, &[file]].concat())).1
    };
    // The office in ISA06, or the one that is named.
    for (sender, command, is_known) in [
        ("CEDAR", &["check"][..], true),
        ("ELSEWHERE", &["check"], false),
        ("ELSEWHERE", &["check", "--office", "cedar"], true),
        ("CEDAR", &["show"], true),
    ] {
        let text = told_of(sender, "", "", command);
        assert_eq!(text.contains("hold"), is_known, "{sender} {command:?}: {text}");
        let text = told_of(sender, "ABK:E119", "ABK:E11.9", command);
        assert_eq!(text.contains("repair["), !is_known, "{sender} {command:?}: {text}");
    }
    for (sender, words) in [("CEDAR", "HELD FOR CORRECTION"), ("ELSEWHERE", "A7:178")] {
        let text = told_of(sender, "", "", &["ack", "--kind", "277ca"]);
        assert!(text.contains(words), "{sender}: {text}");
    }
    let text = told_of("CEDAR", "", "", &["check", "--office", "nobody"]);
    assert!(text.contains("no office 'nobody'; they have cedar"), "{text}");
}

#[test]
fn an_office_says_which_types_reject() {
    let batch = interchange("CEDAR", 1, &many("C", 1));
    for (office, events) in [("", "rejected"), ("[snip]\ntype_7 = \"hold\"\n", "held")] {
        let place = Place::new(office, STERN);
        let daemon = place.start();
        place.drop_claims("batch.edi", batch.as_bytes());
        wait("the report", || !files_of(&place.office("reports"), ".txt").is_empty());
        let report = files_of(&place.office("reports"), ".txt");
        let report = fs::read_to_string(report.first().expect("a report")).expect("read");
        assert!(report.contains(events), "{office}: {report}");
        daemon.stop();
    }
}

#[test]
fn new_rules_hold_from_the_next_file_on_and_bad_ones_never() {
    let place = Place::new("", "");
    let daemon = place.start();
    let hang_up = || {
        let id = daemon.id().to_string();
        let sent = Command::new("kill").args(["-HUP", &id]).status().expect("sent");
        assert!(sent.success());
    };
    let last_answer = |number: u32| {
        let batch = interchange("CEDAR", number, &many(&format!("L{number}"), 1));
        place.drop_claims(&format!("batch{number}.edi"), batch.as_bytes());
        let answers = || files_of(&place.office("acks"), "_277CA.x12");
        wait("the answer", || answers().len() == number as usize);
        let texts = answers().into_iter().map(|path| fs::read_to_string(path).expect("an answer"));
        texts.filter(|text| text.contains("CHARGE-TOO-LARGE")).count()
    };
    assert_eq!(last_answer(1), 0);
    payer_with(&place, STERN);
    hang_up();
    wait("the new rules", || place.log().contains("are in force as their files have them now"));
    assert_eq!(last_answer(2), 1);
    payer_with(&place, &STERN.replace("total_charge < 1", "total_charge <"));
    hang_up();
    wait("the refusal", || place.log().contains("the rules stay as they were"));
    assert!(place.log().contains("this is not CEL"));
    assert_eq!(last_answer(3), 2);
    // Rules of another payer would be asked of nobody's claims.
    let refusals = || place.log().matches("the rules stay as they were").count();
    let others = format!("payer_ids = [\"OTHER1\"]\nisa_id = \"ACME\"\n{STERN}");
    place.write("config/payers/acme.toml", &others);
    hang_up();
    wait("another refusal", || refusals() == 2);
    assert!(place.log().contains("is not as it was at the start"));
    assert_eq!(last_answer(4), 3);
    daemon.stop();
}
