//! What offices are told of payments that they share: each has its own part, which adds up, and nothing of
//! another's.

use proptest::prelude::*;

use claimgate::change::Moment;
use claimgate::denials::Category;

use crate::cases;
use crate::made;
use crate::payers::Remitted;
use crate::world::World;

const CHARGE: i64 = 10_000;
const CLAIMS: usize = 4;

/// A claim of an office by its number, or one that nobody knows: what its payer says of it.
#[derive(Clone, Copy, Debug)]
enum Said {
    Paid(i64),
    Denied,
    /// It takes back what was never paid.
    TakenBack(i64),
    /// What does not add up.
    Unequal(i64),
}

fn said() -> impl Strategy<Value = Said> {
    let cents = 1..CHARGE;
    prop_oneof![
        4 => cents.clone().prop_map(Said::Paid),
        1 => Just(Said::Denied),
        1 => cents.clone().prop_map(Said::TakenBack),
        1 => cents.prop_map(Said::Unequal),
    ]
}

fn number() -> impl Strategy<Value = String> {
    let of = |prefix: &'static str| (1..=CLAIMS).prop_map(move |at| format!("{prefix}{at:05}"));
    prop_oneof![3 => of("M"), 3 => of("V"), 1 => of("X")]
}

fn entry() -> impl Strategy<Value = (String, i64)> {
    let of = |reason: &'static str, sign: i64| {
        (number(), 1..5_000_i64)
            .prop_map(move |(number, cents)| (format!("{reason}:P{number}"), sign * cents))
    };
    prop_oneof![of("WO", 1), of("L6", -1), of("CS", 1), of("CT", -1), of("FB", 1), of("72", -1)]
}

fn file(claims: &[(String, Said)], entries: Vec<(String, i64)>, cycle: usize) -> Remitted {
    let mut file = Remitted::default();
    file.entries = entries;
    for (number, said) in claims {
        match said {
            Said::Paid(paid) => file.add(number, "1", *paid, &[("CO*45", CHARGE - paid)]),
            Said::Denied => file.add(number, "4", 0, &[("CO*50", CHARGE)]),
            Said::TakenBack(paid) => file.add(number, "22", *paid, &[("CO*45", CHARGE - paid)]),
            Said::Unequal(paid) => file.add(number, "1", *paid, &[("CO*45", CHARGE - paid + 1)]),
        }
    }
    file.finish(cycle);
    file
}

/// Beside the item about a part that nobody knew the office of stands whose it is, once a person says so, until that is
/// undone.
#[test]
fn beside_an_item_about_a_part_stands_whose_it_is_by_now() {
    let mut world = World::new(true);
    world.take_in("willow", "more", &made::interchange("WILLOW", 91, &made::many("V", CLAIMS)));
    assert_eq!(world.dispatch(), 1);
    let said = ["M00001", "V00001", "X00001"].map(|number| (number.to_owned(), Said::Paid(6_000)));
    let file = file(&said, Vec::new(), 1);
    let arrival = world.take_in("acme", "1.835", &file.text(1, 1, ""));
    world.amounts.insert(arrival, file.amount());
    let items = world.open_items();
    let item = items.iter().find(|item| item.what.contains("offices have their parts"));
    let item = item.expect("it is open");
    let nobody = "60.00 in all: nobody knew whose they were when it came";
    assert!(item.what.ends_with(nobody), "{}", item.what);
    let show = ["show", &item.id.0.to_string()];
    let known = |world: &World| -> Vec<String> {
        let told = world.shown(&show);
        let known = told.lines().filter_map(|line| line.trim().strip_prefix("known since: "));
        known.map(|line| line.trim().to_owned()).collect()
    };
    assert_eq!(known(&world), [""; 0]);
    let unmatched = items.iter().find(|item| item.category == Category::Unmatched);
    let id = unmatched.expect("nobody knows it").id.0.to_string();
    let despite = ["--despite", "patient,payee", "--reason", "her other number"];
    assert!(world.work_on(&[&["attach", id.as_str(), "2"][..], &despite].concat()));
    assert_eq!(known(&world), ["60.00 is cedar's (claim 2)"]);
    assert!(world.work_on(&["detach", &id, "--reason", "it was not"]));
    assert_eq!(known(&world), [""; 0]);
    // So it is of parts.
    for (claim, amount) in [("3", "20.00"), ("2", "15.00")] {
        let part = ["--amount", amount, "--reason", "a part"];
        assert!(world.work_on(&[&["attach", id.as_str(), claim], &despite[..2], &part].concat()));
    }
    assert_eq!(known(&world), ["15.00 is cedar's (claim 2)", "20.00 is cedar's (claim 3)"]);
    assert!(world.work_on(&["detach", &id, "--reason", "it was not"]));
    assert_eq!(known(&world), [""; 0]);
    world.check();
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(16),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn each_office_is_told_what_adds_up_and_nothing_of_another(
        files in prop::collection::vec(
            (
                prop::collection::vec((number(), said()), 1..8),
                prop::collection::vec(entry(), 0..4),
                prop_oneof![5 => Just(0_i64), 1 => 1..500_i64],
            ),
            1..5,
        ),
    ) {
        let mut world = World::new(false);
        world.take_in("willow", "more", &made::interchange("WILLOW", 91, &made::many("V", CLAIMS)));
        assert_eq!(world.dispatch(), 1);
        for (at, (claims, entries, off_by)) in files.into_iter().enumerate() {
            let cycle = at + 1;
            let mut file = file(&claims, entries, cycle);
            file.off_by = off_by;
            let text = file.text(cycle, cycle, "");
            let arrival = world.take_in("acme", &format!("{cycle}.835"), &text);
            let posted = world.store().journal(0, u32::MAX).expect("read");
            if posted.iter().any(|one| one.arrival == Some(arrival)) {
                world.amounts.insert(arrival, file.amount());
            }
            world.check();
        }
        for (office, others) in [("cedar", "V0"), ("willow", "M0")] {
            let channel = format!("{office}:reports");
            let told = world.store().undelivered(&channel, Moment(i64::MAX), u32::MAX).expect("read");
            for report in told {
                let text = String::from_utf8_lossy(&report.bytes).into_owned();
                let is_of_other = |line: &&str| line.starts_with(&format!("  claim {others}"));
                prop_assert!(!text.lines().any(|line| is_of_other(&line)), "{office}:\n{text}");
            }
        }
    }
}
