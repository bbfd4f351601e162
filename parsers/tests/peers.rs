//! Mistakes that other readers of X12 have made, each by its name: none of them here.

#![allow(clippy::disallowed_methods, reason = "tests read sample files")]

mod common;

use bytes::Bytes;
use common::exercise::answer_to;
use common::{brief, faults_of, line, lines_of, testdata, walked};
use x12::guide::row::Tag;
use x12::interchange::{Interchange, Reading, read};
use x12::view::{claim, remittance};

fn file(name: &str) -> String {
    std::fs::read_to_string(testdata().join(name)).expect("a test file")
}

/// A small professional claim file without line ends.
fn plain() -> String {
    file("professional/plain.edi").replace('\n', "")
}

fn reading_of(text: &str) -> Reading {
    read(&Bytes::copy_from_slice(text.as_bytes()))
}

/// The faults of a file, without their places.
fn faults(text: &str) -> Vec<String> {
    brief(text.as_bytes())
}

fn assert_faultless(text: &str) {
    let reading = reading_of(text);
    assert_eq!(reading.interchanges.len(), 1);
    assert_eq!(reading.strays, []);
    let set = &reading.interchanges[0].groups[0].sets[0];
    let expected = &reading_of(&plain()).interchanges[0].groups[0].sets[0];
    assert_eq!(set.segment_count(), expected.segment_count());
    assert_eq!(faults(text), [""; 0]);
}

/// CLM01 of every claim with the last name of who was treated.
fn claims_and_patients(text: &str) -> Vec<(String, String)> {
    let reading = reading_of(text);
    let mut found = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let walked = walked(interchange, group, set).expect("a guide");
                for claim in claim::claims(interchange, set, &walked) {
                    let name = claim.person().map(|party| party.first_name.text().into_owned());
                    let number = claim.patient_control_number.text().into_owned();
                    found.push((number, name.unwrap_or_default()));
                }
            }
        }
    }
    found
}

// Segments.

#[test]
fn line_ends_terminate_segments_where_the_header_says_so() {
    for terminator in ["\n", "\r", "\r\n"] {
        assert_faultless(&plain().replace('~', terminator));
    }
}

#[test]
fn line_ends_behind_terminators_are_layout() {
    for layout in ["\n", "\r\n", "\r", "\n\n", " \n", "\r\n  ", "\t"] {
        assert_faultless(&plain().replace('~', &format!("~{layout}")));
    }
    // Some of each in one file.
    let mixed = plain().replacen('~', "~\r\n", 3).replacen("~S", "~\nS", 2);
    assert_faultless(&mixed);
}

#[test]
fn blanks_behind_terminators_are_layout_and_blanks_before_them_are_data() {
    let spaced = plain().replacen('~', "\u{1}", 1).replace('~', "~  ").replace('\u{1}', "~");
    assert_faultless(&spaced);
    // A rule mends blanks at the end of a name or a number; in a code they are a fault.
    assert_faultless(&plain().replace("7 ELM STREET~", "7 ELM STREET ~"));
    let found = faults(&plain().replace("19800402*F~", "19800402*F ~"));
    assert_eq!(found, ["element-too-long IK4:5 2010BA DMG03 segment 17"]);
}

#[test]
fn a_value_that_ends_in_blanks_is_echoed_without_them() {
    let reading = reading_of(&plain().replace("19800402*F~", "19800402*FX   ~"));
    let answer = String::from_utf8(answer_to(&reading.interchanges[0])).expect("text");
    assert!(answer.contains("~IK4*3*1068*5*FX~"), "{answer}");
}

#[test]
fn lines_of_80_columns_may_cut_even_the_tag_of_iea() {
    let text = plain();
    let iea = text.find("IEA").expect("a trailer");
    for width in [80, iea / 3 + 1, 100, 132, 256] {
        let cut = text.as_bytes().chunks(width).collect::<Vec<_>>().join(&b"\n"[..]);
        assert_faultless(&String::from_utf8_lossy(&cut));
    }
}

