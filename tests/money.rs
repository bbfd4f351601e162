//! What an auditor signs: whatever payers send, in whatever order, twice, half twice and with a
//! crash in between, ten things hold of the ledger after every step, and independent files leave
//! the same balances in any order.

#[path = "simulate/crashing.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod crashing;
#[path = "made/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use clap::Parser;
use proptest::prelude::*;

use claimgate::audit::audit;
use claimgate::change::{ArrivalId, ClaimId, DeliveryOutcome, Moment};
use claimgate::clock::{self, Timestamp};
use claimgate::commands::store::Office;
use claimgate::commands::{Arguments, Command, Failure, Outcome, queue};
use claimgate::gateway::{Gateway, deliver, deposits, dispatch, receive};
use claimgate::ledger::Account;
use claimgate::lifecycle::State;
use claimgate::scrub::Rulebook;
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::store::archive::Archive;
use claimgate::store::{self, KeptPosting, Store, WorkFilter};
use claimgate::transport::Arrival;
use x12::value::Money;

use crashing::Crashing;

const CLAIMS: usize = 4;
const CHARGE: i64 = 10_000;

/// What a payer does with a claim over its files.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Paid {
        paid: i64,
        share: i64,
    },
    Denied,
    /// Paid, and taken back in a later file.
    TakenBack {
        paid: i64,
    },
    /// Paid, taken back in one file and decided anew in another.
    Corrected {
        first: i64,
        then: i64,
    },
    /// Paid under a number that nobody knows.
    Unknown {
        paid: i64,
    },
    /// Paid, and its amounts do not add up.
    Unequal {
        paid: i64,
    },
}

fn fate() -> impl Strategy<Value = Fate> {
    let cents = || 0..CHARGE;
    prop_oneof![
        (cents(), 0_i64..100)
            .prop_map(|(paid, part)| { Fate::Paid { paid, share: (CHARGE - paid) * part / 100 } }),
        Just(Fate::Denied),
        (1..CHARGE).prop_map(|paid| Fate::TakenBack { paid }),
        (cents(), cents()).prop_map(|(first, then)| Fate::Corrected { first, then }),
        (1..CHARGE).prop_map(|paid| Fate::Unknown { paid }),
        (1..CHARGE - 1).prop_map(|paid| Fate::Unequal { paid }),
    ]
}

/// One remittance of a file of its own.
#[derive(Clone, Debug, Default)]
struct Remitted {
    claims: String,
    paid: i64,
    /// Entries of a PLB, with what they come to.
    entries: Vec<(String, i64)>,
}

impl Remitted {
    fn add(&mut self, number: &str, status: &str, paid: i64, adjustments: &[(&str, i64)]) {
        let sign = if status == "22" { -1 } else { 1 };
        let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
        let charge = wire(CHARGE);
        let (day, paid_wire) = (made::days_ago(20).to_wire(), wire(paid));
        self.claims.push_str(&format!(
            "CLP*{number}*{status}*{charge}*{paid_wire}**12*P{number}~\
             NM1*QC*1*ROE*JANE****MI*W{number}~SVC*HC:99213*{charge}*{paid_wire}**1~\
             DTM*472*{day}~"
        ));
        for (code, cents) in adjustments.iter().filter(|(_, cents)| *cents != 0) {
            self.claims.push_str(&format!("CAS*{code}*{}~", wire(*cents)));
        }
        self.claims.push_str(&format!("REF*6R*{number}L1~"));
        self.paid += sign * paid;
    }

    /// What would make the payment negative is carried forward.
    fn finish(&mut self, cycle: usize) {
        let taken: i64 = self.entries.iter().map(|(_, cents)| cents).sum();
        if self.paid - taken < 0 {
            self.entries.push((format!("FB:F{cycle}"), self.paid - taken));
        }
    }

    fn amount(&self) -> i64 {
        self.paid - self.entries.iter().map(|(_, cents)| cents).sum::<i64>()
    }

