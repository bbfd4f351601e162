//! `claimgate convert`: its published forms, and what it makes of the files of `testdata/`.
//! `UPDATE=1 cargo test --test convert` writes them anew; read the difference before committing it.

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use clap::Parser;
use serde_json::Value;

use claimgate::commands::{Arguments, Command, Failure, Outcome, convert};
use claimgate::convert::statement::{Statement, statement};
use claimgate::convert::table;
use claimgate::intake::judge::judge;
use x12::guide;
use x12::json;
use x12::value::Decimal;
use x12::view::claim::claims;
use x12::view::remittance::remittance;

/// Files that the documentation shows as JSON.
const SHOWN: [(&str, &str); 4] = [
    ("professional/plain", "professional"),
    ("institutional/outpatient", "institutional"),
    ("dental/plain", "dental"),
    ("remittance/several-payments", "remittance"),
];

#[test]
fn the_schemas_are_published() {
    for guide in guide::ALL {
        let path = format!("docs/schemas/{}.schema.json", guide.id);
        is_current(&path, &json::schema::schema(guide));
    }
    let count = fs::read_dir(root().join("docs/schemas")).expect("the folder of schemas").count();
    assert_eq!(count, guide::ALL.len(), "docs/schemas holds a schema of a guide that is gone");
}

#[test]
fn the_examples_are_what_is_written() {
    for (file, name) in SHOWN {
        let text = converted(&[&testdata(file, "edi"), "--to", "json"]);
        is_current(&format!("docs/json/{name}.json"), &text);
        let path = root().join(format!("docs/json/{name}.json")).display().to_string();
        let back = converted(&[&path, "--to", "x12"]);
        let came = fs::read_to_string(testdata(file, "edi")).expect("a test file");
        assert_eq!(back, came.replace(['\r', '\n'], ""), "{file}");
    }
}

/// The document that `docs/json.md` writes by hand is whole, and its claim is clean.
#[test]
fn the_document_by_hand_is_right() {
    let page = fs::read_to_string(root().join("docs/json.md")).expect("the page");
    let (_, rest) = page.split_once("```json\n").expect("a document");
    let (document, _) = rest.split_once("```").expect("its end");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("by-hand.json");
    fs::write(&path, document).expect("a file to write");
    let x12 = converted(&[path.to_str().expect("a path"), "--to", "x12"]);
    let reading = x12::interchange::read(&Bytes::from(x12));
    let [interchange] = &reading.interchanges[..] else { panic!("one interchange") };
    assert!(interchange.faults.is_empty(), "{:?}", interchange.faults);
    let group = &interchange.groups[0];
    let judged = judge(interchange, group, &group.sets[0]);
    assert!(judged.faults.is_empty(), "{:?}", judged.faults);
    assert_eq!(claims(interchange, &group.sets[0], &judged.walked).count(), 1);
}

#[test]
fn nothing_in_a_remittance_steers_what_shows_it() {
    let came = fs::read_to_string(testdata("remittance/everything", "edi")).expect("a test file");
    let (head, tail) = came.split_once("N1*PR*").expect("a payer");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payment.835");
    for steering in ["\u{1b}[2J", "\u{9b}31m", "\u{202e}", "\u{7f}\u{8}", "\u{0}\u{1}\r"] {
        fs::write(&path, format!("{head}N1*PR*A{steering}{tail}")).expect("a file to write");
        let path = path.to_str().expect("a path");
        for to in ["html", "csv"] {
            let text = String::from_utf8(run(&[path, "--to", to]).0).expect("text");
            assert!(text.contains('A'), "{to}");
            let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
            assert!(!text.contains(steers), "{to}: {steering:?}");
        }
    }
}

