//! What offices send back to payers: told to the end, by the payer and by the office.

use std::sync::Barrier;
use std::thread;

use claimgate::clock::Timestamp;
use claimgate::commands::export::all_carried;
use claimgate::commands::statement;
use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::reports::facts::Open;

use crate::answers::{balance, bank, paid, posted, told};
use crate::payers::Remitted;
use crate::world::{World, work_on_deposits};

const PAID: i64 = 6_000;

/// A remittance that pays the claim of that number, has these entries of a PLB, and is posted.
fn pays(world: &mut World, (number, cycle): (usize, usize), entries: &[(&str, i64)]) {
    let file = paid(&format!("M{number:05}"), entries);
    posted(world, &format!("{cycle}.835"), &file.text(cycle, cycle, ""), file.amount());
}

/// The payer takes back the first claims and sets the money aside, beside another that it pays.
fn reversed(world: &mut World, claims: usize, cycle: usize) {
    let mut file = Remitted::default();
    for number in 1..=claims {
        file.add(&format!("M{number:05}"), "22", PAID, &[("CO*45", 10_000 - PAID)]);
        file.entries.push((format!("WO:PM{number:05}"), -PAID));
    }
    posted(world, "reversed.835", &file.text(cycle, cycle, ""), file.amount());
}

/// What open items say that nothing explains.
fn unexplained(world: &World) -> Vec<String> {
    let items = world.open_items().into_iter();
    items.filter(|item| item.category == Category::Unexplained).map(|item| item.what).collect()
}

/// A claim was paid back for a letter; the payer takes the same by its PLB, and tells of the check later, in
/// another file or in the same.
#[test]
fn what_is_taken_though_a_refund_paid_it_is_told_with_the_refund() {
    for reference in ["WO:PM00001", "FB:M00001"] {
        let mut world = World::new(false);
        pays(&mut world, (1, 1), &[]);
        let refund = ["refund", "--claim", "1", "--amount", "60.00", "--number", "9"];
        assert!(bank(&world, &refund));
        pays(&mut world, (2, 2), &[(reference, PAID)]);
        let found = unexplained(&world);
        assert_eq!(found.len(), 1, "{found:?}");
        let is_told = found[0].ends_with("and refund 1 (check 9, 60.00) paid this back");
        assert!(is_told, "{found:?}");
        // The payer tells of the check.
        pays(&mut world, (3, 3), &[("72:9", -PAID)]);
        assert!(told(&world).is_empty(), "{:?}", told(&world));
        let taken =
            [balance(&world, Account::Takeback, None), balance(&world, Account::Forwarded, None)];
        assert_eq!(taken.iter().sum::<i64>(), 0);
    }
}

/// A part of it was sent back; the payer told of the check before it takes the same; the check was stopped.
#[test]
fn what_is_taken_beside_a_refund_is_told_by_what_the_payer_said_of_it() {
    let of = |amount| ["refund", "--claim", "1", "--amount", amount, "--number", "9"];
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[]);
    assert!(bank(&world, &of("20.00")));
    pays(&mut world, (2, 2), &[("WO:PM00001", PAID)]);
    let found = unexplained(&world);
    assert!(
        found[0].ends_with("and refund 1 (check 9, 20.00) paid a part of this back"),
        "{found:?}"
    );
    pays(&mut world, (3, 3), &[("72:9", -2_000)]);
    assert_eq!(unexplained(&world), found);

    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[]);
    assert!(bank(&world, &of("60.00")));
    pays(&mut world, (2, 2), &[("72:9", -PAID)]);
    pays(&mut world, (3, 3), &[("WO:PM00001", PAID)]);
    let found = unexplained(&world);
    assert!(found[0].ends_with("and the payer says that it has that (PLB 72)"), "{found:?}");

    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[]);
    assert!(bank(&world, &of("60.00")));
    pays(&mut world, (2, 2), &[("WO:PM00001", PAID)]);
    assert!(bank(&world, &["cancel-refund", "1"]));
    let found = unexplained(&world);
    assert!(found[0].ends_with("and the refund that paid it was not sent after all"), "{found:?}");
}

