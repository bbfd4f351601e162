//! Claims of two offices go to a simulated payer with a random script, and its answers come back over
//! five cycles, those of a cycle in any order. After each cycle the ledger holds what the remittances
//! say, claim by claim and to the cent, and nothing is unmatched but what the script made so.
//!
//! `ROUNDTRIP_CLAIMS=100000` makes it as many claims; `TEST_SEED` repeats a run.

#[path = "../chance/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod chance;
#[path = "../made/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;
mod truth;

use std::collections::BTreeMap;

use bytes::Bytes;
use claimgate::change::{DeliveryKind, DeliveryOutcome, Moment};
use claimgate::clock::{self, Timestamp, Zone};
use claimgate::denials::Category;
use claimgate::gateway::{Gateway, deliver, dispatch, receive};
use claimgate::ledger::Account;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{self, Answer, State, When};
use claimgate::store::archive::Archive;
use claimgate::store::{self, WorkFilter};
use claimgate::transport::Arrival;
use x12::value::Money;
use x12::view::claim::Kind;

use chance::{Chance, seed};
use truth::Truth;

const CYCLES: u32 = 5;

/// How the offices bill and are paid; each script has the next.
#[derive(Clone, Copy)]
struct Scene {
    /// As the simulator has it: what pays several payees.
    sharing: &'static str,
    /// Both offices bill under one NPI.
    is_one_payee: bool,
}

const SCENES: [Scene; 4] = [
    Scene { sharing: "payee", is_one_payee: true },
    Scene { sharing: "payment", is_one_payee: false },
    Scene { sharing: "file", is_one_payee: false },
    Scene { sharing: "payee", is_one_payee: false },
];

/// Claims that share a script.
const CLAIMS_PER_SCRIPT: usize = 250;

const HOUR_MICROS: i64 = 3_600_000_000;

const DAY_MICROS: i64 = 24 * HOUR_MICROS;

#[test]
fn random_scripts_come_back_to_the_cent_over_five_cycles() {
    let seed = seed();
    println!("seed {seed}; TEST_SEED={seed} repeats it");
    let claims: usize = match std::env::var("ROUNDTRIP_CLAIMS") {
        Ok(count) => count.parse().expect("a number"),
        Err(_) => 1_000,
    };
    let mut counts = Counts::default();
    // Few scripts with many claims each are as good as many with few.
    let per_script = CLAIMS_PER_SCRIPT.max(claims / 20);
    for script in 0..claims.div_ceil(per_script) {
        let mut world =
            World::new(seed.wrapping_add(script as u64), SCENES[script % SCENES.len()], per_script);
        world.live();
        counts.add(&world);
    }
    println!("{counts:?}");
    assert!(claims <= counts.claims);
}

#[derive(Debug, Default)]
struct Counts {
    claims: usize,
    remittances: usize,
    claim_payments: usize,
    not_posted: usize,
    unmatched: usize,
    office_copies: usize,
    parts: usize,
}

impl Counts {
    fn add(&mut self, world: &World) {
        let truth = &world.truth;
        self.claims += world.claims;
        self.remittances += truth.remittances;
        self.claim_payments += truth.claim_payments;
        self.not_posted += truth.not_posted;
        self.unmatched += truth.unmatched;
        self.office_copies += truth.copies;
        self.parts += truth.parts;
    }
}

struct World {
    chance: Chance,
    now: Timestamp,
    gateway: Gateway,
    script: Script,
    payer: State,
    truth: Truth,
    scene: Scene,
    claims: usize,
    arrivals: u32,
    _place: tempfile::TempDir,
}

impl World {
    fn new(seed: u64, scene: Scene, claims: usize) -> World {
        let mut chance = Chance(seed);
        let text = random_script(scene.sharing, &mut chance);
        println!("script of seed {seed}:\n{text}");
        let place = tempfile::tempdir().expect("a directory");
        let root = env!("CARGO_MANIFEST_DIR");
        let config = std::path::Path::new(root).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        World {
            chance,
            now: clock::now(),
            gateway: Gateway::new(plan, store::open("memory:").expect("a store"), archive),
            script: Script::read(&text).expect("a script"),
            payer: State::default(),
            truth: Truth::default(),
            scene,
            claims,
            arrivals: 0,
            _place: place,
        }
    }

