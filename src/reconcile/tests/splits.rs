//! Claims of which a payer decides in several CLPs that each tell all of it, and what it decides twice.

use super::decided_anew::said;
use super::*;

/// Line 1 is paid, and line 2 said to be paid elsewhere; the other way round.
fn part(number: u8, code: &str) -> String {
    let (paid, first, second) = match number {
        1 => (50, ("50", "CO*45*10".to_owned()), ("0", format!("OA*{code}*40"))),
        _ => (30, ("0", format!("OA*{code}*60")), ("30", "CO*45*10".to_owned())),
    };
    format!(
        "CLP*A1*1*100*{paid}**12*P{number}~SVC*HC:99213*60*{}~CAS*{}~REF*6R*A1-1~\
         SVC*HC:93000*40*{}~CAS*{}~REF*6R*A1-2~",
        first.0, first.1, second.0, second.1
    )
}

#[test]
fn parts_that_each_tell_the_whole_charge_are_posted_once_and_denied_nowhere() {
    for code in ["B13", "94", "23", "18"] {
        for order in [[1, 2], [2, 1]] {
            let body = order.map(|number| part(number, code)).concat();
            let decision = decide_one("I*80*C*CHK", &body, &[known_claim(1)]);
            assert!(work(&decision).is_empty(), "{code}: {:?}", decision.change.work);
            assert!(decision.change.payments[0].broken.iter().all(|one| one.rule != "V34"));
            let sums = balances(postings(&decision));
            let of = |account| sums.get(&account).copied().unwrap_or_default();
            let found = [Account::Cash, Account::Contractual, Account::OtherAdjustment].map(of);
            assert_eq!(found, [8_000, 2_000, 0], "{code}");
            assert_eq!(of(Account::Receivable), -10_000, "{code}");
        }
        // In two files.
        let before = said(&[(10, "I*50*C*CHK", &part(1, code))]);
        let decision = decide_one("I*30*C*CHK", &part(2, code), &[before]);
        let sums = balances(postings(&decision));
        assert_eq!(sums.get(&Account::Receivable), None, "{code}: {sums:?}");
        assert!(decision.change.payments[0].broken.iter().all(|one| one.rule != "V34"));
    }
    // What nobody decides on is told.
    for (code, rule) in [("94", "V40"), ("23", "V40"), ("B13", "dup")] {
        let decision = decide_one("I*50*C*CHK", &part(1, code), &[known_claim(1)]);
        let [item] = decision.change.work.as_slice() else { panic!("{:?}", decision.change.work) };
        assert_eq!(item.amount, Money::from_cents(4_000), "{code}");
        assert!(item.what.starts_with(rule), "{}", item.what);
    }
}

/// Of a copy of the whole claim its denial is told, and what is added to a line is paid.
#[test]
fn a_second_copy_and_what_is_added_to_a_line_are_no_parts() {
    let copy = "CLP*A1*1*100*0**12*P2~SVC*HC:99213*60*0~CAS*CO*18*60~REF*6R*A1-1~\
                SVC*HC:93000*40*0~CAS*CO*18*40~REF*6R*A1-2~";
    let paid = "CLP*A1*1*100*70**12*P1~SVC*HC:99213*60*40~CAS*CO*45*20~REF*6R*A1-1~\
                SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
    let decision = decide_one("I*70*C*CHK", &format!("{paid}{copy}"), &[known_claim(1)]);
    assert_eq!(work(&decision), [(Category::Denied, Some(1))]);
    let above = "CLP*A1*1*100*130**12*P1~SVC*HC:99213*60*90~CAS*OA*94*-30~REF*6R*A1-1~\
                 SVC*HC:93000*40*40~REF*6R*A1-2~";
    let decision = decide_one("I*130*C*CHK", above, &[known_claim(1)]);
    assert_eq!(balances(postings(&decision))[&Account::OtherAdjustment], -3_000);
    assert!(work(&decision).is_empty());
}

#[test]
fn what_is_paid_twice_takes_off_once() {
    let first = "CLP*A1*1*100*60*10*12*P1~CAS*CO*45*30~CAS*PR*3*10~";
    let by_lines = "CLP*A1*1*100*60*10*12*P1~SVC*HC:99213*60*30~CAS*CO*45*20~CAS*PR*3*10~REF*6R*A1-1~\
                    SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
    let again = |body: &str| body.replace("*P1~", "*P2~");
    for body in [first, by_lines] {
        let paid = (10, "I*60*C*CHK", body);
        let copy = again(body);
        let decision = decide_one("I*60*C*CHK", &copy, &[said(&[paid])]);
        assert_eq!(work(&decision), [(Category::Overpaid, Some(1))]);
        assert_eq!(decision.change.work[0].amount, Money::from_cents(6_000));
        let expected = BTreeMap::from([(Account::Cash, 6_000), (Account::Receivable, -6_000)]);
        assert_eq!(balances(postings(&decision)), expected, "{body}");
        // Whichever came first.
        let later = (28, "I*60*C*CHK", copy.as_str());
        let decision = decide_one("I*60*C*CHK", body, &[said(&[later])]);
        assert_eq!(balances(postings(&decision)), expected, "{body}");
    }
    let back = "CLP*A1*22*-100*-60*-10*12*P1~CAS*CO*45*-30~CAS*PR*3*-10~\
                PLB*1999001013*20261231*FB:X*-60~";
    let copy = again(first);
    for taken_back in [back.to_owned(), again(back)] {
        let both = [(10, "I*60*C*CHK", first), (12, "I*60*C*CHK", copy.as_str())];
        let decision = decide_one("H*0*C*NON", &taken_back, &[said(&both)]);
        let sums = balances(postings(&decision));
        assert_eq!(sums.get(&Account::Receivable), Some(&6_000), "{sums:?}");
        assert_eq!(sums.get(&Account::Contractual), None);
        assert_eq!(sums.get(&Account::Patient), None);
    }
}