#[test]
fn the_end_of_a_cut_file_is_a_place_in_it() {
    // Cut off where a line is full, so that what is missing would stand on a line that is not there.
    let text = plain();
    let at = text.find("~N4*").expect("a city");
    let cut = text.as_bytes()[..at].chunks(at / 5).collect::<Vec<_>>().join(&b"\n"[..]);
    for fault in faults_of(&read(&Bytes::from(cut.clone()))) {
        assert!(fault.place.offset <= cut.len(), "{}", line(&fault));
    }
}

#[test]
fn two_interchanges_may_be_cut_into_lines_together() {
    let text = format!("{}{}", plain(), plain().replace("000000001", "000000002"));
    let cut = text.as_bytes().chunks(80).collect::<Vec<_>>().join(&b"\r\n"[..]);
    let reading = read(&Bytes::from(cut.clone()));
    assert_eq!(reading.interchanges.len(), 2);
    assert_eq!(reading.strays, []);
    let bytes: Vec<u8> = reading.interchanges.iter().flat_map(Interchange::bytes).collect();
    assert_eq!(bytes, cut);
    assert_eq!(lines_of(&cut), [""; 0]);
}

#[test]
fn a_line_end_inside_a_value_is_a_wrong_character() {
    let text = plain().replace("WILLOW CLINIC*****46", "WILLOW\nCLINIC*****46");
    assert_eq!(faults(&text), ["character-invalid IK4:6 1000A NM103 segment 3"]);
}

#[test]
fn blank_segments_and_doubled_terminators_end_nothing() {
    for blank in ["~~", "~ ~", "~\r\n~\r\n", "~~~~"] {
        let text = plain().replace('~', blank).replacen(blank, "~", 1);
        assert_faultless(text.trim_end_matches(blank));
        // Behind the trailer too, and before the next interchange.
        assert_faultless(&text);
        let two = reading_of(&format!("{text}{}", plain()));
        assert_eq!((two.interchanges.len(), two.strays.len()), (2, 0), "{blank:?}");
    }
}

#[test]
fn the_last_terminator_may_be_missing() {
    let text = plain();
    assert_faultless(text.trim_end_matches('~'));
    for trailing in ["\0", "\u{1A}", "\r\n", "  \n\u{1A}\0\0"] {
        assert_faultless(&format!("{text}{trailing}"));
        assert_faultless(&format!("{}{trailing}", text.trim_end_matches('~')));
    }
}

#[test]
fn a_byte_order_mark_and_blanks_may_come_first() {
    for before in ["\u{FEFF}", "\n\n  ", "\0\0", "\u{FEFF}\r\n"] {
        let reading = reading_of(&format!("{before}{}", plain()));
        assert_eq!(reading.strays, [], "{before:?}");
        assert_eq!(reading.interchanges[0].span().start, before.len());
    }
}

#[test]
fn text_around_interchanges_is_listed_and_harms_none() {
    let text = format!("To: the gateway\n{}\nmore text\n{}\nthe end", plain(), plain());
    let reading = reading_of(&text);
    let strays: Vec<&str> = reading.strays.iter().map(|range| &text[range.clone()]).collect();
    assert_eq!(strays, ["To: the gateway\n", "\nmore text\n", "\nthe end"]);
    assert_eq!(reading.interchanges.len(), 2);
    assert_eq!(lines_of(text.as_bytes()), [""; 0]);
}

// The header.

#[test]
fn a_header_with_collapsed_padding_is_read_and_faulted() {
    let text = plain().replace("          ", "").replace("   *", "*");
    let found = faults(&text);
    assert_eq!(found, ["element-separator-invalid TA1:026 - ISA segment 0"]);
}

#[test]
fn a_header_without_isa16_is_read_and_faulted() {
    for layout in ["", "\n", "\r\n"] {
        let text = plain().replacen("*:~", "*~", 1).replace('~', &format!("~{layout}"));
        let found = faults(&text);
        assert_eq!(found[0], "component-separator-invalid TA1:027 - ISA segment 0", "{layout:?}");
        assert_eq!(reading_of(&text).interchanges[0].groups[0].sets[0].faults, []);
    }
}

