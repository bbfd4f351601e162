//! A claim that its first payer splits over CLPs in several files, each of which tells all of the charge: what goes
//! on to the second payer, and when.

use bytes::Bytes;

use claimgate::change::ClaimId;
use claimgate::change::next::Answer;
use claimgate::commands::statement;
use claimgate::denials::Category;
use claimgate::reports::Report;

use super::{Decision, Form, House, Part, Told, check_balance, office_file, remittance, wire};

/// A service of a part: what is paid of it, and what is taken off.
pub(super) type Of = (i64, &'static [(&'static str, i64)]);

/// What one CLP says of the lines of 150.00 and 40.00.
pub(super) type Said = [Of; 2];

pub(super) const FIRST: Of = (6_500, &[("CO*45", 7_000), ("PR*3", 1_500)]);
const SECOND: Of = (2_000, &[("CO*45", 2_000)]);

pub(super) fn house() -> House {
    let part = || Part { weight: 1, paid: 500, rest: vec![(3, 1)], units: "1" };
    let decision = Decision {
        form: Form::ByLine,
        lines: vec![(15_000, vec![part()]), (4_000, vec![part()])],
        of_claim: Vec::new(),
        kind: 0,
        is_child: false,
    };
    let mut house = House::open();
    house.take("cedar", office_file(&decision));
    house
}

/// A CLP with the number of its part, or what takes it back.
pub(super) fn clp(number: usize, said: &Said, sign: i64) -> String {
    let status = if sign < 0 { 22 } else { 1 };
    let paid: i64 = said.iter().map(|(paid, _)| paid).sum();
    let mut text = format!(
        "CLP*A1*{status}*{}*{}**12*P{number}~NM1*QC*1*ROE*JANE****MI*W10001~",
        wire(sign * 19_000),
        wire(sign * paid)
    );
    for (line, (paid, off)) in said.iter().enumerate() {
        let (code, charge) = [("99213", 15_000), ("93000", 4_000)][line];
        text += &format!(
            "SVC*HC:{code}*{}*{}**1~DTM*472*20261006~",
            wire(sign * charge),
            wire(sign * paid)
        );
        for (reason, cents) in *off {
            text += &format!("CAS*{reason}*{}~", wire(sign * cents));
        }
        text += &format!("REF*6R*A1L{}~", line + 1);
    }
    text
}

/// A CLP of one line alone, under the number of the one that decided on both.
fn of_line(line: usize, (paid, off): Of, sign: i64) -> String {
    let status = if sign < 0 { 22 } else { 1 };
    let (code, charge) = [("99213", 15_000), ("93000", 4_000)][line];
    let [charge, paid] = [charge, paid].map(|cents| wire(sign * cents));
    let mut text = format!(
        "CLP*A1*{status}*{charge}*{paid}**12*P1~NM1*QC*1*ROE*JANE****MI*W10001~\
         SVC*HC:{code}*{charge}*{paid}**1~DTM*472*20261006~"
    );
    for (reason, cents) in off {
        text += &format!("CAS*{reason}*{}~", wire(sign * cents));
    }
    text + &format!("REF*6R*A1L{}~", line + 1)
}

/// A file of the first payer on a day of November.
pub(super) fn file(day: u8, paid: i64, clps: &str) -> Bytes {
    let plb = format!("PLB*1999001013*20261231*FB:F{day}*{}~", wire(paid));
    let body = if paid < 0 { format!("{clps}{plb}") } else { clps.to_owned() };
    let text = remittance("ACME", paid.max(0), &body);
    let text = String::from_utf8(text.to_vec()).expect("a text");
    let text = text.replace("TRN*1*ACME1*", &format!("TRN*1*ACME{day}*"));
    let text = text.replace("20261110", &format!("202611{day:02}"));
    text.replace("000000001", &format!("{day:09}")).into()
}

impl House {
    fn has_next(&self) -> bool {
        self.store().claim(ClaimId(2)).expect("read").is_some()
    }

    fn categories(&self) -> Vec<Category> {
        self.open_items().iter().map(|item| item.category).collect()
    }
}

