//! Contracts from real files.

use std::collections::HashMap;
use std::fs;
use std::path::Path as FilePath;

use tempfile::TempDir;

use super::*;
use crate::contracts::Class;
use crate::settings::load_with;
use crate::settings::plan::Plan;

const FEES: &str = "code,amount\n99213,92.50\n";

const PLAIN: &str = "payer = \"acme\"\n[[rate]]\nschedule = \"fees.csv\"\n";

fn load(files: &[(&str, &str)]) -> Result<Plan, Vec<String>> {
    let directory = TempDir::new().expect("a directory");
    for folder in ["payers", "contracts"] {
        fs::create_dir_all(directory.path().join(folder)).expect("a directory");
    }
    let main = directory.path().join("claimgate.toml");
    fs::write(&main, "").expect("a file");
    let payer = "payer_ids = [\"1A\"]\nisa_id = \"B1\"\n";
    fs::write(directory.path().join("payers/acme.toml"), payer).expect("a file");
    for (name, text) in files {
        fs::write(directory.path().join("contracts").join(name), text).expect("a file");
    }
    let plan = load_with(Some(&main), &directory.path().join("data"), Some(HashMap::new()));
    let at = format!("{}/", directory.path().display());
    plan.map_err(|all| all.iter().map(|one| one.to_string().replace(&at, "")).collect())
}

/// One contract beside `fees.csv`, and all that is said of both.
fn complaints(contract: &str, fees: &str) -> Vec<String> {
    load(&[("one.toml", contract), ("fees.csv", fees)]).expect_err(contract)
}

#[test]
fn reads_a_contract_with_all_its_terms() {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("config/contracts/samples");
    let text = fs::read_to_string(folder.join("commercial-2026.toml")).expect("the sample");
    assert!(text.starts_with("# A SAMPLE: made up."), "it says that it is one");
    let text = text.replace("commercial-blues", "acme");
    let fees = fs::read_to_string(folder.join("commercial-2026.csv")).expect("its schedule");
    let plan = load(&[("a.toml", &text), ("commercial-2026.csv", &fees)]).expect("it is right");
    let contract = &plan.contracts.contracts()[0];
    assert_eq!((contract.name.as_str(), contract.payer.as_str()), ("a", "acme"));
    assert_eq!(contract.rates.len(), 4);
    assert_eq!(contract.modifiers["AS"], Share::parse("13.6").expect("a percent"));
    let By::Medicare(medicare) = &contract.rates[3].by else { panic!("the last is Medicare's") };
    assert_eq!(medicare.conversion_factor, Some(334009));
    let By::Schedule(schedule) = &contract.rates[2].by else { panic!("a schedule") };
    let day = Day::new(2026, 3, 1).expect("a day");
    let row = schedule.find("99213", &[], "11", day).expect("a row");
    assert_eq!((row.number, row.amount), (4, Money::from_cents(9250)));
}

#[test]
fn says_where_a_contract_is_wrong_and_what_to_write() {
    for (contract, place, what) in WRONG {
        let told = complaints(contract, FEES);
        assert!(
            told.iter().any(|one| one.starts_with("contracts/one.toml")
                && one.contains(place)
                && one.contains(what)
                && one.contains('^')),
            "{contract}\n{place} {what}\n{told:#?}"
        );
    }
}

