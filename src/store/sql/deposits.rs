//! Deposits: what is written of them, and what is asked.

use std::collections::BTreeSet;

use x12::value::Day;

use super::commit::{add_work, must_write_one};
use super::payments::Writer;
use super::values::Value;
use super::{refunds, rows};
use crate::change::deposits::{
    Asked, Awaited, BankChange, Deposit, DepositId, DepositTier, KeptCase, KeptDeposit, Mark,
    NewDeposit, Pairing, PaymentId, Reassociation, Way, WrittenOff, awaited_from, trace_key,
};
use crate::change::{ArrivalId, Change, Moment, WorkId, WorkState, WorkWords};
use crate::store::sqlite::{Row, Session};
use crate::store::{Committed, Error, Result};

impl From<DepositId> for Value<'_> {
    fn from(id: DepositId) -> Self {
        Value::Int(id.0)
    }
}

impl From<PaymentId> for Value<'_> {
    fn from(id: PaymentId) -> Self {
        Value::Int(id.0)
    }
}

/// Writes all that a change says of deposits.
pub fn write(
    writer: &mut Writer<'_, '_>,
    change: &Change,
    committed: &mut Committed,
) -> Result<()> {
    let (bank, at) = (&change.bank, change.at);
    let session = writer.session;
    if let Some(version) = bank.version {
        let statement = "UPDATE reassociations SET version = ? WHERE version = ?";
        let values = [(version + 1).into(), version.into()];
        must_write_one(session, statement, &values, "list of deposits")?;
    }
    for new in &bank.deposits {
        add_deposit(writer, new)?;
    }
    for (parted, why, postings) in &bank.parted {
        part(session, parted, why, at)?;
        writer.post_all(parted.deposit, postings)?;
    }
    for (paired, postings) in &bank.paired {
        pair(session, paired, at)?;
        writer.post_all(paired.deposit, postings)?;
    }
    for (deposit, why, postings) in &bank.set_aside {
        let statement = "UPDATE deposits SET set_aside = ? WHERE id = ? AND set_aside = ''";
        must_write_one(session, statement, &[why.into(), (*deposit).into()], "deposit")?;
        writer.post_all(*deposit, postings)?;
    }
    for (one, postings) in &bank.written_off {
        write_off(session, one, at)?;
        writer.post_of(one.payment, postings)?;
    }
    for (one, postings) in &bank.reopened {
        reopen(session, one, at)?;
        writer.post_of(one.payment, postings)?;
    }
    refunds::write(writer, bank, at)?;
    write_cases(session, bank, at, committed)
}

fn write_cases(
    session: &Session<'_>,
    bank: &BankChange,
    at: Moment,
    committed: &mut Committed,
) -> Result<()> {
    for key in &bank.closed {
        let statement = "UPDATE deposit_cases SET is_over = 1 WHERE key = ? AND is_over = 0";
        must_write_one(session, statement, &[key.into()], "case of a deposit")?;
    }
    for (key, work) in &bank.cases {
        let statement = "SELECT id FROM deposit_cases WHERE key = ? AND is_over = 0";
        if session.query_one(statement, &[key.into()], |row| row.int())?.is_some() {
            return Err(Error::Stale { what: "case of a deposit" });
        }
        let work = add_work(session, work, work.claim, at)?;
        let row = [("key", key.into()), ("work", work.into()), ("is_over", false.into())];
        session.insert("deposit_cases", &row)?;
        committed.work.push(work);
    }
    Ok(())
}

fn add_deposit(writer: &mut Writer<'_, '_>, new: &NewDeposit) -> Result<()> {
    let NewDeposit { deposit, postings } = new;
    let session = writer.session;
    let statement = "SELECT id FROM deposits WHERE identity = ?";
    let known = session.query_one(statement, &[(&deposit.identity).into()], |row| row.int())?;
    if known.is_some() {
        return Err(Error::Stale { what: "deposit" });
    }
    let key = trace_key(&deposit.trace);
    let [offset, segment, element, component, repeat] = rows::place_columns(deposit.place);
    let row = [
        ("arrival", deposit.arrival.into()),
        ("identity", (&deposit.identity).into()),
        ("day", deposit.day.into()),
        ("amount", deposit.amount.into()),
        ("way", deposit.way.name().into()),
        ("trace", (&deposit.trace).into()),
        ("trace_key", (&key).into()),
        ("payer_id", (&deposit.payer_id).into()),
        ("payer_name", (&deposit.payer_name).into()),
        ("bank_reference", (&deposit.bank_reference).into()),
        ("is_claim_payment", deposit.is_claim_payment.into()),
        offset,
        segment,
        element,
        component,
        repeat,
        ("set_aside", "".into()),
        ("paired", Value::Int(0)),
    ];
    let id = DepositId(session.insert("deposits", &row)?);
    writer.post_all(id, postings)
}

