//! What holds for all sets, and the small sets one by one.

use std::fs;
use std::path::Path;

use super::*;

fn today() -> Day {
    Day::new(2026, 11, 1).expect("a day")
}

#[test]
fn counts_what_it_lists() {
    let counts = [
        ("adjustment-group", 5),
        ("admission-type", 6),
        ("claim-adjustment-reason", 407),
        ("claim-filing", 23),
        ("claim-frequency", 25),
        ("claim-status", 682),
        ("claim-status-category", 48),
        ("condition", 172),
        ("country", 249),
        ("cpt-modifier", 49),
        ("currency", 155),
        ("dental-procedure-ended", 40),
        ("diagnosis", 75_909),
        ("diagnosis-adult", 863),
        ("diagnosis-child", 148),
        ("diagnosis-companion", 49),
        ("diagnosis-excludes", 3_164),
        ("diagnosis-female", 3_494),
        ("diagnosis-first-only", 19),
        ("diagnosis-left", 4_794),
        ("diagnosis-male", 535),
        ("diagnosis-manifestation", 433),
        ("diagnosis-maternity", 2_619),
        ("diagnosis-never-alone", 1),
        ("diagnosis-never-first", 2_832),
        ("diagnosis-newborn", 457),
        ("diagnosis-order", 518),
        ("diagnosis-right", 4_794),
        ("diagnosis-side-unspecified", 3_476),
        ("diagnosis-wrong-procedure", 3),
        ("drg", 813),
        ("hipps", 4),
        ("inpatient-procedure", 82_508),
        ("occurrence", 65),
        ("occurrence-span", 18),
        ("patient-status", 40),
        ("place-of-service", 52),
        ("point-of-origin", 16),
        ("present-on-admission", 4),
        ("procedure-covered-at-times", 52),
        ("procedure-ended", 30),
        ("procedure-not-covered", 198),
        ("procedure-of-days", 1),
        ("provider-adjustment", 41),
        ("remark", 1_216),
        ("remittance-status", 10),
        ("revenue", 545),
        ("state", 75),
        ("type-of-bill", 33),
        ("value", 141),
    ];
    let listed: Vec<_> = list().iter().map(|set| (set.name, set.count)).collect();
    assert_eq!(listed, counts);
    assert!(list().windows(2).all(|pair| pair[0].name < pair[1].name));
}

/// All tables together, those of this folder's `.bin` files and those that are written in Rust, of
/// which the text is a generous measure.
#[test]
fn takes_less_than_four_megabytes_of_the_program() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/code_sets");
    let mut bytes = 0;
    for entry in fs::read_dir(folder).expect("the folder of code sets") {
        let file = entry.expect("a file of the folder");
        bytes += file.metadata().expect("its size").len();
    }
    assert!((1_500_000..4_000_000).contains(&bytes), "{bytes}");
}

#[test]
fn keeps_tables_in_byte_order() {
    for table in [
        adjustment_group::CODES,
        claim_filing::CODES,
        admission_type::CODES,
        claim_frequency::CODES,
        condition::CODES,
        occurrence::CODES,
        occurrence_span::CODES,
        patient_status::CODES,
        present_on_admission::CODES,
        type_of_bill::CODES,
        value_code::CODES,
        claim_status_category::CODES,
        provider_adjustment::CODES,
        remittance_status::CODES,
        state::OF_CANADA,
        state::OF_THE_UNITED_STATES,
    ] {
        assert!(table.windows(2).all(|pair| pair[0].code < pair[1].code), "{table:?}");
    }
    for table in [country::CODES, currency::CODES] {
        assert!(table.windows(2).all(|pair| pair[0] < pair[1]), "{table:?}");
    }
}

