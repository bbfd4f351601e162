//! Whether what is decided on comes to the charge: less of it, more than once, and nothing at all.

use super::decided_anew::said;
use super::*;
use crate::change::WorkState;
use crate::change::cases::{TOO_LITTLE, Undecided};
use crate::change::{WorkId, WorkMove};

const SHORT: &str = "CLP*A1*1*90*70**12*P1~SVC*HC:99213*30*20~CAS*CO*45*10~REF*6R*A1-1~\
                     SVC*HC:99213*20*15~CAS*CO*45*5~REF*6R*A1-1~SVC*HC:93000*40*35~CAS*CO*45*5~\
                     REF*6R*A1-2~";
const LINE_1: &str = "CLP*A1*1*60*50**12*P1~SVC*HC:99213*60*50~CAS*CO*45*10~REF*6R*A1-1~";
const LINE_2: &str = "CLP*A1*1*40*30**12*P2~SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
const REST: &str = "CLP*A1*1*10*10**12*P3~SVC*HC:99213*10*10~REF*6R*A1-1~";

/// An open item of V40 of a claim.
fn too_little() -> Undecided {
    Undecided {
        work: WorkId(9),
        category: Category::Unexplained,
        rule: TOO_LITTLE.to_owned(),
        state: WorkState::Open,
        owner: String::new(),
        amount: Money::from_cents(1_000),
        arrival: Some(ArrivalId(3)),
        remitted: None,
        was_appealed: false,
        ending: None,
    }
}

fn items(decision: &Decision) -> Vec<(String, i64)> {
    let told = |item: &NewWork| (item.what.chars().take(3).collect(), item.amount.cents());
    decision.change.work.iter().map(told).collect()
}

fn closed(decision: &Decision) -> Vec<WorkId> {
    let is_closed = |step: &&WorkMove| step.to == WorkState::Resolved;
    decision.change.work_moves.iter().filter(is_closed).map(|step| step.work).collect()
}

/// V40: all lines are spoken of, and something of the charge is left.
#[test]
fn less_than_the_charge_is_told_when_nothing_is_left_to_come() {
    let told = [("V40".to_owned(), 1_000)];
    let as_a_whole = "CLP*A1*1*90*70**12*P1~CAS*CO*45*20~";
    for (amount, body, before) in [
        ("I*70*C*CHK", SHORT, known_claim(1)),
        ("I*70*C*CHK", as_a_whole, known_claim(1)),
        // The first line was told by another file, less than whole.
        (
            "I*30*C*CHK",
            LINE_2,
            said(&[(
                10,
                "I*50*C*CHK",
                &LINE_1.replace("*60*50", "*50*50").replace("CAS*CO*45*10~", ""),
            )]),
        ),
    ] {
        let decision = decide_one(amount, body, &[before]);
        assert_eq!(items(&decision), told, "{body}");
        assert!(decision.change.work[0].what.contains("90.00"), "{}", decision.change.work[0].what);
        assert_eq!(decision.change.payments[0].broken[0].rule, TOO_LITTLE, "{body}");
    }
}

/// V40: CLP03 is less than was sent by the charge of a line that no CLP speaks of. What the payer says that it
/// separated breaks no rule.
#[test]
fn a_line_that_is_left_out_is_told_at_once() {
    let separated = LINE_1.replace("~SVC", "~MOA***MA15~SVC");
    for (body, is_separated) in [(LINE_1, false), (separated.as_str(), true)] {
        let decision = decide_one("I*50*C*CHK", body, &[known_claim(1)]);
        assert_eq!(items(&decision), [("V40".to_owned(), 4_000)], "{body}");
        let what = &decision.change.work[0].what;
        assert!(what.contains("of 40.00 nothing is said; no decision speaks of line 2"), "{what}");
        assert_eq!(what.contains("MA15"), is_separated, "{what}");
        let broken = decision.change.payments[0].broken.iter().any(|one| one.rule == TOO_LITTLE);
        assert_eq!(broken, !is_separated, "{body}");
    }
    // The other line stands in a CLP that waits for a person, and has its own item.
    let held = LINE_2.replace("*40*30~CAS", "*40*39~CAS");
    let decision = decide_one("I*80*C*CHK", &format!("{LINE_1}{held}"), &[known_claim(1)]);
    assert!(items(&decision).iter().all(|(rule, _)| rule != TOO_LITTLE), "{:?}", items(&decision));
    assert!(!items(&decision).is_empty());
    // What comes in the next file closes it.
    let short = KnownClaim { undecided: vec![too_little()], ..said(&[(10, "I*50*C*CHK", LINE_1)]) };
    let decision = decide_one("I*30*C*CHK", LINE_2, &[short]);
    assert_eq!((items(&decision), closed(&decision)), (vec![], vec![WorkId(9)]));
}