fn pair(session: &Session<'_>, pairing: &Pairing, at: Moment) -> Result<()> {
    let Pairing { deposit, payment, amount, tier, evidence } = pairing;
    let row = [
        ("deposit", (*deposit).into()),
        ("payment", (*payment).into()),
        ("amount", (*amount).into()),
        ("tier", tier.name().into()),
        ("evidence", evidence.into()),
        ("at", at.into()),
        ("parted_at", Value::Null),
        ("parted_because", "".into()),
    ];
    session.insert("pairings", &row)?;
    add_to_both(session, pairing, amount.cents())
}

fn part(session: &Session<'_>, pairing: &Pairing, why: &str, at: Moment) -> Result<()> {
    let Pairing { deposit, payment, amount, .. } = pairing;
    // What a bank took back in between may have left two that are the same: one is parted at a time.
    let statement = "UPDATE pairings SET parted_at = ?, parted_because = ? WHERE id = (SELECT MIN(id) \
         FROM pairings WHERE deposit = ? AND payment = ? AND amount = ? AND parted_at IS NULL)";
    let values = [at.into(), why.into(), (*deposit).into(), (*payment).into(), (*amount).into()];
    must_write_one(session, statement, &values, "pair of a deposit")?;
    add_to_both(session, pairing, -amount.cents())
}

fn add_to_both(session: &Session<'_>, pairing: &Pairing, cents: i64) -> Result<()> {
    let statement = "UPDATE deposits SET paired = paired + ? WHERE id = ?";
    must_write_one(session, statement, &[cents.into(), pairing.deposit.into()], "deposit")?;
    let statement = "UPDATE payments SET deposited = deposited + ? WHERE id = ?";
    must_write_one(session, statement, &[cents.into(), pairing.payment.into()], "payment")
}

fn write_off(session: &Session<'_>, one: &WrittenOff, at: Moment) -> Result<()> {
    let WrittenOff { payment, amount, why } = one;
    let row = [
        ("payment", (*payment).into()),
        ("amount", (*amount).into()),
        ("why", why.into()),
        ("at", at.into()),
        ("undone_at", Value::Null),
        ("undone_because", "".into()),
    ];
    session.insert("write_offs", &row)?;
    let statement = "UPDATE payments SET written_off = written_off + ? WHERE id = ?";
    must_write_one(session, statement, &[(*amount).into(), (*payment).into()], "payment")
}

fn reopen(session: &Session<'_>, one: &WrittenOff, at: Moment) -> Result<()> {
    let WrittenOff { payment, amount, why } = one;
    let statement = "UPDATE payments SET written_off = 0 \
         WHERE id = ? AND written_off = ? AND written_off <> 0";
    must_write_one(session, statement, &[(*payment).into(), (*amount).into()], "write-off")?;
    let statement = "UPDATE write_offs SET undone_at = ?, undone_because = ? \
         WHERE payment = ? AND undone_at IS NULL";
    session.exec(statement, &[at.into(), why.into(), (*payment).into()]).map(drop)
}

/// What tells whether deposits are to be looked at again.
pub fn mark(session: &Session<'_>) -> Result<Mark> {
    let statement = "SELECT (SELECT version FROM reassociations), \
         COALESCE((SELECT MAX(id) FROM deposits), 0), COALESCE((SELECT MAX(id) FROM payments), 0)";
    let mark = session.query_one(statement, &[], |row| {
        Ok(Mark {
            version: rows::number(row)?,
            deposits: rows::number(row)?,
            payments: rows::number(row)?,
        })
    })?;
    Ok(mark.unwrap_or_default())
}

/// The first day of any deposit.
pub fn first_day(session: &Session<'_>) -> Result<Option<Day>> {
    let found = session.query_one("SELECT MIN(day) FROM deposits", &[], rows::maybe_day)?;
    Ok(found.flatten())
}

/// Which of these identities are known.
pub fn known(session: &Session<'_>, identities: &[String]) -> Result<Vec<String>> {
    let statement = "SELECT identity FROM deposits WHERE identity = ?";
    let mut known = Vec::new();
    for identity in identities {
        known.extend(session.query_one(statement, &[identity.into()], |row| row.string())?);
    }
    Ok(known)
}