#[test]
fn a_split_claim_goes_to_its_next_payer_once_all_of_its_parts_are_there() {
    let nothing = |code: &'static [(&'static str, i64)]| -> Of { (0, code) };
    let halves: [Said; 2] = [
        [(3_500, &[("CO*45", 3_000), ("PR*3", 1_000), ("OA*94", 7_500)]), SECOND],
        [
            (3_000, &[("CO*45", 4_000), ("PR*3", 500), ("OA*94", 7_500)]),
            nothing(&[("OA*94", 4_000)]),
        ],
    ];
    for (parts, is_denied) in [
        ([[FIRST, nothing(&[("OA*94", 4_000)])], [nothing(&[("OA*94", 15_000)]), SECOND]], false),
        ([[FIRST, nothing(&[("OA*23", 4_000)])], [nothing(&[("OA*23", 15_000)]), SECOND]], false),
        ([[FIRST, nothing(&[("OA*B13", 4_000)])], [nothing(&[("OA*B13", 15_000)]), SECOND]], true),
        (halves, false),
    ] {
        for turned in [false, true] {
            let mut house = house();
            let mut files: Vec<(usize, Said)> = parts.into_iter().enumerate().collect();
            if turned {
                files.reverse();
            }
            let paid_of = |said: &Said| said.iter().map(|(paid, _)| paid).sum::<i64>();
            for (at, (number, said)) in files.iter().enumerate() {
                assert!(!house.has_next(), "{parts:?}");
                house.take("acme", file(*number as u8 + 3, paid_of(said), &clp(*number, said, 1)));
                if at == 0 {
                    assert_eq!(house.answer(), Some(Answer::Waits), "{parts:?}");
                    let category = if is_denied { Category::Denied } else { Category::Unexplained };
                    assert_eq!(house.categories(), [category], "{parts:?}");
                    let owed = house.books().get("receivable").copied().unwrap_or_default();
                    let open = house.open_items()[0].amount.cents();
                    assert_eq!(owed, if is_denied { 0 } else { open }, "{parts:?}");
                }
            }
            assert_eq!(house.answer(), Some(Answer::Billed), "{parts:?}");
            assert_eq!(house.categories(), [], "{parts:?}");
            let told = Told { clps: String::new(), paid: 8_500, patient: 1_500 };
            house.sent_to("beacon", |claim| check_balance(claim, &told, 19_000));

            // All of it is taken back, in one file and whichever part first.
            let back: String = files.iter().map(|(number, said)| clp(*number, said, -1)).collect();
            house.take("acme", file(9, -8_500, &back));
            let mut categories = house.categories();
            categories.retain(|category| *category != Category::NextPayer);
            assert_eq!(categories, [Category::Underpaid], "{parts:?}");
            assert_eq!(house.books().get("receivable"), Some(&19_000), "{parts:?}");
            assert_eq!(house.books().len(), 1, "{:?}", house.books());
        }
    }
}

/// Somebody looked for what is said to be paid, and there is nothing.
#[test]
fn a_line_that_is_denied_as_paid_before_goes_on_once_its_item_is_done_with() {
    let mut house = house();
    let first: Said = [FIRST, (0, &[("OA*B13", 4_000)])];
    house.take("acme", file(3, 6_500, &clp(1, &first, 1)));
    assert_eq!(house.answer(), Some(Answer::Waits));
    let item = house.open_items()[0].id.0.to_string();
    house.work_on(&["resolve", &item, "--reason", "a double", "--keep-claim"]);
    house.go_on();
    assert_eq!(house.answer(), Some(Answer::Billed));
}