#[test]
fn parts_that_come_to_the_charge_are_not_too_little() {
    let reviewed = "CLP*A1*1*90*50**12*P1~SVC*HC:99213*50*50~REF*6R*A1-1~SVC*HC:93000*40*0~CAS*OA*133*40~\
                    REF*6R*A1-2~";
    let both = format!("{LINE_1}{LINE_2}");
    let with_rest = format!("{SHORT}{REST}");
    for (amount, body, before) in [
        ("I*80*C*CHK", both.as_str(), known_claim(1)),
        ("I*80*C*CHK", with_rest.as_str(), known_claim(1)),
        ("I*30*C*CHK", LINE_2, said(&[(10, "I*50*C*CHK", LINE_1)])),
        ("I*50*C*CHK", reviewed, known_claim(1)),
        // Another went out in its place, and has the charge.
        ("I*70*C*CHK", SHORT, KnownClaim { is_replaced: true, ..known_claim(1) }),
    ] {
        assert_eq!(items(&decide_one(amount, body, &[before])), [], "{body}");
    }
}

#[test]
fn an_item_of_too_little_closes_once_the_rest_is_decided_on_or_all_is_taken_back() {
    let short = said(&[(10, "I*70*C*CHK", SHORT)]);
    let short = KnownClaim { undecided: vec![too_little()], ..short };
    let decision = decide_one("I*10*C*CHK", REST, std::slice::from_ref(&short));
    assert_eq!((items(&decision), closed(&decision)), (vec![], vec![WorkId(9)]));
    // Of another part of it an item tells what is left then.
    let half = REST.replace("*10*10", "*5*5");
    let decision = decide_one("I*5*C*CHK", &half, &[short]);
    let told = vec![("V40".to_owned(), 500)];
    assert_eq!((items(&decision), closed(&decision)), (told, vec![WorkId(9)]));
}

/// V40: the payment of one line is taken back, and that of the other one stands.
#[test]
fn what_is_taken_back_of_one_line_is_told() {
    let back = LINE_1.replace("*1*60*50*", "*22*-60*-50*").replace("*60*50~", "*-60*-50~");
    let back = format!("{}PLB*1999001013*20261231*FB:C1*-50~", back.replace("45*10", "45*-10"));
    let (one, other) = ((10, "I*50*C*CHK", LINE_1), (12, "I*30*C*CHK", LINE_2));
    for (before, told) in [
        (vec![one, other], vec![("V40".to_owned(), 6_000)]),
        // Nothing is left: it is told as what was taken back.
        (vec![one], vec![("the".to_owned(), 5_000)]),
    ] {
        let decision = decide_one("H*0*C*NON", &back, &[said(&before)]);
        assert_eq!(items(&decision), told);
        // It may be decided anew in the next file: no rule is broken.
        assert!(decision.change.payments[0].broken.iter().all(|one| one.rule != TOO_LITTLE));
    }
}

/// The whole charge by CO-45 and nothing paid is no price.
#[test]
fn a_schedule_that_allows_nothing_is_asked_about() {
    for (body, is_told) in [
        ("CLP*A1*1*100*0**12*P1~CAS*CO*45*100~", true),
        ("CLP*A1*1*100*0**12*P1~CAS*CO*24*100~", false),
        ("CLP*A1*1*100*0*10*12*P1~CAS*CO*45*90~CAS*PR*1*10~", false),
    ] {
        let decision = decide_one("H*0*C*NON", body, &[known_claim(1)]);
        let expected = is_told.then_some((Category::Underpaid, Some(1)));
        assert_eq!(work(&decision), expected.into_iter().collect::<Vec<_>>(), "{body}");
        let deadline = decision.change.work.first().map(|item| item.deadline.is_some());
        assert_eq!(deadline, is_told.then_some(true), "{body}");
    }
}

