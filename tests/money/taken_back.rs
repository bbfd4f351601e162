//! What a person attaches of a takeback takes back no more than was paid.

use claimgate::denials::Category;
use claimgate::store::Work;
use x12::value::Money;

use crate::payers::{Fate, Remitted, files};
use crate::world::World;

const PAID: i64 = 6_000;

impl World {
    fn hear(&mut self, file: &Remitted, cycle: usize) {
        let arrival = self.take_in("acme", &format!("{cycle}.835"), &file.text(cycle, cycle, ""));
        self.amounts.insert(arrival, file.amount());
        self.check();
    }

    fn item_of(&self, category: Category) -> Option<Work> {
        self.open_items().into_iter().find(|item| item.category == category)
    }
}

/// Claim 2 is paid, what takes back the payment of claim 1 waits for that, which waits under another number.
/// And the remittance that takes back the payment of claim 2.
fn taken_back_unpaid() -> (World, Remitted) {
    let mut world = World::new(false);
    let back = Fate::TakenBack { paid: PAID };
    let of_second = files(&[Fate::Unknown { paid: PAID }, back], 0);
    world.hear(&of_second[0], 1);
    world.hear(&files(&[back], 0)[1], 2);
    (world, of_second[1].clone())
}

#[test]
fn a_takeback_is_attached_to_what_was_paid_alone() {
    let (mut world, _) = taken_back_unpaid();
    let waits = world.item_of(Category::Unexplained).expect("it waits").id.0.to_string();
    for part in [&[][..], &["--amount", "10"]] {
        for claim in ["1", "3"] {
            let words = [&["attach", &waits, claim, "--reason", "so"], part].concat();
            let why = world.refused(&words).expect("nothing was paid");
            let says = format!("more would be taken back of claim {claim} than payers paid");
            assert!(why.contains(&says) && why.contains("write-off"), "{why}");
        }
    }
    // Of what was paid it may be.
    assert!(world.work_on(&["attach", &waits, "2", "--amount", "10", "--reason", "so"]));
    world.check();
    assert!(world.work_on(&["detach", &waits, "--reason", "not so"]));
    world.check();
    // With the payment it is posted by itself.
    let paid = world.item_of(Category::Unmatched).expect("it waits").id.0.to_string();
    assert!(world.work_on(&["attach", &paid, "1", "--reason", "it is his"]));
    world.check();
    assert!(world.store().suspended().expect("read").is_empty());
}

#[test]
fn a_payment_is_not_detached_while_its_takeback_is_attached() {
    let (mut world, _) = taken_back_unpaid();
    let waits = world.item_of(Category::Unexplained).expect("it waits").id.0.to_string();
    let paid = world.item_of(Category::Unmatched).expect("it waits").id.0.to_string();
    let part = |item, claim| ["attach", item, claim, "--amount", "10", "--reason", "so"];
    assert!(world.work_on(&part(&paid, "3")));
    assert!(world.work_on(&part(&waits, "3")));
    world.check();
    let back = ["detach", &paid, "--reason", "not so"];
    let why = world.refused(&back).expect("its takeback is there");
    assert!(why.contains("10.00 more would be taken back of claim 3"), "{why}");
    assert!(world.work_on(&["detach", &waits, "--reason", "not so"]));
    assert!(world.work_on(&back));
    world.check();
}

/// A part of a takeback is attached to a claim, of which its payer takes back all.
#[test]
fn what_is_taken_back_beyond_what_was_paid_is_told_until_it_is_so_no_more() {
    for is_attached in [false, true] {
        let (mut world, last) = taken_back_unpaid();
        let waits = world.item_of(Category::Unexplained).expect("it waits").id.0.to_string();
        assert!(world.work_on(&["attach", &waits, "2", "--amount", "10", "--reason", "so"]));
        world.hear(&last, 3);
        let beyond = |world: &World| {
            let items = world.open_items().into_iter();
            let told = items.filter(|item| item.what.contains("more was taken back"));
            told.map(|item| item.amount).collect::<Vec<Money>>()
        };
        assert_eq!(beyond(&world), [Money::from_cents(1_000)]);
        match is_attached {
            // Money of it was found.
            true => {
                let paid = world.item_of(Category::Unmatched).expect("it waits").id.0.to_string();
                let part = ["attach", &paid, "2", "--amount", "10", "--reason", "so"];
                assert!(world.work_on(&part));
            }
            false => assert!(world.work_on(&["detach", &waits, "--reason", "not so"])),
        }
        assert_eq!(beyond(&world), []);
        world.check();
    }
}

/// A payment is attached to what was denied, and detached again: the denial is worked on as before.
#[test]
fn a_denial_that_an_attached_payment_settled_is_open_again_once_that_is_detached() {
    let mut world = World::new(false);
    world.hear(&files(&[Fate::Denied, Fate::Unknown { paid: PAID }], 0)[0], 1);
    let denied = |world: &World| world.item_of(Category::Denied).map(|item| (item.id, item.note));
    let (item, _) = denied(&world).expect("it is denied");
    let waits = world.item_of(Category::Unmatched).expect("it waits").id.0.to_string();
    for _ in 0..2 {
        assert!(world.work_on(&["attach", &waits, "1", "--reason", "it is his"]));
        assert_eq!(denied(&world), None);
        world.check();
        assert!(world.work_on(&["detach", &waits, "--reason", "the brother's"]));
        let note = "open again: what had settled it was taken off the claim".to_owned();
        assert_eq!(denied(&world), Some((item, note)));
        world.check();
    }
}
