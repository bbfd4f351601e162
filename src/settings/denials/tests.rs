//! Rows of denials from real files.

use std::collections::HashMap;
use std::fs;
use std::path::Path as FilePath;

use tempfile::TempDir;

use super::*;
use crate::denials::table::Asked;
use crate::settings::load_with;
use crate::settings::plan::Plan;

fn load(denials: Option<&str>) -> Result<Plan, Vec<String>> {
    let directory = TempDir::new().expect("a directory");
    fs::create_dir_all(directory.path().join("payers")).expect("a directory");
    let main = directory.path().join("claimgate.toml");
    fs::write(&main, "").expect("a file");
    let payer = "payer_ids = [\"1A\"]\nisa_id = \"B1\"\n";
    fs::write(directory.path().join("payers/acme.toml"), payer).expect("a file");
    if let Some(denials) = denials {
        fs::write(directory.path().join(FILE), denials).expect("a file");
    }
    let plan = load_with(Some(&main), &directory.path().join("data"), Some(HashMap::new()));
    let at = format!("{}/", directory.path().display());
    plan.map_err(|all| all.iter().map(|one| one.to_string().replace(&at, "")).collect())
}

#[test]
fn reads_the_sample() {
    let path = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("config/denials.toml.txt");
    let text = fs::read_to_string(path).expect("the sample").replace("\"example\"", "\"acme\"");
    let plan = load(Some(&text)).expect("it is right");
    let rows = plan.denials.rows();
    assert!(5 <= rows.len(), "{rows:?}");
    let known = &plan.denials.known()[0];
    assert_eq!((known.reason.as_str(), known.amount_max.cents()), ("LE", 50_000));
    let asked = Asked { payer: "acme", group: "CO", reason: "24", remarks: &[] };
    assert_eq!(plan.denials.class(&asked), Class::Denial);
    let (_, place) = plan.denials.said(&asked, |row| row.class).expect("a row");
    let line: usize =
        place.strip_prefix("denials.toml line ").expect("a line").parse().expect("it");
    assert_eq!(text.lines().nth(line - 1), Some("[[denial]]"));
}

#[test]
fn without_a_file_our_table_stands_alone() {
    assert!(load(None).expect("nothing is wrong").denials.rows().is_empty());
    assert!(load(Some("")).expect("nothing is wrong").denials.rows().is_empty());
}

#[test]
fn says_where_a_row_is_wrong_and_what_to_write() {
    for (text, place, what) in WRONG {
        let told = load(Some(text)).expect_err(text);
        let is_told = |one: &String| {
            one.starts_with("denials.toml") && one.contains(place) && one.contains(what)
        };
        assert!(told.iter().any(|one| is_told(one) && one.contains('^')), "{text}\n{told:#?}");
    }
}

