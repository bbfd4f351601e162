//! A payer that decides anew what it had denied, and takes nothing back.

use super::*;

const DENIED: &str = "CLP*A1*1*100*0**12*P1~SVC*HC:99213*60*0~CAS*CO*16*60~REF*6R*A1-1~\
    SVC*HC:93000*40*0~CAS*PI*16*40~REF*6R*A1-2~";
const PAID: &str = "CLP*A1*1*100*70*10*12*P2~CAS*CO*45*20~CAS*PR*3*10~";

/// The day of October, BPR, and the CLP of a word on the claim.
pub(in crate::reconcile) type Told<'a> = (u8, &'a str, &'a str);

/// What was said, as the store keeps it.
pub(in crate::reconcile) fn said(all: &[Told<'_>]) -> KnownClaim {
    let mut claim = known_claim(1);
    for &(day, amount, body) in all {
        let decision = decide_one(amount, body, &[known_claim(1)]);
        let payment = &decision.change.payments[0];
        let (identity, paid_on) = (format!("of {day}"), Day::new(2026, 10, day));
        let lines = claim.lines.clone();
        let kept = |told| Said {
            identity: identity.clone(),
            paid_on,
            ..Said::of_claim((payment, told), &lines)
        };
        claim.earlier.extend(payment.claims.iter().map(kept));
    }
    claim
}

#[test]
fn a_denial_gives_way_to_what_is_decided_after_it() {
    let nothing = [0; 4];
    let back = DENIED.replace("*1*100*0*", "*22*-100*0*");
    let back = ["60", "40"].iter().fold(back, |text, amount| {
        text.replace(&format!("*{amount}*0"), &format!("*-{amount}*0"))
            .replace(&format!("16*{amount}"), &format!("16*-{amount}"))
    });
    let paid = (20, "I*70*C*CHK", PAID);
    let denied = (10, "H*0*C*NON", DENIED);
    let other = DENIED.replace("*16*", "*50*");
    // Before, then what comes on the 28th: receivable, contractual, other adjustments, patient.
    let cases: [(&[Told<'_>], &str, &str, [i64; 4]); 6] = [
        (&[], "H*0*C*NON", DENIED, [-10_000, 6000, 4000, 0]),
        // The denial gives way: with it the claim is settled once.
        (&[denied], "I*70*C*CHK", PAID, [0, -4000, -4000, 1000]),
        // So does it to another denial.
        (&[denied], "H*0*C*NON", &other, nothing),
        // What came late is posted and gives way at once.
        (&[(30, "I*70*C*CHK", PAID)], "H*0*C*NON", DENIED, nothing),
        // A reversal that comes after all finds the denial as it was.
        (&[denied, paid], "H*0*C*NON", &back, nothing),
        // What was denied after a payment takes nothing off; V34 tells.
        (&[paid], "H*0*C*NON", DENIED, nothing),
    ];
    for (before, amount, body, expected) in cases {
        let decision = decide_one(amount, body, &[said(before)]);
        let sums = balances(postings(&decision));
        let of = |account| sums.get(&account).copied().unwrap_or_default();
        let found = [
            of(Account::Receivable),
            of(Account::Contractual),
            of(Account::OtherAdjustment),
            of(Account::Patient),
        ];
        assert_eq!(found, expected, "{before:?}, then {body}: {:?}", postings(&decision));
        assert_eq!(sums.values().sum::<i64>(), 0);
    }
}

#[test]
fn parts_that_were_denied_stay_denied() {
    let part = "CLP*A1*1*60*0**12*P1~SVC*HC:99213*60*0~CAS*CO*16*60~REF*6R*A1-1~";
    let rest = "CLP*A1*1*40*30**12*P2~SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
    let decision = decide_one("I*30*C*CHK", rest, &[said(&[(10, "H*0*C*NON", part)])]);
    assert_eq!(balances(postings(&decision))[&Account::Contractual], 1000);
}