/// A command was killed after it was done, and is sent again.
#[test]
fn a_check_is_booked_once_unless_it_is_another() {
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[("BN:GIFT", -150_000)]);
    let refused = |words: &[&str]| {
        let words: Vec<&str> = words.iter().copied().chain(["--reason", "a letter"]).collect();
        let office = world.office(world.gateway.store.clone());
        work_on_deposits(&words, &office).map(drop).map_err(|failure| failure.to_string())
    };
    for (number, of) in [(1, ["--claim", "1"]), (5, ["--reference", "GIFT"])] {
        let words = ["refund", of[0], of[1], "--amount", "20.00", "--number", "9"];
        assert_eq!(refused(&words), Ok(()));
        let told = refused(&words).expect_err("booked already");
        let day = world.office(world.gateway.store.clone()).stamp().today;
        let expected = format!(
            "check 9 of 20.00 to acme is booked for this already: refund {number} of {day} "
        );
        assert!(told.starts_with(&expected), "{told}");
        assert!(
            told.ends_with("(ann: a letter); where this is another check, say --another"),
            "{told}"
        );
        assert_eq!(refused(&[&words[..], &["--another"]].concat()), Ok(()));
        let less = ["refund", of[0], of[1], "--amount", "9.99", "--number", "9"];
        assert_eq!(refused(&less), Ok(()));
        // What was stopped is booked no more.
        for refund in [number, number + 1] {
            assert!(bank(&world, &["cancel-refund", &refund.to_string()]));
        }
        assert_eq!(refused(&words), Ok(()));
        assert!(bank(&world, &["cancel-refund", &(number + 3).to_string()]));
    }
}

/// Three claims were taken back, and what was set aside for two of them is sent. The payer takes the third with a
/// check that nobody booked, and one that was sent: all are of one amount.
#[test]
fn a_return_is_for_what_was_set_aside_under_its_own_reference() {
    let mut world = World::new(false);
    for number in 1..=3 {
        pays(&mut world, (number, number), &[]);
    }
    reversed(&mut world, 3, 4);
    for (reference, number) in [("PM00001", "901"), ("PM00002", "902")] {
        assert!(bank(&world, &["refund", "--reference", reference, "--number", number]));
    }
    let entries = [("72:PM00003", -PAID), ("WO:PM00003", PAID), ("WO:PM00002", PAID)];
    pays(&mut world, (4, 5), &entries);
    let found = unexplained(&world);
    let expected = [
        "the payer says that it got 60.00 back by check (PLB 72), and no refund is booked",
        "the payer takes 60.00 back with PLB WO, and refund 2 (check 902, 60.00) paid this back",
    ];
    assert!(expected.iter().all(|what| found.iter().any(|item| item == what)), "{found:?}");
    // The check is booked late, and the payer tells of the other one.
    assert!(bank(&world, &["refund", "--reference", "PM00003", "--number", "903"]));
    pays(&mut world, (5, 6), &[("72:902", -PAID)]);
    let found = unexplained(&world);
    assert!(found.iter().all(|item| item.contains("took back")), "{found:?}");
    assert_eq!(balance(&world, Account::Takeback, None), 0);
}

