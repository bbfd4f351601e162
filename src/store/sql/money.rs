//! Questions about remittances and the ledger.

use std::collections::BTreeMap;

use x12::value::Money;

use super::rows;
use crate::change::cases::PASSED_ON;
use crate::change::next::Answer;
use crate::change::{ArrivalId, ClaimId, LATER_STATUSES, Moment, ProviderEntry};
use crate::denials::Category;
use crate::ledger::{Account, Posting};
use crate::store::chain::Chain;
use crate::store::sqlite::{Row, Session};
use crate::store::{
    AccountTotal, CarriedTotal, Error, KeptNextPayer, KeptPosting, PaidAs, Result, RuleTotal,
    SaidOfClaim, Suspended,
};

/// The arrival that a remittance of this identity was posted by.
pub fn payment(session: &Session<'_>, identity: &str) -> Result<Option<ArrivalId>> {
    let statement = "SELECT arrival FROM payments WHERE identity = ?";
    session.query_one(statement, &[identity.into()], |row| row.int().map(ArrivalId))
}

/// What the ledger knows of a claim, in the order in which it was posted.
pub fn postings(session: &Session<'_>, claim: ClaimId) -> Result<Vec<Posting>> {
    let place = rows::PLACE;
    let statement = format!(
        "SELECT account, claim, line, amount, reason, {place} FROM postings \
         WHERE claim = ? ORDER BY id"
    );
    session.query(&statement, &[claim.into()], rows::posting)
}

/// Whether money that waited in suspense was posted to a claim.
pub fn is_attached_to(session: &Session<'_>, claim: ClaimId) -> Result<bool> {
    let statement = "SELECT 1 FROM postings WHERE claim = ? AND account = ? LIMIT 1";
    let values = [claim.into(), Account::Suspense.name().into()];
    Ok(!session.query(statement, &values, |_| Ok(()))?.is_empty())
}

/// The ledger's balances. Postings are read once, as they lie: the database would sort all of them by
/// their accounts.
pub fn balances(session: &Session<'_>) -> Result<Vec<AccountTotal>> {
    let mut totals: BTreeMap<Account, Money> = BTreeMap::new();
    session.query("SELECT account, amount FROM postings", &[], |row| {
        *totals.entry(rows::account(row)?).or_default() += rows::money(row)?;
        Ok(())
    })?;
    let total = |(account, amount)| AccountTotal { account, amount };
    Ok(totals.into_iter().map(total).collect())
}

/// What payers carried forward or took back, by payee and reference; what is met is left out.
/// `of` is a payer and a payee; all without it.
pub fn carried(session: &Session<'_>, of: Option<(&str, &str)>) -> Result<Vec<CarriedTotal>> {
    // In the words of the index, so that it is used.
    let (condition, values) = match of {
        Some((payer, payee)) => ("AND payer = ? AND payee = ?", vec![payer.into(), payee.into()]),
        None => ("", Vec::new()),
    };
    let statement = format!(
        "SELECT payer, payee, reason, reference, SUM(amount), MAX(claim) FROM provider_adjustments \
         WHERE reason IN ('FB', 'WO', 'WU', '72') AND reason <> '72' {condition} \
         GROUP BY payer, payee, reason, reference HAVING SUM(amount) <> 0 \
         ORDER BY payer, payee, reason, reference"
    );
    let totals = session.query(&statement, &values, |row| {
        let total = CarriedTotal {
            payer: row.string()?,
            payee: row.string()?,
            reason: row.string()?,
            reference: x12::phi::Phi::new(row.string()?),
            amount: rows::money(row)?,
        };
        Ok((total, row.maybe_int()?.map(ClaimId)))
    })?;
    Ok(CarriedTotal::by_claims(totals))
}

/// Whether a claim was ever billed for this NPI.
pub fn is_billed_for(session: &Session<'_>, npi: &str) -> Result<bool> {
    let statement = "SELECT 1 FROM claims WHERE billing_npi = ? LIMIT 1";
    Ok(session.query_one(statement, &[npi.into()], |row| row.int())?.is_some())
}

/// The offices whose claims were billed for this NPI; two at most, for then nobody knows which.
pub fn offices_billed_for(session: &Session<'_>, npi: &str) -> Result<Vec<String>> {
    // Step by step along the index: a provider may have a million claims of one office.
    let statement = "SELECT partner FROM claims INDEXED BY claims_by_billing_npi \
         WHERE billing_npi = ? AND partner > ? ORDER BY partner LIMIT 1";
    let mut offices: Vec<String> = Vec::new();
    while offices.len() < 2 {
        let last = offices.last().map_or("", String::as_str);
        let values = [npi.into(), last.into()];
        let Some(next) = session.query_one(statement, &values, |row| row.string())? else { break };
        offices.push(next);
    }
    Ok(offices)
}

