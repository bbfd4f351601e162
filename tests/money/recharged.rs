//! A claim goes out once more with another charge, and its payer takes nothing back of what it decided before: whoever
//! sent it anew, a person from the queue or its office, the books and the items are the same.

use proptest::prelude::*;

use claimgate::change::ClaimId;
use claimgate::change::cases::TOO_MUCH;
use claimgate::denials::Category;
use claimgate::gateway::knowledge::cut;
use claimgate::ledger::Account;
use x12::value::Money;

use crate::again::{Service, Word, back, claim_payment, orders, says};
use crate::cases;
use crate::made::{Made, interchange as interchange_of};
use crate::packings::{Remittance, interchange, remittance};
use crate::world::World;

/// Who sends it anew, with which charge in cents.
#[derive(Clone, Copy, Debug)]
enum Anew {
    Person(i64),
    /// With this charge of its second line.
    SecondLine(i64, i64),
    Office(i64),
}

impl Anew {
    fn send(self, world: &mut World) {
        let wire = |cents| Money::from_cents(cents).to_wire();
        match self {
            Anew::Person(charge) | Anew::SecondLine(charge, _) => {
                let more: &[&str] = &["open", "1", "--what", "units"];
                let less =
                    ["open", "1", "--found", "overpaid", "--amount", "50", "--what", "units"];
                if world.open_items().is_empty() {
                    assert!(world.work_on(if charge < 10_000 { &less } else { more }));
                }
                let opened = world.open_items().into_iter().max_by_key(|item| item.id);
                let item = opened.expect("an item").id.0.to_string();
                let of_line =
                    if let Anew::SecondLine(_, of_line) = self { of_line } else { charge };
                let line = format!("{}:SV102={}", last_line(world), wire(of_line));
                let claim = format!("CLM02={}", wire(charge));
                assert!(world.work_on(&["edit", &item, "--set", &line, "--set", &claim]));
                let release = ["release", &item, "--as", "replacement"];
                assert!(
                    world.work_on(&[&release[..], &["--override-findings", "so it was"]].concat())
                );
            }
            Anew::Office(charge) => {
                let original = "P1".to_owned();
                let made = Made { frequency: "7", original, ..Made::new("M00001") };
                let text = interchange_of("CEDAR", 91, &[made]);
                let text = text.replace("*100*", &format!("*{}*", wire(charge)));
                world.take_in("cedar", "anew", &text);
                world.release();
            }
        }
        assert_eq!(world.dispatch(), 1);
    }
}

/// The segment of the last line of the first claim.
fn last_line(world: &World) -> u32 {
    let claim = world.store().claim(ClaimId(1)).expect("read").expect("it");
    let document = cut(&world.gateway, &claim.place, &[]).expect("its segments");
    let line = document.segments().filter(|one| one.tag_bytes() == b"SV1").last();
    line.expect("a line").number()
}

/// What is owed, was taken off, and is the patient's, and what items say was paid twice.
type End = ([i64; 3], Vec<i64>);

