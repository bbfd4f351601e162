//! Deposits and remittances in any order leave the same pairs, the same balances and the same cases,
//! and after every step the ledger says of the bank what the bank says of itself.

#[path = "../made/mod.rs"]
#[allow(dead_code, reason = "each test uses its part of it")]
mod made;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use bytes::Bytes;
use claimgate::audit::audit;
use claimgate::change::Moment;
use claimgate::change::deposits::{Asked, DepositTier, KeptDeposit, Pairing, trace_key};
use claimgate::clock::{self, Timestamp};
use claimgate::denials::Category;
use claimgate::gateway::{Gateway, deposits, receive};
use claimgate::ledger::{self, Account};
use claimgate::settings::names::ChannelName;
use claimgate::settings::written::Settings;
use claimgate::store::archive::Archive;
use claimgate::store::{self, Store, WorkFilter};
use claimgate::transport::Arrival;
use proptest::prelude::*;
use x12::value::Money;

use crate::files::{Ach, nacha};

const DAY_MICROS: i64 = 86_400_000_000;

const TRACES: [&str; 3] = ["T1", "0002", ""];
const PAYERS: [&str; 2] = ["1512345678", "1999999999"];
const CHANNELS: [&str; 2] = ["acme", "beacon"];
const PAYER_NAMES: [&str; 2] = ["ACME HEALTH", "BEACON HEALTH"];
const NAMES: [&str; 3] = ["ACME HEALTH", "BEACON HEALTH", "ABC CLEARING"];
const CENTS: [i64; 2] = [10_000, 25_000];
const WAYS: [&str; 4] = ["ACH", "ACH", "CHK", "NON"];

/// Pairs, balances, and what persons are told.
pub type End = (BTreeSet<String>, Vec<String>, Vec<String>);

/// Something that comes.
#[derive(Clone, Debug)]
pub enum Coming {
    Remittance { trace: usize, payer: usize, cents: usize, days_ago: i64, way: usize },
    Deposit { trace: usize, payer: Option<usize>, name: usize, cents: usize, days_ago: i64 },
}

pub fn coming() -> impl Strategy<Value = Coming> {
    let cents = || 0..CENTS.len();
    // Mostly near to one another; some remittances are older than any deposit by weeks.
    let days = || prop_oneof![5 => 20..27_i64, 1 => 27..60_i64];
    prop_oneof![
        (0..2_usize, 0..PAYERS.len(), cents(), days(), 0..4_usize).prop_map(
            |(trace, payer, cents, days_ago, way)| Coming::Remittance {
                trace,
                payer,
                cents,
                days_ago,
                way
            }
        ),
        (
            0..TRACES.len(),
            prop::option::weighted(0.5, 0..PAYERS.len()),
            0..NAMES.len(),
            cents(),
            days()
        )
            .prop_map(|(trace, payer, name, cents, days_ago)| Coming::Deposit {
                trace,
                payer,
                name,
                cents,
                days_ago
            }),
    ]
}

/// Several of them. A remittance under the number, day and amount of one that came before is not posted,
/// whatever else it says. So of two that differ in the way of their money the first stands, and the bank is
/// held against that one alone; here they do not differ.
pub fn all_coming() -> impl Strategy<Value = Vec<Coming>> {
    prop::collection::vec(coming(), 1..8).prop_map(|mut all| {
        let mut ways = BTreeMap::new();
        for one in &mut all {
            if let Coming::Remittance { trace, payer, cents, days_ago, way } = one
                && WAYS[*way] != "NON"
            {
                *way = *ways.entry((*trace, *payer, *cents, *days_ago)).or_insert(*way);
            }
        }
        all
    })
}

impl Coming {
    /// The channel and the bytes.
    fn text(&self, number: usize) -> (&'static str, String) {
        match *self {
            Coming::Remittance { trace, payer, cents, days_ago, way } => {
                let way = WAYS[way];
                let cents = if way == "NON" { 0 } else { CENTS[cents] };
                let text = remittance(number, TRACES[trace], payer, cents, days_ago, way);
                (CHANNELS[payer], text)
            }
            Coming::Deposit { trace, payer, name, cents, days_ago } => {
                let trace = TRACES[trace];
                let payer_id = payer.map_or("", |payer| PAYERS[payer]);
                let trn = match (trace, payer_id) {
                    ("", _) => String::new(),
                    (trace, "") => format!("TRN*1*{trace}~"),
                    (trace, payer_id) => format!("TRN*1*{trace}*{payer_id}~"),
                };
                let entry = Ach {
                    day: made::days_ago(days_ago).to_wire()[2..].to_owned(),
                    cents: CENTS[cents],
                    trn,
                    company: NAMES[name].to_owned(),
                    company_id: payer_id.to_owned(),
                    number: number as u32 + 1,
                };
                ("bank", nacha(&[entry]))
            }
        }
    }
}

