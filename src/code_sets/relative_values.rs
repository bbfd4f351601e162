//! What Medicare's physician fee schedule reckons its prices from: relative values, the factors of a
//! locality, the conversion factor.

use std::fmt::{self, Write as _};

use x12::value::Day;

use super::library::Library;
use super::table::Span;

/// The relative values of a procedure, in hundredths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RelativeValues {
    /// A where it is paid by these values, C where contractors set the price; many others.
    pub status: u8,
    pub work: u32,
    pub office_expense: u32,
    pub facility_expense: u32,
    pub malpractice: u32,
    /// In ten-thousandths; `None` where the file does not say.
    pub conversion_factor: Option<u32>,
    /// Whether it has a professional (26) and a technical part (TC): 1 both, 2 is the one alone, 3 is
    /// the other alone, 4 both under codes of their own.
    pub parts: u8,
    /// What becomes of it beside others: 0 nothing, 1 and 2 the dearest is paid whole, 3 endoscopies
    /// of one base, 4 imaging, 5 therapy, 6 tests of the heart, 7 tests of the eye, 9 does not apply.
    pub several: u8,
    /// The endoscopy that it has built in (3).
    pub base: Option<Code>,
    /// Since when it is so; `None` when the file does not say.
    pub since: Option<Day>,
    /// What both sides of it come to: 1 half as much again, 3 each side whole.
    pub both_sides: u8,
}

/// A code of five letters and digits, as a fact of a table holds it: a number to the base of 36.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code(u32);

impl Code {
    /// `None` for what is no code of five letters and digits.
    pub fn parse(text: &str) -> Option<Code> {
        let is_plain = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if text.len() != 5 || !text.bytes().all(is_plain) {
            return None;
        }
        u32::from_str_radix(text, 36).ok().map(Code)
    }

    pub const fn of_fact(fact: u32) -> Code {
        Code(fact)
    }

    pub const fn fact(self) -> u32 {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for place in (0..5).rev() {
            let digit = self.0 / 36_u32.pow(place) % 36;
            let letter = char::from_digit(digit, 36).unwrap_or('0').to_ascii_uppercase();
            f.write_char(letter)?;
        }
        Ok(())
    }
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
            status: indicator(span, 0),
            parts: indicator(span, 6),
            several: indicator(span, 7),
            base: span.fact(13).map(Code::of_fact),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_code_as_a_number() {
        for text in ["00000", "45378", "G0105", "0001F", "ZZZZZ"] {
            let code = Code::parse(text).expect("a code");
            assert_eq!(Code::of_fact(code.fact()).to_string(), text);
        }
        for text in ["", "4537", "453788", "g0105", "4537 ", "+4537"] {
            assert_eq!(Code::parse(text), None, "{text}");
        }
    }
}
