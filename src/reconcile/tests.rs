//! Remittances from their text to the change: stories, and what must hold of all of them.

pub(super) mod decided_anew;
mod each_payer;
mod gifts;
mod odd_amounts;
mod paid_elsewhere;
mod pended;
mod random;
mod splits;
mod sums;
mod taken_back;
mod told_again;

use std::collections::BTreeMap;

use x12::fault::Place;
use x12::value::Day;

use super::rfi::said_by;
use super::standing::Said;
use super::testing::{corpus_files, known_claim, read_remittances, whole};
use super::turns::Turns;
use super::*;
use crate::change::cases::ESTIMATED;
use crate::change::{ClaimId, Moment, NewPayment, NewWork, Word};
use crate::denials::Category;
use crate::denials::table::BUILT_IN;
use crate::ledger::{self, Account, Posting};
use crate::lifecycle::{Event, State};

pub(super) const LIMITS: Limits =
    Limits { corrected_days: 90, appeal_days: 180, filing_days: 365, overpayment_days: 0 };

pub(super) fn stamp() -> Stamp {
    Stamp {
        now: Moment(0),
        today: Day::new(2026, 11, 1).expect("a day of the calendar"),
        time: "0930".to_owned(),
    }
}

pub(super) fn incoming(remittance: &Remittance<'_>) -> Incoming<'static> {
    let identity = identity(remittance, &ContentHash("c0ffee".to_owned()));
    Incoming::to_ours(("acme", ArrivalId(1), identity), Phi::new("835.x12"), &BUILT_IN)
}

pub(super) fn decide_text(text: &str, known: &[KnownClaim]) -> Vec<Decision> {
    let mut decisions = Vec::new();
    read_remittances(text, |remittance| {
        decisions.push(decide(remittance, known, &incoming(remittance), &LIMITS, &stamp()));
    });
    decisions
}

pub(super) fn decide_known((payment, body): (&str, &str), known: &[KnownClaim]) -> Decision {
    decide_one(payment, body, known)
}

fn decide_one(payment: &str, body: &str, known: &[KnownClaim]) -> Decision {
    let mut decisions = decide_text(&whole(payment, body), known);
    assert_eq!(decisions.len(), 1, "one remittance");
    decisions.remove(0)
}

fn postings(decision: &Decision) -> &[Posting] {
    &decision.change.payments[0].postings
}

/// What accounts come to, in cents; those that come to nothing are left out.
pub(super) fn balances<'p>(
    postings: impl IntoIterator<Item = &'p Posting>,
) -> BTreeMap<Account, i64> {
    let mut sums = BTreeMap::new();
    for posting in postings {
        *sums.entry(posting.account).or_insert(0) += posting.amount.cents();
    }
    sums.retain(|_, cents| *cents != 0);
    sums
}

fn moves(decision: &Decision) -> Vec<(i64, Event, State, State)> {
    let moves = &decision.change.moves;
    moves.iter().map(|made| (made.claim.0, made.event, made.from, made.to)).collect()
}

pub(super) fn work(decision: &Decision) -> Vec<(Category, Option<i64>)> {
    let told = |work: &NewWork| (work.category, work.claim.map(|claim| claim.0));
    decision.change.work.iter().map(told).collect()
}

pub(super) fn in_state(id: i64, state: State) -> KnownClaim {
    KnownClaim { state, ..known_claim(id) }
}

#[test]
fn pays_a_claim_line_by_line() {
    let body = "CLP*A1*1*100*70*10*12*P1~\
                SVC*HC:99213:25*60*40**1~CAS*CO*45*10~CAS*PR*3*10~REF*6R*A1-1~\
                SVC*HC:93000*40*30**1~CAS*CO*45*10~REF*6R*A1-2~";
    let decision = decide_one("I*70*C*CHK", body, &[known_claim(1)]);
    assert_eq!(moves(&decision), [(1, Event::Paid, State::Accepted, State::Paid)]);
    assert!(decision.change.work.is_empty());
    assert_eq!(decision.change.payer_numbers, [(ClaimId(1), "P1".to_owned())]);
    let expected = [
        (Account::Receivable, -10_000),
        (Account::Cash, 7000),
        (Account::Contractual, 2000),
        (Account::Patient, 1000),
    ];
    assert_eq!(balances(postings(&decision)), BTreeMap::from(expected));
    let of_line_2 = postings(&decision).iter().filter(|posting| posting.line == "2");
    assert_eq!(balances(of_line_2)[&Account::Receivable], -4000);
    let payment = &decision.change.payments[0];
    assert!(payment.is_balanced);
    let told = "line 1 CO-45 10.00, line 1 PR-3 10.00, line 2 CO-45 10.00";
    assert_eq!(payment.claims[0].adjustments, told);
    assert_eq!(payment.claims[0].matched_by, "CLM01");
}

