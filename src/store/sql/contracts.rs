//! What contracts say of payments, and the rates that payments imply: written and read.

use x12::phi::Phi;
use x12::value::Money;

use super::rows;
use super::values::Value;
use crate::change::{ArrivalId, Change, ClaimId, Compared, WorkId};
use crate::contracts::Class;
use crate::contracts::learned::{Key, Rate};
use crate::reports::facts::Expected;
use crate::store::sqlite::{Row, Session};
use crate::store::{Committed, Error, Result};

/// Writes all that a change says of contracts and rates.
pub fn write(session: &Session<'_>, change: &Change, committed: &Committed) -> Result<()> {
    let items = committed.items_of_lines(change);
    for compared in &change.compared {
        let item = items.get(&(compared.arrival, compared.claim, compared.place));
        add_compared(session, compared, item.copied())?;
    }
    for rate in &change.rates {
        add_rate(session, rate)?;
    }
    Ok(())
}

fn add_compared(session: &Session<'_>, compared: &Compared, item: Option<WorkId>) -> Result<()> {
    let [offset, segment, element, component, repeat] = rows::place_columns(compared.place);
    let row = [
        ("claim", compared.claim.into()),
        ("arrival", compared.arrival.into()),
        offset,
        segment,
        element,
        component,
        repeat,
        ("line", (&compared.line).into()),
        ("code", (&compared.code).into()),
        ("contract", (&compared.contract).into()),
        ("allowed", compared.allowed.into()),
        ("expected", compared.expected.into()),
        ("paid", compared.paid.into()),
        ("patient", compared.patient.into()),
        ("variance", compared.variance.into()),
        ("class", compared.class.name().into()),
        ("words", (&compared.words).into()),
        ("plan", (&compared.plan).into()),
        ("day", compared.day.into()),
        ("charge", compared.charge.into()),
        ("work", item.into()),
    ];
    session.insert("comparisons", &row).map(drop)
}

fn add_rate(session: &Session<'_>, rate: &Rate) -> Result<()> {
    let statement = "INSERT INTO rates (payer, payee, plan, code, modifiers, place, amount, day, \
         times, units, is_told) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) \
         ON CONFLICT (payer, payee, plan, code, modifiers, place, amount, day) DO UPDATE SET \
         times = rates.times + excluded.times, units = rates.units + excluded.units, \
         is_told = CASE WHEN excluded.is_told = 1 THEN 1 ELSE rates.is_told END";
    let Rate { key, amount, day, times, units_thousandths: units, is_told } = rate;
    let lines = i64::from(*times);
    let at = [(*amount).into(), (*day).into()];
    let seen = [lines.into(), (*units).into(), (*is_told).into()];
    session.exec(statement, &[&key_values(key)[..], &at, &seen].concat())?;
    if 0 < lines {
        return Ok(());
    }
    // What no line has any more is forgotten.
    let statement = "DELETE FROM rates WHERE payer = ? AND payee = ? AND plan = ? AND code = ? \
         AND modifiers = ? AND place = ? AND amount = ? AND day = ? AND times <= 0";
    session.exec(statement, &[&key_values(key)[..], &at].concat()).map(drop)
}

/// The columns of a key, in the order in which they stand in `rates`.
fn key_values(key: &Key) -> [Value<'_>; 6] {
    let Key { payer, payee, plan, code, modifiers, place } = key;
    [payer, payee, plan, code, modifiers, place].map(Value::from)
}

/// What contracts said of a claim's payments, in the order in which they came.
pub fn compared(session: &Session<'_>, claim: ClaimId) -> Result<Vec<Compared>> {
    let statement = format!("SELECT {} FROM comparisons WHERE claim = ? ORDER BY id", columns());
    session.query(&statement, &[claim.into()], read_compared)
}

