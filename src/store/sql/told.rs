//! Claim payments as they are kept, what became of them, and what a person takes back of that.

use serde::{Deserialize, Serialize};
use x12::value::Money;

use super::commit::must_write_one;
use super::rows;
use crate::change::detached::{Detached, Waited};
use crate::change::{ArrivalId, Awaits, ClaimId, Tier};
use crate::ledger::{Account, Posting};
use crate::store::sqlite::{Row, Session};
use crate::store::{Error, Result, Told};

/// What is kept of the CLP that stands at this byte of an arrival.
pub fn told(session: &Session<'_>, arrival: ArrivalId, offset: usize) -> Result<Option<Told>> {
    let place = rows::PLACE;
    let statement = format!(
        "SELECT payments.payer, payments.identity, {place}, claim, tier, matched_by, lines, adjustments, waits, \
         suspended, word, status, paid, waited FROM claim_payments \
         JOIN payments ON payments.id = claim_payments.payment \
         WHERE payments.arrival = ? AND place_offset = ? ORDER BY claim_payments.id DESC LIMIT 1"
    );
    session.query_one(&statement, &[arrival.into(), rows::offset(offset).into()], read_told)
}

fn read_told(row: &mut Row<'_>) -> Result<Told> {
    Ok(Told {
        payer: row.string()?,
        identity: row.string()?,
        place: rows::place(row)?,
        stands: waited(row)?,
        word: rows::word(row)?,
        status: row.string()?,
        paid: rows::money(row)?,
        waited: read(row.text()?)?,
    })
}

/// The columns of a claim payment that say how it stands.
const STANDS: &str = "claim, tier, matched_by, lines, adjustments, waits, suspended";

/// Reads `STANDS`.
fn waited(row: &mut Row<'_>) -> Result<Waited> {
    let unsure = Error::Unreadable { what: "how sure a match is" };
    Ok(Waited {
        claim: row.maybe_int()?.map(ClaimId),
        tier: Tier::named(row.text()?).ok_or(unsure)?,
        matched_by: row.string()?,
        lines: row.string()?,
        adjustments: row.string()?,
        waits: awaits(row.int()?),
        suspended: rows::money(row)?,
        number: None,
    })
}

/// What was posted to a claim by the CLP at this byte of a remittance, in order.
pub fn posted(
    session: &Session<'_>,
    (identity, offset): (&str, usize),
    claim: ClaimId,
) -> Result<Vec<Posting>> {
    let place = rows::PLACE;
    let statement = format!(
        "SELECT account, claim, line, amount, reason, {place} FROM postings WHERE claim = ? \
         AND payment = (SELECT id FROM payments WHERE identity = ?) AND place_offset >= ? \
         AND place_offset < COALESCE((SELECT MIN(other.place_offset) FROM claim_payments AS other \
         WHERE other.payment = postings.payment AND other.place_offset > ?), place_offset + 1) \
         ORDER BY id"
    );
    let at = rows::offset(offset);
    let values = [claim.into(), identity.into(), at.into(), at.into()];
    session.query(&statement, &values, rows::posting)
}

/// What of a CLP was put on the account of suspense, and taken out of it.
pub fn in_suspense(session: &Session<'_>, identity: &str, offset: usize) -> Result<Vec<Posting>> {
    let place = rows::PLACE;
    let statement = format!(
        "SELECT account, claim, line, amount, reason, {place} FROM postings WHERE account = ? \
         AND payment = (SELECT id FROM payments WHERE identity = ?) AND place_offset >= ? \
         AND place_offset < COALESCE((SELECT MIN(other.place_offset) FROM claim_payments AS other \
         WHERE other.payment = postings.payment AND other.place_offset > ?), place_offset + 1) \
         ORDER BY id"
    );
    let at = rows::offset(offset);
    let values = [Account::Suspense.name().into(), identity.into(), at.into(), at.into()];
    session.query(&statement, &values, rows::posting)
}

