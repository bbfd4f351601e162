//! What claim payments come to beside a contract: 99213 for 50.00, 93000 for 30.00 and 80050 for 70.00.

mod over_remittances;

use std::collections::BTreeMap;
use std::sync::Arc;

use x12::value::{Day, Money, Quantity};

use super::super::denied_lines::SaidOfLine;
use super::super::matching::{KnownClaim, KnownLine, LinePart};
use super::super::standing::Said;
use super::super::testing::{known_claim, read_remittances, whole};
use super::super::tests::decided_anew::{Told, said};
use super::super::tests::{LIMITS, incoming, stamp};
use super::super::{Agreed, Decision, Incoming, decide};
use crate::change::cases::{CaseEnd, Ending, Undecided};
use crate::change::{ArrivalId, Word, WorkId, WorkState};
use crate::code_sets::library::Library;
use crate::contracts::schedule::{Row, Schedule};
use crate::contracts::share::Share;
use crate::contracts::terms::{Book, By, Codes, Contract, Rate};
use crate::denials::Category;
use crate::lifecycle::State;

fn contract(schedule: &str, plans: &[&str]) -> Contract {
    let mut fees = Schedule::new(schedule);
    for (number, (code, cents)) in (2..).zip([("99213", 5_000), ("93000", 3_000), ("80050", 7_000)])
    {
        let (modifier, place) = (String::new(), String::new());
        let amount = Money::from_cents(if plans.is_empty() { cents } else { cents / 2 });
        let row = Row { modifier, place, amount, from: None, to: None, number };
        fees.add(code, row).expect("each code once");
    }
    Contract {
        file: "acme.toml".to_owned(),
        name: if plans.is_empty() { "acme" } else { "silver" }.to_owned(),
        payer: "acme".to_owned(),
        plans: plans.iter().map(|&plan| plan.to_owned()).collect(),
        providers: Vec::new(),
        from: None,
        to: None,
        rates: vec![Rate {
            name: "all".to_owned(),
            codes: Codes::default(),
            modifiers: Vec::new(),
            places: Vec::new(),
            by: By::Schedule(Arc::new(fees)),
            share: Share::WHOLE,
        }],
        is_lesser_of: true,
        tolerance: Money::from_cents(1),
        several: None,
        bilateral: None,
        modifiers: BTreeMap::new(),
        sequestration: None,
    }
}

fn decided(amount: &str, body: &str) -> Decision {
    decided_of(&known_claim(1), amount, body)
}

fn decided_of(claim: &KnownClaim, amount: &str, body: &str) -> Decision {
    decided_of_payer("acme", claim, amount, body)
}

/// By a payer with a contract, ACME or CEDAR HEALTH, or without one.
fn decided_of_payer(payer: &str, claim: &KnownClaim, amount: &str, body: &str) -> Decision {
    decided_of_all(payer, std::slice::from_ref(claim), amount, body)
}

/// The other contract pays 90 percent of the charge.
fn decided_of_all(payer: &str, known: &[KnownClaim], amount: &str, body: &str) -> Decision {
    let mut of_charge = contract("of-charge.csv", &[]);
    (of_charge.payer, of_charge.name) = ("cedar".to_owned(), "cedar".to_owned());
    of_charge.rates[0].by = By::Charge;
    of_charge.rates[0].share = Share::of_percent(90);
    let acme = [contract("acme.csv", &[]), contract("silver.csv", &["SILVER"])];
    let book = Book::new(acme.into_iter().chain([of_charge]).collect());
    let codes = Library::built_in();
    let mut decisions = Vec::new();
    read_remittances(&whole(&format!("I*{amount}*C*CHK"), body), |remittance| {
        let agreed = Some(Agreed { book: &book, codes: &codes });
        let incoming = Incoming { payer, agreed, ..incoming(remittance) };
        decisions.push(decide(remittance, known, &incoming, &LIMITS, &stamp()));
    });
    decisions.remove(0)
}

