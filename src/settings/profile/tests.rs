//! Payers' files: what is refused, with its place, and the samples.

use std::collections::HashMap;
use std::path::Path as FilePath;

use super::*;

fn read_text(text: &str) -> Result<Profile, Vec<Problem>> {
    read_with(&ClaimSettings::default(), text)
}

fn read_with(claims: &ClaimSettings, text: &str) -> Result<Profile, Vec<Problem>> {
    let mut problems = Vec::new();
    let plain = Plain {
        name: "acme",
        repairs: true,
        types: Types::default(),
        claims,
        filing_limit_days: 365,
        corrected_claim_limit_days: 365,
    };
    let profile = read("acme.toml", text, &plain, &mut problems);
    if problems.is_empty() { Ok(profile) } else { Err(problems) }
}

/// The first problem: its line, its column, and what is wrong.
fn problem(text: &str) -> String {
    let problems = read_text(text).err().unwrap_or_else(|| panic!("this is taken: {text}"));
    problems.first().map(|problem| problem.what.clone()).unwrap_or_default()
}

const RULE: &str = "[[rule]]\nname = \"one\"\nmessage = \"m\"\nat = \"2300 CLM05-3\"\n";

#[test]
fn says_where_a_condition_is_wrong() {
    let found = problem(&format!("{RULE}require = \"total_chrage > 5\"\n"));
    assert_eq!(
        found,
        "line 5, column 12: a claim has no total_chrage; did you mean total_charge?\n  |\n\
         5 | require = \"total_chrage > 5\"\n  |            ^^^^^^^^^^^^"
    );
    for (written, place) in [
        ("'total_chrage > 5'", "line 5, column 12:"),
        ("\"\"\"\ntotal_charge > 5 &&\n  frequency == 7\"\"\"", "line 7, column 13:"),
        ("\"frequency != \\\"1\\\" && chrage > 5\"", "line 5, column 34:"),
        ("\"lines.exists(one, one.chrge > 5)\"", "line 5, column 34:"),
        ("\"total_charge >\"", "line 5, column 26:"),
    ] {
        let found = problem(&format!("{RULE}require = {written}\n"));
        assert!(found.starts_with(place), "{written}: {found}");
    }
}

#[test]
fn refuses_what_would_do_nothing_or_harm() {
    let rule = |more: &str| format!("{RULE}require = \"true\"\n{more}\n");
    for (text, what) in [
        (rule("colour = 1"), "unknown field"),
        (rule("from = \"2026-02-30\""), "this is no day"),
        (rule("severity = \"loud\""), "write reject, hold or warn"),
        (rule("status = \"A7:99999\""), "is no claim status code"),
        (rule("status = \"A1:19:PR\""), "rejects no claim"),
        (rule("claims = [\"X\"]"), "has no use here"),
        (rule("procedures = [\"99213\"]"), "takes no procedures"),
        (rule("fail = [{ claim = \"eye\" }]"), "`claim` is professional"),
        (format!("{RULE}require = \"true\"\n{RULE}require = \"true\"\n"), "is called so"),
        (RULE.to_owned(), "say in `require`"),
        ("[rules]\nclaim-total-difers = \"off\"\n".to_owned(), "did you mean claim-total-differs"),
        ("[rules]\nk0 = \"off\"\n".to_owned(), "no such rule; `claimgate rules list`"),
        ("[rules]\nclaim-total-differs = \"soft\"\n".to_owned(), "write off, warn, hold"),
        ("[lists]\nline = [\"1\"]\n".to_owned(), "cannot name a list"),
        ("[[required]]\nname = \"a\"\nat = \"2310B PVR03\"\n".to_owned(), "no such segment"),
        ("[[required]]\nname = \"a\"\n".to_owned(), "say in `at`"),
        ("[[pattern]]\nname = \"a\"\nat = \"2010BA NM109\"\n".to_owned(), "either `matches`"),
        (
            "[[pattern]]\nname = \"a\"\nat = \"2010BA NM109\"\nmatches = '('\n".to_owned(),
            "this is no pattern",
        ),
        (
            "[[when_billed]]\nname = \"a\"\nprocedures = [\"9*9\"]\nneeds = \"ndc\"\n".to_owned(),
            "is no code, block",
        ),
        (
            "[[when_billed]]\nname = \"a\"\nprocedures = [\"99213-J3301\"]\nneeds = \"ndc\"\n"
                .to_owned(),
            "is no code, block",
        ),
        (
            "[[when_billed]]\nname = \"a\"\nprocedures = [\"J*\"]\nneeds = \"luck\"\n".to_owned(),
            "write one of authorization",
        ),
    ] {
        let found = problem(&text);
        assert!(found.contains(what) && found.starts_with("line "), "{text}: {found}");
    }
}

#[test]
fn the_reference_has_every_key() {
    let found = problem("[[rule]]\nno_such_key = 1\n");
    let known: Vec<&str> = found.split('`').skip(3).step_by(2).collect();
    let listed: Vec<&str> = RULE_KEYS.iter().map(|&(key, ..)| key).collect();
    assert_eq!(known, listed);
}

