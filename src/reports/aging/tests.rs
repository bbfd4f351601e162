//! What is owed, by whom, with what is denied and worked on.

use x12::fault::Place;
use x12::phi::Phi;

use super::*;
use crate::change::cases::{Alike, Ending};
use crate::change::next::Answer;
use crate::change::{ArrivalId, Moment, WorkId, WorkState};
use crate::ledger::{GIVES_WAY, Posting};

fn day(day: u8) -> Day {
    Day::new(2026, 11, day).expect("a day")
}

fn life(id: i64, payer: &str, state: State) -> Life {
    Life {
        claim: ClaimId(id),
        follows: None,
        replaces: None,
        frequency: "1".to_owned(),
        asks_next_payer: false,
        answer: None,
        decided_by: None,
        has_later_word: false,
        office: "cedar".to_owned(),
        is_made_here: false,
        payer: payer.to_owned(),
        provider: String::new(),
        charge: Money::from_cents(10_000),
        state,
        received_at: Moment(0),
        sendings: vec![(payer.to_owned(), Moment(0))],
        is_mended: false,
        events: Vec::new(),
    }
}

fn entry(id: i64, account: Account, cents: i64) -> Entry {
    let posting = Posting {
        account,
        claim: Some(ClaimId(id)),
        line: String::new(),
        amount: Money::from_cents(cents),
        reason: String::new(),
        source: Place::default(),
    };
    Entry {
        id: 0,
        payment: None,
        arrival: None,
        payer: String::new(),
        trace: String::new(),
        paid_on: Some(day(15)),
        deposited_on: None,
        booked_at: Moment(0),
        office: String::new(),
        provider: String::new(),
        control_number: Phi::default(),
        posting,
    }
}

fn case(account: i64, state: WorkState, cents: i64) -> DeniedCase {
    DeniedCase {
        item: WorkId(1),
        state,
        opened_at: Moment(0),
        claim: Some(ClaimId(account)),
        account: Some(ClaimId(account)),
        arrival: Some(ArrivalId(9)),
        remitted: Some(100),
        office: "cedar".to_owned(),
        alike: Alike { group: "CO".to_owned(), reason: "16".to_owned(), ..Alike::default() },
        amount: Money::from_cents(cents),
        ending: None,
        recovered: Money::ZERO,
    }
}

/// What a remittance of acme takes off a claim, with both of its sides.
fn taken_off(id: i64, code: &str, cents: i64) -> [Entry; 2] {
    let (group, reason) = code.split_once('-').expect("a group and a reason");
    let account = Account::of_adjustment(group, reason);
    [(account, cents), (Account::Receivable, -cents)].map(|(account, cents)| {
        let mut side = entry(id, account, cents);
        (side.payment, side.arrival) = (Some(1), Some(ArrivalId(9)));
        (side.payer, side.posting.reason) = ("acme".to_owned(), code.to_owned());
        side.posting.source.offset = 120;
        side
    })
}

fn told(entries: &[Entry], lives: &[Life]) -> Vec<String> {
    told_with(&[], entries, lives)
}

/// Payer, debtor, open and credit, charges and tenths of days.
fn told_with(cases: &[DeniedCase], entries: &[Entry], lives: &[Life]) -> Vec<String> {
    let asked = Asked::default();
    let mut open = Receivables::new(&asked.denials);
    for case in cases {
        open.take_case(case);
    }
    for entry in entries {
        open.take(entry);
    }
    for life in lives {
        open.take_life(life, &asked, (day(20), &|_| day(10)));
    }
    let rows = open.rows(&asked, day(20)).into_iter();
    let text = |cell: &Cell| match cell {
        Cell::Text(text) => text.clone(),
        Cell::Money(amount) => amount.to_string(),
        Cell::Tenths(tenths) => tenths.to_string(),
        _ => "-".to_owned(),
    };
    rows.map(|row| [0, 1, 8, 9, 12, 13].map(|at| text(&row[at])).join(" ")).collect()
}

/// The rows of acme, of one claim of 100.00 that went out to it.
fn of_acme(cases: &[DeniedCase], posted: &[[Entry; 2]], lives: &[Life]) -> Vec<String> {
    let charge = [entry(1, Account::Receivable, 10_000), entry(1, Account::Charges, -10_000)];
    let entries = [&[charge], posted].concat().concat();
    let told = told_with(cases, &entries, lives);
    let own = told.iter().filter_map(|row| row.strip_prefix("acme "));
    own.map(str::to_owned).collect()
}

