//! A remittance that does not add up, and the one by which its payer puts it right: under one number, about
//! the same claims, with another amount.

use claimgate::denials::Category;
use claimgate::store::Work;

use crate::payers::Remitted;
use crate::world::World;

const PAID: i64 = 6_000;

/// What one says that pays these claims, and what it says when its amount is not theirs.
fn both(claims: &[&str]) -> (Remitted, [String; 2]) {
    let mut file = Remitted::default();
    for number in claims {
        file.add(number, "1", PAID, &[("CO*45", 10_000 - PAID)]);
    }
    let (right, wrong) = (file.text(1, 1, ""), file.text(1, 2, ""));
    let broken = wrong.replace("BPR*I*120*", "BPR*I*119*").replace("BPR*I*60*", "BPR*I*59*");
    assert_ne!(broken, wrong);
    (file, [right, broken])
}

fn held(world: &World) -> Vec<Work> {
    let mut items = world.open_items();
    items.retain(|item| item.category == Category::OutOfBalance);
    items
}

#[test]
fn what_was_put_right_is_not_posted_twice() {
    let (file, [right, broken]) = both(&["M00001", "M00002"]);
    // The broken one comes first: its item closes by itself.
    let mut world = World::new(true);
    world.take_in("acme", "1.835", &broken);
    assert_eq!(held(&world).len(), 1);
    let arrival = world.take_in("acme", "2.835", &right);
    world.amounts.insert(arrival, file.amount());
    world.check();
    assert!(held(&world).is_empty());

    // It comes last: its item says so, and it is posted only when a person says that it is another.
    let mut world = World::new(true);
    let arrival = world.take_in("acme", "1.835", &right);
    world.amounts.insert(arrival, file.amount());
    let late = world.take_in("acme", "2.835", &broken);
    let [item] = held(&world).try_into().expect("one item");
    assert!(
        item.action.starts_with("another remittance of its payer is posted"),
        "{}",
        item.action
    );
    let id = item.id.0.to_string();
    assert!(world.work_on(&["post", &id, "--reason", "it is ours"]));
    world.check();
    assert_eq!(held(&world).len(), 1, "nothing was posted");
    assert!(world.work_on(&["post", &id, "--another", "--reason", "both came"]));
    world.amounts.insert(late, file.amount() - 100);
    world.check();
    assert!(held(&world).is_empty());
}

/// Payers use numbers again: what is about other claims puts nothing right.
#[test]
fn another_payment_under_the_number_leaves_what_is_held() {
    let (_, [_, broken]) = both(&["M00001", "M00002"]);
    let mut world = World::new(true);
    world.take_in("acme", "1.835", &broken);
    let (file, [other, _]) = both(&["M00003"]);
    let arrival = world.take_in("acme", "2.835", &other.replace("000000001", "000000003"));
    world.amounts.insert(arrival, file.amount());
    let [item] = held(&world).try_into().expect("one item");
    let id = item.id.0.to_string();
    assert!(world.work_on(&["post", &id, "--reason", "they say that it holds"]));
    assert!(held(&world).is_empty(), "it is posted");
}
