//! What an office's row calls open, by its reason or by its remark, is owed; the decision that follows is no
//! second one.

use super::*;

#[test]
fn what_an_office_calls_open_is_owed_until_it_is_decided_on() {
    let row = |reason: Option<&str>, remark: Option<&str>| OfficeRow {
        reason: reason.map(str::to_owned),
        remark: remark.map(str::to_owned),
        class: Some(Class::Waiting),
        ..OfficeRow::default()
    };
    let body = "CLP*A1*1*100*50**12*P1~\
                SVC*HC:99213:25*60*50**1~CAS*CO*45*10~REF*6R*A1-1~\
                SVC*HC:93000*40*0**1~CAS*CO*252*40~REF*6R*A1-2~LQ*HE*N479~";
    let rest = "CLP*A1*1*40*30**12*P1~SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~";
    for rows in [vec![row(Some("252"), None)], vec![row(None, Some("N479"))]] {
        let table = Table::new(rows);
        let decide_by = |amount: &str, body: &str, known: KnownClaim| {
            let mut found = None;
            read_remittances(&whole(amount, body), |remittance| {
                let incoming = Incoming { denials: &table, ..incoming(remittance) };
                found = Some(decide(remittance, &[known.clone()], &incoming, &LIMITS, &stamp()));
            });
            found.expect("a remittance")
        };
        let first = decide_by("I*50*C*CHK", body, known_claim(1));
        assert_eq!(balances(postings(&first))[&Account::Receivable], -6_000);
        assert!(work(&first).is_empty(), "{:?}", first.change.work);
        let payment = &first.change.payments[0];
        assert!(payment.claims[0].adjustments.contains("pended line 2 CO-252 40.00"));
        let mut said = Said::of_claim((payment, &payment.claims[0]), &known_claim(1).lines);
        assert_eq!(said.decided(), Money::from_cents(6_000));
        said.is_posted = true;
        let known = KnownClaim { earlier: vec![said], ..in_state(1, State::Paid) };
        let then = decide_by("I*30*C*CHK", rest, known);
        assert!(work(&then).is_empty(), "{:?}", then.change.work);
        let both = balances(postings(&first).iter().chain(postings(&then)));
        assert_eq!(both[&Account::Receivable], -10_000);
    }
}