fn remittance(
    number: usize,
    trace: &str,
    payer: usize,
    cents: i64,
    days_ago: i64,
    way: &str,
) -> String {
    let (sender, name, payer) = (CHANNELS[payer], PAYER_NAMES[payer], PAYERS[payer]);
    let sender = sender.to_ascii_uppercase();
    let (day, today) = (made::days_ago(days_ago).to_wire(), made::days_ago(0).to_wire());
    let amount = Money::from_cents(cents).to_wire();
    let off = Money::from_cents(100_000 - cents).to_wire();
    let handling = if way == "NON" { "H" } else { "I" };
    let bank = match way {
        "ACH" => format!("CCP*01*011000015*DA*777*{payer}**01*021000021*DA*123456"),
        _ => "**********".to_owned(),
    };
    let body = format!(
        "BPR*{handling}*{amount}*C*{way}*{bank}*{day}~TRN*1*{trace}*{payer}~DTM*405*{day}~\
         N1*PR*{name}~N3*1 PAYER WAY~N4*BOSTON*MA*02110~PER*BL*ACME CLAIMS*TE*6175550199~\
         N1*PE*CEDAR CLINIC*XX*1999001013~LX*1~CLP*NOBODY{number}*1*1000*{amount}**12*P{number}~\
         NM1*QC*1*ROE*JANE****MI*W1~SVC*HC:99213*1000*{amount}**1~DTM*472*{day}~CAS*CO*45*{off}~"
    );
    let segments = body.matches('~').count() + 2;
    let control = number + 1;
    format!(
        "ISA*00*          *00*          *ZZ*{sender:<15}*ZZ*CLAIMGATE      *{}*0000*^*00501*\
         {control:09}*0*T*:~GS*HP*{sender}*CLAIMGATE*{today}*0000*{control}*X*005010X221A1~ST*835*0001~\
         {body}SE*{segments}*0001~GE*1*{control}~IEA*1*{control:09}~",
        &today[2..]
    )
}

pub struct World {
    pub gateway: Gateway,
    pub now: Timestamp,
    _place: tempfile::TempDir,
}

impl World {
    /// With an empty store of a scheme.
    pub fn new(scheme: &str) -> World {
        let place = tempfile::tempdir().expect("a directory");
        let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/stories/claimgate.toml");
        let plan = Settings::load(Some(&config), place.path()).expect("settings");
        let archive = Archive::open(&place.path().join("archive")).expect("an archive");
        let path = match scheme {
            "memory" => String::new(),
            _ => place.path().join("store").display().to_string(),
        };
        let store = store::open(&format!("{scheme}:{path}")).expect("a store");
        let world =
            World { gateway: Gateway::new(plan, store, archive), now: clock::now(), _place: place };
        // Whom remittances pay is known by a claim.
        world.take_in("cedar", "claims", &made::interchange("CEDAR", 1, &made::many("M", 1)));
        world
    }

    pub fn store(&self) -> &dyn Store {
        self.gateway.store.as_ref()
    }

    /// Something comes, and all is looked at.
    pub fn take(&self, coming: &Coming, number: usize) {
        let (channel, text) = coming.text(number);
        self.take_in(channel, &format!("file {number}"), &text);
        self.turn();
    }

    fn take_in(&self, channel: &str, name: &str, text: &str) {
        let channel = ChannelName::new(channel).expect("a name");
        let bytes = Bytes::copy_from_slice(text.as_bytes());
        let arrival = Arrival::of_bytes(channel, name.to_owned(), bytes, self.now);
        let handled = receive::take_in(&self.gateway, &arrival, self.now).expect("taken in");
        assert_eq!(handled.meta["verdict"], "taken", "{}", handled.meta);
    }

    /// Until nothing changes any more, which is after one change.
    pub fn turn(&self) {
        deposits::turn(&self.gateway, self.now).expect("looked at");
        assert!(!deposits::turn(&self.gateway, self.now).expect("looked at"), "no end");
    }