#[test]
fn answers_by_the_names_of_guide_tables() {
    for (set, known, unknown) in [
        ("admission-type", "1", "6"),
        ("claim-adjustment-reason", "45", "999"),
        ("claim-frequency", "7", "X"),
        ("claim-status", "562", "0562"),
        ("claim-status-category", "A7", "A9"),
        ("condition", "17", "ZZ"),
        ("country", "DE", "XX"),
        ("cpt-modifier", "59", "10"),
        ("currency", "USD", "DEM"),
        ("diagnosis", "E119", "E11"),
        ("diagnosis-newborn", "Z3800", "E119"),
        ("drg", "193", "015"),
        ("hipps", "KAXD1", "RUC10"),
        ("inpatient-procedure", "0W9B30Z", "0W9B30"),
        ("occurrence", "11", "ZZ"),
        ("occurrence-span", "70", "69"),
        ("patient-status", "01", "1"),
        ("place-of-service", "11", "30"),
        ("point-of-origin", "1", "7"),
        ("present-on-admission", "Y", "1"),
        ("remark", "MA130", "MA1"),
        ("revenue", "0120", "0105"),
        ("state", "TX", "XX"),
        ("type-of-bill", "11", "19"),
        ("value", "80", "ZZ"),
    ] {
        assert_eq!(contains(set, known.as_bytes(), today()), Some(true), "{set} {known}");
        assert_eq!(contains(set, unknown.as_bytes(), today()), Some(false), "{set} {unknown}");
    }
    for set in ["taxonomy", "procedure", ""] {
        assert_eq!(contains(set, b"01", today()), None, "{set}");
    }
}

#[test]
fn takes_any_bytes() {
    for set in list() {
        for text in [&b""[..], b" ", b"\xff\xfe", b"0", b"00", b"+1", b"m", b"99999999999"] {
            assert_ne!(standing(set.name, text, today()), None);
            let is_one = contains(set.name, text, today()) == Some(true);
            assert!(!is_one || text == b"0", "{}: {}", set.name, text.escape_ascii());
        }
    }
}

/// Procedure codes of the AMA are four digits and one more character, those of the ADA are D and
/// four digits; both belong to their publishers.
#[test]
fn carries_no_procedure_codes() {
    for number in 0..10_000 {
        for last in "0123456789AFMTU".chars() {
            let medical = format!("{number:04}{last}");
            for set in list() {
                let found = contains(set.name, medical.as_bytes(), today());
                assert_eq!(found, Some(false), "{medical} of {}", set.name);
            }
        }
    }
    for number in 0..10_000 {
        let dental = format!("D{number:04}");
        // Diagnoses of the blood look the same, and so do rates of rehabilitation.
        let looks_alike = |name: &str| name.starts_with("diagnosis") || name == "hipps";
        for set in list().iter().filter(|set| !looks_alike(set.name)) {
            assert_eq!(contains(set.name, dental.as_bytes(), today()), Some(false), "{dental}");
        }
    }
}

#[test]
fn says_short_things_only() {
    let letters: Vec<u8> = (b'0'..=b'9').chain(b'A'..=b'Z').collect();
    let mut codes = vec![Vec::new()];
    let mut said = 0;
    for _len in 1..=3 {
        codes = codes
            .iter()
            .flat_map(|code| letters.iter().map(|&letter| [code.as_slice(), &[letter]].concat()))
            .collect();
        for set in list() {
            for meaning in codes.iter().filter_map(|code| (set.meaning)(code)) {
                assert!(!meaning.is_empty() && meaning.len() <= 60, "{}: {meaning}", set.name);
                assert!(!meaning.ends_with('.'), "{}: {meaning}", set.name);
                said += 1;
            }
        }
    }
    assert!(said > 1_000, "{said}");
}