/// What a payer gave by mistake is told, and goes back under its reference, in parts; the second check is stopped.
#[test]
fn what_was_given_by_mistake_goes_back_under_its_reference() {
    for (entries, account) in [
        (&[("BN:GIFT", -150_000)][..], Account::ProviderAdjustment),
        (&[("BN:GIFT", -40_000), ("BN:OTHER", -110_000)], Account::ProviderAdjustment),
        (&[("L6:GIFT", -150_000)], Account::Interest),
        (&[("WO:GIFT", -150_000)], Account::Takeback),
    ] {
        let mut world = World::new(false);
        pays(&mut world, (1, 1), entries);
        let found = unexplained(&world);
        assert!(found.iter().any(|item| item.starts_with("V46: ")), "{found:?}");
        let refund = |reference, amount: &str, number| {
            let words =
                ["refund", "--reference", reference, "--amount", amount, "--number", number];
            bank(&world, &words)
        };
        assert!(!refund("NOTHING", "1.00", "990") && !refund("GIFT", "1500.01", "990"));
        assert!(refund("GIFT", "400.00", "990"));
        assert_eq!(balance(&world, account, None), -110_000);
        assert_eq!(unexplained(&world), found);
        let rest = if entries.len() > 1 { "OTHER" } else { "GIFT" };
        assert!(!refund(rest, "1100.01", "991") && refund(rest, "1100.00", "991"));
        assert_eq!(balance(&world, account, None), 0);
        assert_eq!(balance(&world, Account::Returned, None), -150_000);
        assert!(unexplained(&world).iter().all(|item| !item.starts_with("V46: ")));
        assert!(!refund(rest, "0.01", "992"));
        world.check();
        assert!(bank(&world, &["cancel-refund", "2"]));
        assert_eq!(unexplained(&world), found);
        assert_eq!(balance(&world, account, None), -110_000);
        // The payer takes by itself what the first check paid.
        if account == Account::ProviderAdjustment {
            pays(&mut world, (2, 2), &[("BN:GIFT", 4_000)]);
            let found = unexplained(&world);
            let told = "the payer takes 40.00 back with PLB BN, and refund 1 (check 990, 400.00) paid this back";
            assert!(found.iter().any(|item| item == told), "{found:?}");
        }
        world.check();
    }
}

/// All that was paid of a claim goes back (it was another's patient): its payer owes it again, and what it left to
/// the patient is asked once nobody waits for the payer any more.
#[test]
fn after_a_refund_of_all_the_patient_is_asked_for_nothing_in_aging_and_on_the_statement() {
    let mut world = World::new(false);
    let mut file = Remitted::default();
    file.add("M00001", "1", PAID, &[("CO*45", 3_000), ("PR*1", 1_000)]);
    posted(&mut world, "1.835", &file.text(1, 1, ""), file.amount());
    assert_eq!(asked(&world), (1_000, 0, false));
    assert!(bank(&world, &["refund", "--claim", "1", "--amount", "60.00", "--number", "9"]));
    assert_eq!(asked(&world), (0, 1, true));
    assert!(world.work_on(&["give-up", "1", "--reason", "it was another's"]));
    assert_eq!(asked(&world), (1_000, 0, false));
}

/// What the statement asks of the first claim, how many claims wait, and whether aging has it on hold.
fn asked(world: &World) -> (i64, usize, bool) {
    let office = world.office(world.gateway.store.clone());
    let statement = statement::statement_for(&office, "M00001").expect("a statement");
    let on_hold = world.aging().contains(",\"patient, on hold\",");
    (statement.balance().cents(), statement.waiting.len(), on_hold)
}

