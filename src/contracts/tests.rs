//! Prices as tables: what is billed under which terms, and what comes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;
use x12::value::{Day, Money, Quantity};

use super::Class;
use super::explain::{Case, Decided, compare};
use super::price::{Billed, BilledLine, Priced, price};
use super::schedule::{Row, Schedule};
use super::share::Share;
use super::terms::{
    Bilateral, Book, By, CodeRange, Codes, Contract, Medicare, Party, Rate, Several, SeveralBy,
};
use crate::code_sets::layouts::{self, Wanted};
use crate::code_sets::library::Library;
use crate::code_sets::table::About;
use crate::code_sets::table::draft::Draft;

pub(super) fn day(text: &str) -> Day {
    Day::parse_dashed(text).expect("a day")
}

pub(super) fn cents(text: &str) -> Money {
    Money::parse(text.as_bytes()).expect("an amount")
}

pub(super) fn share(text: &str) -> Share {
    Share::parse(text).expect("a percent")
}

fn codes(texts: &[&str]) -> Codes {
    Codes(texts.iter().map(|text| CodeRange::parse(text).expect("codes")).collect())
}

/// 99213 in two years, with a place of its own and a modifier of its own; two operations.
fn schedule() -> Schedule {
    let mut schedule = Schedule::new("acme.csv");
    let rows = [
        ("99213", "", "", "90", "2025-01-01", "2025-12-31"),
        ("99213", "", "", "92.50", "2026-01-01", "2026-12-31"),
        ("99213", "", "22", "60", "2026-01-01", "2026-12-31"),
        ("71046", "26", "", "15", "2026-01-01", "2026-12-31"),
        ("71046", "", "", "40", "2026-01-01", "2026-12-31"),
        ("29881", "", "", "800", "2026-01-01", "2026-12-31"),
        ("29876", "", "", "600.01", "2026-01-01", "2026-12-31"),
    ];
    for (at, (code, modifier, place, amount, from, to)) in rows.into_iter().enumerate() {
        let row = Row {
            modifier: modifier.to_owned(),
            place: place.to_owned(),
            amount: cents(amount),
            from: Some(day(from)),
            to: Some(day(to)),
            number: at + 2,
        };
        schedule.add(code, row).expect("each says another thing");
    }
    schedule
}

pub(super) fn rate(name: &str, by: By, percent: &str) -> Rate {
    let (codes, modifiers, places) = (Codes::default(), Vec::new(), Vec::new());
    Rate { name: name.to_owned(), codes, modifiers, places, by, share: share(percent) }
}

pub(super) fn contract() -> Contract {
    let schedule = Arc::new(schedule());
    Contract {
        file: "acme.toml".to_owned(),
        name: "acme".to_owned(),
        payer: "acme".to_owned(),
        plans: Vec::new(),
        providers: Vec::new(),
        from: Some(day("2025-01-01")),
        to: Some(day("2026-12-31")),
        rates: vec![
            Rate { codes: codes(&["J*"]), ..rate("drugs", By::Charge, "62.5") },
            rate("all else", By::Schedule(schedule), "100"),
            Rate { codes: codes(&["36415"]), ..rate("blood", By::Amount(cents("3.11")), "100") },
        ],
        is_lesser_of: true,
        tolerance: cents("0.01"),
        several: Some(Several {
            shares: ["100", "50", "25"].map(share).to_vec(),
            by: SeveralBy::Codes { codes: codes(&["10004-69990"]), except: codes(&["36415"]) },
        }),
        bilateral: Some(Bilateral { share: share("150"), by_medicare: false }),
        modifiers: BTreeMap::from([("80".to_owned(), share("16"))]),
        sequestration: None,
    }
}

/// `29881-50 x2 at 11 for 900 on 2026-03-01`, each part but the code and the charge as wanted.
#[derive(Clone)]
pub(super) struct Line {
    pub code: &'static str,
    pub modifiers: Vec<String>,
    pub place: &'static str,
    pub charge: &'static str,
    pub units: i64,
    pub day: &'static str,
}