/// A code of each set whose codes come or go: its first day and its last, blank where it has none.
const EDGES: &[(&str, &str, &str, &str)] = &[
    ("claim-adjustment-reason", "138", "", "2018-05-01"),
    ("claim-adjustment-reason", "306", "2023-11-01", ""),
    ("diagnosis", "C7831", "2026-10-01", ""),
    ("diagnosis", "S301XXA", "2015-10-01", "2025-09-30"),
    ("diagnosis-adult", "F0151", "2015-10-01", "2022-09-30"),
    ("diagnosis-adult", "F03911", "2022-10-01", ""),
    ("diagnosis-child", "K31B", "2026-10-01", ""),
    ("diagnosis-child", "F930", "2015-10-01", "2016-09-30"),
    ("diagnosis-companion", "E1122", "2025-04-01", ""),
    ("diagnosis-excludes", "H5303", "2025-04-01", "2025-09-30"),
    ("diagnosis-female", "B3731", "2022-10-01", "2024-09-30"),
    ("diagnosis-male", "B3742", "2017-10-01", "2024-09-30"),
    ("diagnosis-manifestation", "D7218", "2020-10-01", ""),
    ("diagnosis-manifestation", "E08321", "2015-10-01", "2016-09-30"),
    ("diagnosis-maternity", "F53", "2016-10-01", "2018-09-30"),
    ("diagnosis-never-alone", "Z5189", "2015-10-01", ""),
    ("diagnosis-never-first", "F01511", "2022-10-01", "2024-09-30"),
    ("diagnosis-newborn", "Z058", "2018-10-01", "2023-09-30"),
    ("diagnosis-order", "E8814", "2026-04-01", ""),
    ("diagnosis-side-unspecified", "G8100", "2022-04-01", ""),
    ("diagnosis-wrong-procedure", "Y6551", "2015-10-01", ""),
    ("drg", "077", "", "2025-09-30"),
    ("drg", "210", "2026-10-01", ""),
    ("hipps", "KAXD1", "2020-01-01", ""),
    ("inpatient-procedure", "001607A", "2019-10-01", ""),
    ("inpatient-procedure", "0370046", "2016-10-01", "2019-09-30"),
    ("place-of-service", "10", "2022-01-01", ""),
    ("point-of-origin", "7", "", "2010-06-30"),
    ("procedure-covered-at-times", "02HA0QZ", "2015-10-01", "2022-03-31"),
    ("procedure-covered-at-times", "02WA3QZ", "2022-04-01", ""),
    ("procedure-ended", "99201", "", "2020-12-31"),
    ("procedure-ended", "99441", "", "2024-12-31"),
    ("procedure-not-covered", "037G3Z6", "2016-10-01", "2019-09-30"),
    ("procedure-of-days", "5A1955Z", "2015-10-01", ""),
    ("type-of-bill", "33", "", "2013-09-30"),
];

/// Sets that say of a code that it is one, whatever the day.
const TIMELESS: &[&str] = &[
    "adjustment-group",
    "admission-type",
    "claim-filing",
    "claim-frequency",
    "claim-status",
    "claim-status-category",
    "condition",
    "country",
    "cpt-modifier",
    "currency",
    // Of a code that has not ended nothing is known; its own tests have its days.
    "dental-procedure-ended",
    "diagnosis-first-only",
    "diagnosis-left",
    "diagnosis-right",
    "occurrence",
    "occurrence-span",
    "patient-status",
    "present-on-admission",
    "provider-adjustment",
    "remark",
    "remittance-status",
    "revenue",
    "state",
    "value",
];

fn day_before(day: Day) -> Day {
    let days = (day.year() - 1..=day.year()).flat_map(|year| {
        let of_month = move |month| (1..=31).filter_map(move |day| Day::new(year, month, day));
        (1..=12).flat_map(of_month)
    });
    days.filter(|&other| other < day).max().expect("a day of the calendar")
}

#[test]
fn every_dated_set_holds_to_its_first_and_last_days() {
    for &(set, code, first, last) in EDGES {
        let on = |day: Day| standing(set, code.as_bytes(), day).expect("a set");
        if let Some(first) = Day::parse_dashed(first) {
            assert_eq!(on(first), Standing::Valid, "{set} {code} on {first}");
            assert_eq!(on(day_before(first)), Standing::NotYet(first), "{set} {code}");
        }
        if let Some(last) = Day::parse_dashed(last) {
            assert_eq!(on(last), Standing::Valid, "{set} {code} on {last}");
            assert_eq!(on(last.plus_days(1)), Standing::Ended(last), "{set} {code}");
        }
        assert!(!first.is_empty() || !last.is_empty(), "{set} {code} has no edge");
    }
    for set in list() {
        let is_dated = EDGES.iter().any(|(name, ..)| *name == set.name);
        assert_ne!(is_dated, TIMELESS.contains(&set.name), "{}: dated or timeless", set.name);
    }
}

#[test]
fn dates_adjustment_reasons() {
    let on = |text: &str| Day::parse_dashed(text).expect("a day");
    for (code, day, expected) in [
        ("45", "2026-11-01", Standing::Valid),
        ("307", "2026-11-01", Standing::Valid),
        ("306", "2023-10-31", Standing::NotYet(on("2023-11-01"))),
        ("138", "2018-05-01", Standing::Valid),
        ("138", "2018-05-02", Standing::Ended(on("2018-05-01"))),
        ("B99", "2026-11-01", Standing::Unknown),
        ("045", "2026-11-01", Standing::Unknown),
    ] {
        assert_eq!(carc::standing(code.as_bytes(), on(day)), expected, "{code} on {day}");
    }
    assert_eq!(carc::meaning(b"1"), Some("Patient deductible"));
    assert_eq!(carc::meaning(b"1 "), None);
    assert!(carc::needs_remark(b"16") && !carc::needs_remark(b"45"));
}