/// A payment that does not add up is posted as its item says: what is too much has an item, by which it goes back,
/// or which ends as a person takes the payment off the claim, or the payer takes it back.
#[test]
fn a_payment_that_does_not_add_up_leaves_a_credit_with_an_item() {
    let takes = |world: &mut World, status: &str, cycle: usize| {
        let mut file = Remitted::default();
        file.add("M00001", status, PAID, &[("CO*45", 3_300), ("PR*1", 1_000)]);
        if status == "22" {
            file.entries.push(("WO:PM00001".to_owned(), -PAID));
        }
        posted(world, &format!("{cycle}.835"), &file.text(cycle, cycle, ""), file.amount());
        let waits = world.open_items().into_iter().find(|item| item.what.contains("apart"));
        let waits = waits.expect("it does not add up").id.0.to_string();
        assert!(world.work_on(&["attach", &waits, "1", "--reason", "as it is"]));
        world.check();
    };
    let overpaid = |world: &World| {
        let items = world.open_items().into_iter();
        let overpaid = items.filter(|item| item.category == Category::Overpaid);
        overpaid.map(|item| (item.amount.cents(), item.action)).collect::<Vec<_>>()
    };
    let posted = || {
        let mut world = World::new(false);
        takes(&mut world, "1", 1);
        let items = overpaid(&world);
        assert_eq!(items.len(), 1, "{:?}", told(&world));
        assert_eq!(items[0].0, 300);
        assert!(items[0].1.contains("refund --claim 1 --amount 3.00"), "{}", items[0].1);
        assert_eq!(asked(&world), (0, 1, true));
        world
    };
    let world = posted();
    assert!(bank(&world, &["refund", "--claim", "1", "--amount", "3.00", "--number", "9"]));
    world.check();
    assert_eq!((overpaid(&world).len(), asked(&world)), (0, (1_000, 0, false)));
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 0);

    // Whoever closes the item leaves the credit, and nobody is asked by either.
    let mut world = posted();
    let item = world.open_items()[0].id.0.to_string();
    assert!(world.work_on(&["resolve", &item, "--reason", "small"]));
    assert_eq!(asked(&world), (0, 1, true));

    let mut world = posted();
    assert!(world.work_on(&["detach", "1", "--reason", "a corrected one comes"]));
    world.check();
    assert!(overpaid(&world).is_empty(), "{:?}", told(&world));

    let mut world = posted();
    takes(&mut world, "22", 2);
    assert!(overpaid(&world).is_empty(), "{:?}", told(&world));
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 10_000);
}

/// A payer told of a check that was booked in parts later, and another check was booked between them.
#[test]
fn a_return_is_held_against_its_own_check_and_its_item_says_what_is_left() {
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[]);
    pays(&mut world, (2, 2), &[("72:CHK55", -2_000)]);
    world.now = Timestamp::from_micros(world.now.micros() + 1);
    let refund = |world: &World, claim, amount, number| {
        bank(world, &["refund", "--claim", claim, "--amount", amount, "--number", number])
    };
    let left = |world: &World| {
        let items = world.open_items().into_iter();
        items.map(|item| (item.amount.cents(), item.what)).collect::<Vec<_>>()
    };
    let told = |left: i64, rest: &str| {
        let what =
            "the payer says that it got 20.00 back by check (PLB 72), and no refund is booked";
        vec![(left, format!("{what}{rest}"))]
    };
    assert_eq!(left(&world), told(2_000, ""));
    // Another check, of another amount.
    assert!(refund(&world, "2", "3.00", "888"));
    assert_eq!(left(&world), told(2_000, ""));
    assert!(refund(&world, "1", "12.34", "CHK55"));
    assert_eq!(left(&world), told(766, " for 7.66 of it"));
    // The payer tells of the other one, which is booked.
    pays(&mut world, (3, 3), &[("72:888", -300)]);
    assert_eq!(left(&world), told(766, " for 7.66 of it"));
    assert!(refund(&world, "1", "7.66", "CHK55"));
    assert!(left(&world).is_empty(), "{:?}", left(&world));
    assert!(bank(&world, &["cancel-refund", "2"]));
    assert_eq!(left(&world), told(1_234, " for 12.34 of it"));
}

/// A payer told of a check under a name of its own: booked in parts, they are it once they come to its amount.
#[test]
fn a_check_that_is_booked_in_parts_later_meets_a_return_of_its_amount() {
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[]);
    pays(&mut world, (2, 2), &[("72:LETTER", -2_000)]);
    for (claim, amount) in [("1", "12.34"), ("2", "7.66")] {
        assert_eq!(unexplained(&world).len(), 1);
        let words = ["refund", "--claim", claim, "--amount", amount, "--number", "881"];
        assert!(bank(&world, &words));
    }
    assert!(unexplained(&world).is_empty(), "{:?}", unexplained(&world));
    world.check();
}