pub(super) fn line(code: &'static str, modifiers: &[&str], charge: &'static str) -> Line {
    let modifiers = modifiers.iter().map(|&one| one.to_owned()).collect();
    Line { code, modifiers, place: "11", charge, units: 1, day: "2026-03-01" }
}

pub(super) fn billed(lines: &[Line]) -> Billed<'_> {
    let party = Party { payer: "acme", plans: &[], provider: "1999001013" };
    let lines = lines.iter().enumerate().map(|(at, line)| BilledLine {
        number: at as u32 + 1,
        code: line.code,
        modifiers: &line.modifiers,
        place: line.place,
        charge: cents(line.charge),
        units: Some(Quantity::from_thousandths(line.units * 1_000)),
        unit: "UN",
        day: Some(day(line.day)),
    });
    Billed { party, lines: lines.collect() }
}

fn priced(contract: Contract, lines: &[Line]) -> Vec<Priced> {
    price(&Book::new(vec![contract]), &billed(lines), &Library::built_in())
}

pub(super) fn told(priced: Vec<Priced>) -> Vec<String> {
    let told = priced.into_iter().map(|one| match one.price {
        Ok(price) => format!("{}: {}", price.allowed, price.words),
        Err(why) => format!("{why:?}"),
    });
    told.collect()
}

#[test]
fn prices_one_line_as_its_contract_says() {
    let cases = [
        (line("99213", &[], "125"), "92.50: 99213, row 3 of acme.csv: 92.50 x 100 %"),
        (
            line("99213", &["25"], "80"),
            "80.00: 99213-25, row 3 of acme.csv: 92.50 x 100 %, no more than the charge of 80.00",
        ),
        (
            Line { place: "22", ..line("99213", &[], "125") },
            "60.00: 99213, row 4 of acme.csv: 60.00 x 100 %",
        ),
        (
            Line { day: "2025-12-31", ..line("99213", &[], "125") },
            "90.00: 99213, row 2 of acme.csv: 90.00 x 100 %",
        ),
        // The row is the modifier's own.
        (line("71046", &["26"], "99"), "15.00: 71046-26, row 5 of acme.csv: 15.00 x 100 %"),
        (line("71046", &["TC"], "99"), "40.00: 71046-TC, row 6 of acme.csv: 40.00 x 100 %"),
        (
            Line { units: 3, ..line("99213", &[], "300") },
            "277.50: 99213, row 3 of acme.csv: 92.50 x 100 %, x 3 units",
        ),
        (
            line("29881", &["50"], "2000"),
            "1200.00: 29881-50, row 7 of acme.csv: 800.00 x 100 %, x 150 % for modifier 50",
        ),
        (
            line("29876", &["80"], "2000"),
            "96.00: 29876-80, row 8 of acme.csv: 600.01 x 100 %, x 16 % for modifier 80",
        ),
        (line("J1100", &[], "10.01"), "6.26: J1100, drugs of acme.toml: charge of 10.01 x 62.5 %"),
        // The charge has its modifiers in it.
        (
            line("J1100", &["80"], "10.01"),
            "6.26: J1100, drugs of acme.toml: charge of 10.01 x 62.5 %",
        ),
        (line("36415", &[], "20"), "3.11: 36415, blood of acme.toml: 3.11 x 100 %"),
        (
            line("99999", &[], "20"),
            "Why { contract: \"acme\", why: \"no rate of acme.toml takes 99999 at place 11\" }",
        ),
        // A hospital's line has no place of its own.
        (
            Line { place: "", ..line("0410", &[], "20") },
            "Why { contract: \"acme\", why: \"no rate of acme.toml takes 0410\" }",
        ),
        (Line { day: "2027-01-01", ..line("99213", &[], "125") }, "NoContract"),
    ];
    for (line, expected) in cases {
        assert_eq!(told(priced(contract(), std::slice::from_ref(&line))), [expected]);
    }
}

#[test]
fn the_dearest_procedure_of_a_day_is_paid_whole() {
    let lines = [
        line("29876", &[], "2000"),
        line("29881", &["50"], "3000"),
        line("99213", &[], "125"),
        line("29881", &[], "2000"),
        Line { day: "2026-03-02", ..line("29876", &[], "2000") },
    ];
    let amounts: Vec<String> = priced(contract(), &lines)
        .into_iter()
        .map(|one| one.price.expect("a price").allowed.to_string())
        .collect();
    // 600.01 x 25 % is 150.0025, and 800 x 50 %.
    assert_eq!(amounts, ["150.00", "1200.00", "92.50", "400.00", "600.01"]);
}

