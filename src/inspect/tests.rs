//! What is said of files.

use std::io::Cursor;

use super::*;

fn notes(text: String) -> Vec<Note> {
    let today = Day::new(2026, 10, 28).expect("a day of the calendar");
    let rulebook = Rulebook { rules: Vec::new(), ..Rulebook::built_in() };
    foreseeing(&text, &Options { today, rulebook: &rulebook, only: &[] })
}

/// What there is to say of a file that is read with foresight.
fn foreseeing(text: &str, options: &Options<'_>) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut sink = |note: Note, _: Option<&Segment<'_>>| notes.push(note);
    let mut file = Foresight::new([text.as_bytes(); 4].map(Cursor::new), 1 << 20);
    inspect(&mut file, options, &mut sink).expect("nothing that fails");
    notes
}

#[test]
fn lays_received_ta1s_against_their_row() {
    let good = include_str!("../../testdata/answers/ta1-alone.edi");
    assert!(notes(good.to_owned()).is_empty());
    let found = notes(good.replace("*A*000~", "*Q*999~"));
    let found = found.iter().map(|note| (note.name.as_ref(), note.value.as_deref()));
    let wrong = [("code-invalid", Some("Q")), ("code-invalid", Some("999"))];
    assert_eq!(found.collect::<Vec<_>>(), wrong);
}

#[test]
fn says_that_an_interchange_comes_from_the_future() {
    let good = include_str!("../../testdata/professional/plain.edi");
    assert!(notes(good.to_owned()).is_empty());
    for (sent_on, expected) in [("261029", &[][..]), ("261030", &["interchange-date-invalid"])] {
        let found = notes(good.replacen("*260301*", &format!("*{sent_on}*"), 1));
        assert_eq!(found.iter().map(|note| &*note.name).collect::<Vec<_>>(), expected);
        assert!(found.iter().all(|note| (note.segment.as_str(), note.place.element) == ("ISA", 9)));
    }
}

#[test]
fn says_once_that_values_are_one_place_off() {
    let good = include_str!("../../testdata/stories/clean-batch/monday.edi");
    let today = Day::new(2026, 11, 2).expect("a day of the calendar");
    let rulebook = Rulebook::built_in();
    let options = Options { today, rulebook: &rulebook, only: &[] };
    assert!(foreseeing(good, &options).is_empty());
    let displaced = ("element-displaced", 8);
    for (whole, expected) in [
        ("*82*1*POE*SAM****XX", &[displaced][..]),
        // Organizations have no suffix.
        ("*85*2*CEDAR CLINIC*****XX", &[("element-dependent-not-used", 7), displaced]),
    ] {
        let found = foreseeing(&good.replacen(whole, &whole.replace("**XX", "*XX"), 1), &options);
        let told: Vec<_> = found.iter().map(|note| (&*note.name, note.place.element)).collect();
        assert_eq!(told, expected, "{whole}");
    }
}

#[test]
fn says_that_a_faulty_remittance_is_read() {
    let good = include_str!("../../testdata/remittance/several-payments.edi");
    let found = notes(good.replace("N1*PE*WILLOW CLINIC*", "N1*PE**"));
    assert!(!found.is_empty());
    assert!(found.iter().all(|note| note.why.contains("read as far as it goes")));
    // A 999 is sent only where the settings ask for it, which no file says.
    assert!(found.iter().all(|note| note.why.contains("where the settings of its payer ask")));
}

#[test]
fn nobody_answers_an_acknowledgment() {
    let faulty = [
        (include_str!("../../testdata/answers/ta1-alone.edi"), "*A*000~", "*Q*999~"),
        (include_str!("../../testdata/answers/rejected-999.edi"), "AK9*", "AK9*Q"),
        (include_str!("../../testdata/answers/rejected-999.edi"), "GE*1*", "GE*7*"),
        (include_str!("../../testdata/answers/claim-acknowledgment.edi"), "STC*", "STC*:"),
    ];
    for (good, from, to) in faulty {
        let is_broken = |note: &Note| note.code.starts_with("V-ACK");
        assert!(notes(good.to_owned()).iter().all(is_broken));
        let found = notes(good.replacen(from, to, 1));
        assert!(!found.is_empty(), "{to}");
        assert!(found.iter().all(|note| !note.is_answered), "{to}");
        assert!(found.iter().all(|note| note.why.contains("nobody answers")), "{to}");
    }
    let claims = include_str!("../../testdata/professional/plain.edi");
    let found = notes(claims.replacen("NM1*85*2*", "NM1*85**", 1));
    assert!(!found.is_empty() && found.iter().all(|note| note.is_answered));
}

