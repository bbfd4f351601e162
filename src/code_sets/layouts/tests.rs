//! Layouts as small made-up files, and what is said of those that are damaged.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;
use crate::code_sets::Standing;
use crate::code_sets::library::{Biller, Library};
use crate::code_sets::relative_values::Code;
use crate::code_sets::table::{About, Table};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/codes").join(name)
}

/// Every file of a folder, and the set that its name begins with.
fn files(name: &str) -> Vec<(PathBuf, String)> {
    let entries = fs::read_dir(folder(name)).expect("a folder of test files");
    let mut files: Vec<(PathBuf, String)> = entries
        .map(|entry| entry.expect("a test file").path())
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            (path, name.split('.').next().unwrap_or_default().to_owned())
        })
        .collect();
    files.sort();
    files
}

fn table(path: &Path, set: &str) -> Result<(Table, Taken), Refusal> {
    let mut draft = Draft::default();
    let wanted = Wanted { set, starts: Day::new(2026, 10, 1) };
    let taken = read(&wanted, fs::File::open(path).expect("a test file"), &mut draft)?;
    let about = About { set: set.to_owned(), ..About::default() };
    Ok((draft.finish(about).expect("no row contradicts another"), taken))
}

fn good(name: &str) -> Table {
    let set = name.split('.').next().unwrap_or_default();
    table(&folder("good").join(name), set).expect("a good file").0
}

fn on(text: &str) -> Day {
    Day::parse_dashed(text).expect("a day")
}

#[test]
fn reads_every_layout() {
    for (path, set) in files("good") {
        match table(&path, &set) {
            Ok((table, taken)) => assert!(!table.is_empty() && taken.rows > 0, "{path:?}"),
            Err(refusal) => panic!("{path:?}: {refusal}"),
        }
    }
}

#[test]
fn refuses_damaged_files_and_says_where() {
    let mut told = String::new();
    for (path, set) in files("bad") {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let refusal = table(&path, &set).err();
        let refusal = refusal.map_or("READ".to_owned(), |refusal| refusal.to_string());
        writeln!(told, "{name}: {refusal}").expect("text in memory");
    }
    let path = folder("refusals.txt");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &told).expect("the file can be written");
    }
    assert!(!told.contains("READ"), "{told}");
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), told, "UPDATE=1 writes it anew");
}

#[test]
fn a_file_cut_anywhere_is_refused_or_holds_whole_rows() {
    for (path, set) in files("good") {
        let whole = fs::read(&path).expect("a test file");
        for len in 0..whole.len() {
            let mut draft = Draft::default();
            let wanted = Wanted { set: &set, starts: Day::new(2026, 10, 1) };
            let cut = whole.get(..len).unwrap_or_default();
            if read(&wanted, cut, &mut draft).is_ok() {
                assert!(cut.ends_with(b"\n"), "{path:?} cut at {len}");
            }
        }
    }
}

#[test]
fn a_nul_far_down_is_found() {
    let rows: String = (0..9_000).map(|row| format!("A{:04}\tmade up\n", row % 9_999)).collect();
    let sheet = format!("code\twords\n{rows}A9999\tmade\0up\n");
    let pairs =
        "80053\t80048\t\t20260101\t*\t0\n".repeat(3_000) + "80053\t82040\t\t20260101\t*\t0\0\n";
    for (set, text, line) in [("hcpcs", sheet, 9_002), ("ncci-ptp", pairs, 3_001)] {
        let wanted = Wanted { set, starts: None };
        let refusal = read(&wanted, text.as_bytes(), &mut Draft::default()).err();
        let refusal = refusal.map(|refusal| refusal.to_string()).unwrap_or_default();
        assert_eq!(
            refusal,
            format!("line {line}: the file holds NUL bytes: it is no text, or damaged")
        );
    }
}

#[test]
fn no_row_is_endless() {
    let (spaces, words) =
        (" ".repeat(2 << 20), "a quotation mark that nobody closes\n".repeat(60_000));
    let sheet = format!("code,words\nA0001,{spaces}\n");
    let open = format!("code,words\nA0001,made up\nA0002,\"{words}");
    let pairs = format!("80053\t80048\t\t20260101\t*\t0\n80053\t82040\t{spaces}\t20260101\t*\t0\n");
    let cell = format!("code,words\n{},made up\n", "A".repeat(70_000));
    for (set, text, told) in [
        ("hcpcs", sheet, "line 2: reading the file failed: this row, or a quotation mark"),
        ("hcpcs", open, "line 3: reading the file failed: this row, or a quotation mark"),
        ("ncci-ptp", pairs, "line 2: reading the file failed: this row, or a quotation mark"),
        ("hcpcs", cell, "line 2, column 1, code: 70000 bytes, and nothing that is read is so long"),
    ] {
        let wanted = Wanted { set, starts: None };
        let refusal = read(&wanted, text.as_bytes(), &mut Draft::default()).err();
        let refusal = refusal.map(|refusal| refusal.to_string()).unwrap_or_default();
        assert!(refusal.starts_with(told), "{refusal}");
    }
}

