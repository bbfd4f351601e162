//! A payer after the first: what it takes off before the first decided, what it denied and then decides anew, and
//! what of the rest it has not decided on yet.

use claimgate::change::cases::Ending;
use claimgate::change::next::Answer;
use claimgate::denials::Category;

use super::told::{BACK_65, PAID_65, Word, acme, beacon, books, house};

/// The first passed the claim on by itself, and left 15.00 of 100.00.
const PASSED_ON: Word<'_> = ("19", PAID_65.1, PAID_65.2);

/// What was left is not known before the first decides, and nothing is taken off it.
#[test]
fn what_a_later_payer_takes_off_comes_to_nothing_until_the_first_decided() {
    let after = [("cash", 6_500), ("contractual", 3_500)];
    let unpaid = [("contractual", 10_000)];
    let denied_all: Word<'_> = ("1", 0, &[("CO*50", 10_000)]);
    for off in [[("OA*23", 8_500), ("CO*29", 1_500)], [("OA*23", 8_500), ("CO*253", 1_500)]] {
        for status in ["2", "4"] {
            for (first, expected) in
                [(PAID_65, &after[..]), (PASSED_ON, &after[..]), (denied_all, &unpaid[..])]
            {
                let mut house = house();
                house.tell(&beacon(9, &[(status, 0, &off)]));
                assert_eq!(house.books(), books(&[("receivable", 10_000)]), "{status} {off:?}");
                house.tell(&acme(10, &[first]));
                assert_eq!(house.books(), books(expected), "{status} {off:?} {first:?}");
                if first == PAID_65 {
                    // Nothing is left to it again.
                    house.tell(&acme(13, &[BACK_65]));
                    assert_eq!(house.books(), books(&[("receivable", 10_000)]), "{status} {off:?}");
                }
            }
        }
    }
}

