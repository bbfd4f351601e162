//! Claims of two offices go to a simulated payer with a random script, and on to a second one; replacements
//! and voids follow some of them, and the answers come back over five cycles. Two houses get those of a
//! cycle each in an order of its own, and a third one, where nothing depends on what came before, gets
//! the remittances of all cycles at the end. After each file the ten things hold of the ledger of each
//! house; after each cycle it holds what the remittances say, claim by claim and to the cent, nothing is
//! unmatched but what the script made so, and at the end all houses are alike.
//!
//! `ROUNDTRIP_CLAIMS=100000` makes it as many claims; `TEST_SEED` makes it another run.

#[path = "../aged/mod.rs"]
mod aged;
#[path = "../chance/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod chance;
mod house;
#[path = "../made/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;
mod scripts;
mod truth;

use std::collections::BTreeMap;
use std::time::Instant;

use bytes::Bytes;
use claimgate::audit::{Question, Unexplained};
use claimgate::change::{DeliveryKind, Word};
use claimgate::clock::{self, Timestamp, Zone};
use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::lifecycle;
use claimgate::simulated_payer::script::Script;
use claimgate::simulated_payer::{self, Answer, State, When};
use claimgate::store::{SaidOfClaim, Store, WorkFilter};
use x12::value::{Day, Money};
use x12::view::claim::Kind;

use aged::aging;
use chance::{Chance, seed};
use house::{House, Sent};
use made::Made;
use truth::Truth;

const CYCLES: u32 = 5;

/// How the offices bill and are paid; each script has the next.
#[derive(Clone, Copy)]
struct Scene {
    /// As the simulator has it: what pays several payees.
    sharing: &'static str,
    /// Both offices bill under one NPI.
    is_one_payee: bool,
    /// One claim in so many names a second payer; none when it is 0.
    next_payer_every: usize,
    /// One claim in so many is replaced or voided after a cycle; none when it is 0.
    anew_every: u64,
    /// Payers decide whatever they like, anew and without taking back what they said, and persons work on
    /// denials: nobody knows what is right then, but the books have to explain themselves.
    is_wild: bool,
}

impl Scene {
    const fn new(sharing: &'static str, is_one_payee: bool) -> Scene {
        Scene { sharing, is_one_payee, next_payer_every: 0, anew_every: 0, is_wild: false }
    }

    /// Whether what payers say depends on nothing that they said before.
    const fn is_independent(self) -> bool {
        self.next_payer_every == 0 && self.anew_every == 0 && !self.is_wild
    }
}

const SCENES: [Scene; 5] = [
    Scene::new("payee", true),
    Scene { next_payer_every: 3, ..Scene::new("payment", false) },
    Scene { anew_every: 8, ..Scene::new("file", false) },
    Scene { next_payer_every: 2, anew_every: 10, ..Scene::new("payee", false) },
    Scene::new("payment", false),
];

const WILD: [Scene; 2] = [
    Scene { next_payer_every: 1, is_wild: true, ..Scene::new("payee", true) },
    Scene { next_payer_every: 2, anew_every: 10, is_wild: true, ..Scene::new("file", true) },
];

/// Claims that share a script.
const CLAIMS_PER_SCRIPT: usize = 200;

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
    let began = Instant::now();
    let mut counts = Counts::default();
    // The store in memory looks through all its claims for each number.
    let per_script = CLAIMS_PER_SCRIPT.max(claims / 200);
    for script in 0..claims.div_ceil(per_script) {
        let mut world =
            World::new(seed.wrapping_add(script as u64), SCENES[script % SCENES.len()], per_script);
        world.live();
        counts.add(&world);
    }
    println!("{counts:?} in {} s", began.elapsed().as_secs());
    assert!(claims <= counts.claims);
}

#[test]
fn books_explain_themselves_whatever_payers_decide() {
    let seed = seed();
    println!("seed {seed}; TEST_SEED={seed} repeats it");
    let claims = match std::env::var("WILD_CLAIMS") {
        Ok(count) => count.parse().expect("a number"),
        Err(_) => 200,
    };
    const PER_SCRIPT: usize = 50;
    for script in 0..usize::div_ceil(claims, PER_SCRIPT) {
        let scene = WILD[script % WILD.len()];
        World::new(seed.wrapping_add(script as u64), scene, PER_SCRIPT).live();
    }
}

#[derive(Debug, Default)]
struct Counts {
    claims: usize,
    replaced: usize,
    voided: usize,
    billed_to_the_next_payer: usize,
    remittances: usize,
    claim_payments: usize,
    not_posted: usize,
    unmatched: usize,
    office_copies: usize,
    parts: usize,
    houses: usize,
    times_ten_things_held: u64,
}

