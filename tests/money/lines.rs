//! Claims of two lines: what is denied of one and decided on anew gives way by itself, in whatever order and
//! files that comes.

use proptest::prelude::*;
use x12::value::Money;

use claimgate::denials::Category;
use claimgate::ledger::Account;

use crate::cases;
use crate::made;
use crate::packings::{
    Joint, Left, Remittance, come_in_any_order, kinds, live_in, order, remittance,
};
use crate::world::World;

/// What the lines charge, in cents.
const CHARGES: [i64; 2] = [6_000, 4_000];

/// What is said of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OfLine {
    Nothing,
    /// So many tenths are paid.
    Paid(i64),
    /// A tenth is paid, and half of it is denied.
    PaidInPart,
    /// By group and reason.
    Denied(&'static str),
    /// One half of it is denied, and nothing said of the other.
    HalfDenied(&'static str),
    /// Two tenths of it are paid, and one half is under review, left to another decision, or denied as a copy of it.
    HalfOpen(&'static str),
    /// One half of it is denied, and the other one left to another decision, or denied as a copy of it.
    DeniedBeside(&'static str),
    /// The same of a half that is under review.
    ReviewedBeside(&'static str),
}
use OfLine::{
    Denied, DeniedBeside, HalfDenied, HalfOpen, Nothing, Paid, PaidInPart, ReviewedBeside,
};

/// Group and reason of whole lines, and of halves of lines.
const DENIALS: [&str; 11] = [
    "CO*50", "CO*29", "PR*204", "CO*97", "CO*18", "OA*18", "OA*B13", "OA*94", "OA*23", "OA*133",
    "PR*1",
];
const OF_HALVES: [&str; 2] = ["CO*16", "CO*197"];
const OPEN: [&str; 5] = ["OA*94", "OA*23", "OA*B13", "CO*18", "OA*133"];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Lines([OfLine; 2]),
    /// The second line is rolled up in the first one, and paid with it.
    Bundle,
    /// The first of these lines; the other one may come with a word of its own.
    Top,
    /// What one of those before it said is taken back.
    Back(usize),
}

fn of_line() -> impl Strategy<Value = OfLine> {
    prop_oneof![
        2 => Just(Nothing),
        3 => (1..=3_i64).prop_map(Paid),
        1 => Just(PaidInPart),
        3 => prop::sample::select(DENIALS.to_vec()).prop_map(Denied),
        1 => prop::sample::select(OF_HALVES.to_vec()).prop_map(HalfDenied),
        1 => prop::sample::select(OPEN.to_vec()).prop_map(HalfOpen),
        1 => prop::sample::select(OPEN.to_vec()).prop_map(DeniedBeside),
        1 => prop::sample::select(OPEN.to_vec()).prop_map(ReviewedBeside),
    ]
}

fn told() -> impl Strategy<Value = Vec<(Word, i64)>> {
    let lines = (of_line(), of_line()).prop_map(|(one, other)| match (one, other) {
        (Nothing, Nothing) => Word::Lines([Paid(1), Nothing]),
        both => Word::Lines([both.0, both.1]),
    });
    let back = (0..4_usize).prop_map(Word::Back);
    let word = prop_oneof![8 => lines, 1 => Just(Word::Bundle), 1 => Just(Word::Top), 1 => Just(ROLLED_UP), 3 => back];
    prop::collection::vec((word, 0..2_i64), 2..6).prop_map(|all| {
        let mut day = 0;
        let mut told: Vec<(Word, i64)> = Vec::new();
        for (word, after) in all {
            day += after;
            // Of two that are alike the one that came first is posted.
            let is_known = told.iter().any(|(known, _)| *known == word);
            if matches!(word, Word::Back(_)) || !is_known {
                told.push((word, day));
            }
        }
        told
    })
}

/// Of the first claim, each in a remittance of its own. What takes nothing back, or what was taken back, says
/// nothing: of two that are alike the one that came first is posted.
fn remittances(all: &[(Word, i64)]) -> Vec<Remittance> {
    let mut remittances = Vec::new();
    let mut taken_back = Vec::new();
    for (at, (word, day)) in all.iter().enumerate() {
        let of_claim = match word {
            Word::Back(which) => {
                let mut before: Vec<Word> = all[..at].iter().map(|(word, _)| *word).collect();
                before.retain(|word| !matches!(word, Word::Back(_)));
                let which = which % before.len().max(1);
                let is_again = taken_back.contains(&which);
                let Some(word) = before.get(which).filter(|_| !is_again) else { continue };
                taken_back.push(which);
                claim_payment(*word, -1)
            }
            word => claim_payment(*word, 1),
        };
        remittances.push(remittance(at, *day, &of_claim));
    }
    remittances
}

/// What a service has of its line: the charge, what is paid, and what adjusts it, in cents.
type Service = (i64, i64, Vec<(&'static str, i64)>);

fn service(line: OfLine, charge: i64) -> Option<Service> {
    let tenths = |tenths: i64| charge * tenths / 10;
    Some(match line {
        Nothing => return None,
        Paid(paid) => (charge, tenths(paid), vec![("CO*45", tenths(10 - paid))]),
        PaidInPart => (charge, tenths(1), vec![("CO*45", tenths(4)), ("CO*16", tenths(5))]),
        Denied(code) => (charge, 0, vec![(code, charge)]),
        HalfDenied(code) => (tenths(5), 0, vec![(code, tenths(5))]),
        DeniedBeside(code) => (charge, 0, vec![("CO*50", tenths(5)), (code, tenths(5))]),
        ReviewedBeside(code) => (charge, 0, vec![("OA*133", tenths(5)), (code, tenths(5))]),
        HalfOpen(code) => (charge, tenths(2), vec![("CO*45", tenths(3)), (code, tenths(5))]),
    })
}

/// A CLP, and what it pays in cents.
fn claim_payment(word: Word, sign: i64) -> (String, i64) {
    let [first, second] = CHARGES;
    let services = match word {
        Word::Lines(lines) => [service(lines[0], first), service(lines[1], second)],
        Word::Bundle => [
            Some((first, second, vec![("OA*94", -second), ("CO*45", first)])),
            Some((second, 0, vec![("CO*97", second)])),
        ],
        Word::Top => [Some((first, second, vec![("OA*94", -second), ("CO*45", first)])), None],
        Word::Back(_) => panic!("it says nothing of its own"),
    };
    let wire = |cents: i64| Money::from_cents(sign * cents).to_wire();
    let day = made::days_ago(20).to_wire();
    let (mut charged, mut paid, mut told) = (0, 0, String::new());
    for (number, service) in (1..).zip(services) {
        let Some((charge, amount, adjustments)) = service else { continue };
        charged += charge;
        paid += amount;
        let procedure = ["99213", "93000"][number - 1];
        let (charge, amount) = (wire(charge), wire(amount));
        told.push_str(&format!("SVC*HC:{procedure}*{charge}*{amount}**1~DTM*472*{day}~"));
        for (code, cents) in adjustments {
            told.push_str(&format!("CAS*{code}*{}~", wire(cents)));
        }
        told.push_str(&format!("REF*6R*M00001L{number}~"));
    }
    let status = if sign < 0 { "22" } else { "1" };
    let clp = format!(
        "CLP*M00001*{status}*{}*{}**12*PM00001~NM1*QC*1*ROE*JANE****MI*WM00001~{told}",
        wire(charged),
        wire(paid)
    );
    (clp, sign * paid)
}

fn live(remittances: &[&Remittance], joints: &[Joint]) -> Left {
    live_in(World::of_two_lines(), remittances, joints)
}

/// What is owed in the end, and what is open with what is at risk.
type End = (i64, Vec<(Category, i64)>);

fn ends(order: &[&Remittance], joints: &[Joint]) -> End {
    let ((balances, _), open) = live(order, joints);
    let owed = balances.get(&(Account::Receivable, Some(1))).copied();
    let open = kinds(open).into_iter().map(|(category, _, amount, _)| (category, amount.cents()));
    (owed.unwrap_or_default(), open.collect())
}

fn each_on_its_day(words: &[Word]) -> Vec<Remittance> {
    let told: Vec<(Word, i64)> = words.iter().copied().zip(0..).collect();
    remittances(&told)
}

/// The end of words in whatever order they come, and in one file or in several.
fn end(words: &[Word]) -> End {
    let remittances = each_on_its_day(words);
    let mut all: Vec<&Remittance> = remittances.iter().collect();
    let mut found = Vec::new();
    for _ in 0..all.len() {
        for joints in [[Joint::File; 6], [Joint::Set; 6]] {
            for turned in [false, true] {
                let mut order = all.clone();
                if turned {
                    order.reverse();
                }
                found.push(ends(&order, &joints));
            }
        }
        all.rotate_left(1);
    }
    found.dedup();
    assert_eq!(found.len(), 1, "{words:?}: {found:?}");
    found.remove(0)
}

/// What an item says that was paid twice.
fn twice(cents: i64) -> (Category, i64) {
    (Category::Overpaid, cents)
}

const FIRST: Word = Word::Lines([Paid(3), Nothing]);
const ANEW: Word = Word::Lines([Nothing, Paid(2)]);
const BOTH: Word = Word::Lines([Denied("CO*50"), Denied("CO*29")]);
const DENIED: Word = Word::Lines([Paid(3), Denied("CO*50")]);
const ROLLED_UP: Word = Word::Lines([Nothing, Denied("CO*97")]);

#[test]
fn a_denied_line_gives_way_to_what_is_decided_on_it_anew() {
    let risk = |cents: i64| (Category::Denied, cents);
    let odd = (Category::Unexplained, 0);
    for (words, expected) in [
        (vec![DENIED], (0, vec![risk(4_000)])),
        (vec![DENIED, ANEW], (0, vec![])),
        (vec![DENIED, ANEW, Word::Back(1)], (0, vec![risk(4_000)])),
        // Denied once more, for another reason.
        (
            vec![DENIED, Word::Lines([Nothing, Denied("CO*29")])],
            (0, vec![risk(4_000), risk(4_000)]),
        ),
        // All is denied, and one line is paid: the other one stays denied.
        (vec![BOTH, FIRST], (0, vec![risk(10_000)])),
        (vec![BOTH, FIRST, ANEW], (0, vec![])),
        // What was paid already, and no denial, gives way to nothing.
        (vec![FIRST, ANEW, Word::Lines([Nothing, Denied("CO*50")])], (0, vec![odd])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// Whoever is to bear it, and whatever it is called.
#[test]
fn any_denial_of_a_line_gives_way() {
    for codes in [["CO*50", "PR*204"], ["CO*97", "CO*18"], ["OA*18", "PI*16"]] {
        let both = Word::Lines(codes.map(Denied));
        for (words, expected) in [
            (vec![both, FIRST], (0, vec![(Category::Denied, 10_000)])),
            (vec![both, FIRST, ANEW], (0, vec![])),
            (vec![both, FIRST, ANEW, Word::Back(1)], (0, vec![(Category::Denied, 10_000)])),
        ] {
            let remittances = each_on_its_day(&words);
            let all: Vec<&Remittance> = remittances.iter().collect();
            let turned: Vec<&Remittance> = all.iter().rev().copied().collect();
            for order in [all, turned] {
                assert_eq!(ends(&order, &[]), expected, "{words:?}");
            }
        }
    }
}

#[test]
fn what_is_rolled_up_in_another_line_is_no_denial() {
    for (words, expected) in [
        (vec![Word::Bundle], (0, vec![])),
        (vec![Word::Bundle, ANEW], (-800, vec![(Category::Unexplained, 0)])),
        (vec![BOTH, Word::Bundle], (0, vec![])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// Over two remittances it is none once both are there, and is one again once the line that is paid for both is taken back.
#[test]
fn what_is_rolled_up_in_a_line_of_another_remittance_is_no_denial() {
    let risk = |cents: i64| (Category::Denied, cents);
    let odd = (Category::Unexplained, 0);
    for (words, expected) in [
        (vec![Word::Top, ROLLED_UP], (0, vec![])),
        (vec![ROLLED_UP, Word::Top], (0, vec![])),
        (vec![ROLLED_UP], (6_000, vec![odd, risk(4_000)])),
        (vec![Word::Top, ROLLED_UP, Word::Back(0)], (6_000, vec![odd, risk(4_000)])),
        (vec![Word::Top, ROLLED_UP, Word::Back(0), FIRST], (0, vec![risk(4_000)])),
        (vec![Word::Top, ROLLED_UP, Word::Back(1)], (4_000, vec![odd])),
        (vec![Word::Top, ROLLED_UP, ANEW], (0, vec![])),
        (vec![BOTH, Word::Top, ROLLED_UP], (0, vec![])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// What is denied as a copy takes nothing off where that of which it is a copy stands, whichever came last.
#[test]
fn a_line_that_is_denied_as_a_copy_takes_nothing_off() {
    let half = Word::Lines([Denied("CO*50"), Paid(2)]);
    let copy = Word::Lines([Paid(3), Denied("CO*18")]);
    for (words, expected) in [
        (vec![half, copy], (0, vec![])),
        (vec![copy, ANEW], (0, vec![])),
        (vec![half, copy, Word::Back(1)], (0, vec![(Category::Denied, 6_000)])),
        // Once what was decided is taken back, the denial is all that there is.
        (vec![half, copy, Word::Back(0)], (0, vec![(Category::Denied, 4_000)])),
        (
            // Of a denial: what was to change it was not taken.
            vec![DENIED, Word::Lines([Nothing, Denied("OA*18")])],
            (0, vec![(Category::Denied, 4_000), (Category::Denied, 4_000)]),
        ),
        (vec![half, Word::Lines([Paid(3), Paid(1)])], (-400, vec![twice(400)])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// A claim that is split over CLPs that each tell all of it: what one of them leaves to the other one is taken off
/// by none, and denied by none. It stays owed while the other one is not there, unless it is denied as paid before.
#[test]
fn parts_that_each_tell_the_whole_claim_are_one_claim() {
    let odd = (Category::Unexplained, 0);
    for code in ["OA*94", "OA*B13", "CO*B13", "OA*23"] {
        let left = |cents: i64| match code.ends_with("B13") {
            true => (0, vec![(Category::Denied, cents)]),
            false => (cents, vec![odd]),
        };
        let [one, other] = [[Paid(3), Denied(code)], [Denied(code), Paid(2)]].map(Word::Lines);
        for (words, expected) in [
            (vec![one, other], (0, vec![])),
            (vec![one], left(4_000)),
            (vec![one, other, Word::Back(1)], left(4_000)),
            (vec![one, other, Word::Back(0)], left(6_000)),
            (vec![one, other, Word::Back(1), ANEW], (0, vec![])),
            (vec![one, other, Word::Back(0), Word::Lines([Paid(1), Denied(code)])], (0, vec![])),
        ] {
            assert_eq!(end(&words), expected, "{words:?}");
        }
    }
}

/// A line of which two parts decide on a half each is taken off once, by whatever reason each leaves the rest.
#[test]
fn parts_that_share_a_line_are_one_claim() {
    let odd = (Category::Unexplained, 0);
    // What is owed, and what is open, while a half of the first line and perhaps the second one is left.
    let left = |code: &str, cents: i64| match code {
        "OA*94" | "OA*23" => (cents, vec![odd]),
        _ => (0, vec![(Category::Denied, cents)]),
    };
    for (code, of_other) in [
        ("OA*94", "OA*94"),
        ("OA*23", "OA*23"),
        ("OA*B13", "OA*B13"),
        ("CO*18", "CO*18"),
        ("OA*94", "OA*23"),
        ("OA*94", "OA*B13"),
        ("OA*23", "CO*18"),
    ] {
        let one = Word::Lines([HalfOpen(code), Paid(2)]);
        let other = Word::Lines([HalfOpen(of_other), Denied(of_other)]);
        assert_eq!(end(&[one, other]), (0, vec![]), "{code} {of_other}");
        if ["OA*23", "OA*B13"].contains(&of_other) {
            assert_eq!(end(&[one]), left(code, 3_000), "{code}");
            let back = [one, other, Word::Back(0)];
            assert_eq!(end(&back), left(of_other, 7_000), "{code} {of_other}");
        }
    }
    let [one, other] = [[HalfOpen("OA*94"), Paid(2)], [HalfOpen("OA*B13"), Denied("OA*94")]];
    let again = [one, other].map(Word::Lines);
    assert_eq!(end(&[again[0], again[1], ANEW]), (-800, vec![twice(800)]));
    // What is denied as a copy of it takes nothing off either.
    let first = Word::Lines([HalfOpen("OA*94"), Denied("OA*94")]);
    let copy = Word::Lines([Denied("OA*B13"), Paid(2)]);
    assert_eq!(end(&[first, copy]), (3_000, vec![odd]));
}

/// What is denied of a line is settled by no part that leaves that line to others, but by what decides on it anew.
#[test]
fn a_part_that_leaves_a_line_to_others_settles_nothing_of_it() {
    let risk = |cents: i64| (Category::Denied, cents);
    for code in ["OA*94", "OA*23"] {
        let [one, other, again] =
            [[PaidInPart, Denied(code)], [Denied(code), Paid(2)], [Paid(1), Nothing]]
                .map(Word::Lines);
        let open = Word::Lines([PaidInPart, Denied("OA*133")]);
        for (words, expected) in [
            (vec![one, other], (0, vec![risk(3_000)])),
            (vec![other, one], (0, vec![risk(3_000)])),
            (vec![open, other], (0, vec![risk(3_000)])),
            (vec![one, other, Word::Back(0), again], (0, vec![])),
            (vec![one, other, again], (-600, vec![twice(600)])),
            (vec![one, other, again, Word::Back(2)], (0, vec![risk(3_000)])),
        ] {
            assert_eq!(end(&words), expected, "{words:?}");
        }
    }
}

/// What is all the patient's of one line is so at once, though the payer reviews another and pays nothing yet.
#[test]
fn what_is_left_to_the_patient_beside_a_review_waits_for_nothing() {
    let beside = Word::Lines([Denied("OA*133"), Denied("PR*1")]);
    let rest = Word::Lines([Paid(3), Nothing]);
    let whole = Word::Lines([Paid(3), Denied("PR*1")]);
    for (words, expected) in [
        (vec![beside], (6_000, vec![])),
        (vec![beside, rest], (0, vec![])),
        // The payer takes nothing back of what it says once more (V34), and the patient owes it once.
        (vec![beside, whole], (0, vec![(Category::Unexplained, 0)])),
        // Of the second line nothing stands (V40).
        (vec![beside, rest, Word::Back(0)], (4_000, vec![(Category::Unexplained, 0)])),
        (vec![beside, Word::Back(0), whole], (0, vec![])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// Half of a line that one part denies is denied beside the half that another part decides on, by whatever reason each
/// leaves the rest.
#[test]
fn half_a_line_is_denied_beside_the_half_that_another_part_has() {
    let halves = ["OA*94", "OA*23", "OA*B13", "CO*18"];
    let risk = |cents: i64| (Category::Denied, cents);
    for (code, of_other) in halves.into_iter().flat_map(|one| halves.map(|other| (one, other))) {
        let paid = Word::Lines([HalfOpen(code), Paid(2)]);
        let denied = Word::Lines([DeniedBeside(of_other), Denied(of_other)]);
        let alone = Word::Lines([DeniedBeside(of_other), Nothing]);
        // An item keeps what it was opened with, of copies too.
        let is_copy = ["OA*B13", "CO*18"].contains(&of_other);
        let told = if is_copy { [6_000, 10_000] } else { [3_000, 3_000] };
        for (words, expected) in [
            (vec![(paid, 0), (denied, 1)], told[1]),
            (vec![(denied, 0), (paid, 1)], told[1]),
            (vec![(paid, 0), (alone, 0)], told[0]),
        ] {
            let expected = (0, vec![risk(expected)]);
            let remittances = remittances(&words);
            for order in [[0, 1], [1, 0]] {
                let all: Vec<&Remittance> = order.map(|at: usize| &remittances[at]).to_vec();
                for joints in [[Joint::File; 2], [Joint::Set; 2]] {
                    let found = ends(&all, &joints);
                    assert_eq!(found, expected, "{words:?}: {order:?}, {joints:?}");
                }
            }
        }
    }
}

/// So it is with the other line in a part of its own; what stands once one half is taken back is as if that had never
/// been told, and the denial of a half is over once all of the line is paid.
#[test]
fn half_a_line_is_denied_whatever_is_decided_beside_it() {
    let odd = (Category::Unexplained, 0);
    let risk = |cents: i64| (Category::Denied, cents);
    for (code, of_other) in [("CO*18", "OA*94"), ("OA*B13", "OA*23"), ("OA*94", "CO*18")] {
        let paid = Word::Lines([HalfOpen(code), Nothing]);
        let denied = Word::Lines([DeniedBeside(of_other), Nothing]);
        let is_copy = of_other == "CO*18";
        let told = if is_copy { 6_000 } else { 3_000 };
        let without_paid =
            if is_copy { (0, vec![risk(told)]) } else { (3_000, vec![odd, risk(told)]) };
        let without_denied = if is_copy { (3_000, vec![odd]) } else { (0, vec![risk(3_000)]) };
        for (words, expected) in [
            (vec![paid, ANEW, denied], (0, vec![risk(told)])),
            (vec![paid, denied, ANEW], (0, vec![risk(told)])),
            (vec![paid, denied, ANEW, Word::Back(0)], without_paid),
            (vec![paid, denied, ANEW, Word::Back(1)], without_denied),
            (vec![denied, FIRST, ANEW], (0, vec![])),
        ] {
            assert_eq!(end(&words), expected, "{words:?}");
        }
    }
}

/// What one part leaves as a copy to another one that reviews it stays owed until that is decided on, and is taken off
/// once more when the review is taken back: half a line, and a whole one.
#[test]
fn a_copy_takes_nothing_off_while_another_part_reviews_what_it_is_of() {
    let risk = |cents: i64| (Category::Denied, cents);
    let lines = |one, other| Word::Lines([one, other]);
    for code in ["CO*18", "OA*B13"] {
        for of_other in ["OA*94", "OA*23", "CO*18", "OA*B13"] {
            let half = lines(HalfOpen(code), Paid(2));
            let of_half = lines(ReviewedBeside(of_other), Denied(of_other));
            let decided = lines(HalfOpen("OA*94"), Denied("OA*94"));
            let denied = lines(DeniedBeside("OA*94"), Denied("OA*94"));
            let whole = lines(Denied(code), Paid(2));
            let of_whole = lines(Denied("OA*133"), Denied(of_other));
            let first = lines(Paid(3), Denied("OA*94"));
            for (words, expected) in [
                (vec![half, of_half], (3_000, vec![])),
                (vec![half, of_half, decided], (0, vec![])),
                (vec![half, of_half, denied], (0, vec![risk(3_000)])),
                (vec![half, of_half, Word::Back(1)], (0, vec![risk(3_000)])),
                (vec![half, of_half, Word::Back(1), decided], (0, vec![])),
                (vec![whole, of_whole], (6_000, vec![])),
                (vec![whole, of_whole, first], (0, vec![])),
                (vec![whole, of_whole, Word::Back(1)], (0, vec![risk(6_000)])),
            ] {
                assert_eq!(end(&words), expected, "{words:?}");
            }
        }
    }
}

/// What leaves all of its lines to others takes nothing off, whether these are there or not.
#[test]
fn a_part_that_leaves_all_to_others_decides_on_nothing() {
    let odd = (Category::Unexplained, 0);
    let whole = Word::Lines([Paid(3), Paid(2)]);
    let none = |code| Word::Lines([Denied(code), Denied(code)]);
    let part = |code| Word::Lines([Paid(3), Denied(code)]);
    for (words, expected) in [
        (vec![none("OA*94")], (10_000, vec![odd])),
        (vec![none("OA*23")], (10_000, vec![odd])),
        (vec![none("OA*94"), whole], (0, vec![])),
        (vec![none("OA*94"), whole, Word::Back(1)], (10_000, vec![odd])),
        (vec![none("OA*23"), part("OA*94"), ANEW], (0, vec![])),
        (vec![none("OA*94"), part("OA*23"), ANEW, Word::Back(2)], (4_000, vec![odd])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// A denial of everything is over once all of the charge is paid by parts, before it and after it. That it denies what
/// was paid is asked about.
#[test]
fn a_denial_among_the_parts_of_a_claim_is_over_once_all_is_paid() {
    let denied = Word::Lines([Denied("CO*16"), Denied("CO*16")]);
    for code in ["OA*B13", "OA*94"] {
        let [one, other] = [[Paid(3), Denied(code)], [Denied(code), Paid(2)]].map(Word::Lines);
        assert_eq!(end(&[one, denied, other]), (0, vec![(Category::Unexplained, 0)]), "{code}");
    }
}

/// What is decided once more takes nothing off once more: the credit is what was paid twice.
#[test]
fn what_is_paid_twice_is_the_credit() {
    let [one, other] = [[Paid(3), Paid(2)], [Paid(2), Paid(1)]].map(Word::Lines);
    for (words, expected) in [
        (vec![one, other], (-1_600, vec![twice(1_600)])),
        (vec![one, other, Word::Back(0)], (0, vec![])),
        (vec![one, other, Word::Back(1)], (0, vec![])),
        (vec![one, other, ANEW], (-2_400, vec![twice(2_400)])),
        // Of half a line nothing is said: what is owed for it is more than what was paid twice.
        (
            vec![Word::Lines([Nothing, Paid(1)]), Word::Lines([HalfDenied("CO*16"), Paid(1)])],
            (2_600, vec![(Category::Denied, 3_000)]),
        ),
        (vec![one, other, Word::Back(0), ANEW], (-800, vec![twice(800)])),
        // Of one line, or of half of it, the payer had not decided.
        (vec![Word::Lines([Paid(3), Denied("OA*133")]), other], (-1_200, vec![twice(1_200)])),
        (vec![Word::Lines([HalfOpen("OA*133"), Nothing]), other], (-1_200, vec![twice(1_200)])),
        (vec![other, Word::Lines([Paid(3), Denied("OA*133")])], (-1_800, vec![twice(1_800)])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// What is taken back had settled a denial, which stands again beside what was paid twice.
#[test]
fn what_a_reversal_leaves_paid_twice_has_its_item() {
    let [paid, reviewed] = [[Paid(2), Nothing], [Paid(2), Denied("OA*133")]].map(Word::Lines);
    let half = Word::Lines([HalfOpen("OA*94"), Denied("CO*50")]);
    let words = [paid, reviewed, half, Word::Back(1)].map(|word| (word, 0));
    let remittances = remittances(&words);
    for order in [[0, 1, 2, 3], [1, 0, 2, 3], [2, 1, 0, 3], [3, 2, 0, 1]] {
        let all: Vec<&Remittance> = order.iter().map(|&at: &usize| &remittances[at]).collect();
        for joints in [[Joint::File; 4], [Joint::Set; 4]] {
            let expected = (-1_200, vec![twice(1_200), (Category::Denied, 4_000)]);
            assert_eq!(ends(&all, &joints), expected, "{order:?}, {joints:?}");
        }
    }
}

/// One line that is denied has one item, and none once nothing of it is denied.
#[test]
fn what_is_decided_on_anew_has_no_item() {
    let risk = |cents: i64| (Category::Denied, cents);
    // Of the first line nothing is said (V40).
    let left_out = (Category::Unexplained, 0);
    let halves = OF_HALVES.map(|code| Word::Lines([Nothing, HalfDenied(code)]));
    let part = Word::Lines([PaidInPart, Nothing]);
    let mixed = Word::Lines([Paid(3), Denied("PR*204")]);
    for (words, expected) in [
        // Two denials of one line, in parts, then all of it is paid.
        (vec![halves[0], halves[1]], (6_000, vec![left_out, risk(2_000), risk(2_000)])),
        (vec![halves[0], halves[1], ANEW], (6_000, vec![left_out])),
        (
            vec![halves[0], halves[1], ANEW, Word::Back(2)],
            (6_000, vec![left_out, risk(2_000), risk(2_000)]),
        ),
        // Paid in part, and half of it denied still.
        (vec![BOTH, ANEW, part], (0, vec![risk(3_000)])),
        (vec![BOTH, ANEW, part, Word::Back(2)], (0, vec![risk(10_000)])),
        // Each line by another, one of which denies a part of the other line, that was paid (V34).
        (vec![BOTH, FIRST, Word::Lines([HalfDenied("CO*16"), Paid(2)])], (0, vec![left_out])),
        // One line is paid, and the other one denied for another reason.
        (vec![BOTH, mixed], (0, vec![risk(4_000)])),
        (vec![BOTH, mixed, Word::Back(1)], (0, vec![risk(10_000)])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

/// Of what is paid and denied on two days: whichever came last, the same is open.
#[test]
fn what_of_several_denials_is_open_follows_from_all_that_was_decided() {
    let [paid, denied] = [[Paid(2), Nothing], [Denied("CO*50"), Nothing]].map(Word::Lines);
    let copy = Word::Lines([Denied("CO*18"), Denied("CO*50")]);
    let other = Word::Lines([Nothing, Denied("CO*50")]);
    let risk = |cents: i64| (Category::Denied, cents);
    let nothing = Word::Lines([Nothing, Paid(0)]);
    let both = Word::Lines([Denied("CO*50"), Denied("CO*50")]);
    let open = Word::Lines([Denied("CO*18"), Denied("OA*133")]);
    let odd = (Category::Unexplained, 0);
    for (words, expected) in [
        // The second line is under review, whatever was said of it on the same day.
        (vec![(paid, 0), (both, 1), (open, 1)], (4_000, vec![odd])),
        // More than the charge is decided on by what pays nothing.
        (vec![(paid, 0), (denied, 1), (nothing, 1)], (0, vec![odd, (Category::Underpaid, 4_000)])),
        (vec![(paid, 0), (denied, 1), (copy, 1)], (0, vec![odd, risk(10_000)])),
        // Nothing but its denial is said of the second line.
        (vec![(other, 0), (paid, 0), (denied, 1)], (0, vec![odd, risk(4_000)])),
    ] {
        let remittances = remittances(&words);
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let all: Vec<&Remittance> = order.iter().map(|&at: &usize| &remittances[at]).collect();
            for joints in [[Joint::File; 3], [Joint::Set; 3]] {
                assert_eq!(ends(&all, &joints), expected, "{words:?}: {order:?}, {joints:?}");
            }
        }
    }
}

/// V40: the others stay paid.
#[test]
fn the_payment_of_a_line_that_is_taken_back_is_told() {
    let odd = (Category::Unexplained, 0);
    for (words, expected) in [
        (vec![FIRST, ANEW, Word::Back(0)], (6_000, vec![odd])),
        (vec![FIRST, ANEW, Word::Back(0), DENIED], (0, vec![odd])),
        (vec![FIRST, ANEW, Word::Back(0), Word::Lines([Paid(1), Nothing])], (0, vec![])),
    ] {
        assert_eq!(end(&words), expected, "{words:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: cases(24),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_same_is_left_of_lines_in_whatever_order_remittances_come(
        told in told(),
        (order, joints) in order(),
    ) {
        come_in_any_order(&remittances(&told), (&order, &joints), live)?;
    }

    /// 4: what is taken back leaves the claim as if nothing had been said of it.
    #[test]
    fn what_is_taken_back_of_lines_restores_them(
        told in told(),
        (order, joints) in order(),
        taken_back in Just((0..6_usize).collect::<Vec<usize>>()).prop_shuffle(),
    ) {
        let told: Vec<Word> = told.into_iter().map(|(word, _)| word).collect();
        let mut all: Vec<Word> =
            told.into_iter().filter(|word| !matches!(word, Word::Back(_))).take(3).collect();
        let said = all.len();
        all.extend(taken_back.into_iter().filter(|which| *which < said).map(Word::Back));
        let remittances = each_on_its_day(&all);
        let order = order.iter().filter_map(|at| remittances.get(*at)).collect::<Vec<_>>();
        let ((balances, _), open) = live(&order, &joints);
        let of_claim = balances.into_iter().filter(|((_, claim), _)| claim.is_some());
        let untouched = [(Account::Receivable, 10_000), (Account::Charges, -10_000)];
        let untouched = untouched.map(|(account, cents)| ((account, Some(1)), cents));
        let left: Vec<_> = of_claim.collect();
        prop_assert_eq!(left, untouched);
        let denials = open.iter().filter(|item| item.0 == Category::Denied);
        prop_assert_eq!(denials.count(), 0, "{:?}", open);
    }
}
