//! What each payer says of a claim is weighed by itself, and a family of claims against its one charge.

use super::*;
use crate::change::cases::{CaseEnd, Ending, TOO_MUCH, Undecided};
use crate::change::{WorkId, WorkMove, WorkState};
use crate::reconcile::matching::{Family, Relative};

/// The first payer paid 60.00 of 100.00 and left 40.00; the second pays 30.00 of that.
const SECOND: &str = "CLP*A1*2*100*30*10*12*S1~CAS*OA*23*60~CAS*PR*2*10~";
const SECOND_BACK: &str = "CLP*A1*22*-100*-30*-10*12*S1~CAS*OA*23*-60~CAS*PR*2*-10~";

/// What was said, as the store keeps it.
fn said(body: &str, amount: &str) -> Vec<Said> {
    let claim = KnownClaim { payer: Some("first".to_owned()), ..known_claim(1) };
    said_of(&decide_one(amount, body, &[claim]))
}

fn said_of(decision: &Decision) -> Vec<Said> {
    let payment = &decision.change.payments[0];
    let identity = "earlier".to_owned();
    let earlier = |told| Said { identity: identity.clone(), ..Said::of(payment, told) };
    let before = |said: Said| Said { paid_on: Day::new(2026, 10, 20), ..said };
    payment.claims.iter().map(earlier).map(before).collect()
}

fn after_the_first(later: &[Said]) -> KnownClaim {
    let later = later.iter().map(|said| ("acme".to_owned(), said.clone())).collect();
    KnownClaim { payer: Some("first".to_owned()), later, ..in_state(1, State::Paid) }
}

#[test]
fn what_a_later_payer_says_twice_waits() {
    let once = said(SECOND, "I*30*C*CHK");
    let twice = SECOND.repeat(2);
    for (body, amount, claim) in [
        (SECOND, "I*30*C*CHK", after_the_first(&once)),
        (twice.as_str(), "I*60*C*CHK", after_the_first(&[])),
    ] {
        let decision = decide_one(amount, body, &[claim]);
        assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
        let item = &decision.change.work[0];
        assert!(item.what.starts_with("V33: ") && item.remitted.is_some(), "{}", item.what);
        assert_eq!(balances(postings(&decision))[&Account::Suspense], -3000);
        assert!(moves(&decision).is_empty());
    }
    // What another payer said is its own affair.
    let mut other = after_the_first(&once);
    other.later[0].0 = "third".to_owned();
    other.earlier = once;
    // The first left 10.00, and each of the two pays 30.00: the third has 20.00 of it told already.
    let decision = decide_one("I*30*C*CHK", SECOND, &[other]);
    assert_eq!(work(&decision), [(Category::Overpaid, Some(1)); 2]);
    let told: Vec<i64> = decision.change.work.iter().map(|item| item.amount.cents()).collect();
    assert_eq!(told, [2_000, 1_000]);
}

#[test]
fn a_later_payer_takes_back_what_it_said_and_nothing_else() {
    let carried = |body: &str| format!("{body}PLB*1999001013*20261231*FB:C1*-30~");
    let once = said(SECOND, "I*30*C*CHK");
    let known = after_the_first(&once);
    let met = decide_one("H*0*C*NON", &carried(SECOND_BACK), std::slice::from_ref(&known));
    assert!(work(&met).is_empty(), "{:?}", met.change.work);
    assert_eq!(balances(postings(&met))[&Account::Patient], 3000);

    // Nobody knows yet that it pays the claim.
    let unknown = decide_one("H*0*C*NON", &carried(SECOND_BACK), &[after_the_first(&[])]);
    assert_eq!(work(&unknown), [(Category::Unmatched, None)]);
    let other = said("CLP*A1*2*100*25*15*12*S1~CAS*OA*23*60~CAS*PR*2*15~", "I*25*C*CHK");
    let unmet = decide_one("H*0*C*NON", &carried(SECOND_BACK), &[after_the_first(&other)]);
    assert!(unmet.change.work[0].what.starts_with("V16"), "{}", unmet.change.work[0].what);
    assert_eq!(balances(postings(&unmet))[&Account::Suspense], 3000);

    // It came first, and is posted once the payment comes.
    let waiting = once.iter().map(|paid| Said {
        is_posted: false,
        paid_on: Day::new(2026, 10, 31),
        charge: -paid.charge,
        paid: -paid.paid,
        adjustments: "OA-23 -60.00, PR-2 -10.00".to_owned(),
        word: Word::Reversed,
        ..paid.clone()
    });
    let waiting: Vec<Said> = waiting.collect();
    let paid = decide_one("I*30*C*CHK", SECOND, &[after_the_first(&waiting)]);
    let [unblocked] = paid.unblocked.as_slice() else { panic!("one waits no longer") };
    assert_eq!(unblocked.identity, "earlier");
    assert_eq!(unblocked.claim.later.len(), 2);
    assert!(work(&paid).is_empty());
}