#[test]
fn what_is_right_fits_its_schema() {
    for folder in ["professional", "institutional", "dental", "remittance", "answers"] {
        for path in files_in(&root().join("testdata").join(folder), "edi") {
            let text = converted(&[&path, "--to", "json"]);
            let document: Value = serde_json::from_str(&text).expect("JSON");
            let groups = document.pointer("/interchanges/0/groups").and_then(Value::as_array);
            let versions =
                groups.into_iter().flatten().filter_map(|group| group["version"].as_str());
            let versions: std::collections::BTreeSet<&str> = versions.collect();
            // A schema is of one guide.
            let mut versions = versions.into_iter();
            let (Some(version), None) = (versions.next(), versions.next()) else { continue };
            let guide = guide::ALL
                .iter()
                .find(|guide| guide.id == version || guide.also.contains(&version));
            let Some(guide) = guide else { continue };
            let schema: Value =
                serde_json::from_str(&json::schema::schema(guide)).expect("a schema is JSON");
            let mut wrong = Vec::new();
            fits(&schema, &schema, &document, "$", &mut wrong);
            assert!(wrong.is_empty(), "{path}: {wrong:#?}");
        }
    }
}

#[test]
fn remittances_become_tables_and_pages() {
    for file in ["everything", "several-payments"] {
        let path = testdata(&format!("remittance/{file}"), "edi");
        let table = converted(&[&path, "--to", "csv"]);
        is_current(&format!("testdata/remittance/{file}.csv"), &table);
        let page = converted(&[&path, "--to", "html"]);
        is_current(&format!("testdata/remittance/{file}.html"), &page);
        assert!(!page.contains("<script"), "a page runs nothing");
    }
}

#[test]
fn the_money_of_tables_adds_up_to_the_payment() {
    let mut count = 0;
    for path in files_in(&root().join("testdata/remittance"), "edi") {
        for statement in statements(&path) {
            let rows = table::rows(&statement);
            let charged: Decimal = statement.claims.iter().map(|claim| claim.charge).sum();
            assert_eq!(sum(&rows, &["charge"]), charged, "{path}");
            assert_eq!(sum(&rows, &["paid"]), statement.total, "{path}");
            for row in &rows {
                let one = std::slice::from_ref(row);
                let left = sum(one, &["charge"])
                    - sum(
                        one,
                        &[
                            "contractual",
                            "deductible",
                            "coinsurance",
                            "copay",
                            "other_patient_responsibility",
                            "other_adjustments",
                        ],
                    );
                assert_eq!(left, sum(one, &["paid"]), "{path}: {}", row.len());
                count += 1;
            }
        }
    }
    assert!(count > 0, "no remittance was looked at");
}

#[test]
fn a_remittance_that_does_not_add_up_is_written_only_when_that_is_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("payment.json");
    let json = converted(&[&testdata("remittance/everything", "edi"), "--to", "json"]);
    let other = json.replacen("1285.5", "1285.49", 1);
    assert_ne!(json, other, "BPR02 stands in the document");
    fs::write(&path, other).expect("written");
    let path = path.to_str().expect("a path");
    let (written, outcome) = run(&[path, "--to", "x12"]);
    assert!(written.is_empty(), "nothing is written");
    let Err(Failure::Unusable(why)) = outcome else { panic!("{outcome:?}") };
    assert!(why.contains("does not add up"), "{why}");
    let (written, outcome) = run(&[path, "--to", "x12", "--with-faults"]);
    assert!(written.starts_with(b"ISA"));
    assert!(matches!(outcome, Ok(Outcome::ToActOn)));
    fs::write(path, json).expect("written");
    assert!(matches!(run(&[path, "--to", "x12"]).1, Ok(Outcome::Clean)));
    // A claim is not what its services and its shares of the patient come to (V04, V05): a payer's is posted,
    // whoever writes one can put it right.
    let of_service = [
        ("\"line_charge\": \"500\"", "\"line_charge\": \"501\""),
        ("\"line_paid\": \"400\"", "\"line_paid\": \"401\""),
    ];
    let of_claim = [("\"patient_responsibility\": \"50\"", "\"patient_responsibility\": \"51\"")];
    for (what, changes) in [("CLP03", &of_service[..]), ("CLP05", &of_claim)] {
        let mut json = fs::read_to_string(path).expect("a file");
        for (there, other) in changes {
            assert!(json.contains(there), "{there} stands in the document");
            json = json.replacen(there, other, 1);
        }
        let wrong = folder.path().join("wrong.json");
        fs::write(&wrong, json).expect("written");
        let wrong = wrong.to_str().expect("a path");
        let (written, outcome) = run(&[wrong, "--to", "x12"]);
        assert!(written.is_empty() && matches!(outcome, Err(Failure::Unusable(_))), "{what}");
        let (written, outcome) = run(&[wrong, "--to", "x12", "--with-faults"]);
        assert!(written.starts_with(b"ISA") && matches!(outcome, Ok(Outcome::ToActOn)), "{what}");
    }
}

