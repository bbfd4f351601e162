//! Seeded: files, duplicates, answers and releases in any order, and a crash between any two
//! steps. However it goes, no claim is lost or doubled, the ledger adds up to nothing, and what
//! left under a name never leaves with other bytes. The payer's bank shows its transfers, some of them
//! late, never, or under another number; each that can be is paired, and the rest is told.

#[path = "../chance/mod.rs"]
mod chance;
#[allow(dead_code, reason = "each test uses its part of it")]
mod crashing;
#[path = "../made/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;
#[path = "../told/mod.rs"]
mod told;
mod transfers;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use bytes::Bytes;
use clap::Parser;

use claimgate::audit::audit;
use claimgate::bank::Form;
use claimgate::change::deposits::{Asked, PaymentId};
use claimgate::change::{DeliveryKind, DeliveryOutcome, Moment};
use claimgate::clock::{self, Timestamp, Zone};
use claimgate::commands::store::Office;
use claimgate::commands::{Arguments, Command, queue};
use claimgate::denials::Category;
use claimgate::denials::table::BUILT_IN;
use claimgate::gateway::{Error, Gateway, deliver, deposits, dispatch, receive};
use claimgate::ledger::Account;
use claimgate::lifecycle::State;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::script::deposits::{Bank, DepositRule, Shown};
use claimgate::simulated_payer::{self, Answer, When};
use claimgate::store::archive::Archive;
use claimgate::store::{self, Store, WorkFilter};
use claimgate::transport::Arrival;
use x12::value::Money;
use x12::view::claim::Kind;

use chance::{Chance, seed};
use crashing::Crashing;
use made::Made;

const STEPS: u64 = 60;
const LIVES_IN_MEMORY: u64 = 40;
const LIVES_ON_DISK: u64 = 4;

/// A crash falls within so many halves of a write after it was decided on.
const HALVES_MAX: u64 = 6;

/// Longer than any backlog of a life takes.
const ROUNDS_MAX: usize = 200;

#[test]
fn whatever_happens_and_crashes_nothing_is_lost_or_doubled() {
    let seed = seed();
    println!("seed {seed}; TEST_SEED={seed} repeats it");
    for life in 0..LIVES_IN_MEMORY + LIVES_ON_DISK {
        let place = tempfile::tempdir().expect("a directory");
        let url = match life < LIVES_IN_MEMORY {
            true => "memory:".to_owned(),
            false => format!("sqlite:{}", place.path().join("store.db").display()),
        };
        println!("life {life}");
        World::new(seed.wrapping_add(life), &url, place).live();
    }
}

/// A file that lies in a partner's inbox until it was taken in and filed away.
#[derive(Clone)]
struct File {
    partner: &'static str,
    name: String,
    bytes: Bytes,
}

struct World {
    chance: Chance,
    now: Timestamp,
    gateway: Gateway,
    crashing: Arc<Crashing>,
    inboxes: Vec<File>,
    /// Batches of the office so far, to send again.
    sent: Vec<File>,
    /// CLM01 of everything that the office sent in batches that we have to take.
    numbers: BTreeSet<String>,
    /// What left, by channel and name.
    outside: BTreeMap<(String, String), Bytes>,
    /// 837s that the payer has not answered yet.
    unanswered: Vec<Bytes>,
    control_number: u32,
    script: Script,
    /// What the payer remembers.
    payer: simulated_payer::State,
    crashes: u32,
    _place: tempfile::TempDir,
}

impl World {
    fn new(seed: u64, url: &str, place: tempfile::TempDir) -> World {
        let root = env!("CARGO_MANIFEST_DIR");
        let config = std::path::Path::new(root).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        let crashing = Arc::new(Crashing::new(store::open(url).expect("a store")));
        World {
            chance: Chance(seed),
            now: clock::now(),
            gateway: Gateway::new(plan, crashing.clone(), archive),
            crashing,
            inboxes: Vec::new(),
            sent: Vec::new(),
            numbers: BTreeSet::new(),
            outside: BTreeMap::new(),
            unanswered: Vec::new(),
            control_number: 0,
            script: script(seed),
            payer: simulated_payer::State::default(),
            crashes: 0,
            _place: place,
        }
    }

