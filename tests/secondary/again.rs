//! What a payer passed on, and the next one denied in part or as a whole, goes to that one once more; it decides on
//! all of that, on some of its lines, or on lines that it had paid.

use bytes::Bytes;

use claimgate::change::cases::Ending;
use claimgate::denials::Category;

use super::House;
use super::split::{FIRST, Of, clp, file, house, left_in_lines, second, stands};

type Line = (usize, Of);

/// What an item is about, and its amount in cents.
type Item = (Category, i64);

/// Of 15.00 and 10.00 that the first left of two lines.
const DENIED: [Line; 2] = [
    (0, (0, &[("OA*23", 13_500), ("CO*16", 1_500)])),
    (1, (0, &[("OA*23", 3_000), ("CO*16", 1_000)])),
];
const PAID: [Line; 2] = [
    (0, (1_000, &[("OA*23", 13_500), ("PR*3", 500)])),
    (1, (600, &[("OA*23", 3_000), ("PR*3", 400)])),
];
/// The same with nothing for the patient.
const IN_FULL: [Line; 2] = [(0, (1_500, &[("OA*23", 13_500)])), (1, (1_000, &[("OA*23", 3_000)]))];

fn denied(number: usize, lines: &[Line]) -> Bytes {
    with(second(number, lines, 1), &[("CLP*A1*2*", "CLP*A1*4*")])
}

/// What is decided on what went there again has another number of the payer.
fn anew(file: Bytes) -> Bytes {
    with(file, &[("*P1~", "*P2~")])
}

/// It comes under the name and numbers of nobody who is known.
fn lost(file: Bytes) -> Bytes {
    let lost = [("CLP*A1*", "CLP*LOST*"), ("A1L", "LOST"), ("*P1~", "*P9~"), ("W10001", "W9")];
    with(file, &lost)
}

fn with(file: Bytes, changes: &[(&str, &str)]) -> Bytes {
    let mut text = String::from_utf8(file.to_vec()).expect("a text");
    for (old, new) in changes {
        text = text.replace(old, new);
    }
    Bytes::from(text)
}

impl House {
    /// The next payer is billed once more with what it denied.
    fn bill_again(&mut self) -> String {
        let told = self.work_on(&["bill-next", "1", "--reason", "the number put right"]);
        self.go_on();
        told
    }

    /// The item of what is matched to no claim.
    fn unmatched(&self) -> String {
        let items = self.open_items();
        let found = items.iter().find(|item| item.category == Category::Unmatched);
        found.unwrap_or_else(|| panic!("{items:#?}")).id.0.to_string()
    }

    fn open_categories(&self) -> Vec<Item> {
        let items = self.open_items();
        items.iter().map(|item| (item.category, item.amount.cents())).collect()
    }
}

const LOOKED_AT: &str = "somebody looks at what beacon decided";

/// Each line has a CLP of its own, or both stand in one.
#[test]
fn a_line_that_a_next_payer_denied_goes_there_once_more_beside_one_that_it_paid() {
    let apart = || vec![denied(1, &DENIED[..1]), second(2, &PAID[1..], 1)];
    let turned = || vec![second(1, &PAID[1..], 1), denied(2, &DENIED[..1])];
    let together = || vec![denied(1, &[DENIED[0], PAID[1]])];
    // What it decides, the statement, and what is asked of it beside that.
    let answers: [(&[Bytes], &str, Vec<Item>); 4] = [
        (&[anew(second(3, &PAID[..1], 1))], "9.00", Vec::new()),
        (&[anew(second(3, &IN_FULL, 1))], LOOKED_AT, vec![(Category::Overpaid, 600)]),
        (&[anew(denied(3, &DENIED[..1]))], LOOKED_AT, vec![(Category::Denied, 1_500)]),
        (
            &[second(3, &PAID[..1], 1), second(4, &PAID[..1], -1)].map(anew),
            LOOKED_AT,
            vec![(Category::Denied, 1_500), (Category::Underpaid, 1_000)],
        ),
    ];
    for (at, files) in [apart, turned, together].iter().enumerate() {
        for (answer, due, items) in &answers {
            let mut house = left_in_lines(true);
            for file in files() {
                house.take("beacon", file);
            }
            let open = house.open_items();
            let [item] = open.as_slice() else { panic!("{open:?}") };
            assert!(item.action.contains("`claimgate queue bill-next 1`"), "{}", item.action);
            let refused = house.work_on(&["release", &item.id.0.to_string()]);
            assert!(refused.contains("`claimgate queue bill-next 1`"), "{refused}");
            let told = house.bill_again();
            assert!(told.contains("(CLM05-3 7, REF*F8 P1)"), "{told}");
            assert!(told.contains("It has all lines"), "{told}");
            house.sent_to("beacon", |claim| {
                assert_eq!((claim.frequency.text().as_ref(), claim.lines.len()), ("7", 2));
            });
            let waits = "beacon is expected to decide".to_owned();
            assert_eq!((stands(&house).0, house.open_categories()), (waits, Vec::new()));
            for file in answer.iter().cloned() {
                house.take("beacon", file);
            }
            assert_eq!(stands(&house).0, *due, "{at} {items:?}");
            assert_eq!(house.open_categories(), *items, "{at}");
        }
    }
}