#[test]
fn the_contract_that_says_most_of_whom_it_is_for_holds() {
    let named = |name: &str, plans: &[&str], providers: &[&str]| Contract {
        name: name.to_owned(),
        plans: plans.iter().map(|&one| one.to_owned()).collect(),
        providers: providers.iter().map(|&one| one.to_owned()).collect(),
        ..contract()
    };
    let all = [
        named("all", &[], &[]),
        named("own", &[], &["1999001013"]),
        named("commercial", &["CI"], &[]),
        named("gold", &["GOLD", "HM"], &[]),
        named("strange", &[], &["1999001021"]),
    ];
    let book = Book::new(all.to_vec());
    assert!(book.rivals().is_empty());
    for (plans, provider, expected) in [
        (vec!["GOLD"], "1999001013", "gold"),
        (vec!["HM"], "", "gold"),
        // The group number says more than the filing indicator.
        (vec!["GOLD", "CI"], "", "gold"),
        (vec!["SILVER", "CI"], "", "commercial"),
        (vec!["SILVER"], "1999001013", "own"),
        (vec![], "", "all"),
    ] {
        let plans: Vec<String> = plans.into_iter().map(str::to_owned).collect();
        let party = Party { payer: "acme", plans: &plans, provider };
        let found = book.contract(&party, day("2026-03-01")).expect("a contract");
        assert_eq!(found.name, expected);
        assert!(book.contract(&party, day("2027-03-01")).is_none());
    }
    let twins = Book::new(vec![named("one", &["A", "B"], &[]), named("two", &["B"], &[])]);
    assert_eq!(twins.rivals(), [(0, 1)]);
}

/// What was billed, what was paid with what share of the patient, and what that comes to.
#[test]
fn names_what_explains_a_difference() {
    let visit = [line("99213", &[], "125")];
    let both = [line("29881", &["50"], "3000")];
    let three = [Line { units: 3, ..line("99213", &[], "300") }];
    let two = [line("29881", &[], "2000"), line("29876", &[], "2000")];
    type Told<'a> = (&'a [Line], usize, &'a str, &'a str, Class, &'a str, &'a str);
    let cases: [Told<'_>; 14] = [
        (&visit, 0, "82.50", "10", Class::AsExpected, "0.00", ""),
        (&visit, 0, "82.49", "10", Class::AsExpected, "-0.01", ""),
        (&visit, 0, "80", "10", Class::OlderRate, "-2.50", "the price of 2025-12-31"),
        (&visit, 0, "115", "10", Class::BilledCharge, "32.50", "the charge of 125.00"),
        (&visit, 0, "71", "10", Class::Underpaid, "-11.50", ""),
        (&visit, 0, "95", "10", Class::Overpaid, "12.50", ""),
        (&visit, 0, "80.85", "10", Class::Sequestration, "-1.65", "2 % less"),
        (&both, 0, "800", "0", Class::Modifier, "-400.00", "without 150 % for modifier 50"),
        (&three, 0, "92.50", "0", Class::Units, "-185.00", "the price of 1 of the units"),
        (&two, 1, "300.01", "0", Class::AsExpected, "0.00", ""),
        (&two, 1, "600.01", "0", Class::SeveralProcedures, "300.00", "without the reduction"),
        (&two, 1, "150.01", "0", Class::SeveralProcedures, "-150.00", "once more to 50 %"),
        (&two, 1, "150", "0", Class::SeveralProcedures, "-150.01", "reduced to 25 %"),
        (&two, 0, "400", "0", Class::SeveralProcedures, "-400.00", "reduced to 50 %"),
    ];
    let (book, codes) = (Book::new(vec![contract()]), Library::built_in());
    for (lines, at, paid, patient, class, variance, why) in cases {
        let billed = billed(lines);
        let priced = price(&book, &billed, &codes);
        let price = priced[at].price.as_ref().expect("a price");
        let case = Case { book: &book, billed: &billed, at, price, codes: &codes };
        let decided = Decided { paid: cents(paid), patient: cents(patient), ..Decided::default() };
        let verdict = compare(&case, decided);
        let found = (verdict.class, verdict.variance.to_string());
        assert_eq!(found, (class, variance.to_owned()), "{paid}: {verdict:?}");
        assert!(verdict.why.contains(why), "{paid}: {verdict:?}");
    }
}