impl Counts {
    fn add(&mut self, world: &World) {
        let truth = &world.truth;
        self.claims += world.claims;
        self.replaced += world.replaced;
        self.voided += truth.voided.len();
        self.billed_to_the_next_payer += world.next_payer.state.claims.len();
        self.remittances += truth.remittances;
        self.claim_payments += truth.claim_payments;
        self.not_posted += truth.not_posted;
        self.unmatched += truth.unmatched;
        self.office_copies += truth.copies;
        self.parts += truth.parts;
        self.houses += world.houses.len() + usize::from(world.late.is_some());
        let houses = world.houses.iter().chain(&world.late);
        self.times_ten_things_held += houses.map(|house| house.steps).sum::<u64>();
    }
}

/// A simulated payer, and the channel on which it speaks.
struct Payer {
    name: &'static str,
    script: Script,
    state: State,
}

impl Payer {
    fn new(name: &'static str, text: &str) -> Payer {
        println!("script of {name}:\n{text}");
        Payer { name, script: Script::read(text).expect("a script"), state: State::default() }
    }
}

struct World {
    chance: Chance,
    now: Timestamp,
    /// Each takes what comes in an order of its own; the first one's claims are those that payers get.
    houses: Vec<House>,
    /// Takes all remittances at the end.
    late: Option<House>,
    to_come: Vec<(&'static str, String, Bytes)>,
    first_payer: Payer,
    next_payer: Payer,
    truth: Truth,
    scene: Scene,
    claims: usize,
    replaced: usize,
    sent: BTreeMap<String, Made>,
}

impl World {
    fn new(seed: u64, scene: Scene, claims: usize) -> World {
        let mut chance = Chance(seed);
        println!("seed {seed}");
        let is_independent = scene.is_independent();
        let (first, next) = match scene.is_wild {
            true => scripts::wild(scene.sharing, &mut chance),
            false => (
                scripts::first_payer(scene.sharing, is_independent, &mut chance),
                scripts::next_payer(&mut chance),
            ),
        };
        let first_payer = Payer::new("acme", &first);
        let next_payer = Payer::new("beacon", &next);
        let houses = if scene.is_wild { 1 } else { 2 };
        World {
            chance,
            now: clock::now(),
            houses: (0..houses).map(|_| House::new()).collect(),
            late: is_independent.then(House::new),
            to_come: Vec::new(),
            first_payer,
            next_payer,
            truth: Truth::default(),
            scene,
            claims,
            replaced: 0,
            sent: BTreeMap::new(),
        }
    }

    fn live(&mut self) {
        let half = self.claims / 2;
        for (office, count, control_number) in
            [("cedar", half, 1), ("willow", self.claims - half, 2)]
        {
            let claims = self.first_claims(office, count);
            self.office_sends(office, &claims, control_number);
        }
        self.settle();
        for cycle in 0..CYCLES {
            let when = self.when();
            for payer in [Who::First, Who::Next] {
                let Payer { name, script, state } = self.payer(payer);
                let name = *name;
                let answers = simulated_payer::remit(script, state, &when);
                for answer in answers.iter().filter(|_| !self.scene.is_wild) {
                    self.truth.take(&answer.bytes);
                }
                self.come(name, answers);
            }
            self.settle();
            self.check(cycle);
            if self.scene.anew_every > 0 && (1..3).contains(&cycle) {
                self.send_anew(cycle);
            }
            self.now = Timestamp::from_micros(self.now.micros() + DAY_MICROS);
        }
        if !self.scene.is_wild {
            assert!(self.truth.claim_payments > self.claims / 2, "little was paid");
            self.truth.check_parts();
            self.end();
        }
    }

    fn when(&self) -> When {
        When { today: self.now.day(&Zone::UTC), time: "0900".to_owned() }
    }

    fn payer(&mut self, who: Who) -> &mut Payer {
        match who {
            Who::First => &mut self.first_payer,
            Who::Next => &mut self.next_payer,
        }
    }

    /// Every house hears what a payer says, in an order of its own.
    fn come(&mut self, payer: &'static str, mut answers: Vec<Answer>) {
        for house in &mut self.houses {
            shuffle(&mut answers, &mut self.chance);
            for answer in &answers {
                house.take_in(payer, &answer.file_name(), &answer.bytes, self.now);
            }
        }
        for answer in answers {
            match &mut self.late {
                Some(_) if answer.kind == "835" => {
                    self.to_come.push((payer, answer.file_name(), answer.bytes));
                }
                Some(late) => late.take_in(payer, &answer.file_name(), &answer.bytes, self.now),
                None => {}
            }
        }
    }