#[test]
fn notes_that_a_payer_passed_the_claim_on() {
    let body = "CLP*A1*19*100*60**12*P1~CAS*CO*45*40~";
    let decision = decide_one("I*60*C*CHK", body, &[known_claim(1)]);
    let note = &decision.change.moves[0].note;
    assert_eq!(note, "835 claim 1: 60.00 of 100.00 paid; passed on to another payer");
}

/// A reason that is plain pricing, or the patient's share, leaves nobody with work, whichever it is.
#[test]
fn what_is_plain_pricing_or_the_patients_share_is_paid() {
    for (code, account) in [
        ("CO*P12", Account::Contractual),
        ("CO*118", Account::Contractual),
        ("CO*161", Account::Contractual),
        ("CO*235", Account::Contractual),
        ("CO*102", Account::Contractual),
        ("OA*187", Account::OtherAdjustment),
        ("PR*66", Account::Patient),
        ("PR*122", Account::Patient),
        ("PR*247", Account::Patient),
    ] {
        let share = if account == Account::Patient { "40" } else { "" };
        let body = format!(
            "CLP*A1*1*100*60*{share}*12*P1~SVC*HC:99213:25*60*30**1~CAS*{code}*30~REF*6R*A1-1~\
             SVC*HC:93000*40*30**1~CAS*{code}*10~REF*6R*A1-2~"
        );
        let decision = decide_one("I*60*C*CHK", &body, &[known_claim(1)]);
        assert_eq!(moves(&decision), [(1, Event::Paid, State::Accepted, State::Paid)], "{code}");
        assert!(decision.change.work.is_empty(), "{code}: {:?}", decision.change.work);
        assert!(decision.change.payments[0].broken.is_empty(), "{code}");
        assert_eq!(balances(postings(&decision))[&account], 4000, "{code}");
    }
}

#[test]
fn denies_a_claim_when_one_line_is_denied() {
    let body = "CLP*A1*1*100*50**12*P1~\
                SVC*HC:99213:25*60*50**1~CAS*CO*45*10~\
                SVC*HC:93000*40*0**1~CAS*CO*50*40~LQ*HE*N115~";
    let decision = decide_one("I*50*C*CHK", body, &[known_claim(1)]);
    assert_eq!(moves(&decision), [(1, Event::Denied, State::Accepted, State::Denied)]);
    assert_eq!(work(&decision), [(Category::Denied, Some(1))]);
    let item = &decision.change.work[0];
    assert_eq!(item.amount, Money::from_cents(4000));
    assert!(item.what.contains("of line 2 denied with CO-50"), "{}", item.what);
    assert_eq!(item.deadline, Day::new(2027, 1, 4));
}

#[test]
fn takes_back_before_it_corrects_whatever_the_order_in_the_file() {
    let reversal = "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~";
    let correction = "CLP*A1*1*100*80**12*P1~CAS*CO*45*20~";
    for body in [format!("{reversal}{correction}"), format!("{correction}{reversal}")] {
        let earlier = said_by("CLP*A1*1*100*60**12*P1~CAS*CO*45*40~");
        let known = KnownClaim { earlier, ..in_state(1, State::Paid) };
        let decision = decide_one("I*20*C*CHK", &body, &[known]);
        let expected = [
            (1, Event::Reversed, State::Paid, State::Accepted),
            (1, Event::Paid, State::Accepted, State::Paid),
        ];
        assert_eq!(moves(&decision), expected);
        assert!(decision.change.work.is_empty());
    }
}

const PAID_60: &str = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";

