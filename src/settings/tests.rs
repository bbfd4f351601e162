//! Settings from real files in real directories.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use tempfile::TempDir;

use super::plan::Channel;
use super::*;

const EXAMPLE_PARTNER: &str = include_str!("../../config/partners/example.toml.txt");
const EXAMPLE_PAYER: &str = include_str!("../../config/payers/example.toml.txt");
const MAIN: &str = include_str!("../../config/claimgate.toml");

/// Writes the files into a directory of settings and loads them.
fn load(files: &[(&str, &str)]) -> Result<Plan, Vec<Problem>> {
    load_in(&TempDir::new().expect("a directory"), files, &[])
}

fn load_in(
    directory: &TempDir,
    files: &[(&str, &str)],
    variables: &[(&str, &str)],
) -> Result<Plan, Vec<Problem>> {
    let config = directory.path().join("config");
    for folder in ["partners", "payers"] {
        fs::create_dir_all(config.join(folder)).expect("a directory");
    }
    fs::write(config.join("claimgate.toml"), "").expect("a file");
    for (name, text) in files {
        fs::write(config.join(name), text).expect("a file");
    }
    let pairs = variables.iter().map(|&(key, value)| (key.to_owned(), value.to_owned()));
    let environment: HashMap<String, String> = pairs.collect();
    let path = config.join("claimgate.toml");
    load_with(Some(&path), &directory.path().join("data"), Some(environment))
}

/// The keys that are complained of, with their files.
fn complaints(files: &[(&str, &str)]) -> Vec<String> {
    let problems = load(files).expect_err("these settings are wrong");
    let name =
        |file: &str| Path::new(file).file_name().unwrap_or_default().to_string_lossy().into_owned();
    problems.iter().map(|problem| format!("{} {}", name(&problem.file), problem.key)).collect()
}

#[test]
fn works_without_any_file() {
    let plan = load_with(None, Path::new("data"), Some(HashMap::new())).expect("the defaults");
    assert_eq!(plan.offices.len(), 1);
    assert_eq!(plan.offices[0].name.as_str(), "office");
    let inbox = &plan.offices[0].directories.receiving.inbox;
    assert_eq!(inbox, Path::new("data/offices/office/inbox"));
    assert!(plan.payers.is_empty());
    assert_eq!(plan.watch.stable, Duration::from_secs(2));
    assert!(plan.route("99999").is_none());
}

#[test]
fn shows_every_key_with_its_default() {
    let written: Settings = parse(MAIN);
    assert_eq!(written, Settings::default());
    assert_eq!(keys(&tree(MAIN)), keys(&defaults::<Settings>()));
}

#[test]
fn shows_every_key_of_a_partner_and_a_payer() {
    let partner: PartnerSettings = parse(EXAMPLE_PARTNER);
    assert_eq!(partner, PartnerSettings { isa_id: "RIVERSIDE".into(), ..Default::default() });
    let payer: PayerSettings = parse(EXAMPLE_PAYER);
    let expected = PayerSettings {
        payer_ids: vec!["99999".into()],
        isa_id: "EXAMPLEPAYER".into(),
        ..Default::default()
    };
    assert_eq!(payer, expected);
    assert_eq!(keys(&tree(EXAMPLE_PARTNER)), keys(&defaults::<PartnerSettings>()));
    assert_eq!(keys(&tree(EXAMPLE_PAYER)), keys(&defaults::<PayerSettings>()));
}

#[test]
fn plans_what_the_examples_say() {
    let plan = load(&[
        ("claimgate.toml", MAIN),
        ("partners/riverside.toml", EXAMPLE_PARTNER),
        ("payers/blue.toml", EXAMPLE_PAYER),
    ]);
    let plan = plan.expect("the examples are right");
    assert_eq!(plan.offices[0].ids.gs_id, "RIVERSIDE");
    let payer = plan.route(" 99999 ").expect("a route");
    assert_eq!(payer.name.as_str(), "blue");
    assert_eq!(plan.channels().len(), 2);
}

