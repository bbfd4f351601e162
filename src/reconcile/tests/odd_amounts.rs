//! What adds up and makes no sense: amounts that nobody can owe, another currency, a PLB that is said
//! again, references that name a claim by chance.

use super::super::testing::{known_claim, read_remittances, whole};
use super::*;

/// What adds up, as BPR, the claims and the PLB, and the rule that holds it; `None` when it is posted.
const ROWS: &[(&str, &str, Option<&str>)] = &[
    // More of the patient than was charged, of the claim or of a line.
    ("I*10*C*CHK", "CLP*A1*1*100*10*150*12*P1~CAS*PR*1*150~CAS*CO*45*-60~", Some("V36")),
    (
        "I*20*C*CHK",
        "CLP*A1*1*100*20*80*12*P1~SVC*HC:99213:25*60*20**1~CAS*PR*1*40~\
         SVC*HC:93000*40*0**1~CAS*PR*1*60~CAS*OA*94*-20~",
        Some("V36"),
    ),
    // Less of the patient than nothing.
    ("I*200*C*CHK", "CLP*A1*1*100*200*-100*12*P1~CAS*PR*2*-100~", Some("V36")),
    ("I*110*C*CHK", "CLP*A1*1*100*110*-10*12*P1~CAS*PR*1*20~CAS*PR*2*-30~", Some("V36")),
    // A denial of less than nothing.
    ("I*150*C*CHK", "CLP*A1*1*100*150**12*P1~CAS*CO*50*-50~", Some("V36")),
    // What raises a payment by right.
    ("I*110*C*CHK", "CLP*A1*1*100*110**12*P1~CAS*CO*45*-10~", None),
    ("I*110*C*CHK", "CLP*A1*1*100*110**12*P1~CAS*OA*94*-10~", None),
    ("I*101*C*CHK", "CLP*A1*1*100*101**12*P1~CAS*CO*253*-1~", None),
    ("I*104*C*CHK", "CLP*A1*1*100*104**12*P1~CAS*CO*144*-4~", None),
    ("I*101*C*CHK", "CLP*A1*1*100*101*-1*12*P1~CAS*PR*85*-1~", None),
    // All of it is the deductible; a part that one line has too much is another's.
    ("H*0*C*NON", "CLP*A1*1*100*0*100*12*P1~CAS*PR*1*100~", None),
    ("I*20*C*CHK", "CLP*A1*1*100*20*80*12*P1~CAS*PR*1*-10~CAS*PR*2*90~", None),
    // Rolled up: the share of both lines stands at the first.
    (
        "I*20*C*CHK",
        "CLP*A1*1*100*20*80*12*P1~SVC*HC:99213:25*60*20**1~CAS*PR*1*80~CAS*OA*94*-40~\
         SVC*HC:93000*40*0**1~CAS*CO*97*40~",
        None,
    ),
    // More is paid than anybody charges: the point slipped.
    ("I*1000*C*CHK", "CLP*A1*1*100*1000**12*P1~CAS*CO*45*-900~", Some("V42")),
    ("I*999999999*C*CHK", "CLP*A1*1*100*999999999**12*P1~CAS*OA*94*-999999899~", Some("V42")),
    ("I*990*C*CHK", "CLP*A1*1*100*990**12*P1~CAS*CO*45*-890~", None),
    // A reversal has all of it with a minus.
    ("H*0*C*NON", "CLP*A1*22*-100*0**12*P1~CAS*PR*1*-100~", Some("V16")),
];

#[test]
fn what_nobody_can_owe_waits() {
    for (payment, body, rule) in ROWS {
        let decision = decide_one(payment, body, &[known_claim(1)]);
        let items: Vec<&str> = decision.change.work.iter().map(|item| item.what.as_str()).collect();
        match rule {
            None => {
                assert_eq!(items, [""; 0], "{body}");
                assert!(!balances(postings(&decision)).contains_key(&Account::Suspense), "{body}");
            }
            Some(rule) => {
                assert!(items.len() == 1 && items[0].starts_with(rule), "{body}: {items:?}");
                let sums = balances(postings(&decision));
                assert!(!sums.contains_key(&Account::Receivable), "{body}: {sums:?}");
            }
        }
    }
}

