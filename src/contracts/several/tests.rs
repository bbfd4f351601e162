//! Days as tables: what is billed, and what becomes of each line beside the others. A conversion factor
//! of 1 makes a relative value of 2.50 an amount of 2.50.

use std::sync::Arc;

use proptest::prelude::*;
use x12::value::Money;

use super::super::Class;
use super::super::explain::{Case, Decided, compare};
use super::super::price::price;
use super::super::terms::{Bilateral, Book, By, Contract, Medicare, Several, SeveralBy};
use super::super::tests::{Line, billed, cents, contract, imported, line, rate, share, told};
use crate::code_sets::library::Library;

/// Code, modifier, status, work, expense in an office, in a facility, malpractice, kind of parts,
/// several procedures, both sides, base.
type Row<'a> = (&'a str, &'a str, &'a str, [&'a str; 4], [&'a str; 3], &'a str);

/// 45378 to 45385 have the amounts of the manual (chapter 12, section 40.6), 97110 and 97140 those of
/// chapter 5, section 10.7, 78452 and 93306 those of MLN Matters MM7848; all else is made up.
const ROWS: [Row<'_>; 40] = [
    ("45378", "", "A", ["255.40", "0", "0", "0"], ["0", "2", "0"], ""),
    ("45380", "", "A", ["285.98", "0", "0", "0"], ["0", "3", "0"], "45378"),
    ("45385", "", "A", ["374.56", "0", "0", "0"], ["0", "3", "0"], "45378"),
    ("43200", "", "A", ["100", "0", "0", "0"], ["0", "2", "0"], ""),
    ("43202", "", "A", ["120.01", "0", "0", "0"], ["0", "3", "0"], "43200"),
    ("43217", "", "A", ["200", "0", "0", "0"], ["0", "3", "0"], "43200"),
    ("31231", "", "A", ["50", "0", "0", "0"], ["0", "2", "2"], ""),
    ("31237", "", "A", ["80", "0", "0", "0"], ["0", "3", "1"], "31231"),
    ("31254", "", "A", ["160", "0", "0", "0"], ["0", "3", "1"], "31231"),
    ("46606", "", "A", ["90", "0", "0", "0"], ["0", "3", "0"], "46600"),
    ("46608", "", "A", ["95", "0", "0", "0"], ["0", "3", "0"], "46600"),
    ("52204", "", "A", ["70", "0", "0", "0"], ["0", "3", "0"], ""),
    ("29881", "", "A", ["500", "0", "0", "0"], ["0", "2", "1"], ""),
    ("29876", "", "A", ["300", "0", "0", "0"], ["0", "2", "1"], ""),
    ("11111", "", "A", ["80", "0", "0", "0"], ["0", "1", "0"], ""),
    ("49999", "", "C", ["0", "0", "0", "0"], ["0", "2", "0"], ""),
    ("99213", "", "A", ["60", "30", "20", "3"], ["0", "0", "0"], ""),
    ("70450", "", "A", ["30", "75", "75", "5"], ["1", "4", "0"], ""),
    ("70450", "26", "A", ["30", "0", "0", "0"], ["1", "4", "0"], ""),
    ("70450", "TC", "A", ["0", "75", "75", "5"], ["1", "4", "0"], ""),
    ("74177", "", "A", ["60", "170", "170", "10.01"], ["1", "4", "0"], ""),
    ("74177", "26", "A", ["60", "0", "0", "0"], ["1", "4", "0"], ""),
    ("74177", "TC", "A", ["0", "170", "170", "10.01"], ["1", "4", "0"], ""),
    ("73030", "", "A", ["10", "20", "20", "1"], ["1", "4", "3"], ""),
    ("73030", "26", "A", ["10", "0", "0", "0"], ["1", "4", "3"], ""),
    ("73030", "TC", "A", ["0", "20", "20", "1"], ["1", "4", "3"], ""),
    ("78452", "", "A", ["77", "427", "427", "0"], ["1", "6", "0"], ""),
    ("78452", "TC", "A", ["0", "427", "427", "0"], ["1", "6", "0"], ""),
    ("93306", "", "A", ["65", "148", "148", "0"], ["1", "6", "0"], ""),
    ("93306", "TC", "A", ["0", "148", "148", "0"], ["1", "6", "0"], ""),
    ("93005", "", "A", ["0", "10", "10", "0"], ["3", "6", "0"], ""),
    ("93000", "", "A", ["10", "20", "20", "0"], ["4", "6", "0"], ""),
    ("93224", "", "A", ["10", "20", "20", "0"], ["4", "6", "0"], ""),
    ("92083", "", "A", ["10", "20", "20", "0"], ["1", "7", "0"], ""),
    ("92235", "", "A", ["46", "92", "92", "0"], ["1", "7", "0"], ""),
    ("92235", "TC", "A", ["0", "92", "92", "0"], ["1", "7", "0"], ""),
    ("92250", "", "A", ["23", "53.33", "53.33", "0"], ["1", "7", "0"], ""),
    ("92250", "TC", "A", ["0", "53.33", "53.33", "0"], ["1", "7", "0"], ""),
    ("97110", "", "A", ["7", "10", "6", "1"], ["7", "5", "0"], ""),
    ("97140", "", "A", ["11", "8", "8", "1"], ["7", "5", "0"], ""),
];

