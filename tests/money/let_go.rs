//! What a person lets go on is told to the offices of its claims, once, whenever the power goes.

use claimgate::change::{ArrivalId, DeliveryKind};

use crate::payers::Remitted;
use crate::world::World;

const PAID: i64 = 6_000;

/// A payment of two claims.
fn payment() -> Remitted {
    let mut file = Remitted::default();
    for number in ["M00001", "M00002"] {
        file.add(number, "1", PAID, &[("CO*45", 10_000 - PAID)]);
    }
    file
}

/// How many files an arrival led to for the office: 835s and reports.
fn led_to(world: &World, arrival: ArrivalId) -> [usize; 2] {
    let deliveries = world.store().answers(arrival).expect("read");
    let count = |kind, folder: &str| {
        let of = deliveries.iter().filter(|one| one.kind == kind && one.channel == folder);
        of.count()
    };
    [count(DeliveryKind::Remittance, "cedar:remits"), count(DeliveryKind::Report, "cedar:reports")]
}

#[test]
fn offices_hear_once_of_what_a_person_lets_go_on() {
    let (own, stranger) = ("1999001013", "1999001096");
    // What does not add up is copied and told when it comes; what pays a stranger is not.
    for (npi, amount, at_first) in [(own, 11_900, [1, 1]), (stranger, 12_000, [0, 0])] {
        let [_, reports] = at_first;
        // The power goes before the commit, after it, or not at all.
        for halves in [0, 1, 2, 9] {
            let mut world = World::new(true);
            let text = payment().text(1, 1, "");
            let text = text.replace("BPR*I*120*", &format!("BPR*I*{}*", amount / 100));
            let text = text.replace(&format!("*XX*{own}~"), &format!("*XX*{npi}~"));
            let arrival = world.take_in("acme", "1.835", &text);
            assert_eq!(led_to(&world, arrival), at_first, "{npi}");
            let [item] = world.open_items().try_into().expect("one item");
            let id = item.id.0.to_string();
            world.crashing.die_after(halves);
            let post = ["post", &id, "--reason", "it is ours"];
            world.work_on(&post);
            world.revive();
            if halves == 0 {
                assert_eq!(led_to(&world, arrival), at_first, "nothing was done");
            }
            // What was committed is done with.
            let is_done = world.store().work_item(item.id).expect("read").expect("it is there");
            assert_eq!(world.work_on(&post), is_done.state.is_open(), "{npi} {halves}");
            assert_eq!(led_to(&world, arrival), [1, reports + 1], "{npi} {halves}");
            world.amounts.insert(arrival, amount);
            world.check();
        }
    }
}

/// What has the number, the day and the amount of one that is posted, and is about other claims, is kept, and
/// counts as the use of a number twice, before a person lets it go on and after.
#[test]
fn what_is_set_aside_is_recorded() {
    let mut world = World::new(true);
    let one = |number: &str, control_number: usize| {
        let mut file = Remitted::default();
        file.add(number, "1", PAID, &[("CO*45", 10_000 - PAID)]);
        file.text(1, control_number, "")
    };
    let first = world.take_in("acme", "1.835", &one("M00001", 1));
    let second = world.take_in("acme", "2.835", &one("M00002", 2));
    let recorded = |world: &World| {
        let found = world.store().remittances(0, 99).expect("read").into_iter();
        let told = |one: claimgate::reports::facts::Remittance| {
            let paid: i64 = one.claims.iter().map(|claim| claim.paid.cents()).sum();
            (one.arrival, one.is_balanced, paid, one.broken.contains(&("V09".to_owned(), 1)))
        };
        found.map(told).collect::<Vec<_>>()
    };
    let posted = (first, true, PAID, false);
    assert_eq!(recorded(&world), [posted, (second, false, PAID, true)]);
    // The same again is told, and is no other remittance.
    world.take_in("acme", "3.835", &one("M00002", 3));
    assert_eq!(recorded(&world).len(), 2);
    let items = world.open_items();
    assert_eq!(items.len(), 2);
    assert!(
        items[1].what.starts_with("a remittance came once more that was held before"),
        "{}",
        items[1].what
    );
    let id = items[0].id.0.to_string();
    assert!(world.work_on(&["post", &id, "--another", "--reason", "both are paid"]));
    assert_eq!(recorded(&world), [posted, (second, true, PAID, true)]);
    world.amounts.insert(first, PAID);
    world.amounts.insert(second, PAID);
    world.check();
}

/// What names no number of ours is suggested by what it pays for, also where a person lets it go on.
#[test]
fn what_is_let_go_on_is_matched_like_any() {
    let suggested = |text: &str, is_held: bool| {
        let mut world = World::new(false);
        world.take_in("acme", "1.835", text);
        if is_held {
            let [item] = world.open_items().try_into().expect("one item");
            assert!(world.work_on(&["post", &item.id.0.to_string(), "--reason", "it is ours"]));
        }
        let items = world.open_items().into_iter().map(|item| item.what);
        items.filter(|what| what.contains("perhaps claim")).collect::<Vec<String>>()
    };
    let mut file = Remitted::default();
    file.add("X900", "1", PAID, &[("CO*45", 10_000 - PAID)]);
    let text = file.text(1, 1, "");
    let by_itself = suggested(&text, false);
    assert_eq!(by_itself.len(), 1, "{by_itself:?}");
    let broken = text.replace("BPR*I*60*", "BPR*I*59*");
    assert_ne!(broken, text);
    assert_eq!(suggested(&broken, true), by_itself);
}

/// What says two amounts or two numbers is held, and the audit finds it by each of them: see `World::check`.
#[test]
fn what_says_two_amounts_or_numbers_is_not_lost() {
    for (once, twice) in [
        ("BPR*I*60*", "BPR*I*60*C*ACH~BPR*I*160*"),
        ("BPR*I*60*", "BPR*I*160*C*ACH~BPR*I*60*"),
        ("TRN*1*", "TRN*1*OTHER*1999999999~TRN*1*"),
    ] {
        let mut world = World::new(true);
        let mut file = Remitted::default();
        file.add("M00001", "1", PAID, &[("CO*45", 10_000 - PAID)]);
        let text = file.text(1, 1, "");
        let told = text.replacen(once, twice, 1);
        assert_ne!(told, text);
        world.take_in("acme", "1.835", &told);
        assert!(!world.open_items().is_empty());
        world.check();
    }
}
