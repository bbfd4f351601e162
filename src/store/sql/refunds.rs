//! Refunds: what is written of them, and what is asked; and what payers say of them.

use x12::phi::Phi;

use super::commit::must_write_one;
use super::payments::Writer;
use super::rows;
use super::values::Value;
use crate::change::deposits::{BankChange, PaymentId};
use crate::change::refunds::{KeptEntry, KeptRefund, Refund, RefundId};
use crate::change::{ArrivalId, ClaimId, Moment, ProviderEntry};
use crate::store::sqlite::Session;
use crate::store::{Error, Result};

/// Writes all that a change says of refunds.
pub fn write(writer: &mut Writer<'_, '_>, bank: &BankChange, at: Moment) -> Result<()> {
    for (refund, postings) in &bank.refunded {
        add(writer.session, refund, at)?;
        writer.post_by(refund.payment, postings)?;
    }
    for (id, why, postings) in &bank.unrefunded {
        let statement = "SELECT payment FROM refunds WHERE id = ? AND undone_at IS NULL";
        let payment = writer.session.query_one(statement, &[id.0.into()], |row| row.maybe_int())?;
        let payment = payment.ok_or(Error::Stale { what: "refund" })?.map(PaymentId);
        let statement = "UPDATE refunds SET undone_at = ?, undone_because = ? WHERE id = ?";
        must_write_one(writer.session, statement, &[at.into(), why.into(), id.0.into()], "refund")?;
        writer.post_by(payment, postings)?;
    }
    Ok(())
}

fn add(session: &Session<'_>, refund: &Refund, at: Moment) -> Result<()> {
    let [offset, segment, element, component, repeat] = rows::place_columns(refund.source);
    let payment = refund.payment.map(|payment| payment.0);
    let row = [
        ("payer", (&refund.payer).into()),
        ("payee", (&refund.payee).into()),
        ("reference", refund.reference.expose().into()),
        ("claim", refund.claim.into()),
        ("account", refund.account.name().into()),
        ("payment", payment.map_or(Value::Null, Value::Int)),
        ("amount", refund.amount.into()),
        ("number", (&refund.number).into()),
        ("why", (&refund.why).into()),
        offset,
        segment,
        element,
        component,
        repeat,
        ("at", at.into()),
        ("undone_at", Value::Null),
        ("undone_because", "".into()),
    ];
    session.insert("refunds", &row).map(drop)
}

/// Refunds that stand, in the order in which they were booked: of a payer and a payee, or all.
pub fn refunds(session: &Session<'_>, of: Option<(&str, &str)>) -> Result<Vec<KeptRefund>> {
    match of {
        Some((payer, payee)) => {
            standing(session, "AND payer = ? AND payee = ?", &[payer.into(), payee.into()])
        }
        None => standing(session, "", &[]),
    }
}

/// The same of a claim.
pub fn refunds_of(session: &Session<'_>, claim: ClaimId) -> Result<Vec<KeptRefund>> {
    standing(session, "AND claim = ?", &[claim.into()])
}

fn standing(
    session: &Session<'_>,
    condition: &str,
    values: &[Value<'_>],
) -> Result<Vec<KeptRefund>> {
    let place = rows::PLACE;
    let statement = format!(
        "SELECT id, payer, payee, reference, claim, account, payment, amount, number, why, {place}, at \
         FROM refunds WHERE undone_at IS NULL {condition} ORDER BY id"
    );
    session.query(&statement, values, |row| {
        let id = RefundId(row.int()?);
        let refund = Refund {
            payer: row.string()?,
            payee: row.string()?,
            reference: Phi::new(row.string()?),
            claim: row.maybe_int()?.map(ClaimId),
            account: rows::account(row)?,
            payment: row.maybe_int()?.map(PaymentId),
            amount: rows::money(row)?,
            number: row.string()?,
            why: row.string()?,
            source: rows::place(row)?,
        };
        Ok(KeptRefund { id, at: Moment(row.int()?), refund })
    })
}

/// What payers say that they got back (PLB 72), in the order in which it came: of a payer and a payee, or all.
pub fn returns(session: &Session<'_>, of: Option<(&str, &str)>) -> Result<Vec<KeptEntry>> {
    let (condition, values) = match of {
        Some((payer, payee)) => {
            ("AND entry.payer = ? AND entry.payee = ?", vec![payer.into(), payee.into()])
        }
        None => ("", Vec::new()),
    };
    // In the words of the index, so that it is used.
    let condition = format!(
        "entry.reason IN ('FB', 'WO', 'WU', '72') AND entry.reason = '72' {condition} \
         ORDER BY entry.id"
    );
    entries(session, &condition, &values)
}

/// What the PLBs of a payer say of a provider under a reference, in the order in which it came.
pub fn said_under(
    session: &Session<'_>,
    (payer, payee): (&str, &str),
    reference: &str,
) -> Result<Vec<KeptEntry>> {
    let condition = "entry.reason IN ('FB', 'WO', 'WU', '72') \
         AND entry.payer = ? AND entry.payee = ? AND entry.reference = ? ORDER BY entry.id";
    entries(session, condition, &[payer.into(), payee.into(), reference.into()])
}

/// What PLBs give or take beside claims under a reference and do not carry, in the order in which it came.
pub fn given_under(session: &Session<'_>, reference: &str) -> Result<Vec<KeptEntry>> {
    let condition = "entry.reason NOT IN ('FB', 'WO', 'WU', '72') AND entry.reference = ? \
         ORDER BY entry.id";
    entries(session, condition, &[reference.into()])
}

fn entries(session: &Session<'_>, condition: &str, values: &[Value<'_>]) -> Result<Vec<KeptEntry>> {
    let place = rows::PLACE.replace("place_", "entry.place_");
    let statement = format!(
        "SELECT payments.id, payments.arrival, arrivals.received_at, entry.payer, entry.payee, entry.reason, entry.reference, \
         entry.amount, entry.claim, EXISTS (SELECT 1 FROM provider_adjustments AS one \
         WHERE one.reason IN ('FB', 'WO', 'WU', '72') AND one.reason IN ('FB', 'WO', 'WU') \
         AND one.payer = entry.payer AND one.payee = entry.payee \
         AND one.reference = entry.reference AND one.amount < 0), {place} FROM provider_adjustments AS entry \
         JOIN payments ON payments.id = entry.payment JOIN arrivals ON arrivals.id = payments.arrival \
         WHERE {condition}"
    );
    session.query(&statement, values, |row| {
        Ok(KeptEntry {
            payment: PaymentId(row.int()?),
            arrival: ArrivalId(row.int()?),
            at: Moment(row.int()?),
            payer: row.string()?,
            entry: ProviderEntry {
                payee: row.string()?,
                reason: row.string()?,
                reference: Phi::new(row.string()?),
                amount: rows::money(row)?,
            },
            claim: row.maybe_int()?.map(ClaimId),
            is_set_aside: row.int()? != 0,
            place: rows::place(row)?,
        })
    })
}