/// The same under another number, twice in one remittance, and beside a claim that is new.
#[test]
fn what_is_said_twice_waits_and_its_neighbours_go_on() {
    let paid = KnownClaim { earlier: said_by(PAID_60), ..in_state(1, State::Paid) };
    let twice = format!("{PAID_60}{PAID_60}");
    let beside = format!("{PAID_60}CLP*A2*1*100*60**12*P2~CAS*CO*45*40~");
    for (payment, body, claim, moved) in [
        ("I*60*C*CHK", PAID_60, &paid, None),
        ("I*120*C*CHK", twice.as_str(), &known_claim(1), Some(1)),
        ("I*120*C*CHK", beside.as_str(), &paid, Some(2)),
    ] {
        let decision = decide_one(payment, body, &[claim.clone(), known_claim(2)]);
        let moved: Vec<_> =
            moved.into_iter().map(|id| (id, Event::Paid, State::Accepted, State::Paid)).collect();
        assert_eq!(moves(&decision), moved, "{body}");
        assert_eq!(work(&decision), [(Category::Unexplained, Some(1))], "{body}");
        assert!(decision.change.work[0].what.starts_with("V33: "), "{body}");
        assert!(decision.change.work[0].remitted.is_some(), "{body}");
        assert_eq!(balances(postings(&decision))[&Account::Suspense], -6000, "{body}");
        let told = &decision.change.payments[0].claims;
        assert_eq!(told.iter().filter(|one| one.waits.is_some()).count(), 1, "{body}");
    }
}

#[test]
fn parts_of_a_claim_that_are_alike_are_no_doubles() {
    let half = "CLP*A1*1*50*30**12*P1~CAS*CO*45*20~";
    let decision = decide_one("I*60*C*CHK", &half.repeat(2), &[known_claim(1)]);
    assert!(work(&decision).is_empty());
    let decision = decide_one("I*90*C*CHK", &half.repeat(3), &[known_claim(1)]);
    assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
}

/// V34: what is decided on anew without a reversal is posted, and told.
#[test]
fn more_than_the_charge_is_a_case() {
    let paid = KnownClaim { earlier: said_by(PAID_60), ..in_state(1, State::Paid) };
    let anew = "CLP*A1*1*100*70**12*P2~CAS*CO*45*30~";
    let dear = "CLP*A1*1*180*70**12*P2~CAS*CO*45*110~";
    for (body, claim, category) in
        [(anew, paid, Category::Overpaid), (dear, known_claim(1), Category::Unexplained)]
    {
        let decision = decide_one("I*70*C*CHK", body, &[claim]);
        assert_eq!(work(&decision), [(category, Some(1))], "{body}");
        assert!(decision.change.work[0].what.starts_with("V34: "), "{body}");
        assert_eq!(balances(postings(&decision))[&Account::Cash], 7000, "{body}");
    }
    let of_payment = said_by(PAID_60).remove(0);
    let denied = Said { paid: Money::ZERO, word: Word::Denied, ..of_payment };
    let denied = KnownClaim { earlier: vec![denied], ..in_state(1, State::Denied) };
    assert!(work(&decide_one("I*70*C*CHK", anew, &[denied])).is_empty(), "it gave way");
}

/// A reversal of another amount, a second one, and one of what was never paid.
#[test]
fn a_reversal_of_what_was_not_posted_waits() {
    let exact = "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~";
    let other = "CLP*A1*22*-100*-50**12*P1~CAS*CO*45*-50~";
    let paid = KnownClaim { earlier: said_by(PAID_60), ..in_state(1, State::Paid) };
    for (body, claim, waiting) in [
        (other.to_owned(), &paid, 5000),
        (exact.repeat(2), &paid, 6000),
        (exact.to_owned(), &known_claim(1), 6000),
    ] {
        let carried = if body.len() > exact.len() { 120 } else { waiting / 100 };
        let body = format!("{body}PLB*1999001013*20261231*FB:C1*-{carried}~");
        let decision = decide_one("H*0*C*NON", &body, std::slice::from_ref(claim));
        // That the first one leaves nothing is told beside it.
        let mut waits = work(&decision);
        waits.retain(|(category, _)| *category != Category::Underpaid);
        assert_eq!(waits, [(Category::Unexplained, Some(1))], "{body}");
        assert!(decision.change.work[0].what.starts_with("V16 "), "{body}");
        assert_eq!(balances(postings(&decision))[&Account::Suspense], waiting, "{body}");
    }
}