/// Of each line its number, its variance and its class.
fn told(decision: &Decision) -> Vec<String> {
    let compared = decision.change.compared.iter();
    compared.map(|one| format!("{}: {} {}", one.line, one.variance, one.class.name())).collect()
}

#[test]
fn keeps_what_a_comparison_was_made_of_and_the_lines_of_each_item() {
    let body = format!("CLP*A1*1*100*70**12*P~{FIRST}SVC*HC:93000*40*20**1~CAS*CO*45*20~");
    let decision = decided("70", &body);
    let [first, second] = decision.change.compared.as_slice() else { panic!("two lines") };
    let claim = known_claim(1);
    for (one, line) in [(first, &claim.lines[0]), (second, &claim.lines[1])] {
        assert_eq!((one.day, one.charge), (line.day, Some(line.charge)));
        assert_eq!(one.plan, claim.plans.join(" "));
    }
    let mut items = decision.change.work.iter();
    let item = items.find(|item| item.category == Category::Underpaid).expect("an item");
    assert_eq!((item.lines.as_slice(), item.amount.cents()), (&[second.place][..], 1_000));
}

#[test]
fn a_fee_schedule_that_takes_all_off_is_capitation_where_the_payer_pays_by_the_head() {
    let body = format!(
        "CLP*A1*1*100*0**12*P~{}SVC*HC:93000*40*0**1~CAS*CO*45*40~",
        "SVC*HC:99213:25*60*0**1~CAS*CO*45*60~REF*6R*A1-1~"
    );
    let class = |decision: &Decision| -> Vec<&str> {
        decision.change.compared.iter().map(|one| one.class.name()).collect()
    };
    assert_eq!(class(&decided("0", &body)), ["underpaid"; 2]);
    let by_the_head = decided("500", &format!("{body}PLB*1999001013*20261231*CT:NOV*-500~"));
    assert_eq!(class(&by_the_head), ["capitated"; 2]);
    for one in &by_the_head.change.compared {
        assert_eq!((one.expected, one.variance), (Money::ZERO, one.paid));
    }
    assert!(by_the_head.change.work.is_empty());
}

/// What the patient owes at the visit is no part of what is paid by the head.
#[test]
fn a_copay_beside_capitation_is_no_underpayment() {
    let visit = |patient: u32, rest: u32| {
        format!(
            "CLP*A1*1*100*0*{patient}*12*P~SVC*HC:99213:25*60*0**1~CAS*CO*45*{rest}~CAS*PR*3*{patient}~REF*6R*A1-1~\
             SVC*HC:93000*40*0**1~CAS*CO*45*40~REF*6R*A1-2~"
        )
    };
    for entry in ["CT:NOV", "CR:NOV"] {
        let body = format!("{}PLB*1999001013*20261231*{entry}*-500~", visit(20, 40));
        let decision = decided("500", &body);
        assert_eq!(told(&decision), ["1: 0.00 capitated", "2: 0.00 capitated"], "{entry}");
        assert!(decision.change.work.is_empty(), "{:?}", decision.change.work);
        // Nor does it tell what a visit is worth.
        let decision = decided_of_payer("beta", &known_claim(1), "500", &body);
        assert!(decision.change.rates.is_empty(), "{:?}", decision.change.rates);
    }
    assert_eq!(told(&decided("0", &visit(20, 40)))[0], "1: -30.00 underpaid");
    // Nobody owes more than the whole price.
    let body = format!("{}PLB*1999001013*20261231*CT:NOV*-500~", visit(55, 5));
    assert_eq!(told(&decided("500", &body))[0], "1: 5.00 overpaid");
}