#[test]
fn lists_all_problems_at_once() {
    let found = complaints(&[
        (
            "claimgate.toml",
            "colour = 1\n[web]\naddress = \"here\"\nport = 3\n[log]\nlevel = \"loud\"\njson = 1\n",
        ),
        (
            "partners/a.toml",
            "channel = { kind = \"pigeon\" }\ntolerated_notes = [\"019\", \"023\"]\n",
        ),
        ("payers/b.toml", "payer_ids = [12345]\nisa_id = \"*\"\n"),
        ("payers/c.toml", "not toml at all\n"),
    ]);
    let expected = [
        "claimgate.toml colour",
        "claimgate.toml log.json",
        "claimgate.toml web.port",
        "b.toml payer_ids",
        "c.toml ",
        "claimgate.toml log.level",
        "claimgate.toml web.address",
        "a.toml channel.kind",
        "a.toml tolerated_notes",
        "b.toml payer_ids",
        "b.toml isa_id",
    ];
    for one in expected {
        assert!(found.iter().any(|found| found == one), "{one} is missing in {found:?}");
    }
}

#[test]
fn says_what_to_do() {
    let problems = load(&[("claimgate.toml", "[limits]\nconnections_max = 0\n")]);
    let problems = problems.expect_err("nobody could connect");
    let text = problems[0].to_string();
    assert!(
        text.ends_with(
            "claimgate.toml: limits.connections_max: line 2, column 19: 0 connections is out of \
             bounds; write 1 to 10000\n  |\n2 | connections_max = 0\n  |                   ^"
        ),
        "{text}"
    );
}

#[test]
fn lets_the_environment_overrule_the_file() {
    let directory = TempDir::new().expect("a directory");
    let file = [("claimgate.toml", "[web]\naddress = \"127.0.0.1:1\"\n")];
    let variables = [
        ("CLAIMGATE_WEB__ADDRESS", "127.0.0.1:2"),
        ("CLAIMGATE_LIMITS__CONNECTIONS_MAX", "3"),
        ("CLAIMGATE_LOG__JSON", "true"),
        ("CLAIMGATE_IDENTITY__ISA_ID", "0012"),
        ("CLAIMGATES_OTHER", "1"),
    ];
    let plan = load_in(&directory, &file, &variables).expect("these are right");
    assert_eq!(plan.web_address.port(), 2);
    assert_eq!(plan.limits.connections_max, 3);
    assert!(plan.log.json);
    assert_eq!(plan.identity.ids.isa_id, "0012");
    let problems = load_in(&directory, &file, &[("CLAIMGATE_WEB__PORT", "2")]);
    let problem = &problems.expect_err("there is no such key")[0];
    assert_eq!((problem.file.as_str(), problem.key.as_str()), ("the environment", "web.port"));
}

#[test]
fn refuses_two_in_one_directory() {
    let at = |place: &str| format!("directory = \"{place}\"\n");
    let nested = complaints(&[
        ("partners/a.toml", &at("shared")),
        ("partners/b.toml", &at("other/../shared/b")),
    ]);
    assert_eq!(nested, ["b.toml directory"]);
    assert_eq!(complaints(&[("partners/a.toml", &at("."))]), ["a.toml directory"]);
    assert_eq!(complaints(&[("partners/a.toml", &at("archive"))]), ["a.toml directory"]);
    let beside = load(&[("partners/a.toml", &at("shared")), ("partners/b.toml", &at("shared2"))]);
    assert!(beside.is_ok());
}

#[test]
fn refuses_two_that_are_one_by_a_link() {
    let directory = TempDir::new().expect("a directory");
    let data = directory.path().join("data");
    fs::create_dir_all(data.join("offices/acme")).expect("a directory");
    let link = |from: &str, to: &str| {
        std::os::unix::fs::symlink(to, data.join(from)).expect("a link");
    };
    link("offices/beta", "acme");
    let offices = [("partners/acme.toml", ""), ("partners/beta.toml", "")];
    let problems = load_in(&directory, &offices, &[]).expect_err("they are one");
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("beta") && said[0].contains("in one another by a link"), "{said:?}");

    // What will be made below a link, and what leads to the gateway's own.
    fs::remove_file(data.join("offices/beta")).expect("removed");
    link("elsewhere", "offices/acme");
    link("mine", "archive");
    fs::create_dir(data.join("archive")).expect("a directory");
    for place in ["elsewhere/below", "mine"] {
        let beta = format!("directory = \"{place}\"\n");
        let offices = [("partners/acme.toml", ""), ("partners/beta.toml", beta.as_str())];
        assert!(load_in(&directory, &offices, &[]).is_err(), "{place}");
    }
    let beta = "directory = \"other\"\n";
    let offices = [("partners/acme.toml", ""), ("partners/beta.toml", beta)];
    load_in(&directory, &offices, &[]).expect("they are apart");
}