    /// The file; `variant` changes bytes that do not make it another payment.
    fn text(&self, cycle: usize, control_number: usize, variant: &str) -> String {
        let amount = self.amount();
        let wire = |cents: i64| Money::from_cents(cents).to_wire();
        let handling = if amount == 0 { "H*0*C*NON" } else { "I" };
        let payment = match amount {
            0 => handling.to_owned(),
            amount => format!("I*{}*C*CHK", wire(amount)),
        };
        let day = made::days_ago(10 - cycle as i64).to_wire();
        let today = made::days_ago(0).to_wire();
        let plb: String = self
            .entries
            .iter()
            .map(|(code, cents)| format!("PLB*1999001013*20261231*{code}*{}~", wire(*cents)))
            .collect();
        let body = format!(
            "BPR*{payment}************{day}~TRN*1*T{cycle}*1512345678~DTM*405*{day}~\
             N1*PR*ACME HEALTH{variant}~N3*1 PAYER WAY~N4*BOSTON*MA*02110~\
             PER*BL*ACME CLAIMS*TE*6175550199~N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~{}{plb}",
            self.claims
        );
        let segments = body.matches('~').count() + 2;
        format!(
            "ISA*00*          *00*          *ZZ*ACME           *ZZ*CLAIMGATE      *{}*0000*^*00501*\
             {control_number:09}*0*T*:~GS*HP*ACME*CLAIMGATE*{today}*0000*{control_number}*X*\
             005010X221A1~ST*835*0001~{body}SE*{segments}*0001~GE*1*{control_number}~\
             IEA*1*{control_number:09}~",
            &today[2..]
        )
    }
}

impl Remitted {
    /// What the bank shows of it, if it pays anything: a table of one line.
    fn deposit(&self, cycle: usize) -> Option<String> {
        let amount = Money::from_cents(self.amount());
        let day = made::days_ago(9 - cycle as i64);
        let table = format!("date,amount,check number\n{day},{amount},T{cycle}\n");
        (!self.claims.is_empty() && !amount.is_zero()).then_some(table)
    }
}

/// The files of three cycles: payments, takebacks, corrections.
fn files(fates: &[Fate], interest: i64) -> Vec<Remitted> {
    let mut cycles = vec![Remitted::default(); 3];
    for (index, fate) in fates.iter().enumerate() {
        let number = format!("M{:05}", index + 1);
        let pay = |cycle: &mut Remitted, number: &str, paid: i64, share: i64| {
            cycle.add(number, "1", paid, &[("CO*45", CHARGE - paid - share), ("PR*1", share)]);
        };
        match *fate {
            Fate::Paid { paid, share } => pay(&mut cycles[0], &number, paid, share),
            Fate::Denied => cycles[0].add(&number, "1", 0, &[("CO*50", CHARGE)]),
            Fate::TakenBack { paid } => {
                pay(&mut cycles[0], &number, paid, 0);
                cycles[1].add(&number, "22", paid, &[("CO*45", CHARGE - paid)]);
            }
            Fate::Corrected { first, then } => {
                pay(&mut cycles[0], &number, first, 0);
                cycles[1].add(&number, "22", first, &[("CO*45", CHARGE - first)]);
                // The payer waits with the money, and takes it with the correction.
                if first > 0 {
                    cycles[1].entries.push((format!("WO:P{number}"), -first));
                    cycles[2].entries.push((format!("WO:P{number}"), first));
                }
                pay(&mut cycles[2], &number, then, 0);
            }
            Fate::Unknown { paid } => pay(&mut cycles[0], "NOBODY", paid, 0),
            Fate::Unequal { paid } => {
                cycles[0].add(&number, "1", paid, &[("CO*45", CHARGE - paid - 1)]);
            }
        }
    }
    if interest > 0 {
        cycles[0].entries.push(("L6:I1".to_owned(), -interest));
    }
    for (index, cycle) in cycles.iter_mut().enumerate() {
        cycle.finish(index + 1);
    }
    cycles
}