#[test]
fn an_order_file_speaks_for_its_year() {
    let table = good("diagnosis.order.txt");
    let standing = |code: &[u8]| table.standing_with_headers(code, on("2026-11-01"));
    assert_eq!(standing(b"E119"), Standing::Valid);
    assert_eq!(standing(b"E11"), Standing::Header);
    assert_eq!(standing(b"E12"), Standing::Unknown);
    assert_eq!(table.about.last, Some(on("2027-09-30")));
    let unstarted = Wanted { set: "diagnosis", starts: None };
    let file = fs::File::open(folder("good/diagnosis.order.txt")).expect("a test file");
    let refusal = read(&unstarted, file, &mut Draft::default()).expect_err("it says no year");
    assert!(refusal.reason.contains("--edition"), "{refusal}");
}

#[test]
fn leaves_what_a_list_calls_retired() {
    let text = "code\tlabel\n1\tnowhere else\n3\ta plan (retired 2007-10-01)\n\
                7\tDiscontinued effective 7/1/2010\nB\t(Deleted)\nE\tdiscontinued care, or ended\n";
    let wanted = Wanted { set: "point-of-origin", starts: None };
    let mut draft = Draft::default();
    let taken = read(&wanted, text.as_bytes(), &mut draft).expect("a plain list");
    assert_eq!((taken.rows, taken.left), (2, 3));
}

#[test]
fn what_is_built_in_as_ended_stays_so_beside_a_list_without_days() {
    let text = "code\tlabel\n1\tnowhere else\n7\ta room\n";
    let table = |text: &str| {
        let wanted = Wanted { set: "point-of-origin", starts: None };
        let mut draft = Draft::default();
        read(&wanted, text.as_bytes(), &mut draft).expect("a plain list");
        let about = About { set: "point-of-origin".to_owned(), ..About::default() };
        Library::with([draft.finish(about).expect("a table")])
    };
    let seven = |text: &str| table(text).standing("point-of-origin", b"7", on("2026-01-01"));
    assert_eq!(seven(text), Some(Standing::Ended(on("2010-06-30"))));
    let dated = "code\teff_from\n1\t20000101\n7\t20260101\n";
    assert_eq!(seven(dated), Some(Standing::Valid), "a list with days knows better");
}

#[test]
fn tells_codes_from_modifiers_in_one_file() {
    let (codes, modifiers) = (good("hcpcs.anweb.txt"), good("modifier.anweb.txt"));
    assert_eq!((codes.len(), modifiers.len()), (3, 2));
    assert_eq!(codes.standing(b"G0402", on("2021-01-01")), Standing::Ended(on("2020-12-31")));
    assert_eq!(modifiers.standing(b"QW", on("2026-01-01")), Standing::Valid);
}

/// The file of fixed width and the workbook that CMS publishes beside it say the same.
#[test]
fn reads_add_ons_alike_from_both_files() {
    let table = |name: &str| format!("{:?}", good(name));
    assert_eq!(table("ncci-addon.aoc.txt"), table("ncci-addon.fixed.txt"));
    let library = Library::with([good("ncci-addon.fixed.txt")]);
    let follows =
        |day: &str| library.add_on(b"11045", on(day)).is_some_and(|one| one.follows(b"11043"));
    assert!(follows("2019-12-31") && !follows("2020-01-01") && !follows("2012-12-31"));
    // Deleted before the pair began.
    assert!(library.add_on(b"11046", on("2013-01-01")).is_none());
}

#[test]
fn reads_the_workbook_of_hcpcs() {
    let (codes, modifiers) = (good("hcpcs.workbook.csv"), good("modifier.workbook.csv"));
    assert_eq!((codes.len(), modifiers.len()), (2, 2));
    assert_eq!(codes.standing(b"G0402", on("2021-01-01")), Standing::Ended(on("2020-12-31")));
}

#[test]
fn knows_which_codes_stand_together() {
    let library = Library::with([good("core-360.plain.tsv")]);
    let tables = library.combinations("core-360").expect("it was imported");
    for (group, reason, remark, scenario) in [
        ("CO", "97", "N20", Some(4)),
        ("PR", "97", "N20", None),
        ("CO", "97", "", None),
        ("CO", "97", "N290", None),
        ("PI", "252", "N706", Some(1)),
        // Without a remark, and without a group.
        ("CO", "B10", "", Some(4)),
        ("PR", "234", "M15", Some(4)),
        ("CO", "45", "", None),
    ] {
        assert_eq!(tables.find(group, reason, remark), scenario, "{group}-{reason} {remark}");
    }
    assert_eq!((tables.scenario_of("97"), tables.scenario_of("234")), (Some(4), Some(4)));
    assert_eq!((tables.scenario_of("45"), tables.scenario_of("7")), (None, None));
    assert!(Library::default().combinations("core-360").is_none());
}