#[test]
fn more_than_the_charge_by_a_later_payer_is_a_case() {
    let known = after_the_first(&said(SECOND, "I*30*C*CHK"));
    let anew = "CLP*A1*2*100*35*5*12*S2~CAS*OA*23*60~CAS*PR*2*5~";
    let decision = decide_one("I*35*C*CHK", anew, &[known]);
    assert_eq!(work(&decision), [(Category::Overpaid, Some(1))]);
    assert!(decision.change.work[0].what.starts_with("V34: "));
    assert_eq!(balances(postings(&decision))[&Account::Cash], 3500);
}

/// The first payer denied it as the next one's to pay, and that one says that all was settled before it.
#[test]
fn what_nobody_pays_of_a_claim_is_told() {
    let denied = said("CLP*A1*1*100*0**12*P1~CAS*OA*209*100~", "H*0*C*NON");
    let in_part =
        said("CLP*A1*1*100*30*10*12*P1~CAS*CO*45*20~CAS*PR*2*10~CAS*OA*209*40~", "I*30*C*CHK");
    let contract = said("CLP*A1*1*100*0**12*P1~CAS*CO*45*60~CAS*CO*50*40~", "H*0*C*NON");
    let told = |amount: i64| vec![(Category::Underpaid, amount)];
    for (earlier, paid, adjustments, expected) in [
        (&denied, 0, "OA*23*100", told(10_000)),
        (&denied, 0, "OA*23*70**45*30", told(7_000)),
        (&denied, 80, "OA*23*20", told(2_000)),
        (&denied, 80, "CO*45*20", vec![]),
        (&in_part, 0, "OA*23*90~CAS*PR*2*10", told(4_000)),
        (&in_part, 40, "OA*23*50~CAS*PR*2*10", vec![]),
        (&in_part, 10, "OA*23*50~CAS*CO*45*30~CAS*PR*2*10", vec![]),
        (&contract, 0, "OA*23*100", vec![]),
    ] {
        let claim = KnownClaim { earlier: earlier.clone(), ..after_the_first(&[]) };
        let payment = if paid == 0 { "H*0*C*NON".to_owned() } else { format!("I*{paid}*C*CHK") };
        let body = format!("CLP*A1*2*100*{paid}**12*S1~CAS*{adjustments}~");
        let decision = decide_one(&payment, &body, &[claim]);
        let found = decision.change.work.iter().filter(|item| item.category == Category::Underpaid);
        let found: Vec<(Category, i64)> =
            found.map(|item| (item.category, item.amount.cents())).collect();
        assert_eq!(found, expected, "{body}: {:?}", decision.change.work);
    }
}

/// A claim that was paid 60.00, and its replacement of the same charge.
fn family(of_first: Vec<Said>, of_second: Vec<Said>) -> [KnownClaim; 2] {
    let with = |other: i64, said: &[Said]| {
        let said = said.to_vec();
        let payer = Some("acme".to_owned());
        let other = Relative { id: ClaimId(other), payer, said, undecided: Vec::new() };
        Some(Family { charge: Money::from_cents(10_000), others: vec![other] })
    };
    [
        KnownClaim {
            is_replaced: true,
            payer_control_numbers: vec!["P1".to_owned()],
            family: with(2, &of_second),
            earlier: of_first.clone(),
            ..in_state(1, State::Paid)
        },
        KnownClaim {
            account: ClaimId(1),
            frequency: "7".to_owned(),
            original_number: "P1".to_owned(),
            patient_control_number: Phi::new("A1".to_owned()),
            family: with(1, &of_first),
            earlier: of_second,
            ..in_state(2, State::Sent)
        },
    ]
}