/// What contracts said of lines after one, with what each belongs to. The remittance is the one whose
/// CLP stands before the line in its file.
pub fn expected(session: &Session<'_>, after: i64, limit: u32) -> Result<Vec<Expected>> {
    let statement = format!(
        "SELECT comparisons.id, comparisons.work, COALESCE(payments.payer, claims.payer, ''), \
         COALESCE(payments.trace, ''), payments.paid_on, claims.partner, claims.billing_npi, \
         claims.patient_control_number, {} FROM comparisons \
         JOIN claims ON claims.id = comparisons.claim \
         LEFT JOIN payments ON payments.id = (SELECT own.id FROM claim_payments \
         JOIN payments AS own ON own.id = claim_payments.payment \
         WHERE claim_payments.claim = comparisons.claim AND own.arrival = comparisons.arrival \
         AND claim_payments.place_offset <= comparisons.place_offset \
         ORDER BY claim_payments.place_offset DESC, own.id DESC LIMIT 1) \
         WHERE comparisons.id > ? ORDER BY comparisons.id LIMIT ?",
        columns()
    );
    session.query(&statement, &[after.into(), limit.into()], |row| {
        Ok(Expected {
            id: row.int()?,
            item: row.maybe_int()?.map(WorkId),
            payer: row.string()?,
            trace: row.string()?,
            paid_on: rows::maybe_day(row)?,
            office: row.string()?,
            provider: row.string()?,
            control_number: Phi::new(row.string()?),
            compared: read_compared(row)?,
        })
    })
}

/// What `read_compared` reads.
fn columns() -> String {
    let place = rows::PLACE;
    format!(
        "comparisons.claim, comparisons.arrival, {place}, line, code, contract, plan, day, \
         comparisons.charge, allowed, expected, paid, comparisons.patient, variance, class, words"
    )
}

fn read_compared(row: &mut Row<'_>) -> Result<Compared> {
    Ok(Compared {
        claim: ClaimId(row.int()?),
        arrival: ArrivalId(row.int()?),
        place: rows::place(row)?,
        line: row.string()?,
        code: row.string()?,
        contract: row.string()?,
        plan: row.string()?,
        day: rows::maybe_day(row)?,
        charge: row.maybe_int()?.map(Money::from_cents),
        allowed: rows::money(row)?,
        expected: rows::money(row)?,
        paid: rows::money(row)?,
        patient: rows::money(row)?,
        variance: rows::money(row)?,
        class: Class::named(row.text()?).ok_or(Error::Unreadable { what: "a class" })?,
        words: row.string()?,
    })
}

const RATES: &str = "SELECT payer, payee, plan, code, modifiers, place, amount, day, times, units, \
     is_told FROM rates";

/// What payers allowed for each of these on the last days.
pub fn rates(session: &Session<'_>, keys: &[&Key], limit: u32) -> Result<Vec<Rate>> {
    let statement = format!(
        "{RATES} WHERE payer = ? AND payee = ? AND plan = ? AND code = ? AND modifiers = ? \
         AND place = ? ORDER BY day DESC, amount LIMIT ?"
    );
    let mut found = Vec::new();
    for key in keys {
        let values = [&key_values(key)[..], &[limit.into()]].concat();
        found.extend(session.query(&statement, &values, rate)?);
    }
    Ok(found)
}

/// All rates, in the order of what they are paid for.
pub fn all_rates(session: &Session<'_>) -> Result<Vec<Rate>> {
    let statement =
        format!("{RATES} ORDER BY payer, payee, plan, code, modifiers, place, day, amount");
    session.query(&statement, &[], rate)
}

fn rate(row: &mut Row<'_>) -> Result<Rate> {
    Ok(Rate {
        key: Key {
            payer: row.string()?,
            payee: row.string()?,
            plan: row.string()?,
            code: row.string()?,
            modifiers: row.string()?,
            place: row.string()?,
        },
        amount: rows::money(row)?,
        day: rows::day(row)?,
        times: rows::number(row)?,
        units_thousandths: row.int()?,
        is_told: row.int()? != 0,
    })
}
