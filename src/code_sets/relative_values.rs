//! What Medicare's physician fee schedule reckons its prices from: relative values, the factors of a
//! locality, the conversion factor.

use x12::value::Day;

use super::library::Library;
use super::table::Span;

/// The relative values of a procedure, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RelativeValues {
    pub work: u32,
    pub office_expense: u32,
    pub facility_expense: u32,
    pub malpractice: u32,
    /// In ten-thousandths; `None` where the file does not say.
    pub conversion_factor: Option<u32>,
    /// What becomes of it beside others: 0 nothing, 2 the dearest is paid whole, 3 to 7 by rules of
    /// their own, 9 does not apply.
    pub several: u8,
    /// Since when it is so; `None` when the file does not say.
    pub since: Option<Day>,
    /// What both sides of it come to: 1 half as much again, 3 each side whole.
    pub both_sides: u8,
}

/// The factors of a locality, in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Locality {
    pub work: u32,
    pub expense: u32,
    pub malpractice: u32,
}

impl Locality {
    /// In place of a locality: what the schedule is before any place is looked at.
    pub const NATIONAL: Locality = Locality { work: 1_000, expense: 1_000, malpractice: 1_000 };
}

impl Library {
    /// What the fee schedule reckons a procedure's price from, or that of a part of it when a
    /// modifier names one; `None` when it does not have it on the day.
    pub fn relative_values(&self, code: &str, modifier: &str, on: Day) -> Option<RelativeValues> {
        let key = [code.as_bytes(), modifier.as_bytes()].concat();
        let span = self.imported("mpfs")?.span(&key, on)?;
        let values = |place| span.fact(place).unwrap_or_default();
        Some(RelativeValues {
            work: values(1),
            office_expense: values(2),
            facility_expense: values(3),
            malpractice: values(4),
            conversion_factor: span.fact(12),
            several: indicator(span, 7),
            both_sides: indicator(span, 8),
            since: span.first,
        })
    }

    /// The factors of a contractor's locality, by the numbers of both: `1421201`.
    pub fn locality(&self, number: &str, on: Day) -> Option<Locality> {
        let span = self.imported("mpfs-gpci")?.span(number.as_bytes(), on)?;
        Some(Locality { work: span.fact(0)?, expense: span.fact(1)?, malpractice: span.fact(2)? })
    }
}

/// One letter or digit; a blank where there is none.
fn indicator(span: &Span, place: usize) -> u8 {
    span.fact(place).and_then(|fact| u8::try_from(fact).ok()).unwrap_or(b' ')
}