/// Whoever it came from, and whichever came first: the item of the denial ends as the payer pays.
#[test]
fn a_later_payer_that_pays_what_it_denied_ends_its_own_denial() {
    let denied: [Word<'_>; 1] = [("4", 0, &[("OA*23", 8_500), ("CO*29", 1_500)])];
    let pays: [Word<'_>; 1] = [("2", 1_500, &[("OA*23", 8_500)])];
    let back: [Word<'_>; 1] = [("22", -1_500, &[("OA*23", -8_500)])];
    for first in [PASSED_ON, PAID_65] {
        let firsts = [first];
        let words = [acme(10, &firsts), beacon(12, &denied), beacon(15, &pays)];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut house = house();
            for at in order {
                house.tell(&words[at]);
            }
            assert_eq!(house.endings(), [(Some(Ending::PaidLater), 1_500)], "{order:?} {first:?}");
            assert!(house.open_items().is_empty(), "{order:?} {:?}", house.open_items());
            let all = [("cash", 8_000), ("contractual", 2_000)];
            assert_eq!(house.books(), books(&all), "{order:?}");
            // What it takes back settles nothing.
            house.tell(&beacon(18, &back));
            assert_eq!(house.endings(), [(None, 0)], "{order:?} {first:?}");
        }
    }
}

/// What is at stake of what a payer after the first denied is what was left to it by now, and what a later payment settles
/// is not open: whichever was heard first.
#[test]
fn what_items_of_two_payers_say_does_not_depend_on_the_order_of_files() {
    let denies: [Word<'_>; 1] = [("19", 6_500, &[("CO*45", 2_000), ("PR*204", 1_500)])];
    let more: Word<'_> = ("19", 6_000, &[("CO*45", 2_000), ("PR*1", 2_000)]);
    let anew = [BACK_65, more];
    let refused: [Word<'_>; 1] = [("2", 0, &[("CO*29", 10_000)])];
    let lost: [Word<'_>; 1] = [("2", 0, &[("OA*23", 8_500), ("CO*29", 1_500)])];
    let pays: [Word<'_>; 1] = [("2", 1_500, &[("OA*23", 8_500)])];
    let firsts = [PASSED_ON];
    let (first, denied) = (acme(10, &firsts), Category::Denied);
    for (words, expected) in [
        (vec![first, beacon(12, &refused)], vec![(denied, 1_500)]),
        (vec![first, acme(13, &anew), beacon(12, &refused)], vec![(denied, 2_000)]),
        (vec![acme(10, &denies), beacon(12, &pays)], vec![]),
        // What was paid stands beside its denial.
        (vec![first, beacon(12, &pays), beacon(14, &lost)], vec![(Category::Unexplained, 10_000)]),
    ] {
        let mut order: Vec<usize> = (0..words.len()).collect();
        for _ in 0..words.len() {
            let mut house = house();
            for &at in &order {
                house.tell(&words[at]);
            }
            let items = house.open_items();
            let mut told: Vec<(Category, i64)> =
                items.iter().map(|item| (item.category, item.amount.cents())).collect();
            told.sort_unstable();
            assert_eq!(told, expected, "{order:?} {items:?}");
            order.rotate_left(1);
        }
    }
}

/// It asks for a decision that it has: what the first decides once more and sends on by itself may not come to it.
#[test]
fn a_denial_for_another_that_comes_first_stays_open_where_that_had_decided() {
    let again: Word<'_> = ("19", 6_000, &[("CO*45", 2_500), ("PR*1", 1_500)]);
    let (firsts, anew) = ([PASSED_ON], [BACK_65, again]);
    let pays: [Word<'_>; 1] = [("2", 1_500, &[("OA*23", 8_500)])];
    for status in ["2", "4"] {
        let denied: [Word<'_>; 1] = [(status, 0, &[("CO*22", 10_000)])];
        let words = [acme(10, &firsts), beacon(11, &denied), acme(13, &anew)];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2]] {
            let mut house = house();
            for at in order {
                house.tell(&words[at]);
            }
            let items = house.open_items();
            let [item] = items.as_slice() else { panic!("{order:?} {items:?}") };
            assert_eq!(item.category, Category::Denied, "{order:?}");
            house.tell(&beacon(15, &pays));
            assert!(house.open_items().is_empty(), "{order:?} {:?}", house.open_items());
            let all = [("cash", 7_500), ("contractual", 2_500)];
            assert_eq!(house.books(), books(&all), "{order:?}");
        }
        // Before the first decided it is asked by that.
        let mut house = house();
        house.tell(&beacon(9, &denied));
        house.tell(&acme(10, &firsts));
        assert!(house.open_items().is_empty(), "{:?}", house.open_items());
    }
}

/// What it denied before the first decided gives way to what it decides then, and is taken back or not: it makes no
/// difference to the books.
#[test]
fn a_denial_that_came_too_soon_leaves_nothing_whether_it_is_taken_back_or_not() {
    let pays: [Word<'_>; 1] = [("2", 500, &[("OA*23", 8_500), ("PR*1", 1_000)])];
    let expected = [("cash", 7_000), ("contractual", 2_000), ("patient", 1_000)];
    for code in ["CO*22", "CO*31", "PR*31", "OA*109"] {
        let (off, back) = ([(code, 10_000)], [(code, -10_000)]);
        let (denied, back) = ([("4", 0, &off[..])], [("22", 0, &back[..])]);
        let words =
            [beacon(9, &denied), acme(10, &[PAID_65]), beacon(11, &pays), beacon(12, &back)];
        for order in [
            &[0, 1, 2][..],
            &[0, 1, 2, 3],
            &[0, 1, 3, 2],
            &[0, 3, 1, 2],
            &[1, 0, 2, 3],
            &[1, 2, 0, 3],
            &[0, 2, 1, 3],
            &[2, 0, 3, 1],
        ] {
            let mut house = house();
            for &at in order {
                house.tell(&words[at]);
            }
            assert_eq!(house.books(), books(&expected), "{code} {order:?}");
        }
    }
}

/// Whoever was asked first and decides as a later one is asked who came before it, unless somebody is known to.
#[test]
fn what_was_settled_before_the_first_by_nobody_has_an_item() {
    let second: [Word<'_>; 1] = [("2", 1_000, &[("OA*23", 7_000), ("PR*2", 2_000)])];
    let back: [Word<'_>; 1] = [("22", -1_000, &[("OA*23", -7_000), ("PR*2", -2_000)])];
    let mut house = house();
    house.tell(&acme(10, &second));
    let items = house.open_items();
    let [item] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((item.category, item.amount.cents()), (Category::Underpaid, 7_000));
    assert!(item.what.contains("the claim names no payer before it"), "{}", item.what);
    assert!(item.evidence.contains("segment 15"), "{}", item.evidence);
    house.tell(&acme(13, &back));
    assert!(house.open_items().iter().all(|one| one.id != item.id), "{:?}", house.open_items());
    // As the first it has nothing to tell of others, and beacon is known to pay after it.
    let mut house = super::told::house();
    house.tell(&acme(10, &[PAID_65]));
    house.tell(&beacon(12, &[("2", 1_000, &[("OA*23", 8_500), ("PR*2", 500)])]));
    assert!(house.open_items().is_empty(), "{:?}", house.open_items());
}

/// Of the charge of 100.00 the payer that was asked first takes 70.00 for settled by another one.
const AS_SECOND: Word<'_> = ("2", 1_000, &[("OA*23", 7_000), ("PR*2", 2_000)]);

/// Whether the next payer comes after it is not known as long as it is asked who comes before it.
#[test]
fn no_next_payer_is_billed_while_it_is_asked_who_comes_before_the_first() {
    let mut house = house();
    house.tell(&acme(10, &[AS_SECOND]));
    assert_eq!((house.answer(), house.state(2)), (Some(Answer::Waits), None));
    let item = house.open_items().pop().expect("an item");
    assert!(item.action.contains("No payer after it is billed meanwhile"), "{}", item.action);
    let why = house.refusal(&["bill-next", "1", "--reason", "why"]);
    assert!(why.contains("asked by an item of the queue"), "{why}");
    house.work_on(&["resolve", &item.id.0.to_string(), "--reason", "beacon comes after it"]);
    house.go_on();
    assert_eq!(house.answer(), Some(Answer::Billed));
    house.sent_to("beacon", |claim| assert_eq!(claim.other_payers.len(), 1));
}

/// What is too much of what two payers paid as if each came before the other is not known.
#[test]
fn nothing_goes_back_to_a_next_payer_that_paid_as_the_first() {
    let as_first: Word<'_> = ("1", 5_000, &[("CO*45", 3_000), ("PR*2", 2_000)]);
    let mut house = house();
    house.tell(&acme(10, &[AS_SECOND]));
    let item = house.open_items().pop().expect("an item").id.0.to_string();
    house.work_on(&["resolve", &item, "--reason", "beacon comes after it"]);
    house.go_on();
    house.tell(&beacon(12, &[as_first]));
    let items = house.open_items();
    let [item] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((item.category, item.amount.cents()), (Category::Overpaid, 3_000));
    assert!(item.what.starts_with("beacon paid 50.00 as the first payer"), "{}", item.what);
    assert!(item.action.starts_with("give nothing back yet"), "{}", item.action);
    assert!(!item.action.contains("bank refund"), "{}", item.action);
    // It was not billed, and a person says whose it is.
    let mut house = super::told::house();
    house.tell(&acme(10, &[AS_SECOND]));
    house.tell(&beacon(12, &[as_first]));
    let waits = house.open_items().pop().expect("an item").id.0.to_string();
    house.work_on(&["attach", &waits, "1", "--despite", "payer", "--reason", "it went there"]);
    house.go_on();
    let items = house.open_items();
    let told: Vec<_> = items.iter().map(|item| (item.category, item.amount.cents())).collect();
    assert_eq!(told, [(Category::Underpaid, 7_000), (Category::Overpaid, 1_000)]);
    let expected =
        [("receivable", -1_000), ("cash", 6_000), ("contractual", 3_000), ("patient", 2_000)];
    assert_eq!((house.books(), house.state(2)), (books(&expected), None));
}

/// What it took for settled by another gives way to what it decides as the first, and the question is answered.
#[test]
fn what_the_first_decides_as_the_first_takes_the_place_of_what_it_decided_as_another() {
    let all: Word<'_> = ("2", 0, &[("OA*23", 10_000)]);
    let of_first = [("cash", 6_500), ("contractual", 2_000), ("patient", 1_500)];
    let with_more =
        [("receivable", -1_000), ("cash", 7_500), ("contractual", 2_000), ("patient", 1_500)];
    for (second, expected, too_much) in
        [(all, &of_first[..], &[][..]), (AS_SECOND, &with_more[..], &[1_000][..])]
    {
        for order in [[0, 1], [1, 0]] {
            let mut house = house();
            for at in order {
                house.tell(&acme([10, 15][at], &[[second], [PAID_65]][at]));
            }
            let items = house.open_items();
            let told: Vec<i64> = items.iter().map(|item| item.amount.cents()).collect();
            assert_eq!(told, too_much, "{order:?} {items:?}");
            assert_eq!(house.books(), books(expected), "{order:?} {second:?}");
        }
    }
}
