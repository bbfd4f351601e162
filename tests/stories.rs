//! Stories from end to end: what arrives, what leaves, what waits in the queue, where claims and
//! money stand. A folder of `testdata/stories` each, told on every store.
//!
//! `story.txt` has one step a line; `expected.txt` is what came of it. `UPDATE=1 cargo test`
//! rewrites the latter; read the difference before it is committed. `STORY=clean-batch` tells that one alone.

#[path = "aged/mod.rs"]
mod aged;
#[path = "told/mod.rs"]
mod told;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytes::Bytes;
use clap::Parser;

use claimgate::audit::audit;
use claimgate::change::{ClaimId, DeliveryKind, DeliveryOutcome, Moment, WorkId, WorkState};
use claimgate::clock::Timestamp;
use claimgate::commands::statement::StatementFormat;
use claimgate::commands::store::Office;
use claimgate::commands::{self, Arguments, Command, Failure, bank, queue, statement};
use claimgate::denials::table::BUILT_IN;
use claimgate::gateway::{Gateway, coordinate, deliver, deposits, dispatch, receive};
use claimgate::intake::judge::judge;
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{self, When};
use claimgate::store::archive::Archive;
use claimgate::store::{self, WorkFilter};
use claimgate::transport::Arrival;
use claimgate::transport::settle::Outcome;

/// Every story begins on 2 November 2026 at 9:30 UTC.
const BEGIN: Timestamp = Timestamp::from_micros(1_793_611_800_000_000);

/// Each step comes ten minutes after the one before.
const STEP_MICROS: i64 = 600_000_000;

const DAY_MICROS: i64 = 86_400_000_000;

/// Deliveries asked for at a time; no story has so many.
const DELIVERIES_MAX: u32 = 1_000;

#[test]
fn every_story_ends_as_expected_on_every_store() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/stories");
    let mut wrong = Vec::new();
    for folder in folders(&root) {
        println!("telling {}", folder.display());
        let told = Story::open(&folder, "memory:").tell();
        let place = tempfile::tempdir().expect("a directory");
        let url = format!("sqlite:{}", place.path().join("store.db").display());
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        assert_eq!(told, Story::open(&folder, &url).tell(), "{name}: the stores differ");
        if let Some(difference) = difference(&folder.join("expected.txt"), &told) {
            wrong.push(format!("{name}: {difference}"));
        }
    }
    assert!(wrong.is_empty(), "{}\nUPDATE=1 rewrites what is expected", wrong.join("\n"));
}

fn folders(root: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root).expect("the stories");
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.expect("a story").path()).collect();
    // One alone, by its name, while it is written.
    let wanted = std::env::var_os("STORY");
    folders.retain(|folder| wanted.is_none() || folder.file_name() == wanted.as_deref());
    folders.retain(|folder| folder.join("story.txt").is_file());
    folders.sort();
    assert!(!folders.is_empty(), "no story is there");
    folders
}

/// The first line that differs; rewrites the file instead when that is asked for.
fn difference(path: &Path, told: &str) -> Option<String> {
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if expected == told {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, told).expect("rewritten");
        return None;
    }
    let (mut old, mut new) = (expected.lines(), told.lines());
    for number in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (one, other) if one == other => {}
            (one, other) => {
                let shown = |line: Option<&str>| line.unwrap_or("(the end)").to_owned();
                return Some(format!(
                    "line {number}\n  expected {}\n  came     {}",
                    shown(one),
                    shown(other)
                ));
            }
        }
    }
    Some("only the ends of lines differ".to_owned())
}

struct Story {
    folder: PathBuf,
    gateway: Gateway,
    now: Timestamp,
    /// Where what was told last stands, so that only changes are told.
    claims: BTreeMap<ClaimId, State>,
    work: BTreeMap<WorkId, (WorkState, String)>,
    /// Everything that left, by channel and name: the same name never has other bytes.
    left: BTreeMap<(String, String), Bytes>,
    /// The last claims that each payer was sent.
    last_batch: BTreeMap<String, Bytes>,
    /// What each simulated payer remembers.
    payers: BTreeMap<String, simulated_payer::State>,
    told: String,
    _place: tempfile::TempDir,
}