#[test]
fn a_reversal_that_came_first_is_posted_when_its_payment_comes() {
    let body = "CLP*A1*22*-100*-60**12*P1~CAS*CO*45*-40~PLB*1999001013*20261231*FB:C1*-60~";
    let text = whole("H*0*C*NON", body).replace("20261030~", "20261031~").replace("T1001", "T2");
    let first = decide_text(&text, &known()).remove(0);
    assert!(first.unblocked.is_empty() && moves(&first).is_empty());
    let second = decide_one("I*60*C*CHK", PAID_60, &after(&first));
    assert!(work(&second).is_empty(), "{:?}", second.change.work);
    let [unblocked] = second.unblocked.as_slice() else { panic!("one waits no longer") };
    let mut posted = None;
    read_remittances(&text, |remittance| {
        let at = (unblocked.offset, &unblocked.claim);
        posted = attach(remittance, at, &incoming(remittance), Freed::Itself, (&LIMITS, &stamp()));
    });
    let posted = posted.expect("the reversal");
    let released = posted.released.iter().flat_map(|released| &released.postings);
    let all = postings(&first).iter().chain(postings(&second)).chain(released);
    let sums = balances(all);
    assert_eq!(sums, BTreeMap::from([(Account::Cash, 6000), (Account::Forwarded, -6000)]));
}

#[test]
fn a_denied_part_of_a_split_claim_has_the_last_word() {
    let body = "CLP*A1*1*60*0**12*P1~CAS*CO*197*60~CLP*A1*1*40*40**12*P2~";
    let decision = decide_one("I*40*C*CHK", body, &[known_claim(1)]);
    let expected = [
        (1, Event::Paid, State::Accepted, State::Paid),
        (1, Event::Denied, State::Paid, State::Denied),
    ];
    assert_eq!(moves(&decision), expected);
}

#[test]
fn posts_nothing_of_a_payment_that_does_not_add_up() {
    let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";
    let decision = decide_one("I*61*C*CHK", body, &[known_claim(1)]);
    assert!(postings(&decision).is_empty() && moves(&decision).is_empty());
    assert_eq!(work(&decision), [(Category::OutOfBalance, None)]);
    let item = &decision.change.work[0];
    assert!(item.what.starts_with("BPR02 is 61.00, but"), "{}", item.what);
    assert!(!decision.change.payments[0].is_balanced);
    assert_eq!(decision.change.payments[0].claims[0].claim, Some(ClaimId(1)));
}

#[test]
fn suspends_a_claim_that_does_not_add_up_and_posts_the_others() {
    let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*39~CLP*A2*1*100*50**12*P2~CAS*CO*45*50~";
    let decision = decide_one("I*110*C*CHK", body, &[known_claim(1), known_claim(2)]);
    assert_eq!(moves(&decision), [(2, Event::Paid, State::Accepted, State::Paid)]);
    assert_eq!(work(&decision), [(Category::OutOfBalance, Some(1))]);
    let sums = balances(postings(&decision));
    assert_eq!((sums[&Account::Cash], sums[&Account::Suspense]), (11_000, -6000));
    // The payment as a whole is posted.
    assert!(decision.change.payments[0].is_balanced);
    assert_eq!(decision.summary.suspense, Money::from_cents(6000));
}

#[test]
fn posts_nothing_of_a_payment_without_a_number() {
    let text = whole("I*60*C*CHK", "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~");
    let decision = decide_text(&text.replace("TRN*1*T1001*1512345678~", ""), &[known_claim(1)]);
    assert!(postings(&decision[0]).is_empty() && moves(&decision[0]).is_empty());
    assert_eq!(work(&decision[0]), [(Category::OutOfBalance, None)]);
    assert_eq!(decision[0].change.payments[0].broken[0].rule, "V31");
}