/// What is left on an account, of a claim or of none, in cents.
type Balances = BTreeMap<(Account, Option<i64>), i64>;

struct World {
    gateway: Gateway,
    crashing: Arc<Crashing>,
    now: Timestamp,
    /// BPR02 of what may be posted, by the number of its file.
    amounts: BTreeMap<ArrivalId, i64>,
    /// What the bank showed, by the number of its file.
    deposits: BTreeMap<ArrivalId, i64>,
    _place: tempfile::TempDir,
}

impl World {
    fn new() -> World {
        let place = tempfile::tempdir().expect("a directory");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        let crashing = Arc::new(Crashing::new(store::open("memory:").expect("a store")));
        let gateway = Gateway::new(plan, crashing.clone(), archive);
        let (now, amounts, deposits) = (clock::now(), BTreeMap::new(), BTreeMap::new());
        let mut world = World { gateway, crashing, now, amounts, deposits, _place: place };
        let claims = made::many("M", CLAIMS);
        world.take_in("cedar", "claims", &made::interchange("CEDAR", 1, &claims));
        world.now = Timestamp::from_micros(world.now.micros() + 120_000_000);
        let made = dispatch::turn(&world.gateway, world.now).expect("batches");
        assert_eq!(made, 1);
        world
    }

    fn store(&self) -> &dyn Store {
        self.gateway.store.as_ref()
    }

    fn take_in(&mut self, channel: &str, name: &str, text: &str) -> ArrivalId {
        let channel = ChannelName::new(channel).expect("a name");
        let bytes = Bytes::copy_from_slice(text.as_bytes());
        let arrival = Arrival::of_bytes(channel, name.to_owned(), bytes, self.now);
        if let Ok(handled) = receive::take_in(&self.gateway, &arrival, self.now) {
            // It may have gone right after the last write.
            if self.store().probe().is_err() {
                self.crashing.revive();
            }
            return handled.arrival;
        }
        // The power went; after it is back, the file still lies there.
        self.crashing.revive();
        receive::finish_unsettled(&self.gateway, self.now).expect("finished");
        receive::take_in(&self.gateway, &arrival, self.now).expect("taken in").arrival
    }

    /// Deposits and remittances, with the power going in between.
    fn bring_together(&mut self) {
        if deposits::turn(&self.gateway, self.now).is_err() {
            self.crashing.revive();
            deposits::turn(&self.gateway, self.now).expect("brought together");
        }
        if self.store().probe().is_err() {
            self.crashing.revive();
        }
    }

    fn journal(&self) -> Vec<KeptPosting> {
        self.store().journal(0, u32::MAX).expect("read")
    }