    fn live(mut self) {
        for _ in 0..STEPS {
            self.pass_time();
            if self.chance.below(3) == 0 {
                self.crashing.die_after(self.chance.below(HALVES_MAX));
            }
            let done = match self.chance.below(13) {
                0..=2 => {
                    self.office_sends();
                    Ok(())
                }
                3..=5 => self.take_in_one(),
                6 => dispatch::turn(&self.gateway, self.now).map(drop),
                7..=8 => self.deliver_some(),
                9 => {
                    self.payer_answers();
                    Ok(())
                }
                10 => self.work_on_one_item(),
                11 => deposits::turn(&self.gateway, self.now).map(drop),
                _ => Err(power_cut()),
            };
            if done.is_err() {
                self.start_again();
            }
            self.crashing.revive();
        }
        self.settle();
        self.check();
    }

    fn pass_time(&mut self) {
        let minutes = 1 + self.chance.below(5) as i64;
        self.now = Timestamp::from_micros(self.now.micros() + minutes * 60_000_000);
    }

    fn start_again(&mut self) {
        self.crashes += 1;
        self.crashing.revive();
        receive::finish_unsettled(&self.gateway, self.now).expect("finished");
    }

    /// A new batch, an old one again, or an old control number with other claims.
    fn office_sends(&mut self) {
        let again = self.chance.below(5);
        if again == 0 && !self.sent.is_empty() {
            let old = self.sent[self.chance.index(self.sent.len())].clone();
            self.inboxes.push(File { name: format!("again-{}", old.name), ..old });
            return;
        }
        // Whoever comes first under a number keeps it, so nobody else may be on the way.
        let is_alone = self.inboxes.iter().all(|file| file.partner != "cedar");
        let reuses_number = again == 1 && self.control_number > 0 && is_alone;
        if !reuses_number {
            self.control_number += 1;
        }
        let count = 1 + self.chance.below(4) as usize;
        let prefix = format!("S{}X{}", self.sent.len(), self.inboxes.len());
        let mut claims = made::many(&prefix, count);
        for claim in &mut claims {
            self.colour(claim);
        }
        let text = made::interchange("CEDAR", self.control_number, &claims);
        let name = format!("{}-{}.edi", self.control_number, self.sent.len());
        let file = File { partner: "cedar", name, bytes: text.into() };
        if !reuses_number {
            self.numbers.extend(claims.into_iter().map(|claim| claim.number));
            self.sent.push(file.clone());
        }
        self.inboxes.push(file);
    }

    /// Some claims are institutional or dental; some are denied, some rejected by the payer, some
    /// by us.
    fn colour(&mut self, claim: &mut Made) {
        claim.kind = Kind::ALL[self.chance.below(3) as usize];
        match self.chance.below(8) {
            0 => claim.procedure = "20610".to_owned(),
            1 => claim.member = format!("BAD{}", claim.number),
            2 => claim.procedure = "9921".to_owned(),
            _ => {}
        }
    }

    /// A file is gone from its inbox when it was decided on; a crash may come in between.
    fn take_in_one(&mut self) -> Result<(), Error> {
        if self.inboxes.is_empty() {
            return Ok(());
        }
        let index = self.chance.index(self.inboxes.len());
        let file = self.inboxes[index].clone();
        let channel = ChannelName::new(file.partner).expect("a name");
        let arrival = Arrival::of_bytes(channel, file.name, file.bytes, self.now);
        receive::take_in(&self.gateway, &arrival, self.now)?;
        if self.chance.below(8) == 0 {
            return Err(power_cut());
        }
        self.inboxes.remove(index);
        Ok(())
    }