fn medicare() -> Arc<Library> {
    let mut text = "code\tmod\tstatus\twork_rvu\tnonfac_pe_rvu\tfac_pe_rvu\tmp_rvu\tglobal\tpctc\t\
                    mult_proc\tbilateral\tasst_surg\tco_surg\tteam_surg\tendo_base\n"
        .to_owned();
    for (code, modifier, status, values, [parts, several, both], base) in ROWS {
        let values = values.join("\t");
        let cells =
            [code, modifier, status, &values, "XXX", parts, several, both, "0", "0", "0", base];
        text += &(cells.join("\t") + "\n");
    }
    imported(&text, "2009-01-01")
}

/// A percent of Medicare's schedule, with its rules for several procedures.
fn agreed(percent: &str, locality: &str) -> Contract {
    let asked = Medicare { locality: locality.to_owned(), conversion_factor: Some(10_000) };
    Contract {
        rates: vec![rate("Medicare", By::Medicare(asked), percent)],
        is_lesser_of: false,
        from: None,
        several: Some(by_indicators(&[])),
        bilateral: Some(Bilateral { share: share("150"), by_medicare: true }),
        ..contract()
    }
}

fn by_indicators(indicators: &[u8]) -> Several {
    let by = SeveralBy::Medicare { indicators: indicators.to_vec() };
    Several { shares: ["100", "50"].map(share).to_vec(), by }
}

fn on(day: &'static str, code: &'static str, modifiers: &[&str]) -> Line {
    Line { day, ..line(code, modifiers, "999") }
}

fn one(code: &'static str) -> Line {
    line(code, &[], "999")
}

fn part(code: &'static str, modifier: &str) -> Line {
    line(code, &[modifier], "999")
}

fn of(units: i64, code: &'static str) -> Line {
    Line { units, ..one(code) }
}

fn told_of(contract: &Contract, lines: &[Line], expected: &[&str]) {
    let book = Book::new(vec![contract.clone()]);
    let told = told(price(&book, &billed(lines), &medicare()));
    assert_eq!(told.len(), expected.len());
    for (told, expected) in told.iter().zip(expected) {
        assert!(told.contains(expected), "{expected}: {told}");
    }
}