#[test]
fn a_file_that_was_there_keeps_what_it_was() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().expect("a folder");
    let (kept, link) = (folder.path().join("kept.json"), folder.path().join("link.json"));
    fs::write(&kept, "before").expect("a file to write");
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o600)).expect("a mode");
    symlink(&kept, &link).expect("a link");
    let claims = testdata("professional/plain", "edi");
    converted(&[&claims, "--to", "json", "-o", link.to_str().expect("a path")]);
    assert!(link.is_symlink(), "the link is a link still");
    assert_eq!(kept.metadata().expect("a file").permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(&kept).expect("a file").starts_with('{'));
    // A folder is no file, and nothing is left of what was tried.
    let words = [claims.as_str(), "--to", "json", "-o", folder.path().to_str().expect("a path")];
    assert!(matches!(run(&words).1, Err(Failure::World(_))));
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2);
}

#[test]
fn says_how_it_ended() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file to write");
        path.display().to_string()
    };
    let claims = testdata("professional/plain", "edi");
    let document = converted(&[&claims, "--to", "json"]);
    let forbidden = write("forbidden.json", &document.replace("\"sex\": \"F\"", "\"sex\": \"Z\""));
    let unwritable = write("unwritable.json", &document.replace("\"sex\"", "\"gender\""));
    let text = write("text.txt", "nothing of ours");
    let list = write("list.json", "[]");
    let broken = root().join("testdata/broken/segment-unknown.edi").display().to_string();
    for (words, code) in [
        (vec![claims.as_str(), "--to", "json"], 0),
        (vec![claims.as_str(), "--to", "x12"], 2),
        (vec![claims.as_str(), "--to", "csv"], 2),
        (vec![forbidden.as_str(), "--to", "x12"], 2),
        (vec![forbidden.as_str(), "--to", "x12", "--with-faults"], 1),
        (vec![unwritable.as_str(), "--to", "x12"], 2),
        (vec![unwritable.as_str(), "--to", "x12", "--with-faults"], 2),
        (vec![text.as_str(), "--to", "json"], 2),
        (vec![list.as_str(), "--to", "x12"], 2),
        (vec!["/nowhere/at.all", "--to", "json"], 2),
        (vec![broken.as_str(), "--to", "json"], 1),
        (vec![claims.as_str(), "--to", "json", "-o", "/nowhere/at.all"], 3),
    ] {
        let found = match run(&words).1 {
            Ok(Outcome::Clean) => 0,
            Ok(Outcome::ToActOn) => 1,
            Ok(Outcome::ToLookAt) => 4,
            Err(Failure::Unusable(_)) => 2,
            Err(Failure::World(_)) => 3,
        };
        assert_eq!(found, code, "{words:?}");
    }
    let output = folder.path().join("claims.json").display().to_string();
    assert_eq!(converted(&[&claims, "--to", "json", "-o", &output]), "");
    assert_eq!(fs::read_to_string(&output).expect("what was written"), document);
}

fn run(words: &[&str]) -> (Vec<u8>, Result<Outcome, Failure>) {
    let words = ["claimgate", "convert"].into_iter().chain(words.iter().copied());
    let arguments = Arguments::try_parse_from(words).expect("a command");
    let Command::Convert(own) = &arguments.command else { panic!("another command") };
    let mut out = Vec::new();
    let outcome = convert::run(own, &mut out);
    (out, outcome)
}

fn converted(words: &[&str]) -> String {
    let (out, outcome) = run(words);
    assert!(matches!(outcome, Ok(Outcome::Clean)), "{words:?}: {outcome:?}");
    String::from_utf8(out).expect("text")
}

fn statements(path: &str) -> Vec<Statement> {
    let bytes = Bytes::from(fs::read(path).expect("a test file"));
    let reading = x12::interchange::read(&bytes);
    let mut found = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                found.push(statement(&remittance(interchange, set, &judged.walked)));
            }
        }
    }
    found
}