/// Pages of the web have the two the other way round.
#[test]
fn tells_a_replacement_from_a_void() {
    let said = |code: &[u8]| claim_frequency::meaning(code).unwrap_or_default();
    assert!(said(b"7").starts_with("Replacement") && said(b"8").starts_with("Void"));
}

#[test]
fn tells_remarks_apart() {
    for (code, kind) in [
        ("M1", Some(remark::Kind::Explanation)),
        ("M51", Some(remark::Kind::MissingInformation)),
        ("MA01", Some(remark::Kind::Alert)),
        ("MA130", Some(remark::Kind::MissingInformation)),
        ("N290", Some(remark::Kind::MissingInformation)),
        ("N940", Some(remark::Kind::MissingInformation)),
        ("N813", None),
        ("N941", None),
        ("M01", None),
        ("M0", None),
        ("MA001", None),
        ("X1", None),
    ] {
        assert_eq!(remark::kind(code.as_bytes()), kind, "{code}");
    }
    let all = ["M", "MA", "N"].map(|series| {
        let numbers = (0..2_000).map(|number| match series {
            "MA" => format!("{series}{number:02}"),
            _ => format!("{series}{number}"),
        });
        numbers.filter(|code| remark::kind(code.as_bytes()).is_some()).count()
    });
    assert_eq!(all, [144, 134, 938]);
    assert_eq!(all.iter().sum::<usize>(), remark::CODE_COUNT);
}

#[test]
fn knows_which_statuses_cannot_stand_alone() {
    // Not the tax number, and 163 is not the NPI, as is often copied.
    assert_eq!(claim_status::meaning(b"562"), Some("National provider identifier (NPI)"));
    assert_eq!(claim_status::meaning(b"163"), Some("Group or policy number"));
    assert_eq!(claim_status::meaning(b"800"), None);
    let in_use = (0..2_000).filter(|number| claim_status::contains(number.to_string().as_bytes()));
    assert_eq!(in_use.count(), claim_status::CODE_COUNT);
    // Whatever has words is in use.
    for number in 0..2_000 {
        let code = number.to_string();
        let has_words = claim_status::meaning(code.as_bytes()).is_some();
        assert!(!has_words || claim_status::contains(code.as_bytes()), "{code}");
    }
}

#[test]
fn knows_places_and_states() {
    assert_eq!(place_of_service::is_facility(b"21"), Some(true));
    assert_eq!(place_of_service::is_facility(b"11"), Some(false));
    assert_eq!(place_of_service::is_facility(b"30"), None);
    let before = Day::new(2021, 12, 31).expect("a day");
    let first = Day::new(2022, 1, 1).expect("a day");
    assert_eq!(place_of_service::standing(b"10", before), Standing::NotYet(first));
    assert_eq!(place_of_service::standing(b"11", before), Standing::Valid);
    assert!(state::is_of_the_united_states(b"PR") && !state::is_of_the_united_states(b"ON"));
    assert!(state::is_of_canada(b"ON") && !state::is_of_canada(b"PR"));
}

#[test]
fn agrees_with_the_reference_tables() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/codesets");
    for (file, set) in [
        ("carc.tsv", "claim-adjustment-reason"),
        ("rarc.tsv", "remark"),
        ("pos.tsv", "place-of-service"),
        ("us_states.tsv", "state"),
        ("claim_status_categories.tsv", "claim-status-category"),
        ("claim_filing_indicators.tsv", "claim-filing"),
        ("plb_reason_codes.tsv", "provider-adjustment"),
        ("clp_claim_status.tsv", "remittance-status"),
    ] {
        let Ok(table) = fs::read_to_string(folder.join(file)) else {
            eprintln!("skipped: there is no {}", folder.join(file).display());
            continue;
        };
        for line in table.lines().skip(1) {
            let fields: Vec<&[u8]> = line.split('\t').map(str::as_bytes).collect();
            let found = standing(set, fields[0], today());
            let ended = fields.get(2).and_then(|last| Day::parse(last));
            let expected = match ended.filter(|_| file == "carc.tsv") {
                Some(last) => Standing::Ended(last),
                None => Standing::Valid,
            };
            assert_eq!(found, Some(expected), "{set} {line}");
        }
    }
}
