//! Codes of the tables that are built in, each in effect on the day that it is picked for.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex};

use claimgate::code_sets::library::Library;
use claimgate::code_sets::{Standing, standing};
use x12::value::{Day, DayRange};
use x12::view::claim::Kind;

use crate::chance::Chance;
use crate::facts::Facts;
use crate::smaller::TODAY;

/// Beside some diagnoses no other may stand; so many are tried, far apart.
const CANDIDATES_MAX: usize = 5_000;
const STRIDE: usize = 7_919;

/// A code of the named set.
pub fn pick_of(set: &str, place: &str, on: Day, chance: &Chance) -> String {
    pick_among(set, place, on, chance, |_| true).unwrap_or_else(|| panic!("{set} has none on {on}"))
}

/// A code of the named set that fits; `None` where none does.
pub fn pick_among(
    set: &str,
    place: &str,
    on: Day,
    chance: &Chance,
    fits: impl Fn(&str) -> bool,
) -> Option<String> {
    let all = all_of(set);
    let start = chance.below(place, all.len());
    let (before, from_here) = all.split_at(start);
    let mut candidates = from_here.iter().chain(before);
    candidates.find(|code| fits(code) && is_valid(set, code, on)).cloned()
}

/// A diagnosis that may stand beside others, for this patient.
pub fn diagnosis(facts: &Facts, place: &str, taken: &[String], chance: &Chance) -> Option<String> {
    if is_of_icd9(facts.days) {
        return Some(of_icd9(place, taken, chance));
    }
    let start = chance.below(place, DIAGNOSES.len());
    let mut candidates =
        (0..CANDIDATES_MAX).map(|tried| &DIAGNOSES[(start + tried * STRIDE) % DIAGNOSES.len()]);
    candidates
        .find(|code| !taken.contains(code) && is_fitting(code, facts) && agrees(code, facts, taken))
        .cloned()
}

/// The cause of an injury.
pub fn external_cause(facts: &Facts, place: &str, taken: &[String], chance: &Chance) -> String {
    if is_of_icd9(facts.days) {
        return "E8859".to_owned();
    }
    let first = DIAGNOSES.partition_point(|code| code.as_str() < "V");
    let causes = DIAGNOSES.get(first..).unwrap_or_default();
    let start = chance.below(place, causes.len());
    let mut candidates = causes[start..].iter().chain(&causes[..start]);
    let fits = |code: &&String| {
        // Who bills the insurer of a car for an accident in traffic says more of it.
        let is_told = facts.plan == "AM" && code.starts_with('V');
        code.starts_with(CAUSES)
            && !is_told
            && is_valid("diagnosis", code, facts.days.to)
            && !is_valid("diagnosis-wrong-procedure", code, facts.days.to)
            && !taken.contains(code)
            && ends_alike(code, taken)
    };
    candidates.find(fits).expect("a cause").clone()
}

/// Whether an injury, or what caused one, is told of the same visit as the others.
fn ends_alike(code: &str, taken: &[String]) -> bool {
    let is_told = |code: &str| code.len() == 7 && code.starts_with(['S', 'T', 'V', 'W', 'X', 'Y']);
    let mut others = taken.iter().filter(|other| is_told(other));
    !is_told(code) || others.all(|other| other.chars().last() == code.chars().last())
}

/// Whether the classification lets a diagnosis stand beside these, and asks for no other with it.
pub fn agrees(code: &str, facts: &Facts, taken: &[String]) -> bool {
    let library = Library::built_in();
    let on = facts.days.to;
    let names = |set: &str, code: &str, other: &str| {
        library.notes(set, code.as_bytes(), on).any(|note| note.has(other.as_bytes()))
    };
    let asks = |set: &str| library.notes(set, code.as_bytes(), on).next().is_some();
    ends_alike(code, taken)
        && !asks("diagnosis-companion")
        && !taken.iter().any(|other| {
            names("diagnosis-excludes", code, other)
                || names("diagnosis-excludes", other, code)
                || names("diagnosis-order", other, code)
        })
}

/// Whether services are of the time before ICD-10, whose codes are not built in.
pub fn is_of_icd9(days: DayRange) -> bool {
    days.to < Day::new(2015, 10, 1).expect("a day of the calendar")
}