/// The payer takes one line back of what it decided in one CLP, and a person says so; then it decides anew.
#[test]
fn what_is_taken_back_of_one_line_leaves_the_other() {
    for together in [true, false] {
        let mut house = house();
        house.take("acme", file(3, 8_500, &clp(1, &[FIRST, SECOND], 1)));
        assert_eq!(house.answer(), Some(Answer::Billed));
        let anew: Of = (6_000, &[("CO*45", 7_500), ("PR*3", 1_500)]);
        let back = of_line(0, FIRST, -1);
        match together {
            true => house.take("acme", file(4, -500, &(back + &of_line(0, anew, 1)))),
            false => house.take("acme", file(4, -6_500, &back)),
        }
        house.go_on();
        let held = house.open_items().into_iter().find(|item| item.what.starts_with("V16"));
        let held = held.expect("it waits").id.0.to_string();
        house.work_on(&["attach", &held, "1", "--reason", "the bank says so"]);
        house.go_on();
        if !together {
            let items = house.open_items();
            let item = items.iter().find(|item| item.category != Category::NextPayer);
            let item = item.expect("an item");
            assert!(item.what.starts_with("V40: 40.00 is decided on"), "{}", item.what);
            assert!(item.what.ends_with("this reversal took 65.00 back"), "{}", item.what);
            assert_eq!(item.amount.cents(), 15_000);
            assert_eq!(house.books().get("receivable"), Some(&15_000));
            house.take("acme", file(5, 6_000, &of_line(0, anew, 1)));
            house.go_on();
        }
        // What is left to the second payer is what was: the claim that it has says other sums.
        let items = house.open_items();
        let [item] = items.as_slice() else { panic!("{together}: {items:?}") };
        assert_eq!((item.category, item.claim), (Category::NextPayer, Some(ClaimId(2))));
        assert!(item.what.contains("15.00 is left to its payer as before"), "{}", item.what);
        let books = house.books();
        let of = |account| books.get(account).copied().unwrap_or_default();
        assert_eq!(
            ["receivable", "cash", "contractual", "patient"].map(of),
            [0, 8_000, 9_500, 1_500]
        );
        // All of it is taken back, each line by itself.
        house.take("acme", file(8, -2_000, &of_line(1, SECOND, -1)));
        house.take("acme", file(9, -6_000, &of_line(0, anew, -1)));
        assert_eq!(house.books().get("receivable"), Some(&19_000));
        assert_eq!(house.books().len(), 1, "{:?}", house.books());
        let mut categories = house.categories();
        categories.retain(|category| *category != Category::NextPayer);
        assert_eq!(categories, [Category::Underpaid]);
    }
}

/// Of one line's payment taken back, the share of the other stands, and is to be paid by the second payer.
#[test]
fn what_one_line_leaves_to_the_second_payer_is_not_voided_with_the_other() {
    let left: Of = (2_000, &[("CO*45", 1_000), ("PR*3", 1_000)]);
    for (line, paid, says) in [(0, 6_500, "10.00"), (1, 2_000, "15.00")] {
        let of = [FIRST, left][line];
        let mut house = house();
        house.take("acme", file(3, 8_500, &clp(1, &[FIRST, left], 1)));
        house.take("acme", file(4, -paid, &of_line(line, of, -1)));
        let held = house.open_items().into_iter().find(|item| item.what.starts_with("V16"));
        let held = held.expect("it waits").id.0.to_string();
        house.work_on(&["attach", &held, "1", "--reason", "the bank says so"]);
        house.go_on();
        let items = house.open_items();
        let item = items.iter().find(|item| item.category == Category::NextPayer);
        let item = item.expect("an item");
        let says = format!("{says} of what was left to its payer stands");
        assert!(item.what.ends_with(&says), "{}", item.what);
        assert!(!item.action.contains("void"), "{}", item.action);
        assert!(item.action.ends_with("release it as a replacement (CLM05-3 7)"), "{item:?}");
    }
}

/// What the second payer says of one line or of both, with CLP03 of these, and a number for each file.
pub(super) fn second(number: usize, lines: &[(usize, Of)], sign: i64) -> Bytes {
    let mut clps = lines.iter().map(|&(line, of)| of_line(line, of, sign));
    let mut clp = clps.next().expect("a line");
    for other in clps {
        clp += other.split_once("MI*W10001~").expect("its services").1;
    }
    let charge: i64 = lines.iter().map(|(line, _)| [15_000, 4_000][*line]).sum();
    let paid: i64 = lines.iter().map(|(_, (paid, _))| paid).sum();
    let services = clp.split_once("**12*").expect("a number").1.to_owned();
    let status = if sign < 0 { 22 } else { 2 };
    let clp =
        format!("CLP*A1*{status}*{}*{}**12*{services}", wire(sign * charge), wire(sign * paid));
    let plb = format!("PLB*1999001013*20261231*FB:B{number}*{}~", wire(-paid));
    let body = if sign < 0 { clp + &plb } else { clp };
    let text = remittance("BEACON", (sign * paid).max(0), &body);
    let text = String::from_utf8(text.to_vec()).expect("a text");
    let text = text.replace("BEACON1", &format!("BEACON{number}"));
    let text = text.replace("20261110", &format!("202611{:02}", 10 + number));
    Bytes::from(text.replace("000000001", &format!("{number:09}")))
}

