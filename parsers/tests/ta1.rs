//! Each note that a TA1 may give, from an edit of a good file: data, and the TA1 that goes back.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use bytes::Bytes;
use common::testdata;
use x12::answer::ta1::{self, TOLERABLE};
use x12::answer::{Verdict, x231};
use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::fault::{Fault, InterchangeFault, Kind, Place};
use x12::guide::row::Tag;
use x12::interchange::{Interchange, read};
use x12::value::Day;
use x12::view::answer::ta1s;

/// The start of its TA1 when nothing that it repeats is edited.
const SAME: &str = "000000001*260301*0915";

/// What is edited: from what, to what; then what the TA1 segments repeat, and their notes.
const EDITS: &[(&str, &str, &str, &[&str])] = &[
    ("", "", SAME, &["000"]),
    ("IEA*1*000000001", "IEA*1*000000009", SAME, &["001"]),
    ("*^*00501*", "*X*00401*", SAME, &["002", "003"]),
    ("*^*00501*", "*U*00401*", SAME, &["003"]),
    ("*^*00501*", "*^*00600*", SAME, &["003"]),
    ("*T*:~", "*T*:^", SAME, &["004", "023"]),
    ("*ZZ*WILLOWCLINIC   ", "*QQ*WILLOWCLINIC   ", SAME, &["005"]),
    ("*ZZ*WILLOWCLINIC   ", "*ZZ*               ", SAME, &["006"]),
    // Nothing of it could be written into the ISA08 of an answer.
    ("*ZZ*WILLOWCLINIC   ", "*ZZ*:              ", SAME, &["006"]),
    ("*ZZ*WILLOWCLINIC   ", "*ZZ*\u{1}\u{1}\u{1}            ", SAME, &["006"]),
    // What may not stand in an id.
    ("*ZZ*WILLOWCLINIC   ", "*ZZ*WILLOW\u{1}CLINIC  ", SAME, &["006"]),
    ("*ZZ*WILLOWCLINIC   ", "*ZZ*WILLOW:CLINIC  ", SAME, &["006"]),
    ("*ZZ*CLAIMGATE      ", "*ZZ*CLAIM\u{2}GATE     ", SAME, &["008"]),
    ("*ZZ*CLAIMGATE      ", "*15*CLAIMGATE      ", SAME, &["007"]),
    ("*ZZ*CLAIMGATE      ", "*ZZ*               ", SAME, &["008"]),
    ("ISA*00*", "ISA*01*", SAME, &["010"]),
    ("ISA*00*          *", "ISA*00*SOMETHING *", SAME, &["011"]),
    ("ISA*00*          *00*", "ISA*00*          *02*", SAME, &["012"]),
    ("*00*          *ZZ*", "*00*SECR\u{7}T    *ZZ*", SAME, &["013"]),
    ("*260301*0915*", "*260230*0915*", "000000001*260230*0915", &["014"]),
    ("*260301*0915*", "*26MAR1*0915*", "000000001*000261*0915", &["014"]),
    ("*260301*0915*", "*260301*2415*", "000000001*260301*2415", &["015"]),
    ("*^*00501*", "*R*00501*", SAME, &["016"]),
    ("*^*00501*", "* *00501*", SAME, &["016"]),
    ("*^*00501*", "*^*005O1*", SAME, &["017"]),
    ("*000000001*0*T*", "*00000001A*0*T*", "000000001*260301*0915", &["018", "001"]),
    ("*000000001*0*T*", "*000000000*0*T*", "000000000*260301*0915", &["018", "001"]),
    ("*0*T*:~", "*2*T*:~", SAME, &["019"]),
    ("*0*T*:~", "*0*X*:~", SAME, &["020"]),
    ("IEA*1*", "IEA*2*", SAME, &["021"]),
    ("IEA*1*", "IEA*+1*", SAME, &["021"]),
    ("IEA*1*", "IEA*000001*", SAME, &["021"]),
    ("IEA*1*", "IEA*00001*", SAME, &["000"]),
    ("GE*1*1~", "GE*1*1~GE*1*1~", SAME, &["022"]),
    ("IEA*1*000000001~", "", SAME, &["023"]),
    ("GE*1*1~", "GE*1*1~REF*D9*1~", SAME, &["024"]),
    ("GS*HC*WILLOWCLINIC", "GS*HC*W", SAME, &["024"]),
    ("GS*HC*WILLOWCLINIC", "GS*HC*   ", SAME, &["024"]),
    ("GS*HC*WILLOWCLINIC", "GS*HC*WILLOW\u{1}CLINIC", SAME, &["024"]),
    ("GS*HC*WILLOWCLINIC*CLAIMGATE", "GS*HC*WILLOWCLINIC*CLAIM:GATE", SAME, &["024"]),
    ("*20260301*0915*1*X*", "*20260301*0915*1*T*", SAME, &["024"]),
    ("*20260301*0915*1*X*", "*20260231*0915*1*X*", SAME, &["024"]),
    ("*1*X*005010X222A1~", "*1*X*005010X222A1*Z~", SAME, &["024"]),
    ("*1*X*005010X222A1~", "*1*X*005010X222A1**Z~", SAME, &["024"]),
    ("*1*X*005010X222A1~", "*1*X*005010X222A1*~", SAME, &["000"]),
    ("GE*1*1~", "GE*1*1*Y~", SAME, &["024"]),
    ("IEA*1*000000001~", "IEA*1*000000001*X~", SAME, &["022"]),
    ("*ZZ*CLAIMGATE      *", "*ZZ*CLAIMGATE*", SAME, &["026"]),
    ("*ZZ*WILLOWCLINIC   ", "*ZZ*WILLOW*CLINIC  ", SAME, &["026"]),
    ("*T*:~", "*T*A~", SAME, &["027"]),
    ("*T*:~", "*T*^~", SAME, &["027"]),
    // A delimiter twice, in a header of full width: what is repeated stands in its place.
    ("*T*:~", "*T**~", SAME, &["027"]),
    ("*^*00501*", "***00501*", SAME, &["026"]),
    ("*T*:~", "*T*::", SAME, &["027", "024", "023"]),
    // A terminator that may stand in any value.
    ("*T*:~", "*T*:A", SAME, &["004", "023"]),
    ("*T*:~", "*T*:7", SAME, &["004", "023"]),
    ("*T*:~", "*T*: ", SAME, &["004", "023"]),
    ("*T*:~", "*T*:G", SAME, &["004", "023"]),
    // All that is wrong at once.
    (
        "*260301*0915*^*00501*000000001*0*T*",
        "*260230*9915*^*00501*000000001*3*Q*",
        "000000001*260230*9915",
        &["014", "015", "019", "020"],
    ),
];