    /// What is due leaves; a crash may come between the file and the note of it.
    fn deliver_some(&mut self) -> Result<(), Error> {
        for (channel, _) in self.gateway.store.waiting_channels()? {
            let moment = Moment(self.now.micros());
            for delivery in self.gateway.store.undelivered(&channel, moment, 3)? {
                let key = (channel.clone(), delivery.name.clone());
                match self.outside.insert(key, delivery.bytes.clone()) {
                    Some(old) => assert!(old == delivery.bytes, "other bytes, same name"),
                    None if delivery.kind == DeliveryKind::Claims => {
                        self.unanswered.push(delivery.bytes.clone());
                    }
                    None => {}
                }
                if self.chance.below(8) == 0 {
                    return Err(power_cut());
                }
                let outcome = match self.chance.below(6) {
                    0 => DeliveryOutcome::Failed { retry_at: moment, reason: "full".to_owned() },
                    _ => DeliveryOutcome::Delivered,
                };
                deliver::note(&self.gateway, &delivery, &outcome, self.now)?;
            }
        }
        Ok(())
    }

    /// The payer answers a batch, in any order, and some answers come twice.
    fn payer_answers(&mut self) {
        if self.unanswered.is_empty() {
            return;
        }
        let batch = self.unanswered.remove(self.chance.index(self.unanswered.len()));
        let when = self.when();
        let answers = simulated_payer::take(&self.script, &mut self.payer, &batch, &when);
        self.come_from_payer(answers);
        self.turn_cycle();
    }

    /// The remittances of a cycle, and what the bank shows of them.
    fn turn_cycle(&mut self) {
        let when = self.when();
        let answers = simulated_payer::remit(&self.script, &mut self.payer, &when);
        self.come_from_payer(answers);
        if let Some(file) = simulated_payer::statement(&self.script, &mut self.payer, &when) {
            let name = file.file_name();
            self.drop_often(File { partner: "bank", name, bytes: file.bytes.into() });
        }
    }

    fn come_from_payer(&mut self, answers: Vec<Answer>) {
        for answer in answers {
            let name = answer.file_name();
            self.drop_often(File { partner: "acme", name, bytes: answer.bytes });
        }
    }

    fn when(&self) -> When {
        When { today: self.now.day(&Zone::UTC), time: "0000".to_owned() }
    }

    /// Some files come twice.
    fn drop_often(&mut self, file: File) {
        let times = 1 + usize::from(self.chance.below(6) == 0);
        self.inboxes.extend(std::iter::repeat_n(file, times));
    }

    /// A person corrects and releases, or resolves, an open item.
    fn work_on_one_item(&mut self) -> Result<(), Error> {
        let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
        let items = self.gateway.store.work(&filter)?;
        if items.is_empty() {
            return Ok(());
        }
        let id = items[self.chance.index(items.len())].id.0.to_string();
        let by = ["--by", "ann"];
        let commands: Vec<Vec<&str>> = match self.chance.below(3) {
            0 => vec![vec!["resolve", &id, "--reason", "done"]],
            1 => vec![vec!["release", &id]],
            _ => {
                let set = ["SV101-3=RT", "SV301-3=RT"][self.chance.index(2)];
                vec![vec!["edit", &id, "--set", set], vec!["release", &id]]
            }
        };
        for words in commands {
            let words = ["claimgate", "queue"].iter().chain(&words).chain(&by);
            let arguments = Arguments::try_parse_from(words).expect("a command");
            let Command::Queue(arguments) = arguments.command else { panic!("no queue command") };
            let office = Office {
                plan: self.gateway.plan.clone(),
                store: self.gateway.store.clone(),
                archive: self.gateway.archive.clone(),
                rulebook: claimgate::scrub::Rulebook::built_in(),
                now: self.now,
            };
            // A refusal is an answer, too; a crash shows at the next step.
            queue::work_on(&arguments, &office, &mut Vec::new()).ok();
        }
        self.gateway.store.probe().map_err(Error::from)
    }