/// An office sends back what was paid of a claim, and the payer reverses that: the item names the refund, and closes
/// as that is taken back and booked under the reference of the PLB; the payer's word on the check is met then.
#[test]
fn what_is_reversed_after_a_refund_of_the_claim_is_told_with_the_refund() {
    let refund = ["refund", "--claim", "1", "--amount", "60.00", "--number", "881"];
    let check = [("WO:PM00001", PAID), ("72:PM00001", -PAID)];
    for is_check_told_first in [false, true] {
        let mut world = World::new(false);
        pays(&mut world, (1, 1), &[]);
        assert!(bank(&world, &refund));
        if is_check_told_first {
            pays(&mut world, (2, 2), &check);
        }
        reversed(&mut world, 1, 3);
        if !is_check_told_first {
            pays(&mut world, (2, 4), &check);
        }
        let beyond = "60.00 more was taken back of the claim than was paid for it: the payer reverses what refund 1 \
                      (check 881, 60.00) paid back";
        assert!(unexplained(&world).iter().any(|what| what == beyond), "{:?}", unexplained(&world));
        assert!(bank(&world, &["cancel-refund", "1"]));
        let unbooked =
            "the payer says that it got 60.00 back by check (PLB 72), and no refund is booked";
        assert_eq!(unexplained(&world), [unbooked], "{is_check_told_first}");
        assert!(bank(&world, &["refund", "--reference", "PM00001", "--number", "881"]));
        assert_eq!(unexplained(&world), [""; 0]);
        assert_eq!(balance(&world, Account::Takeback, None), 0);
        assert_eq!(balance(&world, Account::Returned, None), -PAID);
        world.check();
    }
}

/// The same where the reversal comes alone, and no PLB says whose provider it is.
#[test]
fn what_is_reversed_alone_after_a_refund_is_told_with_the_refund() {
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[]);
    assert!(bank(&world, &["refund", "--claim", "1", "--amount", "60.00", "--number", "881"]));
    let mut file = Remitted::default();
    file.add("M00001", "22", PAID, &[("CO*45", 10_000 - PAID)]);
    file.add("M00002", "1", PAID, &[("CO*45", 10_000 - PAID)]);
    posted(&mut world, "2.835", &file.text(2, 2, ""), file.amount());
    let beyond = "60.00 more was taken back of the claim than was paid for it: the payer reverses what refund 1 \
                  (check 881, 60.00) paid back";
    assert_eq!(unexplained(&world), [beyond]);
    assert!(bank(&world, &["cancel-refund", "1"]));
    assert_eq!(unexplained(&world), [""; 0]);
    world.check();
}

/// Of two decisions that were paid, one is paid back, and the payer reverses one after the other: one item tells what
/// is beyond by then.
#[test]
fn what_is_reversed_twice_after_one_refund_is_told_once() {
    for (first, refunded, told) in [("P1", "60.00", ["60.00"; 2]), ("P2", "40.00", ["40.00"; 2])] {
        let mut world = World::new(false);
        let decision = |number: &str, status| {
            let mut file = Remitted::default();
            file.add_as(number, "M00001", status, PAID, &[("CO*45", 3_000), ("PR*1", 1_000)]);
            file
        };
        for (number, cycle) in [("P1", 1), ("P2", 2)] {
            let file = decision(number, "1");
            posted(&mut world, &format!("{cycle}.835"), &file.text(cycle, cycle, ""), PAID);
        }
        assert!(bank(&world, &["refund", "--claim", "1", "--amount", refunded, "--number", "8"]));
        let second = if first == "P1" { "P2" } else { "P1" };
        for ((number, cycle), told) in [(first, 3), (second, 4)].into_iter().zip(told) {
            let mut file = decision(number, "22");
            file.entries = vec![(format!("FB:F{cycle}"), -PAID)];
            posted(&mut world, &format!("{cycle}.835"), &file.text(cycle, cycle, ""), 0);
            let beyond = format!("{told} more was taken back of the claim than was paid for it");
            let found = unexplained(&world);
            let of_claim = found.iter().filter(|what| what.contains("taken back of the claim"));
            let of_claim: Vec<&String> = of_claim.collect();
            assert!(matches!(*of_claim, [what] if what.starts_with(&beyond)), "{found:?}");
        }
        assert!(bank(&world, &["cancel-refund", "1"]));
        assert!(unexplained(&world).iter().all(|what| !what.contains("of the claim than")));
        world.check();
    }
}