/// What went there again has all that was left to it: an item that asks for the rest asks it no more.
#[test]
fn what_a_next_payer_had_not_decided_on_goes_there_with_what_it_denied() {
    let mut house = left_in_lines(true);
    house.take("beacon", denied(1, &DENIED[..1]));
    let of_both = [(Category::Denied, 1_500), (Category::Unexplained, 1_000)];
    assert_eq!(house.open_categories(), of_both);
    house.bill_again();
    assert_eq!(house.open_categories(), []);
    house.take("beacon", anew(second(2, &PAID[1..], 1)));
    assert_eq!(stands(&house).0, LOOKED_AT);
    assert_eq!(house.open_categories(), of_both[..1]);
    house.take("beacon", anew(second(3, &PAID[..1], 1)));
    assert_eq!(stands(&house), ("9.00".to_owned(), [0, 0], Vec::new()));
}

/// Of both lines that it denied it decides on one, and on the other one after that or in the same file.
#[test]
fn what_a_next_payer_denied_stands_until_it_decides_on_each_line_of_what_went_there_again() {
    let of = |number, line: usize| anew(second(number, &PAID[line..=line], 1));
    for lines in [[0, 1], [1, 0]] {
        for back_at in [None, Some(0), Some(1), Some(2)] {
            let mut house = left_in_lines(true);
            house.take("beacon", denied(1, &DENIED));
            house.bill_again();
            let mut files = vec![of(4, lines[0]), of(5, lines[1])];
            if let Some(at) = back_at {
                files.insert(at, second(6, &DENIED, -1));
            }
            for (at, file) in files.iter().enumerate() {
                house.take("beacon", file.clone());
                if at == 0 && back_at.is_none_or(|back| back == 2) {
                    let off = house.books()["contractual"];
                    let denied = [1_000, 1_500][lines[0]];
                    assert_eq!(off, 7_000 + 1_000 + denied, "{lines:?}");
                    assert_eq!(stands(&house).0, LOOKED_AT, "{lines:?} {back_at:?}");
                    let told = house.open_items().pop().expect("an item").action;
                    assert!(told.contains("`claimgate queue bill-next"), "{told}");
                    let shown = house.work_on(&["show", "1"]);
                    assert!(shown.contains("`claimgate queue open 2`"), "{shown}");
                }
            }
            let of_both = ("9.00".to_owned(), [0, 0], Vec::new());
            assert_eq!(stands(&house), of_both, "{lines:?} {back_at:?}");
            assert_eq!(
                house.endings(),
                [(Some(Ending::Corrected), 2_500)],
                "{lines:?} {back_at:?}"
            );
        }
    }
}

/// What one line was paid is taken off the claim again, and put there again.
#[test]
fn what_stands_of_a_denial_that_was_sent_again_follows_what_a_person_detaches() {
    let mut house = left_in_lines(true);
    house.take("beacon", denied(1, &DENIED));
    house.bill_again();
    let before = house.books();
    house.take("beacon", lost(second(4, &PAID[..1], 1)));
    let waits = house.unmatched();
    let attach = |house: &mut House| {
        let how = ["--despite", "patient", "--reason", "by phone"];
        house.work_on(&[&["attach", &waits, "2"], &how[..]].concat());
    };
    attach(&mut house);
    assert_eq!(house.open_categories(), [(Category::Denied, 2_500)]);
    house.work_on(&["detach", &waits, "--reason", "another's"]);
    let mut books = house.books();
    for of_suspense in ["cash", "suspense"] {
        books.remove(of_suspense);
    }
    assert!(books.iter().all(|(account, cents)| before.get(account) == Some(cents)), "{books:?}");
    attach(&mut house);
    house.take("beacon", anew(second(5, &PAID[1..], 1)));
    assert_eq!(stands(&house), ("9.00".to_owned(), [0, 0], Vec::new()));
}

/// The reversal of what gave way, under whichever claim of the service a person puts it.
#[test]
fn the_reversal_of_a_denial_that_was_sent_again_is_detached_without_a_trace() {
    let files = || [anew(second(4, &PAID, 1)), lost(second(5, &DENIED, -1))];
    for (is_passed_on, claim) in [(false, "1"), (false, "2"), (true, "1"), (true, "2")] {
        for order in [[0, 1], [1, 0]] {
            let mut house = left_in_lines(is_passed_on);
            house.take("beacon", denied(1, &DENIED));
            if is_passed_on {
                house.bill_again();
            }
            let mut waits = String::new();
            for at in order {
                house.take("beacon", files()[at].clone());
                if at == 1 {
                    waits = house.unmatched();
                    let why = ["--despite", "patient", "--reason", "by phone"];
                    house.work_on(&[&["attach", &waits, claim], &why[..]].concat());
                }
            }
            let told = format!("{is_passed_on} {claim} {order:?}");
            let of_both = |house: &House| (house.books()["contractual"], house.books()["patient"]);
            assert_eq!(of_both(&house), (8_000, 900), "{told}");
            house.work_on(&["detach", &waits, "--reason", "another's"]);
            assert_eq!(of_both(&house), (8_000, 900), "{told}");
        }
    }
}