const FIRST_BACK: &str = "CLP*A1*22*-100*-60**12*P1**1~CAS*CO*45*-40~";

#[test]
fn a_family_is_paid_once_and_up_to_its_charge() {
    let paid = || said_by(PAID_60);
    // The same for the replacement: it waits. Another decision: more than the charge.
    let same = PAID_60.replace("**12*P1~", "**12*P1**7~");
    let decision = decide_one("I*60*C*CHK", &same, &family(paid(), Vec::new()));
    assert_eq!(work(&decision), [(Category::Unexplained, Some(2))]);
    assert!(decision.change.work[0].what.starts_with("V33: "));
    assert_eq!(balances(postings(&decision))[&Account::Suspense], -6000);

    let anew = "CLP*A1*1*100*70**12*P2**7~CAS*CO*45*30~";
    let decision = decide_one("I*70*C*CHK", anew, &family(paid(), Vec::new()));
    assert_eq!(work(&decision), [(Category::Overpaid, Some(2))]);
    let item = &decision.change.work[0];
    assert!(item.what.contains("200.00 is decided on, and 100.00 was charged"), "{}", item.what);

    // With the first taken back beside it both go on.
    for body in [format!("{FIRST_BACK}{anew}"), format!("{anew}{FIRST_BACK}")] {
        let decision = decide_one("I*10*C*CHK", &body, &family(paid(), Vec::new()));
        assert!(work(&decision).is_empty(), "{:?}", work(&decision));
        assert_eq!(balances(postings(&decision)).get(&Account::Suspense), None);
    }
}

/// The first is paid and taken back in one file, and its replacement denied: the denial gives way to the payment
/// until the reversal is posted, which comes after this.
#[test]
fn a_denial_beside_what_is_taken_back_in_its_file_is_taken_off_once() {
    let paid = "CLP*A1*1*100*45**12*P1**1~CAS*CO*45*55~";
    let back = "CLP*A1*22*-100*-45**12*P1**1~CAS*CO*45*-55~";
    let denied = "CLP*A1*1*100*0**12*P2**7~CAS*OA*109*100~";
    for body in [format!("{paid}{back}{denied}"), format!("{denied}{paid}{back}")] {
        let decision = decide_one("H*0*C*NON", &body, &family(Vec::new(), Vec::new()));
        assert_eq!(decision.unblocked.len(), 1, "{:?}", decision.change.work);
        let sums = balances(postings(&decision));
        let off = sums.get(&Account::OtherAdjustment).copied().unwrap_or_default();
        assert_eq!((sums[&Account::Receivable], off), (-10_000, 0), "{body}");
    }
}

#[test]
fn what_waits_of_a_replacement_is_free_once_the_first_is_taken_back() {
    let second = |said: Said| Said { is_posted: false, identity: "second".to_owned(), ..said };
    let waiting: Vec<Said> = said_by(PAID_60).into_iter().map(second).collect();
    let known = family(said_by(PAID_60), waiting);
    let body = format!("{FIRST_BACK}PLB*1999001013*20261231*FB:C1*-60~");
    let decision = decide_one("H*0*C*NON", &body, &known);
    let [unblocked] = decision.unblocked.as_slice() else { panic!("one waits no longer") };
    assert_eq!((unblocked.claim.id, unblocked.identity.as_str()), (ClaimId(2), "second"));
    assert!(!unblocked.claim.earlier[0].is_posted);
    assert_eq!(unblocked.claim.family.as_ref().map(|family| family.others[0].said.len()), Some(2));
}

