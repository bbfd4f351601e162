//! What a payer decides once more of lines that it splits over several services, and of a claim in whose place another
//! went out: it takes nothing off twice, whatever came last, and a reversal brings the books back.

use proptest::prelude::*;

use claimgate::change::cases::TOO_MUCH;
use claimgate::denials::Category;
use claimgate::ledger::Account;
use x12::value::Money;

use crate::cases;
use crate::made::{Made, days_ago, interchange as interchange_of};
use crate::packings::{Remittance, interchange, remittance};
use crate::payers::Remitted;
use crate::world::World;

/// A service: its line, the charge, what is paid, and what adjusts the rest, in cents.
pub type Service = (usize, i64, i64, &'static [(&'static str, i64)]);

const FIRST: Service = (1, 6_000, 4_000, &[("CO*45", 2_000)]);
const SECOND: Service = (2, 4_000, 3_000, &[("CO*45", 1_000)]);
const ALL: &[Service] = &[FIRST, SECOND];
/// A third of the first line is paid, and the rest of it denied.
const SPLIT: [Service; 2] =
    [(1, 2_000, 1_000, &[("CO*45", 1_000)]), (1, 4_000, 0, &[("CO*50", 4_000)])];
const DENIED: Service = (1, 6_000, 0, &[("CO*50", 6_000)]);
const LESS: Service = (2, 4_000, 1_000, &[("CO*45", 3_000)]);

/// What a payer says under a number of its own, or that it takes that back.
pub type Word<'w> = (&'w str, i64, &'w [Service]);

pub fn says<'w>(number: &'w str, services: &'w [Service]) -> Word<'w> {
    (number, 1, services)
}

