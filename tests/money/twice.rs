//! Claims that are paid twice: what the open items say is too much is what is in credit, after each file, in any
//! order of the files, and with refunds in between.

use proptest::prelude::*;
use x12::value::Money;

use claimgate::change::cases::TOO_MUCH;
use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::lifecycle::State;

use crate::cases;
use crate::made;
use crate::packings::{Remittance, interchange, remittance};
use crate::world::{World, work_on_deposits};

/// What the lines charge, in cents.
const CHARGES: [i64; 2] = [6_000, 4_000];

/// A decision: of each line nothing, or so many tenths that are paid, and with none of them it is denied; or that the
/// one before it at this place is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Paid([Option<i64>; 2]),
    Back(usize),
}
use Word::{Back, Paid};

/// A CLP, and what it pays in cents.
fn claim_payment(number: usize, lines: [Option<i64>; 2], sign: i64) -> (String, i64) {
    let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
    let day = made::days_ago(20).to_wire();
    let (mut charged, mut paid, mut told) = (0, 0, String::new());
    for (line, (tenths, charge)) in (1..).zip(lines.into_iter().zip(CHARGES)) {
        let Some(tenths) = tenths else { continue };
        let (procedure, amount) = (["99213", "93000"][line - 1], charge * tenths / 10);
        charged += charge;
        paid += amount;
        let reason = if tenths == 0 { "16" } else { "45" };
        let (charge, off, amount) = (wire(charge), wire(charge - amount), wire(amount));
        told.push_str(&format!(
            "SVC*HC:{procedure}*{charge}*{amount}**1~DTM*472*{day}~CAS*CO*{reason}*{off}~\
             REF*6R*M00001L{line}~"
        ));
    }
    let status = match sign {
        -1 => "22",
        _ if paid == 0 => "4",
        _ => "1",
    };
    let (charged, amount) = (wire(charged), wire(paid));
    let clp = format!(
        "CLP*M00001*{status}*{charged}*{amount}**12*P{number}~NM1*QC*1*ROE*JANE****MI*WM00001~{told}"
    );
    (clp, sign * paid)
}

/// Each on a day of its own. What takes nothing back says nothing.
fn remittances(words: &[Word]) -> Vec<Remittance> {
    let (mut all, mut taken_back) = (Vec::new(), Vec::new());
    for (at, word) in words.iter().enumerate() {
        let of_claim = match *word {
            Paid(lines) => claim_payment(at, lines, 1),
            Back(which) => {
                let before = words[..at].iter().enumerate().filter_map(|(at, word)| match word {
                    Paid(lines) => Some((at, *lines)),
                    Back(_) => None,
                });
                let before: Vec<_> = before.filter(|one| !taken_back.contains(one)).collect();
                let Some(&one) = before.get(which % before.len().max(1)) else { continue };
                taken_back.push(one);
                claim_payment(one.0, one.1, -1)
            }
        };
        all.push(remittance(at, at as i64, &of_claim));
    }
    all
}

/// A house of one claim.
struct House {
    world: World,
    control_number: usize,
}

impl House {
    fn new() -> House {
        House { world: World::of_two_lines(), control_number: 0 }
    }

    fn take_in(&mut self, remittance: &Remittance) {
        self.control_number += 1;
        let text = interchange(&[remittance], self.control_number);
        let name = format!("{}.835", self.control_number);
        let arrival = self.world.take_in("acme", &name, &text);
        self.world.amounts.insert(arrival, remittance.cents);
        self.check();
    }

    fn bank(&mut self, words: &[&str]) -> bool {
        let office = self.world.office(self.world.gateway.store.clone());
        let words: Vec<&str> = words.iter().copied().chain(["--reason", "a letter"]).collect();
        let is_done = work_on_deposits(&words, &office).is_ok();
        self.check();
        is_done
    }

    fn refund(&mut self, cents: i64) -> bool {
        let amount = Money::from_cents(cents).to_wire();
        self.bank(&["refund", "--claim", "1", "--number", "9", "--amount", &amount, "--another"])
    }

    fn balance(&self, account: Account) -> i64 {
        self.world.end().0.get(&(account, Some(1))).copied().unwrap_or_default()
    }