#[test]
fn answers_what_rules_ask() {
    let names = [
        "ncci-ptp.ccipra.txt",
        "ncci-mue.practitioner.csv",
        "ncci-addon.fixed.txt",
        "ndc.package.txt",
        "npi.nppes.csv",
        "mpfs.rvu.csv",
    ];
    let library = Library::with(names.map(good));
    let day = on("2026-11-01");
    let bundles = library.bundles("ncci-ptp").expect("it was imported");
    let pair = |one: &[u8], other: &[u8], on: Day| {
        let members = bundles.member(one).zip(bundles.member(other));
        members.and_then(|(one, other)| bundles.parted_by_modifier(one, other, on))
    };
    assert_eq!(pair(b"80053", b"80048", day), Some(false));
    assert_eq!(pair(b"80053", b"82040", on("2020-06-01")), Some(true));
    // Deleted; never the other way about; no longer judged; not there.
    assert_eq!(pair(b"80053", b"82040", day), None);
    assert_eq!(pair(b"80048", b"80053", day), None);
    assert_eq!(pair(b"93000", b"93005", day), None);
    assert_eq!(pair(b"93000", b"99999", day), None);
    let limit = library.unit_limit(b"93000", day, Biller::Practitioner).expect("a limit");
    assert_eq!((limit.units, limit.is_by_line), (3, false));
    assert_eq!(library.unit_limit(b"93000", day, Biller::Hospital), None);
    let add_on = library.add_on(b"11045", day).expect("an add-on");
    assert!(add_on.follows(b"11042") && !add_on.follows(b"99213"));
    assert!(library.add_on(b"99100", day).is_none());
    assert_eq!(
        library.standing("ndc", b"50090012301", day),
        Some(Standing::Ended(on("2023-12-31")))
    );
    assert_eq!(library.standing("ndc", b"00027570001", day), Some(Standing::Unknown));
    assert_eq!(library.standing("ndc", b"00002757001", day), Some(Standing::Valid));
    let npi = |npi: &[u8]| library.standing("npi", npi, day);
    assert_eq!(npi(b"1999001013"), Some(Standing::Valid));
    assert_eq!(npi(b"1999001021"), Some(Standing::Ended(on("2024-01-05"))));
    assert_eq!(npi(b"1999001039"), Some(Standing::Valid));
    assert!(library.has("mpfs") && !library.has("hcpcs") && library.has("diagnosis"));
    assert_eq!(library.lacks(&["hcpcs", "diagnosis"]), ["hcpcs"]);
}

/// Each edition of a fee schedule that says when it begins holds from that day on.
#[test]
fn keeps_what_an_earlier_fee_schedule_paid() {
    let read = |starts: &str, expense: &str| {
        let text = format!(
            "code\tmod\tstatus\twork_rvu\tnonfac_pe_rvu\tfac_pe_rvu\tmp_rvu\tglobal\tpctc\tmult_proc\t\
             bilateral\tasst_surg\tco_surg\tteam_surg\n\
             99213\t\tA\t1.3\t{expense}\t0.5\t0.1\tXXX\t0\t0\t0\t0\t0\t0\n\
             20610\t\tA\t1\t1\t1\t0.1\t000\t0\t2\t1\t1\t0\t0\n"
        );
        let mut draft = Draft::default();
        let wanted = Wanted { set: "mpfs", starts: Some(on(starts)) };
        super::read(&wanted, text.as_bytes(), &mut draft).expect("it is plain");
        draft
    };
    let about = || About { set: "mpfs".to_owned(), ..About::default() };
    let first = read("2025-01-01", "1.33").finish(about()).expect("a table");
    let mut second = read("2026-01-01", "1.4");
    second.continue_from(&first);
    let library = Library::with([second.finish(about()).expect("a table")]);
    let expense = |code: &str, day: &str| {
        library.relative_values(code, "", on(day)).map(|values| values.office_expense)
    };
    assert_eq!(expense("99213", "2024-12-31"), None);
    assert_eq!(expense("99213", "2025-12-31"), Some(133));
    assert_eq!(expense("99213", "2026-01-01"), Some(140));
    assert_eq!(expense("20610", "2025-06-01"), Some(100));
    assert_eq!(expense("20610", "2026-06-01"), Some(100));
}

#[test]
fn reads_what_medicare_pays_by() {
    let files = ["mpfs.rvu.csv", "mpfs-gpci.cms.csv"];
    let library = Library::with(files.map(good));
    let values = library.relative_values("99213", "", on("2026-10-01")).expect("a row");
    assert_eq!((values.work, values.conversion_factor), (130, Some(332_875)));
    assert_eq!(
        (values.status, values.parts, values.several, values.base),
        (b'A', b'0', b'0', None)
    );
    let values = library.relative_values("45380", "", on("2026-10-01")).expect("a row");
    assert_eq!((values.several, values.base), (b'3', Code::parse("45378")));
    let locality = library.locality("1421201", on("2026-10-01")).expect("a locality");
    assert_eq!((locality.work, locality.expense, locality.malpractice), (1_046, 1_182, 808));
    let alike = |name: &str| format!("{:?}", good(name));
    assert_eq!(alike("mpfs-gpci.cms.csv"), alike("mpfs-gpci.plain.tsv"));
}
