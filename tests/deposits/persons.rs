//! Persons who decide between the files of banks and payers: after every step the books are right, and what
//! is undone is as if it had not been done.

use claimgate::change::deposits::{Asked, PaymentId};
use claimgate::commands::store::Office;
use claimgate::commands::{Arguments, Command, bank};
use claimgate::store;
use clap::Parser;
use proptest::prelude::*;
use x12::value::Money;

use crate::orders::{Coming, End, World, all_coming, cases, coming};

/// Files, persons' decisions, and the numbers of what these are about.
#[derive(Clone, Debug)]
enum Deed {
    Comes(Coming),
    Match { deposit: i64, remittances: [i64; 2] },
    Part { deposit: i64 },
    SetAside { deposit: i64 },
    WriteOff { remittance: i64 },
    Reopen { remittance: i64 },
}

fn deed() -> impl Strategy<Value = Deed> {
    let id = || 1..4_i64;
    prop_oneof![
        5 => coming().prop_map(Deed::Comes),
        2 => (id(), id(), id())
            .prop_map(|(deposit, one, other)| Deed::Match { deposit, remittances: [one, other] }),
        1 => id().prop_map(|deposit| Deed::Part { deposit }),
        1 => id().prop_map(|deposit| Deed::SetAside { deposit }),
        3 => id().prop_map(|remittance| Deed::WriteOff { remittance }),
        1 => id().prop_map(|remittance| Deed::Reopen { remittance }),
    ]
}

impl World {
    /// What a person does at the bank's desk; whether it is done.
    fn bank(&self, words: &[&str]) -> bool {
        let all = ["claimgate", "bank"].iter().chain(words);
        let all = all.chain(&["--reason", "it is so", "--by", "ann"]);
        let arguments = Arguments::try_parse_from(all).expect("a command");
        let Command::Bank(arguments) = arguments.command else { panic!("no bank command") };
        let office = Office {
            plan: self.gateway.plan.clone(),
            store: self.gateway.store.clone(),
            rulebook: claimgate::scrub::Rulebook::built_in(),
            archive: self.gateway.archive.clone(),
            now: self.now,
        };
        bank::work_on(&arguments, &office, &mut Vec::new()).is_ok()
    }

    fn do_deed(&self, deed: &Deed, number: usize) {
        let text = |id: &i64| id.to_string();
        match deed {
            Deed::Comes(coming) => self.take(coming, number),
            Deed::Match { deposit, remittances } => {
                let [one, other] = remittances.each_ref().map(text);
                let words = ["match", &text(deposit), &one, &other];
                let _ = self.bank(&words) || self.bank(&words[..3]);
            }
            Deed::Part { deposit } => drop(self.bank(&["part", &text(deposit)])),
            Deed::SetAside { deposit } => drop(self.bank(&["set-aside", &text(deposit)])),
            Deed::WriteOff { remittance } => drop(self.bank(&["write-off", &text(remittance)])),
            Deed::Reopen { remittance } => drop(self.bank(&["reopen", &text(remittance)])),
        }
    }

    /// The books, and that of no remittance more is shown and given up than it says.
    fn look(&self) {
        self.turn();
        self.check_books();
        let asked = Asked { deposit: None, payments: (1..40).map(PaymentId).collect() };
        let known = self.store().reassociation(&asked).expect("read");
        for (id, payment) in &known.payments {
            let shown = known.pairings.iter().filter(|pairing| pairing.payment == *id);
            let shown: Money = shown.map(|pairing| pairing.amount).sum();
            let settled = shown + payment.written_off;
            assert!(Money::ZERO <= settled && settled <= payment.amount, "{id:?}: {settled}");
        }
    }
}

fn live(scheme: &str, deeds: &[Deed]) -> World {
    let world = World::new(scheme);
    for (number, deed) in deeds.iter().enumerate() {
        world.do_deed(deed, number);
        world.look();
    }
    world
}

/// Something to wait for the bank with, a remittance that is given up, and what comes after.
fn end_of((first, given_up): (i64, &Coming), after: &[Coming], order: &[usize]) -> End {
    let mut world = World::new("memory");
    world.take(&Coming::Deposit { trace: 2, payer: None, name: 0, cents: 0, days_ago: first }, 90);
    world.take(given_up, 91);
    assert!(world.bank(&["write-off", "1"]));
    for &at in order {
        world.take(&after[at], at);
        world.look();
    }
    world.end()
}

/// Several that come after, and an order of them.
fn after() -> impl Strategy<Value = (Vec<Coming>, Vec<usize>)> {
    all_coming().prop_flat_map(|all| {
        let order: Vec<usize> = (0..all.len()).collect();
        (Just(all), Just(order).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn the_books_are_right_whatever_persons_decide(deeds in prop::collection::vec(deed(), 1..20)) {
        live("memory", &deeds);
    }

    #[test]
    fn what_is_written_off_and_reopened_is_as_it_was(
        deeds in prop::collection::vec(deed(), 1..12),
        remittance in 1..4_i64,
    ) {
        let world = live("memory", &deeds);
        let (before, remittance) = (world.told(), remittance.to_string());
        let is_first = world.store().written_off(u32::MAX).expect("read").is_empty();
        if is_first && world.bank(&["write-off", &remittance]) {
            world.look();
            prop_assert_ne!(&world.told(), &before);
            prop_assert!(world.bank(&["reopen", &remittance]));
            world.look();
            prop_assert_eq!(world.told(), before);
        }
    }

    #[test]
    fn any_order_after_a_write_off_leaves_the_same(
        (trace, payer, cents) in (0..2_usize, 0..2_usize, 0..2_usize),
        (first, days_ago, way) in (20..41_i64, 20..60_i64, 0..3_usize),
        (after, order) in after(),
    ) {
        let given_up = Coming::Remittance { trace, payer, cents, days_ago, way };
        let in_order: Vec<usize> = (0..after.len()).collect();
        let expected = end_of((first, &given_up), &after, &in_order);
        prop_assert_eq!(end_of((first, &given_up), &after, &order), expected);
    }
}

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn what_persons_decide_leaves_the_same_in_every_store(
        deeds in prop::collection::vec(deed(), 1..20),
    ) {
        let ends = store::SCHEMES.map(|scheme| live(scheme, &deeds).end());
        for end in &ends {
            prop_assert_eq!(end, &ends[0]);
        }
    }
}