/// The office's own replacement is paid, or denied as well: how the work on the first denial ended.
#[test]
fn what_is_decided_on_a_replacement_ends_the_work_on_what_was_denied_before() {
    let denied = Said {
        paid: Money::ZERO,
        adjustments: "CO-16 100.00".to_owned(),
        word: Word::Denied,
        paid_on: Day::new(2026, 10, 20),
        ..said_by(PAID_60).remove(0)
    };
    let case = Undecided {
        category: Category::Denied,
        rule: String::new(),
        amount: Money::from_cents(10_000),
        arrival: Some(denied.arrival),
        remitted: Some(denied.offset),
        ..too_much()
    };
    let back = "CLP*A1*22*-100*0**12*P1**1~CAS*CO*16*-100~";
    let again = "CLP*A1*4*100*0**12*P2**7~CAS*CO*16*100~";
    let paid = "CLP*A1*1*100*70**12*P2**7~CAS*CO*45*30~";
    for (body, amount, ending, cents) in [
        (paid.to_owned(), "I*70*C*CHK", Ending::Corrected, 7_000),
        (format!("{back}{paid}"), "I*70*C*CHK", Ending::Corrected, 7_000),
        (format!("{back}{again}"), "H*0*C*NON", Ending::DeniedAgain, 0),
    ] {
        let mut known = family(vec![denied.clone()], Vec::new());
        known[0].undecided = vec![case.clone()];
        known[0].state = State::Denied;
        let others = known[1].family.as_mut().map(|family| &mut family.others);
        others.expect("a family")[0].undecided = vec![case.clone()];
        known[1].payer = Some("acme".to_owned());
        let ends = decide_one(amount, &body, &known).change.case_ends;
        let recovered = Money::from_cents(cents);
        assert_eq!(ends, [CaseEnd { work: case.work, ending, recovered }], "{body}");
    }
}

/// An open item of V34 of a claim.
fn too_much() -> Undecided {
    Undecided {
        work: WorkId(9),
        category: Category::Overpaid,
        rule: TOO_MUCH.to_owned(),
        state: WorkState::Open,
        owner: String::new(),
        amount: Money::from_cents(7_000),
        arrival: Some(ArrivalId(3)),
        remitted: None,
        was_appealed: false,
        ending: None,
    }
}

#[test]
fn an_item_of_too_much_closes_once_what_was_too_much_is_taken_back() {
    let anew = Said {
        identity: "second".to_owned(),
        payer_control_number: "P2".to_owned(),
        paid: Money::from_cents(7_000),
        adjustments: "CO-45 30.00".to_owned(),
        ..said_by(PAID_60).remove(0)
    };
    let body = format!("{FIRST_BACK}PLB*1999001013*20261231*FB:C1*-60~");
    let closed = |known: &[KnownClaim]| -> Vec<WorkId> {
        let decision = decide_one("H*0*C*NON", &body, known);
        let closes = |step: &&WorkMove| step.to == WorkState::Resolved;
        decision.change.work_moves.iter().filter(closes).map(|step| step.work).collect()
    };
    let earlier = [said_by(PAID_60), vec![anew.clone()]].concat();
    let alone = KnownClaim { earlier, undecided: vec![too_much()], ..in_state(1, State::Paid) };
    assert_eq!(closed(std::slice::from_ref(&alone)), [WorkId(9)]);
    // A third decision stands beside it.
    let third = Said { identity: "third".to_owned(), ..anew.clone() };
    let earlier = [alone.earlier.clone(), vec![third]].concat();
    assert!(closed(&[KnownClaim { earlier, ..alone.clone() }]).is_empty());
    // What a later payer decided twice has an item of its own.
    let later = Said { arrival: ArrivalId(3), ..said(SECOND, "I*30*C*CHK").remove(0) };
    let other = Said { payer_control_number: "S2".to_owned(), offset: 1, ..later.clone() };
    let later = vec![("acme".to_owned(), later), ("acme".to_owned(), other)];
    let by_both = KnownClaim { later, ..alone };
    assert!(closed(&[by_both]).is_empty());

    // Of a replacement the first claim's reversal closes it, unless that was decided on twice itself.
    let twice = vec![anew.clone(), Said { identity: "third".to_owned(), ..anew.clone() }];
    for (of_second, closes) in [(vec![anew], vec![WorkId(9)]), (twice, Vec::new())] {
        let [mut first, second] = family(said_by(PAID_60), of_second);
        let others = first.family.iter_mut().flat_map(|family| &mut family.others);
        others.for_each(|other| other.undecided = vec![too_much()]);
        let second = KnownClaim { undecided: vec![too_much()], ..second };
        assert_eq!(closed(&[first, second]), closes);
    }
}