#[test]
fn a_provider_is_known_by_its_number_and_bills_through_one_office() {
    let found = complaints(&[("partners/a.toml", "providers = [\"1999001014\"]")]);
    assert_eq!(found, ["a.toml providers"], "the check digit is wrong");
    let own = "providers = [\"1999001013\", \"043219876\"]";
    let found = complaints(&[("partners/a.toml", own), ("partners/b.toml", own)]);
    assert_eq!(found, ["b.toml providers", "b.toml providers"]);
}

#[test]
fn refuses_namesakes_and_two_roads() {
    let payer = |name: &str| EXAMPLE_PAYER.replace("name = \"\"", &format!("name = \"{name}\""));
    let found = complaints(&[
        ("partners/a.toml", "name = \"blue\"\n"),
        ("payers/one.toml", &payer("blue")),
        ("payers/two.toml", &payer("green")),
    ]);
    assert_eq!(found, ["one.toml name", "two.toml payer_ids"]);
}

#[test]
fn takes_sockets() {
    let plan = load(&[
        ("partners/a.toml", "[channel]\nkind = \"tcp-listen\"\naddress = \"127.0.0.1:7001\"\n"),
        (
            "payers/b.toml",
            "payer_ids = [\"1A\"]\nisa_id = \"B1\"\n[channel]\nkind = \"tcp-dial\"\naddress = \
                \"payer.example:7002\"\n",
        ),
    ]);
    let plan = plan.expect("these are right");
    let channels = plan.channels();
    let Channel::OfficeListen { address, .. } = &channels[0].kind else { panic!("no listener") };
    assert_eq!(address.port(), 7001);
    let Channel::PayerDial { address } = &channels[1].kind else { panic!("no dialler") };
    assert_eq!(address, "payer.example:7002");
}

fn tree(text: &str) -> serde_json::Value {
    let file = config::File::from_str(text, config::FileFormat::Toml);
    let built = config::Config::builder().add_source(file).build().expect("TOML");
    built.try_deserialize().expect("a tree")
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> T {
    serde_json::from_value(tree(text)).expect("keys that we know")
}

fn defaults<T: Default + serde::Serialize>() -> serde_json::Value {
    serde_json::to_value(T::default()).expect("JSON")
}

fn keys(tree: &serde_json::Value) -> Vec<String> {
    let serde_json::Value::Object(section) = tree else { return Vec::new() };
    let mut all: Vec<String> = Vec::new();
    for (name, value) in section {
        all.push(name.clone());
        all.extend(keys(value).into_iter().map(|key| format!("{name}.{key}")));
    }
    all.sort();
    all
}

const PAYER: &str = "payer_ids = [\"1A\"]\nisa_id = \"B1\"\n";

#[test]
fn says_where_a_payers_setting_is_wrong() {
    for (written, place, what) in [
        ("filing_limit_days = 4294967295\n", "line 3, column 21", "write 1 to 3650"),
        ("[claims]\nlines_max = 9223372036854775807\n", "line 4, column 13", "write 0 to 9999"),
        ("[claims]\nlines = 1\n", "line 4, column 1", "lines_max"),
        ("[snip]\ntype_8 = \"off\"\n", "line 4, column 1", "type_7"),
        ("[[rulez]]\nname = \"a\"\n", "line 3, column 3", "when_billed, rule"),
        ("name = \n", "line 3, column 8", "it is not TOML"),
        ("filing_limit_days = 99999999999999999999\n", "line 3, column 21", "larger than any"),
        ("name = 2026-01-01\n", "line 3, column 8", "put it in quotes"),
        ("unsupported_sets = [2026-01-01]\n", "line 3, column 21", "put it in quotes"),
        ("[[rule]]\nfrom = 2026-01-01\n", "line 4, column 8", "put it in quotes"),
        (
            "[[rule]]\nname = \"a\"\nmessage = \"m\"\nrequire = \"true\"\nfrom = \"2026-02-01\"\n\
          to = \"2026-01-01\"\n",
            "line 8, column 6",
            "before `from`",
        ),
    ] {
        let problems = load(&[("payers/b.toml", &format!("{PAYER}{written}"))]);
        let problems = problems.expect_err(written);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains(place) && told[0].contains(what), "{told:?}");
    }
}