#[test]
fn sequestration_is_held_back_of_what_is_paid() {
    let agreed = Contract { sequestration: Some(share("2")), ..contract() };
    let lines = [line("99213", &[], "125")];
    let (billed, codes) = (billed(&lines), Library::built_in());
    for (contract, paid, sequestered, class, variance) in [
        // 92.50 less 10.00 of the patient is 82.50, and 2 % of that 1.65.
        (&agreed, "80.85", "1.65", Class::AsExpected, "0.00"),
        (&agreed, "82.50", "0", Class::Sequestration, "1.65"),
        (&contract(), "80.85", "1.65", Class::Sequestration, "-1.65"),
    ] {
        let book = Book::new(vec![contract.clone()]);
        let priced = price(&book, &billed, &codes);
        let price = priced[0].price.as_ref().expect("a price");
        let case = Case { book: &book, billed: &billed, at: 0, price, codes: &codes };
        let (paid, sequestered) = (cents(paid), cents(sequestered));
        let verdict = compare(
            &case,
            Decided { paid, patient: cents("10"), sequestered, ..Decided::default() },
        );
        assert_eq!((verdict.class, verdict.variance), (class, cents(variance)), "{verdict:?}");
    }
}

/// Medicare's schedule in two editions' days, and a locality; all of it made up.
fn medicare() -> Arc<Library> {
    let header = "code\tmod\tstatus\twork_rvu\tnonfac_pe_rvu\tfac_pe_rvu\tmp_rvu\tglobal\tpctc\t\
                  mult_proc\tbilateral\tasst_surg\tco_surg\tteam_surg\n";
    let rows = "99213\t\tA\t1.3\t1.33\t0.56\t0.1\tXXX\t0\t0\t0\t0\t0\t0\n\
                29881\t\tA\t7\t9\t7\t1.4\t090\t0\t2\t1\t0\t0\t0\n\
                29876\t\tA\t6\t8\t6\t1.2\t090\t0\t2\t1\t0\t0\t0\n\
                71046\t\tA\t0.2\t0.8\t0.8\t0.1\tXXX\t1\t4\t3\t0\t0\t0\n\
                71046\t26\tA\t0.2\t0.1\t0.1\t0.1\tXXX\t1\t4\t3\t0\t0\t0\n\
                71100\t\tA\t0.2\t0.9\t0.9\t0.1\tXXX\t1\t4\t0\t0\t0\t0\n\
                99080\t\tB\t0\t0\t0\t0\tXXX\t9\t9\t9\t9\t9\t9\n";
    imported(&format!("{header}{rows}"), "2026-01-01")
}

/// A fee schedule from a day on, with the factors of a locality.
pub(super) fn imported(fees: &str, since: &str) -> Arc<Library> {
    let place = "mac\tlocality\tgpci_work\tgpci_pe\tgpci_mp\n14212\t01\t1.046\t1.182\t0.808\n";
    let table = |set: &str, text: &str| {
        let mut draft = Draft::default();
        let wanted = Wanted { set, starts: Some(day(since)) };
        layouts::read(&wanted, text.as_bytes(), &mut draft).expect("it is plain");
        let about = About { set: set.to_owned(), ..About::default() };
        draft.finish(about).expect("no row contradicts another")
    };
    Library::with([table("mpfs", fees), table("mpfs-gpci", place)])
}