/// What was paid of both lines, by an earlier remittance.
fn said_before(cents: i64, adjustments: &str) -> Said {
    let line = |number| SaidOfLine { number, part: LinePart::Whole };
    Said {
        arrival: ArrivalId(7),
        is_posted: true,
        paid_on: Day::new(2026, 10, 20),
        identity: "earlier".to_owned(),
        offset: 0,
        payer_control_number: "P".to_owned(),
        charge: Money::from_cents(10_000),
        paid: Money::from_cents(cents),
        adjustments: adjustments.to_owned(),
        whole_lines: vec![1, 2],
        lines: Some([1, 2].map(line).to_vec()),
        word: Word::Paid,
        status: "1".to_owned(),
        is_let: false,
        claim: None,
    }
}

/// An item about that, with an appeal.
fn underpaid() -> Undecided {
    Undecided {
        work: WorkId(3),
        category: Category::Underpaid,
        rule: String::new(),
        state: WorkState::Open,
        owner: String::new(),
        amount: Money::from_cents(1_000),
        arrival: Some(ArrivalId(7)),
        remitted: None,
        was_appealed: true,
        ending: None,
    }
}

/// Most payers pay the difference by taking back what they paid, and paying anew.
#[test]
fn an_underpayment_that_is_paid_by_a_correction_is_told_as_won() {
    let before = "CLP*A1*22*-100*-70**12*P~SVC*HC:99213:25*-60*-40**-1~CAS*CO*45*-20~REF*6R*A1-1~\
                  SVC*HC:93000*-40*-30**-1~CAS*CO*45*-10~";
    let anew = format!("CLP*A1*1*100*80**12*P~{FIRST}SVC*HC:93000*40*30**1~CAS*CO*45*10~");
    let paid = said_before(7_000, "line 1 CO-45 20.00, line 2 CO-45 10.00");
    let (earlier, undecided) = (vec![paid], vec![underpaid()]);
    let claim = KnownClaim { state: State::Paid, earlier, undecided, ..known_claim(1) };
    let decision = decided_of(&claim, "10", &format!("{before}{anew}"));
    let (ending, recovered) = (Ending::Appealed, Money::from_cents(1_000));
    assert_eq!(decision.change.case_ends, [CaseEnd { work: WorkId(3), ending, recovered }]);
    let [step] = decision.change.work_moves.as_slice() else { panic!("it closes once") };
    assert!(step.note.contains("(10.00 of 10.00, won on appeal)"), "{}", step.note);
}

/// Lines that are decided on in CLPs of their own: what is paid of one says nothing of the other.
#[test]
fn an_underpayment_of_a_line_stays_open_beside_what_is_paid_of_another() {
    let line = SaidOfLine { number: 2, part: LinePart::Whole };
    let paid = Said {
        charge: Money::from_cents(4_000),
        whole_lines: vec![2],
        lines: Some(vec![line]),
        ..said_before(2_000, "line 2 CO-45 20.00")
    };
    let (earlier, undecided) = (vec![paid], vec![underpaid()]);
    let claim = KnownClaim { state: State::Paid, earlier, undecided, ..known_claim(1) };
    let decision = decided_of(&claim, "50", &format!("CLP*A1*1*60*50**12*P2~{FIRST}"));
    assert_eq!(decision.change.case_ends, []);
    assert!(decision.change.work_moves.is_empty(), "{:?}", decision.change.work_moves);
}

const FIRST: &str = "SVC*HC:99213:25*60*50**1~CAS*CO*45*10~REF*6R*A1-1~";