/// Four digits, as most of its diagnoses and all of its procedures have; its list is not at hand.
pub fn of_icd9(place: &str, taken: &[String], chance: &Chance) -> String {
    let start = 2_400 + chance.below(place, 3_000);
    let mut codes = (start..9_000).map(|number| number.to_string());
    codes.find(|code| !taken.contains(code)).expect("there are more of them than a claim has")
}

fn is_fitting(code: &str, facts: &Facts) -> bool {
    let on = facts.days.to;
    let is_in = |set: &str| is_valid(set, code, on);
    let of_ages = ["newborn", "child", "maternity", "adult"];
    // Nobody lists diagnoses by sex since; those that were listed may still be asked for.
    let of_sexes = [("male", "M"), ("female", "F")];
    let listed = Day::new(2024, 9, 30).expect("a day of the calendar");
    // What the manual lets nobody say of a stay in hospital.
    let is_vague = facts.kind == Kind::Institutional && is_in("diagnosis-side-unspecified");
    is_valid("diagnosis", code, on)
        && is_valid("diagnosis", code, facts.days.from)
        && !code.starts_with(CAUSES)
        && !is_vague
        && !is_in("diagnosis-first-only")
        && !of_ages.iter().any(|age| is_in(&format!("diagnosis-{age}")))
        && of_sexes.iter().all(|(who, sex)| {
            facts.sex == *sex || !is_valid(&format!("diagnosis-{who}"), code, on.min(listed))
        })
        && !is_in("diagnosis-wrong-procedure")
}

/// Whether a set has a code in effect on the day.
pub fn is_valid(set: &str, code: &str, on: Day) -> bool {
    // What is not built in is not judged; `but` says what is left out of a set.
    let set = set.split(" but ").next().unwrap_or_default();
    standing(set, code.as_bytes(), on).is_none_or(|standing| standing == Standing::Valid)
}

/// What the codes of external causes begin with.
const CAUSES: [char; 4] = ['V', 'W', 'X', 'Y'];

/// In byte order.
static DIAGNOSES: LazyLock<Vec<String>> = LazyLock::new(|| codes_of("diagnosis"));

fn codes_of(set: &str) -> Vec<String> {
    let table = Library::built_in().in_force(set, TODAY).expect("a table that is built in");
    table.entries().map(|(code, _)| code).collect()
}

type Known = HashMap<String, Arc<Vec<String>>>;

static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

fn all_of(set: &str) -> Arc<Vec<String>> {
    let mut known = KNOWN.lock().expect("no test panics with the lock");
    let all = known.entry(set.to_owned()).or_insert_with(|| Arc::new(tried(set)));
    Arc::clone(all)
}

/// Every code of a set that can only be asked for single codes.
fn tried(set: &str) -> Vec<String> {
    let mut tried: Vec<String> = match set {
        "inpatient-procedure" => return codes_of(set),
        "inpatient-procedure but surgery" => {
            let mut codes = codes_of("inpatient-procedure");
            codes.retain(|code| !code.starts_with('0'));
            return codes;
        }
        "taxonomy" => return TAXONOMIES.iter().map(|&code| code.to_owned()).collect(),
        "revenue" => (0..4000).map(|number| format!("{number:04}")).collect(),
        "remark" => numbered(&["M", "N", "MA"]),
        "drg" => (1..1000).map(|number| format!("{number:03}")).collect(),
        _ => numbered(&["", "A", "B", "D", "P", "W"]),
    };
    let signs: Vec<char> = ('0'..='9').chain('A'..='Z').collect();
    for one in &signs {
        tried.push(one.to_string());
        for two in &signs {
            tried.push(format!("{one}{two}"));
            let three = signs.iter().map(|three| format!("{one}{two}{three}"));
            tried.extend(three.filter(|_| matches!(set, "currency")));
        }
    }
    let today = Day::new(2026, 6, 1).expect("a day of the calendar");
    let is_known = |code: &String| standing(set, code.as_bytes(), today) != Some(Standing::Unknown);
    tried.retain(is_known);
    tried.sort();
    tried.dedup();
    tried
}

fn numbered(starts: &[&str]) -> Vec<String> {
    let all = |start: &&str| {
        let start = (*start).to_owned();
        (1..1000).map(move |number| format!("{start}{number}"))
    };
    starts.iter().flat_map(all).collect()
}

/// Their list is not built in.
const TAXONOMIES: [&str; 8] = [
    "207Q00000X",
    "207R00000X",
    "1223G0001X",
    "363L00000X",
    "282N00000X",
    "332B00000X",
    "341600000X",
    "208D00000X",
];