/// Payments with a minus, and reversals without one.
#[test]
fn what_has_the_wrong_sign_waits() {
    let good = "CLP*A2*1*100*60**12*P2~CAS*CO*45*40~";
    for (payment, paid, clp) in [
        ("I*0*C*CHK", -6000, "CLP*A1*1*-100*-60**12*P1~CAS*CO*45*-40~"),
        ("I*50*C*CHK", -1000, "CLP*A1*1*100*-10**12*P1~CAS*CO*45*110~"),
        ("I*120*C*CHK", 6000, "CLP*A1*22*100*60**12*P1~CAS*CO*45*40~"),
        ("I*120*C*CHK", 6000, "CLP*A1*22*-100*60**12*P1~CAS*CO*45*-160~"),
    ] {
        let known = [in_state(1, State::Paid), known_claim(2)];
        let decision = decide_one(payment, &format!("{clp}{good}"), &known);
        assert_eq!(moves(&decision), [(2, Event::Paid, State::Accepted, State::Paid)], "{clp}");
        assert_eq!(work(&decision), [(Category::Unexplained, Some(1))], "{clp}");
        assert!(decision.change.work[0].what.starts_with("V32: "), "{clp}");
        assert!(decision.change.work[0].remitted.is_some(), "{clp}");
        assert_eq!(balances(postings(&decision))[&Account::Suspense], -paid, "{clp}");
    }
}

#[test]
fn suspends_what_it_cannot_name() {
    let body = "CLP*NOBODY*1*100*60**12*P1~CAS*CO*45*40~";
    let decision = decide_one("I*60*C*CHK", body, &[known_claim(1)]);
    assert_eq!(work(&decision), [(Category::Unmatched, None)]);
    let sums = balances(postings(&decision));
    assert_eq!((sums[&Account::Cash], sums[&Account::Suspense]), (6000, -6000));
    assert_eq!((decision.summary.matched, decision.summary.unmatched), (0, 1));
}

#[test]
fn what_cannot_follow_is_posted_and_becomes_work() {
    let body = "CLP*A1*1*100*60**12*P1~CAS*CO*45*40~";
    let decision = decide_one("I*60*C*CHK", body, &[in_state(1, State::Returned)]);
    assert!(moves(&decision).is_empty());
    assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
    assert_eq!(balances(postings(&decision))[&Account::Cash], 6000);
}

#[test]
fn waiting_claims_stay_where_they_are() {
    for body in [
        "CLP*A1*1*100*0**12*P1~CAS*OA*133*100~",
        // It ends what was under review alone: nothing was decided, and nothing is taken back.
        "CLP*A1*22*-100*0**12*P1~CAS*OA*133*-100~",
        "CLP*A1*22*-100*0**12*P1~CAS*OA*133*-60~CAS*CO*45*-40~",
    ] {
        let decision = decide_one("H*0*C*NON", body, &[known_claim(1)]);
        assert!(postings(&decision).is_empty() && moves(&decision).is_empty(), "{body}");
        assert!(decision.change.work.is_empty(), "{body}");
    }
}

#[test]
fn a_claim_that_is_taken_for_a_predetermination_becomes_work_unless_it_is_decided_on() {
    let estimate = "CLP*A1*25*100*0**12*P1~CAS*CO*45*40~CAS*OA*101*60~";
    let paid = "CLP*A1*1*100*60**12*P2~CAS*CO*45*40~";
    for (state, is_told) in
        [(State::Sent, true), (State::Accepted, true), (State::Paid, false), (State::Closed, false)]
    {
        let decision = decide_one("H*0*C*NON", estimate, &[in_state(1, state)]);
        assert!(postings(&decision).is_empty(), "{state:?}");
        let told = decision.change.work.iter().map(|item| {
            let limit = item.deadline.expect("a day to file");
            (item.category, item.amount.cents(), item.alike.rule.as_str(), limit)
        });
        let day = known_claim(1).service_to.expect("a day").plus_days(LIMITS.filing_days);
        let expected = (Category::Unexplained, 10_000, ESTIMATED, day);
        let expected: Vec<_> = is_told.then_some(expected).into_iter().collect();
        assert_eq!(told.collect::<Vec<_>>(), expected, "{state:?}");
        let moved = (1, Event::ClaimAccepted, State::Sent, State::Accepted);
        let moved: Vec<_> = (state == State::Sent).then_some(moved).into_iter().collect();
        assert_eq!(moves(&decision), moved, "{state:?}");
    }
    // In one remittance the decision has the last word, whichever stands first.
    for body in [[estimate, paid], [paid, estimate]] {
        let decision = decide_one("I*60*C*CHK", &body.concat(), &[in_state(1, State::Sent)]);
        assert!(decision.change.work.is_empty(), "{:?}", decision.change.work);
    }
    let asked = KnownClaim { is_predetermination: true, ..in_state(1, State::Sent) };
    let decision = decide_one("H*0*C*NON", estimate, &[asked]);
    assert!(decision.change.work.is_empty());
    assert_eq!(moves(&decision), [(1, Event::Estimated, State::Sent, State::Closed)]);
}