#[test]
fn a_separator_inside_a_header_value_moves_nothing() {
    let text = plain().replacen("WILLOWCLINIC   *", "WILLOW*CLINIC  *", 1);
    let reading = reading_of(&text);
    let interchange = &reading.interchanges[0];
    assert_eq!(interchange.delimiters(), reading_of(&plain()).interchanges[0].delimiters());
    assert_eq!(interchange.faults.len(), 1);
    assert_eq!(interchange.groups[0].sets[0].faults, []);
}

#[test]
fn isa_inside_data_begins_no_interchange() {
    for name in ["ISA", "ISABELLA", "LOUISA", "ISA*00"] {
        let text = plain().replace("*NORA*", &format!("*{name}*"));
        assert_eq!(reading_of(&text).interchanges.len(), 1, "{name}");
    }
    let segment = plain().replace("N3*7 ELM", "ISA*00*          *N3*7 ELM");
    assert_eq!(reading_of(&segment).interchanges.len(), 1);
}

#[test]
fn isa11_is_a_separator_only_where_it_can_be() {
    let with = |isa11: &str, version: &str| {
        let text = plain().replacen("*^*00501*", &format!("*{isa11}*{version}*"), 1);
        reading_of(&text).interchanges[0].delimiters().repetition
    };
    assert_eq!(with("^", "00501"), Some(b'^'));
    assert_eq!(with("U", "00501"), None);
    assert_eq!(with("U", "00401"), None);
    assert_eq!(with("^", "00401"), None);
    assert_eq!(with("^", "00402"), Some(b'^'));
    // A letter that stands for no separator splits nothing.
    assert_faultless(&plain().replacen("*^*00501*", "*U*00501*", 1));
}

#[test]
fn each_interchange_has_its_own_delimiters() {
    let reading = reading_of(&file("professional/several.edi"));
    assert_eq!(reading.interchanges.len(), 3);
    assert_eq!(faults_of(&reading), []);
    let elements = reading.interchanges.iter().map(|one| one.delimiters().element);
    assert_eq!(elements.collect::<Vec<_>>(), [b'*', b'|', 0x1D]);
}

// Values.

#[test]
fn another_component_separator_than_isa16_is_reported_not_guessed() {
    let found = faults(&plain().replace("11:B:1", "11>B>1"));
    assert_eq!(found[0], "element-too-long IK4:5 2300 CLM05-1 segment 19");
    let found = faults(&plain().replace("7 ELM STREET", "7 ELM: STREET"));
    assert_eq!(found, ["components-too-many IK4:13 2010BA N301 segment 15"]);
}

#[test]
fn names_come_in_every_alphabet_and_in_none() {
    assert_faultless(&plain().replace("HAZEL*NORA", "MÜLLER-ŁĄCKA*ÑORA"));
    let mut latin1 = plain().into_bytes();
    let at = latin1.windows(5).position(|five| five == b"HAZEL").expect("a name");
    latin1[at + 1] = 0xC4;
    assert_eq!(lines_of(&latin1), [""; 0]);
    // A name of sixty characters, each of two bytes, is not too long.
    assert_faultless(&plain().replace("*HAZEL*", &format!("*{}*", "Ä".repeat(60))));
}

#[test]
fn the_release_character_of_edifact_is_a_character() {
    assert_faultless(&plain().replace("7 ELM STREET", "7 ELM? STREET ?"));
}

#[test]
fn trailing_separators_are_empty_elements() {
    assert_faultless(&plain().replace("N3*7 ELM STREET~", "N3*7 ELM STREET***~"));
    assert_faultless(&plain().replace("HC:99213*", "HC:99213:::*"));
    assert_eq!(faults(&plain().replace("N3*7 ELM STREET~", "N3~")).len(), 1);
}