impl Story {
    fn open(folder: &Path, url: &str) -> Story {
        let place = tempfile::tempdir().expect("a directory");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        let gateway = Gateway::new(plan, store::open(url).expect("a store"), archive);
        Story {
            folder: folder.to_owned(),
            gateway,
            now: BEGIN,
            claims: BTreeMap::new(),
            work: BTreeMap::new(),
            left: BTreeMap::new(),
            last_batch: BTreeMap::new(),
            payers: BTreeMap::new(),
            told: String::new(),
            _place: place,
        }
    }

    fn tell(mut self) -> String {
        let script = std::fs::read_to_string(self.folder.join("story.txt")).expect("a story");
        for line in script.lines().map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            self.say(&format!("\n> {line}"));
            self.step(line);
            self.now = Timestamp::from_micros(self.now.micros() + STEP_MICROS);
        }
        self.say("\n= the end");
        self.tell_totals();
        let left = self.left.iter();
        told::add_up(left.map(|((channel, name), bytes)| (channel.as_str(), name.as_str(), bytes)));
        self.told.trim_start().to_owned()
    }

    fn say(&mut self, line: &str) {
        writeln!(self.told, "{line}").expect("writing to a String does not fail");
    }

    fn step(&mut self, line: &str) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["dispatch"] => {
                let made = dispatch::turn(&self.gateway, self.now).expect("batches");
                self.say(&format!("{made} batches made"));
            }
            ["queue", ..] => self.work_on_queue(line),
            ["bank", command, ..] if *command != "sends" => self.work_on_deposits(line),
            ["days", days] => {
                let days: i64 = days.parse().expect("a number of days");
                self.now = Timestamp::from_micros(self.now.micros() + days * DAY_MICROS);
            }
            ["statement", patient, "as", format] => self.tell_statement(patient, format),
            ["export", "aging"] => {
                let told = self.aging();
                self.say_text(&told.into());
            }
            ["history", claim] => self.tell_history(claim.parse().expect("a number")),
            [partner, "sends", file] => {
                let bytes = std::fs::read(self.folder.join(file)).expect("the file of a step");
                self.arrive(partner, file, bytes.into());
            }
            // The same bytes under another name.
            [partner, "sends", file, "as", name] => {
                let bytes = std::fs::read(self.folder.join(file)).expect("the file of a step");
                self.arrive(partner, name, bytes.into());
            }
            [payer, "answers"] => self.answer_as(payer),
            _ => panic!("{line:?} is no step of a story"),
        }
        deposits::turn(&self.gateway, self.now).expect("deposits and remittances");
        coordinate::turn(&self.gateway, self.now).expect("next payers");
        coordinate::remind(&self.gateway, self.now).expect("reminders");
        self.deliver_all();
        self.tell_changes();
        self.aging();
    }

    /// What is owed by its age; it adds up at every step.
    fn aging(&self) -> String {
        aged::aging(self.gateway.store.as_ref(), self.gateway.stamp(self.now).today)
    }

    fn arrive(&mut self, partner: &str, name: &str, bytes: Bytes) {
        // An office and a payer have one channel each, which is called as they are.
        let channel = ChannelName::new(partner).expect("a name of the settings");
        let arrival = Arrival::of_bytes(channel, name.to_owned(), bytes, self.now);
        let handled = receive::take_in(&self.gateway, &arrival, self.now).expect("taken in");
        let verdict = handled.meta["verdict"].as_str().expect("a verdict").to_owned();
        let filed = match handled.outcome {
            Outcome::Done => "done",
            Outcome::Error => "error",
        };
        self.say(&format!("arrival {} is {verdict}, filed under {filed}", handled.arrival.0));
    }

    /// The simulated payer answers what it was sent last.
    fn answer_as(&mut self, name: &str) {
        let batch = self.last_batch.get(name).expect("a batch was sent").clone();
        let id = name.to_uppercase();
        let script = Script::plain(&id, &id);
        let stamp = self.gateway.stamp(self.now);
        let when = When { today: stamp.today, time: stamp.time };
        let state = self.payers.entry(id).or_default();
        for answer in simulated_payer::answer(&script, state, &batch, &when) {
            let file = answer.file_name();
            self.say(&format!("{name} sends {file}"));
            self.say_x12(&answer.bytes);
            self.arrive(name, &file, answer.bytes);
        }
    }

    fn work_on_queue(&mut self, line: &str) {
        let Command::Queue(arguments) = command(line) else { panic!("no queue command") };
        let mut out = Vec::new();
        let outcome = queue::work_on(&arguments, &self.office(), &mut out);
        self.tell_outcome(&out, outcome);
    }

    fn work_on_deposits(&mut self, line: &str) {
        let Command::Bank(arguments) = command(line) else { panic!("no bank command") };
        let mut out = Vec::new();
        let outcome = bank::work_on(&arguments, &self.office(), &mut out);
        self.tell_outcome(&out, outcome);
    }

    fn office(&self) -> Office {
        Office {
            plan: self.gateway.plan.clone(),
            store: self.gateway.store.clone(),
            rulebook: claimgate::scrub::Rulebook::built_in(),
            archive: self.gateway.archive.clone(),
            now: self.now,
        }
    }

    fn tell_outcome(&mut self, out: &[u8], outcome: Result<commands::Outcome, Failure>) {
        self.told.push_str(std::str::from_utf8(out).expect("text"));
        match outcome {
            Ok(outcome) => self.say(&format!("{outcome:?}")),
            Err(failure) => self.say(&format!("refused: {failure}")),
        }
    }

    /// What a patient owes.
    fn tell_statement(&mut self, patient: &str, format: &str) {
        let format = match format {
            "page" => StatementFormat::Html,
            _ => StatementFormat::Csv,
        };
        match statement::statement_for(&self.office(), patient) {
            Err(failure) => self.say(&format!("refused: {failure}")),
            Ok(made) => {
                for one in &made.waiting {
                    self.say(&format!("claim {} waits: {}", one.claim.0, one.why));
                }
                self.say(&format!("{} bills, {} in all", made.bills.len(), made.balance()));
                if !made.bills.is_empty() {
                    let written = statement::written(&made, format).expect("written");
                    self.say_text(&written.into());
                }
            }
        }
    }

    /// What happened to a claim, with what was noted.
    fn tell_history(&mut self, claim: i64) {
        let history = self.gateway.store.history(ClaimId(claim)).expect("read").expect("a claim");
        for event in history.events {
            self.say(&format!("{}: {}", event.event.name(), event.note));
        }
        for finding in history.findings {
            let Some(edit) = finding.edit else { continue };
            let asks = if edit.is_made { "was made" } else { "is proposed" };
            self.say(&format!("{}: {} {asks}", finding.code, edit.in_words()));
        }
    }

    fn deliver_all(&mut self) {
        let store = self.gateway.store.clone();
        let moment = Moment(self.now.micros());
        for (channel, _) in store.waiting_channels().expect("channels") {
            for delivery in store.undelivered(&channel, moment, DELIVERIES_MAX).expect("read") {
                self.say(&format!("{channel}/{}", delivery.name));
                match delivery.kind {
                    DeliveryKind::Report => self.say_text(&delivery.bytes),
                    _ => self.say_x12(&delivery.bytes),
                }
                if delivery.kind == DeliveryKind::Claims {
                    let payer = channel.split(':').next().expect("a channel");
                    self.last_batch.insert(payer.to_owned(), delivery.bytes.clone());
                }
                let key = (channel.clone(), delivery.name.clone());
                let before = self.left.insert(key, delivery.bytes.clone());
                assert!(before.is_none_or(|old| old == delivery.bytes), "other bytes, same name");
                let outcome = DeliveryOutcome::Delivered;
                deliver::note(&self.gateway, &delivery, &outcome, self.now).expect("noted");
            }
        }
    }

    /// Segments, one a line. What we write must read back without a fault.
    fn say_x12(&mut self, bytes: &Bytes) {
        let reading = x12::interchange::read(bytes);
        assert!(!reading.interchanges.is_empty() && reading.strays.is_empty(), "no X12");
        for interchange in &reading.interchanges {
            assert!(interchange.faults.is_empty(), "{:?}", interchange.faults);
            for group in &interchange.groups {
                assert!(group.faults.is_empty(), "{:?}", group.faults);
                for set in &group.sets {
                    let judged = judge(interchange, group, set);
                    assert!(judged.faults.is_empty(), "{:?} in\n{bytes:?}", judged.faults);
                }
            }
        }
        let terminator = reading.interchanges[0].delimiters().segment;
        for segment in bytes.split(|&byte| byte == terminator) {
            let text = String::from_utf8_lossy(segment);
            if !text.trim().is_empty() {
                self.say(&format!("    {}", text.trim()));
            }
        }
    }

    fn say_text(&mut self, bytes: &Bytes) {
        for line in String::from_utf8_lossy(bytes).lines() {
            self.say(&format!("    {line}"));
        }
    }

    /// What changed among claims and in the queue.
    fn tell_changes(&mut self) {
        let store = self.gateway.store.clone();
        for arrival in store.arrivals(None, u32::MAX).expect("read") {
            for claim in store.claims_of_arrival(arrival.id).expect("read") {
                if self.claims.insert(claim.id, claim.state) != Some(claim.state) {
                    let number = claim.patient_control_number.expose();
                    let (id, state, charge) = (claim.id.0, claim.state.name(), claim.charge);
                    self.say(&format!("claim {id} {number} ({charge}) is {state}"));
                }
            }
        }
        for item in store.work(&WorkFilter::default()).expect("read") {
            let now = (item.state, item.note.clone());
            let before = self.work.insert(item.id, now.clone());
            let (id, state) = (item.id.0, item.state.name());
            match before {
                Some(before) if before == now => {}
                Some(_) => self.say(&format!("item {id} is {state}")),
                None => {
                    let claim = item.claim.map_or("none".to_owned(), |claim| claim.0.to_string());
                    let deadline = item.deadline.map_or("none".to_owned(), |day| day.to_string());
                    let (category, desk, amount) = (item.category.name(), &item.desk, item.amount);
                    self.say(&format!(
                        "item {id} is {state}: {category}, claim {claim}, {amount}, desk {desk}, \
                         deadline {deadline}"
                    ));
                    self.say(&format!("    what: {}", item.what));
                    self.say(&format!("    do: {}", item.action));
                    self.say(&format!("    evidence: {}", item.evidence));
                }
            }
        }
    }

    fn tell_totals(&mut self) {
        let store = self.gateway.store.clone();
        for total in store.totals().expect("read") {
            self.say(&format!("{} claims {}, {}", total.claims, total.state.name(), total.charge));
        }
        let balances = store.balances().expect("read");
        let sum: x12::value::Money = balances.iter().map(|balance| balance.amount).sum();
        assert!(sum.is_zero(), "the ledger is out of balance by {sum}");
        for balance in balances.iter().filter(|balance| !balance.amount.is_zero()) {
            self.say(&format!("account {}: {}", balance.account.name(), balance.amount));
        }
        let archive: Arc<Archive> = self.gateway.archive.clone();
        let audited = audit(store.as_ref(), (&BUILT_IN, Moment(i64::MAX)), |arrival| {
            archive.get(&arrival.content).map_err(|error| error.to_string())
        });
        let audited = audited.expect("audited");
        assert!(audited.disagreements.is_empty(), "{:?}", audited.disagreements);
        self.say(&format!(
            "audit: {} claims in, {} accounted for, {} repeated, {} in rejected sets",
            audited.claims_in,
            audited.claims_accounted(),
            audited.claims_repeated,
            audited.in_rejected_sets
        ));
        if audited.charges_unsummed > 0 {
            self.say(&format!("audit: {} charges are in no sum", audited.charges_unsummed));
        }
    }
}

fn command(line: &str) -> Command {
    let words = ["claimgate".to_owned()].into_iter().chain(words_of(line));
    Arguments::try_parse_from(words).expect("a command").command
}

/// Words with 'quotes' around those that hold blanks.
fn words_of(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in line.split('\'').enumerate() {
        match index % 2 {
            0 => words.extend(part.split_whitespace().map(str::to_owned)),
            _ => words.push(part.to_owned()),
        }
    }
    words
}