/// Whether a payer paid a payee under this number.
pub fn is_trace_used(
    session: &Session<'_>,
    (payer, payee): (&str, &str),
    trace: &str,
) -> Result<bool> {
    let statement = "SELECT 1 FROM payments WHERE trace = ? AND payee = ? AND payer = ? LIMIT 1";
    let values = [trace.into(), payee.into(), payer.into()];
    Ok(session.query_one(statement, &values, |row| row.int())?.is_some())
}

/// Whom a payer paid under this number.
pub fn payees_under(
    session: &Session<'_>,
    payer: &str,
    trace: &str,
    limit: u32,
) -> Result<Vec<String>> {
    let statement =
        "SELECT DISTINCT payee FROM payments WHERE trace = ? AND payer = ? ORDER BY payee LIMIT ?";
    session.query(statement, &[trace.into(), payer.into(), limit.into()], |row| row.string())
}

/// Under which numbers and names a payer paid.
pub fn paid_as(
    session: &Session<'_>,
    payer: &str,
    number: Option<&str>,
    limit: u32,
) -> Result<Vec<PaidAs>> {
    let read = |row: &mut Row<'_>| {
        Ok(PaidAs {
            payer_id: row.string()?,
            payer_name: row.string()?,
            identity: row.string()?,
            amount: rows::money(row)?,
        })
    };
    let (is_asked, number) = (number.is_some(), number.unwrap_or_default());
    let of_number = if is_asked { "AND payer_id = ?" } else { "AND payer_id >= ?" };
    let statement = format!(
        "SELECT payer_id, payer_name, identity, amount FROM payments \
         WHERE payer = ? {of_number} ORDER BY id DESC LIMIT ?"
    );
    session.query(&statement, &[payer.into(), number.into(), limit.into()], read)
}

/// The latest remittances of a payer to a payee under this number.
pub fn paid_under(
    session: &Session<'_>,
    (payer, payee): (&str, &str),
    trace: &str,
    limit: u32,
) -> Result<Vec<(ArrivalId, PaidAs)>> {
    let statement = "SELECT arrival, payer_id, payer_name, identity, amount FROM payments \
         WHERE trace = ? AND payee = ? AND payer = ? ORDER BY id DESC LIMIT ?";
    let values = [trace.into(), payee.into(), payer.into(), limit.into()];
    session.query(statement, &values, |row| {
        let arrival = ArrivalId(row.int()?);
        let paid = PaidAs {
            payer_id: row.string()?,
            payer_name: row.string()?,
            identity: row.string()?,
            amount: rows::money(row)?,
        };
        Ok((arrival, paid))
    })
}

/// What the PLBs of the latest payments under this number say.
pub fn adjusted_under(
    session: &Session<'_>,
    (payer, payee): (&str, &str),
    trace: &str,
    payments: u32,
) -> Result<Vec<Vec<ProviderEntry>>> {
    let statement = "SELECT latest, provider_adjustments.payee, reason, reference, amount FROM \
         (SELECT id AS latest FROM payments WHERE trace = ? AND payee = ? AND payer = ? \
         ORDER BY id DESC LIMIT ?) \
         JOIN provider_adjustments ON provider_adjustments.payment = latest \
         ORDER BY latest DESC, provider_adjustments.id";
    let values = [trace.into(), payee.into(), payer.into(), payments.into()];
    let entries = session.query(statement, &values, |row| {
        let payment = row.int()?;
        let entry = ProviderEntry {
            payee: row.string()?,
            reason: row.string()?,
            reference: x12::phi::Phi::new(row.string()?),
            amount: rows::money(row)?,
        };
        Ok((payment, entry))
    })?;
    let of_payments = entries.chunk_by(|(payment, _), (next, _)| payment == next);
    Ok(of_payments.map(|some| some.iter().map(|(_, entry)| entry.clone()).collect()).collect())
}

/// Claim payments that wait, oldest first.
pub fn suspended(session: &Session<'_>) -> Result<Vec<Suspended>> {
    let place = rows::PLACE;
    let statement = format!(
        "SELECT payments.arrival, {place}, payments.payer, payments.identity, payments.trace, payments.paid_on, claim, \
         matched_by, status, charge, suspended FROM claim_payments \
         JOIN payments ON payments.id = claim_payments.payment \
         WHERE suspended <> 0 OR waits <> 0 ORDER BY claim_payments.id"
    );
    session.query(&statement, &[], rows::suspended)
}

/// What payers said of a claim and was posted, or waits, in the order in which it came.
pub fn said(session: &Session<'_>, claim: ClaimId) -> Result<Vec<SaidOfClaim>> {
    let statement = "SELECT payments.arrival, payments.payer, payments.identity, payments.paid_on, place_offset, \
         status, payer_control_number, charge, paid, adjustments, lines, word, waits FROM claim_payments \
         JOIN payments ON payments.id = claim_payments.payment \
         WHERE claim = ? AND (word <> '' OR waits = 1) ORDER BY claim_payments.id";
    session.query(statement, &[claim.into()], rows::said)
}