/// A house where the first left 15.00 and 10.00, and billed the second by itself or let us do so.
pub(super) fn left_in_lines(is_passed_on: bool) -> House {
    let mut house = house();
    let left: Of = (2_000, &[("CO*45", 1_000), ("PR*3", 1_000)]);
    let told = clp(1, &[FIRST, left], 1);
    let told = if is_passed_on { told.replace("CLP*A1*1*", "CLP*A1*19*") } else { told };
    house.take("acme", file(3, 8_500, &told));
    let answer = if is_passed_on { Answer::PassedOn } else { Answer::Billed };
    assert_eq!(house.answer(), Some(answer));
    house
}

/// What a statement asks, or why it asks nothing; what is on hold and the next payer's; and what items tell.
pub(super) fn stands(house: &House) -> (String, [usize; 2], Vec<String>) {
    let due = statement::statement_for(&house.office(), "A1").expect("a statement");
    let waits = due.waiting.first().map(|one| one.why.clone());
    let due = waits.unwrap_or_else(|| due.balance().to_string());
    let rows = |of| house.rows(Report::Aging, of).len();
    let told = house.open_items().into_iter().map(|item| item.what).collect();
    (due, [rows("on hold"), rows("next payer")], told)
}

const WAITS: &str = "beacon is expected to decide on the rest";

/// The second payer decides line by line: the patient is asked once it has decided on all that was left to it.
#[test]
fn what_a_second_payer_has_not_decided_on_is_not_asked_of_the_patient() {
    const OF_FIRST: (usize, Of) = (0, (1_000, &[("OA*23", 13_500), ("PR*3", 500)]));
    const OF_SECOND: (usize, Of) = (1, (600, &[("OA*23", 3_000), ("PR*3", 400)]));
    for is_passed_on in [false, true] {
        let mut house = left_in_lines(is_passed_on);
        house.take("beacon", second(1, &[OF_FIRST], 1));
        let told = "beacon has not decided on 10.00 of what was left to it: no decision of it speaks of line 2 (V40); \
                    the patient is not asked until then";
        assert_eq!(stands(&house), (WAITS.to_owned(), [2, 2], vec![told.to_owned()]));
        assert_eq!(house.open_items()[0].payer(None), Some("beacon"));
        house.take("beacon", second(2, &[OF_SECOND], 1));
        assert_eq!(stands(&house), ("9.00".to_owned(), [0, 0], Vec::new()), "{is_passed_on}");
        house.take("beacon", second(3, &[OF_FIRST], -1));
        let told = told.replace("10.00", "15.00").replace("line 2", "line 1");
        assert_eq!(stands(&house), (WAITS.to_owned(), [2, 2], vec![told]), "{is_passed_on}");
        house.take("beacon", second(4, &[OF_FIRST], 1));
        assert_eq!(stands(&house), ("9.00".to_owned(), [0, 0], Vec::new()), "{is_passed_on}");
    }
}