/// A contract, where something is wrong with it, and what is said of it.
const WRONG: &[(&str, &str, &str)] = &[
    ("[[rate]]\nschedule = \"fees.csv\"\n", "line 1, column 1", "whose contract"),
    ("payer = \"acmee\"\n[[rate]]\nschedule = \"fees.csv\"\n", "line 1, column 9", "(acme)"),
    ("payer = \"acme\"\n", "line 1, column 1", "add a [[rate]]"),
    ("payer = \"acme\"\npayers = 1\n", "line 2, column 1", "expected one of `payer`"),
    ("payer = \n", "line 1, column 9", "none of it is used"),
    ("payer = \"acme\"\n[[rate]]\npercent = 100\n", "line 2, column 1", "write one of"),
    (
        "payer = \"acme\"\n[[rate]]\npercent_of = \"charge\"\n",
        "line 2, column 1",
        "say in `percent`",
    ),
    (
        "payer = \"acme\"\n[[rate]]\npercent_of = \"list\"\npercent = 1\n",
        "line 3, column 14",
        "\"mpfs\"",
    ),
    (
        "payer = \"acme\"\n[[rate]]\npercent_of = \"charge\"\npercent = 1e2\n",
        "line 4, column 11",
        "such as 112.5",
    ),
    ("payer = \"acme\"\n[[rate]]\namount = \"$5\"\n", "line 3, column 10", "such as 92.50"),
    (
        "payer = \"acme\"\n[[rate]]\namount = 5\nlocality = \"1\"\n",
        "line 4, column 12",
        "has a locality",
    ),
    (
        "payer = \"acme\"\n[[rate]]\npercent_of = \"mpfs\"\npercent = 1\nlocality = \"1\"\n",
        "line 5, column 12",
        "five digits",
    ),
    (
        "payer = \"acme\"\n[[rate]]\nschedule = \"../fees.csv\"\n",
        "line 3, column 12",
        "without a directory",
    ),
    (
        "payer = \"acme\"\n[[rate]]\nschedule = \"none.csv\"\n",
        "line 3, column 12",
        "the fee schedule none.csv",
    ),
    (
        "payer = \"acme\"\n[[rate]]\ncodes = [\"99213\", \"992-99\"]\namount = 5\n",
        "line 3, column 19",
        "97110-97530",
    ),
    ("payer = \"acme\"\nfrom = 2026-13-01\n", "line 2, column 8", "none of it is used"),
    (
        "payer = \"acme\"\nfrom = \"2026-02-01\"\nto = \"2026-01-01\"\n[[rate]]\namount = 5\n",
        "line 3, column 6",
        "before `from`",
    ),
    ("payer = \"acme\"\nproviders = [\"12\"]\n[[rate]]\namount = 5\n", "line 2, column 14", "NPI"),
    (
        "payer = \"acme\"\n[[rate]]\namount = 5\n[several_procedures]\npercents = [100, 50]\n",
        "line 4, column 1",
        "say in `codes`",
    ),
    (
        "payer = \"acme\"\n[[rate]]\namount = 5\n[several_procedures]\npercents = [100]\nby = \"mpfs\"\n\
         indicators = [2, 9]\n",
        "line 7, column 18",
        "1 to 7",
    ),
    (
        "payer = \"acme\"\n[[rate]]\namount = 5\n[several_procedures]\npercents = [100]\ncodes = [\"J*\"]\n\
         indicators = [2]\n",
        "line 4, column 1",
        "by = \"mpfs\"",
    ),
    (
        "payer = \"acme\"\n[[rate]]\namount = 5\n[modifiers]\n50 = 150\n",
        "line 5, column 1",
        "[bilateral]",
    ),
    ("payer = \"acme\"\n[[rate]]\namount = 5\n[sequestration]\n", "line 4, column 1", "percent"),
    (
        "payer = \"acme\"\n[[rate]]\namount = 5\n[sequestration]\npercent = 100.01\n",
        "line 5, column 11",
        "no more than all",
    ),
];

#[test]
fn says_where_a_fee_schedule_is_wrong() {
    for (fees, place, what) in [
        ("", "line 1, column 1", "it is empty"),
        ("code,fee\n99213,1\n", "line 1, column 6", "known are code, amount"),
        ("kode,amount\n99213,1\n", "line 1, column 1", "no column code"),
        ("code,amount\n99213,$92.50\n", "line 2, column 7", "such as 92.50"),
        ("code,amount\n99213,\"1,000.00\"\n", "line 2, column 7", "no amount"),
        ("code,amount\n213,1\n", "line 2, column 1", "leading zeros"),
        ("code,amount,modifier\n99213,1,26/59\n", "line 2, column 9", "a row of its own"),
        ("code,amount,from\n\n99213,1,1/1/2026\n", "line 3, column 9", "2026-01-31"),
        ("code,amount\n99213,1\n99213,2\n", "line 3, column 1", "row 2 prices 99213"),
        ("code,amount\r\n99213,1\r\n99213,2\r\n", "line 3, column 1", "row 2 prices 99213"),
        (
            "code,amount,description,from,to\n99213,1,\"a, b\",2026-01-01,2025-01-01\n",
            "line 2, column 27",
            "before `from`",
        ),
    ] {
        let told = complaints(PLAIN, fees);
        assert!(
            told.iter().any(|one| one.starts_with("contracts/fees.csv")
                && one.contains(place)
                && one.contains(what)),
            "{fees}\n{place} {what}\n{told:#?}"
        );
    }
    let windows = "\u{feff}Code,Amount,Place of Service\r\n99213,92.50,11\r\n";
    let plan = load(&[("one.toml", PLAIN), ("fees.csv", windows)]).expect("it is right");
    assert_eq!(plan.contracts.contracts().len(), 1);
}

