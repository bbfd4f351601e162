//! Independent files in any order.

use proptest::prelude::*;

use claimgate::ledger::Account;

use crate::cases;
use crate::payers::{CHARGE, CLAIMS, CYCLES, Fate, Remitted, fate, files};
use crate::world::World;

/// How files come: in which order, how often, and when the power goes.
#[derive(Clone, Debug)]
struct Coming {
    order: Vec<usize>,
    again: Vec<usize>,
    half_again: Vec<usize>,
    crash_after: Option<u64>,
    is_on_disk: bool,
}

/// Remittances, and what the bank shows of each.
const FILES: usize = 2 * (CYCLES + 1);

fn coming() -> impl Strategy<Value = Coming> {
    // The remittances, and what the bank shows of each.
    let order = Just((0..FILES).collect::<Vec<usize>>()).prop_shuffle();
    let some = || prop::collection::vec(0_usize..=CYCLES, 0..3);
    let crash = prop::option::of(0_u64..6);
    let is_on_disk = prop::bool::weighted(0.1);
    (order, some(), some(), crash, is_on_disk).prop_map(
        |(order, again, half_again, crash_after, is_on_disk)| Coming {
            order,
            again,
            half_again,
            crash_after,
            is_on_disk,
        },
    )
}

fn live(fates: &[Fate], files: &[Remitted], coming: &Coming) -> World {
    let mut world = World::new(coming.is_on_disk);
    if let Some(halves) = coming.crash_after {
        world.crashing.die_after(halves);
    }
    let mut control_number = 0;
    // What offices send in the place of a claim names the number that its payer gave it.
    let mut order = coming.order.clone();
    order.retain(|at| *at != 0);
    order.insert(0, 0);
    for at in order {
        let file = &files[at % files.len()];
        if file.claims.is_empty() {
            continue;
        }
        if at >= files.len() {
            world.show_deposit(
                file,
                at + 1 - files.len(),
                coming.again.contains(&(at - files.len())),
            );
            continue;
        }
        control_number += 1;
        let (cycle, name) = (at + 1, format!("{at}.835"));
        let payer = if file.is_second { "beacon" } else { "acme" };
        let text = file.text(cycle, control_number, "");
        let arrival = world.take_in(payer, &name, &text);
        world.amounts.insert(arrival, file.amount());
        world.check();
        if at == 0 {
            world.revive();
            world.send_anew(fates);
            world.crashing.die_after(coming.crash_after.unwrap_or(u64::MAX));
        }
        world.bring_together();
        world.check();
        // The same bytes, and the same payment in other bytes: neither posts anything.
        if coming.again.contains(&at) {
            world.take_in(payer, &format!("again-{name}"), &text);
            world.check();
        }
        // Payments of nothing are told apart by their bytes alone.
        if coming.half_again.contains(&at) && file.amount() != 0 {
            control_number += 1;
            let text = file.text(cycle, control_number, " PLAN");
            world.take_in(payer, &format!("half-{name}"), &text);
            world.check();
        }
    }
    world.revive();
    world
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(24),
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
            Coming { order: (0..FILES).collect(), again: vec![], half_again: vec![], crash_after: None, is_on_disk: false };
        let (expected, states) = live(&fates, &files, &in_order).end();
        let (found, found_states) = live(&fates, &files, &coming).end();
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
