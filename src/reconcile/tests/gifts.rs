//! What a payer gives beside its claims.

use super::super::testing::{known_claim, read_remittances, whole};
use super::*;
use crate::denials::known::PlbRow;
use crate::denials::table::Table;

/// 60.00 is paid for a claim of 100.00; what the PLB gives, and what the only item says of it.
const ROWS: &[(&str, &str, Option<&str>)] = &[
    // A reason that no guide has; one of the guide's names itself.
    ("I*110*C*CHK", "ZZ:B1*-50", Some("no guide has that reason")),
    ("I*110*C*CHK", "99:A1*-50", Some("no guide has that reason")),
    ("I*110*C*CHK", "BN:B1*-50", None),
    ("I*60*C*CHK", "ZZ:B1*-50*ZZ:B1*50", None),
    // More interest than all that is paid for claims, in one or in several.
    ("I*120*C*CHK", "L3:B1*-60", None),
    ("I*120.01*C*CHK", "L3:B1*-60.01", Some("V46: PLB L3 gives interest of 60.01")),
    ("I*130*C*CHK", "L3:B1*-40*L3:B2*-30", Some("V46: PLB L3 gives interest of 70.00")),
    ("I*90*C*CHK", "L3:B1*-70*L3:B1*40", Some("the payer takes 40.00 with PLB L3")),
    // Ten times as much of anything else.
    ("I*660*C*CHK", "BN:B1*-600", None),
    ("I*660.01*C*CHK", "BN:B1*-600.01", Some("V46: PLB BN gives 600.01")),
    ("I*10000059*C*CHK", "LS:B1*-9999999", Some("V46: PLB LS gives 9999999.00")),
    ("I*60*C*CHK", "BN:B1*-9999999*BN:B1*9999999", None),
    // Pay by the head, and what is set aside or carried, is no gift.
    ("I*99059*C*CHK", "CT:NOV*-99999*CR:OCT*1000", Some("PLB CR")),
    ("I*100059*C*CHK", "CT:NOV*-99999", None),
    ("I*10060*C*CHK", "WO:A1*-10000", None),
    // Of one kind, added up.
    (
        "I*780*C*CHK",
        "BN:B1*-240*BN:B2*-240*BN:B3*-240",
        Some("V46: PLB BN gives 720.00 in 3 entries, and"),
    ),
    ("I*660*C*CHK", "BN:B1*-300*BN:B2*-300", None),
    ("I*1260*C*CHK", "BN:B1*-600*B2:B2*-600", None),
    ("I*660*C*CHK", "BN:B1*-900*BN:B2*300", Some("the payer takes 300.00 with PLB BN")),
    // Money under a reference that nobody knows.
    ("I*660*C*CHK", "WO:X1*-600", None),
    (
        "I*660.01*C*CHK",
        "WO:X1*-600.01",
        Some("V46: PLB WO gives 600.01 under a reference that nobody knows, and"),
    ),
    (
        "I*760*C*CHK",
        "FB:X1*-400*WO:X2*-300",
        Some("V46: PLB FB gives 700.00 in 2 entries under a reference"),
    ),
    ("I*660.01*C*CHK", "WO:P1*-600.01", None),
];

#[test]
fn money_that_nobody_can_mean_is_told() {
    for &(payment, plb, told) in ROWS {
        let body = format!("CLP*A1*1*100*60**12*P1~CAS*CO*45*40~PLB*1999001013*20261231*{plb}~");
        let decision = decide_one(payment, &body, &[known_claim(1)]);
        assert!(decision.summary.is_posted, "{plb}");
        let items: Vec<&str> = decision.change.work.iter().map(|item| item.what.as_str()).collect();
        let expected: Vec<&str> = told.into_iter().collect();
        let is_told = items.iter().zip(&expected).all(|(item, told)| item.contains(told));
        assert!(items.len() == expected.len() && is_told, "{plb}: {items:?}");
        let breaks = |rule: &str| {
            decision.change.payments[0].broken.iter().any(|broken| broken.rule == rule)
        };
        assert_eq!(breaks("V46"), told.is_some_and(|told| told.contains("V46")), "{plb}");
    }
}

/// The interest that its claims tell, and it is a hundred times what they are paid.
#[test]
fn interest_that_agrees_with_its_claims_may_still_be_too_much() {
    let body =
        "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~AMT*I*6000~PLB*1999001013*20261231*L6:A1*-6000~";
    let decision = decide_one("I*6060*C*CHK", body, &[known_claim(1)]);
    let item = &decision.change.work[0];
    assert!(item.what.starts_with("V46: PLB L6 gives interest of 6000.00"), "{}", item.what);
    assert_eq!((item.claim, item.amount), (Some(ClaimId(1)), Money::from_cents(600_000)));
}

#[test]
fn what_pays_no_claim_may_give_anything() {
    for (payment, body) in [
        ("I*99999*C*CHK", "PLB*1999001013*20261231*BN:B1*-99999~"),
        (
            "I*500*C*CHK",
            "CLP*A1*1*100*0*100*12*P1~CAS*PR*1*100~PLB*1999001013*20261231*BN:B1*-500~",
        ),
    ] {
        let decision = decide_one(payment, body, &[known_claim(1)]);
        assert_eq!(work(&decision), [], "{body}");
    }
}

#[test]
fn an_office_may_expect_a_gift() {
    let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~PLB*1999001013*20261231*BN:B1*-900~";
    for (amount_max, items) in [(90_000, 0), (89_999, 1)] {
        let row = PlbRow {
            payer: "acme".to_owned(),
            provider: None,
            reason: "BN".to_owned(),
            reference: None,
            amount_max: Money::from_cents(amount_max),
            until: Day::new(2027, 6, 30).expect("a day"),
            meaning: "bonus of the year".to_owned(),
            place: "denials.toml line 1".to_owned(),
        };
        let parts = "BN:B1*-300*BN:B2*-300*BN:B3*-300~";
        let in_parts = body.replace("BN:B1*-900~", parts);
        let table = Table::default().with_known(vec![PlbRow {
            amount_max: Money::from_cents(amount_max / 3),
            ..row.clone()
        }]);
        read_remittances(&whole("I*960*C*CHK", &in_parts), |remittance| {
            let incoming = Incoming { denials: &table, ..incoming(remittance) };
            let decision = decide(remittance, &[known_claim(1)], &incoming, &LIMITS, &stamp());
            assert_eq!(decision.change.work.len(), items, "{amount_max}, in parts");
        });
        let table = Table::default().with_known(vec![row]);
        read_remittances(&whole("I*960*C*CHK", body), |remittance| {
            let incoming = Incoming { denials: &table, ..incoming(remittance) };
            let decision = decide(remittance, &[known_claim(1)], &incoming, &LIMITS, &stamp());
            assert_eq!(decision.change.work.len(), items, "{amount_max}");
        });
    }
}