/// A file, where something is wrong with it, and what is said of it.
const WRONG: &[(&str, &str, &str)] = &[
    ("[[denial]\n", "line 1, column 10", "none of it is used"),
    ("[[denial]]\ncarc = \"97\"\n", "line 2, column 1", "unknown field `carc`"),
    ("[[denials]]\n", "line 1, column 3", "unknown field `denials`"),
    ("[[denial]]\nreason = \"97\"\n", "line 1, column 1", "says nothing"),
    ("[[denial]]\nreason = 97\ndesk = \"coding\"\n", "line 2, column 10", "expected a string"),
    ("[[denial]]\nreason = \"9997\"\ndesk = \"coding\"\n", "line 2, column 10", "no such code"),
    ("[[denial]]\nremark = \"N9999\"\ndesk = \"coding\"\n", "line 2, column 10", "`newer_codes`"),
    ("[[denial]]\ngroup = \"XX\"\ndesk = \"coding\"\n", "line 2, column 9", "CO, PR, OA, PI, CR"),
    ("[[denial]]\npayer = \"acmee\"\ndesk = \"coding\"\n", "line 2, column 9", "(acme)"),
    ("[[denial]]\ndesk = \"codding\"\n", "line 2, column 8", "coding"),
    ("desks = [\"\"]\n[[denial]]\ndesk = \"coding\"\n", "line 1, column 10", "a desk has a name"),
    ("newer_codes = [\"n1\"]\n", "line 1, column 16", "capital letters"),
    (
        "[[rejection]]\nanswer = \"278\"\ndesk = \"coding\"\n",
        "line 2, column 10",
        "TA1, 999, 277CA",
    ),
    ("[[rejection]]\nanswer = \"277CA\"\n", "line 1, column 1", "says nothing of the rejections"),
    ("[[rejection]]\ncode = \"562\"\ndesk = \"coding\"\n", "line 2, column 8", "in `answer`"),
    (
        "[[rejection]]\nanswer = \"TA1\"\ncode = \"562\"\ndesk = \"coding\"\n",
        "line 3, column 8",
        "no such code",
    ),
    (
        "[[rejection]]\nanswer = \"277CA\"\ncode = \"99562\"\ndesk = \"coding\"\n",
        "line 3, column 8",
        "no such code",
    ),
    (
        "[[rejection]]\nanswer = \"999\"\nentity = \"85\"\ndesk = \"coding\"\n",
        "line 3, column 10",
        "a 277CA alone",
    ),
    (
        "[[rejection]]\ndesk = \"coding\"\n[[rejection]]\ndesk = \"billing\"\n",
        "line 3, column 1",
        "line 1 is for the same rejections",
    ),
    ("[[plb]]\npayer = \"acme\"\n", "line 1, column 1", "say its `reason`"),
    ("[[plb]]\nreason = \"LEVY\"\n", "line 2, column 10", "no such code"),
    ("[[plb]]\nreason = \"WO\"\n", "line 2, column 10", "a row cannot"),
    ("[[plb]]\namount_max = \"0\"\n", "line 2, column 14", "above nothing"),
    ("[[plb]]\nuntil = \"soon\"\n", "line 2, column 9", "2027-06-30"),
    ("[[denial]]\nkind = \"paid\"\n", "line 2, column 8", "denial, expected, waiting"),
    ("[[denial]]\ncategory = \"other\"\n", "line 2, column 12", "medical necessity"),
    ("[[denial]]\nsend_as = \"void\"\n", "line 2, column 11", "original, replacement"),
    (
        "[[denial]]\nsend_as = \"original\"\ncorrectable = false\n",
        "line 2, column 11",
        "remove one of the two",
    ),
    ("[[denial]]\nappeal_days = 0\n", "line 2, column 15", "from 1 to 3650"),
    ("[[denial]]\nappeal_days = \"60\"\n", "line 2, column 15", "expected i64"),
    ("[[denial]]\ncorrected_days = -1\n", "line 2, column 18", "from 1 to 3650"),
    ("[[denial]]\naction = \" \"\n", "line 2, column 10", "in one line"),
    ("[[denial]]\nmeaning = \"a\\nb\"\n", "line 2, column 11", "in one line"),
    ("[[denial]]\ncorrectable = \"yes\"\n", "line 2, column 15", "expected a boolean"),
    (
        "[[denial]]\nreason = \"97\"\ndesk = \"coding\"\n[[denial]]\nreason = \"97\"\ndesk = \"billing\"\n",
        "line 4, column 1",
        "denials.toml line 1 is for the same denials",
    ),
];

#[test]
fn takes_desks_and_codes_of_its_own() {
    let text = "desks = [\"night shift\"]\nnewer_codes = [\"N9999\"]\n[[denial]]\n\
                remark = \"N9999\"\ndesk = \"night shift\"\n";
    let plan = load(Some(text)).expect("nothing is wrong");
    assert_eq!(plan.denials.rows()[0].desk.as_deref(), Some("night shift"));
}

#[test]
fn bounds_the_number_of_rows() {
    let text = "[[denial]]\ndesk = \"coding\"\n".repeat(DENIAL_ROWS_MAX + 1);
    let told = load(Some(&text)).expect_err("too many");
    assert!(told[0].contains("more than 2000 rows"), "{told:?}");
}

#[test]
fn the_page_and_the_sample_describe_every_key() {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/denials.md")).expect("the page");
    let sample = fs::read_to_string(root.join("config/denials.toml.txt")).expect("the sample");
    for section in ["", "[[denial]]\n", "[[plb]]\n"] {
        let error = toml::from_str::<DenialsSettings>(&format!("{section}x = 1\n"));
        let error = error.expect_err("there is no such key");
        let (_, known) = error.message().split_once("expected").expect("what there is");
        for key in known.split('`').skip(1).step_by(2) {
            let on_page = [format!("`{key}`"), format!("[[{key}]]")];
            assert!(on_page.iter().any(|written| page.contains(written)), "docs/denials.md: {key}");
            let in_sample = [format!("\n{key} = "), format!("[[{key}]]")];
            let is_there = in_sample.iter().any(|written| sample.contains(written))
                || sample.contains(&format!("#   {key} "));
            assert!(is_there, "config/denials.toml.txt: {key}");
        }
    }
}