/// Deposits that are open.
const OPEN_DEPOSITS: &str = "set_aside = '' AND amount <> paired";

/// Payments that wait for the bank; the value is the day from which on they do, whether a deposit has
/// their trace number or not.
const OPEN_PAYMENTS: &str =
    "awaited <> deposited + written_off AND (paid_on IS NULL OR paid_on >= ?)";

/// Trace numbers that deposits have, and payments of any day without all of their money: one that comes
/// late makes doubtful what was paired.
const DOUBTFUL_KEYS: &str = "SELECT payments.trace_key FROM payments JOIN deposits \
     ON deposits.trace_key = payments.trace_key WHERE awaited <> deposited + written_off \
     AND payments.trace_key <> '' AND deposits.trace_key <> ''";

/// Trace numbers of deposits that the bank may have taken back, by its own number for them.
const RETURNED_KEYS: &str = "SELECT trace_key FROM deposits WHERE bank_reference <> '' \
     AND bank_reference IN (SELECT bank_reference FROM deposits WHERE set_aside = '' \
     AND amount <> paired AND amount < 0)";

/// All that is open on both sides, all that has the trace number of something open, and what is
/// asked for.
pub fn reassociation(session: &Session<'_>, asked: &Asked) -> Result<Reassociation> {
    let Mark { version, .. } = mark(session)?;
    let Some(since) = first_day(session)?.map(awaited_from) else {
        return Ok(Reassociation { version, ..Reassociation::default() });
    };
    let keys = format!(
        "trace_key <> '' AND trace_key IN (SELECT trace_key FROM deposits WHERE {OPEN_DEPOSITS} \
         UNION SELECT trace_key FROM payments WHERE {OPEN_PAYMENTS} UNION {DOUBTFUL_KEYS} \
         UNION {RETURNED_KEYS})"
    );
    let condition = format!(
        "id IN (SELECT id FROM deposits WHERE {OPEN_DEPOSITS} UNION SELECT id FROM deposits \
         WHERE {keys}) OR id = ? ORDER BY id"
    );
    let deposits = deposits(session, &condition, &[since.into(), asked.deposit.into()])?;
    let places = vec!["?"; asked.payments.len()].join(", ");
    let condition = format!(
        "id IN (SELECT id FROM payments WHERE {OPEN_PAYMENTS} UNION SELECT id FROM payments \
         WHERE {keys} UNION SELECT payment FROM pairings WHERE deposit = ? AND parted_at IS NULL) \
         OR id IN ({places}) ORDER BY id"
    );
    let mut values = vec![since.into(), since.into(), asked.deposit.into()];
    values.extend(asked.payments.iter().map(|payment| Value::from(*payment)));
    let payments = payments(session, &condition, &values)?;
    let pairings = pairings_of(session, &deposits, &payments)?;
    Ok(Reassociation { version, deposits, payments, pairings, cases: cases(session)? })
}

/// What was given up of payments and is not waited for again, the newest first.
pub fn written_off(session: &Session<'_>, limit: u32) -> Result<Vec<(WrittenOff, Awaited)>> {
    let statement = format!(
        "SELECT write_offs.payment, write_offs.amount, why, {AWAITED} FROM write_offs \
         JOIN payments ON payments.id = write_offs.payment WHERE undone_at IS NULL \
         ORDER BY write_offs.id DESC LIMIT ?"
    );
    session.query(&statement, &[limit.into()], |row| {
        let payment = PaymentId(row.int()?);
        let one = WrittenOff { payment, amount: rows::money(row)?, why: row.string()? };
        Ok((one, awaited(row)?.1))
    })
}

/// Deposits, the newest first, with what they are paired with.
pub fn listed(
    session: &Session<'_>,
    open_only: bool,
    limit: u32,
) -> Result<Vec<(KeptDeposit, Vec<Pairing>)>> {
    let which = if open_only { OPEN_DEPOSITS } else { "1 = 1" };
    let condition = format!("{which} ORDER BY day DESC, id DESC LIMIT ?");
    let mut listed = Vec::new();
    for deposit in deposits(session, &condition, &[limit.into()])? {
        let pairings = pairings(session, "deposit", deposit.id.0)?;
        let pairings = pairings.into_iter().map(|(_, pairing)| pairing).collect();
        listed.push((deposit, pairings));
    }
    Ok(listed)
}