#[test]
fn a_tag_in_small_letters_or_with_blanks_gives_one_fault() {
    for tag in ["nm1", "NM1 ", "Nm1"] {
        let found = faults(&plain().replace("NM1*IL", &format!("{tag}*IL")));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with("segment-unknown IK3:1 "), "{found:?}");
    }
    assert_faultless(&plain().replace("~NM1*IL", "~ NM1*IL"));
}

#[test]
fn terminators_in_binary_data_are_data() {
    let text = plain().replace("LX*1~", "BIN*9*AB~SE*1~C~LX*1~").replace("SE*24", "SE*25");
    let found = faults(&text);
    assert_eq!(found, ["segment-not-in-set IK3:6 2300 BIN segment 21"]);
    // A length that is wrong is not believed.
    let text = plain().replace("LX*1~", "BIN*99*AB~LX*1~").replace("SE*24", "SE*25");
    assert_eq!(faults(&text).len(), 1);
}

#[test]
fn dates_are_judged_by_their_qualifier_and_the_calendar() {
    for (form, date, fits) in [
        ("D8", "20240229", true),
        ("D8", "20230229", false),
        ("D8", "20002316", false),
        ("RD8", "20260210", false),
        ("D8", "20260210-20260211", false),
        ("RD8", "20260210-20260211", true),
        ("RD8", "20260211-20260210", false),
    ] {
        let found = faults(&plain().replace("472*D8*20260210", &format!("472*{form}*{date}")));
        assert_eq!(found.is_empty(), fits, "{form} {date}: {found:?}");
    }
}

#[test]
fn amounts_are_read_as_they_are_written() {
    for (amount, fits) in
        [("120.00", true), (".5", true), ("5.", true), ("-1", true), ("1,5", false), ("1E2", false)]
    {
        let found = faults(&plain().replace("SV1*HC:99213*120", &format!("SV1*HC:99213*{amount}")));
        assert_eq!(found.is_empty(), fits, "{amount}: {found:?}");
    }
}

#[test]
fn zip_codes_of_five_and_of_nine_digits_stand_in_the_form() {
    assert_faultless(&plain().replace("627010001", "62701"));
}

#[test]
fn repeats_may_be_empty_and_are_counted() {
    let text = file("answers/rejected-999.edi");
    let with = |context: &str| {
        let found = faults(&text.replacen("CTX*CLM01:WC-4001~", &format!("CTX*{context}~"), 1));
        found.into_iter().filter(|fault| !fault.contains("IK5:")).collect::<Vec<_>>()
    };
    assert_eq!(with("CLM01:WC-4001^CLM01:WC-4002"), [""; 0]);
    let empty = with("CLM01:WC-4001^^CLM01:WC-4002");
    assert!(empty.iter().all(|fault| fault.contains("CTX01") && fault.contains("#2")), "{empty:?}");
    let ten = ["CLM01:WC-4001"; 10].join("^");
    assert_eq!(with(&ten), [""; 0]);
    assert_eq!(
        with(&format!("{ten}^CLM01:X")),
        ["repeats-too-many IK4:12 2100 CTX01#11 segment 5"]
    );
}

#[test]
fn bytes_past_ascii_may_delimit() {
    let mut bytes = plain().into_bytes();
    for byte in &mut bytes {
        *byte = match *byte {
            b'*' => 0xA6,
            b'~' => 0x85,
            b':' => 0xB7,
            other => other,
        };
    }
    let reading = read(&Bytes::from(bytes));
    assert_eq!(reading.interchanges[0].groups[0].sets[0].segment_count(), 24);
    assert_eq!(faults_of(&reading), []);
}

#[test]
fn plain_values_where_parts_are_required_are_faulted() {
    let found = faults(&plain().replace("HI*ABK:J0190*", "HI*ABK*"));
    assert_eq!(found, ["element-missing IK4:1 2300 HI01-2 segment 20"]);
}

#[test]
fn numbers_may_begin_with_zeros() {
    assert_faultless(&plain().replace("LX*1~", "LX*01~"));
}