#[test]
fn a_denial_is_owed_as_long_as_it_is_worked_on() {
    use WorkState::{Open, Released, Resolved, Taken};
    let denied = [taken_off(1, "CO-16", 10_000)];
    let (at_work, gone) = (
        ["payer 0.00 0.00 100.00 900", "denied, worked on 100.00 0.00 - -"].as_slice(),
        ["payer 0.00 0.00 100.00 0"].as_slice(),
    );
    for (item, claim, expected) in [
        (Open, State::Denied, at_work),
        (Taken, State::Denied, at_work),
        // Corrected, and out once more; the payer sends it back.
        (Released, State::Ready, at_work),
        (Released, State::Accepted, at_work),
        (Released, State::Returned, at_work),
        // Voided, or given up later.
        (Released, State::Closed, gone),
        (Resolved, State::Denied, gone),
        (Resolved, State::Closed, gone),
        // The item was closed before the claim was released by another one.
        (Resolved, State::Sent, at_work),
    ] {
        let told = of_acme(&[case(1, item, 10_000)], &denied, &[life(1, "acme", claim)]);
        assert_eq!(told, expected, "{item:?} {claim:?}");
    }
    let ended = DeniedCase { ending: Some(Ending::PaidLater), ..case(1, Open, 10_000) };
    assert_eq!(of_acme(&[ended], &denied, &[life(1, "acme", State::Denied)]), gone);
    // Nobody knows of an item.
    assert_eq!(of_acme(&[], &denied, &[life(1, "acme", State::Denied)]), gone);
}

#[test]
fn a_claim_in_the_place_of_what_was_denied_is_with_the_payer() {
    let denied = [taken_off(1, "CO-16", 10_000)];
    let first = life(1, "acme", State::Denied);
    let second = |state| Life { replaces: Some(ClaimId(1)), ..life(2, "acme", state) };
    let told = |later: Life| of_acme(&[], &denied, &[first.clone(), later]).len();
    assert_eq!(told(second(State::Sent)), 2);
    assert_eq!(told(second(State::Paid)), 1);
    assert_eq!(told(second(State::Returned)), 1);
    assert_eq!(told(Life { frequency: "8".to_owned(), ..second(State::Sent) }), 1);
    assert_eq!(told(Life { sendings: Vec::new(), ..second(State::Ready) }), 1);
}

/// It decided that the patient owes it, and has the claim again for what it denied.
#[test]
fn what_a_payer_left_to_the_patient_is_not_owed_by_it_while_it_has_a_corrected_claim() {
    let left = [entry(1, Account::Patient, 2_000), entry(1, Account::Receivable, -2_000)];
    let paid = [entry(1, Account::Cash, 2_000), entry(1, Account::Receivable, -2_000)];
    let posted = [taken_off(1, "CO-16", 6_000), left, paid];
    let cases = [case(1, WorkState::Released, 6_000)];
    let first = life(1, "acme", State::Denied);
    let other = Life { replaces: Some(ClaimId(1)), ..life(2, "acme", State::Sent) };
    for lives in [vec![life(1, "acme", State::Sent)], vec![first, other]] {
        let told = of_acme(&cases, &posted, &lives);
        let (payer, others) = told.split_first().expect("its charges");
        assert!(payer.starts_with("payer 0.00 0.00 "), "{told:?}");
        assert!(others.iter().any(|row| row.starts_with("denied, worked on 60.00 ")), "{told:?}");
        assert!(others.iter().any(|row| row.starts_with("patient, on hold 20.00 ")), "{told:?}");
    }
}