fn deposits(
    session: &Session<'_>,
    condition: &str,
    values: &[Value<'_>],
) -> Result<Vec<KeptDeposit>> {
    let place = rows::PLACE;
    let statement = format!(
        "SELECT id, arrival, identity, day, amount, way, trace, payer_id, payer_name, \
         bank_reference, is_claim_payment, {place}, set_aside FROM deposits WHERE {condition}"
    );
    session.query(&statement, values, |row| {
        Ok(KeptDeposit {
            id: DepositId(row.int()?),
            deposit: Deposit {
                arrival: ArrivalId(row.int()?),
                identity: row.string()?,
                day: rows::maybe_day(row)?.ok_or(Error::Unreadable { what: "an empty day" })?,
                amount: rows::money(row)?,
                way: way(row)?,
                trace: row.string()?,
                payer_id: row.string()?,
                payer_name: row.string()?,
                bank_reference: row.string()?,
                is_claim_payment: row.int()? != 0,
                place: rows::place(row)?,
            },
            set_aside: row.string()?,
        })
    })
}

fn payments(
    session: &Session<'_>,
    condition: &str,
    values: &[Value<'_>],
) -> Result<Vec<(PaymentId, Awaited)>> {
    let statement = format!("SELECT {AWAITED} FROM payments WHERE {condition}");
    session.query(&statement, values, awaited)
}

/// The columns that `awaited` reads.
const AWAITED: &str = "payments.id, payments.arrival, identity, payer, payer_id, payer_name, way, \
     trace, paid_on, awaited, payments.amount, written_off";

fn awaited(row: &mut Row<'_>) -> Result<(PaymentId, Awaited)> {
    let id = PaymentId(row.int()?);
    let awaited = Awaited {
        arrival: ArrivalId(row.int()?),
        identity: row.string()?,
        payer: row.string()?,
        payer_id: row.string()?,
        payer_name: row.string()?,
        way: way(row)?,
        trace: row.string()?,
        paid_on: rows::maybe_day(row)?,
        amount: rows::money(row)?,
        stated: rows::money(row)?,
        written_off: rows::money(row)?,
    };
    Ok((id, awaited))
}

/// Pairs of any of these, in the order in which they were made.
fn pairings_of(
    session: &Session<'_>,
    deposits: &[KeptDeposit],
    payments: &[(PaymentId, Awaited)],
) -> Result<Vec<Pairing>> {
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for kept in deposits {
        found.extend(pairings(session, "deposit", kept.id.0)?);
    }
    for (payment, _) in payments {
        found.extend(pairings(session, "payment", payment.0)?);
    }
    found.retain(|(id, _)| seen.insert(*id));
    found.sort_by_key(|(id, _)| *id);
    Ok(found.into_iter().map(|(_, pairing)| pairing).collect())
}

fn pairings(session: &Session<'_>, side: &str, id: i64) -> Result<Vec<(i64, Pairing)>> {
    let statement = format!(
        "SELECT id, deposit, payment, amount, tier, evidence FROM pairings \
         WHERE {side} = ? AND parted_at IS NULL ORDER BY id"
    );
    session.query(&statement, &[id.into()], |row| {
        let id = row.int()?;
        let pairing = Pairing {
            deposit: DepositId(row.int()?),
            payment: PaymentId(row.int()?),
            amount: rows::money(row)?,
            tier: DepositTier::named(row.text()?)
                .ok_or(Error::Unreadable { what: "how sure a pair is" })?,
            evidence: row.string()?,
        };
        Ok((id, pairing))
    })
}

fn cases(session: &Session<'_>) -> Result<Vec<KeptCase>> {
    let statement = "SELECT key, work, state, owner, note, what, action, evidence, work.amount \
         FROM deposit_cases JOIN work ON work.id = deposit_cases.work \
         WHERE is_over = 0 ORDER BY deposit_cases.id";
    session.query(statement, &[], |row| {
        Ok(KeptCase {
            key: row.string()?,
            work: WorkId(row.int()?),
            state: WorkState::named(row.text()?)
                .ok_or(Error::Unreadable { what: "a state of work" })?,
            owner: row.string()?,
            note: row.string()?,
            words: WorkWords {
                what: Some(row.string()?),
                action: Some(row.string()?),
                evidence: Some(row.string()?),
                amount: Some(rows::money(row)?),
            },
        })
    })
}

fn way(row: &mut Row<'_>) -> Result<Way> {
    Way::named(row.text()?).ok_or(Error::Unreadable { what: "a way of payment" })
}