/// What is in credit of a claim and its payer does not want back stays with the office: no credit, no item, nothing
/// asked of the patient beyond what the payer left, until the payer takes it back after all.
#[test]
fn what_a_payer_does_not_want_back_is_kept() {
    let keep = |amount| ["refund", "--claim", "1", "--amount", amount, "--kept"];
    let mut world = World::new(false);
    for cycle in [1, 2] {
        let mut file = Remitted::default();
        file.add_as(
            &format!("P{cycle}"),
            "M00001",
            "1",
            PAID,
            &[("CO*45", 3_000), ("PR*1", 1_000)],
        );
        posted(&mut world, &format!("{cycle}.835"), &file.text(cycle, cycle, ""), file.amount());
    }
    let overpaid = |world: &World| {
        let items = world.open_items().into_iter();
        let overpaid = items.filter(|item| item.category == Category::Overpaid);
        overpaid.map(|item| item.amount.cents()).collect::<Vec<_>>()
    };
    assert_eq!((overpaid(&world), asked(&world)), (vec![PAID], (0, 1, true)));
    // No more than the credit.
    assert!(!bank(&world, &keep("60.01")));
    assert!(bank(&world, &keep("20.00")));
    assert_eq!(overpaid(&world), [4_000]);
    assert!(bank(&world, &keep("40.00")));
    world.check();
    assert_eq!((overpaid(&world), asked(&world)), (vec![], (1_000, 0, false)));
    assert_eq!(balance(&world, Account::Receivable, Some(1)), 0);
    assert_eq!(balance(&world, Account::WriteOff, None), -PAID);
    assert_eq!(balance(&world, Account::Returned, None), 0);
    assert!(!bank(&world, &keep("0.01")));
    // It is no check that a payer tells of.
    pays(&mut world, (2, 3), &[("72:P2", -PAID)]);
    let unbooked =
        "the payer says that it got 60.00 back by check (PLB 72), and no refund is booked";
    assert_eq!(unexplained(&world), [unbooked]);
    // The payer takes it back after all.
    let mut file = Remitted::default();
    file.add_as("P2", "M00001", "22", PAID, &[("CO*45", 3_000), ("PR*1", 1_000)]);
    file.entries.push(("WO:P2".to_owned(), -PAID));
    posted(&mut world, "4.835", &file.text(4, 4, ""), file.amount());
    let found = unexplained(&world);
    let beyond = "60.00 more was taken back of the claim than was paid for it: the payer reverses what refund 1 \
                  (kept, 20.00) and refund 2 (kept, 40.00) left here";
    assert!(found.iter().any(|what| what == beyond), "{found:?}");
    for refund in ["2", "1"] {
        assert!(bank(&world, &["cancel-refund", refund]));
    }
    assert!(unexplained(&world).iter().all(|what| what != beyond), "{:?}", unexplained(&world));
    assert_eq!((overpaid(&world), asked(&world)), (vec![], (1_000, 0, false)));
    assert_eq!(balance(&world, Account::WriteOff, None), 0);
    world.check();
}