#[test]
fn claims_of_other_payers_become_work() {
    let decision =
        decide_one("H*0*C*NON", "CLP*A1*23*100*0**12*P1~CAS*OA*B11*100~", &[known_claim(1)]);
    assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
    assert!(postings(&decision).is_empty() && moves(&decision).is_empty());
    let decision =
        decide_one("H*0*C*NON", "CLP*A1*4*100*0**12*P1~CAS*OA*94*100~", &[known_claim(1)]);
    assert_eq!(work(&decision), [(Category::Denied, Some(1))]);
    assert_eq!(decision.change.work[0].desk, "registration");
}

#[test]
fn a_claim_that_its_payer_passed_on_as_none_of_its_own_is_the_named_ones() {
    let passed_to = [("BEACON1".to_owned(), "beacon".to_owned())];
    let decide_known = |known: KnownClaim, named: &str, paid: i64| {
        let body = format!("CLP*A1*23*100*{paid}**12*P1~CAS*OA*B11*{}~{named}", 100 - paid);
        let mut decided = None;
        read_remittances(&whole(&format!("I*{paid}*C*CHK"), &body), |remittance| {
            let incoming = Incoming { passed_to: &passed_to, ..incoming(remittance) };
            let known = std::slice::from_ref(&known);
            decided = Some(decide(remittance, known, &incoming, &LIMITS, &stamp()));
        });
        decided.expect("a remittance")
    };
    let beacon = "NM1*TT*2*BEACON PLAN*****PI*BEACON1~";
    let own = |state| KnownClaim { payer: Some("acme".to_owned()), ..in_state(1, state) };
    let decision = decide_known(own(State::Sent), beacon, 0);
    assert_eq!(decision.change.routes, [(ClaimId(1), "beacon".to_owned())]);
    assert_eq!(moves(&decision), [(1, Event::PassedOn, State::Sent, State::Sent)]);
    assert!(decision.change.work.is_empty() && postings(&decision).is_empty());
    let zebra = "NM1*TT*2*ZEBRA MUTUAL*****PI*ZEBRA9~";
    let cases = [
        (
            own(State::Sent),
            zebra,
            0,
            "NM1*TT names ZEBRA MUTUAL, which is no payer of the settings",
        ),
        (own(State::Sent), "", 0, "it does not say to whom"),
        // It is paid, or was decided on, or went to another, and nobody knows what that means.
        (own(State::Sent), beacon, 60, "NM1*TT names BEACON PLAN"),
        (own(State::Closed), beacon, 0, "NM1*TT names BEACON PLAN"),
        (KnownClaim { payer: None, ..own(State::Sent) }, beacon, 0, "NM1*TT names BEACON PLAN"),
    ];
    for (known, named, paid, told) in cases {
        let decision = decide_known(known, named, paid);
        assert!(decision.change.routes.is_empty() && moves(&decision).is_empty(), "{told}");
        assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
        let item = &decision.change.work[0];
        assert!(item.what.ends_with(told), "{}", item.what);
    }
}

#[test]
fn what_is_paid_by_the_head_is_not_paid_too_little() {
    let body = "CLP*A1*1*100*0**12*P1~CAS*CO*45*100~";
    let by_the_head = format!("{body}PLB*1999001013*20261231*CT:NOV*-500~");
    assert_eq!(work(&decide_one("H*0*C*NON", body, &[known_claim(1)])).len(), 1);
    assert_eq!(work(&decide_one("I*500*C*CHK", &by_the_head, &[known_claim(1)])), []);
}