    fn state(&self) -> State {
        self.world.end().1[0]
    }

    /// What open items say is too much.
    fn told(&self) -> Vec<i64> {
        let mut items = self.world.open_items();
        items.retain(|item| {
            (item.category, item.alike.rule.as_str()) == (Category::Overpaid, TOO_MUCH)
        });
        for item in &items {
            assert!(item.what.contains(&item.amount.to_string()), "{}", item.what);
        }
        items.into_iter().map(|item| item.amount.cents()).collect()
    }

    /// One item says what is in credit.
    fn check(&self) {
        self.world.check();
        let credit = (-self.balance(Account::Receivable)).max(0);
        let expected: Vec<i64> = Some(credit).filter(|credit| *credit > 0).into_iter().collect();
        assert_eq!(self.told(), expected);
    }
}

fn word() -> impl Strategy<Value = Word> {
    let tenths = || prop_oneof![3 => 1..=9_i64, 1 => Just(0)];
    let lines = prop_oneof![
        3 => (tenths(), tenths()).prop_map(|(one, other)| [Some(one), Some(other)]),
        2 => tenths().prop_map(|one| [Some(one), None]),
        2 => tenths().prop_map(|other| [None, Some(other)]),
    ];
    prop_oneof![5 => lines.prop_map(Paid), 3 => (0..4_usize).prop_map(Back)]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(32),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn items_say_what_is_in_credit_after_each_file_in_any_order(
        words in prop::collection::vec(word(), 2..6),
        order in Just((0..6_usize).collect::<Vec<usize>>()).prop_shuffle(),
        refund in prop::option::of((0..6_usize, 1..=10_i64)),
        cancels in any::<bool>(),
    ) {
        let files = remittances(&words);
        let mut house = House::new();
        for (step, file) in order.iter().filter_map(|at| files.get(*at)).enumerate() {
            house.take_in(file);
            if let Some((_, tenths)) = refund.filter(|(after, _)| *after == step) {
                let cents = house.told().iter().sum::<i64>() * tenths / 10;
                let is_refunded = cents > 0 && house.refund(cents);
                prop_assert_eq!(is_refunded, cents > 0);
                if cancels && is_refunded {
                    prop_assert!(house.bank(&["cancel-refund", "1"]));
                }
            }
        }
        if refund.is_none() {
            let mut in_order = House::new();
            for file in &files {
                in_order.take_in(file);
            }
            prop_assert_eq!(house.told(), in_order.told());
        }
    }
}

/// Every order of these.
fn orders(files: &[Remittance]) -> Vec<Vec<&Remittance>> {
    let Some((last, rest)) = files.split_last() else { return vec![Vec::new()] };
    let mut all = Vec::new();
    for order in orders(rest) {
        all.extend((0..=order.len()).map(|at| [&order[..at], &[last], &order[at..]].concat()));
    }
    all
}

/// A part of what was decided first is taken back after the whole was paid once more: the item follows, and whoever
/// refunds by it sends what is too much.
#[test]
fn what_is_taken_back_of_a_claim_that_was_paid_twice_is_too_much_no_longer() {
    let whole = |tenths| Paid([Some(tenths); 2]);
    let (first, second) = (Paid([Some(8), None]), Paid([None, Some(8)]));
    for (words, expected) in [
        (vec![first, second, whole(6), Back(0)], 2_400),
        (vec![first, second, whole(6), Back(1)], 3_600),
        (vec![first, whole(6), second, Back(0)], 3_200),
        (vec![whole(8), whole(6), whole(5), Back(0)], 5_000),
        (vec![whole(8), whole(6), whole(5), Back(1)], 5_000),
        (vec![whole(8), whole(6), whole(5), Back(2)], 6_000),
        (vec![whole(8), whole(6), Back(0)], 0),
    ] {
        let files = remittances(&words);
        for order in orders(&files) {
            let mut house = House::new();
            for file in order {
                house.take_in(file);
            }
            assert_eq!(house.told().iter().sum::<i64>(), expected, "{words:?}");
            if expected > 0 {
                assert!(!house.refund(expected + 1) && house.refund(expected), "{words:?}");
                assert_eq!(house.balance(Account::Receivable), 0);
            }
        }
    }
}