#[test]
fn no_amount_that_was_denied_counts_twice() {
    let open = |cents| case(1, WorkState::Open, cents);
    let lives = [life(1, "acme", State::Denied)];
    let told = |cases: &[DeniedCase], posted: &[[Entry; 2]]| {
        let told = of_acme(cases, posted, &lives);
        assert_eq!(told.len(), 2, "{told:?}");
        let of_payer = told[0].split(" 100.00").next().unwrap_or_default().to_owned();
        (of_payer, told[1].clone())
    };
    let denied = taken_off(1, "CO-16", 10_000);
    let (none, all) = ("payer 0.00 0.00".to_owned(), "denied, worked on 100.00 0.00 - -");
    // Two items about one line.
    let twice = [open(10_000), open(10_000)];
    assert_eq!(told(&twice, std::slice::from_ref(&denied)), (none, all.to_owned()));
    // Denied a second time: the ledger has a credit until somebody looks.
    let (payer, row) = told(&twice, &[denied.clone(), denied.clone()]);
    assert_eq!((payer.as_str(), row.as_str()), ("payer 0.00 -100.00", all));
    // Paid beside the denial that nobody took back.
    let paid = [entry(1, Account::Cash, 6_000), entry(1, Account::Receivable, -6_000)];
    let (payer, row) = told(&[open(10_000)], &[denied.clone(), paid]);
    assert_eq!(payer, "payer 0.00 -60.00");
    assert_eq!(row, "denied, worked on 40.00 0.00 - -");
    // A part of it was taken back, whichever came first.
    let back = taken_off(1, "CO-16", -4_000);
    for posted in [[denied.clone(), back.clone()], [back, denied.clone()]] {
        assert_eq!(
            of_acme(&[open(10_000)], &posted, &lives)[1],
            "denied, worked on 60.00 0.00 - -"
        );
    }
    // The item is about a part alone.
    let row = &of_acme(&[open(2_500)], &[denied], &lives)[1];
    assert_eq!(row, "denied, worked on 25.00 0.00 - -");
}

#[test]
fn what_a_later_payer_settles_is_denied_no_more() {
    let denied = taken_off(1, "CO-16", 10_000);
    let mut given = [(Account::Patient, 6_000), (Account::Contractual, -6_000)]
        .map(|(account, cents)| entry(3, account, cents));
    for side in &mut given {
        side.posting.reason = GIVES_WAY.to_owned();
    }
    let first = life(1, "acme", State::Denied);
    let third = Life { follows: Some(ClaimId(1)), ..life(3, "beta", State::Sent) };
    let cases = [case(1, WorkState::Open, 10_000)];
    let rows = of_acme(&cases, &[denied, given], &[first, third]);
    assert_eq!(rows[1], "denied, worked on 40.00 0.00 - -");
}

#[test]
fn a_denial_by_its_remark_alone_counts_as_its_item_says() {
    let lives = [life(1, "acme", State::Denied)];
    let alike = Alike { group: "CO".to_owned(), reason: "45".to_owned(), ..Alike::default() };
    let by_remark = DeniedCase { alike, ..case(1, WorkState::Open, 3_000) };
    let posted = [taken_off(1, "CO-45", 5_000)];
    let rows = of_acme(std::slice::from_ref(&by_remark), &posted, &lives);
    assert_eq!(rows[1], "denied, worked on 30.00 0.00 - -");
    // The payer gave no reason that denies: all that it took off.
    let without = DeniedCase { alike: Alike::default(), ..by_remark };
    assert_eq!(of_acme(&[without], &posted, &lives)[1], "denied, worked on 30.00 0.00 - -");
}

