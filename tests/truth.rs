//! Claims and the remittances that answer them, made by a generator beside the project which says
//! what it did to each claim: every one is matched to the line, and every amount stands where the
//! generator put it. Skipped, and said so, where the generator or Python is not at hand.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::process::Command;

use bytes::Bytes;

use claimgate::clock::{self, Timestamp};
use claimgate::denials::Category;
use claimgate::gateway::{Gateway, dispatch, receive};
use claimgate::ledger::{Account, Posting};
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::store::archive::Archive;
use claimgate::store::{self, History, Work, WorkFilter};
use claimgate::transport::Arrival;

/// `TRUTH_CLAIMS=20000` makes it as many.
const CLAIMS: &str = "300";

#[test]
fn every_claim_of_the_generator_is_posted_as_its_truth_says() {
    let place = tempfile::tempdir().expect("a directory");
    for seed in ["3", "11"] {
        let Some(made) = Made::new(place.path(), seed) else { return };
        let gateway = gateway(&place.path().join(seed));
        let now = clock::now();
        take_in(&gateway, "cedar", "claims.837", &made.claims, now);
        let now = Timestamp::from_micros(now.micros() + 60_000_000);
        dispatch::turn(&gateway, now).expect("batches");
        take_in(&gateway, "alpha", "payments.835", &made.payments, now);
        check(&gateway, &made);
    }
}

/// The generator's files.
struct Made {
    claims: String,
    payments: String,
    /// CLM01, what was done, TRN02, CLP07, charge, paid, the patient's share.
    truth: Vec<Vec<String>>,
}