/// What went back for a letter is no credit when the payer pays again.
#[test]
fn what_was_sent_back_before_is_not_asked_for_once_more() {
    let whole = |tenths| Paid([Some(tenths); 2]);
    let files = remittances(&[whole(6), whole(8)]);
    let mut house = House::new();
    house.take_in(&files[0]);
    assert!(house.refund(6_000));
    house.take_in(&files[1]);
    assert_eq!(house.told(), [2_000]);
    assert!(!house.refund(8_000) && house.refund(2_000));
    assert_eq!(
        (house.balance(Account::Receivable), house.balance(Account::Contractual)),
        (0, 4_000)
    );
    // It was stopped: it is to go back still.
    assert!(house.bank(&["cancel-refund", "2"]));
    assert_eq!(house.told(), [2_000]);
    assert!(house.bank(&["cancel-refund", "1"]));
    assert_eq!(house.told(), [8_000]);

    // As much comes again as went back: nothing is in credit.
    let files = remittances(&[whole(8), whole(6)]);
    let mut house = House::new();
    house.take_in(&files[0]);
    assert!(house.refund(6_000));
    house.take_in(&files[1]);
    assert!(house.told().is_empty());
}

/// An item that a person opened says what a payer does not owe, and makes no credit: neither closes for the other.
#[test]
fn what_a_person_found_beside_is_not_counted_with_it() {
    let whole = |tenths| Paid([Some(tenths); 2]);
    let files = remittances(&[whole(6), whole(8)]);
    let mut house = House::new();
    house.take_in(&files[0]);
    let found = ["open", "1", "--found", "overpaid", "--amount", "10.00", "--what", "the contract"];
    assert!(house.world.work_on(&found));
    house.take_in(&files[1]);
    assert_eq!(house.told(), [8_000]);
    let others = |house: &House| {
        let items = house.world.open_items().into_iter();
        items
            .filter(|item| item.alike.rule != TOO_MUCH)
            .map(|item| item.amount.cents())
            .collect::<Vec<i64>>()
    };
    assert!(house.refund(8_000));
    assert_eq!((house.told(), others(&house)), (vec![], vec![1_000]));
    assert!(house.refund(1_000));
    assert_eq!((house.told(), others(&house)), (vec![], vec![]));
    assert_eq!(
        (house.balance(Account::Receivable), house.balance(Account::Contractual)),
        (0, 5_000)
    );
}

/// What was paid gives way to no denial, whichever is heard first: nothing is taken off for it until the payment is taken
/// back, and then it stands.
#[test]
fn what_is_denied_once_it_was_paid_takes_nothing_off_until_the_payment_is_taken_back() {
    let (paid, denied) = (Paid([Some(6); 2]), Paid([Some(0); 2]));
    let of_line = Paid([Some(0), None]);
    let asked = |cents| vec![(Category::Unexplained, cents)];
    let work = |cents| vec![(Category::Denied, cents)];
    // What the payers say, by their days; contractual, what is open, and where the claim is.
    for (words, contractual, open, state) in [
        (vec![paid, denied], 4_000, asked(10_000), State::Paid),
        (vec![paid, of_line], 4_000, asked(6_000), State::Paid),
        (vec![paid, denied, of_line], 4_000, asked(10_000), State::Paid),
        (vec![denied, paid], 4_000, vec![], State::Paid),
        (vec![denied, paid, denied], 4_000, asked(10_000), State::Paid),
        (vec![paid, denied, Back(0)], 10_000, work(10_000), State::Denied),
        (vec![paid, denied, Back(1)], 4_000, vec![], State::Paid),
        (vec![paid, denied, Back(0), paid], 4_000, vec![], State::Paid),
    ] {
        let files = remittances(&words);
        for order in orders(&files) {
            let mut house = House::new();
            for file in order {
                house.take_in(file);
            }
            let items = house.world.open_items().into_iter();
            let items: Vec<_> = items.map(|item| (item.category, item.amount.cents())).collect();
            assert_eq!(items, open, "{words:?}");
            let found = (house.balance(Account::Receivable), house.balance(Account::Contractual));
            assert_eq!(found, (0, contractual), "{words:?}");
            assert_eq!(house.state(), state, "{words:?}");
        }
    }
}
