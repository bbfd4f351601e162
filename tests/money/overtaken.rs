//! A person and the daemon decide on one claim at one moment: whoever was slower decides anew.

use claimgate::change::{ArrivalId, ClaimId, DeliveryOutcome, Moment};
use claimgate::gateway::{Gateway, deliver, receive};
use claimgate::ledger::Account;
use claimgate::settings::names::ChannelName;
use claimgate::store::WorkFilter;
use claimgate::transport::Arrival;

use crate::payers::{Fate, files};
use crate::world::{World, work_on};

const PAID: i64 = 6_000;

/// A file of one claim of 100.00.
fn paid_by(cycle: usize, fate: Fate) -> String {
    files(&[fate], 0)[0].text(cycle, cycle, "")
}

/// The payer takes what waits for it.
pub fn deliver_all(world: &World) {
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
    let mut world = World::new(false);
    let arrival = world.take_in("acme", "odd.835", &paid_by(1, Fate::Unknown { paid: PAID }));
    world.amounts.insert(arrival, PAID);
    let beside = world.office(world.crashing.inner());
    world.crashing.overtake(move || {
        let words = ["attach", "1", "1", "--reason", "same patient"];
        work_on(&words, &beside).expect("attached");
    });
    let paid = Fate::Paid { paid: PAID, share: 0 };
    let arrival = world.take_in("acme", "paid.835", &paid_by(2, paid));
    world.amounts.insert(arrival, PAID);
    // It is paid twice, and somebody hears of it.
    let filter = WorkFilter { open_only: true, claim: Some(ClaimId(1)), ..WorkFilter::default() };
    let items = world.store().work(&filter).expect("read");
    assert_eq!(items.len(), 1, "{items:?}");
    assert!(items[0].what.contains("V3"), "{}", items[0].what);
    world.check();
}

#[test]
fn a_person_decides_anew_when_the_daemon_was_faster() {
    let mut world = World::new(false);
    deliver_all(&world);
    let beside = world.office(world.gateway.store.clone());
    let (plan, archive) = (world.gateway.plan.clone(), world.gateway.archive.clone());
    let daemon = Gateway::beside(plan, world.crashing.inner(), archive);
    let (text, now) = (paid_by(1, Fate::Paid { paid: PAID, share: 0 }), world.now);
    world.crashing.overtake(move || {
        let acme = ChannelName::new("acme").expect("a name");
        let arrival = Arrival::of_bytes(acme, "paid.835".to_owned(), text.into(), now);
        receive::take_in(&daemon, &arrival, now).expect("taken in");
    });
    let give_up = ["give-up", "1", "--reason", "never answered"];
    let refused = work_on(&give_up, &beside).expect_err("decided on what is so no more");
    assert!(refused.to_string().contains("changed in the meantime"), "{refused}");
    let owed = |world: &World| -> i64 {
        let postings = world.store().postings(ClaimId(1)).expect("read").into_iter();
        let owed = postings.filter(|posting| posting.account == Account::Receivable);
        owed.map(|posting| posting.amount.cents()).sum()
    };
    assert_eq!(owed(&world), 0);
    world.amounts.insert(ArrivalId(2), PAID);
    world.check();
}
