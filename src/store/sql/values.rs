//! What goes into a column, and what comes out of it as a type of ours.

use x12::value::{Day, Money};

use crate::change::{ArrivalId, BatchId, ClaimId, DeliveryId, Moment, WorkId};

/// A value for a column. No database needs to take more than these.
///
/// It cannot be printed: values hold patients' data.
#[derive(Clone, Copy)]
pub enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Bytes(&'a [u8]),
    /// Kept as YYYY-MM-DD, which sorts as days do.
    Day(Day),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Value<'a> {
        Value::Text(text)
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Value<'a> {
        Value::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

impl From<u32> for Value<'_> {
    fn from(number: u32) -> Self {
        Value::Int(i64::from(number))
    }
}

impl From<u64> for Value<'_> {
    fn from(number: u64) -> Self {
        Value::Int(i64::try_from(number).expect("no count or length comes near 2^63"))
    }
}

impl From<bool> for Value<'_> {
    fn from(yes: bool) -> Self {
        Value::Int(i64::from(yes))
    }
}

impl From<Money> for Value<'_> {
    fn from(amount: Money) -> Self {
        Value::Int(amount.cents())
    }
}

impl From<Moment> for Value<'_> {
    fn from(moment: Moment) -> Self {
        Value::Int(moment.0)
    }
}

impl From<Day> for Value<'_> {
    fn from(day: Day) -> Self {
        Value::Day(day)
    }
}

impl From<ArrivalId> for Value<'_> {
    fn from(id: ArrivalId) -> Self {
        Value::Int(id.0)
    }
}

impl From<BatchId> for Value<'_> {
    fn from(id: BatchId) -> Self {
        Value::Int(id.0)
    }
}

impl From<ClaimId> for Value<'_> {
    fn from(id: ClaimId) -> Self {
        Value::Int(id.0)
    }
}

impl From<DeliveryId> for Value<'_> {
    fn from(id: DeliveryId) -> Self {
        Value::Int(id.0)
    }
}

impl From<WorkId> for Value<'_> {
    fn from(id: WorkId) -> Self {
        Value::Int(id.0)
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Value<'a> {
        value.map_or(Value::Null, Into::into)
    }
}
