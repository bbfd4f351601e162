//! Files to JSON and back: the same segments; documents from hand: every fault by its place.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use std::path::{Path, PathBuf};

use bytes::Bytes;
use common::{files_under, testdata};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use x12::delimiters::Delimiters;
use x12::interchange::{Reading, read};
use x12::json::read::read as compose;
use x12::json::write::{Notice, write};

/// What a file says: its segments, without separators at their ends.
fn said(reading: &Reading) -> Vec<Vec<u8>> {
    let all = reading.interchanges.iter();
    all.flat_map(|interchange| {
        let delimiters = interchange.delimiters();
        interchange.all_segments().map(move |segment| trimmed(segment.bytes(), delimiters))
    })
    .collect()
}

fn trimmed(segment: &[u8], delimiters: Delimiters) -> Vec<u8> {
    if segment.starts_with(b"ISA") {
        let texts = segment.split(|&byte| byte == delimiters.element);
        return texts.map(<[u8]>::trim_ascii_end).collect::<Vec<_>>().join(&delimiters.element);
    }
    let mut out: Vec<u8> = Vec::new();
    for &byte in segment {
        if byte == delimiters.element {
            while out.last() == Some(&delimiters.component) {
                out.pop();
            }
        }
        out.push(byte);
    }
    let is_separator = |byte: &u8| *byte == delimiters.element || *byte == delimiters.component;
    while out.last().is_some_and(is_separator) {
        out.pop();
    }
    out
}

const NO_TABLE: &str = "there is no table for this transaction";

/// Takes a file there and back. Gives the notices that there were, or what went wrong.
fn there_and_back(bytes: &[u8]) -> Result<Vec<Notice>, String> {
    let reading = read(&Bytes::copy_from_slice(bytes));
    let mut document = Vec::new();
    let notices = write(&reading, &mut document).map_err(|error| error.to_string())?;
    let composed = compose(&document);
    if composed.bytes.is_empty() && !reading.interchanges.is_empty() {
        return Err(format!("unwritable: {:#?}", composed.problems.first()));
    }
    let back = read(&Bytes::from(composed.bytes));
    let (came, went) = (said(&reading), said(&back));
    match came.iter().zip(&went).position(|(came, went)| came != went) {
        Some(at) => {
            let [came, went] = [&came[at], &went[at]].map(|text| String::from_utf8_lossy(text));
            Err(format!("segment {at}: {came} became {went}"))
        }
        None if came.len() != went.len() => Err(format!("{} became {}", came.len(), went.len())),
        // Sets of the base standard alone have no names to be told by.
        None => {
            Ok(notices.into_iter().filter(|notice| !notice.what.starts_with(NO_TABLE)).collect())
        }
    }
}

/// A file's second interchange loses its end where its GS is no GS any more.
#[test]
fn an_interchange_without_an_end_does_not_run_into_the_next() {
    let file = std::fs::read(testdata().join("professional/several.edi")).expect("a test file");
    let at = file.windows(3).position(|bytes| bytes == b"GS|").expect("a group");
    for byte in [0, b'{'] {
        let mut bytes = file.clone();
        bytes[at] = byte;
        assert_eq!(there_and_back(&bytes).err(), None, "{byte}");
    }
}