    /// Works on until nothing is ready and nothing is due.
    fn settle(&mut self) {
        loop {
            let mut is_quiet = true;
            self.now = Timestamp::from_micros(self.now.micros() + HOUR_MICROS);
            let mut batches: Option<Vec<Bytes>> = None;
            let mut leads: Vec<Sent> = Vec::new();
            for house in self.houses.iter_mut().chain(&mut self.late) {
                house.work(self.now);
                let sent = house.send(self.now);
                is_quiet &= sent.is_empty() && house.store().waiting().expect("read").is_empty();
                let claims = sent.iter().filter(|one| one.kind == DeliveryKind::Claims);
                let claims: Vec<Bytes> = claims.map(|one| one.bytes.clone()).collect();
                match &batches {
                    None => (batches, leads) = (Some(claims), sent),
                    Some(batches) => assert!(*batches == claims, "the houses send other claims"),
                }
            }
            for sent in leads {
                self.deliver(sent);
            }
            if is_quiet {
                return;
            }
        }
    }

    fn deliver(&mut self, sent: Sent) {
        let whom = sent.channel.split(':').next().expect("a channel");
        match sent.kind {
            DeliveryKind::Claims => {
                let who = if whom == "acme" { Who::First } else { Who::Next };
                let when = self.when();
                let Payer { name, script, state } = self.payer(who);
                let name = *name;
                let answers = simulated_payer::take(script, state, &sent.bytes, &when);
                self.come(name, answers);
            }
            DeliveryKind::Remittance if self.scene.is_wild => {}
            DeliveryKind::Remittance => self.truth.take_copy(whom, &sent.bytes),
            DeliveryKind::Ta1
            | DeliveryKind::ImplementationAck
            | DeliveryKind::ClaimAck
            | DeliveryKind::Report => {}
        }
    }

    fn first_claims(&mut self, office: &str, count: usize) -> Vec<Made> {
        let mut claims = made::many(&office[..1].to_uppercase(), count);
        for (at, claim) in claims.iter_mut().enumerate() {
            // Two lines, or one.
            let is_of_two_lines = self.scene.is_wild || self.chance.below(2) == 1;
            claim.kind = Kind::ALL[usize::from(is_of_two_lines)];
            let every = self.scene.next_payer_every;
            claim.has_next_payer = every > 0 && at.is_multiple_of(every);
            self.truth.office_of.insert(claim.number.clone(), office.to_owned());
        }
        claims
    }

    fn office_sends(&mut self, office: &str, claims: &[Made], control_number: u32) {
        let mut text = made::interchange(&office.to_uppercase(), control_number, claims);
        if office == "willow" && !self.scene.is_one_payee {
            let name = "NM1*85*2*WILLOW CLINIC*****XX*1999001047";
            text = text.replace("NM1*85*2*CEDAR CLINIC*****XX*1999001013", name);
            text = text.replace("REF*EI*043219876", "REF*EI*043219877");
        }
        self.sent.extend(claims.iter().map(|claim| (claim.number.clone(), claim.clone())));
        let bytes = Bytes::from(text);
        for house in self.houses.iter_mut().chain(&mut self.late) {
            house.take_in(office, "claims.edi", &bytes, self.now);
        }
    }

    /// Offices replace and void some of what the payer has.
    fn send_anew(&mut self, cycle: u32) {
        let mut anew: BTreeMap<String, Vec<Made>> = BTreeMap::new();
        let held = self.first_payer.state.claims.iter();
        let held = held.filter(|held| !scripts::LEFT_ALONE.contains(&held.outcome.as_str()));
        for held in held {
            let number = &held.claim.number;
            let known = self.sent.get(number).expect("it was sent");
            let is_asked = self.chance.below(self.scene.anew_every) == 0;
            if known.frequency != "1" || known.has_next_payer || !is_asked {
                continue;
            }
            let is_void = self.chance.below(3) == 0;
            let frequency = if is_void { "8" } else { "7" };
            let original = held.claim.payer_number();
            let claim = Made { frequency, original, ..known.clone() };
            anew.entry(self.truth.office_of[number].clone()).or_default().push(claim);
        }
        for (office, claims) in anew {
            self.office_sends(&office, &claims, 10 + cycle);
        }
        self.settle();
        // What is held here, as under a number that the payer gave to a part, is not known there.
        let taken = || self.first_payer.state.claims.iter().map(|held| &held.claim);
        self.replaced = taken().filter(|claim| claim.frequency == "7").count();
        let voids = taken().filter(|claim| claim.is_void());
        self.truth.voids.extend(voids.map(|claim| claim.number.clone()));
    }

