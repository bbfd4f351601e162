//! New editions of code sets through the real program: taken up while it serves, and kept with what
//! they found.

#[allow(dead_code, reason = "each test uses its part of it")]
mod daemon;
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::fs;
use std::process::Command;

use claimgate::code_sets::library::Library;
use daemon::{Daemon, Place, files_of, wait};
use made::{interchange, many};

/// Takes in a made-up list of places of service; the claims of these tests are from place 11.
fn import(place: &Place, edition: &str, rows: &str) {
    let file = place.root.path().join("places.tsv");
    fs::write(&file, format!("code\teff_from\teff_to\n{rows}")).expect("written");
    let file = file.to_str().expect("a plain name");
    let words = ["codes", "import", "place-of-service", file, "--edition", edition, "--smaller"];
    let output = place.command(&words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn hang_up(daemon: &Daemon<'_>) {
    let id = daemon.id().to_string();
    let sent = Command::new("kill").args(["-HUP", &id]).status().expect("sent");
    assert!(sent.success());
}

/// Sends in the claim `C{number}00001`, and waits for its answer.
fn send(place: &Place, number: u32) {
    let batch = interchange("CEDAR", number, &many(&format!("C{number}"), 1));
    place.drop_claims(&format!("batch{number}.edi"), batch.as_bytes());
    let answers = || files_of(&place.office("acks"), "_277CA.x12").len();
    wait("the answer", || answers() == number as usize);
}

fn claim(place: &Place, number: u32, format: &str) -> String {
    let number = format!("C{number}00001");
    let output = place.command(&["claim", &number, "--format", format]);
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn a_new_edition_holds_from_the_next_file_on_and_a_damaged_one_never() {
    let place = Place::new("", "");
    let daemon = place.start();
    send(&place, 1);
    assert!(!claim(&place, 1, "text").contains("CG-CODE-04"));

    import(&place, "without 11", "11\t20000101\t20200101\n12\t20000101\t\n");
    send(&place, 2);
    assert!(!claim(&place, 2, "text").contains("CG-CODE-04"), "nobody told the daemon");
    hang_up(&daemon);
    wait("the new edition", || place.log().contains("edition=\"without 11\""));
    wait("the end", || place.log().contains("are in force as their files have them now"));
    send(&place, 3);
    let told = claim(&place, 3, "text");
    assert!(told.contains("reject CG-CODE-04"), "{told}");
    assert!(told.contains("\n    by place-of-service: without 11\n"), "{told}");

    // One byte short, as when a disk was full.
    let table = place.data().join("codes/place-of-service.table");
    import(&place, "with 11", "11\t20000101\t\n12\t20000101\t\n");
    let renewed = fs::read(&table).expect("the table");
    fs::write(&table, &renewed[..renewed.len() - 1]).expect("cut");
    hang_up(&daemon);
    wait("the refusal", || place.log().contains("and so do the code sets"));
    assert!(place.log().contains("place-of-service.table is damaged"));
    send(&place, 4);

    fs::write(&table, &renewed).expect("whole again");
    assert!(claim(&place, 4, "text").contains("by place-of-service: without 11"));
    hang_up(&daemon);
    wait("the newest edition", || place.log().contains("edition=\"with 11\""));
    wait("its turn", || {
        place.log().matches("are in force as their files have them now").count() == 2
    });
    send(&place, 5);
    assert!(!claim(&place, 5, "text").contains("CG-CODE-04"));
    // Other content under the same name.
    import(&place, "with 11", "11\t20000101\t\n12\t20000101\t\n13\t20000101\t\n");
    let taken_up = || place.log().matches("edition=\"with 11\"").count();
    let before = taken_up();
    hang_up(&daemon);
    wait("the same edition with more", || taken_up() > before);
    // What was found keeps the edition that found it.
    let told = claim(&place, 3, "json");
    assert!(told.contains("\"tables\":{\"place-of-service\":\"without 11\"}"), "{told}");
    daemon.stop();
}

/// Whether a list is taken in, and what is said of it.
fn taken(place: &Place, set: &str, text: &str, more: &[&str]) -> (bool, String) {
    let file = place.root.path().join("codes.tsv");
    fs::write(&file, text).expect("written");
    let file = file.to_str().expect("a plain name");
    let words: Vec<&str> = ["codes", "import", set, file].iter().chain(more).copied().collect();
    let output = place.command(&words);
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&told).into_owned())
}

/// As of a list that was too small, and of products by the file of their packages.
#[test]
fn what_loses_nothing_is_taken_in() {
    let place = Place::new("", "");
    let import = |set: &str, text: &str, more: &[&str]| taken(&place, set, text, more);
    let hundred: String = (0..100).map(|number| format!("{number:09}X\n")).collect();
    assert!(import("taxonomy", &format!("code\n{}", &hundred[..11]), &["--smaller"]).0);
    let (taken, told) = import("taxonomy", &format!("code\n{hundred}"), &[]);
    assert!(taken, "{told}");
    let product = "PRODUCTNDC\tSTARTMARKETINGDATE\tENDMARKETINGDATE\n0002-7570\t20200101\t\n";
    let package =
        "NDCPACKAGECODE\tSTARTMARKETINGDATE\tENDMARKETINGDATE\n0002-7570-01\t20200101\t\n";
    assert!(import("ndc", product, &[]).0);
    let (taken, told) = import("ndc", package, &[]);
    assert!(taken, "{told}");
    let (taken, _) = import("ndc", &package.replace("7570", "7571"), &[]);
    assert!(!taken, "other drugs");
}

#[test]
fn what_is_cut_off_or_of_another_set_is_refused() {
    let place = Place::new("", "");
    let import = |set: &str, text: &str, more: &[&str]| taken(&place, set, text, more);
    let rows = |range: std::ops::Range<u32>| -> String {
        let rows: String = range.map(|number| format!("A{number:04}\t20200101\t\n")).collect();
        format!("code\teff_from\teff_to\n{rows}")
    };
    // Against what is built in.
    let two = "code\teff_from\teff_to\n11\t20000101\t\n12\t20000101\t\n";
    let (taken, told) = import("place-of-service", two, &[]);
    assert!(!taken && told.contains("--smaller"), "{told}");
    assert!(import("place-of-service", two, &["--smaller"]).0);
    // A list with days ends what it lacks, and one without leaves it to what is built in.
    let today = x12::value::Day::new(2026, 11, 1).expect("a day");
    let built_in = Library::built_in().in_force("revenue", today).expect("a list");
    let all: Vec<String> = built_in.entries().map(|(code, _)| code).collect();
    let (first, others) = all.split_first().expect("codes");
    let dated: String = others.iter().map(|code| format!("{code}\t20000101\t\n")).collect();
    let (taken, told) = import("revenue", &format!("code\teff_from\teff_to\n{dated}"), &[]);
    assert!(!taken && told.contains(&format!("such as {first}, not even as ended")), "{told}");
    let (taken, told) = import("revenue", &format!("code\n{}\n", others.join("\n")), &[]);
    assert!(taken && told.contains("  ended: 0\n"), "{told}");
    assert!(told.contains(&format!("  left to what is built in: 1: {first}\n")), "{told}");
    assert!(place.command(&["codes", "lookup", "revenue", first]).status.success());
    // Against what was imported.
    assert!(import("hcpcs", &rows(0..100), &[]).0);
    let (taken, told) = import("hcpcs", &rows(0..93), &[]);
    assert!(!taken && told.contains("does not name 7 of the 100 codes"), "{told}");
    assert!(!import("hcpcs", &rows(100..200), &[]).0);
    assert!(import("hcpcs", &rows(0..96), &[]).0);
    // An earlier edition, by its name and by what it knows.
    let with_newest = |day: &str| format!("{}B0001\t{day}\t\n", rows(0..96));
    assert!(import("hcpcs", &with_newest("20260101"), &["--edition", "2026Q1"]).0);
    let (taken, told) = import("hcpcs", &with_newest("20260101"), &["--edition", "2025Q4"]);
    assert!(!taken && told.contains("by its name") && told.contains("--older"), "{told}");
    let (taken, told) = import("hcpcs", &with_newest("20251001"), &["--edition", "autumn"]);
    assert!(!taken && told.contains("begins on 2025-10-01, that one's on 2026-01-01"), "{told}");
    assert!(import("hcpcs", &with_newest("20251001"), &["--edition", "2025Q4", "--older"]).0);
    // What is built in alone.
    let (taken, told) = import("type-of-bill", two, &["--smaller"]);
    assert!(!taken && told.contains("type-of-bill is built in alone"), "{told}");
    // A bare list, and one without ends, are layouts of any set.
    assert!(import("hcpcs", "code\teff_from\nA0021\t20200101\n", &["--smaller", "--older"]).0);
    assert!(import("hcpcs", "code\nA0021\n", &["--smaller"]).0);
    // Back to what is built in, or to nothing.
    let drop_set = |set: &str| {
        let output = place.command(&["codes", "drop", set]);
        let told = [output.stdout, output.stderr].concat();
        (output.status.success(), String::from_utf8_lossy(&told).into_owned())
    };
    let (dropped, told) = drop_set("place-of-service");
    assert!(dropped && told.contains("in force is CMS list of"), "{told}");
    assert!(drop_set("hcpcs").1.contains("not at hand"));
    let (dropped, told) = drop_set("hcpcs");
    assert!(!dropped && told.contains("no edition of hcpcs was imported"), "{told}");
    let found = place.command(&["codes", "lookup", "diagnosis", "E11.9", "--on", "2026-01-01"]);
    assert!(found.status.success());
    let statuses = "code\tstatus\n0\tactive\n1\tretired\n";
    let (_, told) = import("claim-status", statuses, &["--smaller"]);
    assert!(told.contains("without the flag of the set: 1\n"), "{told}");
}

#[test]
fn lists_of_one_shape_are_told_apart() {
    let place = Place::new("", "");
    let import = |set: &str, text: &str, more: &[&str]| taken(&place, set, text, more);
    let today = x12::value::Day::new(2026, 11, 1).expect("a day");
    // Each has too few of the other's codes, or too many beside them.
    let list_of = |set: &str| -> String {
        let table = Library::built_in().in_force(set, today).expect("a list");
        table.entries().fold("code\n".to_owned(), |text, (code, _)| text + &code + "\n")
    };
    for (set, other) in [
        ("condition", "value"),
        ("value", "condition"),
        ("value", "occurrence"),
        ("occurrence", "condition"),
        ("occurrence-span", "value"),
        ("claim-frequency", "point-of-origin"),
        ("claim-adjustment-reason", "claim-status"),
    ] {
        let (taken, told) = import(set, &list_of(other), &[]);
        assert!(!taken && told.contains("--smaller"), "{set} by {other}: {told}");
        assert!(import(set, &list_of(set), &[]).0, "{set}");
        assert!(place.command(&["codes", "drop", set]).status.success());
    }
    // The tables of NCCI are told apart by their names.
    let pairs = place.root.path().join("ccipra-made-up.txt");
    fs::write(&pairs, "column1_code\tmodifier_indicator\tcolumn2_codes\n80053\t0\t80048\n")
        .expect("written");
    let pairs = pairs.to_str().expect("a plain name");
    assert!(!place.command(&["codes", "import", "ncci-ptp-hospital", pairs]).status.success());
    assert!(place.command(&["codes", "import", "ncci-ptp", pairs]).status.success());
}

#[test]
fn a_pipe_among_the_tables_and_a_name_that_steers_terminals_are_refused() {
    let place = Place::new("", "");
    import(&place, "plain", "11\t20000101\t\n");
    let file = place.root.path().join("places.tsv");
    let words = ["codes", "import", "place-of-service", file.to_str().expect("plain")];
    let named = place.command(&[&words[..], &["--edition", "\u{1b}[31mred"]].concat());
    let told = String::from_utf8_lossy(&named.stderr).into_owned();
    assert!(!named.status.success() && told.contains("cannot be printed"), "{told}");
    let table = |set: &str| place.data().join(format!("codes/{set}.table"));
    fs::copy(table("place-of-service"), table("remark")).expect("written");
    let listed = place.command(&["codes", "list"]);
    let told = String::from_utf8_lossy(&listed.stderr).into_owned();
    assert!(told.contains("holds the set place-of-service, and is not called so"), "{told}");
    fs::remove_file(table("remark")).expect("removed");
    let pipe = table("remark");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("it is there").success());
    let listed = place.command(&["codes", "list"]);
    assert!(String::from_utf8_lossy(&listed.stderr).contains("is no file that can be read"));
}