/// The ends of what a payer says, each on a day of its own, in these orders; after so much of it the claim goes out anew.
fn ends(words: &[Word<'_>], orders: &[Vec<usize>], (before, anew): (usize, Anew)) -> Vec<End> {
    let told = words.iter().enumerate();
    let all: Vec<Remittance> =
        told.map(|(at, word)| remittance(at, at as i64, &claim_payment(*word))).collect();
    let mut ends = Vec::new();
    for order in orders {
        let mut world = match anew {
            Anew::SecondLine(..) => World::of_two_lines(),
            Anew::Person(_) | Anew::Office(_) => World::new(false),
        };
        for (at, file) in order.iter().filter_map(|at| all.get(*at)).enumerate() {
            if at == before {
                anew.send(&mut world);
            }
            let arrival =
                world.take_in("acme", &format!("{at}.835"), &interchange(&[file], at + 1));
            world.amounts.insert(arrival, file.cents);
            world.check();
        }
        let balances = world.end().0;
        let of = |account| balances.get(&(account, Some(1))).copied().unwrap_or_default();
        let items = world.open_items().into_iter();
        let twice = items
            .filter(|item| item.category == Category::Overpaid && item.alike.rule == TOO_MUCH)
            .map(|item| item.amount.cents());
        let books = [Account::Receivable, Account::Contractual, Account::Patient].map(of);
        ends.push((books, twice.collect()));
    }
    ends.dedup();
    ends
}

const FIRST: &[Service] = &[(1, 10_000, 6_000, &[("CO*45", 4_000)])];

#[test]
fn what_is_decided_on_the_charge_of_now_stands_whoever_sent_it_anew() {
    let more: &[Service] = &[(1, 30_000, 15_000, &[("CO*45", 12_000), ("PR*1", 3_000)])];
    let much_more: &[Service] = &[(1, 100_000, 15_000, &[("CO*45", 82_000), ("PR*1", 3_000)])];
    let less: &[Service] = &[(1, 5_000, 3_000, &[("CO*45", 1_500), ("PR*1", 500)])];
    let patients: &[Service] = &[(1, 30_000, 0, &[("PR*1", 30_000)])];
    let first = says("P1", FIRST);
    for (services, charge, off, share) in [
        (more, 30_000, 12_000, 3_000),
        (much_more, 100_000, 82_000, 3_000),
        (less, 5_000, 1_500, 500),
        (patients, 30_000, 0, 30_000),
    ] {
        let then = says("R1", services);
        for anew in [Anew::Person(charge), Anew::Office(charge)] {
            let of = |words: &[Word<'_>], orders: &[Vec<usize>]| ends(words, orders, (1, anew));
            let twice = ([-6_000, off, share], vec![6_000]);
            assert_eq!(of(&[first, then], &orders(1, 2)), [twice], "{anew:?}");
            let alone = ([0, off, share], vec![]);
            let words = [first, then, back(first)];
            assert_eq!(of(&words, &orders(1, 3)), [alone], "{anew:?}");
            if matches!(anew, Anew::Office(5_000)) {
                // What is in credit by the charge alone, nobody tells.
                continue;
            }
            let before = ([charge - 10_000, 4_000, 0], vec![]);
            let words = [first, then, back(then)];
            assert_eq!(of(&words, &orders(2, 3)), [before], "{anew:?}");
            let words = [first, then, back(first), back(then)];
            let all = [[0, 1, 2, 3], [0, 1, 3, 2], [0, 2, 1, 3]].map(Vec::from);
            assert_eq!(of(&words, &all), [([charge, 0, 0], vec![])], "{anew:?}");
        }
    }
}

/// What was decided before comes after the claim went out anew.
#[test]
fn what_was_decided_before_is_late() {
    let more: &[Service] = &[(1, 30_000, 2_000, &[("CO*45", 25_000), ("PR*1", 3_000)])];
    let denied: &[Service] = &[(1, 10_000, 0, &[("CO*16", 10_000)])];
    let (denied, first, then) = (says("P0", denied), says("P1", FIRST), says("R1", more));
    let of = |words: &[Word<'_>]| ends(words, &orders(1, words.len()), (1, Anew::Person(30_000)));
    assert_eq!(of(&[denied, first, then]), [([-6_000, 25_000, 3_000], vec![6_000])]);
    assert_eq!(of(&[denied, first, then, back(first)]), [([0, 25_000, 3_000], vec![])]);
}

const LINES: &[Service] =
    &[(1, 6_000, 4_000, &[("CO*45", 2_000)]), (2, 4_000, 3_000, &[("CO*45", 1_000)])];
const SECOND_ANEW: [Service; 4] = [
    (2, 8_000, 5_000, &[("CO*45", 2_000), ("PR*2", 1_000)]),
    (2, 8_000, 0, &[("CO*50", 8_000)]),
    (2, 8_000, 7_000, &[("CO*45", 1_000)]),
    (2, 8_000, 1_000, &[("CO*45", 7_000)]),
];
const FIRST_ANEW: [Service; 3] = [
    (1, 6_000, 4_000, &[("CO*45", 2_000)]),
    (1, 6_000, 2_000, &[("CO*45", 3_000), ("PR*2", 1_000)]),
    (1, 6_000, 0, &[("CO*50", 6_000)]),
];

#[test]
fn of_several_lines_one_has_another_charge() {
    let anew = [LINES[0], SECOND_ANEW[0]];
    let (first, then) = (says("P1", LINES), says("R1", &anew));
    let of = |words: &[Word<'_>], orders: &[Vec<usize>]| {
        ends(words, orders, (1, Anew::SecondLine(14_000, 8_000)))
    };
    let twice = ([-7_000, 4_000, 1_000], vec![7_000]);
    assert_eq!(of(&[first, then], &orders(1, 2)), [twice]);
    assert_eq!(of(&[first, then, back(first)], &orders(1, 3)), [([0, 4_000, 1_000], vec![])]);
    assert_eq!(of(&[first, then, back(then)], &orders(2, 3)), [([4_000, 3_000, 0], vec![])]);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(8),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// What is said of the new charge comes in any order, and so does what is taken back.
    #[test]
    fn decisions_on_another_charge_leave_the_same_in_any_order(
        all in prop::collection::vec((0..3_usize, 0..4_usize), 1..4),
        order in Just((1..4_usize).collect::<Vec<usize>>()).prop_shuffle(),
        taken_back in Just((0..4_usize).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let all: Vec<[Service; 2]> =
            all.iter().map(|&(one, other)| [FIRST_ANEW[one], SECOND_ANEW[other]]).collect();
        let mut words = vec![says("P1", LINES)];
        for (at, services) in all.iter().enumerate() {
            // Of two that are alike the one that came first is posted.
            if !all[..at].contains(services) {
                words.push(says("R1", services));
            }
        }
        let count = words.len();
        let mut order: Vec<usize> = order.into_iter().filter(|at| *at < count).collect();
        order.insert(0, 0);
        let anew = (1, Anew::SecondLine(14_000, 8_000));
        let both = [(0..count).collect(), order.clone()];
        prop_assert_eq!(ends(&words, &both, anew).len(), 1, "{:?}", words);
        let taken_back = taken_back.into_iter().filter(|at| *at < count);
        let taken_back: Vec<Word<'_>> = taken_back.map(|at| back(words[at])).collect();
        words.extend(taken_back);
        order.extend(count..2 * count);
        prop_assert_eq!(ends(&words, &[order], anew), [([14_000, 0, 0], vec![])], "{:?}", words);
    }
}