// Envelopes.

#[test]
fn days_of_envelopes_have_their_own_lengths() {
    for (from, to, code) in [
        ("*20260301*0915*1*X", "*260301*0915*1*X", "TA1:024"),
        ("*260301*0915*^", "*260399*0915*^", "TA1:014"),
    ] {
        let found = faults(&plain().replacen(from, to, 1));
        assert!(found.len() == 1 && found[0].contains(code), "{found:?}");
    }
}

#[test]
fn a_ta1_may_stand_before_the_groups_or_alone() {
    assert_eq!(lines_of(file("answers/ta1-alone.edi").as_bytes()), [""; 0]);
    assert_eq!(lines_of(file("answers/ta1-beside-groups.edi").as_bytes()), [""; 0]);
    let reading = reading_of(&file("answers/ta1-beside-groups.edi"));
    assert_eq!(reading.interchanges[0].ta1s().count(), 2);
    let behind = plain().replace("GE*1*1~", "GE*1*1~TA1*000000009*260301*0915*A*000~");
    assert_faultless(&behind);
}

#[test]
fn a_missing_trailer_is_one_fault_of_its_level() {
    for (without, fault) in [
        ("IEA*1*000000001~", "ends-early TA1:023 - IEA segment 0"),
        ("GE*1*1~", "group-trailer-missing AK9:3 - GS segment 0"),
        ("SE*24*0001~", "set-trailer-missing IK5:2 - ST segment 1"),
    ] {
        assert_eq!(faults(&plain().replace(without, "")), [fault]);
    }
}

#[test]
fn a_file_cut_before_the_next_header_spoils_only_itself() {
    let cut = plain().replace("GE*1*1~IEA*1*000000001~", "");
    let text = format!("{cut}{}", plain());
    let reading = reading_of(&text);
    assert_eq!(reading.interchanges.len(), 2);
    assert_eq!(reading.interchanges[1].faults, []);
    assert_eq!(reading.interchanges[0].span(), 0..cut.len());
}

#[test]
fn a_segment_that_another_header_cuts_off_has_no_line_end() {
    let at = plain().find("*NORA").expect("a name");
    let text = format!("{}\r\n{}", &plain()[..at], plain());
    let reading = reading_of(&text);
    let interchange = &reading.interchanges[0];
    let set = &interchange.groups[0].sets[0];
    let last = interchange.set_segments(set).last().expect("a segment");
    assert_eq!(last.bytes(), b"NM1*IL*1*HAZEL");
    assert_eq!(reading.interchanges[1].faults, []);
}

#[test]
fn a_wrong_count_cuts_no_set() {
    for count in ["1", "99", "", "X", "4294967297"] {
        let text = plain().replace("SE*24*", &format!("SE*{count}*"));
        let reading = reading_of(&text);
        assert_eq!(reading.interchanges[0].groups[0].sets[0].segment_count(), 24);
        assert_eq!(faults(&text)[0], "segment-count-wrong IK5:4 - SE01 segment 24");
    }
}

#[test]
fn control_numbers_are_compared_as_they_stand() {
    for (from, to, fault) in [
        ("IEA*1*000000001", "IEA*1*1", "control-numbers-differ TA1:001 - IEA02 segment 0"),
        ("GE*1*1~", "GE*1*01~", "group-control-numbers-differ AK9:4 - GE02 segment 0"),
        ("SE*24*0001", "SE*24*1", "set-control-numbers-differ IK5:3 - SE02 segment 24"),
        ("IEA*1*", "IEA*2*", "group-count-wrong TA1:021 - IEA01 segment 0"),
        ("GE*1*1~", "GE*2*1~", "set-count-wrong AK9:5 - GE01 segment 0"),
        // A count is digits, and no more of them than there is room for.
        ("SE*24*", "SE*+24*", "segment-count-wrong IK5:4 - SE01 segment 24"),
        ("GE*1*1~", "GE*+1*1~", "set-count-wrong AK9:5 - GE01 segment 0"),
        ("GE*1*1~", "GE*0000001*1~", "set-count-wrong AK9:5 - GE01 segment 0"),
        ("IEA*1*", "IEA*+1*", "group-count-wrong TA1:021 - IEA01 segment 0"),
        ("IEA*1*", "IEA*000001*", "group-count-wrong TA1:021 - IEA01 segment 0"),
    ] {
        let found = faults(&plain().replace(from, to));
        assert_eq!(found.first().map(String::as_str), Some(fault), "{from} {to}");
        assert!(found.len() <= 2, "{found:?}");
    }
}