#[test]
fn of_one_family_of_endoscopies_the_base_is_paid_once() {
    let medicare = agreed("100", "");
    let check = |lines: &[Line], expected: &[&str]| told_of(&medicare, lines, expected);
    // The manual's own: 374.56 and 285.98 less 255.40, which is 405.14.
    check(
        &[one("45380"), one("45385")],
        &[
            "30.58: 45380, Medicare office price of 2009-01-01 without a locality, conversion factor \
           1.0000: 285.98 x 100 %, less 255.40 of 45378, the endoscopy",
            "374.56: 45385",
        ],
    );
    // The base itself is in the other; its own indicator is 2.
    check(&[one("45378"), one("45385")], &["0.00", "374.56"]);
    // Not of one family: as operations are.
    check(&[one("45385"), one("43217")], &["374.56", "100.00"]);
    // Two families, each one procedure: 405.14 and 220.01, of which 20.01 and 200 are paid by half.
    check(
        &[one("43202"), one("43217"), one("45380"), one("45385")],
        &["10.01: 43202", "100.00: 43217", "30.58", "374.56"],
    );
    check(&[one("45385"), one("29881"), one("45380")], &["187.28", "500.00", "15.29"]);
    check(&[one("45385"), one("29876"), one("45380")], &["374.56", "150.00", "30.58"]);
    // Both sides of 80 are 120, and the base is one for both.
    check(&[one("31254"), part("31237", "50")], &["160.00", "70.00"]);
    check(&[one("31237"), part("31254", "50")], &["30.00", "240.00"]);
    // The assistant's 16 % of 374.56 and of 30.58.
    check(&[part("45385", "80"), part("45380", "80")], &["59.93", "4.89"]);
    check(&[of(2, "45385")], &["several units of one endoscopy"]);
    let nothing =
        "of its base endoscopy 46600 nothing is known: Medicare's fee schedule does not have";
    check(&[one("46606"), one("46608"), one("99213")], &[nothing, "95.00", "93.00"]);
    check(&[one("46606"), one("46608"), one("29881")], &[nothing, "line 1", "line 1"]);
    check(&[one("52204")], &["70.00"]);
    check(&[one("52204"), one("29881")], &["does not say what base its endoscopies have"; 2]);
}

#[test]
fn procedures_are_ranked_with_endoscopies_and_old_ones() {
    let medicare = agreed("100", "");
    let check = |lines: &[Line], expected: &[&str]| told_of(&medicare, lines, expected);
    check(&[one("11111"), one("29876"), one("29881")], &["20.00", "150.00", "500.00"]);
    let sixth = "prices the sixth procedure of a day by report";
    check(&vec![one("11111"); 6], &["80.00", "40.00", "20.00", "20.00", "20.00", sixth]);
    // Nobody knows which is the dearest.
    let lost = "it is reduced beside line 1 of the same day (49999), which has no price";
    check(&[one("49999"), one("29881")], &["contractors price 49999 themselves (status C)", lost]);
    check(&[one("49999"), one("99213")], &["status C", "93.00"]);
    check(
        &[part("29881", "62"), part("29881", "66"), part("99213", "AS")],
        &["what modifier 62 leaves", "what modifier 66 leaves", "what modifier AS leaves"],
    );
    check(&[part("29881", "51"), part("29876", "50")], &["500.00", "225.00"]);
    let mut surgeons = agreed("100", "");
    surgeons.modifiers.insert("62".to_owned(), share("62.5"));
    told_of(&surgeons, &[part("29881", "62")], &["312.50"]);
    // What the contract does not go by stands alone.
    let some = Contract { several: Some(by_indicators(b"24")), ..agreed("100", "") };
    let lines = [one("45385"), one("45380"), one("29881"), one("29876"), of(2, "97110")];
    told_of(&some, &lines, &["374.56", "285.98", "500.00", "150.00", "36.00"]);
    let whole = Contract { several: None, ..agreed("100", "") };
    told_of(&whole, &[one("45380"), of(2, "97110")], &["285.98", "36.00"]);
}