#[test]
fn a_later_payer_pays_the_patients_share() {
    let first = KnownClaim { payer: Some("first".to_owned()), ..in_state(1, State::Paid) };
    // The first payer paid 60 and left 40 to the patient.
    let body = "CLP*A1*2*100*30*10*12*S1~CAS*OA*23*60~CAS*PR*2*10~";
    let decision = decide_one("I*30*C*CHK", body, &[first]);
    let expected = BTreeMap::from([(Account::Cash, 3000), (Account::Patient, -3000)]);
    assert_eq!(balances(postings(&decision)), expected);
    assert!(moves(&decision).is_empty() && decision.change.payer_numbers.is_empty());
}

#[test]
fn a_second_payer_that_hides_the_first_is_not_posted() {
    let body = "CLP*A1*2*100*10**12*P1~CAS*CO*45*90~";
    let decision = decide_one("I*10*C*CHK", body, &[in_state(1, State::Paid)]);
    assert_eq!(work(&decision), [(Category::Unexplained, Some(1))]);
    assert_eq!(balances(postings(&decision))[&Account::Suspense], -1000);
}

/// Charge 100.00. The first payer denies the line of 60.00 for good and leaves 10.00 of the other to the
/// patient; the second pays 50.00 of the former. Whichever comes first, both leave the same.
#[test]
fn what_the_first_payer_denied_gives_way_to_what_the_second_pays() {
    let first = "CLP*A1*1*100*20*10*12*P1~SVC*HC:99213:25*60*0**1~CAS*CO*29*60~\
                 SVC*HC:93000*40*20**1~CAS*CO*45*10~CAS*PR*2*10~";
    let second = "CLP*A1*2*100*58**12*P2~SVC*HC:99213:25*60*50**1~CAS*CO*45*10~\
                  SVC*HC:93000*40*8**1~CAS*OA*23*30~CAS*PR*2*2~";
    let said = |payment: &NewPayment, (payer, status): (Option<&str>, &str)| {
        let mut turns = Turns::default();
        turns.add(
            payer,
            Said { status: status.to_owned(), ..Said::of(payment, &payment.claims[0]) },
        );
        turns.books.add_stored(&payment.postings);
        turns
    };
    let decided = |payer, body, amount, turns: Turns| {
        let mut found = Vec::new();
        read_remittances(&whole(amount, body), |remittance| {
            let claim =
                KnownClaim { names_next_payer: true, turns: turns.clone(), ..known_claim(1) };
            let incoming = Incoming { payer, ..incoming(remittance) };
            let decision = decide(remittance, &[claim], &incoming, &LIMITS, &stamp());
            found.extend(decision.change.payments);
        });
        found.remove(0)
    };
    let of_first = |turns| decided("acme", first, "I*20*C*CHK", turns);
    let of_second = |turns| decided("beta", second, "I*58*C*CHK", turns);
    let (one, two) = (of_first(Turns::default()), of_second(Turns::default()));
    for [one, two] in [
        [one.clone(), of_second(said(&one, (None, "1")))],
        [two.clone(), of_first(said(&two, (Some("beta"), "2")))],
    ] {
        let sums = balances(&[one.postings, two.postings].concat());
        let of = |account| sums.get(&account).copied().unwrap_or_default();
        let expected = [7800, -10_000, 2000, 200, 0];
        let accounts = [
            Account::Cash,
            Account::Receivable,
            Account::Contractual,
            Account::Patient,
            Account::OtherAdjustment,
        ];
        assert_eq!(accounts.map(of), expected);
    }
}

#[test]
fn asks_for_each_number_once() {
    let body = "CLP*A1*22*-100*-60**12*P1~CLP*A1*1*100*80**12*P1~\
                PLB*1999001013*20261231*WO:T1*10*L6*-1~";
    let mut found = Vec::new();
    read_remittances(&whole("I*11*C*CHK", body), |remittance| found = keys(remittance));
    let pair = |one: &str, two: &str| (one.to_owned(), two.to_owned());
    assert_eq!(found, [pair("A1", "P1"), pair("T1", "T1")]);
}

#[test]
fn payments_of_nothing_differ_by_content() {
    let identity_of = |payment: &str, content: &str| {
        let mut found = String::new();
        read_remittances(&whole(payment, "CLP*A*1*0*0**12*P~"), |remittance| {
            found = identity(remittance, &ContentHash(content.to_owned()));
        });
        found
    };
    assert_eq!(identity_of("I*60*C*CHK", "one"), identity_of("I*60.00*C*CHK", "two"));
    assert_ne!(identity_of("H*0*C*NON", "one"), identity_of("H*0*C*NON", "two"));
    assert_ne!(identity_of("I*60*C*CHK", "one"), identity_of("I*61*C*CHK", "one"));
}