#[test]
fn compares_each_line_with_its_contract() {
    let second = "SVC*HC:93000*40*";
    for (claim, lines, expected) in [
        ("1*100*80", format!("{FIRST}{second}30**1~CAS*CO*45*10~"), vec!["0.00 as-expected"; 2]),
        // Two services of one line.
        (
            "1*100*80",
            "SVC*HC:99213:25*20*10**1~CAS*CO*45*10~REF*6R*A1-1~SVC*HC:99213:25*40*40**1~REF*6R*A1-1~\
             SVC*HC:93000*40*30**1~CAS*CO*45*10~"
                .to_owned(),
            vec!["0.00 as-expected"; 2],
        ),
        (
            "1*100*50",
            format!("{FIRST}{second}0**1~CAS*CO*97*40~"),
            vec!["0.00 as-expected", "-30.00 bundled"],
        ),
        (
            "1*100*50",
            format!("{FIRST}{second}0**1~CAS*CO*50*40~"),
            vec!["0.00 as-expected", "-30.00 denied"],
        ),
        // What the plan does not cover is the patient's.
        (
            "1*100*50*40",
            format!("{FIRST}{second}0**1~CAS*PR*204*40~"),
            vec!["0.00 as-expected", "-30.00 denied"],
        ),
        ("1*100*50", format!("{FIRST}{second}0**1~CAS*CO*24*40~"), vec!["0.00 as-expected", "0.00 capitated"]),
        (
            "1*100*90",
            format!("{FIRST}{second}40**1~"),
            vec!["0.00 as-expected", "10.00 billed-charge"],
        ),
        (
            "1*100*65",
            format!("{FIRST}{second}15**1~CAS*CO*45*25~"),
            vec!["0.00 as-expected", "-15.00 other-contract"],
        ),
    ] {
        let claim: Vec<&str> = claim.split('*').collect();
        let (paid, patient) = (claim[2], claim.get(3).copied().unwrap_or_default());
        let body = format!("CLP*A1*{}*100*{paid}*{patient}*12*P1~{lines}", claim[0]);
        let decision = decided(paid, &body);
        let expected: Vec<String> =
            (1..).zip(expected).map(|(line, what)| format!("{line}: {what}")).collect();
        assert_eq!(told(&decision), expected, "{body}");
    }
}

#[test]
fn a_claim_that_is_adjusted_as_a_whole_is_compared_as_a_whole() {
    for (paid, adjusted, expected) in [
        ("80", "20", ": 0.00 as-expected"),
        ("75", "25", ": -5.00 underpaid"),
        ("85", "15", ": 5.00 overpaid"),
    ] {
        let decision = decided(paid, &format!("CLP*A1*1*100*{paid}**12*P1~CAS*CO*45*{adjusted}~"));
        assert_eq!(told(&decision), [expected]);
    }
}

#[test]
fn later_payers_and_reversals_are_not_compared() {
    let second = "SVC*HC:93000*40*10**1~CAS*CO*45*30~";
    for status in ["2", "3", "20", "25"] {
        let decision = decided("60", &format!("CLP*A1*{status}*100*60**12*P1~{FIRST}{second}"));
        assert!(decision.change.compared.is_empty(), "{status}");
        assert!(decision.change.rates.is_empty(), "{status}");
    }
}

#[test]
fn what_differs_becomes_work_for_contracts() {
    let second = "SVC*HC:93000*40*35**1~CAS*CO*45*5~AMT*B6*36~";
    let first = FIRST.replace("*60*50*", "*60*44*").replace("45*10", "45*16");
    let decision = decided("79", &format!("CLP*A1*1*100*79**12*P1~{first}{second}"));
    let work: Vec<_> =
        decision.change.work.iter().map(|work| (work.category, work.amount)).collect();
    let cents = Money::from_cents;
    assert_eq!(work, [(Category::Underpaid, cents(600)), (Category::Overpaid, cents(500))]);
    let [under, over] = decision.change.work.as_slice() else { panic!("two") };
    assert!(under.what.contains("row 2 of acme.csv: 50.00 x 100 %"), "{}", under.what);
    assert!(
        over.what.contains("reasons: CO-45 5.00; it says that it allowed 36.00 (AMT*B6)"),
        "{}",
        over.what
    );
    assert_eq!(under.desk, "contracts");
    assert_eq!(under.deadline, Some(stamp_day(180)));
}

/// So many days after the remittance of `whole`.
fn stamp_day(days: u32) -> x12::value::Day {
    x12::value::Day::new(2026, 10, 30).expect("a day").plus_days(days)
}