#[test]
fn says_how_an_acknowledgment_contradicts_itself() {
    let ta1 = include_str!("../../testdata/answers/ta1-alone.edi");
    let accepted = include_str!("../../testdata/answers/accepted-999.edi");
    let rejected = include_str!("../../testdata/answers/rejected-999.edi");
    let old = include_str!("../../testdata/answers/old-997.edi");
    let claims = include_str!("../../testdata/answers/claim-acknowledgment.edi");
    // Each a change, and what it newly breaks.
    let changes: [(&str, &str, &str, &[&str]); 12] = [
        (ta1, "*A*000~", "*A*005~", &["V-ACK-21"]),
        (ta1, "*A*000~", "*R*000~", &["V-ACK-21"]),
        (accepted, "AK9*A*2*2*2~", "AK9*A*2*2*1~", &["V-ACK-11", "V-ACK-12"]),
        (accepted, "AK9*A*2*2*2~", "AK9*R*2*2*2*5~", &["V-ACK-12"]),
        (accepted, "AK9*A*2*2*2~", "AK9*A*2*2*2*5~", &["V-ACK-14"]),
        (accepted, "IK5*A~\nAK9", "IK5*A*5~\nAK9", &["V-ACK-14"]),
        (accepted, "IK5*A~\nAK9*A*2*2*2", "IK5*R~\nAK9*P*2*2*1", &["V-ACK-13"]),
        (rejected, "AK9*P*2*2*1*5", "AK9*E*2*2*1*5", &["V-ACK-12"]),
        (rejected, "IK3*CLM*22*2300*8", "IK3*CLM*22*2300*3", &["V-ACK-15"]),
        (old, "AK9*P*3*3*2*5", "AK9*P*3*3*1*5", &["V-ACK-11"]),
        (claims, "*WQ*120", "*U*120", &["V-ACK-04"]),
        (claims, "QTY*90*", "QTY*90*1", &["V-ACK-01"]),
    ];
    for (good, from, to, expected) in changes {
        assert!(good.contains(from), "{from}");
        let codes = |text: String| -> Vec<String> {
            notes(text).into_iter().map(|note| note.code.to_string()).collect()
        };
        let before = codes(good.to_owned());
        let mut now = codes(good.replacen(from, to, 1));
        for code in before {
            let known = now.iter().position(|new| *new == code);
            now.remove(known.unwrap_or_else(|| panic!("{to}: {code} is no longer told")));
        }
        now.sort();
        assert_eq!(now, expected, "{to}");
    }
}

#[test]
fn says_of_an_accepted_set_only_what_holds_in_any_envelope() {
    let good = include_str!("../../testdata/broken/levels-wrong.edi");
    let (before, _) = good.split_once("IEA*1*").expect("an end of the interchange");
    for file in [good.to_owned(), format!("{before}IEA*7*000000001~")] {
        let today = Day::new(2026, 10, 28).expect("a day of the calendar");
        let rulebook = Rulebook { rules: Vec::new(), ..Rulebook::built_in() };
        let options = Options { today, rulebook: &rulebook, only: &[] };
        let found = flowing(&file, &options).into_iter().map(|note| note.why);
        let mut found: Vec<_> = found.collect();
        let mut whole: Vec<_> = notes(file).into_iter().map(|note| note.why).collect();
        whole.sort();
        found.sort();
        assert_eq!(found, whole);
        let says_e = |why: &&Cow<'_, str>| why.contains("its 999 says E");
        assert!(found.iter().filter(says_e).count() > 2);
        let is_true =
            |why: &Cow<'_, str>| why.starts_with("unless an envelope around it is rejected");
        assert!(found.iter().filter(says_e).all(is_true));
    }
}

/// What there is to say of a file that is read as it comes.
fn flowing(file: &str, options: &Options<'_>) -> Vec<Note> {
    let mut found = Vec::new();
    let mut sink = |note: Note, _: Option<&Segment<'_>>| found.push(note);
    let mut flow = flow::Flow::new(options);
    for piece in x12::stream::pieces(file.as_bytes(), 1 << 20) {
        match flow::Flow::turn(piece.expect("memory gives it")) {
            flow::Turn::Envelope(piece) => flow.tell_envelope(&piece, &mut sink),
            flow::Turn::Set(unread) => {
                flow.tell_set(flow::look_through(*unread, options), &mut sink);
            }
        }
    }
    found
}

#[test]
fn finds_doubles_of_other_sets_however_the_file_is_read() {
    let file = include_str!("../../testdata/stories/doubles-in-one-file/monday.edi");
    let (_, second) = file.split_once("IEA*2*000000001~").expect("two interchanges");
    // One that came before is no more than that, and its claims are nobody's doubles.
    let repeated = format!("{file}{second}");
    let today = Day::new(2026, 11, 2).expect("a day of the calendar");
    let rulebook = Rulebook::built_in();
    let options = Options { today, rulebook: &rulebook, only: &[] };
    for file in [file, &repeated] {
        let told = |notes: Vec<Note>| -> Vec<(String, usize)> {
            notes.into_iter().map(|note| (note.code.to_string(), note.place.offset)).collect()
        };
        let whole = told(foreseeing(file, &options));
        assert_eq!(told(flowing(file, &options)), whole);
        let codes: Vec<&str> = whole.iter().map(|(code, _)| code.as_str()).collect();
        assert_eq!(codes, ["CG-DUP-04", "CG-DUP-05", "CG-DUP-04"]);
    }
}

#[test]
fn says_how_many_faults_it_does_not_tell() {
    let good = include_str!("../../testdata/professional/levels.edi");
    let found = notes(good.replacen("~\nBHT*", &format!("~{}BHT*", "QQQ~".repeat(10_003)), 1));
    let last = found.iter().rfind(|note| note.segment != "SE").expect("notes");
    assert_eq!((last.name.as_ref(), last.place.segment), ("faults-untold", 10_002));
    assert_eq!(last.what, "3 faults more, from here on, are not told one by one");
}

#[test]
fn a_blank_in_a_code_hides_no_visit() {
    let mended = include_str!("../../testdata/stories/patient-seen-before/mended.edi");
    let today = Day::new(2026, 11, 2).expect("a day of the calendar");
    let rulebook = Rulebook::built_in();
    let options = Options { today, rulebook: &rulebook, only: &[] };
    let told = |text: &str| {
        let found = foreseeing(text, &options);
        found.iter().filter(|note| note.code == "CG-HIST-02").count()
    };
    assert_eq!(told(mended), 0);
    let same_day = mended.replace("*20251111~", "*20251110~").replace("99-212", "99-213");
    assert_eq!(told(&same_day), 1);
}
