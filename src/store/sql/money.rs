//! Questions about remittances and the ledger.

use super::rows;
use crate::change::{ArrivalId, ClaimId};
use crate::ledger::Posting;
use crate::store::sqlite::Session;
use crate::store::{AccountTotal, Result};

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

/// The ledger's balances.
pub fn balances(session: &Session<'_>) -> Result<Vec<AccountTotal>> {
    let statement = "SELECT account, SUM(amount) FROM postings GROUP BY account";
    let mut totals = session.query(statement, &[], |row| {
        Ok(AccountTotal { account: rows::account(row)?, amount: rows::money(row)? })
    })?;
    totals.sort_by_key(|total: &AccountTotal| total.account);
    Ok(totals)
}