    /// The ten things.
    fn check(&self) {
        let journal = self.journal();
        let mut accounts: BTreeMap<Account, i64> = BTreeMap::new();
        let mut cash: BTreeMap<ArrivalId, i64> = BTreeMap::new();
        for KeptPosting { arrival, posting, .. } in &journal {
            *accounts.entry(posting.account).or_insert(0) += posting.amount.cents();
            if let (Account::Cash, Some(arrival)) = (posting.account, arrival) {
                *cash.entry(*arrival).or_insert(0) += posting.amount.cents();
            }
            // 7: the patient owes by PR alone.
            let is_share = posting.reason.starts_with("PR-");
            assert!(posting.account != Account::Patient || is_share, "{}", posting.reason);
            self.check_source(*arrival, posting.claim, posting.source.offset);
        }
        // 1: debits are credits.
        assert_eq!(accounts.values().sum::<i64>(), 0, "{accounts:?}");
        // 2 and 6: each payment posts its BPR02, once.
        let of_remittances =
            cash.iter().filter(|(arrival, _)| !self.deposits.contains_key(arrival));
        for (arrival, cents) in of_remittances {
            assert_eq!(self.amounts.get(arrival), Some(cents), "{arrival:?}");
        }
        let of = |account| accounts.get(&account).copied().unwrap_or_default();
        // What the bank shows is on its account, and is either that of a remittance or unexplained.
        assert_eq!(of(Account::Bank), self.deposits.values().sum::<i64>());
        let deposited: i64 = self.deposits.keys().filter_map(|arrival| cash.get(arrival)).sum();
        assert_eq!(of(Account::Unexplained), -of(Account::Bank) - deposited);
        // 8: what waits is on the account of suspense, and is listed.
        let waits: Money =
            self.store().suspended().expect("read").iter().map(|one| one.amount).sum();
        assert_eq!(of(Account::Suspense), -waits.cents());
        // 9: what is carried is what its entries add up to.
        let carried = self.store().all_carried().expect("read");
        for (account, reasons) in [(Account::Forwarded, &["FB"][..]), (Account::Takeback, &["WO"])]
        {
            let entries = carried.iter().filter(|one| reasons.contains(&one.reason.as_str()));
            let sum: Money = entries.map(|one| one.amount).sum();
            assert_eq!(of(account), sum.cents(), "{account:?}");
        }
        self.check_claims();
        // 5 and 10: the journal read from its start comes to the digest that was kept.
        let audited = audit(self.store(), |arrival| {
            self.gateway.archive.get(&arrival.content).map_err(|error| error.to_string())
        });
        let audited = audited.expect("audited");
        assert!(audited.disagreements.is_empty(), "{:?}", audited.disagreements);
    }

    /// 5: every posting points at the segment that it comes from.
    fn check_source(&self, arrival: Option<ArrivalId>, claim: Option<ClaimId>, offset: usize) {
        let arrival = arrival.unwrap_or_else(|| {
            let claim = claim.expect("a charge has its claim");
            self.store().claim(claim).expect("read").expect("a claim").arrival
        });
        let kept = self.store().arrival(arrival).expect("read").expect("an arrival");
        let bytes = self.gateway.archive.get(&kept.content).expect("the bytes of it");
        if self.deposits.contains_key(&arrival) {
            assert_eq!(bytes[..offset].iter().filter(|byte| **byte == b'\n').count(), 1);
            return;
        }
        let before = &bytes[..offset];
        let start = before.iter().rposition(|byte| *byte == b'~').map_or(0, |at| at + 1);
        let segment = String::from_utf8_lossy(&bytes[start..]).trim_start().to_owned();
        let tag = segment.split('*').next().unwrap_or_default();
        assert!(["CLM", "CLP", "SVC", "CAS", "PLB"].contains(&tag), "{tag}");
    }

    /// 3: the charge of a claim is what was paid, adjusted, left to the patient, and is open.
    fn check_claims(&self) {
        for id in 1..=CLAIMS as i64 {
            let mut settled = 0;
            for posting in self.store().postings(ClaimId(id)).expect("read") {
                let is_charge = posting.account == Account::Charges;
                settled += if is_charge { 0 } else { posting.amount.cents() };
            }
            assert_eq!(settled, CHARGE, "claim {id}");
        }
    }

    /// The bank shows what a remittance paid, once or twice in the same file.
    fn show_deposit(&mut self, file: &Remitted, cycle: usize, is_again: bool) {
        let Some(table) = file.deposit(cycle) else { return };
        let arrival = self.take_in("bank", &format!("{cycle}.csv"), &table);
        self.deposits.insert(arrival, file.amount());
        self.check();
        self.bring_together();
        self.check();
        if is_again {
            self.take_in("bank", &format!("again-{cycle}.csv"), &table);
            self.bring_together();
            self.check();
        }
    }