/// Two persons book a check for the same money at one moment: one of them is refused, whatever they send back.
#[test]
fn refunds_at_one_moment_are_one() {
    for (of, amounts) in [
        (["--claim", "1"], ["60.00", "60.00"]),
        (["--claim", "1"], ["40.00", "30.00"]),
        (["--reference", "PM00001"], ["60.00", "60.00"]),
    ] {
        let mut world = World::new(true);
        pays(&mut world, (1, 1), &[]);
        if of[0] == "--reference" {
            reversed(&mut world, 1, 2);
        }
        let start = Barrier::new(2);
        let book = |(amount, number): (&str, &str)| {
            let office = world.office(world.gateway.store.clone());
            start.wait();
            let words = [
                "refund", of[0], of[1], "--amount", amount, "--number", number, "--reason",
                "a letter",
            ];
            work_on_deposits(&words, &office).is_ok()
        };
        let booked = thread::scope(|scope| {
            let both = [(amounts[0], "901"), (amounts[1], "902")];
            let both = both.map(|one| scope.spawn(move || book(one)));
            both.map(|one| one.join().expect("no panic"))
        });
        assert_eq!(booked.iter().filter(|is_booked| **is_booked).count(), 1, "{of:?}");
        world.check();
    }
}

/// What a payer took that nothing explains stays open beside a check for something else that it tells of: what it
/// takes for that check, or reverses, is met by nothing else.
#[test]
fn a_check_that_a_payer_tells_of_is_not_set_against_what_it_took_for_something_else() {
    let open = |world: &World| {
        let carried = all_carried(world.store()).expect("read").into_iter();
        let told = |one: Open| (one.reason, one.reference.expose().clone(), one.amount.cents());
        carried.map(told).collect::<Vec<_>>()
    };
    let of =
        |reason: &str, reference: &str, cents| (reason.to_owned(), reference.to_owned(), cents);
    // Also where it comes to the same as the check.
    for old in [3_000, PAID] {
        let begun = || {
            let mut world = World::new(false);
            pays(&mut world, (1, 1), &[]);
            pays(&mut world, (2, 2), &[("WO:OLD99", old)]);
            assert!(bank(
                &world,
                &["refund", "--claim", "1", "--amount", "60.00", "--number", "9"]
            ));
            world
        };
        let old = of("WO", "OLD99", old);
        let mut world = begun();
        pays(&mut world, (3, 3), &[("72:9", -PAID), ("WO:PM00001", PAID)]);
        assert_eq!(open(&world), std::slice::from_ref(&old));
        // The same in two files.
        let mut world = begun();
        pays(&mut world, (3, 3), &[("72:9", -PAID)]);
        pays(&mut world, (4, 4), &[("WO:PM00001", PAID)]);
        assert_eq!(open(&world), std::slice::from_ref(&old));
        // A reversal instead: the refund is booked anew, all of it.
        let mut world = begun();
        let mut file = paid("M00003", &[("72:9", -PAID)]);
        file.add("M00001", "22", PAID, &[("CO*45", 10_000 - PAID)]);
        posted(&mut world, "3.835", &file.text(3, 3, ""), file.amount());
        assert_eq!(open(&world), [of("72", "9", -PAID), old.clone()]);
        assert!(bank(&world, &["cancel-refund", "1"]));
        assert!(bank(&world, &["refund", "--reference", "9", "--number", "9"]));
        assert_eq!(balance(&world, Account::Returned, None), -PAID);
        assert_eq!(open(&world), [old]);
        assert_eq!(unexplained(&world).len(), 1, "{:?}", unexplained(&world));
    }
}