/// How a claim payment stands, for whoever decides on it to take that back.
pub fn standing(session: &Session<'_>, id: i64) -> Result<Waited> {
    let statement = format!("SELECT {STANDS} FROM claim_payments WHERE id = ?");
    let found = session.query_one(&statement, &[id.into()], waited)?;
    found.ok_or(Error::Unreadable { what: "a claim payment" })
}

/// Writes that a claim payment waits again; gives the number of its payment.
pub fn detach(session: &Session<'_>, detached: &Detached) -> Result<i64> {
    let Detached { arrival, offset, from, left, waits, .. } = detached;
    let at = rows::offset(*offset);
    let statement = "SELECT claim_payments.id, payments.id FROM claim_payments \
         JOIN payments ON payments.id = claim_payments.payment \
         WHERE payments.arrival = ? AND claim_payments.place_offset = ? \
         AND suspended = ? AND (suspended <> 0 OR waits = 0) AND (word <> '') = ? AND (word = '' OR claim = ?) \
         ORDER BY claim_payments.id DESC LIMIT 1";
    let values =
        [(*arrival).into(), at.into(), (*left).into(), from.is_some().into(), (*from).into()];
    let found = session.query_one(statement, &values, |row| Ok((row.int()?, row.int()?)))?;
    let (id, payment) = found.ok_or(Error::Stale { what: "what was posted out of suspense" })?;
    let statement = "UPDATE claim_payments SET claim = ?, tier = ?, matched_by = ?, lines = ?, \
         adjustments = ?, waits = ?, suspended = ?, word = '', waited = '' WHERE id = ?";
    let values = [
        waits.claim.into(),
        waits.tier.name().into(),
        (&waits.matched_by).into(),
        (&waits.lines).into(),
        (&waits.adjustments).into(),
        rows::awaited(waits.waits).into(),
        waits.suspended.into(),
        id.into(),
    ];
    must_write_one(session, statement, &values, "what was posted out of suspense")?;
    // What contracts say of it was said of that claim.
    let statement = "DELETE FROM comparisons WHERE claim = ? AND arrival = ? AND place_offset >= ? \
         AND place_offset < COALESCE((SELECT MIN(other.place_offset) FROM claim_payments AS other \
         WHERE other.payment = ? AND other.place_offset > ?), place_offset + 1)";
    let values = [(*from).into(), (*arrival).into(), at.into(), payment.into(), at.into()];
    session.exec(statement, &values)?;
    Ok(payment)
}

/// What stood there, as it is kept.
#[derive(Deserialize, Serialize)]
struct Kept {
    claim: Option<i64>,
    tier: String,
    matched_by: String,
    lines: String,
    adjustments: String,
    waits: i64,
    suspended_cents: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

/// How a claim payment waited, as it is kept.
pub fn text(waited: &Waited) -> String {
    let Waited { claim, tier, matched_by, lines, adjustments, waits, suspended, number } = waited;
    let kept = Kept {
        claim: claim.map(|claim| claim.0),
        tier: tier.name().to_owned(),
        matched_by: matched_by.clone(),
        lines: lines.clone(),
        adjustments: adjustments.clone(),
        waits: rows::awaited(*waits),
        suspended_cents: suspended.cents(),
        number: number.clone(),
    };
    serde_json::to_string(&kept).expect("text can always be written as JSON")
}

fn read(text: &str) -> Result<Option<Waited>> {
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = || Error::Unreadable { what: "how a claim payment waited" };
    let kept: Kept = serde_json::from_str(text).map_err(|_| unreadable())?;
    Ok(Some(Waited {
        claim: kept.claim.map(ClaimId),
        tier: Tier::named(&kept.tier).ok_or_else(unreadable)?,
        matched_by: kept.matched_by,
        lines: kept.lines,
        adjustments: kept.adjustments,
        waits: awaits(kept.waits),
        suspended: Money::from_cents(kept.suspended_cents),
        number: kept.number,
    }))
}

fn awaits(kept: i64) -> Option<Awaits> {
    [Awaits::Word, Awaits::Person].into_iter().find(|waits| rows::awaited(Some(*waits)) == kept)
}