#[test]
fn the_samples_are_whole_and_their_examples_end_as_they_say() {
    let folder = FilePath::new(env!("CARGO_MANIFEST_DIR")).join("config/payers/samples");
    let mut count = 0;
    for entry in std::fs::read_dir(&folder).expect("the samples") {
        let path = entry.expect("a sample").path();
        let directory = tempfile::TempDir::new().expect("a directory");
        let payers = directory.path().join("payers");
        std::fs::create_dir_all(&payers).expect("a directory");
        std::fs::write(directory.path().join("claimgate.toml"), "").expect("a file");
        let name = path.file_name().expect("a name");
        std::fs::copy(&path, payers.join(name)).expect("a copy");
        let main = directory.path().join("claimgate.toml");
        let data = directory.path().join("data");
        let plan = crate::settings::load_with(Some(&main), &data, Some(HashMap::new()));
        let plan = plan.unwrap_or_else(|problems| {
            let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("{}", told.join("\n"))
        });
        let profile = &plan.payers[0].profile;
        assert!(profile.rules.len() > 8, "{name:?} has {} rules", profile.rules.len());
        for rule in &profile.rules {
            for (number, example) in (1..).zip(&rule.examples) {
                let tried = rule.try_example(example);
                assert_eq!(tried, Ok(()), "{} example {number}", rule.code);
            }
        }
        let written = std::fs::read_to_string(&path).expect("a text");
        let rules = written.matches("\n[[").count();
        let fails = written.matches("\nfail = ").count();
        assert_eq!(rules, fails, "each rule of {name:?} has an example that fails");
        assert!(written.starts_with("# A SAMPLE: "), "{name:?} says that it is one");
        count += 1;
    }
    assert_eq!(count, 3);
}

#[test]
fn a_rule_is_another_when_what_it_asks_is_another() {
    let version = |text: &str| {
        let profile = read_text(text).unwrap_or_else(|problems| panic!("{text}: {problems:?}"));
        profile.rules.first().expect("a rule").version.to_string()
    };
    let rule = format!("{RULE}require = \"total_charge < 100\"\n");
    let first = version(&rule);
    assert!(first.starts_with("acme ") && first.len() == "acme ".len() + 12, "{first}");
    for same in
        [rule.replace("\"m\"", "\"put better\""), format!("# moved\n\n{rule}severity = \"warn\"\n")]
    {
        assert_eq!(version(&same), first, "{same}");
    }
    let lists = "[lists]\ncodes = [\"99213\"]\n";
    for other in [
        rule.replace("< 100", "< 101"),
        format!("{rule}when = \"true\"\n"),
        format!("{rule}from = \"2026-01-01\"\n"),
        format!("{lists}{rule}"),
    ] {
        assert_ne!(version(&other), first, "{other}");
    }
    let with = |lists: &str| version(&format!("[lists]\n{lists}\n{rule}"));
    assert_eq!(with("a = [\"b\"]"), with("a = [\"b\"]\n# the same"));
    assert_ne!(with("a = [\"b\"]"), with("a = []\nb = []"));
}

/// Each rule beside each member of a list would be a billion.
#[test]
fn many_rules_and_long_lists_are_read_once() {
    let codes: String = (0..300_000).map(|code| format!("\"{code}\",")).collect();
    let rule = |number: u32| {
        format!(
            "[[rule]]\nname = \"r{number}\"\nmessage = \"m\"\nrequire = \"frequency in codes\"\n"
        )
    };
    let rules: String = (0..1_000).map(rule).collect();
    let profile = read_text(&format!("[lists]\ncodes = [{codes}]\n{rules}")).expect("a profile");
    assert_eq!(profile.rules.len(), 1_000);
}

#[test]
fn whoever_wants_few_lines_in_a_replacement_misses_none() {
    let switches = |replacement_lines_max: u64, text: &str| {
        let claims = ClaimSettings { replacement_lines_max, ..ClaimSettings::default() };
        read_with(&claims, text).expect("a profile").switches
    };
    let rule = rules::ALL.iter().find(|rule| rule.name == "replacement-lacks-lines");
    let code = rule.expect("a rule of ours").code;
    assert_eq!(switches(0, ""), []);
    assert_eq!(switches(1, ""), [(code, Switch::Off)]);
    let named = "[rules]\nreplacement-lacks-lines = \"hold\"\n";
    assert_eq!(switches(1, named), [(code, Switch::As(Severity::Hold))]);
}

#[test]
fn an_example_that_is_no_set_of_claims_fails() {
    for (change, is_claim) in [("ST*837", false), ("CLM*", false), ("GS*HC", true)] {
        let other = change.replace("837", "999").replace("CLM", "REF");
        let text = format!(
            "{RULE}require = \"true\"\npass = [{{ change = {{ \"{change}\" = \"{other}\" }} }}]\n"
        );
        let profile = read_text(&text).expect("it is right");
        let rule = profile.rules.first().expect("one rule");
        let tried = rule.examples.iter().map(|example| rule.try_example(example).is_ok());
        assert!(tried.eq([is_claim]), "{change}");
    }
}