    fn check(&mut self, cycle: u32) {
        for house in &self.houses {
            let mut unexplained = house.replay();
            unexplained.retain(|one| !self.scene.is_wild || !is_of_next(house.store(), one));
            let questions = aged::questions(house.store(), &unexplained);
            assert!(unexplained.is_empty(), "cycle {cycle}: {questions}");
            if !self.scene.is_wild {
                self.check_house(house, cycle);
            }
        }
        if self.scene.is_wild {
            for house in &mut self.houses {
                house.work_on_denials(&mut self.chance, self.now);
            }
            self.settle();
        }
    }

    /// Whether a house holds what the truth says, claim by claim and to the cent.
    fn check_house(&self, house: &House, cycle: u32) {
        let store = house.store();
        aging(store, self.today());
        let balances = store.balances().expect("read");
        let of = |account: Account| -> Money {
            balances.iter().filter(|total| total.account == account).map(|it| it.amount).sum()
        };
        assert_eq!(of(Account::Cash), self.truth.cash, "cycle {cycle}: cash");
        let of_plb = [
            Account::Interest,
            Account::Capitation,
            Account::Forwarded,
            Account::Takeback,
            Account::ProviderAdjustment,
        ];
        let taken: Money = of_plb.into_iter().map(of).sum();
        assert_eq!(taken, self.truth.provider_adjustments, "cycle {cycle}: PLB");
        for number in self.truth.office_of.keys() {
            let claims = house.claims(number);
            let charge = claims.first().map(|claim| claim.charge).expect("the claim is there");
            let mut accounts: BTreeMap<&str, Money> = BTreeMap::new();
            for posting in claims.iter().flat_map(|it| store.postings(it.id).expect("read")) {
                *accounts.entry(posting.account.name()).or_default() += posting.amount;
            }
            self.truth.check_claim(number, charge, &accounts, cycle);
            // Each payer's decision is that of the claim which went to it.
            let is_decided = |name: &str| {
                let mut of_payer = claims.iter().filter(|it| it.payer.as_deref() == Some(name));
                of_payer
                    .any(|it| matches!(it.state, lifecycle::State::Paid | lifecycle::State::Denied))
            };
            let found = ["acme", "beacon"].map(is_decided);
            let told = self.truth.decided(number);
            assert_eq!(found, told, "cycle {cycle}: who decided on {number}: {claims:?}");
        }
        assert_eq!(-of(Account::Suspense), self.truth.suspense, "cycle {cycle}: suspense");
        let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
        let items = store.work(&filter).expect("read");
        let unmatched = items.iter().filter(|item| item.category == Category::Unmatched);
        assert_eq!(unmatched.count(), self.truth.unmatched, "cycle {cycle}: unmatched");
    }

    fn today(&self) -> Day {
        self.now.day(&Zone::UTC)
    }

    /// What came late, and in any order, leaves what came in time.
    fn end(&mut self) {
        shuffle(&mut self.to_come, &mut self.chance);
        if let Some(mut late) = self.late.take() {
            for (payer, name, bytes) in std::mem::take(&mut self.to_come) {
                late.take_in(payer, &name, &bytes, self.now);
            }
            self.check_house(&late, CYCLES);
            let unexplained = late.replay();
            assert!(unexplained.is_empty(), "{}", aged::questions(late.store(), &unexplained));
            self.late = Some(late);
        }
        let (first, others) = self.houses.split_first().expect("a house");
        let end = first.end(self.today());
        for other in others.iter().chain(&self.late) {
            assert!(end == other.end(self.today()), "another order leaves something else");
        }
    }
}

#[derive(Clone, Copy)]
enum Who {
    First,
    Next,
}

/// What the audit asks rightly and the gateway does not tell yet (SHORTCOMINGS.md): the first payer says that
/// something is the next one's to pay (OA-209), and that one said before that all was settled (OA-23).
fn is_of_next(store: &dyn Store, one: &Unexplained) -> bool {
    let said: Vec<SaidOfClaim> =
        one.claims.iter().flat_map(|&claim| store.said(claim).expect("read")).collect();
    let says = |code: &str| said.iter().any(|one| one.adjustments.contains(code));
    let is_settled = |one: &SaidOfClaim| {
        one.word == Word::Paid && one.paid.is_zero() && one.adjustments.contains("OA-23 ")
    };
    says("OA-209")
        && match one.question {
            Question::NothingPaid => said.iter().any(is_settled),
            Question::GaveWay
            | Question::PayerInCredit
            | Question::PatientInCredit
            | Question::PaidBack
            | Question::OwedTwice
            | Question::LeftOpen => false,
        }
}

fn shuffle<T>(list: &mut [T], chance: &mut Chance) {
    for index in (1..list.len()).rev() {
        list.swap(index, chance.below(index as u64 + 1) as usize);
    }
}