/// Denied once more, what went there again is replaced from its own item.
#[test]
fn what_was_denied_once_more_is_replaced_and_paid() {
    let mut house = left_in_lines(true);
    house.take("beacon", denied(1, &DENIED));
    house.bill_again();
    house.take("beacon", anew(denied(2, &DENIED)));
    let items = house.open_items();
    let [item] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!(house.books()["contractual"], 8_000 + 2_500);
    house.work_on(&["release", &item.id.0.to_string()]);
    house.go_on();
    house.take("beacon", with(second(3, &PAID, 1), &[("*P1~", "*P3~")]));
    assert_eq!(stands(&house), ("9.00".to_owned(), [0, 0], Vec::new()));
    assert_eq!(house.books()["contractual"], 8_000);
}

/// What asked for the first one's decision is of each line, too, once that has decided.
#[test]
fn what_a_next_payer_denied_too_soon_stands_until_it_decides_on_each_line() {
    const TOO_SOON: [Line; 2] = [(0, (0, &[("CO*22", 15_000)])), (1, (0, &[("CO*22", 4_000)]))];
    let left: Of = (2_000, &[("CO*45", 1_000), ("PR*3", 1_000)]);
    for status in ["1", "19"] {
        let first = clp(1, &[FIRST, left], 1).replace("CLP*A1*1*", &format!("CLP*A1*{status}*"));
        let files = [
            ("beacon", denied(1, &TOO_SOON)),
            ("acme", file(3, 8_500, &first)),
            ("beacon", anew(second(2, &PAID[..1], 1))),
            ("beacon", anew(second(3, &PAID[1..], 1))),
        ];
        for order in [[0, 1, 2, 3], [0, 1, 3, 2], [1, 0, 2, 3], [1, 0, 3, 2]] {
            let mut house = house();
            for (place, at) in order.into_iter().enumerate() {
                let (payer, file) = &files[at];
                house.take(payer, file.clone());
                if place == 2 {
                    assert_eq!(stands(&house).0, LOOKED_AT, "{status} {order:?}");
                }
            }
            let of_both = ("9.00".to_owned(), [0, 0], Vec::new());
            assert_eq!(stands(&house), of_both, "{status} {order:?}");
            assert_eq!(house.books()["contractual"], 8_000, "{status} {order:?}");
        }
    }
}

/// The same file once more under other numbers of its own, after the claim was made: nothing of it is a decision on that.
#[test]
fn what_a_next_payer_had_said_before_is_held_where_it_says_that_once_more() {
    const PART: [Line; 2] = [DENIED[0], PAID[1]];
    let again = |number| denied(number, &PART);
    let books_of = |house: &House| {
        let mut books = house.books();
        books.retain(|account, _| !["cash", "suspense"].contains(account));
        books
    };
    for is_apart in [false, true] {
        let mut house = left_in_lines(true);
        let mut copies = vec![again(3)];
        if is_apart {
            house.take("beacon", denied(1, &DENIED[..1]));
            house.take("beacon", second(2, &PAID[1..], 1));
            copies = vec![second(4, &PAID[1..], 1), denied(3, &DENIED[..1])];
        } else {
            house.take("beacon", again(1));
        }
        house.bill_again();
        let before = books_of(&house);
        for copy in copies {
            house.take("beacon", copy);
        }
        let items = house.open_items();
        assert!(items.iter().all(|item| item.what.starts_with("V33: ")), "{items:#?}");
        assert_eq!(items.len(), 1 + usize::from(is_apart), "{items:#?}");
        assert_eq!((books_of(&house), house.books()["suspense"]), (before, -600));
        // What it decides on the line that it had denied is posted beside that.
        house.take("beacon", anew(second(5, &PAID[..1], 1)));
        assert_eq!(house.books()["patient"], 900);
    }
    // What was taken back may be said once more, whichever comes first.
    let back = || second(6, &PART, -1);
    let [after, before] = [[again(7), back()], [back(), again(7)]].map(|files| {
        let mut house = left_in_lines(true);
        house.take("beacon", again(1));
        house.bill_again();
        for file in files {
            house.take("beacon", file);
        }
        (house.books(), house.open_categories())
    });
    assert_eq!(after, before);
    assert_eq!(after.1, [(Category::Denied, 1_500)]);
}