#[test]
fn what_is_wrong_with_a_gs_is_told_of_its_element() {
    for (from, to, elements) in [
        ("*20260301*0915*1*X*", "*20260301*2515*1*X*", &["GS05"][..]),
        ("*20260301*0915*1*X*", "*20261301*0915*1*X*", &["GS04"]),
        ("*20260301*0915*1*X*", "*20261301*2515*1*T*", &["GS04", "GS05", "GS07"]),
        ("GS*HC*WILLOWCLINIC*", "GS*HC*W*", &["GS02"]),
        ("*CLAIMGATE*20260301", "**20260301", &["GS03"]),
        ("*X*005010X222A1~", "*X*005010X222A1*Z~", &["GS09"]),
        ("GE*1*1~", "GE*1*1*Y~", &["GE03"]),
    ] {
        let line = |element| format!("group-header-invalid TA1:024 - {element} segment 0");
        let expected: Vec<String> = elements.iter().map(line).collect();
        assert_eq!(faults(&plain().replacen(from, to, 1)), expected, "{to}");
    }
}

#[test]
fn numbers_that_repeat_are_reported() {
    let set = |text: &str| {
        let start = text.find("ST*837").expect("a set");
        text[start..text.find("GE*").expect("its end")].to_owned()
    };
    let twice = plain().replace("GE*1*1~", &format!("{}GE*2*1~", set(&plain())));
    assert_eq!(faults(&twice), ["set-control-number-repeated IK5:23 - ST02 segment 1"]);
    let start = plain().find("GS*").expect("a group");
    let group = plain()[start..plain().find("IEA").expect("its end")].to_owned();
    let twice = plain().replace("IEA*1*", &format!("{group}IEA*2*"));
    assert_eq!(faults(&twice), ["group-control-number-repeated AK9:19 - GS06 segment 0"]);
}

#[test]
fn an_unknown_guide_is_read_and_left_to_the_answer() {
    let text = plain().replace("005010X222A1", "005010X299A9");
    let reading = reading_of(&text);
    assert_eq!(reading.interchanges[0].groups[0].sets.len(), 1);
    assert_eq!(faults_of(&reading), []);
    // The errata of one guide are one guide.
    for version in ["005010X222", "005010X222A2"] {
        assert_faultless(&plain().replace("005010X222A1", version));
    }
    let differs = plain().replacen("*005010X222A1~ST", "*005010X222~ST", 1);
    assert_eq!(faults(&differs), ["set-guide-differs IK5:I6 - ST03 segment 1"]);
}

#[test]
fn st03_may_be_absent_from_a_remittance_only() {
    assert!(file("remittance/everything.edi").contains("ST*835*1001~"));
    let found = faults(&plain().replace("ST*837*0001*005010X222A1", "ST*837*0001"));
    assert_eq!(found, ["element-missing IK4:1 HEADER ST03 segment 1"]);
}

#[test]
fn a_set_of_another_kind_than_its_group_is_reported() {
    let found = faults(&plain().replace("GS*HC*", "GS*HP*"));
    assert_eq!(found, ["set-not-of-group IK5:18 - ST01 segment 1"]);
}

// Loops.

#[test]
fn both_kinds_of_pwk_may_say_ct() {
    let line = file("professional/every-loop.edi");
    let both = line.replace("PWK*OZ*EL***AC*ATT0002~", "PWK*CT*EL***AC*ATT0002~");
    assert_eq!(faults(&both), [""; 0]);
}