/// Claims whose next payers are to be decided on.
pub fn next_payers_due(session: &Session<'_>, limit: u32) -> Result<Vec<KeptNextPayer>> {
    let statement = format!("{} WHERE is_due <> 0 ORDER BY claim LIMIT ?", rows::NEXT_PAYERS);
    session.query(&statement, &[limit.into()], rows::next_payer)
}

/// Claims that were passed on before a moment, and of which nothing was heard since: that is asked anew with every word.
pub fn passed_on_before(
    session: &Session<'_>,
    before: Moment,
    limit: u32,
) -> Result<Vec<KeptNextPayer>> {
    let statement = format!(
        "{} WHERE is_due = 0 AND answer = ? AND at < ? AND NOT EXISTS (SELECT 1 FROM work \
         WHERE work.claim = next_payers.claim AND work.category = ? AND work.rule = ? \
         AND work.opened_at >= next_payers.at) ORDER BY claim LIMIT ?",
        rows::NEXT_PAYERS
    );
    let values = [
        Answer::PassedOn.name().into(),
        before.into(),
        Category::NextPayer.name().into(),
        PASSED_ON.into(),
        limit.into(),
    ];
    session.query(&statement, &values, rows::next_payer)
}

/// Whether a payer after a claim's own decided under it, and did not take all of it back.
pub fn has_later_word() -> String {
    let has_later_status = has_later_status();
    format!(
        "(SELECT COALESCE(SUM(CASE claim_payments.word WHEN 'reversed' THEN -1 ELSE 1 END), 0) > 0 \
         FROM claim_payments JOIN payments ON payments.id = claim_payments.payment \
         WHERE claim_payments.claim = claims.id AND claim_payments.word <> '' \
         AND payments.payer <> '' AND payments.payer <> claims.payer AND {has_later_status})"
    )
}

/// Whether a word on a claim has one of `LATER_STATUSES`.
pub fn has_later_status() -> String {
    let statuses = LATER_STATUSES.map(|status| format!("'{status}'")).join(", ");
    format!("claim_payments.status IN ({statuses})")
}

/// Whether a claim goes on to its next payer.
pub fn next_payer(session: &Session<'_>, claim: ClaimId) -> Result<Option<KeptNextPayer>> {
    let statement = format!("{} WHERE claim = ?", rows::NEXT_PAYERS);
    session.query_one(&statement, &[claim.into()], rows::next_payer)
}

/// How often each payer broke each rule, and in how many remittances.
pub fn broken_rules(session: &Session<'_>) -> Result<Vec<RuleTotal>> {
    let statement = "SELECT payments.payer, rule, COUNT(*), SUM(times) FROM broken_rules \
         JOIN payments ON payments.id = broken_rules.payment \
         GROUP BY payments.payer, rule ORDER BY payments.payer, rule";
    session.query(statement, &[], |row| {
        Ok(RuleTotal {
            payer: row.string()?,
            rule: row.string()?,
            remittances: rows::number(row)?,
            times: rows::number(row)?,
        })
    })
}

/// Where the chain of the ledger ends.
pub fn chain(session: &Session<'_>) -> Result<Chain> {
    let read = session.query_one("SELECT postings, digest FROM ledger", &[], |row| {
        let postings = rows::number(row)?;
        let digest = row.bytes()?.try_into();
        Ok(Chain { postings, digest: digest.map_err(|_| Error::Unreadable { what: "a digest" })? })
    })?;
    read.ok_or(Error::Unreadable { what: "no chain of the ledger" })
}

/// When the last posting was booked.
pub fn booked_at(session: &Session<'_>) -> Result<Moment> {
    let read =
        session.query_one("SELECT booked_at FROM ledger", &[], |row| Ok(Moment(row.int()?)))?;
    read.ok_or(Error::Unreadable { what: "no chain of the ledger" })
}

/// Postings of the chain after one, in order, each with what it comes from.
pub fn journal(session: &Session<'_>, after: i64, limit: u32) -> Result<Vec<KeptPosting>> {
    let place = rows::PLACE.replace("place_", "postings.place_");
    let statement = format!(
        "SELECT postings.id, COALESCE(payments.arrival, deposits.arrival), account, claim, line, postings.amount, reason, {place} \
         FROM postings LEFT JOIN payments ON payments.id = postings.payment \
         LEFT JOIN deposits ON deposits.id = postings.deposit \
         WHERE postings.id > ? AND postings.id > (SELECT after FROM ledger) \
         ORDER BY postings.id LIMIT ?"
    );
    session.query(&statement, &[after.into(), limit.into()], |row| {
        let (id, arrival) = (row.int()?, row.maybe_int()?.map(ArrivalId));
        Ok(KeptPosting { id, arrival, posting: rows::posting(row)? })
    })
}
