//! What came in, and what leaves.

use super::rows;
use super::values::Value;
use crate::change::{ArrivalId, Moment};
use crate::store::sqlite::Session;
use crate::store::{Arrival, Delivery, KnownInterchange, NewArrival, Remembered, Result};

/// Records an arrival, or counts that it came again. A file keeps the time at which it was
/// received, so that it is known when it is only read once more.
pub fn remember(session: &Session<'_>, arrival: &NewArrival) -> Result<Remembered> {
    let again = "UPDATE arrivals SET times = times + CASE received_at WHEN ? THEN 0 ELSE 1 END \
         WHERE channel = ? AND content = ? RETURNING id, verdict IS NOT NULL, received_at";
    let values =
        [arrival.received_at.into(), (&arrival.channel).into(), (&arrival.content.0).into()];
    let seen = session.query_one(again, &values, |row| {
        let (id, is_settled) = (ArrivalId(row.int()?), row.int()? != 0);
        let is_same_drop = Moment(row.int()?) == arrival.received_at;
        Ok(Remembered::Seen { arrival: id, is_settled, is_same_drop })
    })?;
    if let Some(seen) = seen {
        return Ok(seen);
    }
    let row = [
        ("channel", (&arrival.channel).into()),
        ("name", (&arrival.name).into()),
        ("content", (&arrival.content.0).into()),
        ("bytes_len", arrival.len.into()),
        ("received_at", arrival.received_at.into()),
        ("summary", "".into()),
        ("times", Value::Int(1)),
    ];
    Ok(Remembered::New(ArrivalId(session.insert("arrivals", &row)?)))
}

/// Arrivals that fit `condition`, in an order that it names.
pub fn arrivals(
    session: &Session<'_>,
    condition: &str,
    values: &[Value<'_>],
) -> Result<Vec<Arrival>> {
    session.query(&format!("{} WHERE {condition}", rows::ARRIVALS), values, rows::arrival)
}

/// Accepted interchanges with this route and control number.
pub fn interchanges(
    session: &Session<'_>,
    route: &str,
    control_number: &str,
) -> Result<Vec<KnownInterchange>> {
    let statement = format!(
        "{} WHERE route = ? AND control_number = ? AND is_accepted = 1 ORDER BY id",
        rows::INTERCHANGES
    );
    session.query(&statement, &[route.into(), control_number.into()], rows::interchange)
}

/// Deliveries that fit `condition`, in an order that it names.
pub fn deliveries(
    session: &Session<'_>,
    condition: &str,
    values: &[Value<'_>],
) -> Result<Vec<Delivery>> {
    session.query(&format!("{} WHERE {condition}", rows::DELIVERIES), values, rows::delivery)
}

/// Deliveries of a channel that are due, oldest first.
pub fn undelivered(
    session: &Session<'_>,
    channel: &str,
    now: Moment,
    limit: u32,
) -> Result<Vec<Delivery>> {
    let condition = "channel = ? AND due_at IS NOT NULL AND due_at <= ? ORDER BY id LIMIT ?";
    deliveries(session, condition, &[channel.into(), now.into(), limit.into()])
}

/// Channels that have deliveries waiting, with how many.
pub fn waiting_channels(session: &Session<'_>) -> Result<Vec<(String, u64)>> {
    let statement = "SELECT channel, COUNT(*) FROM deliveries WHERE due_at IS NOT NULL \
         GROUP BY channel ORDER BY channel";
    session.query(statement, &[], |row| Ok((row.string()?, rows::number(row)?)))
}