/// Faults that whoever takes the file adds, for nothing in it says them: a sender, a receiver and
/// a mode that the channel does not have, and a number that came before.
const ADDED: &[(InterchangeFault, &str)] = &[
    (InterchangeFault::SenderInvalid, "006"),
    (InterchangeFault::ReceiverUnknown, "009"),
    (InterchangeFault::DateInvalid, "014"),
    (InterchangeFault::UsageInvalid, "020"),
    (InterchangeFault::Duplicate, "025"),
];

/// Notes that are never given: those of deferred delivery.
const NEVER: [&str; 4] = ["028", "029", "030", "031"];

fn good() -> String {
    let text = std::fs::read_to_string(testdata().join("professional/plain.edi"));
    text.expect("a good file")
}

fn only(text: &str) -> Interchange {
    let mut reading = read(&Bytes::copy_from_slice(text.as_bytes()));
    assert_eq!(reading.interchanges.len(), 1);
    reading.interchanges.pop().expect("one interchange")
}

/// The answer to an interchange, with nothing but its TA1 segments in it.
fn answer(answered: &Interchange, faults: &[Fault], tolerated: &[String]) -> Interchange {
    let envelope = Envelope {
        sender_qualifier: "ZZ".to_owned(),
        sender: "CLAIMGATE".to_owned(),
        receiver_qualifier: "ZZ".to_owned(),
        receiver: "WILLOWCLINIC".into(),
        application_sender: "CLAIMGATE".to_owned(),
        application_receiver: "WILLOWCLINIC".into(),
        day: Day::parse(b"20260302").expect("a day"),
        time: "0800".to_owned(),
        control_number: 1,
        wants_ta1: false,
        is_production: false,
    };
    let mut composer = Composer::new(&envelope, Delimiters::OURS);
    ta1::compose(&mut composer, answered, faults, tolerated);
    let written = String::from_utf8(composer.finish()).expect("text");
    let read_back = only(&written);
    assert_eq!(read_back.faults, [], "{written}");
    assert!(read_back.groups.is_empty(), "a TA1 stands in its own interchange");
    read_back
}

/// The TA1 segments of an answer, each as it was written.
fn written(answer: &Interchange) -> Vec<String> {
    let text = |ta1: x12::segment::Segment<'_>| String::from_utf8_lossy(ta1.bytes()).into_owned();
    answer.ta1s().map(text).collect()
}

