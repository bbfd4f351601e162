//! What a patient owes, off the postings of a chain of claims.

use x12::fault::Place;

use super::*;
use crate::change::ClaimId;

fn pair(account: Account, debtor: Account, line: &str, cents: i64, reason: &str) -> [Posting; 2] {
    let side = |account, cents| Posting {
        account,
        claim: Some(ClaimId(1)),
        line: line.to_owned(),
        amount: Money::from_cents(cents),
        reason: reason.to_owned(),
        source: Place::default(),
    };
    [side(account, cents), side(debtor, -cents)]
}

fn taken(chain: &[Posted<'_>]) -> Bill {
    let line = |number: &str, cents| Service {
        number: number.to_owned(),
        charge: Money::from_cents(cents),
        ..Service::default()
    };
    let mut bill = Bill { lines: vec![line("1", 12_500), line("2", 6_000)], ..Bill::default() };
    for posted in chain {
        for pair in posted.postings.chunks(2) {
            bill.take((posted.payer, posted), &pair[0], &pair[1]);
        }
    }
    bill
}

#[test]
fn a_patient_owes_the_share_less_what_later_payers_paid_of_it() {
    use Account::{Cash, Charges, Contractual, OtherAdjustment, Patient, Receivable};
    let first = [
        pair(Receivable, Charges, "", 18_500, "charge"),
        pair(Cash, Receivable, "1", 10_000, "paid"),
        pair(Contractual, Receivable, "1", 1_500, "CO-45"),
        pair(Patient, Receivable, "1", 1_000, "PR-2"),
        pair(Cash, Receivable, "2", 4_000, "paid"),
        pair(OtherAdjustment, Receivable, "2", 1_000, "OA-45"),
        pair(Patient, Receivable, "2", 1_000, "PR-1"),
    ]
    .concat();
    let second = [
        pair(Cash, Patient, "1", 800, "paid"),
        pair(Cash, Patient, "2", 600, "paid"),
        pair(Contractual, Patient, "2", 100, "CO-45"),
    ]
    .concat();
    let chain = [
        Posted { payer: "ACME", later_payer: "", postings: &first },
        Posted { payer: "BEACON", later_payer: "BEACON", postings: &second },
    ];
    let bill = taken(&chain);
    assert_eq!(bill.balance(), Money::from_cents(500));
    assert_eq!(bill.undecided(), Money::ZERO);
    let shares: Money = bill
        .entries
        .iter()
        .filter(|entry| entry.kind == Kind::Share)
        .map(|entry| entry.amount)
        .sum();
    assert_eq!(shares, Money::from_cents(2_000), "what PR said");
    let beacon = bill.entries.iter().filter(|entry| entry.payer == "BEACON");
    let beacon: Vec<(Kind, i64)> = beacon.map(|entry| (entry.kind, entry.amount.cents())).collect();
    assert_eq!(beacon, [(Kind::Paid, 1_400), (Kind::TakenOff, 100)]);
}

#[test]
fn a_claim_that_was_decided_on_as_a_whole_has_one_row_that_adds_up() {
    use Account::{Cash, Contractual, Patient, Receivable};
    let whole = [
        pair(Cash, Receivable, "", 10_000, "paid"),
        pair(Contractual, Receivable, "", 6_500, "CO-45"),
        pair(Patient, Receivable, "", 2_000, "PR-3"),
    ]
    .concat();
    let told = |postings: &[Posting]| -> Vec<(String, i64, i64)> {
        let mut bill = taken(&[Posted { payer: "ACME", later_payer: "", postings }]);
        bill.put_together();
        let left = |line: &Service| line.charge - line.paid - line.taken_off - line.owed;
        let rows = bill.lines.iter();
        rows.map(|line| (line.number.clone(), line.charge.cents(), left(line).cents())).collect()
    };
    assert_eq!(told(&whole), [(String::new(), 18_500, 0)]);
    // A share of the claim as a whole comes off what its lines say was paid: no row says less than nothing.
    let share =
        [pair(Cash, Receivable, "", -1_000, "paid"), pair(Patient, Receivable, "", 1_000, "PR-1")]
            .concat();
    let one = |number: &str, cents| (number.to_owned(), cents, 0);
    let paid = |line, cents| pair(Cash, Receivable, line, cents, "paid").to_vec();
    let lines = [paid("1", 12_500), paid("2", 6_000), share.clone()].concat();
    assert_eq!(told(&lines), [one("", 18_500)]);
    let off = pair(Contractual, Receivable, "2", 6_000, "CO-50").to_vec();
    let lines = [paid("1", 12_500), off, share].concat();
    assert_eq!(told(&lines), [one("2", 6_000), one("", 12_500)]);
}

/// A refund makes good what was paid twice, and what a contract finds is owed by nobody.
#[test]
fn what_was_sent_back_is_paid_no_more() {
    use Account::{Cash, Contractual, Patient, Receivable, Returned};
    let first = [
        pair(Cash, Receivable, "1", 16_000, "paid"),
        pair(Contractual, Receivable, "1", 3_500, "CO-45"),
        pair(Patient, Receivable, "1", 1_000, "PR-3"),
        pair(Cash, Receivable, "2", 6_000, "paid"),
        pair(Receivable, Returned, "", 8_000, "refund"),
        pair(Contractual, Returned, "", 1_333, "refund"),
    ]
    .concat();
    let bill = taken(&[Posted { payer: "ACME", later_payer: "", postings: &first }]);
    assert_eq!((bill.owed(), bill.undecided()), (Money::from_cents(1_000), Money::ZERO));
    let paid = bill.entries.iter().filter(|entry| entry.kind == Kind::Paid);
    let paid: Vec<i64> = paid.map(|entry| entry.amount.cents()).collect();
    assert_eq!(paid, [22_000 - 9_333]);
    // What a payer after the first paid twice.
    let second = [
        pair(Patient, Receivable, "1", 2_000, "PR-1"),
        pair(Cash, Patient, "1", 4_000, "paid"),
        pair(Patient, Returned, "", 2_000, "refund"),
    ]
    .concat();
    let bill = taken(&[Posted { payer: "ACME", later_payer: "BEACON", postings: &second }]);
    assert_eq!(bill.owed(), Money::ZERO);
}

#[test]
fn what_was_taken_back_leaves_nothing() {
    use Account::{Cash, Patient, Receivable};
    let first = [
        pair(Cash, Receivable, "1", 10_000, "paid"),
        pair(Patient, Receivable, "1", 2_500, "PR-1"),
        pair(Cash, Receivable, "1", -10_000, "paid"),
        pair(Patient, Receivable, "1", -2_500, "PR-1"),
    ]
    .concat();
    let bill = taken(&[Posted { payer: "ACME", later_payer: "", postings: &first }]);
    assert_eq!((bill.owed(), bill.undecided()), (Money::ZERO, Money::from_cents(18_500)));
}

#[test]
fn what_was_paid_at_the_visit_beyond_the_share_is_a_credit_and_no_debt() {
    let line = Service { owed: Money::from_cents(2_000), ..Service::default() };
    for (paid, due, row) in [
        (5_000, "Your account has a credit of 30.00", "credit -30.00"),
        (2_000, "You owe nothing", "left to pay 0.00"),
        (500, "You owe 15.00", "left to pay 15.00"),
        (0, "You owe 20.00", "left to pay 20.00"),
    ] {
        let paid_at_visit = Money::from_cents(paid);
        let bill = Bill { lines: vec![line.clone()], paid_at_visit, ..Bill::default() };
        let statement = Statement { bills: vec![bill], ..Statement::default() };
        let page = page::page(&statement);
        assert!(page.contains(due) && !page.contains("-30.00"), "{page}");
        assert_eq!(page.contains("less what you paid at the visit"), (1..=2_000).contains(&paid));
        let rows = table::rows(&statement);
        let last = rows.last().expect("the balance");
        assert_eq!(format!("{} {}", last[8], last[12]), row);
    }
}

#[test]
fn the_page_escapes_what_comes_out_of_claims() {
    let mut statement = Statement::default();
    statement.patient.name = "<script>\"&'\u{202e}".to_owned();
    let page = page::page(&statement);
    assert!(!page.contains("<script") && !page.contains('\u{202e}'), "{page}");
}