    /// Nothing crashes any more; everything that lies about is finished.
    fn settle(&mut self) {
        self.start_again();
        for _ in 0..ROUNDS_MAX {
            self.pass_time();
            // What is late comes in the end.
            self.payer_answers();
            self.turn_cycle();
            // Its own power cuts only mean that it is done again.
            self.take_in_one().ok();
            dispatch::turn(&self.gateway, self.now).expect("batches");
            self.deliver_some().ok();
            let store = &self.gateway.store;
            let is_quiet = store.waiting_channels().expect("read").is_empty()
                && store.waiting().expect("read").is_empty();
            let payer_is_done = self.unanswered.is_empty() && self.payer.till.coming.is_empty();
            if self.inboxes.is_empty() && is_quiet && payer_is_done {
                return self.wait_for_deposits();
            }
        }
        panic!("it does not come to rest");
    }

    /// Longer than anything is waited for.
    fn wait_for_deposits(&mut self) {
        self.now = Timestamp::from_micros(self.now.micros() + 30 * 24 * 3_600 * 1_000_000);
        deposits::turn(&self.gateway, self.now).expect("looked at");
        let again = deposits::turn(&self.gateway, self.now).expect("looked at");
        assert!(!again, "deposits do not come to rest");
    }

    fn check(&self) {
        let store = self.gateway.store.as_ref();
        let mut kept = BTreeSet::new();
        let in_outbox = self.times_in_outbox();
        let left = self.outside.iter();
        told::add_up(left.map(|((channel, name), bytes)| (channel.as_str(), name.as_str(), bytes)));
        for arrival in store.arrivals(None, u32::MAX).expect("read") {
            assert!(arrival.verdict.is_some(), "an arrival was never decided on");
            for answer in store.answers(arrival.id).expect("read") {
                let key = (answer.channel, answer.name);
                assert!(self.outside.contains_key(&key), "an answer never left");
            }
            for claim in store.claims_of_arrival(arrival.id).expect("read") {
                let number = claim.patient_control_number.expose();
                assert!(kept.insert(number.clone()), "{number} is in the store twice");
                let sent = store.submissions(claim.id).expect("read").len();
                let left = in_outbox.get(number).copied().unwrap_or_default();
                assert_eq!(sent, left, "{number} was sent {sent} times, and left {left} times");
                let is_waiting = matches!(claim.state, State::Ready | State::Batched);
                assert!(!is_waiting, "{number} is still {}", claim.state.name());
                if matches!(claim.state, State::Held | State::Returned | State::Denied) {
                    let open_only = true;
                    let filter =
                        WorkFilter { open_only, claim: Some(claim.id), ..WorkFilter::default() };
                    let items = store.work(&filter).expect("read");
                    assert!(!items.is_empty(), "nobody is told that {number} waits");
                }
            }
        }
        let lost: Vec<_> = self.numbers.difference(&kept).collect();
        assert!(lost.is_empty(), "lost: {lost:?}");
        let balances = store.balances().expect("read");
        let sum: Money = balances.iter().map(|balance| balance.amount).sum();
        assert!(sum.is_zero(), "the ledger is out of balance by {sum}");
        let audited = audit(store, (&BUILT_IN, Moment(i64::MAX)), |arrival| {
            self.gateway.archive.get(&arrival.content).map_err(|error| error.to_string())
        });
        let audited = audited.expect("audited");
        assert!(audited.disagreements.is_empty(), "{:?}", audited.disagreements);
        let [shown, paired] = check_deposits(store);
        println!(
            "  {} claims, {} files left, {} crashes, {paired} of {shown} deposits paired",
            kept.len(),
            self.outside.len(),
            self.crashes
        );
    }