#[test]
fn learns_a_rate_where_the_contract_alone_lowered_the_charge() {
    for (second, expected) in [
        ("SVC*HC:93000*40*30**1~CAS*CO*45*10~", Some(3_000)),
        ("SVC*HC:93000*40*20**1~CAS*CO*45*10~CAS*PR*2*10~", Some(3_000)),
        ("SVC*HC:93000*40*20**1~CAS*CO*45*10*1*59*10~", None),
        ("SVC*HC:93000*40*40**1~", None),
        ("SVC*HC:93000*40*0**1~CAS*CO*45*40~", None),
        ("SVC*HC:93005*40*30*1**HC:93000~CAS*CO*45*10~", None),
    ] {
        let paid = if second.contains("*40*40*") {
            90
        } else if second.contains("*40*20*") {
            70
        } else if second.contains("*40*0*") {
            50
        } else {
            80
        };
        let patient = if second.contains("PR") { "10" } else { "" };
        let body = format!("CLP*A1*1*100*{paid}*{patient}*12*P1~{FIRST}{second}");
        let decision = decided(&paid.to_string(), &body);
        let rates = decision.change.rates.iter().filter(|rate| rate.key.code == "93000");
        let amounts: Vec<i64> = rates.map(|rate| rate.amount.cents()).collect();
        assert_eq!(amounts, expected.into_iter().collect::<Vec<_>>(), "{second}");
    }
}

/// Units count where no contract prices the line: there the line has an item of its own, and the money stands once.
#[test]
fn a_rate_counts_the_units_of_what_no_contract_prices() {
    let paid = format!("CLP*A1*1*100*80**12*P1~{FIRST}SVC*HC:93000*40*30**2~CAS*CO*45*10~");
    // 93000 for 15.00 is taken back, and decided on anew for 17.50.
    let back = "CLP*A1*22*-100*-80**12*P~SVC*HC:99213:25*-60*-50**-1~CAS*CO*45*-10~REF*6R*A1-1~\
                SVC*HC:93000*-40*-30**-2~CAS*CO*45*-10~";
    let anew = format!("CLP*A1*1*100*85**12*P~{FIRST}SVC*HC:93000*40*35**2~CAS*CO*45*5~");
    for (payer, units) in [("acme", 0), ("beta", 2_000)] {
        let told = |earlier: Vec<Said>, amount: &str, body: &str| -> Vec<(i64, i32, i64)> {
            let payer_of = Some(payer.to_owned());
            let mut claim = KnownClaim { payer: payer_of, earlier, ..known_claim(1) };
            claim.lines[1].quantity = Some(Quantity::from_thousandths(2_000));
            let decision = decided_of_payer(payer, &claim, amount, body);
            let rates = decision.change.rates.iter().filter(|rate| rate.key.code == "93000");
            rates.map(|rate| (rate.amount.cents(), rate.times, rate.units_thousandths)).collect()
        };
        assert_eq!(told(Vec::new(), "80", &paid), [(1_500, 1, units)]);
        let before = said_before(8_000, "line 1 CO-45 10.00, line 2 CO-45 10.00");
        let told = told(vec![before], "5", &format!("{back}{anew}"));
        assert_eq!(told, [(1_500, -1, -units), (1_750, 1, units)]);
    }
}