/// The second payer tells of both lines in each of its parts, or of both halves of one, what was settled before: nothing of
/// that is decided on twice.
#[test]
fn what_a_second_payer_tells_in_both_of_its_parts_is_decided_on_once() {
    const PAYS: Of = (1_000, &[("OA*23", 13_500), ("PR*3", 500)]);
    const OF_SECOND: Of = (600, &[("OA*23", 3_000), ("PR*3", 400)]);
    let first: Vec<(usize, Of)> = vec![(0, PAYS), (1, (0, &[("OA*23", 4_000)]))];
    let second_part: Vec<(usize, Of)> = vec![(0, (0, &[("OA*23", 15_000)])), (1, OF_SECOND)];
    let half: Vec<(usize, Of)> =
        vec![(0, (500, &[("OA*23", 13_500), ("CO*18", 1_000)])), (1, OF_SECOND)];
    let other: Vec<(usize, Of)> =
        vec![(0, (500, &[("OA*23", 13_500), ("PR*3", 500), ("OA*94", 500)]))];
    for is_passed_on in [false, true] {
        for parts in
            [[&first, &second_part], [&second_part, &first], [&half, &other], [&other, &half]]
        {
            let mut house = left_in_lines(is_passed_on);
            for (number, part) in (1..).zip(parts) {
                house.take("beacon", second(number, part, 1));
            }
            assert_eq!(stands(&house), ("9.00".to_owned(), [0, 0], Vec::new()), "{parts:?}");
        }
        // What is paid once more is.
        let mut house = left_in_lines(is_passed_on);
        for (number, part) in (1..).zip([&first, &second_part, &vec![(0, PAYS)]]) {
            house.take("beacon", second(number, part, 1));
        }
        assert_eq!(house.categories(), [Category::Overpaid]);
    }
}

/// A person says that the rest never comes.
#[test]
fn what_a_second_payer_never_decides_on_is_asked_once_a_person_says_so() {
    for is_passed_on in [false, true] {
        let mut house = left_in_lines(is_passed_on);
        house.take("beacon", second(1, &[(0, (1_000, &[("OA*23", 13_500), ("PR*3", 500)]))], 1));
        let item = house.open_items()[0].id.0.to_string();
        house.work_on(&["resolve", &item, "--reason", "no cover", "--keep-claim"]);
        assert_eq!(stands(&house), ("15.00".to_owned(), [0, 0], Vec::new()), "{is_passed_on}");
    }
}

/// A line under review stays with the second payer, and what it decides then is no second decision (V34).
#[test]
fn what_a_second_payer_reviews_is_not_asked_of_the_patient() {
    for is_passed_on in [false, true] {
        let mut house = left_in_lines(is_passed_on);
        let of_first: (usize, Of) = (0, (1_000, &[("OA*23", 13_500), ("PR*3", 500)]));
        let reviewed: (usize, Of) = (1, (0, &[("OA*23", 3_000), ("OA*133", 1_000)]));
        house.take("beacon", second(1, &[of_first, reviewed], 1));
        let told = "beacon has not decided on 10.00 of what was left to it: 10.00 is under review; the patient is not \
                    asked until then";
        assert_eq!(stands(&house), (WAITS.to_owned(), [2, 2], vec![told.to_owned()]));
        house.take("beacon", second(2, &[(1, (600, &[("OA*23", 3_000), ("PR*3", 400)]))], 1));
        assert_eq!(stands(&house), ("9.00".to_owned(), [0, 0], Vec::new()), "{is_passed_on}");
    }
}

/// Lines of which nothing was left to the second payer it need not speak of.
#[test]
fn what_was_not_left_to_a_second_payer_is_not_waited_for() {
    for is_passed_on in [false, true] {
        let mut house = house();
        let told = clp(1, &[FIRST, SECOND], 1);
        let told = if is_passed_on { told.replace("CLP*A1*1*", "CLP*A1*19*") } else { told };
        house.take("acme", file(3, 8_500, &told));
        house.take("beacon", second(1, &[(0, (1_000, &[("OA*23", 13_500), ("PR*3", 500)]))], 1));
        assert_eq!(stands(&house), ("5.00".to_owned(), [0, 0], Vec::new()), "{is_passed_on}");
    }
}

/// The first payer takes a part of a line off and reviews the rest, and then decides on all of the line.
#[test]
fn what_a_first_payer_reviewed_and_decided_on_goes_on_to_the_next() {
    let reviewed: Of = (0, &[("CO*45", 2_000), ("OA*133", 2_000)]);
    let both = || file(3, 6_500, &clp(1, &[FIRST, reviewed], 1));
    let decided = || file(5, 1_000, &of_line(1, (1_000, &[("CO*45", 2_000), ("PR*3", 1_000)]), 1));
    for files in [[both(), decided()], [decided(), both()]] {
        let mut house = house();
        for file in files {
            house.take("acme", file);
        }
        assert_eq!(house.answer(), Some(Answer::Billed));
        assert!(house.categories().is_empty(), "{:?}", house.categories());
    }
}