#[test]
fn refuses_two_contracts_of_which_nothing_says_which_holds() {
    let year = |year: &str| {
        format!(
            "payer = \"acme\"\nfrom = \"{year}-01-01\"\nto = \"{year}-12-31\"\n[[rate]]\namount = 5\n"
        )
    };
    let told = load(&[("a.toml", &year("2026")), ("b.toml", &year("2026"))]).expect_err("rivals");
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("contracts/b.toml: payer: line 1") && told[0].contains("a.toml"));
    assert!(load(&[("a.toml", &year("2025")), ("b.toml", &year("2026"))]).is_ok());
}

/// A table that Excel saves has other ends of lines, and the same rows.
#[test]
fn counts_rows_alike_whatever_ends_them() {
    let fees = "code,modifier,amount\na0428,rr,80\n\n\"99213\",,70\n99214,tc,60\n";
    for end in ["\n", "\r\n", "\r"] {
        let fees = fees.replace('\n', end);
        let plan = load(&[("one.toml", PLAIN), ("fees.csv", &fees)]).expect("it is right");
        let By::Schedule(schedule) = &plan.contracts.contracts()[0].rates[0].by else {
            panic!("a schedule")
        };
        let day = Day::new(2026, 3, 1).expect("a day");
        for (code, modifiers, number) in
            [("A0428", &["RR"][..], 2), ("99213", &[], 4), ("99214", &["26", "TC"], 5)]
        {
            let modifiers: Vec<String> = modifiers.iter().map(|&one| one.to_owned()).collect();
            let row = schedule.find(code, &modifiers, "11", day).expect("a row");
            assert_eq!(row.number, number, "{code} {end:?}");
        }
        let told = complaints(PLAIN, &format!("{fees}99213,,1{end}"));
        assert!(told.iter().any(|one| one.contains("row 4 prices 99213")), "{told:?}");
    }
}

#[test]
fn reads_thousands_of_rows_of_one_code() {
    let first = Day::new(1700, 1, 1).expect("a day");
    let mut day = first;
    let mut fees = "code,amount,from,to\n".to_owned();
    for number in 0..60_000_u32 {
        fees.push_str(&format!("99213,{number}.00,{day},{day}\n"));
        day = day.plus_days(1);
    }
    let plan = load(&[("one.toml", PLAIN), ("fees.csv", &fees)]).expect("it is right");
    let By::Schedule(schedule) = &plan.contracts.contracts()[0].rates[0].by else {
        panic!("a schedule")
    };
    let row = schedule.find("99213", &[], "11", first.plus_days(40_000)).expect("a row");
    assert_eq!((row.number, row.amount), (40_002, Money::from_cents(4_000_000)));
    assert_eq!(schedule.find("99213", &[], "11", day), None);
    // What overlaps is found all the same, wherever it stands.
    let last = format!("99213,1.00,{first},\n");
    let told = complaints(PLAIN, &format!("{fees}{last}"));
    assert!(told.iter().any(|one| one.contains("row 2 prices 99213")), "{told:?}");
}

#[test]
fn what_is_wrong_beyond_measure_is_told_in_measure() {
    let fees = format!("code,amount\n{}", "213,x\n".repeat(100_000));
    let told = complaints(PLAIN, &fees);
    assert!(told.len() < 60, "{} are told", told.len());
    assert!(told[0].starts_with("contracts/fees.csv"));
}

/// What is not known is refused with a list of what is, and that list is what there is to describe.
#[test]
fn the_page_describes_every_key_and_every_class() {
    let page = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("docs/contracts.md");
    let page = fs::read_to_string(page).expect("the page");
    let mut keys: Vec<String> = fees::COLUMNS.iter().map(|column| (*column).to_owned()).collect();
    keys.extend(Class::ALL.iter().map(|class| class.name().to_owned()));
    for section in
        ["", "[[rate]]\n", "[several_procedures]\n", "[bilateral]\n", "[sequestration]\n"]
    {
        let error = toml::from_str::<ContractSettings>(&format!("{section}x = 1\n"));
        let error = error.expect_err("there is no such key");
        let (_, known) = error.message().split_once("expected").expect("what there is");
        keys.extend(known.split('`').skip(1).step_by(2).map(str::to_owned));
    }
    assert!(keys.len() > 45, "{keys:?}");
    let lacks = |key: &&String| {
        ![format!("`{key}`"), format!("[{key}]"), format!("[[{key}]]")]
            .iter()
            .any(|written| page.contains(written))
    };
    let missing: Vec<&String> = keys.iter().filter(lacks).collect();
    assert!(missing.is_empty(), "docs/contracts.md does not describe {missing:?}");
}