    fn live(&mut self) {
        let half = self.claims / 2;
        for (office, count, control_number) in
            [("cedar", half, 1), ("willow", self.claims - half, 2)]
        {
            self.office_sends(office, count, control_number);
        }
        while !self.gateway.store.waiting().expect("read").is_empty() {
            self.now = Timestamp::from_micros(self.now.micros() + HOUR_MICROS);
            dispatch::turn(&self.gateway, self.now).expect("batches");
            self.deliver_all();
        }
        for cycle in 0..CYCLES {
            let when = When { today: self.now.day(&Zone::UTC), time: "0900".to_owned() };
            let mut answers = simulated_payer::remit(&self.script, &mut self.payer, &when);
            self.shuffle(&mut answers);
            for answer in answers {
                self.truth.take(&answer.bytes);
                self.arrive("acme", &answer.file_name(), answer.bytes);
            }
            self.deliver_all();
            self.check(cycle);
            self.now = Timestamp::from_micros(self.now.micros() + DAY_MICROS);
        }
        assert!(self.truth.claim_payments > self.claims / 2, "little was paid");
        self.truth.check_parts();
    }

    fn office_sends(&mut self, office: &str, count: usize, control_number: u32) {
        let mut claims = made::many(&office[..1].to_uppercase(), count);
        for claim in &mut claims {
            claim.kind = Kind::ALL[self.chance.below(2) as usize];
            self.truth.office_of.insert(claim.number.clone(), office.to_owned());
        }
        let mut text = made::interchange(&office.to_uppercase(), control_number, &claims);
        if office == "willow" && !self.scene.is_one_payee {
            let name = "NM1*85*2*WILLOW CLINIC*****XX*1999001047";
            text = text.replace("NM1*85*2*CEDAR CLINIC*****XX*1999001013", name);
            text = text.replace("REF*EI*043219876", "REF*EI*043219877");
        }
        self.arrive(office, "claims.edi", text.into());
        self.deliver_all();
    }

    fn arrive(&mut self, partner: &str, name: &str, bytes: Bytes) {
        self.arrivals += 1;
        let channel = ChannelName::new(partner).expect("a name");
        let arrival = Arrival::of_bytes(channel, name.to_owned(), bytes, self.now);
        let handled = receive::take_in(&self.gateway, &arrival, self.now).expect("taken in");
        assert_eq!(handled.meta["verdict"].as_str(), Some("taken"), "{name} of {partner}");
    }

    /// What is due leaves; the payer takes what it is sent.
    fn deliver_all(&mut self) {
        let store = self.gateway.store.clone();
        let moment = Moment(self.now.micros());
        for (channel, _) in store.waiting_channels().expect("read") {
            for delivery in store.undelivered(&channel, moment, u32::MAX).expect("read") {
                let outcome = DeliveryOutcome::Delivered;
                deliver::note(&self.gateway, &delivery, &outcome, self.now).expect("noted");
                let office = channel.split(':').next().expect("a channel");
                match delivery.kind {
                    DeliveryKind::Claims => self.payer_takes(&delivery.bytes),
                    DeliveryKind::Remittance => self.truth.take_copy(office, &delivery.bytes),
                    DeliveryKind::Ta1
                    | DeliveryKind::ImplementationAck
                    | DeliveryKind::ClaimAck
                    | DeliveryKind::Report => {}
                }
            }
        }
    }

    fn payer_takes(&mut self, batch: &Bytes) {
        let when = When { today: self.now.day(&Zone::UTC), time: "0900".to_owned() };
        let answers = simulated_payer::take(&self.script, &mut self.payer, batch, &when);
        for answer in answers {
            self.arrive("acme", &answer.file_name(), answer.bytes);
        }
    }

    fn shuffle(&mut self, answers: &mut [Answer]) {
        for index in (1..answers.len()).rev() {
            answers.swap(index, self.chance.below(index as u64 + 1) as usize);
        }
    }

