//! V27: whom a payer corrects, and which payer it says comes first, is work for whoever keeps the registration,
//! once for a patient.

use claimgate::change::Moment;
use claimgate::denials::Category;
use claimgate::store::Work;

use crate::made::{self, Made};
use crate::payers::Remitted;
use crate::world::World;

/// What a person has to see of whom payers correct.
fn told(world: &World) -> Vec<Work> {
    let mut items = world.open_items();
    items.retain(|item| item.category == Category::Corrected);
    items
}

/// The payer decides on a claim of a patient, after what it takes back, and says this segment of her.
fn decide(world: &mut World, number: &str, cycle: usize, paid: &[(&str, i64)], correction: &str) {
    let mut file = Remitted::default();
    for (status, paid) in paid {
        let code = if *status == "4" { "CO*22" } else { "CO*45" };
        file.add(number, status, *paid, &[(code, 10_000 - paid)]);
    }
    let claims = file.claims.replace("SVC", &format!("{correction}~SVC"));
    file.claims = claims.replace(&format!("MI*W{number}~"), "MI*WSAME~");
    let arrival = world.take_in("acme", &format!("{cycle}.835"), &file.text(cycle, cycle, ""));
    world.amounts.insert(arrival, file.amount());
    world.check();
}

/// With three claims of one patient at the payer.
fn world_of_one_patient() -> World {
    let mut world = World::new(true);
    let of_one = |(number, procedure): (&str, &str)| Made {
        member: "WSAME".to_owned(),
        procedure: procedure.to_owned(),
        ..Made::new(number)
    };
    let claims = [("S1", "99213"), ("S2", "93000"), ("S3", "81002")].map(of_one);
    world.take_in("cedar", "more", &made::interchange("CEDAR", 9, &claims));
    assert_eq!(world.dispatch(), 1);
    world
}

#[test]
fn whom_a_payer_corrects_is_told_once() {
    let mut world = world_of_one_patient();

    // What is as it was sent, in whatever form, corrects nothing.
    decide(&mut world, "S1", 1, &[("1", 6_000)], "NM1*74*1*Roe*Jane****C*WSAME");
    assert!(told(&world).is_empty());
    decide(&mut world, "S2", 2, &[("1", 6_000)], "NM1*74*1*ROE*JAYNE****C*W77");
    let items = told(&world);
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].desk.as_str(), items[0].amount.cents()), ("registration", 0));
    assert!(items[0].what.contains("another name and number"), "{}", items[0].what);
    assert!(!items[0].what.contains("JAYNE") && !items[0].action.contains("JAYNE"));
    let says = "NM1*74 ROE JAYNE, number W77; the claim has ROE JANE, number WSAME; ";
    assert!(items[0].evidence.starts_with(says), "{}", items[0].evidence);
    // Not for each claim of hers, neither while it is open nor once it is done.
    decide(&mut world, "S3", 3, &[("1", 6_000)], "NM1*74*1*ROE*JAYNE****C*W77");
    assert_eq!(told(&world).len(), 1);
    let id = items[0].id.0.to_string();
    assert!(world.work_on(&["resolve", &id, "--reason", "she is registered so"]));
    decide(&mut world, "S3", 4, &[("22", 6_000), ("1", 7_000)], "NM1*74*1*ROE*JAYNE****C*W77");
    assert!(told(&world).is_empty());
    // Another correction is another item.
    decide(&mut world, "S3", 5, &[("22", 7_000), ("1", 8_000)], "NM1*74*1******C*W78");
    assert_eq!(told(&world).len(), 1);
    assert!(told(&world)[0].what.contains("another number"), "{}", told(&world)[0].what);
}

#[test]
fn which_payer_comes_first_is_told_once() {
    let mut world = world_of_one_patient();
    // That it comes first itself corrects nothing.
    decide(&mut world, "S1", 1, &[("1", 6_000)], "NM1*PR*2*ACME HEALTH*****PI*ACME1");
    assert!(told(&world).is_empty());
    let blue = "NM1*PR*2*BLUE PLAN*****PI*BLUE1";
    decide(&mut world, "S2", 2, &[("1", 6_000)], blue);
    let items = told(&world);
    assert_eq!(items.len(), 1);
    assert_eq!((items[0].desk.as_str(), items[0].amount.cents()), ("registration", 0));
    assert!(
        items[0].what.ends_with("comes first: BLUE PLAN, number BLUE1 (NM1*PR)"),
        "{}",
        items[0].what
    );
    assert!(items[0].action.starts_with("check the order of coverage"), "{}", items[0].action);
    let says = "NM1*PR BLUE PLAN, number BLUE1; 2.835";
    assert!(items[0].evidence.starts_with(says), "{}", items[0].evidence);
    // Of the same patient it is not told again; the item of the denial that asks for that payer names it.
    decide(&mut world, "S3", 3, &[("4", 0)], blue);
    assert_eq!(told(&world).len(), 1);
    let denied = world.open_items().into_iter().find(|item| item.category == Category::Denied);
    let denied = denied.expect("it was denied");
    let names = "; it names the payer that comes first: BLUE PLAN, number BLUE1 (NM1*PR)";
    assert!(denied.what.ends_with(names), "{}", denied.what);
    let reports = world.store().undelivered("cedar:reports", Moment(i64::MAX), u32::MAX);
    let reports = reports.expect("read").into_iter().map(|one| one.bytes);
    let told_office = "the payer says that another comes first: BLUE PLAN, number BLUE1";
    let has_it = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(told_office);
    assert_eq!(reports.filter(|bytes| has_it(bytes)).count(), 2);
    let id = items[0].id.0.to_string();
    assert!(world.work_on(&["resolve", &id, "--reason", "it does not"]));
    decide(&mut world, "S1", 4, &[("22", 6_000), ("1", 7_000)], blue);
    assert!(told(&world).is_empty());
}
