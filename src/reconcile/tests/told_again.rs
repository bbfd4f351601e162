//! What is told again of a claim: of one line, of nothing, too often, and of what was voided.

use super::decided_anew::said;
use super::*;
use crate::reconcile::matching::Void;

const PAID: &str = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";
const LINE_2: &str = "CLP*A1*1*40*30**12*P1~SVC*HC:93000*40*30~CAS*CO*45*10~REF*6R*A1-2~";
const HALF_OF_LINE_2: &str = "CLP*A1*1*20*15**12*P1~SVC*HC:93000*20*15~CAS*CO*45*5~REF*6R*A1-2~";
const DEDUCTIBLE: &str = "CLP*A1*1*100*0*100*12*P1~CAS*PR*1*100~";

/// With what an item begins that comes of it, if one does.
#[test]
fn what_was_said_is_not_said_again() {
    let under_p7 = |body: &str| body.replace("*P1~", "*P7~");
    let cases: [(&str, &str, String, Option<&str>); 6] = [
        ("I*30*C*CHK", LINE_2, LINE_2.to_owned(), Some("V33")),
        // Parts of a line may be alike, and a line may be decided on under another number: of the other line
        // nothing is said.
        ("I*15*C*CHK", HALF_OF_LINE_2, HALF_OF_LINE_2.to_owned(), Some("V40")),
        ("I*30*C*CHK", LINE_2, under_p7(LINE_2), Some("V40")),
        // Nothing is paid, and so nothing comes with it.
        ("H*0*C*NON", DEDUCTIBLE, under_p7(DEDUCTIBLE), Some("V33")),
        ("I*60*C*CHK", PAID, PAID.to_owned(), Some("V33")),
        // Money that came is posted, and told.
        ("I*60*C*CHK", PAID, under_p7(PAID), Some("V34")),
    ];
    for (amount, before, body, expected) in cases {
        let decision = decide_one(amount, &body, &[said(&[(10, amount, before)])]);
        let rule_of = |item: &NewWork| item.what.get(..3).unwrap_or_default().to_owned();
        let items: Vec<String> = decision.change.work.iter().map(rule_of).collect();
        assert_eq!(items, expected.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{body}");
    }
}

/// However much was said since, a payment is not posted a second time.
#[test]
fn nothing_that_was_posted_is_forgotten() {
    let mut claim = said(&[(10, "I*60*C*CHK", PAID)]);
    let empty = claim.earlier[0].clone();
    let nothing = (1..150).map(|number| Said {
        identity: format!("nothing {number}"),
        payer_control_number: format!("E{number}"),
        charge: Money::ZERO,
        paid: Money::ZERO,
        adjustments: String::new(),
        ..empty.clone()
    });
    for (words, expected) in [(50, "V33: "), (150, "V38: ")] {
        claim.earlier.truncate(1);
        claim.earlier.extend(nothing.clone().take(words - 1));
        let decision = decide_one("I*60*C*CHK", PAID, std::slice::from_ref(&claim));
        let [item] = decision.change.work.as_slice() else { panic!("one item") };
        assert!(item.what.starts_with(expected), "{}", item.what);
        assert_eq!(balances(postings(&decision))[&Account::Suspense], -6000);
    }
}

#[test]
fn money_for_what_was_voided_is_told() {
    let void = |charged| {
        let charged = Money::from_cents(charged);
        Some(Void { claim: None, is_new_to_come: false, charged })
    };
    let closed = KnownClaim { void: void(0), ..in_state(1, State::Closed) };
    let asked = KnownClaim { void: void(10_000), ..in_state(1, State::Sent) };
    for (claim, is_told) in [(closed, true), (asked, false)] {
        let decision = decide_one("I*60*C*CHK", PAID, &[claim]);
        let told = decision.change.work.iter().any(|item| item.what.starts_with("V34: "));
        assert_eq!(told, is_told, "{:?}", decision.change.work);
    }
}

/// Denied, taken back and denied again on one day: one of the two stands, and somebody works on it.
#[test]
fn what_is_denied_again_has_an_item() {
    let denied = "CLP*A1*1*100*0**12*P1~CAS*CO*50*100~";
    let mut claim = said(&[(30, "H*0*C*NON", denied)]);
    let first = claim.earlier[0].clone();
    for identity in ["0", "a"] {
        let back = Said {
            identity: "taken back".to_owned(),
            charge: -first.charge,
            adjustments: "CO-50 -100.00".to_owned(),
            word: Word::Reversed,
            ..first.clone()
        };
        claim.earlier = vec![Said { identity: identity.to_owned(), ..first.clone() }, back];
        let decision = decide_one("H*0*C*NON", denied, std::slice::from_ref(&claim));
        assert_eq!(work(&decision), [(Category::Denied, Some(1))], "{identity}");
    }
}

/// What is no copy but a correction of the claim is answered all the same: somebody hears that it is not taken.
#[test]
fn a_correction_that_is_denied_as_a_copy_has_an_item() {
    let paid = KnownClaim { state: State::Paid, ..said(&[(10, "I*60*C*CHK", PAID)]) };
    let denied = |frequency: &str| {
        format!("CLP*A1*1*100*0**12*P2**{frequency}~CAS*OA*18*100~").replace("**~", "~")
    };
    let cases = [
        (State::Paid, "", false),
        (State::Paid, "1", false),
        (State::Paid, "7", true),
        (State::Paid, "8", true),
        (State::Sent, "", true),
    ];
    for (state, frequency, is_told) in cases {
        let claim = KnownClaim { state, ..paid.clone() };
        let decision = decide_one("H*0*C*NON", &denied(frequency), &[claim]);
        let [item] = decision.change.work.as_slice() else { panic!("one item") };
        let is_refused = item.what.starts_with("the replacement or the void is not taken: ");
        let is_over = !decision.change.case_ends.is_empty();
        assert_eq!((is_refused, is_over), (is_told, !is_told), "{state:?} {frequency}");
        // What was decided first stands.
        let owed = balances(postings(&decision)).get(&Account::Receivable).copied();
        assert_eq!(owed, None, "{state:?} {frequency}");
    }
}