impl Made {
    fn new(folder: &Path, seed: &str) -> Option<Made> {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/bench/gen_x12.py");
        if !script.is_file() {
            println!("skipped: no generator at {}", script.display());
            return None;
        }
        let path = |end: &str| folder.join(format!("{seed}.{end}"));
        let run = |words: &[&str]| {
            let mut command = Command::new("python3");
            command.arg(&script).args(words).args(["--seed", seed]);
            command.output().is_ok_and(|output| output.status.success())
        };
        let [claims, payments, truth] = ["837", "835", "tsv"].map(|end| shown(&path(end)));
        let count = std::env::var("TRUTH_CLAIMS").unwrap_or_else(|_| CLAIMS.to_owned());
        let is_made = run(&["837", "--claims", &count, "-o", &claims])
            && run(&["answer", &claims, "--truth", &truth, "-o", &payments]);
        if !is_made {
            println!("skipped: python3 does not run the generator");
            return None;
        }
        let read = |path: &str| std::fs::read_to_string(path).expect("a file of the generator");
        let rows = read(&truth);
        let row = |line: &str| line.split('\t').map(str::to_owned).collect();
        Some(Made {
            claims: read(&claims),
            payments: read(&payments),
            truth: rows.lines().map(row).collect(),
        })
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// An office and two payers; the remittances of both come by the channel of the first.
fn gateway(folder: &Path) -> Gateway {
    let write = |name: &str, text: &str| {
        let path: PathBuf = folder.join("config").join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, text).expect("written");
    };
    write("claimgate.toml", "[identity]\nname = \"claimgate\"\nisa_id = \"CLEARHOUSE\"\n");
    write("partners/cedar.toml", "isa_id = \"SUBMITTER01\"\n");
    let payer = |ids: &str| {
        let snip: String = (3..=7).map(|number| format!("type_{number} = \"warn\"\n")).collect();
        format!(
            "payer_ids = [{ids}]\nisa_id = \"SAMPLEPAYER\"\n[snip]\n{snip}[batch]\nevery_seconds = 1\n"
        )
    };
    write("payers/alpha.toml", &payer("\"60054\", \"00590\", \"87726\""));
    write("payers/beta.toml", &payer("\"04412\", \"77027\", \"62308\""));
    let config = folder.join("config/claimgate.toml");
    let plan = Settings::load(Some(&config), &folder.join("data")).expect("settings");
    std::fs::create_dir_all(folder.join("data")).expect("made");
    let store = store::open(&format!("sqlite:{}", folder.join("data/store.db").display()));
    let archive = Archive::open(&folder.join("data/archive")).expect("an archive");
    Gateway::new(plan, store.expect("a store"), archive)
}

fn take_in(gateway: &Gateway, channel: &str, name: &str, text: &str, now: Timestamp) {
    let channel = ChannelName::new(channel).expect("a name");
    let bytes = Bytes::copy_from_slice(text.as_bytes());
    let arrival = Arrival::of_bytes(channel, name.to_owned(), bytes, now);
    let handled = receive::take_in(gateway, &arrival, now).expect("taken in");
    assert_eq!(handled.meta["verdict"], "taken", "{}", handled.meta);
}

fn check(gateway: &Gateway, made: &Made) {
    let store = gateway.store.as_ref();
    let stated = stated(&made.payments);
    assert_eq!(stated.len(), made.truth.len());
    for row in &made.truth {
        let [number, how, trace, payer_number, charge, paid, share] = row.as_slice() else {
            panic!("a row of the truth has seven columns: {row:?}")
        };
        let claims = store.claims_by_control_number(number).expect("read");
        assert_eq!(claims.len(), 1, "{number}");
        let history = store.history(claims[0].id).expect("read").expect("a claim");
        let [payment] = history.payments.as_slice() else {
            panic!("{number} has {} payments", history.payments.len())
        };
        let cents = |text: &str| text.parse::<i64>().expect("cents");
        assert_eq!(payment.trace, *trace);
        assert_eq!(payment.payer_control_number, *payer_number);
        assert_eq!(payment.charge.cents(), cents(charge));
        assert_eq!(payment.paid.cents(), cents(paid));
        assert_eq!(payment.patient_responsibility.cents(), cents(share));
        assert_eq!(payment.matched_by, "CLM01", "{number}");
        let stated = &stated[number];
        let is_denied = how.starts_with("CO") || stated.denied_lines > 0;
        let state = if is_denied { State::Denied } else { State::Paid };
        assert_eq!(history.claim.state, state, "{number} {how}");
        assert_eq!(is_denied, !history.work.is_empty(), "{number} {how}");
        check_item(&history, stated);
        assert_eq!(posted(&history, &made.claims), stated.amounts, "{number}");
    }
    let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
    let nameless = store
        .work(&filter)
        .expect("read")
        .into_iter()
        .filter(|item| item.claim.is_none() && !item.what.contains("takes"));
    assert_eq!(nameless.count(), 0, "nothing is unmatched or out of balance");
    let balances = store.balances().expect("read");
    let balance = |account: Account| {
        let found = balances.iter().find(|total| total.account == account);
        found.map_or(0, |total| total.amount.cents())
    };
    assert_eq!(balance(Account::Suspense), 0);
    let paid: i64 = segments(&made.payments)
        .filter(|segment| segment[0] == "BPR")
        .map(|segment| cents_of(segment[2]))
        .sum();
    assert_eq!(balance(Account::Cash), paid);
}

/// The queue has one item of a claim that is denied, with all that was denied of it.
fn check_item(history: &History, stated: &Stated) {
    let is_denial = |reason: &str| reason.starts_with("CO-") && reason != "CO-45";
    let denied = || stated.amounts.iter().filter(|((_, reason), _)| is_denial(reason));
    let items = history.work.iter().filter(|item| item.category == Category::Denied);
    let items: Vec<&Work> = items.collect();
    assert_eq!(items.len(), usize::from(stated.denied_lines > 0));
    for item in items {
        let cents: i64 = denied().map(|(_, cents)| cents).sum();
        assert_eq!(item.amount.cents(), cents, "{}", item.what);
        for ((_, reason), _) in denied() {
            assert!(item.what.contains(reason.as_str()), "{reason}: {}", item.what);
        }
    }
}

/// What a remittance says of a claim, read without our parser.
#[derive(Default)]
struct Stated {
    /// By REF*6R and reason; `paid` for SVC03.
    amounts: BTreeMap<(String, String), i64>,
    /// Lines of which nothing was paid, and not because the patient bears it.
    denied_lines: usize,
}

fn stated(payments: &str) -> HashMap<String, Stated> {
    let mut all: HashMap<String, Stated> = HashMap::new();
    let mut number = String::new();
    let mut line: Vec<(String, i64)> = Vec::new();
    for segment in segments(payments) {
        match segment[0] {
            "CLP" => {
                number = segment[1].to_owned();
                all.entry(number.clone()).or_default();
            }
            "SVC" => line = vec![("paid".to_owned(), cents_of(segment[3]))],
            "CAS" => {
                for triplet in segment[2..].chunks(3) {
                    let reason = format!("{}-{}", segment[1], triplet[0]);
                    line.push((reason, cents_of(triplet[1])));
                }
            }
            "REF" if segment[1] == "6R" => {
                let claim = all.get_mut(&number).expect("CLP comes first");
                let is_denied = |reason: &str| reason.starts_with("CO") && reason != "CO-45";
                claim.denied_lines += usize::from(line.iter().any(|(reason, _)| is_denied(reason)));
                for (reason, cents) in line.drain(..).filter(|(_, cents)| *cents != 0) {
                    *claim.amounts.entry((segment[2].to_owned(), reason)).or_insert(0) += cents;
                }
            }
            _ => {}
        }
    }
    all
}

/// The same of what was posted: what came off what the payer owed, by line and reason.
fn posted(history: &History, claims: &str) -> BTreeMap<(String, String), i64> {
    let numbers = line_numbers(claims, history.claim.patient_control_number.expose());
    let mut amounts = BTreeMap::new();
    let is_settled =
        |posting: &&Posting| posting.account == Account::Receivable && posting.reason != "charge";
    for posting in history.postings.iter().filter(is_settled) {
        let key = (numbers[&posting.line].clone(), posting.reason.clone());
        *amounts.entry(key).or_insert(0) -= posting.amount.cents();
    }
    amounts
}

/// REF*6R of each LX of a claim.
fn line_numbers(claims: &str, number: &str) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let (mut is_ours, mut line) = (false, String::new());
    for segment in segments(claims) {
        match segment[0] {
            "CLM" => is_ours = segment[1] == number,
            "LX" => line = segment[1].to_owned(),
            "REF" if segment[1] == "6R" && is_ours => {
                found.insert(line.clone(), segment[2].to_owned());
            }
            _ => {}
        }
    }
    found
}

fn segments(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.split('~').map(|segment| segment.trim().split('*').collect())
}

fn cents_of(text: &str) -> i64 {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let cents: i64 = format!("{part:0<2}").parse().expect("cents");
    let whole: i64 = whole.parse().expect("whole units");
    whole * 100 + if text.starts_with('-') { -cents } else { cents }
}