    /// What is left: balances by account and claim, and the states of claims.
    fn end(&self) -> (Balances, Vec<State>) {
        let mut balances = BTreeMap::new();
        for KeptPosting { posting, .. } in self.journal() {
            let key = (posting.account, posting.claim.map(|claim| claim.0));
            *balances.entry(key).or_insert(0) += posting.amount.cents();
        }
        balances.retain(|_, cents| *cents != 0);
        // A claim whose payment is taken back waits for its payer as one that was never paid does.
        let state =
            |id| match self.store().claim(ClaimId(id)).expect("read").expect("a claim").state {
                State::Batched | State::Sent | State::Acknowledged => State::Accepted,
                other => other,
            };
        (balances, (1..=CLAIMS as i64).map(state).collect())
    }
}

/// How files come: in which order, how often, and when the power goes.
#[derive(Clone, Debug)]
struct Coming {
    order: Vec<usize>,
    again: Vec<usize>,
    half_again: Vec<usize>,
    crash_after: Option<u64>,
}

fn coming() -> impl Strategy<Value = Coming> {
    // Three remittances, and what the bank shows of each.
    let order = Just((0..6).collect::<Vec<usize>>()).prop_shuffle();
    let some = || prop::collection::vec(0_usize..3, 0..3);
    let crash = prop::option::of(0_u64..6);
    (order, some(), some(), crash).prop_map(|(order, again, half_again, crash_after)| Coming {
        order,
        again,
        half_again,
        crash_after,
    })
}

fn live(files: &[Remitted], coming: &Coming) -> World {
    let mut world = World::new();
    if let Some(halves) = coming.crash_after {
        world.crashing.die_after(halves);
    }
    let mut control_number = 0;
    for &at in &coming.order {
        let file = &files[at % 3];
        if file.claims.is_empty() {
            continue;
        }
        if at >= 3 {
            world.show_deposit(file, at - 2, coming.again.contains(&(at - 3)));
            continue;
        }
        control_number += 1;
        let (cycle, name) = (at + 1, format!("{at}.835"));
        let text = file.text(cycle, control_number, "");
        let arrival = world.take_in("acme", &name, &text);
        world.amounts.insert(arrival, file.amount());
        world.check();
        world.bring_together();
        world.check();
        // The same bytes, and the same payment in other bytes: neither posts anything.
        if coming.again.contains(&at) {
            world.take_in("acme", &format!("again-{name}"), &text);
            world.check();
        }
        // Payments of nothing are told apart by their bytes alone.
        if coming.half_again.contains(&at) && file.amount() != 0 {
            control_number += 1;
            let text = file.text(cycle, control_number, " PLAN");
            world.take_in("acme", &format!("half-{name}"), &text);
            world.check();
        }
    }
    world.crashing.revive();
    world
}

/// A file of one claim that is paid 60.00 of its 100.00.
fn paid_by(cycle: usize, fate: Fate) -> String {
    files(&[fate], 0)[0].text(cycle, cycle, "")
}

fn office(world: &World, store: Arc<dyn Store>) -> Office {
    Office {
        plan: world.gateway.plan.clone(),
        store,
        rulebook: Rulebook::built_in(),
        archive: world.gateway.archive.clone(),
        now: world.now,
    }
}

fn work_on_queue(words: &[&str], office: &Office) -> Result<Outcome, Failure> {
    let words = ["claimgate", "queue"].iter().chain(words);
    let command = Arguments::try_parse_from(words).expect("a command").command;
    let Command::Queue(arguments) = command else { panic!("a command of the queue") };
    queue::work_on(&arguments, office, &mut Vec::new())
}

/// The payer takes what waits for it.
fn deliver_all(world: &World) {
    let moment = Moment(world.now.micros());
    for (channel, _) in world.store().waiting_channels().expect("read") {
        for delivery in world.store().undelivered(&channel, moment, 9).expect("read") {
            let outcome = DeliveryOutcome::Delivered;
            deliver::note(&world.gateway, &delivery, &outcome, world.now).expect("noted");
        }
    }
}

