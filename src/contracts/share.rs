//! Percents and factors, whole to the last digit, and the one rule by which they are rounded.

use std::fmt;

use x12::value::Money;

/// A part of an amount, in millionths: 100 % is a million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Share(u64);

impl Share {
    pub const WHOLE: Share = Share(1_000_000);

    /// Of whole percents.
    pub const fn of_percent(percent: u64) -> Share {
        Share(percent * 10_000)
    }

    pub(super) const fn millionths(self) -> u64 {
        self.0
    }

    /// Reads `112.5`, a percent with at most four places, up to a thousand.
    pub fn parse(text: &str) -> Option<Share> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let fits = (1..=4).contains(&whole.len()) && fraction.len() <= 4;
        if !fits || !is_number(whole) || !is_number(fraction) || text.ends_with('.') {
            return None;
        }
        let number: u64 = format!("{whole}{fraction:0<4}").parse().ok()?;
        (number <= PERCENT_MAX * 10_000).then_some(Share(number))
    }

    /// That part of an amount. Half a cent is rounded up, away from nothing: this is the rule of all
    /// contracts.
    pub fn of(self, amount: Money) -> Money {
        let exact = i128::from(amount.cents()) * i128::from(self.0);
        rounded(exact, i128::from(Share::WHOLE.0))
    }

    /// That part of that part.
    pub fn times(self, other: Share) -> Share {
        let exact = u128::from(self.0) * u128::from(other.0);
        let whole = u128::from(Share::WHOLE.0);
        Share(((exact + whole / 2) / whole) as u64)
    }
}

/// More than ten times anything is a slip of the pen.
const PERCENT_MAX: u64 = 1_000;

/// Cents of a quotient, half a cent up and away from nothing.
pub(super) fn rounded(exact: i128, by: i128) -> Money {
    let cents = (exact.abs() + by / 2) / by;
    Money::from_cents(i64::try_from(cents * exact.signum()).unwrap_or(i64::MAX))
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, fraction) = (self.0 / 10_000, self.0 % 10_000);
        if fraction == 0 {
            return write!(f, "{whole} %");
        }
        let fraction = format!("{fraction:04}");
        write!(f, "{whole}.{} %", fraction.trim_end_matches('0'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_percents_and_nothing_else() {
        for (text, told) in
            [("100", "100 %"), ("112.5", "112.5 %"), ("0.0001", "0.0001 %"), ("1000", "1000 %")]
        {
            assert_eq!(Share::parse(text).expect(text).to_string(), told);
        }
        for text in ["", ".", "1.", ".5", "-1", "1e2", "1,5", "1.23456", "1001", "100%"] {
            assert_eq!(Share::parse(text), None, "{text}");
        }
    }

    #[test]
    fn rounds_half_a_cent_away_from_nothing() {
        for (cents, percent, expected) in [
            (9250, "100", 9250),
            (101, "50", 51),
            (-101, "50", -51),
            (100, "33.3333", 33),
            (9251, "112.5", 10407),
            (5, "10", 1),
            (4, "10", 0),
        ] {
            let share = Share::parse(percent).expect(percent);
            assert_eq!(share.of(Money::from_cents(cents)).cents(), expected, "{cents} {percent}");
        }
    }
}