#[test]
fn prices_by_medicares_schedule() {
    let asked = |locality: &str, factor| Medicare {
        locality: locality.to_owned(),
        conversion_factor: factor,
    };
    let of = |asked: Medicare, percent: &str| Contract {
        rates: vec![rate("Medicare", By::Medicare(asked), percent)],
        is_lesser_of: false,
        several: Some(Several {
            shares: ["100", "50"].map(share).to_vec(),
            by: SeveralBy::Medicare { indicators: Vec::new() },
        }),
        bilateral: Some(Bilateral { share: share("150"), by_medicare: true }),
        ..contract()
    };
    let at_33 = |locality: &str| asked(locality, Some(330_000));
    let visit = line("99213", &[], "125");
    let two = vec![line("29876", &[], "9"), line("29881", &["50"], "9")];
    let images = vec![line("71046", &[], "9"), line("71100", &[], "9")];
    for (contract, lines, expected) in [
        // 2.73 x 33, and 1.96 x 33 in a facility.
        (of(at_33(""), "100"), vec![visit.clone()], vec!["90.09"]),
        (of(at_33(""), "112.5"), vec![visit.clone()], vec!["101.35"]),
        (of(at_33(""), "100"), vec![Line { place: "22", ..visit.clone() }], vec!["64.68"]),
        // 1.3 x 1.046 + 1.33 x 1.182 + 0.1 x 0.808 is 3.01266.
        (of(at_33("1421201"), "100"), vec![visit.clone()], vec!["99.42"]),
        (of(at_33("9999999"), "100"), vec![visit.clone()], vec!["no factors of locality"]),
        (of(asked("", None), "100"), vec![visit.clone()], vec!["names no conversion factor"]),
        (of(at_33(""), "100"), vec![line("71046", &["26"], "9")], vec!["13.20"]),
        (of(at_33(""), "100"), vec![line("99080", &[], "9")], vec!["has no price for 99080"]),
        (of(at_33(""), "100"), vec![line("99999", &[], "9")], vec!["does not have 99999"]),
        // 15.2 x 33 is 501.60, its half 250.80; 17.4 x 33 is 574.20 and both sides 861.30.
        (of(at_33(""), "100"), two, vec!["250.80", "861.30"]),
        // Each side of it is paid.
        (of(at_33(""), "100"), vec![line("71046", &["50"], "9")], vec!["72.60"]),
        (of(at_33(""), "100"), images, vec!["no row for the technical part (TC) of 71046"; 2]),
        (
            of(at_33(""), "100"),
            vec![Line { day: "2025-12-31", ..visit.clone() }],
            vec!["does not have 99213 on 2025-12-31"],
        ),
    ] {
        let book = Book::new(vec![contract]);
        let told = told(price(&book, &billed(&lines), &medicare()));
        assert_eq!(told.len(), expected.len());
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.contains(expected), "{expected}: {told}");
        }
    }
    let without = told(priced(of(at_33(""), "100"), &[visit]));
    assert!(without[0].contains("codes import mpfs"), "{without:?}");
}

proptest! {
    #[test]
    fn the_order_of_lines_makes_no_difference_and_no_price_is_above_its_charge(
        wanted in prop::collection::vec((0_usize..5, 0_usize..4, 1_i64..200_000, 1_i64..4), 1..9),
    ) {
        let codes = ["99213", "29881", "29876", "J1100", "36415"];
        let modifiers = [&[][..], &["50"], &["80"], &["50", "80"]];
        let mut lines: Vec<(Line, Money)> = wanted
            .iter()
            .map(|&(code, of, charge, units)| {
                let line = Line { units, ..line(codes[code], modifiers[of], "0") };
                (line, Money::from_cents(charge))
            })
            .collect();
        let sum = |lines: &[(Line, Money)]| -> Money {
            let plain: Vec<Line> = lines.iter().map(|(line, _)| line.clone()).collect();
            let mut billed = billed(&plain);
            for (line, (_, charge)) in billed.lines.iter_mut().zip(lines) {
                line.charge = *charge;
            }
            let priced = price(&Book::new(vec![contract()]), &billed, &Library::built_in());
            let amounts = priced.into_iter().zip(lines).map(|(one, (_, charge))| {
                let price = one.price.expect("all have a price");
                assert!(price.allowed <= *charge && price.allowed <= price.fee, "{price:?}");
                price.fee
            });
            amounts.sum()
        };
        let forwards = sum(&lines);
        lines.reverse();
        prop_assert_eq!(forwards, sum(&lines));
    }
}