#[test]
fn the_daemon_decides_anew_when_a_person_was_faster() {
    let mut world = World::new();
    let arrival = world.take_in("acme", "odd.835", &paid_by(1, Fate::Unknown { paid: 6_000 }));
    world.amounts.insert(arrival, 6_000);
    let beside = office(&world, world.crashing.inner());
    world.crashing.overtake(move || {
        let words = ["attach", "1", "1", "--reason", "same patient", "--by", "ann"];
        work_on_queue(&words, &beside).expect("attached");
    });
    let paid = Fate::Paid { paid: 6_000, share: 0 };
    let arrival = world.take_in("acme", "paid.835", &paid_by(2, paid));
    world.amounts.insert(arrival, 6_000);
    // It is paid twice, and somebody hears of it.
    let filter = WorkFilter { open_only: true, claim: Some(ClaimId(1)), ..WorkFilter::default() };
    let items = world.store().work(&filter).expect("read");
    assert_eq!(items.len(), 1, "{items:?}");
    assert!(items[0].what.contains("V3"), "{}", items[0].what);
    world.check();
}

#[test]
fn a_person_decides_anew_when_the_daemon_was_faster() {
    let mut world = World::new();
    deliver_all(&world);
    let beside = office(&world, world.gateway.store.clone());
    let own = Gateway::beside(
        world.gateway.plan.clone(),
        world.crashing.inner(),
        world.gateway.archive.clone(),
    );
    let (text, now) = (paid_by(1, Fate::Paid { paid: 6_000, share: 0 }), world.now);
    world.crashing.overtake(move || {
        let acme = ChannelName::new("acme").expect("a name");
        let arrival = Arrival::of_bytes(acme, "paid.835".to_owned(), text.into(), now);
        receive::take_in(&own, &arrival, now).expect("taken in");
    });
    let give_up = ["give-up", "1", "--reason", "never answered", "--by", "ann"];
    let refused = work_on_queue(&give_up, &beside).expect_err("decided on what is so no more");
    assert!(refused.to_string().contains("changed in the meantime"), "{refused}");
    let owed = |world: &World| -> i64 {
        let postings = world.store().postings(ClaimId(1)).expect("read").into_iter();
        let owed = postings.filter(|posting| posting.account == Account::Receivable);
        owed.map(|posting| posting.amount.cents()).sum()
    };
    assert_eq!(owed(&world), 0);
    work_on_queue(&give_up, &beside).expect("closed");
    assert_eq!(owed(&world), 0);
    world.amounts.insert(ArrivalId(2), 6_000);
    world.check();
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn ten_things_hold_of_the_ledger_in_any_order(
        fates in prop::collection::vec(fate(), CLAIMS),
        interest in 0_i64..500,
        coming in coming(),
    ) {
        let files = files(&fates, interest);
        let in_order =
            Coming { order: (0..6).collect(), again: vec![], half_again: vec![], crash_after: None };
        let (expected, states) = live(&files, &in_order).end();
        let (found, found_states) = live(&files, &coming).end();
        prop_assert_eq!(&expected, &found);
        // The bank showed all of it, and it was found.
        for account in [Account::Cash, Account::Unexplained] {
            let of_account = expected.iter().filter(|((own, _), _)| *own == account);
            prop_assert_eq!(of_account.map(|(_, cents)| cents).sum::<i64>(), 0);
        }
        prop_assert_eq!(states, found_states);
        // 4: what is taken back leaves the claim as if it had never been paid.
        for (index, fate) in fates.iter().enumerate() {
            if let Fate::TakenBack { .. } = fate {
                let id = Some(index as i64 + 1);
                let left: Vec<_> = expected.iter().filter(|((_, claim), _)| *claim == id).collect();
                let untouched = [(Account::Receivable, CHARGE), (Account::Charges, -CHARGE)];
                let untouched: Vec<_> = untouched.into_iter().map(|(account, cents)| ((account, id), cents)).collect();
                let left: Vec<_> = left.into_iter().map(|(key, cents)| (*key, *cents)).collect();
                prop_assert_eq!(left, untouched);
            }
        }
    }
}