#[test]
fn a_qualifier_that_is_repeated_is_a_qualifier() {
    let trigger = "CTX*SITUATIONAL TRIGGER:1*CLM*43**5:3*C023:1325~";
    let text = file("answers/rejected-999.edi");
    let at = text.find("CTX*CLM01").expect("whose data it is");
    for context in ["SITUATIONAL TRIGGER", "SITUATIONAL TRIGGER^SITUATIONAL TRIGGER"] {
        let trigger = trigger.replace("SITUATIONAL TRIGGER:1", context);
        let text = format!("{}{trigger}{}", &text[..at], &text[at..]);
        let found: Vec<_> = faults(&text).into_iter().filter(|it| !it.contains("IK5:4")).collect();
        assert_eq!(found, [""; 0], "{context}");
    }
}

#[test]
fn claims_stand_under_subscribers_and_under_patients() {
    let expected = [
        ("WC-2001", "NORA"),
        ("WC-2002", "NORA"),
        ("WC-2003", "LIA"),
        ("WC-2004", "SAM"),
        ("WC-2005", "PAUL"),
        ("WC-2006", "EVE"),
    ];
    let found = claims_and_patients(&file("professional/levels.edi"));
    let found: Vec<_> = found.iter().map(|(claim, name)| (&**claim, &**name)).collect();
    assert_eq!(found, expected);
}

#[test]
fn levels_need_not_have_the_parent_just_before() {
    let text = file("professional/levels.edi");
    assert_eq!(faults(&text), [""; 0]);
    for (from, to, fault) in [
        ("HL*5*3*23", "HL*6*3*23", "number-out-of-sequence IK4:7 2000C HL01 segment 47"),
        ("HL*5*3*23", "HL*5*4*23", "number-out-of-sequence IK4:7 2000C HL02 segment 47"),
        ("HL*5*3*23", "HL*5*2*23", "number-out-of-sequence IK4:7 2000C HL02 segment 47"),
        ("HL*7*6*22", "HL*7*1*22", "number-out-of-sequence IK4:7 2000B HL02 segment 63"),
    ] {
        let found = faults(&text.replace(from, to));
        assert_eq!(found.first().map(String::as_str), Some(fault), "{to}");
        assert!(found.len() <= 3, "{to}: {found:?}");
    }
}

#[test]
fn a_level_or_line_without_a_plain_number_is_one_fault() {
    const LEVEL: &str = "number-out-of-sequence IK4:7 2000A HL01 segment 6";
    const LINE: &str = "number-out-of-sequence IK4:7 2400 LX01 segment 21";
    for (from, to, expected) in [
        ("HL*1**20", "HL*x**20", LEVEL),
        ("HL*1**20", "HL*-1**20", LEVEL),
        ("HL*1**20", "HL*+1**20", LEVEL),
        ("HL*1**20", "HL*1.0**20", LEVEL),
        ("HL*1**20", "HL* 1**20", LEVEL),
        ("LX*1~", "LX*-7~", LINE),
        ("LX*1~", "LX*-0~", LINE),
        ("LX*1~", "LX*-01~", LINE),
        // What has another fault is told once.
        ("LX*1~", "LX*x~", "character-invalid IK4:6 2400 LX01 segment 21"),
        ("HL*1**20", "HL***20", "element-missing IK4:1 2000A HL01 segment 6"),
        ("HL*1**20", "HL*1234567890123**20", "element-too-long IK4:5 2000A HL01 segment 6"),
    ] {
        assert_eq!(faults(&plain().replace(from, to)), [expected], "{to}");
        // The level below names it as it is written.
        let named = to.replace("HL*", "").replace("**20", "");
        if expected == LEVEL {
            let text = plain().replace(from, to).replace("HL*2*1*", &format!("HL*2*{named}*"));
            assert_eq!(faults(&text), [expected], "{to}");
        }
    }
    assert_faultless(&plain().replace("LX*1~", "LX*01~"));
}

