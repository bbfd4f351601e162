//! A payer that pays by ACH, its bank, and the days that pass between a remittance and its deposit.

use std::path::Path;

use bytes::Bytes;

use claimgate::bank::calendar;
use claimgate::change::deposits::DepositTier;
use claimgate::change::{DeliveryKind, DeliveryOutcome, Moment, WorkState};
use claimgate::clock::{self, Timestamp, Zone};
use claimgate::denials::Category;
use claimgate::gateway::{Gateway, deliver, deposits, dispatch, receive};
use claimgate::ledger::Account;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{self, State, When};
use claimgate::store::archive::Archive;
use claimgate::store::{self, Store, Work, WorkFilter};
use claimgate::transport::Arrival;
use x12::value::Day;

use crate::made::{self, Made};

/// One claim is paid each day. The money of the second comes eight days late, that of the third never,
/// that of the fourth is 5.00 short, that of the fifth comes under the number of the fourth, and the
/// remittance of the sixth has the number of the fifth.
const SCRIPT: &str = r#"
[payer]
name = "ACME HEALTH"
id = "ACME"
pays_by = "ACH"
[[outcome]]
name = "whole"
claim = "A"
step = [{ act = "pay" }]
[[outcome]]
name = "late"
claim = "B"
step = [{ act = "pay", after = 1 }]
[[outcome]]
name = "missing"
claim = "C"
step = [{ act = "pay", after = 2 }]
[[outcome]]
name = "short"
claim = "D"
step = [{ act = "pay", after = 3 }]
[[outcome]]
name = "under another number"
claim = "E"
step = [{ act = "pay", after = 4, contractual = 30 }]
[[outcome]]
name = "number used again"
claim = "F"
step = [{ act = "pay", after = 5, contractual = 40, reuses_trace = true }]
[[deposit]]
cycle = 1
late = 8
[[deposit]]
cycle = 2
missing = true
[[deposit]]
cycle = 3
off_by = "-5"
[[deposit]]
cycle = 4
trace = "before"
"#;

const DAY_MICROS: i64 = 24 * 3_600 * 1_000_000;

struct World {
    gateway: Gateway,
    now: Timestamp,
    script: Script,
    payer: State,
    _place: tempfile::TempDir,
}

impl World {
    /// The claims lie with the payer, and nothing is paid.
    fn new(scheme: &str) -> World {
        let place = tempfile::tempdir().expect("a directory");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        let path = match scheme {
            "memory" => String::new(),
            _ => place.path().join("store").display().to_string(),
        };
        let store = store::open(&format!("{scheme}:{path}")).expect("a store");
        let mut world = World {
            gateway: Gateway::new(plan, store, archive),
            now: clock::now(),
            script: Script::read(SCRIPT).expect("a script"),
            payer: State::default(),
            _place: place,
        };
        let claims = ["A00001", "B00001", "C00001", "D00001", "E00001", "F00001"].map(Made::new);
        world.take_in("cedar", "claims", made::interchange("CEDAR", 1, &claims).into());
        // Batches are made every minute.
        world.now = Timestamp::from_micros(world.now.micros() + 60_000_000);
        dispatch::turn(&world.gateway, world.now).expect("a batch");
        for file in world.deliver() {
            let when = world.when();
            let answers = simulated_payer::take(&world.script, &mut world.payer, &file, &when);
            for answer in answers {
                world.take_in("acme", &answer.file_name(), answer.bytes);
            }
        }
        world
    }

    fn store(&self) -> &dyn Store {
        self.gateway.store.as_ref()
    }

    fn today(&self) -> Day {
        self.now.day(&Zone::UTC)
    }

    fn when(&self) -> When {
        When { today: self.today(), time: "0900".to_owned() }
    }

    fn take_in(&self, channel: &str, name: &str, bytes: Bytes) {
        let channel = ChannelName::new(channel).expect("a name");
        let arrival = Arrival::of_bytes(channel, name.to_owned(), bytes, self.now);
        receive::take_in(&self.gateway, &arrival, self.now).expect("taken in");
    }

    /// What leaves for the payer.
    fn deliver(&self) -> Vec<Bytes> {
        let mut files = Vec::new();
        for (channel, _) in self.store().waiting_channels().expect("read") {
            let moment = Moment(self.now.micros());
            for delivery in self.store().undelivered(&channel, moment, 99).expect("read") {
                if delivery.kind == DeliveryKind::Claims {
                    files.push(delivery.bytes.clone());
                }
                let outcome = DeliveryOutcome::Delivered;
                deliver::note(&self.gateway, &delivery, &outcome, self.now).expect("noted");
            }
        }
        files
    }