#[test]
fn a_part_of_tests_and_images_is_paid_whole_once_a_day() {
    let medicare = agreed("100", "");
    let check = |lines: &[Line], expected: &[&str]| told_of(&medicare, lines, expected);
    // 80 by half, and 30 by 95 %.
    check(
        &[one("70450"), one("74177")],
        &[
            "68.50: 70450, Medicare office price of 2009-01-01 without a locality, conversion factor \
           1.0000: 110.00 x 100 %, less 40.00: the technical part is paid at 50 % beside others of \
           the day, less 1.50: the professional part is paid at 95 % beside others of the day",
            "240.01: 74177",
        ],
    );
    check(&[part("70450", "26"), part("74177", "26")], &["28.50", "60.00"]);
    check(&[part("70450", "TC"), one("74177")], &["40.00", "240.01"]);
    check(&[part("74177", "TC"), one("70450")], &["180.01", "70.00"]);
    check(&[part("70450", "TC"), part("74177", "26")], &["80.00", "60.00"]);
    // The second unit: 180.01 by half is 90.01, and 60 by 95 % is 57.
    check(&[of(2, "74177")], &["387.02"]);
    // Each side is paid, and both are reduced: 10.50 and 9.50, twice.
    check(&[part("73030", "50"), one("70450")], &["40.00", "110.00"]);
    check(&[one("99213"), one("70450")], &["93.00", "110.00"]);
    for (day, expected) in [
        ("2016-12-31", "62.50"),
        ("2011-12-31", "70.00"),
        ("2010-12-31", "images were reduced before 2011"),
    ] {
        let lines = [on(day, "70450", &[]), on(day, "74177", &["26"]), on(day, "74177", &["TC"])];
        let of_other = if expected.len() < 9 { ["60.00", "180.01"] } else { [expected; 2] };
        check(&lines, &[expected, of_other[0], of_other[1]]);
    }
    // 123.75 less 45.00, and 33.75 by 95 % is 32.06.
    told_of(&agreed("112.5", ""), &[one("70450"), one("74177")], &["77.06", "270.01"]);

    // Published in MLN Matters MM7848: 504 and 142 + 427 + 75 % of 148 for both.
    check(&[one("78452"), one("93306")], &["504.00", "176.00"]);
    check(&[one("93005"), one("93306")], &["7.50", "213.00"]);
    check(&[one("93000")], &["30.00"]);
    // Its technical part is 93005, and that of 93224 nobody has.
    check(&[one("93000"), one("93306")], &["27.50", "213.00"]);
    check(&[one("93224"), one("93306")], &["does not have 93225"; 2]);
    check(&[one("92083"), one("92250")], &["no row for the technical part (TC) of 92083"; 2]);
    check(&[on("2012-12-31", "78452", &[]), on("2012-12-31", "93306", &[])], &["504.00", "213.00"]);
    // 53.33 by 80 % is 42.66.
    check(&[one("92235"), one("92250")], &["138.00", "65.66"]);
    // Each kind by itself, and each day.
    check(&[one("92250"), one("93306"), one("70450")], &["76.33", "213.00", "110.00"]);
    check(&[one("78452"), on("2026-03-02", "93306", &[])], &["504.00", "213.00"]);
}

#[test]
fn the_practice_expense_of_therapy_is_paid_whole_once_a_day() {
    let units = [of(2, "97110"), one("97140")];
    // The manual's own: 18 + (7 + 5 + 1) + (11 + 4 + 1).
    told_of(
        &agreed("100", ""),
        &units,
        &[
            "31.00: 97110, Medicare office price of 2009-01-01 without a locality, conversion factor \
           1.0000: 18.00 x 100 %, x 2 units, less 5.00: the practice expense is paid at 50 % in each \
           unit but the first of the day",
            "16.00",
        ],
    );
    // 7 x 1.046 + 10 x 1.182 + 0.808 is 19.95, with the half of 10 14.04; and 17.042.
    told_of(&agreed("100", "1421201"), &units, &["33.99", "17.04"]);
    // 20.25, and 13 x 112.5 % is 14.63.
    told_of(&agreed("112.5", ""), &units, &["34.88", "18.00"]);
    // In a facility the expense of 97140 is the higher one.
    let inside = units.clone().map(|line| Line { place: "22", ..line });
    told_of(&agreed("100", ""), &inside, &["22.00", "20.00"]);
    let early = units.clone().map(|line| Line { day: "2013-03-31", ..line });
    told_of(&agreed("100", ""), &early, &["therapy was reduced before April 2013"; 2]);
    told_of(&agreed("100", ""), &[on("2012-03-31", "97110", &[])], &["18.00"]);
    let flat =
        Contract { rates: vec![rate("all", By::Amount(cents("20")), "100")], ..agreed("100", "") };
    told_of(&flat, &units, &["practice expense is known of Medicare's own prices alone"; 2]);
    told_of(&flat, &[one("97110")], &["20.00"]);
}

