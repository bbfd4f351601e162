//! V41: what comes by the channel of a payer and names none is that payer's only where something says so.

use claimgate::lifecycle::State;

use crate::made;
use crate::payers::Remitted;
use crate::world::World;
use claimgate::change::ClaimId;

const PAID: i64 = 6_000;

/// One that decides on a claim of this number, as the first payer or the second.
fn of(number: &str, status: &str) -> Remitted {
    let mut file = Remitted::default();
    let adjustments: &[(&str, i64)] = match status {
        "2" => &[("OA*23", 10_000 - PAID)],
        _ => &[("CO*45", 10_000 - PAID)],
    };
    file.add(number, status, PAID, adjustments);
    file
}

fn by(file: &Remitted, cycle: usize, number: &str, name: &str) -> String {
    let text = file.text(cycle, cycle, "");
    text.replace("*1512345678~", &format!("*{number}~"))
        .replace("*ACME HEALTH~", &format!("*{name}~"))
}

/// What is wrong with the payer of a remittance, after one of its own.
fn breaks(world: &mut World, file: &Remitted, (cycle, number, name): (usize, &str, &str)) -> u64 {
    let count = |world: &World| -> u64 {
        let totals = world.store().broken_rules().expect("read");
        totals.iter().filter(|one| one.rule == "V41").map(|one| one.times).sum()
    };
    let before = count(world);
    let text = by(file, cycle, number, name);
    let arrival = world.take_in("acme", &format!("{cycle}.835"), &text);
    let broken = count(world) - before;
    if broken == 0 {
        world.amounts.insert(arrival, file.amount());
    }
    world.check();
    broken
}

#[test]
fn another_payer_on_the_channel_of_a_payer_is_held() {
    let (own, other) = (("1512345678", "ACME HEALTH"), ("1777777777", "ZEBRA MUTUAL"));
    let with = |cycle, (number, name): (&'static str, &'static str)| (cycle, number, name);
    // Of a first one there is nothing to compare with.
    let mut world = World::new(false);
    assert_eq!(breaks(&mut world, &of("NOBODY", "1"), with(1, other)), 0);

    let cases = [
        // Nothing of it is known.
        (of("NOBODY", "1"), other, 1),
        // The claim's own payer has not decided, and another would speak in its name.
        (of("M00002", "2"), other, 1),
        // A payer has another number, or another name, or both and decides on its own claim.
        (of("NOBODY", "1"), (other.0, "Acme Health, Inc."), 0),
        (of("NOBODY", "1"), (own.0, other.1), 0),
        (of("M00002", "1"), other, 0),
        // What is not told cannot differ.
        (of("NOBODY", "1"), ("", other.1), 0),
    ];
    for (file, names, expected) in cases {
        let mut world = World::new(false);
        assert_eq!(breaks(&mut world, &of("M00001", "1"), with(1, own)), 0);
        assert_eq!(breaks(&mut world, &file, with(2, names)), expected, "{names:?}");
    }

    // What has TRN03 among its ids is another payer of the settings.
    let mut world = World::new(false);
    assert_eq!(breaks(&mut world, &of("M00001", "1"), with(1, own)), 0);
    assert_eq!(breaks(&mut world, &of("NOBODY", "1"), with(2, ("1888888888", other.1))), 0);
    assert_eq!(world.store().suspended().expect("read")[0].payer, "beacon");

    // Whom a person lets go on is known from then on.
    let mut world = World::new(true);
    assert_eq!(breaks(&mut world, &of("M00001", "1"), with(1, own)), 0);
    assert_eq!(breaks(&mut world, &of("NOBODY", "1"), with(2, other)), 1);
    assert_eq!(breaks(&mut world, &of("NOBODY", "1"), with(3, other)), 1);
    let mut items = world.open_items();
    items.retain(|item| item.what.starts_with("it names no payer of the settings"));
    assert_eq!(items.len(), 2);
    let id = items[0].id.0.to_string();
    assert!(world.work_on(&["post", &id, "--reason", "they were merged"]));
    let arrival = items[0].arrival.expect("an arrival");
    world.amounts.insert(arrival, PAID);
    world.check();
    assert_eq!(breaks(&mut world, &of("NOBODY", "1"), with(4, other)), 0);
    assert_eq!(world.claims()[0].state, State::Paid);
}

/// Of claims with one charge and day, more than would be looked through, the patient's own is suggested: by number,
/// by name, and by initial.
#[test]
fn a_patients_claim_is_suggested_among_hundreds_of_one_charge_and_day() {
    for is_on_disk in [false, true] {
        let mut world = World::new(is_on_disk);
        let mut claims = made::many("S", 300);
        claims[0].last_name = "ROENTGEN-SMITH".to_owned();
        claims[0].first_name = "WILMA".to_owned();
        world.send(&claims);
        let number_of = |clm01: &str| -> ClaimId {
            let found = world.store().claims_by_control_number(clm01).expect("read");
            found.first().expect("a claim").id
        };
        let (named, numbered) = (number_of("S00001"), number_of("S00007"));
        for (cycle, patient, suggested) in [
            (1, "ROENTGEN*WILMA****MI*Z1", Some(named)),
            (2, "ROENTGENSMITH*W", Some(named)),
            (3, "ROENTGEN SMITH", Some(named)),
            (4, "DOE*ANN****MI*WS00007", Some(numbered)),
            (5, "DOE*ANN****MI*Z1", None),
        ] {
            let text = of(&format!("X90{cycle}"), "1").text(cycle, cycle, "");
            let own = format!("ROE*JANE****MI*WX90{cycle}~");
            assert!(text.contains(&own));
            world.take_in(
                "acme",
                &format!("{cycle}.835"),
                &text.replace(&own, &format!("{patient}~")),
            );
            let items = world.open_items();
            let told = &items.last().expect("an item").what;
            let perhaps = suggested.map(|claim| format!("perhaps claim {}", claim.0));
            assert!(perhaps.iter().all(|perhaps| told.contains(perhaps)), "{patient}: {told}");
            assert_eq!(told.contains("perhaps claim"), suggested.is_some(), "{patient}: {told}");
        }
    }
}