/// What the patient bears counts: nobody owes more than the whole price, whoever pays it.
#[test]
fn sees_what_the_patient_is_charged_beyond_the_contract() {
    for (claim, first, expected) in [
        ("0*100", "0**1~CAS*PR*1*60~", "10.00 billed-charge"),
        ("10*85", "10**1~CAS*PR*1*45~CAS*CO*45*5~", "5.00 overpaid"),
        ("0*90", "0**1~CAS*PR*1*50~CAS*CO*45*10~", "0.00 as-expected"),
        // Beyond what the payer allows, which is what was agreed.
        ("50*50", "50**1~CAS*PR*45*10~", "10.00 overpaid"),
        // What the payer owes goes first.
        ("40*60", "40**1~CAS*PR*45*20~", "-10.00 underpaid"),
    ] {
        let (paid, patient) = claim.split_once('*').expect("two amounts");
        let second = "SVC*HC:93000*40*0**1~CAS*PR*1*40~REF*6R*A1-2~";
        let body = format!(
            "CLP*A1*1*100*{paid}*{patient}*12*P1~SVC*HC:99213:25*60*{first}REF*6R*A1-1~{second}"
        );
        let decision = decided(paid, &body);
        assert_eq!(
            told(&decision),
            [format!("1: {expected}"), "2: 10.00 billed-charge".to_owned()]
        );
        let work = decision.change.work.iter().find(|work| work.category == Category::Overpaid);
        let action = work.map_or("", |work| work.action.as_str());
        assert!(action.contains("of the patient's share is more"), "{action}");
    }
}

/// A payer that makes one service of two pays what its contract says for that one.
#[test]
fn prices_a_bundle_as_what_it_is() {
    let part = "SVC*HC:93000*40*0**1*HC:93000~CAS*CO*97*40~REF*6R*A1-2~";
    for (paid, line, expected) in [
        ("30", "SVC*HC:93000*60*30**1*HC:99213:25~CAS*OA*94*-40~CAS*CO*45*70~", "0.00 as-expected"),
        ("21", "SVC*HC:93000*60*21**1*HC:99213:25~CAS*OA*94*-40~CAS*CO*45*79~", "-9.00 underpaid"),
    ] {
        let body = format!("CLP*A1*1*100*{paid}**12*P1~{line}REF*6R*A1-1~{part}");
        let decision = decided(paid, &body);
        let lines = [format!("1: {expected}"), "2: 0.00 bundled".to_owned()];
        assert_eq!(told(&decision), lines, "{:?}", decision.change.compared);
        assert!(decision.change.compared[1].expected.is_zero());
    }
    // Coded down, to the price of another procedure.
    let lower = "SVC*HC:93000*60*30**1*HC:99213:25~CAS*CO*45*30~REF*6R*A1-1~";
    let decision = decided(
        "60",
        &format!("CLP*A1*1*100*60**12*P1~{lower}SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~"),
    );
    let words = &decision.change.compared[0].words;
    assert!(
        words.contains("it is the price of 93000, as which the payer decided on it"),
        "{words}"
    );
    // Under another code without the rest of a bundle it was coded down.
    let alone = "SVC*HC:93000*60*30**1*HC:99213:25~CAS*CO*45*30~REF*6R*A1-1~";
    let other = "SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~";
    let decision = decided("60", &format!("CLP*A1*1*100*60**12*P1~{alone}{other}"));
    assert_eq!(told(&decision), ["1: -20.00 underpaid", "2: 0.00 as-expected"]);
}

