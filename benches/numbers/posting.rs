//! Remittances from a file to postings that are committed, with few and with very many open claims in
//! the store: SQLite on the disk, and the gateway as it runs, but for its sockets and directories.

use std::time::{Duration, Instant};

use bytes::Bytes;
use claimgate::change::{DeliveryKind, DeliveryOutcome, Moment};
use claimgate::clock::{self, Timestamp};
use claimgate::gateway::{Gateway, deliver, dispatch, receive};
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{State, When, answer};
use claimgate::store;
use claimgate::store::archive::Archive;
use claimgate::transport::Arrival;
use tempfile::TempDir;

use crate::sample::{self, Batch, CLAIMS_PER_SET};
use crate::{Row, Target, median_of, processor_seconds};

/// Claims that one file of remittances pays: all of ten files that once came in.
const REMITTED: u32 = FILES_PAID * CLAIMS_PER_SET;

const FILES_PAID: u32 = 10;

/// Files that come in before what is ready goes out.
const FILES_PER_BATCH: u32 = 10;

const RUNS: u32 = 5;

/// An hour makes every batch due.
const LATER_MICROS: i64 = 3_600_000_000;

/// A million, unless `BENCH_OPEN` says otherwise. Few and many take turns, so that what else the machine
/// does concerns both.
pub fn posting() -> Vec<Row> {
    let open = std::env::var("BENCH_OPEN").ok().and_then(|count| count.parse().ok());
    let many: u32 = open.unwrap_or(MILLION).max(RUNS * REMITTED);
    let mut large = House::with(many);
    let (mut few, mut with_many) = (Vec::new(), Vec::new());
    for run in 0..RUNS {
        few.push(House::with(REMITTED).post(0));
        with_many.push(large.post(run));
    }
    let median = |costs: &[Cost], part: fn(&Cost) -> f64| -> f64 {
        median_of(costs.iter().map(part).collect())
    };
    let seconds = [&few, &with_many].map(|costs| median(costs, |cost| cost.seconds));
    let processor = [&few, &with_many].map(|costs| median(costs, |cost| cost.processor_seconds));
    let rate = |name, seconds| Row {
        name,
        measured: f64::from(REMITTED) / seconds,
        unit: "claims/s",
        target: Target::AtLeast(5_000.0),
    };
    let each = |name, seconds: f64| Row {
        name,
        measured: seconds * 1e6 / f64::from(REMITTED),
        unit: "us",
        target: Target::Watched,
    };
    let ratio = |name, [few, many]: [f64; 2], target| Row {
        name,
        measured: many / few,
        unit: "times",
        target,
    };
    let of_many = match many {
        MILLION => "835 to postings, 1,000,000 claims open",
        _ => "835 to postings, BENCH_OPEN claims open",
    };
    vec![
        rate("835 to postings, 10,000 claims open", seconds[0]),
        rate(of_many, seconds[1]),
        ratio("the same: cost a claim, over few open", seconds, Target::AtMost(1.5)),
        each("processor time a claim, few open", processor[0]),
        each("processor time a claim, many open", processor[1]),
        ratio("the same: over few open", processor, Target::Watched),
    ]
}

const MILLION: u32 = 1_000_000;

/// What it took to post what pays `REMITTED` claims.
struct Cost {
    seconds: f64,
    /// Of all processors together.
    processor_seconds: f64,
}

struct House {
    gateway: Gateway,
    now: Timestamp,
    payer: State,
    _place: TempDir,
}