#[test]
fn a_claim_that_goes_on_is_one_and_its_patient_owes_last() {
    // Two claims of 100.00. Of the first acme leaves 20.00 to the patient.
    let charged = |id| entry(id, Account::Charges, -10_000);
    let owed = [entry(1, Account::Patient, 2_000), entry(2, Account::Receivable, 10_000)];
    let acme = [owed, [charged(1), charged(2)]].concat();
    let first = |answer| Life { asks_next_payer: true, answer, ..life(1, "acme", State::Paid) };
    let second = life(2, "acme", State::Sent);
    let third = |state| Life { follows: Some(ClaimId(1)), ..life(3, "beta", state) };
    let acme_owes = "acme payer 100.00 0.00 200.00 450";
    for answer in [None, Some(Answer::Office), Some(Answer::PassedOn)] {
        let told = told(&acme, &[first(answer), second.clone()]);
        assert_eq!(told[2..], [acme_owes, "acme next payer 20.00 0.00 - -"], "{answer:?}");
    }
    // The next payer decided under the first claim, for its office billed it beyond the gateway.
    for answer in [Answer::Office, Answer::Person] {
        let decided = Life { has_later_word: true, ..first(Some(answer)) };
        let told = told(&acme, &[decided, second.clone()]);
        assert_eq!(told[2..], [acme_owes, "acme patient 20.00 0.00 - -"], "{answer:?}");
    }
    // It was passed on to beta, which decided and passed it on to another.
    let decided_by = Some("beta".to_owned());
    let further = Life { decided_by, has_later_word: true, ..first(Some(Answer::PassedOn)) };
    let told_of = told(&acme, &[further, second.clone()]);
    assert_eq!(told_of[2..], [acme_owes, "beta next payer 20.00 0.00 - -"]);
    let billed = first(Some(Answer::Billed));
    let lives = [billed.clone(), second.clone(), third(State::Sent)];
    let expected =
        ["(all) payer 120.00 0.00 200.00 540", acme_owes, "beta payer 20.00 0.00 0.00 -"];
    assert_eq!(told(&acme, &lives), expected);
    // Beta pays 15.00 of it.
    let both = [&acme[..], &[entry(3, Account::Patient, -1_500)]].concat();
    let lives = [billed, second, third(State::Paid)];
    let expected = [
        "(all) payer 100.00 0.00 200.00 450",
        "(all) patient 5.00 0.00 - -",
        acme_owes,
        "acme patient 5.00 0.00 - -",
    ];
    assert_eq!(told(&both, &lives), expected);
}

#[test]
fn what_is_taken_for_a_copy_stands_as_long_as_that_is_worked_on() {
    use WorkState::{Open, Released, Resolved};
    let denied = [taken_off(1, "CO-16", 6_000)];
    let again = |state| DeniedCase { ending: Some(Ending::DeniedAgain), ..case(1, state, 6_000) };
    // All of the corrected claim is a copy: nothing is posted of that.
    let copy = |reason: &str, state| {
        let alike = Alike { reason: reason.to_owned(), ..Alike::default() };
        DeniedCase { arrival: Some(ArrivalId(10)), alike, ..case(1, state, 10_000) }
    };
    let (at_work, gone) = (Some("denied, worked on 60.00 0.00 - -"), None);
    for (first, second, claim, expected) in [
        (Released, copy("18", Open), State::Denied, at_work),
        (Released, copy("B13", WorkState::Taken), State::Denied, at_work),
        // After an appeal it was not released.
        (Open, copy("18", Open), State::Denied, at_work),
        (Released, copy("18", Released), State::Sent, at_work),
        (Released, copy("18", Resolved), State::Denied, gone),
        (Resolved, copy("18", Open), State::Denied, gone),
        (Released, copy("18", Open), State::Closed, gone),
        (Released, copy("29", Open), State::Denied, gone),
    ] {
        let cases = [again(first), second];
        let told = of_acme(&cases, &denied, &[life(1, "acme", claim)]);
        assert_eq!(told.get(1).map(String::as_str), expected, "{first:?} {claim:?} {cases:?}");
    }
}

/// Of 100.00 acme leaves 60.00 to the patient as a denial, and 15.00 besides; another payer follows.
#[test]
fn what_is_denied_as_the_patients_is_worked_on_before_the_next_payer_owes_it() {
    let denied = [taken_off(1, "PR-27", 6_000), taken_off(1, "PR-1", 1_500)];
    let alike = Alike { group: "PR".to_owned(), reason: "27".to_owned(), ..Alike::default() };
    let told = |state, answer| {
        let item = DeniedCase { alike: alike.clone(), ..case(1, state, 6_000) };
        let asks = Life { asks_next_payer: true, answer, ..life(1, "acme", State::Denied) };
        of_acme(&[item], &denied, &[asks])[1..].to_vec()
    };
    let at_work = ["denied, worked on 60.00 0.00 - -", "next payer 15.00 0.00 - -"];
    let goes_on = ["next payer 75.00 0.00 - -"];
    for answer in [None, Some(Answer::Waits), Some(Answer::Office)] {
        assert_eq!(told(WorkState::Open, answer), at_work, "{answer:?}");
        assert_eq!(told(WorkState::Resolved, answer), goes_on, "{answer:?}");
    }
    assert_eq!(told(WorkState::Open, Some(Answer::PassedOn)), goes_on);
}