    /// What the ledger says of the bank is what the bank and persons say.
    pub fn check_books(&self) {
        let mut accounts: BTreeMap<Account, i64> = BTreeMap::new();
        for total in self.store().balances().expect("read") {
            accounts.insert(total.account, total.amount.cents());
        }
        let of = |account| accounts.get(&account).copied().unwrap_or_default();
        assert_eq!(accounts.values().sum::<i64>(), 0, "{accounts:?}");
        let listed = self.store().deposits(false, u32::MAX).expect("read");
        let shown = listed.iter().filter(|(kept, _)| kept.set_aside.is_empty());
        let shown: i64 = shown.map(|(kept, _)| kept.deposit.amount.cents()).sum();
        assert_eq!(of(Account::Bank), shown, "the bank's account is what the bank shows");
        let pairs = listed.iter().flat_map(|(_, pairings)| pairings);
        let paired: i64 = pairs.map(|pairing| pairing.amount.cents()).sum();
        assert_eq!(of(Account::Unexplained), paired - shown);
        // What is on its way is what remittances say, less what the bank showed and persons gave up.
        let journal = self.store().journal(0, u32::MAX).expect("read");
        let paid = journal.iter().filter(|kept| ledger::is_paid(&kept.posting));
        let paid: i64 = paid.map(|kept| kept.posting.amount.cents()).sum();
        let given_up = self.store().written_off(u32::MAX).expect("read");
        let given_up: i64 = given_up.iter().map(|(one, _)| one.amount.cents()).sum();
        assert_eq!(of(Account::Cash), paid - paired - given_up);
        assert_eq!(of(Account::WriteOff), given_up);
        let audited = audit(self.store(), (&self.gateway.denials(), Moment(i64::MAX)), |arrival| {
            self.gateway.archive.get(&arrival.content).map_err(|error| error.to_string())
        });
        let disagreements = audited.expect("audited").disagreements;
        assert!(disagreements.is_empty(), "{disagreements:?}");
    }

    fn check(&self) {
        self.check_books();
        let listed = self.store().deposits(false, u32::MAX).expect("read");
        let all = (1..40).map(claimgate::change::deposits::PaymentId).collect();
        let asked = Asked { deposit: None, payments: all };
        let known = self.store().reassociation(&asked).expect("read");
        for (KeptDeposit { deposit, .. }, pairings) in &listed {
            for Pairing { payment, amount, tier, .. } in pairings {
                assert_eq!(*amount, deposit.amount, "a part was paired by itself");
                assert_ne!(*tier, DepositTier::Person);
                let found = known.payments.iter().find(|(id, _)| id == payment);
                if let Some((_, payment)) = found {
                    assert_eq!(trace_key(&payment.trace), trace_key(&deposit.trace));
                    assert_eq!(payment.amount, deposit.amount);
                    let is_known = PAYER_NAMES.contains(&deposit.payer_name.as_str());
                    let is_its_own = payment.payer_name == deposit.payer_name;
                    assert!(!is_known || is_its_own || *tier == DepositTier::TraceAndPayer);
                }
            }
        }
    }

    /// Pairs, balances, and what persons are told, without numbers that the order gives.
    pub fn end(&mut self) -> End {
        self.now = Timestamp::from_micros(self.now.micros() + 30 * DAY_MICROS);
        self.turn();
        self.check_books();
        self.told()
    }

    /// The same, as it is now.
    pub fn told(&self) -> End {
        let listed = self.store().deposits(false, u32::MAX).expect("read");
        let identities: Vec<(i64, String)> = self.payments();
        let mut pairs = BTreeSet::new();
        for (kept, pairings) in &listed {
            for pairing in pairings {
                let payment = identities.iter().find(|(id, _)| *id == pairing.payment.0);
                let payment = payment.map_or("?", |(_, identity)| identity);
                let tier = pairing.tier.name();
                pairs.insert(format!("{} {payment} {tier}", kept.deposit.identity));
            }
        }
        let balances = self.store().balances().expect("read");
        let balances = balances.iter().filter(|total| !total.amount.is_zero());
        let balances = balances.map(|total| format!("{total:?}")).collect();
        let filter = WorkFilter {
            open_only: true,
            category: Some(Category::Deposit),
            ..WorkFilter::default()
        };
        let work = self.store().work(&filter).expect("read");
        let mut told: Vec<String> = work
            .iter()
            .map(|item| format!("{} {:?} {}", item.amount, item.deadline, without_ids(&item.what)))
            .collect();
        told.sort();
        (pairs, balances, told)
    }

    /// Payments that were kept, by their numbers.
    fn payments(&self) -> Vec<(i64, String)> {
        let all: Vec<_> = (1..40).map(claimgate::change::deposits::PaymentId).collect();
        let asked = Asked { deposit: None, payments: all };
        let known = self.store().reassociation(&asked).expect("read");
        known.payments.into_iter().map(|(id, payment)| (id.0, payment.identity)).collect()
    }
}