#[test]
fn optional_loops_may_be_absent() {
    let all = file("professional/every-loop.edi");
    for (begins, before) in [
        ("NM1*87*2~", "NM1*PE"),
        ("NM1*PE*2", "HL*2*"),
        ("NM1*DN*1*CEDAR*JOAN", "NM1*82*1*BIRCH*ANNA*M"),
        ("SBR*T*01", "LX*1"),
        ("LIN**N4", "NM1*82*1*BIRCH*ANNA***"),
        ("SVD*FIRST1*400", "LQ*UT"),
        ("LQ*UT", "LX*2"),
    ] {
        let start = all.find(begins).expect("the loop");
        let end = start + all[start..].find(before).expect("what follows");
        let text = format!("{}{}", &all[..start], &all[end..]);
        let found: Vec<_> =
            faults(&text).into_iter().filter(|fault| !fault.contains("IK5:4")).collect();
        assert_eq!(found, [""; 0], "{begins}");
    }
}

#[test]
fn repeated_segments_are_kept_one_and_all() {
    let text = file("professional/every-loop.edi");
    let reading = reading_of(&text);
    let interchange = &reading.interchanges[0];
    let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
    let walked = walked(interchange, group, set).expect("a guide");
    assert_eq!(walked.placed.len(), set.segment_count() as usize);
    let claim = claim::claims(interchange, set, &walked).next().expect("a claim");
    assert_eq!(claim.other_payers.len(), 2);
    assert_eq!(claim.other_payers[0].adjustments.len(), 5);
    assert_eq!(claim.other_payers[0].amounts.len(), 3);
    assert_eq!(claim.references.len(), 14);
    assert_eq!(claim.lines[0].adjudications.len(), 2);
    assert_eq!(claim.lines[0].forms.len(), 2);
}

#[test]
fn balances_may_come_twice_and_claims_without_lines() {
    let text = file("remittance/everything.edi");
    let reading = reading_of(&text);
    let interchange = &reading.interchanges[0];
    let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
    let walked = walked(interchange, group, set).expect("a guide");
    let remittance = remittance::remittance(interchange, set, &walked);
    assert_eq!(remittance.claims.len(), 4);
    assert_eq!(remittance.claims[0].services.len(), 2);
    assert_eq!(remittance.claims[2].services.len(), 0);
    assert_eq!(remittance.provider_adjustments.len(), 7);
    assert_eq!(faults(&text.replace("LX*2~\n", "").replace("SE*84", "SE*83")).len(), 0);
}

#[test]
fn one_claim_may_have_fifty_lines_and_one_more_is_a_fault() {
    let lines = |count: u32| {
        let line = |n: u32| format!("LX*{n}~SV1*HC:99213*120*UN*1***1~DTP*472*D8*20260210~");
        let all: String = (1..=count).map(line).collect();
        let (before, rest) =
            plain().split_once("LX*1~").map(|(a, b)| (a.to_owned(), b.to_owned())).expect("a line");
        let (_, after) = rest.split_once("SE*24").expect("a trailer");
        format!("{before}{all}SE*{}{after}", 21 + 3 * count)
    };
    assert_eq!(faults(&lines(50)), [""; 0]);
    assert_eq!(faults(&lines(51)), ["loop-too-often IK3:4 2400 LX segment 171"]);
}

#[test]
fn places_point_at_the_byte() {
    let text = plain().replace("HC:99213*120*UN", "HC:99213*12X*UN");
    let found = faults_of(&reading_of(&text));
    let [fault] = &found[..] else { panic!("{found:?}") };
    assert_eq!(&text[fault.place.offset..][..3], "12X");
    assert_eq!(fault.tag, Tag::new(b"SV1"));
    let text = plain().replace("11:B:1", "11:X:1");
    let found = faults_of(&reading_of(&text));
    assert_eq!(&text[found[0].place.offset..][..1], "X", "{}", line(&found[0]));
}