/// Known by OA-94 and CO-97: what is paid for several lines is priced as what it is paid as, where the contract knows
/// that, and else as all of them.
#[test]
fn what_is_rolled_up_is_priced_together() {
    for (payer, panel, paid, expected) in [
        ("acme", "80050", 70, "0.00 as-expected"),
        ("acme", "80050", 60, "-10.00 underpaid"),
        ("acme", "80061", 80, "0.00 as-expected"),
        ("acme", "80061", 50, "-30.00 underpaid"),
        // Under the procedure of the first.
        ("acme", "99213", 50, "0.00 as-expected"),
        ("cedar", "80050", 90, "0.00 as-expected"),
        ("cedar", "80050", 95, "5.00 overpaid"),
        ("cedar", "99213", 90, "0.00 as-expected"),
    ] {
        let first = format!(
            "SVC*HC:{panel}*60*{paid}**1*HC:99213:25~CAS*OA*94*-40~CAS*CO*45*{}~",
            100 - paid
        );
        let second = "SVC*HC:93000*40*0**1~CAS*CO*97*40~";
        let claim = KnownClaim { payer: Some(payer.to_owned()), ..known_claim(1) };
        let body = format!("CLP*A1*1*100*{paid}**12*P1~{first}REF*6R*A1-1~{second}REF*6R*A1-2~");
        let decision = decided_of_payer(payer, &claim, &paid.to_string(), &body);
        let lines = [format!("1: {expected}"), "2: 0.00 bundled".to_owned()];
        assert_eq!(told(&decision), lines, "{payer} {panel} {paid}");
        let items = decision.change.work.len();
        assert_eq!(items, usize::from(!expected.contains("as-expected")), "{payer} {panel}");

        // The same over two claims of a patient.
        let of_line = |id: i64, at: usize| {
            let mut claim = KnownClaim { payer: Some(payer.to_owned()), ..known_claim(id) };
            claim.lines = vec![claim.lines[at].clone()];
            claim.charge = claim.lines[0].charge;
            claim
        };
        let known = [of_line(1, 0), of_line(2, 1)];
        let parts = [
            format!("CLP*A1*1*60*{paid}**12*P1~NM1*QC*1*ROE*JANE****MI*W1~{first}REF*6R*A1-1~"),
            format!("CLP*A2*1*40*0**12*P2~NM1*QC*1*ROE*JANE****MI*W1~{second}REF*6R*A2-2~"),
        ];
        for order in [[0, 1], [1, 0]] {
            let body = order.map(|at| parts[at].clone()).concat();
            let decision = decided_of_all(payer, &known, &paid.to_string(), &body);
            let mut found = told(&decision);
            found.sort();
            assert_eq!(found, lines, "{payer} {panel} {paid}");
        }
    }
}

/// Two bundles of a claim: each has the parts that bear its name, or that follow it.
#[test]
fn several_bundles_of_a_claim_are_told_apart() {
    let mut claim = known_claim(1);
    claim.charge = Money::from_cents(20_000);
    for number in [3, 4] {
        let line = claim.lines[number as usize - 3].clone();
        let control_number = format!("A1-{number}");
        claim.lines.push(KnownLine { number, control_number, ..line });
    }
    let paid = |line: u32, code: &str, amount: u32| {
        let rest = 100 - amount;
        format!(
            "SVC*HC:{code}*60*{amount}**1*HC:99213:25~CAS*OA*94*-40~CAS*CO*45*{rest}~REF*6R*A1-{line}~"
        )
    };
    let part = |line: u32, code: &str| {
        let submitted = if code == "93000" { "" } else { "*1*HC:93000" };
        format!("SVC*HC:{code}*40*0*{submitted}~CAS*CO*97*40~REF*6R*A1-{line}~")
    };
    for services in [
        [paid(1, "80050", 70), part(2, "93000"), paid(3, "80061", 80), part(4, "93000")],
        [paid(1, "80050", 70), paid(3, "80061", 80), part(4, "80061"), part(2, "80050")],
    ] {
        let body = format!("CLP*A1*1*200*150**12*P1~{}", services.concat());
        let decision = decided_of(&claim, "150", &body);
        let expected =
            ["1: 0.00 as-expected", "2: 0.00 bundled", "3: 0.00 as-expected", "4: 0.00 bundled"];
        assert_eq!(told(&decision), expected, "{body}");
    }
}