fn expected(repeated: &str, verdict: Verdict, notes: &[&str]) -> Vec<String> {
    notes.iter().map(|note| format!("TA1*{repeated}*{}*{note}", verdict.code())).collect()
}

fn edited(from: &str, to: &str) -> Interchange {
    let good = good();
    assert!(from.is_empty() || good.contains(from), "{from} is not in the file");
    only(&good.replacen(from, to, 1))
}

#[test]
fn gives_every_note_that_applies() {
    for &(from, to, repeated, notes) in EDITS {
        let answered = edited(from, to);
        let verdict = if notes == ["000"] { Verdict::Accepted } else { Verdict::Rejected };
        let found = written(&answer(&answered, &answered.faults, &[]));
        assert_eq!(found, expected(repeated, verdict, notes), "{from} -> {to}");
    }
}

#[test]
fn gives_the_notes_of_whoever_takes_the_file() {
    let answered = only(&good());
    for &(fault, note) in ADDED {
        let fault = added(fault);
        let found = written(&answer(&answered, &[fault], &[]));
        assert_eq!(found, expected(SAME, Verdict::Rejected, &[note]));
    }
}

fn added(fault: InterchangeFault) -> Fault {
    let (place, tag) = (Place::default(), Tag::new(b"ISA"));
    Fault { kind: Kind::Interchange(fault), place, loop_id: "", tag, name: "" }
}

#[test]
fn every_code_of_the_standard_is_given_or_known_never_to_be() {
    let given = |code: &str| {
        let by_edit = EDITS.iter().any(|(_, _, _, notes)| notes.contains(&code));
        by_edit || ADDED.iter().any(|&(_, note)| note == code)
    };
    for code in (0..=31).map(|code| format!("{code:03}")) {
        assert_ne!(given(&code), NEVER.contains(&code.as_str()), "{code}");
    }
}

#[test]
fn accepts_with_errors_what_is_tolerated() {
    let notes: Vec<String> = TOLERABLE.iter().map(|&note| note.to_owned()).collect();
    for &(from, to, repeated, notes_of_edit) in EDITS {
        let answered = edited(from, to);
        let verdict = match notes_of_edit {
            ["000"] => Verdict::Accepted,
            all if all.iter().all(|note| TOLERABLE.contains(note)) => Verdict::WithErrors,
            _ => Verdict::Rejected,
        };
        let answer = answer(&answered, &answered.faults, &notes);
        assert_eq!(written(&answer), expected(repeated, verdict, notes_of_edit), "{from} -> {to}");
        let read = ta1s(&answer);
        assert_eq!(read.len(), 1, "the notes of one interchange are read together");
        assert_eq!(read[0].is_accepted(), verdict.is_accepted());
    }
    // What is not listed is not tolerated, and what may never be is not, listed or not.
    let listed = ["023".to_owned(), "001".to_owned()];
    let verdict = |from, to| ta1::verdict(&edited(from, to).faults, &listed);
    assert_eq!(verdict("IEA*1*000000001~", ""), Verdict::Rejected);
    assert_eq!(verdict("*0*T*:~", "*2*T*:~"), Verdict::Rejected);
}

#[test]
fn never_acknowledges_an_acknowledgment() {
    let answers = [
        "answers/ta1-alone.edi",
        "answers/accepted-999.edi",
        "answers/rejected-999.edi",
        "answers/ta1-beside-groups.edi",
        "answers/claim-acknowledgment.edi",
        "answers/old-997.edi",
        "answers/old-997-in-4010.edi",
        "answers/ta1-with-several-notes.edi",
    ];
    for name in answers {
        let text = std::fs::read_to_string(testdata().join(name)).expect("an answer");
        // As it is, and with a fault in its envelope.
        for text in [text.clone(), text.replacen("IEA*", "IEA*9", 1)] {
            for interchange in read(&Bytes::from(text)).interchanges {
                assert!(!ta1::is_wanted(&interchange), "{name}");
                let wants = |group| x231::is_wanted(&interchange, group);
                assert!(!interchange.groups.iter().any(wants), "{name}");
            }
        }
    }
    for name in ["professional/plain.edi", "remittance/everything.edi", "broken/no-gs.edi"] {
        let text = std::fs::read_to_string(testdata().join(name)).expect("a file");
        assert!(ta1::is_wanted(&only(&text)), "{name}");
    }
}