/// Of 100.00 acme leaves 4.00 to the patient and denies 11.00 as another payer's, and 20.00 for itself.
#[test]
fn what_is_denied_as_another_payers_is_owed_by_the_one_that_has_the_claim() {
    use WorkState::{Open, Resolved};
    let denied =
        [taken_off(1, "OA-209", 1_100), taken_off(1, "PR-1", 400), taken_off(1, "CO-50", 2_000)];
    let told = |state, answer, life: Life| {
        let alike = Alike { group: "OA".to_owned(), reason: "209".to_owned(), ..Alike::default() };
        let item = DeniedCase { alike, ..case(1, state, 3_100) };
        let life = Life { asks_next_payer: true, answer: Some(answer), ..life };
        of_acme(&[item], &denied, &[life])[1..].to_vec()
    };
    let acme = life(1, "acme", State::Denied);
    let with = |state, answer| told(state, answer, acme.clone());
    let passed = ["denied, worked on 20.00 0.00 - -", "next payer 15.00 0.00 - -"];
    assert_eq!(with(Open, Answer::PassedOn), passed);
    // Before its office bills it, somebody decides whether it is the next payer's.
    let to_come = ["denied, worked on 31.00 0.00 - -", "next payer 4.00 0.00 - -"];
    assert_eq!(with(Open, Answer::Office), to_come);
    for answer in [Answer::PassedOn, Answer::Office] {
        assert_eq!(with(Resolved, answer), ["next payer 15.00 0.00 - -"], "{answer:?}");
        // It was given up with the claim.
        let closed = Life { state: State::Closed, ..acme.clone() };
        assert_eq!(told(Resolved, answer, closed), ["next payer 4.00 0.00 - -"], "{answer:?}");
        let decided = Life { has_later_word: true, ..acme.clone() };
        // Who has what was passed on is asked about once more when it decides.
        let answer = if answer == Answer::PassedOn { Answer::NothingLeft } else { answer };
        assert_eq!(
            told(Resolved, answer, decided),
            ["patient, on hold 4.00 0.00 - -"],
            "{answer:?}"
        );
    }
}

#[test]
fn a_claim_counts_once_in_each_row() {
    // Beta is asked for what acme left to the patient, and for what it denied as another's to pay.
    let owed = [
        entry(1, Account::Patient, 400),
        entry(2, Account::Receivable, 1_100),
        entry(1, Account::Receivable, 500),
    ];
    let first = Life {
        asks_next_payer: true,
        answer: Some(Answer::Billed),
        ..life(1, "acme", State::Paid)
    };
    let second = Life { follows: Some(ClaimId(1)), ..life(2, "beta", State::Sent) };
    let asked = Asked::default();
    let mut open = Receivables::new(&asked.denials);
    for entry in &owed {
        open.take(entry);
    }
    for life in [first, second] {
        open.take_life(&life, &asked, (day(20), &|_| day(10)));
    }
    let rows = open.rows(&asked, day(20));
    let told: Vec<&[Cell]> = rows.iter().map(|row| &row[2..4]).collect();
    let row = |cents| [Cell::Count(1), Cell::Money(Money::from_cents(cents))];
    assert_eq!(told, [row(2_000), row(500), row(1_500)]);
}

#[test]
fn puts_each_day_into_its_age() {
    let age_of = |days: i64| {
        let mut sum = Sum::default();
        let (payer, debtor, ledger) = ("", Debtor::Payer, Money::from_cents(1));
        let owed = Owed { payer, debtor, days, ledger, beside: Money::ZERO };
        sum.add([&owed].into_iter(), 1);
        sum.ages.iter().position(|amount| !amount.is_zero())
    };
    let ages = [-1, 0, 30, 31, 60, 61, 90, 91, 120, 121, 999].map(age_of);
    let expected = [0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4].map(Some);
    assert_eq!(ages, expected);
}

#[test]
fn divides_what_is_open_by_what_is_charged_in_a_day() {
    let cents = Money::from_cents;
    assert_eq!(days_in(cents(10_000), cents(0)), Cell::Empty);
    // 9,000.00 in ninety days is 100.00 a day.
    assert_eq!(days_in(cents(450_000), cents(900_000)), Cell::Tenths(450));
    assert_eq!(days_in(cents(100), cents(900_000)), Cell::Tenths(0));
    assert_eq!(days_in(cents(500), cents(900_000)), Cell::Tenths(1));
}