/// V34: what was paid twice is to be given back, to Medicare and Medicaid within sixty days.
#[test]
fn a_second_payment_is_an_overpayment_of_what_it_paid() {
    let anew = "CLP*A1*1*100*70**12*P2~CAS*CO*45*30~";
    let paid = said(&[(10, "I*60*C*CHK", "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~")]);
    let decision = decide_one("I*70*C*CHK", anew, &[paid]);
    let item = &decision.change.work[0];
    let told = (item.category, item.amount.cents(), item.deadline);
    assert_eq!(told, (Category::Overpaid, 7_000, None));
    assert!(item.action.contains("give it back as its contract says"), "{}", item.action);
    // Of Medicare and Medicaid the law says by when.
    for plan in ["MA", "MB", "MC"] {
        let of_plan = |body: &str| body.replace("**12*", &format!("**{plan}*"));
        let before = of_plan("CLP*A1*1*100*60**12*P1~CAS*CO*45*40~");
        let decision =
            decide_one("I*70*C*CHK", &of_plan(anew), &[said(&[(10, "I*60*C*CHK", &before)])]);
        let item = &decision.change.work[0];
        assert_eq!(item.deadline, Some(stamp().today.plus_days(60)), "{plan}");
        assert!(item.action.contains("report it and give it back by"), "{}", item.action);
    }
    // A deductible that is told twice pays nothing that could be given back.
    let deductible = "CLP*A1*1*100*0*100*12*P1~CAS*PR*1*100~";
    let twice = deductible.replace("PR*1*100", "PR*3*100").replace("*P1~", "*P2~");
    let decision = decide_one("H*0*C*NON", &twice, &[said(&[(10, "H*0*C*NON", deductible)])]);
    assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
}

/// Of lines that are paid once and twice, what is paid twice is to be given back.
#[test]
fn a_line_that_is_paid_twice_is_an_overpayment_of_what_it_paid() {
    let both = |of_first: &str, of_second: &str| {
        format!(
            "CLP*A1*1*100*P**12*P2~SVC*HC:99213*60*{of_first}*60~REF*6R*A1-1~\
             SVC*HC:93000*40*{of_second}*40~REF*6R*A1-2~"
        )
    };
    let paid = |text: String, amount: &str| text.replace("*P*", &format!("*{amount}*"));
    let half = paid(both("0~CAS*CO*16", "25~CAS*CO*45"), "25").replace("45*40", "45*15");
    let again = paid(both("40~CAS*CO*45", "25~CAS*CO*45"), "65");
    let again = again.replace("45*60", "45*20").replace("45*40", "45*15");
    let denied = paid(both("40~CAS*CO*45", "0~CAS*CO*50"), "40").replace("45*60", "45*20");
    for (before, amount, body, told) in [
        (&half, "I*65*C*CHK", &again, (Category::Overpaid, 2_500)),
        // Whichever came last.
        (&again, "I*25*C*CHK", &half, (Category::Overpaid, 2_500)),
        (&half, "I*40*C*CHK", &denied, (Category::Unexplained, 4_000)),
    ] {
        let bpr = if before == &half { "I*25*C*CHK" } else { "I*65*C*CHK" };
        let day = if before == &half { 10 } else { 31 };
        let decision = decide_one(amount, body, &[said(&[(day, bpr, before)])]);
        let mut items = decision.change.work.iter();
        let item = items.find(|item| item.what.starts_with("V34")).expect("an item");
        assert_eq!((item.category, item.amount.cents()), told, "{body}");
        // Without money there is nothing to send back.
        let booked = item.action.contains("`claimgate bank refund --claim 1 --amount AMOUNT`");
        assert_eq!(booked, told.0 == Category::Overpaid, "{}", item.action);
    }
}

#[test]
fn what_was_refused_is_known_by_its_name() {
    let content = crate::change::ContentHash("ab".repeat(32));
    let read = |payment: &str| {
        let mut names = Vec::new();
        read_remittances(&whole(payment, "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~"), |remittance| {
            let own = identity(remittance, &content);
            names.push((own.clone(), refused_identity(&own, &content)));
        });
        names.remove(0)
    };
    for (payment, cents) in [("I*60*C*CHK", 6_000), ("H*0*C*NON", 0)] {
        let (own, refused) = read(payment);
        let amount = Money::from_cents(cents);
        assert!(!is_refused(&own, amount) && is_refused(&refused, amount), "{own}");
    }
}