pub fn back((number, _, services): Word<'_>) -> Word<'_> {
    (number, -1, services)
}

/// A CLP, and what it pays.
pub fn claim_payment((number, sign, services): Word<'_>) -> (String, i64) {
    let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
    let day = days_ago(20).to_wire();
    let (charge, paid) = services.iter().fold((0, 0), |sums, one| (sums.0 + one.1, sums.1 + one.2));
    let status = if sign < 0 { "22" } else { "1" };
    let mut told = format!(
        "CLP*M00001*{status}*{}*{}**12*{number}~NM1*QC*1*ROE*JANE****MI*WM00001~",
        wire(charge),
        wire(paid)
    );
    for (line, charge, paid, adjustments) in services {
        let procedure = ["99213", "93000"][line - 1];
        let (charge, paid) = (wire(*charge), wire(*paid));
        told += &format!("SVC*HC:{procedure}*{charge}*{paid}**1~DTM*472*{day}~");
        for (code, cents) in *adjustments {
            told += &format!("CAS*{code}*{}~", wire(*cents));
        }
        told += &format!("REF*6R*M00001L{line}~");
    }
    (told, sign * paid)
}

/// What is owed, what was taken off, and what items say was paid twice.
type End = (i64, i64, Vec<i64>);

fn end(world: &World, claim: i64) -> End {
    let balances = world.end().0;
    let of = |account| balances.get(&(account, Some(claim))).copied().unwrap_or_default();
    let items = world.open_items().into_iter();
    let twice = items
        .filter(|item| item.category == Category::Overpaid && item.alike.rule == TOO_MUCH)
        .map(|item| item.amount.cents());
    (of(Account::Receivable), of(Account::Contractual), twice.collect())
}

/// Every order of so many, the first ones in their place.
pub fn orders(fixed: usize, count: usize) -> Vec<Vec<usize>> {
    if count <= fixed {
        return vec![(0..count).collect()];
    }
    let mut all = Vec::new();
    for order in orders(fixed, count - 1) {
        for at in fixed..count {
            let mut order = order.clone();
            order.insert(at, count - 1);
            all.push(order);
        }
    }
    all
}

/// The ends of what a payer says, each on a day of its own, in these orders; after so much of it another claim goes out
/// in the place of the one that it is of, where it is not 0.
fn ends(words: &[Word<'_>], orders: &[Vec<usize>], said_before: usize) -> Vec<End> {
    let told = words.iter().enumerate();
    let all: Vec<Remittance> =
        told.map(|(at, word)| remittance(at, at as i64, &claim_payment(*word))).collect();
    let mut ends = Vec::new();
    for order in orders {
        let mut world = World::of_two_lines();
        for (at, file) in order.iter().map(|at| &all[*at]).enumerate() {
            let name = format!("{at}.835");
            let arrival = world.take_in("acme", &name, &interchange(&[file], at + 1));
            world.amounts.insert(arrival, file.cents);
            world.check();
            if at + 1 == said_before {
                world.replace("M00001", "P1");
            }
        }
        ends.push(end(&world, 1));
    }
    ends.dedup();
    ends
}

#[test]
fn a_part_of_a_line_that_was_paid_is_denied_beside_others_and_taken_off_once() {
    let (first, anew) = (says("P1", &[FIRST]), says("P1", &[SECOND]));
    let beside = [SPLIT[0], SPLIT[1], SECOND];
    let [beside, alone] = [&beside[..], &SPLIT].map(|services| says("P1", services));
    for (words, expected) in [
        (vec![first, beside], (-1_000, 3_000, vec![1_000])),
        (vec![first, beside, back(first)], (0, 6_000, vec![])),
        (vec![first, beside, back(beside)], (4_000, 2_000, vec![])),
        (vec![first, beside, back(first), back(beside)], (10_000, 0, vec![])),
        (vec![first, beside, back(beside), anew], (0, 3_000, vec![])),
        (vec![beside, first], (-4_000, 6_000, vec![4_000])),
        (vec![says("P1", ALL), alone], (-1_000, 3_000, vec![1_000])),
        (vec![first, alone, anew], (-1_000, 3_000, vec![1_000])),
        (vec![first, alone, anew, back(first)], (0, 6_000, vec![])),
        (vec![first, alone, anew, back(alone)], (0, 3_000, vec![])),
    ] {
        let orders = orders(0, words.len());
        assert_eq!(ends(&words, &orders, 0), [expected], "{words:?}");
    }
}

/// What is decided on the one that went out in its place is taken back after that was heard: under its number the payer
/// knows nothing before.
#[test]
fn what_is_decided_on_a_claim_and_on_its_replacement_is_taken_off_once() {
    let of_all = says("P1", ALL);
    let (of_first, denied) = (says("P1", &[FIRST]), says("P1", &[FIRST, LESS]));
    let in_part = [DENIED, LESS];
    let less = says("R1", &in_part);
    let again = says("R1", ALL);
    for (before, then, expected) in [
        // The first line was paid; it is denied beside the other one.
        (of_all, less, (-1_000, 3_000, 1_000)),
        (of_all, again, (-7_000, 3_000, 7_000)),
        (denied, again, (-7_000, 5_000, 7_000)),
        // What has the whole charge stands before what has a part of it.
        (of_first, again, (-4_000, 3_000, 4_000)),
        (of_first, less, (-4_000, 9_000, 4_000)),
    ] {
        let name = format!("{before:?} {then:?}");
        let off = |word: Word<'_>| word.2.iter().map(|one| one.1 - one.2).sum::<i64>();
        let open = |word: Word<'_>| 10_000 - word.2.iter().map(|one| one.1).sum::<i64>();
        let twice = (expected.0, expected.1, vec![expected.2]);
        assert_eq!(ends(&[before, then], &orders(1, 2), 1), [twice], "{name}");
        let words = [before, then, back(before)];
        let left = (open(then), off(then), vec![]);
        assert_eq!(ends(&words, &orders(1, 3), 1), [left], "{name}");
        let words = [before, then, back(then)];
        let left = (open(before), off(before), vec![]);
        assert_eq!(ends(&words, &orders(2, 3), 1), [left], "{name}");
        let words = [before, then, back(before), back(then)];
        let all = [[0, 1, 2, 3], [0, 1, 3, 2], [0, 2, 1, 3]].map(Vec::from);
        assert_eq!(ends(&words, &all, 1), [(10_000, 0, vec![])], "{name}");
    }
    // Of three decisions the first stands, and what both others pay is too much.
    let words = [of_all, again, less];
    assert_eq!(ends(&words, &orders(1, 3), 1), [(-8_000, 3_000, vec![8_000])]);
}

/// The patient owes a share once, and of the next payer more than that is too much, whichever of the two was heard first.
#[test]
fn the_share_of_a_claim_and_of_its_replacement_is_owed_once() {
    let shared = [("CO*45", 2_000), ("PR*2", 2_000)];
    for (paid, beyond) in [(2_000, 0), (4_000, 2_000)] {
        let [mut first, mut anew, mut next] = [(); 3].map(|()| Remitted::default());
        first.add_as("P1", "S1", "1", 6_000, &shared);
        anew.add_as("R1", "S1", "1", 6_000, &shared);
        next.is_second = true;
        next.add_as("B1", "S1", "2", paid, &[("OA*23", 10_000 - paid)]);
        for order in [[&anew, &next], [&next, &anew]] {
            let mut world = World::new(false);
            let made = Made { has_next_payer: true, ..Made::new("S1") };
            world.send([made.clone()]);
            hear(&mut world, &first, 1);
            let claim = world.claims().last().expect("it").id.0;
            let made = Made { frequency: "7", original: "P1".to_owned(), ..made };
            world.take_in("cedar", "anew", &interchange_of("CEDAR", 91, &[made]));
            world.release();
            assert_eq!(world.dispatch(), 1);
            for (cycle, file) in (2..).zip(order) {
                hear(&mut world, file, cycle);
            }
            assert_eq!(end(&world, claim), (-6_000, 2_000, vec![6_000]), "{paid}");
            let patients = world.end().0.get(&(Account::Patient, Some(claim))).copied();
            assert_eq!(patients.unwrap_or_default(), -beyond);
            let items = world.open_items().into_iter();
            let told = items.filter(|item| item.category == Category::Overpaid);
            let told: i64 = told.map(|item| item.amount.cents()).sum();
            assert_eq!(told, 6_000 + beyond);
        }
    }
}

fn hear(world: &mut World, file: &Remitted, cycle: usize) {
    let payer = if file.is_second { "beacon" } else { "acme" };
    let arrival = world.take_in(payer, &format!("{cycle}.835"), &file.text(cycle, cycle, ""));
    world.amounts.insert(arrival, file.amount());
    world.check();
}

/// What is said of a line: nothing, that a part of it is paid, that it is denied, or both of it in two services.
const OF_LINES: [[&[Service]; 5]; 2] = [
    [&[], &[FIRST], &[(1, 6_000, 1_000, &[("CO*45", 4_000), ("PR*2", 1_000)])], &[DENIED], &SPLIT],
    [
        &[],
        &[SECOND],
        &[LESS],
        &[(2, 4_000, 0, &[("CO*50", 4_000)])],
        &[(2, 1_000, 1_000, &[]), (2, 3_000, 0, &[("CO*50", 3_000)])],
    ],
];

fn services() -> impl Strategy<Value = Vec<Service>> {
    let said = (0..5_usize, 0..5_usize).prop_filter("it says something", |of| *of != (0, 0));
    said.prop_map(|(one, other)| [OF_LINES[0][one], OF_LINES[1][other]].concat())
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(16),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// What is said of the first one comes before the other one goes out, and what is taken back, in any order, last.
    #[test]
    fn decisions_on_a_claim_and_on_its_replacement_leave_the_same_in_any_order(
        all in prop::collection::vec(services(), 2..5),
        said_before in 0..3_usize,
        order in Just((0..5_usize).collect::<Vec<usize>>()).prop_shuffle(),
        taken_back in Just((0..5_usize).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let is_of_first = |at: usize| said_before == 0 || at < said_before;
        let mut words: Vec<Word<'_>> = Vec::new();
        for (at, services) in all.iter().enumerate() {
            // Of two that are alike the one that came first is posted.
            if !all[..at].contains(services) {
                words.push(says(if is_of_first(words.len()) { "P1" } else { "R1" }, services));
            }
        }
        let count = words.len();
        let mut order: Vec<usize> = order.into_iter().filter(|at| *at < count).collect();
        order.sort_by_key(|at| !is_of_first(*at));
        let both = [(0..count).collect(), order.clone()];
        prop_assert_eq!(ends(&words, &both, said_before).len(), 1, "{:?}", words);
        // The item of such a denial stays closed where all else is taken back (SHORTCOMINGS.md), and `audit` asks.
        let is_denial = |word: &Word<'_>| word.0 == "P1" && word.2.iter().all(|one| one.2 == 0);
        if words.iter().any(is_denial) && said_before < count {
            return Ok(());
        }
        let taken_back = taken_back.into_iter().filter(|at| *at < count);
        let taken_back: Vec<Word<'_>> = taken_back.map(|at| back(words[at])).collect();
        words.extend(taken_back);
        order.extend(count..2 * count);
        prop_assert_eq!(ends(&words, &[order], said_before), [(10_000, 0, vec![])], "{:?}", words);
    }
}