#[test]
fn what_is_wrong_beyond_measure_is_told_in_measure() {
    let lists = |one: &str| format!("{PAYER}{}", one.repeat(3_000));
    let unknown: String = (0..20_000).map(|number| format!("k{number} = 1\n")).collect();
    let faulty = format!("[[rule]]\nrequire = \"{}t\"\n", "t+".repeat(1_000));
    for (written, count) in [
        (format!("{PAYER}rule = [{}]\n", "{name = \"A\"},".repeat(999)), 51),
        (format!("{PAYER}payer_ids2 = [{}]\n", "\"A\",".repeat(99_999)), 1),
        (lists("[[rule]]\nname = \"A\"\n"), 1),
        (format!("{PAYER}[rules]\n{} = \"off\"\n", "x".repeat(250_000)), 1),
        (format!("{PAYER}#{}", "x".repeat(5 << 20)), 1),
        (format!("{PAYER}{unknown}"), 51),
        (format!("{PAYER}{}", faulty.repeat(500)), 51),
        (format!("isa_id = \"B1\"\npayer_ids = [{}]\n", "\"*\",".repeat(50_000)), 51),
        (format!("{PAYER}unsupported_sets = [{}]\n", "\"999\",".repeat(50_000)), 51),
    ] {
        let problems = load(&[("payers/b.toml", &written)]).expect_err("much is wrong");
        let told: usize = problems.iter().map(|problem| problem.what.len()).sum();
        assert_eq!(problems.len(), count, "{}", problems[0]);
        assert!(told < 50_000, "{told} bytes of {count} problems");
    }
}

#[test]
fn of_a_long_value_its_beginning_is_told() {
    for value in ["a".repeat(1 << 20), "a ".repeat(1 << 19)] {
        for key in ["name", "isa_id", "payer_ids2"] {
            let problems = load(&[("payers/b.toml", &format!("{PAYER}{key} = \"{value}\"\n"))]);
            for problem in problems.expect_err("no name") {
                let lines: Vec<usize> =
                    problem.to_string().lines().map(|line| line.chars().count()).collect();
                assert!(lines.iter().all(|&signs| signs < 2_100), "{key}: {lines:?}");
            }
        }
    }
}

#[test]
fn what_the_system_tells_of_itself_is_no_file_of_settings() {
    let directory = TempDir::new().expect("a directory");
    let payers = directory.path().join("config/payers");
    fs::create_dir_all(&payers).expect("a directory");
    std::os::unix::fs::symlink("/proc/self/environ", payers.join("x.toml")).expect("a link");
    let problems = load_in(&directory, &[], &[]).expect_err("this is no file of settings");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert!(told.len() == 1 && told[0].contains("a link to a file of the system"), "{told:?}");
}

#[test]
fn what_is_no_text_is_said_to_be_none() {
    let directory = TempDir::new().expect("a directory");
    let payers = directory.path().join("config/payers");
    fs::create_dir_all(&payers).expect("a directory");
    let deep = format!("{PAYER}{}a = 1\n", "a.".repeat(5_000));
    for (written, what) in [
        (b"isa_id = \"B1\"\n# caf\xe9\n".as_slice(), "b.toml: line 2, column 6: this is not UTF-8"),
        (b"\xff\xfei\0s\0", "b.toml: line 1, column 1: this is not UTF-8"),
        (deep.as_bytes(), "b.toml: it is not TOML"),
    ] {
        fs::write(payers.join("b.toml"), written).expect("a file");
        let problems = load_in(&directory, &[], &[]).expect_err(what);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(told.len() == 1 && told[0].contains(what), "{told:?}");
    }
}

#[test]
fn what_is_no_file_is_not_opened() {
    let directory = TempDir::new().expect("a directory");
    let payers = directory.path().join("config/payers");
    fs::create_dir_all(payers.join("folder.toml")).expect("a directory");
    let fifo = std::process::Command::new("mkfifo").arg(payers.join("pipe.toml")).status();
    assert!(fifo.expect("mkfifo").success());
    let problems = load_in(&directory, &[], &[]).expect_err("these are no files");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains("folder.toml: it is no file"), "{told:?}");
    assert!(told[1].contains("pipe.toml: it is no file"), "{told:?}");
}