    /// The remittances of a day, then what the bank shows of it; deposits are looked at, and the day
    /// is over.
    fn pass_a_day(&mut self) {
        let when = self.when();
        for answer in simulated_payer::remit(&self.script, &mut self.payer, &when) {
            self.take_in("acme", &answer.file_name(), answer.bytes);
        }
        if let Some(file) = simulated_payer::statement(&self.script, &mut self.payer, &when) {
            self.take_in("bank", &file.file_name(), file.bytes.into());
        }
        deposits::turn(&self.gateway, self.now).expect("looked at");
        self.now = Timestamp::from_micros(self.now.micros() + DAY_MICROS);
    }

    /// Items about deposits whose evidence has this word.
    fn items(&self, word: &str) -> Vec<Work> {
        let category = Some(Category::Deposit);
        let filter = WorkFilter { category, ..WorkFilter::default() };
        let all = self.store().work(&filter).expect("read");
        all.into_iter().filter(|item| item.evidence.contains(word)).collect()
    }

    /// In cents.
    fn balance(&self, account: Account) -> i64 {
        let balances = self.store().balances().expect("read");
        let own = balances.iter().find(|total| total.account == account);
        own.map_or(0, |total| total.amount.cents())
    }

    /// The remittance that each deposit is the money of, by their numbers.
    fn pairs(&self) -> Vec<(i64, i64)> {
        let listed = self.store().deposits(false, 99).expect("read");
        let pairs = listed.iter().flat_map(|(_, pairings)| pairings);
        let mut pairs: Vec<(i64, i64)> = pairs
            .map(|one| {
                assert_eq!(one.tier, DepositTier::TraceAndPayer);
                (one.deposit.0, one.payment.0)
            })
            .collect();
        pairs.sort_unstable();
        pairs
    }
}

#[test]
fn a_deposit_finds_its_remittance_and_what_is_odd_has_an_item() {
    for scheme in ["memory", "sqlite"] {
        let mut world = World::new(scheme);
        let first = world.today();
        for _ in 0..6 {
            world.pass_a_day();
        }
        // The first, and the sixth by its amount and day, though its number was used before.
        assert_eq!(world.pairs(), [(1, 1), (4, 6)], "{scheme}");
        let deposits = world.store().deposits(false, 99).expect("read");
        assert_eq!(deposits.len(), 4);
        let [short] = world.items("deposit 2 of 75.00").try_into().expect("an item");
        assert!(short.what.contains("a deposit of 75.00 is 5.00 less"), "{}", short.what);
        let [other] = world.items("deposit 3 of 60.00").try_into().expect("an item");
        // It came under the number of the transfer before, and is the fifth's to the cent.
        assert!(
            other.what.contains("may be the money of remittance 5")
                && other.what.ends_with("its trace number is that of another remittance"),
            "{}",
            other.what
        );

        // The second is waited for three business days; it comes on the ninth after.
        let paid_on = first.plus_days(1);
        let told_on = calendar::after(paid_on, 3).plus_days(1);
        let mut opened_on = None;
        while world.today() <= first.plus_days(9) {
            let today = world.today();
            world.pass_a_day();
            let items = world.items("remittance 2 of 80.00");
            let is_open = items.iter().any(|item| item.state.is_open());
            if is_open && opened_on.is_none() {
                opened_on = Some(today);
            }
            let is_there = told_on <= today && today < first.plus_days(9);
            assert_eq!(is_open, is_there, "{today}");
        }
        assert_eq!(opened_on, Some(told_on.max(first.plus_days(6))));
        let [late] = world.items("remittance 2 of 80.00").try_into().expect("an item");
        assert!(late.what.contains("3 business days later no bank shows it"), "{}", late.what);
        assert_eq!(late.state, WorkState::Resolved);
        assert!(late.note.contains("closed by itself"), "{}", late.note);
        assert_eq!(world.pairs(), [(1, 1), (4, 6), (5, 2)]);

        // The third never comes; of what the fifth says the deposit's item tells.
        for _ in 0..5 {
            world.pass_a_day();
        }
        let [missing] = world.items("remittance 3 of 80.00").try_into().expect("an item");
        assert!(missing.state.is_open(), "{}", missing.what);
        assert!(world.items("remittance 5 of 60.00").iter().all(|item| item.what == other.what));
        // 80, 80, 50 and 75, 60 came; 80 of the third, the fourth, and 60 of the fifth are on their way.
        assert_eq!(world.balance(Account::Bank), 34_500);
        assert_eq!(world.balance(Account::Unexplained), -13_500);
        assert_eq!(world.balance(Account::Cash), 22_000);
    }
}