/// A claim of several CLPs is a set: compared once, when all parts are there, whichever comes first.
#[test]
fn parts_of_a_claim_are_compared_together_once() {
    let whole = |number: u8, charge: u32, paid: u32| {
        format!("CLP*A1*1*{charge}*{paid}**12*P{number}~CAS*CO*45*{}~", charge - paid)
    };
    let half = |number: u8, paid: u32| {
        format!(
            "CLP*A1*1*30*{paid}**12*P{number}~SVC*HC:99213:25*30*{paid}**1~CAS*CO*45*{}~REF*6R*A1-1~",
            30 - paid
        )
    };
    let both = |number: u8, paid: u32| {
        format!(
            "CLP*A1*1*50*{paid}**12*P{number}~SVC*HC:99213:25*30*20**1~CAS*CO*45*10~REF*6R*A1-1~\
             SVC*HC:93000*20*{}**1~CAS*CO*45*{}~REF*6R*A1-2~",
            paid - 20,
            40 - paid
        )
    };
    let rest = "CLP*A1*1*40*30**12*P9~SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~".to_owned();
    // Each tells all of the line, and leaves a half of it to the other.
    let left = |number: u8| {
        format!(
            "CLP*A1*1*60*25**12*P{number}~SVC*HC:99213:25*60*25**1~CAS*CO*45*5~CAS*OA*23*30~REF*6R*A1-1~"
        )
    };
    for (parts, expected) in [
        ([(whole(1, 60, 50), 50), (whole(2, 40, 30), 30)], ": 0.00 as-expected"),
        ([(whole(1, 60, 45), 45), (whole(2, 40, 15), 15)], ": -20.00 underpaid"),
        ([(half(1, 25), 25), (half(2, 25), 25)], "1: 0.00 as-expected"),
        ([(half(1, 10), 10), (half(2, 10), 10)], "1: -30.00 underpaid"),
        ([(half(1, 30), 30), (half(2, 0), 0)], "1: -20.00 underpaid"),
        ([(both(1, 40), 40), (both(2, 40), 40)], ": 0.00 as-expected"),
        ([(whole(1, 60, 50), 50), (rest, 30)], "1: 0.00 as-expected"),
        ([(left(1), 25), (left(2), 25)], "1: 0.00 as-expected"),
    ] {
        for order in [[0, 1], [1, 0]] {
            let [first, second] = order.map(|at| &parts[at]);
            let is_of_set = |one: &String| !one.starts_with("2: 0.00 as-expected");
            let of_set = |decision: &Decision| -> Vec<String> {
                told(decision).into_iter().filter(is_of_set).collect()
            };
            let sum = (first.1 + second.1).to_string();
            let at_once = decided(&sum, &format!("{}{}", first.0, second.0));
            assert_eq!(of_set(&at_once), [expected], "{first:?}, {second:?}");
            // In two files; of the first alone nothing is alarmed.
            let alone = decided(&first.1.to_string(), &first.0);
            assert_eq!(of_set(&alone), [""; 0], "{first:?}");
            let mut of_contract = alone.change.work.iter().map(|item| item.category);
            assert!(
                of_contract.all(|one| !matches!(one, Category::Underpaid | Category::Overpaid))
            );
            let amount = format!("I*{}*C*CHK", first.1);
            let before: Told<'_> = (20, &amount, &first.0);
            let after = decided_of(&said(&[before]), &second.1.to_string(), &second.0);
            assert_eq!(of_set(&after), [expected], "{first:?}, then {second:?}");
            let items =
                after.change.work.iter().filter(|item| item.category == Category::Underpaid);
            assert_eq!(items.count(), usize::from(expected.contains("underpaid")));
        }
    }
}

/// What was denied of a line has an item of its own; what is missing beside it has another.
#[test]
fn what_is_denied_of_a_line_is_told_once() {
    let second = "SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~";
    for (paid, first, expected, items) in [
        ("50", "20**1~CAS*CO*45*10**151*30~", "-30.00 denied", &[Category::Denied][..]),
        (
            "40",
            "10**1~CAS*CO*45*40**151*10~",
            "-40.00 underpaid",
            &[Category::Denied, Category::Underpaid],
        ),
    ] {
        let body =
            format!("CLP*A1*1*100*{paid}**12*P1~SVC*HC:99213:25*60*{first}REF*6R*A1-1~{second}");
        let decision = decided(paid, &body);
        assert_eq!(told(&decision), [format!("1: {expected}"), "2: 0.00 as-expected".to_owned()]);
        let categories: Vec<Category> =
            decision.change.work.iter().map(|work| work.category).collect();
        assert_eq!(categories, items);
    }
}