#[test]
fn another_currency_is_no_money_of_ours() {
    let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";
    for (currency, is_posted) in [("CUR*PR*USD~", true), ("CUR*PR*CAD~", false)] {
        let text = whole("I*60*C*CHK", body).replace("N1*PR*", &format!("{currency}N1*PR*"));
        // CUR stands before the payer.
        let decision = decide_text(&text, &[known_claim(1)]).remove(0);
        assert_eq!(decision.summary.is_posted, is_posted, "{currency}");
        let held = decision.change.work.iter().any(|item| item.what.contains("CUR02 is CAD"));
        assert_eq!(held, !is_posted, "{:?}", decision.change.work);
    }
}

/// V43: beside the day on which the file was written, 28 October 2026, and the services.
#[test]
fn a_day_of_payment_is_no_slip_of_the_year() {
    let paid = |dates: &str| format!("CLP*A1*1*100*60**12*P1~CAS*CO*45*40~{dates}");
    let done = "DTM*232*20261006~";
    let estimate = "CLP*A1*25*100*0**12*P1~CAS*CO*45*100~DTM*232*20270315~";
    for (paid_on, written_on, body, is_held) in [
        ("20261030", "20261028", paid(done), false),
        ("20261128", "20261028", paid(done), false),
        ("20261129", "20261028", paid(done), true),
        ("20621030", "20261028", paid(done), true),
        ("20251030", "20261028", paid(""), true),
        ("19000101", "20261028", paid(""), true),
        // Sent once more after some months; of years ago, and loaded today.
        ("20260106", "20261028", paid(""), false),
        ("20161030", "20161028", paid(""), false),
        ("20161030", "20261028", paid("DTM*232*20161006~"), false),
        // Both days slipped: the services tell.
        ("20251030", "20251028", paid(done), true),
        ("20260906", "20260906", paid(done), false),
        (
            "20251030",
            "20251028",
            paid(done) + "CLP*A2*4*9*0**12*P2~CAS*CO*50*9~DTM*232*20250901~",
            false,
        ),
        ("20261030", "20261028", estimate.to_owned(), false),
    ] {
        let amount = if body == estimate { "H*0*C*NON" } else { "I*60*C*CHK" };
        let text = whole(amount, &body)
            .replace("20261030~TRN", &format!("{paid_on}~TRN"))
            .replace("GATEWAY*20261028*", &format!("GATEWAY*{written_on}*"));
        let decision = decide_text(&text, &[known_claim(1)]).remove(0);
        let held = decision.change.work.iter().any(|item| item.what.contains("(BPR16)"));
        assert_eq!((held, decision.summary.is_posted), (is_held, !is_held), "{paid_on} {body}");
    }
}

/// V35: held; when a person lets it go on, all but what was said before is posted.
#[test]
fn a_plb_is_said_once_under_one_number() {
    let body = "PLB*1999001013*20261231*FB:P1*-110*CS:X*110~";
    let entry = |reference: &str, cents| ProviderEntry {
        payee: "1999001013".to_owned(),
        reason: "FB".to_owned(),
        reference: Phi::new(reference.to_owned()),
        amount: Money::from_cents(cents),
    };
    let before = [vec![entry("P2", 5)], vec![entry("P1", -11_000)]];
    let others = [vec![entry("P2", -11_000), entry("P1", 11_000)]];
    let passed_on = [vec![entry("P1", -11_000), entry("P1", 11_000)]];
    let taken_up = "PLB*1999001013*20261231*FB:P1*110*FB:P1*-110~";
    for (body, adjusted, is_let_go, posted) in [
        (body, before.as_slice(), false, None),
        (body, before.as_slice(), true, Some(-11_000)),
        (body, others.as_slice(), false, Some(0)),
        // The balance of one payment is passed on by the next under the same number.
        (body, passed_on.as_slice(), false, Some(0)),
        (taken_up, before.as_slice(), false, Some(0)),
    ] {
        read_remittances(&whole("H*0*C*NON", body), |remittance| {
            let incoming = Incoming { adjusted, is_let_go, ..incoming(remittance) };
            let decision = decide(remittance, &[], &incoming, &LIMITS, &stamp());
            assert_eq!(decision.summary.is_posted, posted.is_some());
            let waits = balances(postings(&decision)).get(&Account::Suspense).copied();
            assert_eq!(waits.unwrap_or_default(), posted.unwrap_or_default());
            let rows = decision.change.payments[0].provider_adjustments.len();
            assert_eq!(rows, posted.map_or(0, |waits| if waits == 0 { 2 } else { 1 }));
        });
    }
}