    fn check(&self, cycle: u32) {
        let store = self.gateway.store.as_ref();
        let balances = store.balances().expect("read");
        let of = |account: Account| -> Money {
            balances.iter().filter(|total| total.account == account).map(|it| it.amount).sum()
        };
        let sum: Money = balances.iter().map(|balance| balance.amount).sum();
        assert!(sum.is_zero(), "cycle {cycle}: the ledger is out of balance by {sum}");
        assert_eq!(of(Account::Cash), self.truth.cash, "cycle {cycle}: cash");
        assert_eq!(-of(Account::Suspense), self.truth.suspense, "cycle {cycle}: suspense");
        let of_plb = [
            Account::Interest,
            Account::Capitation,
            Account::Forwarded,
            Account::Takeback,
            Account::ProviderAdjustment,
        ];
        let taken: Money = of_plb.into_iter().map(of).sum();
        assert_eq!(taken, self.truth.provider_adjustments, "cycle {cycle}: PLB");
        let unmatched = |category| {
            let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
            let items = store.work(&filter).expect("read");
            items.into_iter().filter(|item| item.category == category).count()
        };
        assert_eq!(
            unmatched(Category::Unmatched),
            self.truth.unmatched,
            "cycle {cycle}: unmatched"
        );
        for (number, office) in &self.truth.office_of {
            let claims = store.claims_by_control_number(number).expect("read");
            let [claim] = claims.as_slice() else {
                panic!("{number} is there {} times", claims.len())
            };
            assert_eq!(&claim.partner, office);
            let mut accounts: BTreeMap<&str, Money> = BTreeMap::new();
            for posting in store.postings(claim.id).expect("read") {
                *accounts.entry(posting.account.name()).or_default() += posting.amount;
            }
            self.truth.check_claim(number, claim.charge, &accounts, cycle);
        }
    }
}

/// A script with most of what payers do, in shares and with amounts of its own.
fn random_script(sharing: &str, chance: &mut Chance) -> String {
    let mut text = format!(
        "seed = {}\n[payer]\nid = \"ACME\"\nsharing = \"{sharing}\"\n",
        chance.below(1 << 30)
    );
    let mut outcome = |name: &str, percent: u64, rest: String| {
        text.push_str(&format!("[[outcome]]\nname = \"{name}\"\npercent = {percent}\n{rest}\n"));
    };
    let mut pay = |more: &str| {
        let (contractual, coinsurance) = (chance.below(60), chance.below(40));
        let of = format!("contractual = {contractual}, coinsurance = {coinsurance}");
        format!("{{ act = \"pay\", {of}{more} }}")
    };
    let step = |steps: &[String]| format!("step = [{}]", steps.join(", "));
    let reverse = |after: u64| format!("{{ act = \"reverse\", after = {after} }}");
    let later = "{ act = \"reverse\", after = 1, recover_after = 2 }".to_owned();
    outcome("silent", 2, "silent = true".to_owned());
    outcome("rejected", 2, "reject = { by = \"277CA\" }".to_owned());
    outcome("late", 5, step(&[pay(", after = 3")]));
    outcome("unknown", 2, step(&[pay(", claim_number = \"unknown\"")]));
    outcome("reversed", 10, step(&[pay(""), reverse(1), pay(", after = 1")]));
    outcome("at-once", 10, step(&[pay(""), reverse(2), pay("")]));
    outcome(
        "renamed",
        10,
        step(&[pay(""), reverse(1), pay(", after = 1, claim_number = \"zero\"")]),
    );
    outcome("recovered", 10, step(&[pay(""), later, pay(", after = 2")]));
    outcome("taken-for-good", 5, step(&[pay(", interest = \"1.27\""), reverse(3)]));
    outcome("interest", 5, step(&[pay(", interest = \"0.31\", overpay = \"2\"")]));
    outcome("split", 10, step(&[pay(", split_claim = 2"), reverse(2), pay(", split_lines = 3")]));
    outcome("bundled", 10, step(&[pay(", bundle = \"80053\"")]));
    outcome("recoded", 5, step(&[pay(", recode = \"99212\", line_numbers = false")]));
    outcome("whole", 5, step(&[pay(", whole = true, deductible = \"30\"")]));
    outcome("off", 3, step(&[pay(", off_by = \"5\"")]));
    outcome("claim-off", 3, step(&[pay(", claim_off_by = \"3\"")]));
    outcome("twice", 5, step(&[pay(", again = 1")]));
    outcome("same-trace", 5, step(&[pay(", after = 1, reuses_trace = true")]));
    outcome("passed-on", 5, step(&[pay(", forward_to = \"NEXT HEALTH\"")]));
    let deny = |reason: &str, after: u64| {
        format!("{{ act = \"deny\", reason = \"{reason}\", after = {after} }}")
    };
    outcome("denied", 10, step(&[deny("29", 0)]));
    outcome("denied-then-paid", 10, step(&[deny("16", 0), reverse(1), pay("")]));
    outcome(
        "one-line-denied",
        10,
        step(&["{ act = \"deny\", reason = \"50\", lines = [2] }".to_owned()]),
    );
    outcome("paid", 100, step(&[pay("")]));
    text
}
