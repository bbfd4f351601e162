//! The ledger against what else the store says of the same money. A daemon may post meanwhile, so each
//! check reads first what the other side can only add to.

use std::collections::{BTreeMap, BTreeSet};

use x12::value::Money;

use super::Audit;
use super::remitted::Cash;
use super::unexplained::Books;
use crate::ledger::{self, Account};
use crate::store::chain::Chain;
use crate::store::{self, Store, WorkFilter};

/// How many postings or remittances are read at a time.
const ROWS_PER_PAGE: u32 = 5_000;

/// How often sums are compared anew while something is posted in between.
const ATTEMPTS_MAX: u32 = 3;

pub(super) fn compare(store: &dyn Store, audit: &mut Audit) -> store::Result<()> {
    replay(store, audit)?;
    for attempt in 1..=ATTEMPTS_MAX {
        let before = store.chain()?;
        let found = compare_sums(store)?;
        if store.chain()? == before || found.is_empty() || attempt == ATTEMPTS_MAX {
            audit.disagreements.extend(found);
            break;
        }
    }
    Ok(())
}

/// Reads the ledger from its first posting: it comes to the digest that was kept, to nothing in
/// sum, and every posting names the segment that it comes from.
fn replay(store: &dyn Store, audit: &mut Audit) -> store::Result<()> {
    let before = store.chain()?;
    let mut chain = Chain::default();
    let (mut after, mut sum, mut without_source) = (0, Money::ZERO, 0_u64);
    while chain.postings < before.postings {
        let left = before.postings - chain.postings;
        let page = store.journal(after, left.min(ROWS_PER_PAGE.into()) as u32)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for kept in &page {
            chain.add(&kept.posting);
            sum += kept.posting.amount;
            let has_origin = kept.arrival.is_some() || kept.posting.claim.is_some();
            without_source += u64::from(!has_origin || kept.posting.source.segment == 0);
        }
    }
    audit.postings = chain.postings;
    audit.ledger = chain.hex();
    if chain != before {
        audit.disagreements.push(
            "the ledger read from its first posting comes to another digest than was kept: a \
             posting was changed or lost"
                .to_owned(),
        );
    }
    // A change is written whole, so that what was read ends where one ended.
    if !sum.is_zero() {
        audit.disagreements.push(format!("the ledger is out of balance by {sum}"));
    }
    if without_source > 0 {
        audit.disagreements.push(format!("{without_source} postings name no segment"));
    }
    let mut beyond = 0;
    loop {
        let page = store.journal(after, ROWS_PER_PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        beyond += page.len() as u64;
    }
    let kept = store.chain()?.postings;
    if kept < chain.postings + beyond {
        let more = chain.postings + beyond - kept;
        audit.disagreements.push(format!("{more} postings were added past the ledger"));
    }
    Ok(())
}

/// Of each remittance that was posted the cash is BPR02, and what a person gave up of it is taken from it.
/// Gives all this cash, and each posting to those who ask of the claims.
pub(super) fn compare_cash(
    store: &dyn Store,
    of_claims: &mut Books<'_>,
    audit: &mut Audit,
) -> store::Result<Cash> {
    let mut paid: BTreeMap<i64, Money> = BTreeMap::new();
    let mut after = 0;
    loop {
        let page = store.remittances(after, ROWS_PER_PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        paid.extend(page.iter().map(|remittance| (remittance.id, remittance.amount)));
    }
    let was_given_up = written_off(store)?;
    let mut given_up: BTreeMap<i64, Money> = BTreeMap::new();
    let mut cash: BTreeMap<i64, Money> = BTreeMap::new();
    let mut all = Cash::default();
    let mut after = 0;
    loop {
        let page = store.entries(after, ROWS_PER_PAGE)?;
        let Some(last) = page.last() else { break };
        after = last.id;
        for entry in &page {
            all.add(entry);
            of_claims.add(entry);
        }
        for (payment, posting) in
            page.iter().filter_map(|entry| Some((entry.payment?, &entry.posting)))
        {
            let cash = cash.entry(payment).or_default();
            if ledger::is_paid(posting) {
                *cash += posting.amount;
            }
            if ledger::is_given_up(posting) {
                *given_up.entry(payment).or_default() -= posting.amount;
            }
        }
    }
    given_up.retain(|_, amount| !amount.is_zero());
    if given_up != was_given_up && was_given_up == written_off(store)? {
        audit.disagreements.push(
            "what was written off of remittances is not what the ledger took from their cash"
                .to_owned(),
        );
    }
    for (payment, cash) in cash {
        let told = paid.get(&payment).copied().unwrap_or(cash);
        if told != cash {
            audit.disagreements.push(format!(
                "payment {payment} is of {told}, but {cash} of it stands in the ledger"
            ));
        }
    }
    all.sort();
    Ok(all)
}

/// What persons gave up, by the remittance that it is of.
fn written_off(store: &dyn Store) -> store::Result<BTreeMap<i64, Money>> {
    let mut amounts: BTreeMap<i64, Money> = BTreeMap::new();
    for (one, _) in store.written_off(u32::MAX)? {
        *amounts.entry(one.payment.0).or_default() += one.amount;
    }
    Ok(amounts)
}

/// What waits, and what payers carry, against the accounts.
fn compare_sums(store: &dyn Store) -> store::Result<Vec<String>> {
    let balances = store.balances()?;
    let of = |account| {
        let found = balances.iter().find(|total| total.account == account);
        found.map(|total| total.amount).unwrap_or_default()
    };
    let mut found = Vec::new();
    let suspended = store.suspended()?;
    let waits: Money = suspended.iter().map(|one| one.amount).sum();
    if waits != -of(Account::Suspense) {
        found.push(format!(
            "{} waits on the account of suspense, but {waits} by what remittances say",
            -of(Account::Suspense)
        ));
    }
    let filter = WorkFilter { open_only: true, ..WorkFilter::default() };
    let open = store.work(&filter)?;
    let told: BTreeSet<_> =
        open.iter().filter_map(|item| item.arrival.zip(item.remitted)).collect();
    let unseen = suspended.iter().filter(|one| !told.contains(&(one.arrival, one.place.offset)));
    let unseen = unseen.count();
    if unseen > 0 {
        found.push(format!(
            "{unseen} payments wait in suspense, and no open item of the queue says so"
        ));
    }
    Ok(found)
}