/// `deposit 7`, `remittance 3 or 4` and the like.
fn without_ids(what: &str) -> String {
    let is_id = |word: &&str| word.trim_matches(',').trim_matches(':').parse::<u32>().is_err();
    what.split(' ').filter(is_id).collect::<Vec<_>>().join(" ")
}

fn live(all: &[Coming], order: &[usize]) -> World {
    live_in(World::new("memory"), all, order)
}

fn live_in(world: World, all: &[Coming], order: &[usize]) -> World {
    for &at in order {
        let (channel, text) = all[at].text(at);
        world.take_in(channel, &format!("file {at}"), &text);
        world.turn();
        world.check();
        // The same file twice changes nothing.
        world.take_in(channel, &format!("again {at}"), &text);
        world.turn();
        world.check();
    }
    world
}

/// A remittance from before the first deposit may be suggested for it; it must not come and go with
/// others of its number.
#[test]
fn what_was_paid_before_the_first_deposit_settles() {
    use Coming::{Deposit, Remittance};
    let all = [
        Deposit { trace: 1, payer: Some(1), name: 0, cents: 1, days_ago: 20 },
        Remittance { trace: 0, payer: 1, cents: 1, days_ago: 22, way: 1 },
        Remittance { trace: 0, payer: 1, cents: 0, days_ago: 21, way: 0 },
        Deposit { trace: 0, payer: None, name: 0, cents: 0, days_ago: 20 },
    ];
    let expected = live(&all, &[0, 1, 2, 3]).end();
    for order in [[2, 3, 0, 1], [3, 2, 1, 0]] {
        assert_eq!(live(&all, &order).end(), expected);
    }
}

/// A remittance from long before the first deposit waits when a deposit has its number, and makes
/// doubtful what was paired when it comes.
#[test]
fn what_was_paid_long_before_under_the_number_of_a_deposit_settles() {
    use Coming::{Deposit, Remittance};
    let all = [
        Deposit { trace: 0, payer: None, name: 2, cents: 0, days_ago: 20 },
        Remittance { trace: 0, payer: 0, cents: 0, days_ago: 50, way: 0 },
        Remittance { trace: 0, payer: 1, cents: 0, days_ago: 50, way: 0 },
    ];
    let paired = live(&all[..2], &[0, 1]).end().0;
    assert_eq!(paired.len(), 1, "the number and the amount say enough, however late it came");
    let expected = live(&all, &[1, 2, 0]).end();
    assert!(expected.0.is_empty(), "either of them may be meant");
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2]] {
        assert_eq!(live(&all, &order).end(), expected);
    }
}

/// Payments are known by number, payer, day and amount, not by the way of their money.
#[test]
fn the_first_of_two_remittances_of_one_payment_stands() {
    use Coming::{Deposit, Remittance};
    let all = [
        Deposit { trace: 0, payer: None, name: 2, cents: 0, days_ago: 20 },
        Remittance { trace: 0, payer: 1, cents: 0, days_ago: 24, way: 2 },
        Remittance { trace: 0, payer: 1, cents: 0, days_ago: 24, way: 0 },
    ];
    for (order, pairs) in [([0, 1, 2], 0), ([1, 2, 0], 0), ([0, 2, 1], 1), ([2, 1, 0], 1)] {
        assert_eq!(live(&all, &order).end().0.len(), pairs, "{order:?}");
    }
}

/// Some that come, and an order of them.
fn coming_in_an_order() -> impl Strategy<Value = (Vec<Coming>, Vec<usize>)> {
    all_coming().prop_flat_map(|all| {
        let order: Vec<usize> = (0..all.len()).collect();
        (Just(all), Just(order).prop_shuffle())
    })
}

pub fn cases(unless_told: u32) -> ProptestConfig {
    let told = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let cases = told.unwrap_or(unless_told);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_order_leaves_the_same_pairs_balances_and_cases((all, order) in coming_in_an_order()) {
        let in_order: Vec<usize> = (0..all.len()).collect();
        let expected = live(&all, &in_order).end();
        let found = live(&all, &order).end();
        prop_assert_eq!(expected, found);
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn any_order_leaves_the_same_in_every_store((all, order) in coming_in_an_order()) {
        let ends = store::SCHEMES.map(|scheme| live_in(World::new(scheme), &all, &order).end());
        for end in &ends {
            prop_assert_eq!(end, &ends[0]);
        }
    }
}