/// A payer takes money back under its number of a claim that the same payment, or one before it in the file, is the
/// first to tell.
#[test]
fn what_is_taken_under_a_number_that_its_own_file_brings_names_the_claim() {
    let told =
        "the payer takes 20.00 back with PLB WO and names a claim of which it took nothing back";
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[("WO:PM00001", 2_000)]);
    assert!(unexplained(&world)[0].starts_with(told), "{:?}", unexplained(&world));

    let mut world = World::new(false);
    let first = paid("M00001", &[]);
    let second = paid("M00002", &[("WO:PM00001", 2_000)]);
    let (one, other) = (first.text(1, 1, ""), second.text(2, 1, ""));
    let set = other.split_once("~ST*").expect("a set").1.split_once("~GE*").expect("an end").0;
    let set = set.replace("835*0001", "835*0002").replace("*0001", "*0002");
    let text = one.replace("~GE*1*", &format!("~ST*{set}~GE*2*"));
    posted(&mut world, "both.835", &text, first.amount() + second.amount());
    assert!(unexplained(&world)[0].starts_with(told), "{:?}", unexplained(&world));
}

/// What is due of money that is given is to know what it is for: nothing was overpaid.
#[test]
fn of_money_that_is_given_nobody_is_told_to_appeal() {
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[("CS:GIFT", -4_000)]);
    let action = world.open_items().remove(0).action;
    assert!(action.starts_with("ask the payer what it is for") && !action.contains("appeal"));
    assert!(bank(&world, &["refund", "--reference", "GIFT", "--number", "9"]));
}

/// What was given up only as a refund had it owed again is written off no longer, as the check did not leave; what
/// another refund had owed stays given up.
#[test]
fn what_was_given_up_for_a_refund_comes_back_with_it() {
    let mut world = World::new(true);
    let mut file = Remitted::default();
    file.add("M00001", "1", PAID, &[("CO*45", 3_000), ("PR*1", 1_000)]);
    posted(&mut world, "1.835", &file.text(1, 1, ""), file.amount());
    for (amount, number) in [("36.02", "9"), ("10.00", "8")] {
        let refund = ["refund", "--claim", "1", "--amount", amount, "--number", number];
        assert!(bank(&world, &refund));
    }
    assert!(world.work_on(&["give-up", "1", "--reason", "they do not answer"]));
    let left = |world: &World| {
        world.check();
        [Account::WriteOff, Account::Receivable, Account::Patient]
            .map(|account| balance(world, account, Some(1)))
    };
    assert_eq!(left(&world), [4_602, 0, 1_000]);
    assert!(bank(&world, &["cancel-refund", "1"]));
    assert_eq!(left(&world), [1_000, 0, 1_000]);
    // It is booked and given up once more.
    assert!(bank(&world, &["refund", "--claim", "1", "--amount", "36.02", "--number", "7"]));
    assert!(world.work_on(&["give-up", "1", "--reason", "they do not answer"]));
    assert_eq!(left(&world), [4_602, 0, 1_000]);
    for refund in ["3", "2"] {
        assert!(bank(&world, &["cancel-refund", refund]));
    }
    assert_eq!((left(&world), asked(&world)), ([0, 0, 1_000], (1_000, 0, false)));
    assert!(told(&world).is_empty(), "{:?}", told(&world));
}

/// So too where the payer took back and decided anew in between.
#[test]
fn a_reversal_between_giving_up_and_taking_the_refund_back_changes_nothing() {
    let mut world = World::new(false);
    pays(&mut world, (1, 1), &[]);
    assert!(bank(&world, &["refund", "--claim", "1", "--amount", "36.02", "--number", "9"]));
    assert!(world.work_on(&["give-up", "1", "--reason", "they do not answer"]));
    let mut file = Remitted::default();
    file.add("M00001", "22", PAID, &[("CO*45", 10_000 - PAID)]);
    file.add("M00001", "1", 5_000, &[("CO*45", 5_000)]);
    file.entries.push(("WO:PM00001".to_owned(), -1_000));
    posted(&mut world, "2.835", &file.text(2, 2, ""), file.amount());
    assert!(bank(&world, &["cancel-refund", "1"]));
    world.check();
    let left = [Account::WriteOff, Account::Receivable, Account::Takeback];
    assert_eq!(left.map(|account| balance(&world, account, Some(1))), [0; 3]);
}