#[test]
fn every_file_of_ours_comes_back() {
    let mut wrong = Vec::new();
    for path in files_under(&testdata(), ".edi") {
        let bytes = std::fs::read(&path).expect("a test file");
        let is_right = !path.to_string_lossy().contains("broken");
        match there_and_back(&bytes) {
            Ok(notices) if is_right && !notices.is_empty() => {
                wrong.push(format!("{}: {notices:?}", path.display()));
            }
            Ok(_) => {}
            Err(what) => wrong.push(format!("{}: {what}", path.display())),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn corpus() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    if folder.is_dir() {
        return Some(folder);
    }
    println!("SKIPPED: there are no published files on this machine");
    None
}

#[test]
fn every_published_file_comes_back() {
    let Some(folder) = corpus() else { return };
    let list = std::fs::read_to_string(folder.join("CONSENSUS.tsv")).expect("a list of files");
    let mut wrong = Vec::new();
    let mut count = 0;
    let mut told = 0;
    for row in list.lines().skip(1) {
        let columns: Vec<&str> = row.split('\t').collect();
        let [path, transactions, _, consensus, ..] = columns[..] else { continue };
        let Ok(bytes) = std::fs::read(folder.join(path)) else { continue };
        // The bare 005010 of the 997 stands in the name of every guide.
        let mut guides = x12::guide::ALL.iter().filter(|guide| guide.id.contains('X'));
        let is_ours = guides.any(|guide| transactions.contains(guide.id));
        count += 1;
        match there_and_back(&bytes) {
            Ok(notices) if notices.is_empty() => told += 1,
            Ok(notices) if is_ours && consensus == "both-accept" => {
                wrong.push(format!("{path}: {notices:?}"));
            }
            Ok(_) => {}
            Err(what) => wrong.push(format!("{path}: {what}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{count} published files came back, {told} of them in the trade's words alone");
}

/// A document that is right, to be made wrong.
fn document() -> String {
    let bytes = std::fs::read(testdata().join("professional/plain.edi")).expect("a test file");
    let mut out = Vec::new();
    write(&read(&Bytes::from(bytes)), &mut out).expect("memory takes it");
    String::from_utf8(out).expect("JSON is text")
}

const CLAIM: &str =
    "$.interchanges[0].groups[0].transactions[0].billing_providers[0].subscribers[0]";

const GROUP_DAY: &str = "\"receiver\": \"CLAIMGATE\",\n          \"date\": \"2026-03-01\"";
const GROUP_TIME: &str = "\"time\": \"09:15\",\n          \"control_number\": \"1\"";

/// What is changed in the document, and what is said of it: the end of the path, the place in X12,
/// and words of the message.
const WRONG: &[(&str, &str, &str)] = &[
    // Keys and kinds.
    (r#""npi""#, r#""NPI""#, "[0].NPI: there is no such key here; did you mean `npi`?"),
    (r#""charge": "120""#, r#""charge": 120"#, "lines[0].charge (2400 SV102): a text is expected"),
    (r#""sex": "F""#, r#""sex": "F", "sex": "M""#, "[0].sex: this key stands twice"),
    (
        r#""total_charge""#,
        r#""totalCharge""#,
        "claims[0].totalCharge: there is no such key here; did you mean `total_charge`?",
    ),
    (r#"["1", "2"]"#, r#""1""#, "diagnosis_pointers (2400 SV107-1): a list is expected"),
    (
        r#"["1", "2"]"#,
        r#"["1", "2", "3", "4", "5"]"#,
        "diagnosis_pointers[4] (2400 SV107-5): there is room for 4",
    ),
    // Values.
    (r#""sex": "F""#, r#""sex": "Z""#, "[0].sex (2010BA DMG03): sex"),
    (r#""sex": "F""#, r#""sex": """#, "[0].sex (2010BA DMG03): this text is empty"),
    ("HAZEL", "HA*ZEL", "last_name_or_organization (2010BA NM103): `*` separates things"),
    (
        "WC-1001",
        "WC-10011001100110011001",
        "patient_control_number (2300 CLM01): patient control number: the value is too long",
    ),
    (
        r#""1980-04-02""#,
        r#""1980-04-31""#,
        "date_of_birth (2010BA DMG02): date of birth: this is no day",
    ),
    (
        r#""2026-02-10""#,
        r#"{"from": "2026-02-10"}"#,
        "service_date (2400 DTP03): `from` and `to` are both expected",
    ),
    (
        r#""2026-02-10""#,
        r#"{"from": "2026-02-30", "to": "2026-03-01"}"#,
        "service_date.from (2400 DTP03): this is no day of the calendar",
    ),
    (
        r#""2026-02-10""#,
        r#""2026-02-30""#,
        "service_date (2400 DTP03): this is no day of the calendar; write YYYY-MM-DD, or an object",
    ),
    (r#""2026-02-10""#, r#""20260210""#, "service_date (2400 DTP03): this is no day"),
    (r#""1980-04-02""#, r#""A*B""#, "date_of_birth (2010BA DMG02): `*` separates things"),
    (
        r#""date_made": "2026-03-01""#,
        r#""date_made": "2026-02-30""#,
        "date_made (HEADER BHT04): date made: this is no day of the calendar",
    ),
    (
        r#""time_made": "09:15""#,
        r#""time_made": "25:15""#,
        "time_made (HEADER BHT05): this is no time of day; write HH:MM",
    ),
    (r#""which_reference": "EI""#, r#""which_reference": "XX""#, "allowed are EI, SY"),
    // What is missing.
    (
        r#""total_charge": "120","#,
        "",
        "claims[0].total_charge (2300 CLM02): total charge: a required value is missing",
    ),
    (
        r#""service_date": "2026-02-10""#,
        r#""units": "1""#,
        "lines[0].service_date (2400 DTP): the guide requires this",
    ),
    // What no row takes stands in a place of its own, behind ST.
    (
        r#""set": "837","#,
        r#""set": "837", "unread": [
            {"position": 5, "segment": "PER*IC*JO"}, {"position": 5, "segment": "PER*IC*JIM"}
        ],"#,
        "transactions[0].unread[1].position: another segment of `unread` has this position",
    ),
    (
        r#""set": "837","#,
        r#""set": "837", "unread": [{"position": 0, "segment": "PER*IC*JO"}],"#,
        "transactions[0].unread[0].position: ST stands first",
    ),
    // The envelope.
    (
        r#""time": "09:15""#,
        r#""clock": "09:15""#,
        "$.interchanges[0].time (ISA10): this is required",
    ),
    (
        r#""set": "837""#,
        r#""set": "850""#,
        "transactions[0].set (ST01): there is no table for this",
    ),
    (
        r#""usage": "test""#,
        r#""usage": "play""#,
        "$.interchanges[0].usage (ISA15): `production` or `test` is expected here",
    ),
    (
        r#""acknowledgment_requested": false"#,
        r#""acknowledgment_requested": "yes""#,
        "$.interchanges[0].acknowledgment_requested (ISA14): true or false is expected here",
    ),
    (
        r#""date": "2026-03-01""#,
        r#""date": "2026-02-30""#,
        "$.interchanges[0].date (ISA09): this is no day of the calendar",
    ),
    (
        r#""time": "09:15""#,
        r#""time": "25:15""#,
        "$.interchanges[0].time (ISA10): this is no time of day; write HH:MM",
    ),
    (
        r#""control_number": "000000001""#,
        r#""control_number": "abc""#,
        "$.interchanges[0].control_number (ISA13): ISA13 is not nine digits",
    ),
    (
        r#""sender": "WILLOWCLINIC""#,
        r#""sender": "A""#,
        "groups[0].sender (GS02): the value is too short",
    ),
    (
        GROUP_DAY,
        r#""receiver": "CLAIMGATE", "date": "2026-02-30""#,
        "groups[0].date (GS04): this is no day of the calendar; write YYYY-MM-DD",
    ),
    (
        GROUP_TIME,
        r#""time": "25:15", "control_number": "1""#,
        "groups[0].time (GS05): this is no time of day; write HH:MM",
    ),
    (
        GROUP_TIME,
        r#""time": "2515", "control_number": "1""#,
        "groups[0].time (GS05): this is no time of day; write HH:MM",
    ),
    (GROUP_TIME, r#""time": "09:15", "control_number": "A""#, "groups[0].control_number (GS06): "),
    (
        r#""control_number": "0001""#,
        r#""control_number": "00*1""#,
        "transactions[0].control_number (ST02): a character that separates things",
    ),
    (
        r#""control_number": "0001""#,
        r#""control_number": "1""#,
        "transactions[0].control_number (ST02): ST02 is not four to nine characters",
    ),
    ("claimgate-x12/1", "claimgate-x12/9", "$.format: this is not the form"),
    // The whole text.
    ("{", "", "$: the text is no JSON"),
];

/// What a value of the envelope has against it is told once.
#[test]
fn the_envelope_says_it_once() {
    for (key, wrong) in
        [("date", "2026-02-30"), ("time", "25:15"), ("usage", "prod"), ("control_number", "abc")]
    {
        let mut document: serde_json::Value = serde_json::from_str(&document()).expect("JSON");
        document["interchanges"][0][key] = wrong.into();
        let composed = compose(document.to_string().as_bytes());
        let said: Vec<String> = composed.problems.iter().map(ToString::to_string).collect();
        let [only] = &said[..] else { panic!("{key}: {said:#?}") };
        assert!(only.starts_with(&format!("$.interchanges[0].{key} (ISA")), "{only}");
    }
}

#[test]
fn says_where_a_document_is_wrong() {
    for &(from, to, expected) in WRONG {
        let text = document();
        assert!(text.contains(from), "{from} stands in the document");
        let composed = compose(text.replacen(from, to, 1).as_bytes());
        let said: Vec<String> = composed.problems.iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|line| line.contains(expected)), "{from} to {to}: {said:#?}");
    }
}

#[test]
fn a_value_with_a_delimiter_is_all_that_is_wrong() {
    for delimiter in ["*", "~", ":", "^"] {
        for value in ["HAZEL", "MEM000001", "WC-1001", "99213", "19.80", "2175550100"] {
            let text = document().replace(r#""120""#, r#""19.80""#);
            let (first, last) = value.split_at(2);
            let told = format!("{first}{delimiter}{last}");
            assert!(text.contains(value), "{value}");
            let composed = compose(text.replacen(value, &told, 1).as_bytes());
            let said: Vec<String> = composed.problems.iter().map(ToString::to_string).collect();
            let [only] = &said[..] else { panic!("{told}: {said:#?}") };
            assert!(only.contains("separates things"), "{only}");
        }
    }
}

#[test]
fn names_the_value_that_brings_a_fault_about() {
    let text = document();
    // The submitter is an organization, and has no first name.
    let at = text.find(r#""submitter""#).expect("a submitter");
    let (head, tail) = text.split_at(at);
    let tail = tail.replacen(r#""trading"#, r#""first_name": "ANNA", "trading"#, 1);
    let composed = compose(format!("{head}{tail}").as_bytes());
    let said: Vec<String> = composed.problems.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|line| line.contains("NM102 of loop 1000A")), "{said:#?}");
}

/// What a document of a file says, changed, and what is said of it.
fn said_of(file: &str, changes: &[(&str, &str)]) -> Vec<String> {
    let bytes = std::fs::read(testdata().join(file)).expect("a test file");
    let mut out = Vec::new();
    write(&read(&Bytes::from(bytes)), &mut out).expect("memory takes it");
    let mut text = String::from_utf8(out).expect("JSON is text");
    for (from, to) in changes {
        assert!(text.contains(from), "{from} stands in the document");
        text = text.replacen(from, to, 1);
    }
    compose(text.as_bytes()).problems.iter().map(ToString::to_string).collect()
}

#[test]
fn names_the_element_that_there_is_no_room_for() {
    let one = r#"{"code_list": "ABF", "diagnosis": "R509"}"#;
    let said = said_of("professional/plain.edi", &[(one, &[one; 12].join(", "))]);
    let told = "other_diagnoses[11] (2300 HI13): there is room for 11";
    assert!(said.iter().any(|line| line.contains(told)), "{said:#?}");
}

#[test]
fn names_the_days_of_a_range() {
    let range = r#""from": "2026-02-01""#;
    let said = said_of("institutional/inpatient.edi", &[(range, r#""from": "2026-02-30""#)]);
    let [only] = &said[..] else { panic!("{said:#?}") };
    let told = "statement_dates.from (2300 DTP03): this is no day of the calendar";
    assert!(only.contains(told), "{only}");
}

#[test]
fn says_what_the_whole_shows_beside_what_one_segment_does() {
    let sex = (r#""sex": "F""#, r#""sex": "Z""#);
    // A first name of an organization, and a trailer that counts wrong.
    let name = (r#""trading"#, r#""first_name": "ANNA", "trading"#);
    let alone = said_of("professional/plain.edi", &[name]);
    let [only] = &alone[..] else { panic!("{alone:#?}") };
    let both = said_of("professional/plain.edi", &[sex, name]);
    assert!(both.contains(only) && both.len() == 2, "{both:#?}");
    // What is missing for a wrong qualifier is not told beside it.
    let qualifier = (r#""which_reference": "EI""#, r#""which_reference": "XX""#);
    assert_eq!(said_of("professional/plain.edi", &[qualifier]).len(), 1);
}

#[test]
fn holds_what_stands_as_it_came_against_the_base_standard() {
    assert_eq!(said_of("standard/eligibility-inquiry.edi", &[]), [""; 0]);
    let said = said_of("standard/eligibility-inquiry.edi", &[("BHT*0022", "BHT*00225")]);
    let [only] = &said[..] else { panic!("{said:#?}") };
    let path = "$.interchanges[0].groups[0].transactions[0].segments[1] (HEADER BHT01): ";
    assert!(only.starts_with(path), "{only}");
}

#[test]
fn says_all_that_is_wrong_and_no_value() {
    let text = document();
    let text = text.replace("HAZEL", "HA~ZEL").replace(r#""sex": "F""#, r#""sex": "FEMALE""#);
    let text = text.replace(r#""first_name""#, r#""NORA OF SPRINGFIELD""#);
    let composed = compose(text.as_bytes());
    let said: Vec<String> = composed.problems.iter().map(ToString::to_string).collect();
    assert!(composed.bytes.is_empty(), "what cannot be written is not");
    assert_eq!(said.len(), 3, "{said:#?}");
    assert!(said.iter().all(|line| line.starts_with(CLAIM)), "{said:#?}");
    for value in ["HAZEL", "HA~ZEL", "NORA", "FEMALE", "SPRINGFIELD"] {
        assert!(said.iter().all(|line| !line.contains(value)), "{value}: {said:#?}");
    }
}

#[test]
fn writes_what_is_right_though_its_keys_come_in_another_order() {
    let text = document();
    let came = compose(text.as_bytes());
    assert_eq!(came.problems, []);
    // The charge of the line before its procedure, the service date before both.
    let moved = text.replacen(r#""charge": "120","#, "", 1);
    let moved = moved.replacen(r#""procedure": {"#, r#""charge": "120", "procedure": {"#, 1);
    let moved = moved.replacen(r#","service_date": "2026-02-10""#, "", 1);
    assert_eq!(compose(moved.as_bytes()).bytes, came.bytes);
}

#[test]
fn takes_one_interchange_as_text_and_nothing_else() {
    let isa = "ISA*00*          *00*          *ZZ*WILLOWCLINIC   *ZZ*CLAIMGATE      \
               *260301*0915*^*00501*000000001*0*T*:~";
    let document =
        |text: &str| format!(r#"{{"interchanges": [{{"text": "{text}"}}]}}"#).into_bytes();
    // What has lost its end is one too.
    for text in [isa.to_owned(), format!("{isa}GS*HC"), format!("{isa}IEA*0*000000001~")] {
        let composed = compose(&document(&text));
        assert_eq!(composed.bytes, text.into_bytes());
    }
    // Found by the fuzz target: a header with something in it is none.
    let broken = isa.replacen("  ", "~HL*1", 1);
    let behind = format!("{isa}IEA*0*000000001~REF*1~");
    for text in ["", "GS*HC~", &broken, &behind, &format!("{isa}{isa}"), &format!(" {isa}")] {
        let composed = compose(&document(text));
        assert!(composed.bytes.is_empty(), "{text}");
        assert_eq!(composed.problems[0].path, "$.interchanges[0].text");
    }
}

#[test]
fn takes_a_segment_as_it_came_and_nothing_around_it() {
    let raw = |text: &str| {
        let came = r#""transactions": ["#;
        let raw = format!(r#"{came}{{"set": "837", "segments": ["ST*837*0001", "{text}"]}}, "#);
        compose(document().replacen(came, &raw, 1).as_bytes())
    };
    assert!(String::from_utf8_lossy(&raw("SE*2*0001").bytes).contains("ST*837*0001~SE*2*0001~"));
    // Found by the fuzz target: blanks before it are layout, and are read away.
    for text in ["", " SE*2*0001", "SE*2*0001\\r\\n", "SE*2~0001"] {
        assert!(raw(text).bytes.is_empty(), "{text:?}");
    }
}

#[test]
fn leaves_out_what_is_null() {
    let text = document().replacen(r#""sex""#, r#""name_suffix": null, "sex""#, 1);
    assert_eq!(compose(text.as_bytes()).bytes, compose(document().as_bytes()).bytes);
}

/// A file in which references of two rows come in turns, and what keeps their order.
#[test]
fn keeps_the_order_of_what_may_come_in_any_order() {
    let path = testdata().join("remittance/everything.edi");
    let came = std::fs::read_to_string(path).expect("a test file");
    let moved = came.replacen("REF*EA*RECORD1~", "", 1);
    let moved = moved.replacen("REF*1G*UPIN1~", "REF*1G*UPIN1~REF*EA*RECORD1~", 1);
    assert_ne!(came, moved);
    assert_eq!(there_and_back(moved.as_bytes()), Ok(vec![]));
    let mut out = Vec::new();
    write(&read(&Bytes::from(moved)), &mut out).expect("memory takes it");
    assert!(String::from_utf8_lossy(&out).contains("$order"));
}

#[test]
fn keeps_what_the_guide_does_not_know() {
    let came = std::fs::read_to_string(testdata().join("professional/plain.edi"));
    let came = came.expect("a test file");
    for (from, to, kept) in [
        // A segment that no row takes.
        ("DMG*", "REF*ZZ*1~DMG*", "\"unread\""),
        // An element that the row does not use.
        ("NM1*85*2*WILLOW CLINIC*****XX", "NM1*85*2*WILLOW CLINIC***DR**XX", "\"$NM1\""),
        // A value that would read as a date.
        ("BHT*0019*00*BATCH0001*20260301", "BHT*0019*00*BATCH0001*2026-03-01", "\"$BHT\""),
        // A qualifier of none, and a set that we have no names for.
        ("NM1*IL*1*HAZEL", "NM1*XX*1*HAZEL", "\"$NM1\": \"NM1*XX"),
        // Counts that are wrong.
        ("SE*24*", "SE*25*", "\"trailer\": \"SE*25*0001\""),
        ("IEA*1*", "IEA*7*", "\"trailer\": \"IEA*7*000000001\""),
    ] {
        let moved = came.replacen(from, to, 1);
        assert_ne!(came, moved, "{from} stands in the file");
        let notices = there_and_back(moved.as_bytes()).expect("the same segments");
        let mut out = Vec::new();
        write(&read(&Bytes::from(moved)), &mut out).expect("memory takes it");
        let out = String::from_utf8_lossy(&out).into_owned();
        assert!(out.contains(kept), "{to}: {out}");
        assert!(!notices.is_empty() || kept.contains("trailer"), "{to}: a notice says so");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Documents with pieces changed, removed or doubled: no panic, and what is written can be read.
    #[test]
    fn takes_any_document(changes in vec((any::<Index>(), 0_usize..9), 1..6)) {
        const PIECES: [&str; 9] = ["", "\"", "{", "}", "[]", "null", "\"x\"", ",", "\u{e9}~*"];
        let mut text = document();
        for (at, piece) in changes {
            let mut at = at.index(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let end = (at + 1..=text.len()).find(|&end| text.is_char_boundary(end));
            text.replace_range(at..end.unwrap_or(at), PIECES[piece]);
        }
        let composed = compose(text.as_bytes());
        prop_assert!(!composed.problems.is_empty() || !composed.bytes.is_empty());
    }

    /// Files with a byte changed: whatever is read comes back.
    #[test]
    fn loses_nothing_of_any_file(at in any::<Index>(), byte in any::<u8>()) {
        let path = testdata().join("professional/several.edi");
        let mut bytes = std::fs::read(path).expect("a test file");
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let came = there_and_back(&bytes);
        prop_assert!(came.is_ok(), "byte {at} as {byte}: {came:?}");
    }
}