#[test]
fn a_pipe_is_not_imported_and_whoever_waits_says_so() {
    let place = Place::new("", "");
    import(&place, "plain", "11\t20000101\t\n");
    let pipe = place.root.path().join("pipe.tsv");
    assert!(Command::new("mkfifo").arg(&pipe).status().expect("it is there").success());
    let words = ["codes", "import", "place-of-service", pipe.to_str().expect("plain")];
    let refused = place.command(&words);
    let told = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        !refused.status.success() && told.contains("is a folder, a pipe or a device"),
        "{told}"
    );

    let lock = fs::File::open(place.data().join("codes/.lock")).expect("left by the import");
    lock.lock().expect("nobody else has it");
    let output = std::thread::scope(|scope| {
        let waiting = scope.spawn(|| place.command(&["codes", "drop", "place-of-service"]));
        // Long enough for it to come to the lock; without the wait it would say nothing.
        std::thread::sleep(std::time::Duration::from_secs(2));
        lock.unlock().expect("it was locked");
        waiting.join().expect("no panic")
    });
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && told.contains("this one waits for it"), "{told}");
}

#[test]
fn a_list_that_lost_its_days_is_refused() {
    let place = Place::new("", "");
    let file = place.root.path().join("hcpcs.tsv");
    let import = |text: &str, more: &[&str]| {
        fs::write(&file, text).expect("written");
        let words = ["codes", "import", "hcpcs", file.to_str().expect("a plain name")];
        let output = place.command(&[&words[..], more].concat());
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let open: String = (1..9).map(|number| format!("A000{number}\t20200101\t\n")).collect();
    let dated = format!("code\teff_from\teff_to\n{open}A0009\t20200101\t20250101\n");
    let undated = "code\nA0001\nA0002\nA0003\nA0004\nA0005\nA0006\nA0007\nA0008\nA0009\n";
    assert!(import(&dated, &[]).0);
    let (taken, told) = import(undated, &[]);
    assert!(!taken && told.contains("names no days") && told.contains("--smaller"), "{told}");
    assert!(import(undated, &["--smaller"]).0);
}