impl House {
    /// A house whose payer has so many claims and has answered none, in files of one set.
    fn with(open: u32) -> House {
        let place = tempfile::tempdir().expect("a place for the store");
        let root = place.path();
        let write = |name: &str, text: &str| {
            let path = root.join(name);
            std::fs::create_dir_all(path.parent().expect("it has a directory"))
                .and_then(|()| std::fs::write(path, text))
                .expect("room for settings");
        };
        write("config/claimgate.toml", "");
        write("config/partners/cedar.toml", "");
        let payer = "payer_ids = [\"ACME1\"]\nisa_id = \"ACME\"\n[batch]\nevery_seconds = 60\nclaims_max = 5000\n";
        write("config/payers/acme.toml", payer);
        let data = root.join("data");
        let plan = Settings::load(Some(&root.join("config/claimgate.toml")), &data);
        let store = format!("sqlite:{}", data.join("claimgate.db").display());
        let archive = Archive::open(&data.join("archive")).expect("an archive");
        let store = store::open(&store).expect("a store");
        let gateway = Gateway::new(plan.expect("settings"), store, archive);
        let mut house =
            House { gateway, now: clock::now(), payer: State::default(), _place: place };
        for number in 1..=open / CLAIMS_PER_SET {
            house.arrive("cedar", sample::file(&batch(number)));
            if number % FILES_PER_BATCH == 0 {
                house.send();
            }
        }
        house.send();
        house
    }

    /// What it costs to post what pays claims of ten files, others at each run.
    fn post(&mut self, run: u32) -> Cost {
        let first = run * FILES_PAID + 1;
        let paid: Vec<Bytes> =
            (first..first + FILES_PAID).map(|number| self.remittance(number)).collect();
        let paid = Bytes::from(paid.concat());
        let before = self.postings();
        let processor_before = processor_seconds("self");
        let took = self.arrive("acme", paid);
        let processor_seconds = processor_seconds("self") - processor_before;
        let lines = u64::from(REMITTED) * 2;
        assert!(before + lines <= self.postings(), "less was posted than was paid");
        Cost { seconds: took.as_secs_f64(), processor_seconds }
    }

    /// What the payer says of a file.
    fn remittance(&mut self, number: u32) -> Bytes {
        let claims = String::from_utf8_lossy(&sample::file(&batch(number))).into_owned();
        // As it was sent on.
        let ids = format!("*ZZ*{:<15}*ZZ*{:<15}*", "CEDAR", "CLAIMGATE");
        let ours = format!("*ZZ*{:<15}*ZZ*{:<15}*", "CLAIMGATE", "ACME");
        let claims = claims.replace(&ids, &ours).replace("*CEDAR*CLAIMGATE*", "*CLAIMGATE*ACME*");
        let script = Script::plain("ACME HEALTH", "ACME");
        let when = When { today: sample::today(), time: "0930".to_owned() };
        let answers = answer(&script, &mut self.payer, &claims.into(), &when);
        let paid = answers.into_iter().filter(|answer| answer.kind == "835");
        paid.flat_map(|answer| answer.bytes).collect()
    }

    fn postings(&self) -> u64 {
        self.gateway.store.chain().expect("the ledger is read").postings
    }

    fn arrive(&self, partner: &str, bytes: Bytes) -> Duration {
        let channel = ChannelName::new(partner).expect("a name");
        let began = Instant::now();
        let arrival = Arrival::of_bytes(channel, "file.edi".to_owned(), bytes, self.now);
        let handled = receive::take_in(&self.gateway, &arrival, self.now).expect("taken in");
        let took = began.elapsed();
        assert_eq!(handled.meta["verdict"].as_str(), Some("taken"), "{}", handled.meta);
        took
    }

    /// Everything that is ready goes to the payer.
    fn send(&mut self) {
        self.now = Timestamp::from_micros(self.now.micros() + LATER_MICROS);
        let store = self.gateway.store.clone();
        while !store.waiting().expect("read").is_empty() {
            dispatch::turn(&self.gateway, self.now).expect("batches");
        }
        let moment = Moment(self.now.micros());
        for (channel, _) in store.waiting_channels().expect("read") {
            for delivery in store.undelivered(&channel, moment, u32::MAX).expect("read") {
                if delivery.kind == DeliveryKind::Claims {
                    let outcome = DeliveryOutcome::Delivered;
                    deliver::note(&self.gateway, &delivery, &outcome, self.now).expect("noted");
                }
            }
        }
    }
}

const fn batch(number: u32) -> Batch {
    Batch { number, claims: CLAIMS_PER_SET, payers: 1, spoiled_every: 0 }
}