    /// How often each CLM01 stands in what left for the payer; no control number is used twice.
    fn times_in_outbox(&self) -> HashMap<String, usize> {
        let mut times: HashMap<String, usize> = HashMap::new();
        let mut control_numbers = BTreeSet::new();
        for ((channel, _), bytes) in &self.outside {
            if channel != "acme:outbox" {
                continue;
            }
            for interchange in x12::interchange::read(bytes).interchanges {
                let number = interchange.header().text(13).to_vec();
                assert!(control_numbers.insert(number), "a control number left twice");
                for set in interchange.groups.iter().flat_map(|group| &group.sets) {
                    let clms = interchange.set_segments(set).filter(|it| it.tag_bytes() == b"CLM");
                    for clm in clms {
                        let number = String::from_utf8_lossy(clm.text(1)).into_owned();
                        *times.entry(number).or_default() += 1;
                    }
                }
            }
        }
        times
    }
}

/// Pays by ACH, and some of its money is late, missing, of another amount, or under another number.
fn script(seed: u64) -> Script {
    let mut script = Script::plain("ACME", "ACME");
    "ACH".clone_into(&mut script.payer.pays_by);
    script.seed = seed;
    let rule = |percent| DepositRule { percent, ..DepositRule::default() };
    let deposits = vec![
        DepositRule { late: 2, ..rule(20) },
        DepositRule { is_missing: true, ..rule(10) },
        DepositRule { off_by: Money::from_cents(-125), ..rule(5) },
        DepositRule { trace: Shown::Before, ..rule(10) },
        DepositRule { trace: Shown::Nothing, ..rule(5) },
        DepositRule { again: 1, ..rule(5) },
    ];
    let form = [Form::Nacha, Form::Bai2, Form::Csv][seed as usize % 3];
    script.bank = Some(Bank { form, deposits });
    script
}

/// Whatever has its number and its amount on the other side is paired; the rest of both sides has an
/// item; and the ledger says the same. Gives how many deposits there are, and how many are paired.
fn check_deposits(store: &dyn Store) -> [usize; 2] {
    let listed = store.deposits(false, u32::MAX).expect("read");
    let asked = Asked { deposit: None, payments: (1..=200).map(PaymentId).collect() };
    let payments = store.reassociation(&asked).expect("read").payments;
    let filter = WorkFilter { category: Some(Category::Deposit), ..WorkFilter::default() };
    let items = store.work(&filter).expect("read");
    let is_told = |word: &str| items.iter().any(|item| item.evidence.contains(word));
    let (mut shown, mut paired) = (Money::ZERO, Money::ZERO);
    let mut paid = BTreeSet::new();
    for (kept, pairings) in &listed {
        let deposit = &kept.deposit;
        shown += deposit.amount;
        paired += pairings.iter().map(|one| one.amount).sum();
        paid.extend(pairings.iter().map(|one| one.payment));
        let own = payments.iter().filter(|(_, payment)| {
            payment.trace == deposit.trace && payment.amount == deposit.amount
        });
        let is_first = listed.iter().filter(|(other, _)| other.deposit.trace == deposit.trace);
        if own.count() == 1 && is_first.count() == 1 {
            assert_eq!(pairings.len(), 1, "deposit {} has its remittance", kept.id.0);
        }
        let word = format!("deposit {} of", kept.id.0);
        assert!(!pairings.is_empty() || is_told(&word), "nobody is told of {word}");
    }
    let since = listed.iter().map(|(kept, _)| kept.deposit.day).min();
    for (id, payment) in &payments {
        let is_waited_for = Money::ZERO < payment.amount && since <= payment.paid_on;
        let word = format!("remittance {} of", id.0);
        let is_settled = paid.contains(id) || is_told(&word);
        assert!(since.is_none() || !is_waited_for || is_settled, "nobody is told of {word}");
    }
    let balances = store.balances().expect("read");
    let of = |account| {
        let own = balances.iter().find(|total| total.account == account);
        own.map_or(Money::ZERO, |total| total.amount)
    };
    assert_eq!((of(Account::Bank), of(Account::Unexplained)), (shown, paired - shown));
    [listed.len(), listed.iter().filter(|(_, pairings)| !pairings.is_empty()).count()]
}

fn power_cut() -> Error {
    store::Error::Failed { doing: "anything", source: "the power went".into() }.into()
}