#[test]
fn an_item_of_too_much_says_by_which_rule_it_is_found_again() {
    let paid = KnownClaim { earlier: said_by(PAID_60), ..in_state(1, State::Paid) };
    let decision = decide_one("I*70*C*CHK", "CLP*A1*1*100*70**12*P2~CAS*CO*45*30~", &[paid]);
    assert_eq!(decision.change.work[0].alike.rule, TOO_MUCH);
}

#[test]
fn names_the_accounts_that_it_was_decided_on() {
    let others = [in_state(1, State::Accepted), in_state(2, State::Accepted)];
    let decision = decide_one("I*70*C*CHK", "CLP*A1*1*100*70**12*P2~CAS*CO*45*30~", &others);
    assert_eq!(decision.change.read, [(ClaimId(1), 7)]);
    let unmatched = "CLP*NOBODY*1*100*70**12*P2~CAS*CO*45*30~";
    assert!(decide_one("I*70*C*CHK", unmatched, &others).change.read.is_empty());
}

/// An office bills a payer as the second by itself: what that takes for settled before it is told by the claim.
#[test]
fn what_was_settled_before_is_asked_of_nobody_where_the_claim_names_the_payer_before() {
    let body = "CLP*A1*2*100*10**12*P1~CAS*OA*23*60~CAS*CO*45*30~";
    for (payers_before, told) in [(vec!["BETA1".to_owned()], 0), (Vec::new(), 1)] {
        let known = KnownClaim { payers_before, ..known_claim(1) };
        let decision = decide_one("I*10*C*CHK", body, &[known]);
        let items = &decision.change.work;
        assert_eq!(items.len(), told, "{items:?}");
        assert!(items.iter().all(|item| item.amount == Money::from_cents(6_000)), "{items:?}");
    }
}

/// Of a line that is paid for others it is told what was settled of all of them: a payer that decides on the lines once
/// more as they are decides twice, in one CLP or in one for each line.
#[test]
fn what_was_settled_of_lines_that_are_rolled_up_is_told_of_all_of_them() {
    let first = "CLP*A1*1*100*68*17*12*P1~SVC*HC:99213*60*40.8~CAS*CO*45*9~CAS*PR*2*10.2~REF*6R*A1-1~\
                 SVC*HC:93000*40*27.2~CAS*CO*45*6~CAS*PR*2*6.8~REF*6R*A1-2~";
    let decision = decide_one("I*68*C*CHK", first, &[known_claim(1)]);
    let earlier = said_of(&decision);
    let mut claim =
        KnownClaim { payer: Some("first".to_owned()), earlier, ..in_state(1, State::Paid) };
    claim.books.untouched = Some(Money::from_cents(10_000));
    claim.books.add_stored(postings(&decision));
    let whole = "CLP*A1*2*100*17*0*12*S1~SVC*HC:99213*60*10.2~CAS*OA*23*49.8~REF*6R*A1-1~\
                 SVC*HC:93000*40*6.8~CAS*OA*23*33.2~REF*6R*A1-2~";
    let one = "CLP*A1*2*100*4*13*12*S2~";
    let top = "SVC*HC:80050*60*4**1*HC:99213~CAS*OA*23*83**94*-40~CAS*PR*2*13~REF*6R*A1-1~";
    let other = "SVC*HC:80050*40*0**0*HC:93000~CAS*CO*97*40~REF*6R*A1-2~";
    let [of_top, of_other] = ["CLP*A1*2*60*4*13*12*S2~", "CLP*A1*2*40*0**12*S3~"];
    let parts = format!("{of_top}{top}{of_other}{other}");
    for bundle in [format!("{one}{top}{other}"), parts] {
        let alone = decide_one("I*4*C*CHK", &bundle, std::slice::from_ref(&claim));
        assert!(work(&alone).is_empty(), "{:?}", alone.change.work);
        for both in [format!("{whole}{bundle}"), format!("{bundle}{whole}")] {
            let decision = decide_one("I*21*C*CHK", &both, std::slice::from_ref(&claim));
            let items = decision.change.work.iter();
            let told: Vec<(&str, Money)> =
                items.map(|item| (item.alike.rule.as_str(), item.amount)).collect();
            assert_eq!(told, [(TOO_MUCH, Money::from_cents(400))], "{both}");
        }
    }
}