/// What was billed, what was paid, and what that comes to.
#[test]
fn names_a_reduction_that_was_left_out_or_taken_once_more() {
    let scopes = [one("45380"), one("45385")];
    let images = [one("70450"), one("74177")];
    let hearts = [one("78452"), one("93306")];
    let units = [of(2, "97110"), one("97140")];
    let (book, codes) = (Book::new(vec![agreed("100", "")]), medicare());
    type Told<'a> = (&'a [Line], usize, &'a str, Class, &'a str);
    let several = Class::SeveralProcedures;
    let cases: [Told<'_>; 14] = [
        (&scopes, 0, "30.58", Class::AsExpected, ""),
        (&scopes, 0, "285.98", several, "without the reduction for several procedures"),
        (&scopes, 0, "142.99", several, "reduced to 50 % for several procedures"),
        (&scopes, 1, "119.16", several, "less that of the endoscopy 45378, as if another"),
        (&images, 0, "70", several, "whose professional part is paid whole and not at 95 %"),
        (&images, 0, "108.50", several, "whose technical part is paid whole and not at 50 %"),
        (&images, 0, "55", several, "reduced to 50 % for several procedures"),
        (&hearts, 0, "397.25", several, "whose technical part is paid at 75 %, as if another"),
        (&hearts, 1, "213", several, "without the reduction"),
        (&hearts, 1, "100", Class::Underpaid, ""),
        (&units, 0, "36", several, "without the reduction"),
        (&units, 0, "26", several, "whose practice expense is paid at 50 %, as if another"),
        (&units, 0, "18", Class::Units, "1 of the units"),
        (&units, 1, "20", several, "without the reduction"),
    ];
    for (lines, at, paid, class, why) in cases {
        let billed = billed(lines);
        let priced = price(&book, &billed, &codes);
        let price = priced[at].price.as_ref().expect("a price");
        let case = Case { book: &book, billed: &billed, at, price, codes: &codes };
        let verdict = compare(&case, Decided { paid: cents(paid), ..Decided::default() });
        assert_eq!(verdict.class, class, "{paid}: {verdict:?}");
        assert!(verdict.why.contains(why), "{paid}: {verdict:?}");
    }
}

proptest! {
    /// A line alone has its whole price, unless it has several units.
    #[test]
    fn the_order_of_lines_makes_no_difference_and_nothing_is_raised(
        wanted in prop::collection::vec(
            (0_usize..ROWS.len(), 0_usize..6, 1_i64..60_000, 1_i64..3, any::<bool>()), 1..9),
        percent in prop::sample::select(vec!["100", "112.5", "33.3333"]),
    ) {
        let modifiers = [&[][..], &["50"], &["26"], &["TC"], &["80"], &["59", "26"]];
        let read = |&(row, of, charge, units, other): &(usize, usize, i64, i64, bool)| {
            let day = if other { "2026-03-02" } else { "2026-03-01" };
            (Line { units, ..on(day, ROWS[row].0, modifiers[of]) }, Money::from_cents(charge))
        };
        let mut lines: Vec<(Line, Money)> = wanted.iter().map(read).collect();
        let agreed = Contract { is_lesser_of: true, ..agreed(percent, "1421201") };
        let whole = Contract { several: None, ..agreed.clone() };
        let codes = medicare();
        let sums = |lines: &[(Line, Money)], contract: &Contract| {
            let plain: Vec<Line> = lines.iter().map(|(line, _)| line.clone()).collect();
            let mut billed = billed(&plain);
            for (line, (_, charge)) in billed.lines.iter_mut().zip(lines) {
                line.charge = *charge;
            }
            let priced = price(&Book::new(vec![contract.clone()]), &billed, &codes);
            priced.into_iter().map(|one| one.price.ok().map(|price| (price.fee, price.allowed)))
                .collect::<Vec<_>>()
        };
        let (reduced, alone) = (sums(&lines, &agreed), sums(&lines, &whole));
        for (reduced, whole) in reduced.iter().zip(&alone) {
            if let Some(reduced) = reduced {
                let whole = whole.expect("it has a price when it is not reduced");
                prop_assert!(reduced.0 <= whole.0 && !reduced.0.is_negative());
            }
        }
        let sum = |all: &[Option<(Money, Money)>]| {
            let found = all.iter().flatten();
            (found.clone().map(|one| one.0).sum::<Money>(), found.map(|one| one.1).sum::<Money>())
        };
        let forwards = sum(&reduced);
        lines.reverse();
        prop_assert_eq!(forwards, sum(&sums(&lines, &agreed)));
        let half = lines.len() / 2;
        lines.rotate_left(half);
        prop_assert_eq!(forwards, sum(&sums(&lines, &agreed)));
    }
}