/// V28: what TS3 and TS2 say of the claims after their LX.
#[test]
fn summaries_are_held_against_their_claims() {
    let told = |ts3: &str, ts2: &str, claims: &[(&str, &str)]| {
        let body: String = claims
            .iter()
            .map(|(clp, days)| format!("CLP*A1*{clp}**MA*P1~CAS*CO*45*40~{days}"))
            .collect();
        let decision = decide_one(
            "I*60*C*CHK",
            &format!("TS3*1999001013*11*20261231*{ts3}~TS2*{ts2}~{body}"),
            &[known_claim(1)],
        );
        let broken = decision.change.payments[0].broken.iter();
        let of_it: Vec<String> =
            broken.filter(|one| one.rule == "V28").map(|one| one.what.clone()).collect();
        of_it.join("; ")
    };
    let days = |covered: &str, outlier: &str| format!("*******{outlier}******{covered}");
    let days = |covered: &str, outlier: &str| days(covered, outlier).replacen('*', "", 1);
    let (paid, back) = ("1*100*60", "22*-100*-60");
    let five = "QTY*CA*5.00~QTY*OU*2~";
    assert_eq!(told("1*100", &days("5", "2"), &[(paid, five)]), "");
    assert_eq!(told("1*100", &days("", ""), &[(paid, five)]), "");
    assert!(told("1*100", &days("5", "1"), &[(paid, five)]).starts_with("TS207 says 1 outlier"));
    assert_eq!(
        told("1*100", &days("6", "1"), &[(paid, five)]),
        "TS213 says 6 covered days; 1 of its claims tell 5"
    );
    // What some claims do not say may be the rest, but is never less than nothing.
    let two = [(paid, five), (paid, "")];
    assert_eq!(told("2*200", &days("9", "2"), &two), "");
    assert!(told("2*200", &days("4", "2"), &two).starts_with("TS213 says 4"));
    assert_eq!(told("2*0", &days("9", "9"), &[(paid, five), (back, "QTY*CA*5~")]), "");
    assert_eq!(told("1*100", &days("9", "9"), &[(paid, "")]), "");
    assert!(told("2*100", &days("5", "2"), &[(paid, five)]).starts_with("TS3 says 2 claims"));
}

/// V47: a seventh adjustment of a CAS, and a seventh entry of a PLB, is told by element and amount. Where the
/// payer's sums leave it out, all is posted; where they have it, what it is in waits, and the item says so.
#[test]
fn what_stands_beyond_the_last_element_is_told_and_in_no_sum() {
    let six = |reason: &str, first: &str| {
        format!("CAS*CO*45*{first}**{}", format!("{reason}*0**").repeat(5))
    };
    let cas = six("253", "40").trim_end_matches('*').to_owned();
    let plb = "PLB*1999001013*20261231*WO:P9*0*WO:P9*0*WO:P9*0*WO:P9*0*WO:P9*0*WO:P9*0";
    let claim = |paid: &str, more: &str| format!("CLP*A1*1*100*{paid}**12*P1~{cas}{more}~");
    for (amount, body, element, held) in [
        ("I*60*C*CHK", claim("60", "**16*5"), "CAS21 has 5.00 of CO-16, beyond CAS19", None),
        (
            "I*55*C*CHK",
            claim("55", "**16*5"),
            "CAS21 has 5.00 of CO-16, beyond CAS19",
            Some("CLP04 of claim 1 is 55.00"),
        ),
        (
            "I*60*C*CHK",
            claim("60", "**16*five"),
            "CAS21 has no amount of CO-16, beyond CAS19",
            None,
        ),
        (
            "I*60*C*CHK",
            format!("{}{plb}*CS:P9*5~", claim("60", "")),
            "PLB16 has 5.00 of CS, beyond PLB14",
            None,
        ),
        (
            "I*55*C*CHK",
            format!("{}{plb}*CS:P9*5~", claim("60", "")),
            "PLB16 has 5.00 of CS, beyond PLB14",
            Some("BPR02 is 55.00"),
        ),
    ] {
        let decision = decide_one(amount, &body, &[known_claim(1)]);
        let payment = &decision.change.payments[0];
        let told: Vec<&str> = payment
            .broken
            .iter()
            .filter(|one| one.rule == "V47")
            .map(|one| one.what.as_str())
            .collect();
        assert_eq!(told, [element], "{body}");
        let in_items: Vec<&str> =
            decision.change.work.iter().map(|item| item.what.as_str()).collect();
        let is_told = |what: &&&str| what.contains("5.00 beyond the last element of a ");
        let waits = in_items.iter().find(is_told);
        let begins = waits.and_then(|what| what.split(',').next());
        assert_eq!(begins, held, "{in_items:?}");
        let decided = balances(postings(&decision)).get(&Account::Receivable).copied();
        assert_eq!(decided, held.is_none().then_some(-10_000), "{body}");
    }
}