/// What some columns of some rows add up to.
fn sum(rows: &[Vec<String>], columns: &[&str]) -> Decimal {
    let mut sum = Decimal::ZERO;
    for row in rows {
        assert_eq!(
            row.len(),
            table::COLUMNS.len(),
            "a row has as many fields as there are columns"
        );
        for (name, text) in table::COLUMNS.iter().zip(row) {
            if columns.contains(name) {
                sum += Decimal::parse(text.as_bytes()).unwrap_or_default();
            }
        }
    }
    sum
}

/// The part of JSON Schema that our schemas use, patterns aside.
fn fits(root: &Value, schema: &Value, value: &Value, path: &str, wrong: &mut Vec<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.strip_prefix("#/$defs/").expect("a definition of the same schema");
        let definition = &root["$defs"][name];
        assert!(definition.is_object(), "there is no definition {name}");
        return fits(root, definition, value, path, wrong);
    }
    let is_typed = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("boolean") => value.is_boolean(),
        Some("null") => value.is_null(),
        Some(other) => panic!("a type that is not looked at: {other}"),
        None => true,
    };
    let is_listed = schema["enum"].as_array().is_none_or(|codes| codes.contains(value));
    let is_same = schema.get("const").is_none_or(|constant| constant == value);
    if !is_typed || !is_listed || !is_same {
        wrong.push(format!("{path} is no {schema}"));
    }
    if let Some(forms) = schema["anyOf"].as_array() {
        let fits_one = forms.iter().any(|form| {
            let mut wrong = Vec::new();
            fits(root, form, value, path, &mut wrong);
            wrong.is_empty()
        });
        if !fits_one {
            wrong.push(format!("{path} has none of the forms"));
        }
    }
    if let Some(text) = value.as_str() {
        let len = text.chars().count() as u64;
        let is_short = schema["minLength"].as_u64().is_some_and(|min| len < min);
        let is_long = schema["maxLength"].as_u64().is_some_and(|max| max < len);
        if is_short || is_long {
            wrong.push(format!("{path} has {len} characters"));
        }
    }
    if let Some(items) = value.as_array() {
        if schema["maxItems"].as_u64().is_some_and(|max| max < items.len() as u64) {
            wrong.push(format!("{path} has {} items", items.len()));
        }
        for (index, item) in items.iter().enumerate() {
            let of_item = schema["prefixItems"].get(index).unwrap_or(&schema["items"]);
            fits(root, of_item, item, &format!("{path}[{index}]"), wrong);
        }
    }
    if let Some(object) = value.as_object() {
        fits_object(root, schema, object, path, wrong);
    }
}

fn fits_object(
    root: &Value,
    schema: &Value,
    object: &serde_json::Map<String, Value>,
    path: &str,
    wrong: &mut Vec<String>,
) {
    let names = |list: &Value| -> Vec<String> {
        let list = list.as_array().cloned().unwrap_or_default();
        list.iter().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    let mut required = names(&schema["required"]);
    for key in object.keys() {
        required.extend(names(&schema["dependentRequired"][key]));
    }
    required.retain(|key| !object.contains_key(key));
    wrong.extend(required.iter().map(|key| format!("{path}.{key} is missing")));
    for (key, value) in object {
        match schema["properties"].get(key) {
            Some(of_key) => fits(root, of_key, value, &format!("{path}.{key}"), wrong),
            None if schema["additionalProperties"] == false => {
                wrong.push(format!("{path}.{key} is not known"));
            }
            None => {}
        }
    }
}

fn testdata(name: &str, ending: &str) -> String {
    root().join(format!("testdata/{name}.{ending}")).display().to_string()
}

fn files_in(folder: &Path, ending: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder of test files");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let is_wanted = |path: &PathBuf| path.extension().is_some_and(|found| found == ending);
    let mut paths: Vec<String> =
        paths.filter(is_wanted).map(|path| path.display().to_string()).collect();
    paths.sort();
    paths
}

fn is_current(path: &str, text: &str) {
    let file = root().join(path);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder to write in");
        fs::write(&file, text).expect("a document to write");
    }
    let written = fs::read_to_string(&file).unwrap_or_default();
    let is_same = written == text;
    assert!(
        is_same,
        "{path} is stale: run UPDATE=1 cargo test --test convert, and read the difference"
    );
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}