/// The numbers of a claim stand in the evidence, for a person finds it by them, and the patient's name and
/// number where no claim could be named; nowhere else.
#[test]
fn work_tells_nothing_of_the_patient() {
    let body = "CLP*NUMBER1*1*100*0**12*NUMBER2~CAS*CO*SECRET*100~\
                NM1*QC*1*SECRET*SECRET****MI*SECRET~MOA***SECRET~";
    let number = x12::phi::Phi::new("NUMBER1".to_owned());
    let known = KnownClaim { patient_control_number: number, ..known_claim(1) };
    for known in [&[known][..], &[]] {
        for payment in ["H*0*C*NON", "I*5*C*CHK"] {
            let decision = decide_one(payment, body, known);
            let [item] = decision.change.work.as_slice() else { panic!("one item") };
            let is_unmatched = item.category == Category::Unmatched;
            let is_told = item.evidence.contains(", patient SECRET SECRET, member SECRET; ");
            assert_eq!(item.evidence.contains("SECRET"), is_unmatched && is_told);
            let told = format!("{} {} {:?}", item.what, item.action, decision.change.moves);
            assert!(!told.contains("SECRET") && !told.contains("NUMBER"), "{told}");
        }
    }
}

#[test]
fn no_file_of_the_corpus_is_too_much() {
    for (name, text) in corpus_files("", |text| text.contains("ST*835")) {
        for decision in decide_text(&text, &[known_claim(1)]) {
            let sums = balances(postings(&decision));
            assert_eq!(sums.values().sum::<i64>(), 0, "{name}");
            if decision.summary.is_posted {
                let cash = sums.get(&Account::Cash).copied().unwrap_or_default();
                assert_eq!(cash, decision.summary.amount.cents(), "{name}");
            }
        }
    }
}

/// The 835 examples that X12 publishes, with the claims that they pay known: each is balanced and
/// posted, and nothing of it waits.
#[test]
fn published_examples_post() {
    let folder = "stupidedi/005010/X221A1 HP835 Health Care Claim Payment Advice/pass";
    for (name, text) in &corpus_files(folder, |_| true) {
        let mut known: Vec<KnownClaim> = Vec::new();
        read_remittances(text, |remittance| {
            for (claim, id) in remittance.claims.iter().zip(1..) {
                let number = claim.patient_control_number.text().into_owned();
                let charge = claim.charge.money().expect("an amount").abs();
                // One example gives all its claims the same number, as if they were parts of one.
                let mut same = known.iter_mut();
                if let Some(same) = same.find(|one| *one.patient_control_number.expose() == number)
                {
                    same.charge += charge;
                    continue;
                }
                known.push(KnownClaim {
                    patient_control_number: Phi::new(number),
                    charge,
                    payer: None,
                    billing_npi: String::new(),
                    service_from: None,
                    lines: Vec::new(),
                    ..known_claim(id)
                });
            }
        });
        for decision in decide_text(text, &known) {
            let payment = &decision.change.payments[0];
            assert!(decision.summary.is_posted && payment.is_balanced, "{name}");
            assert!(payment.claims.iter().all(|claim| claim.suspended.is_zero()), "{name}");
            let cash = balances(&payment.postings).get(&Account::Cash).copied().unwrap_or_default();
            assert_eq!(cash, payment.amount.cents(), "{name}");
            println!(
                "{name}: posted, breaks {:?}",
                payment.broken.iter().map(|one| &one.rule).collect::<Vec<_>>()
            );
        }
    }
}

/// The known claims with what a decision says of them.
fn after(decision: &Decision) -> Vec<KnownClaim> {
    let mut claims = known();
    for payment in &decision.change.payments {
        for told in &payment.claims {
            let claim = claims.iter_mut().find(|claim| Some(claim.id) == told.claim);
            if let (Some(claim), true) = (claim, told.is_said()) {
                claim.earlier.push(Said::of(payment, told));
            }
        }
    }
    claims
}

fn known() -> Vec<KnownClaim> {
    (1..=3).map(known_claim).collect()
}
