//! `export aging` of a store, with all that has to hold of it, and what an audit asks of its claims.

use std::collections::BTreeMap;
use std::fmt::Write;

use claimgate::audit::Unexplained;
use claimgate::change::ClaimId;
use claimgate::change::cases::Ending;
use claimgate::clock::Zone;
use claimgate::commands::export::each_row;
use claimgate::denials::Category;
use claimgate::ledger::Account;
use claimgate::reports::cells::Cell;
use claimgate::reports::{Asked, Report, Row, csv};
use claimgate::store::{KeptPosting, Store, WorkFilter};
use x12::fault::Place;
use x12::value::{Day, Money};

/// The report as CSV. Receivables by the ledger and what is denied and worked on beside them come to the
/// total, row by row; over all payers the first is what the ledger has, and the second no more than the open
/// items on denials say is at risk.
pub fn aging(store: &dyn Store, today: Day) -> String {
    let report = Report::Aging;
    let mut rows: Vec<Row> = Vec::new();
    each_row(store, (report, &Asked::default()), (&Zone::UTC, today), &mut |row| {
        rows.push(row);
        Ok(())
    })
    .expect("rows");
    let columns = report.columns(false);
    let at = |name: &str| columns.iter().position(|column| column.name == name).expect("a column");
    let amount = |row: &Row, name: &str| match row[at(name)] {
        Cell::Money(amount) => amount,
        ref cell => panic!("{name} is {cell:?}"),
    };
    let (all, each): (Vec<&Row>, Vec<&Row>) =
        rows.iter().partition(|row| row[0] == Cell::text("(all)"));
    let sum =
        |rows: &[&Row], name: &str| -> Money { rows.iter().map(|row| amount(row, name)).sum() };
    for name in ["open", "credit", "in_ledger", "beside_ledger", "days_over_120"] {
        assert_eq!(sum(&all, name), sum(&each, name), "{name}");
    }
    for row in &rows {
        let ages = ["days_0_30", "days_31_60", "days_61_90", "days_91_120", "days_over_120"];
        let aged: Money = ages.iter().map(|name| amount(row, name)).sum();
        assert_eq!(aged, amount(row, "open"));
        let total = amount(row, "open") + amount(row, "credit");
        assert_eq!(total, amount(row, "in_ledger") + amount(row, "beside_ledger"));
    }
    let balances = store.balances().expect("read");
    let owed = |account| -> Money {
        balances.iter().filter(|one| one.account == account).map(|one| one.amount).sum()
    };
    assert_eq!(sum(&all, "in_ledger"), owed(Account::Receivable) + owed(Account::Patient));
    let beside = sum(&all, "beside_ledger");
    let taken_off = taken_off(store);
    assert!(Money::ZERO <= beside && beside <= taken_off, "{beside} of {taken_off}");
    assert!(beside <= at_risk(store), "{beside} is more than items say");
    let mut bytes = csv::header(&columns);
    for row in &rows {
        bytes.extend(csv::row(row));
    }
    String::from_utf8(bytes).expect("text").replace('\r', "")
}

/// What payers took off, of the claims of which they did: one may have more put back on it than was ever taken off.
fn taken_off(store: &dyn Store) -> Money {
    let mut of_claims: BTreeMap<Option<ClaimId>, Money> = BTreeMap::new();
    for KeptPosting { posting, .. } in store.journal(0, u32::MAX).expect("read") {
        if matches!(posting.account, Account::Contractual | Account::OtherAdjustment) {
            *of_claims.entry(posting.claim).or_default() += posting.amount;
        }
    }
    of_claims.into_values().filter(|amount| Money::ZERO < *amount).sum()
}

/// What items on denials say that have not ended, and those of claims that the payer has once more.
fn at_risk(store: &dyn Store) -> Money {
    let filter = WorkFilter { category: Some(Category::Denied), ..WorkFilter::default() };
    let items = store.work(&filter).expect("read");
    let goes_on =
        items.iter().filter(|item| item.ending.is_none_or(|how| how == Ending::DeniedAgain));
    goes_on.map(|item| item.amount).sum()
}

/// What an audit asks of claims, each with all that was said of them, the items about them and what is posted:
/// empty when the books explain themselves.
#[allow(dead_code, reason = "each test uses its part of it")]
pub fn questions(store: &dyn Store, unexplained: &[Unexplained]) -> String {
    let mut story = String::new();
    for one in unexplained {
        let Unexplained { question, amount, sums, .. } = one;
        writeln!(story, "{question:?} {amount}: {sums:?}").expect("text");
        for &id in &one.claims {
            let claim = store.claim(id).expect("read").expect("a claim");
            writeln!(story, "  claim {} of {:?}: {:?}", id.0, claim.payer, claim.state)
                .expect("text");
            for said in store.said(id).expect("read") {
                let days = said.paid_on.map(|day| day.to_string()).unwrap_or_default();
                writeln!(
                    story,
                    "    {} {} {:?} {days}, arrival {}: {} of {}; {}",
                    said.payer,
                    said.status,
                    said.word,
                    said.arrival.0,
                    said.paid,
                    said.charge,
                    said.adjustments
                )
                .expect("text");
            }
            let filter = WorkFilter { claim: Some(id), ..WorkFilter::default() };
            for item in store.work(&filter).expect("read") {
                let (category, state) = (item.category.name(), item.state.name());
                writeln!(
                    story,
                    "    item {} {category} {state} {}: {} [{}]",
                    item.id.0, item.amount, item.what, item.note
                )
                .expect("text");
            }
            for made in store.postings(id).expect("read") {
                let (account, Place { offset, .. }) = (made.account.name(), made.source);
                let (line, amount, reason) = (made.line, made.amount, made.reason);
                writeln!(story, "    {account} {line} {amount} {reason} at {offset}")
                    .expect("text");
            }
        }
    }
    story
}
