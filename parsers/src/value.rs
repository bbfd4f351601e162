//! Text and what it means: amounts, quantities, days, national provider identifiers.
//!
//! Reading is strict and never fails loudly: what is not of the form gives `None`, and whoever checks
//! says what is wrong.
//!
//! ```
//! use x12::value::{Day, Money, Quantity};
//!
//! let charge = Money::parse(b"120.5").expect("an amount");
//! assert_eq!(charge + Money::from_cents(50), Money::parse(b"121").expect("an amount"));
//! assert_eq!(Money::parse(b"12O"), None);
//! assert_eq!(Day::parse(b"20260210").expect("a day").to_string(), "2026-02-10");
//! assert_eq!(Quantity::parse(b"1.5").expect("a quantity").thousandths(), 1500);
//! ```

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use nom::bytes::complete::take_while;
use nom::character::complete::char;
use nom::combinator::{all_consuming, opt};
use nom::{IResult, Parser};

/// Whole cents.
///
/// Data element 782: at most twelve digits before the point and two behind it, an optional minus, no
/// exponent, no plus sign, no separators. Sums do not overflow; they stop at the largest amount. What
/// is larger or finer is still a [`Decimal`].
///
/// ```
/// use x12::value::Money;
///
/// let amounts = [Money::parse(b"100"), Money::parse(b"-.5"), Money::parse(b"1.005")];
/// assert_eq!(amounts, [Some(Money::from_cents(10_000)), Some(Money::from_cents(-50)), None]);
///
/// let paid: Money = amounts.into_iter().flatten().sum();
/// assert_eq!(paid.cents(), 9_950);
/// assert_eq!(paid.to_wire(), "99.5");
/// assert!(!paid.is_zero() && !paid.is_negative());
/// assert_eq!((Money::ZERO - paid).abs(), paid);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i64);

/// Digits before the point that we take in; the guides allow eight. A set of 256 MiB has room for some ten
/// million amounts, so the bound keeps the sums of each far from overflow.
const MONEY_DIGITS_MAX: usize = 9;

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(0);

    /// So many cents.
    pub const fn from_cents(cents: i64) -> Money {
        Money(cents)
    }

    /// The amount in cents.
    pub const fn cents(self) -> i64 {
        self.0
    }

    /// Reads data element 782. `None` when the text is no amount, has a fraction of a cent, or more than eighteen
    /// digits.
    pub fn parse(text: &[u8]) -> Option<Money> {
        let number = Digits::parse(text, MONEY_DIGITS_MAX)?;
        Some(Money(number.scaled(2)?))
    }

    /// As X12 writes it: no trailing zeros, no point without cents (`40`, `40.5`, `-3.25`).
    pub fn to_wire(self) -> String {
        scaled_to_wire(self.0, 2)
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The amount without its sign.
    pub const fn abs(self) -> Money {
        Money(self.0.saturating_abs())
    }
}

/// As people write it: always two digits after the point.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        let text = format!("{sign}{}.{:02}", cents / 100, cents % 100);
        f.pad(&text)
    }
}

// Amounts are below 10^11 cents each, so no set can reach the bounds of i64; saturating is the
// promise that arithmetic on input never panics.
impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(self.0.saturating_neg())
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

/// A number of type R, exact, whatever its size and however fine it is.
///
/// X12 gives one eighteen digits, before the point and behind it together. So it holds amounts that
/// [`Money`] does not, for those who say what was sent or whether it adds up. A sum may have more
/// digits; it stops at what no file reaches.
///
/// ```
/// use x12::value::{Decimal, Money};
///
/// let amounts = ["1234567890123", "60.005", "-0.005"].map(|text| Decimal::parse(text.as_bytes()));
/// let sum: Decimal = amounts.into_iter().flatten().sum();
/// assert_eq!((sum.to_wire().as_str(), sum.to_string().as_str()), ("1234567890183", "1234567890183.00"));
///
/// // It is an amount to reckon with where it is in whole cents and not too large.
/// assert_eq!(sum.money(), None);
/// assert_eq!(Decimal::parse(b"60.50").and_then(Decimal::money), Money::parse(b"60.5"));
/// assert_eq!((sum - sum, Decimal::parse(b"12O")), (Decimal::ZERO, None));
/// assert!(sum.is_writable() && !sum.is_zero() && (-sum).is_negative());
/// assert_eq!((-sum).abs(), sum);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    /// In units of the finest that eighteen digits write.
    units: i128,
}

/// Digits of data elements of type R, before and after the point.
const DECIMAL_DIGITS_MAX: usize = 18;

/// Units in one.
const UNITS: i128 = 10_i128.pow(DECIMAL_DIGITS_MAX as u32);

impl Decimal {
    /// Nothing.
    pub const ZERO: Decimal = Decimal { units: 0 };

    /// Reads a number. `None` when the text is none, or has more than eighteen digits.
    pub fn parse(text: &[u8]) -> Option<Decimal> {
        let number = Digits::parse(text, DECIMAL_DIGITS_MAX)?;
        let value = |digits: &[u8]| {
            digits.iter().fold(0_i128, |sum, &digit| sum * 10 + i128::from(digit - b'0'))
        };
        let finer = DECIMAL_DIGITS_MAX - number.fraction.len();
        let fraction = value(number.fraction) * 10_i128.pow(finer as u32);
        let units = value(number.whole) * UNITS + fraction;
        Some(Decimal { units: if number.negative { -units } else { units } })
    }

    /// The same amount in whole cents, if it is one and we reckon with amounts so large.
    pub fn money(self) -> Option<Money> {
        Money::parse(self.to_wire().as_bytes())
    }

    /// As X12 writes it: no trailing zeros, no point without a fraction.
    pub fn to_wire(self) -> String {
        let sign = if self.units < 0 { "-" } else { "" };
        let units = self.units.unsigned_abs();
        let (whole, fraction) = (units / UNITS.unsigned_abs(), units % UNITS.unsigned_abs());
        if fraction == 0 {
            return format!("{sign}{whole}");
        }
        let fraction = format!("{fraction:0DECIMAL_DIGITS_MAX$}");
        format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
    }

    /// Whether an element of type R has room for it. A sum may not fit.
    pub fn is_writable(self) -> bool {
        Decimal::parse(self.to_wire().as_bytes()).is_some()
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.units == 0
    }

    /// Whether it is less than nothing.
    pub const fn is_negative(self) -> bool {
        self.units < 0
    }

    /// The number without its sign.
    pub const fn abs(self) -> Decimal {
        Decimal { units: self.units.saturating_abs() }
    }
}

/// As people write an amount: two digits after the point, or as many as it has.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.to_wire();
        let places = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        if places == 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', 2_usize.saturating_sub(places)));
        f.pad(&text)
    }
}

impl From<Money> for Decimal {
    fn from(amount: Money) -> Decimal {
        Decimal { units: i128::from(amount.0) * (UNITS / 100) }
    }
}

impl Add for Decimal {
    type Output = Decimal;
    fn add(self, other: Decimal) -> Decimal {
        Decimal { units: self.units.saturating_add(other.units) }
    }
}

impl Sub for Decimal {
    type Output = Decimal;
    fn sub(self, other: Decimal) -> Decimal {
        Decimal { units: self.units.saturating_sub(other.units) }
    }
}

impl Neg for Decimal {
    type Output = Decimal;
    fn neg(self) -> Decimal {
        Decimal { units: self.units.saturating_neg() }
    }
}

impl AddAssign for Decimal {
    fn add_assign(&mut self, other: Decimal) {
        *self = *self + other;
    }
}

impl SubAssign for Decimal {
    fn sub_assign(&mut self, other: Decimal) {
        *self = *self - other;
    }
}

impl Sum for Decimal {
    fn sum<I: Iterator<Item = Decimal>>(amounts: I) -> Decimal {
        amounts.fold(Decimal::ZERO, Add::add)
    }
}

/// A count of units, minutes or days, in thousandths.
///
/// Data element 380, with the bounds of [`Money`] and a third digit behind the point.
///
/// ```
/// use x12::value::Quantity;
///
/// assert_eq!(Quantity::parse(b"1"), Some(Quantity::ONE));
/// let units = Quantity::parse(b"2.50").expect("a quantity");
/// assert_eq!(units.thousandths(), 2_500);
/// assert_eq!(units.to_wire(), "2.5");
/// assert_eq!(Quantity::from_thousandths(12_000).to_wire(), "12");
/// assert_eq!(Quantity::parse(b"1e3"), None);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quantity(i64);

impl Quantity {
    /// One of whatever is counted.
    pub const ONE: Quantity = Quantity(1000);

    /// So many thousandths.
    pub const fn from_thousandths(thousandths: i64) -> Quantity {
        Quantity(thousandths)
    }

    /// The quantity in thousandths.
    pub const fn thousandths(self) -> i64 {
        self.0
    }

    /// Reads data element 380. `None` when the text is no number or is finer than a thousandth.
    pub fn parse(text: &[u8]) -> Option<Quantity> {
        Some(Quantity(Digits::parse(text, MONEY_DIGITS_MAX)?.scaled(3)?))
    }

    /// As X12 writes it.
    pub fn to_wire(self) -> String {
        scaled_to_wire(self.0, 3)
    }
}

/// A decimal number as X12 writes one, still text.
#[derive(Clone, Copy)]
struct Digits<'a> {
    negative: bool,
    whole: &'a [u8],
    fraction: &'a [u8],
}

impl<'a> Digits<'a> {
    fn parse(text: &'a [u8], digits_max: usize) -> Option<Digits<'a>> {
        let (_, number) = all_consuming(decimal).parse(text).ok()?;
        let has_digits = !number.whole.is_empty() || !number.fraction.is_empty();
        let is_short = number.whole.len() + number.fraction.len() <= DECIMAL_DIGITS_MAX;
        (has_digits && is_short && number.whole.len() <= digits_max).then_some(number)
    }

    /// The number times ten to the `places`, if it is whole then.
    fn scaled(self, places: usize) -> Option<i64> {
        let (kept, lost) = self.fraction.split_at(places.min(self.fraction.len()));
        if lost.iter().any(|&digit| digit != b'0') {
            return None;
        }
        let padding = places - kept.len();
        let digits = self.whole.iter().chain(kept);
        let value = digits.fold(0_i64, |sum, &digit| sum * 10 + i64::from(digit - b'0'));
        let value = (0..padding).fold(value, |value, _| value * 10);
        Some(if self.negative { -value } else { value })
    }
}

/// An optional minus, digits, and a point with digits after it. No exponent, no plus sign, no
/// commas; `.5` and `5.` are numbers.
fn decimal(input: &[u8]) -> IResult<&[u8], Digits<'_>> {
    let (input, minus) = opt(char('-')).parse(input)?;
    let (input, whole) = take_while(|byte: u8| byte.is_ascii_digit())(input)?;
    let (input, point) = opt(char('.')).parse(input)?;
    let (input, fraction) = match point {
        Some(_) => take_while(|byte: u8| byte.is_ascii_digit())(input)?,
        None => (input, [].as_slice()),
    };
    Ok((input, Digits { negative: minus.is_some(), whole, fraction }))
}

fn scaled_to_wire(value: i64, places: u32) -> String {
    let scale = 10_u64.pow(places);
    let sign = if value < 0 { "-" } else { "" };
    let (whole, fraction) = (value.unsigned_abs() / scale, value.unsigned_abs() % scale);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let width = places as usize;
    let fraction = format!("{fraction:0width$}");
    format!("{sign}{whole}.{}", fraction.trim_end_matches('0'))
}

/// A day of the calendar, from the year 1 to 9999. Days compare in the order of time.
///
/// ```
/// use x12::value::Day;
///
/// let service = Day::parse(b"20260210").expect("a day");
/// assert_eq!((service.year(), service.month(), service.day()), (2026, 2, 10));
/// assert_eq!(service.to_wire(), "20260210");
/// assert_eq!(Day::parse_short(b"260210"), Some(service));
/// assert_eq!(Day::parse_dashed("2026-02-10"), Some(service));
///
/// // Days that the calendar does not have are none.
/// assert_eq!(Day::new(2026, 2, 29), None);
///
/// // How old is a claim, how old is a patient?
/// let sent = service.plus_days(21);
/// assert_eq!(sent.to_string(), "2026-03-03");
/// assert_eq!(sent.days_since(service), 21);
/// assert_eq!(sent.minus_days(21), service);
/// assert_eq!(service.years_since(Day::new(1980, 4, 2).expect("a day")), 45);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// `None` when there is no such day.
    pub const fn new(year: u16, month: u8, day: u8) -> Option<Day> {
        if year == 0 || year > 9999 || month == 0 || month > 12 || day == 0 {
            return None;
        }
        if day > days_in(year, month) {
            return None;
        }
        Some(Day { year, month, day })
    }

    /// Reads `CCYYMMDD`.
    pub fn parse(text: &[u8]) -> Option<Day> {
        let [c1, c2, y1, y2, m1, m2, d1, d2] = *text else { return None };
        let year = pair(c1, c2)? as u16 * 100 + pair(y1, y2)? as u16;
        Day::new(year, pair(m1, m2)?, pair(d1, d2)?)
    }

    /// Reads `YYMMDD`, as the interchange header has it: the century is this one.
    pub fn parse_short(text: &[u8]) -> Option<Day> {
        let [y1, y2, m1, m2, d1, d2] = *text else { return None };
        Day::new(2000 + pair(y1, y2)? as u16, pair(m1, m2)?, pair(d1, d2)?)
    }

    /// Reads `YYYY-MM-DD`, as people and settings write it.
    pub fn parse_dashed(text: &str) -> Option<Day> {
        let bytes = text.as_bytes();
        let [.., b'-', _, _, b'-', _, _] = bytes else { return None };
        let digits: Vec<u8> = bytes.iter().copied().filter(|&byte| byte != b'-').collect();
        if bytes.len() == 10 { Day::parse(&digits) } else { None }
    }

    /// The year, with its century.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub const fn day(self) -> u8 {
        self.day
    }

    /// `CCYYMMDD`.
    pub fn to_wire(self) -> String {
        format!("{:04}{:02}{:02}", self.year, self.month, self.day)
    }

    /// Days since 1 March of the year 0 (proleptic), for differences.
    const fn number(self) -> i64 {
        // Years start in March here, so that the leap day is the last of its year.
        let (month, day) = (self.month as i64, self.day as i64);
        let year = self.year as i64 - if month <= 2 { 1 } else { 0 };
        let month = (month + 9) % 12;
        year * 365 + year / 4 - year / 100 + year / 400 + (month * 306 + 5) / 10 + day - 1
    }

    /// How many days from `earlier` to this one; negative when this one is first.
    pub const fn days_since(self, earlier: Day) -> i64 {
        self.number() - earlier.number()
    }

    /// The day so many days later; the last day of the calendar when there is none.
    pub fn plus_days(self, days: u32) -> Day {
        let mut day = self;
        let mut left = days;
        while left > 0 {
            let rest_of_month = u32::from(days_in(day.year, day.month) - day.day);
            if left <= rest_of_month {
                return Day { day: day.day + left as u8, ..day };
            }
            left -= rest_of_month + 1;
            day = match (day.year, day.month) {
                (9999, 12) => return Day { year: 9999, month: 12, day: 31 },
                (year, 12) => Day { year: year + 1, month: 1, day: 1 },
                (year, month) => Day { year, month: month + 1, day: 1 },
            };
        }
        day
    }

    /// The day so many days earlier; the first day of the calendar when there is none.
    pub fn minus_days(self, days: u32) -> Day {
        let mut day = self;
        let mut left = days;
        while u32::from(day.day) <= left {
            left -= u32::from(day.day);
            let (year, month) = match (day.year, day.month) {
                (1, 1) => return Day { year: 1, month: 1, day: 1 },
                (year, 1) => (year - 1, 12),
                (year, month) => (year, month - 1),
            };
            day = Day { year, month, day: days_in(year, month) };
        }
        Day { day: day.day - left as u8, ..day }
    }

    /// Whole years from `birth` to this day.
    pub fn years_since(self, birth: Day) -> i32 {
        let years = i32::from(self.year) - i32::from(birth.year);
        if (self.month, self.day) < (birth.month, birth.day) { years - 1 } else { years }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn pair(tens: u8, ones: u8) -> Option<u8> {
    let digits = tens.is_ascii_digit() && ones.is_ascii_digit();
    digits.then(|| (tens - b'0') * 10 + (ones - b'0'))
}

/// Whether the text is a time of day: `HHMM`, with seconds, with hundredths.
///
/// ```
/// use x12::value::is_time;
///
/// assert!(is_time(b"0915") && is_time(b"091530") && is_time(b"09153099"));
/// assert!(!is_time(b"2460") && !is_time(b"9:15") && !is_time(b""));
/// ```
pub fn is_time(text: &[u8]) -> bool {
    let part = |at: usize, max: u8| match text.get(at..at + 2) {
        Some(&[tens, ones]) => pair(tens, ones).is_some_and(|value| value <= max),
        _ => false,
    };
    match text.len() {
        4 => part(0, 23) && part(2, 59),
        6 => part(0, 23) && part(2, 59) && part(4, 59),
        7 | 8 => {
            let hundredths = text.iter().skip(6).all(u8::is_ascii_digit);
            part(0, 23) && part(2, 59) && part(4, 59) && hundredths
        }
        _ => false,
    }
}

/// A first and a last day, as `RD8` writes them; one day is both.
///
/// ```
/// use x12::value::{Day, DayRange};
///
/// let stay = DayRange::parse(b"RD8", b"20260110-20260114").expect("two days");
/// assert_eq!(stay.to.days_since(stay.from), 4);
///
/// let visit = DayRange::parse(b"D8", b"20260210").expect("one day");
/// assert_eq!(visit.from, visit.to);
/// assert_eq!(DayRange::parse(b"D8", b"20260231"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// The first day.
    pub from: Day,
    /// The last day; the first one again for a single day.
    pub to: Day,
}

impl DayRange {
    /// Reads a value by its qualifier: `D8` or `RD8`.
    ///
    /// Of a day with a time, `DT`, the day is taken.
    pub fn parse(qualifier: &[u8], text: &[u8]) -> Option<DayRange> {
        match qualifier {
            b"D8" => Day::parse(text).map(|day| DayRange { from: day, to: day }),
            b"RD8" => {
                let (from, to) = (text.get(..8)?, text.get(9..)?);
                let range = DayRange { from: Day::parse(from)?, to: Day::parse(to)? };
                (text.get(8) == Some(&b'-')).then_some(range)
            }
            b"DT" => Day::parse(text.get(..8)?).map(|day| DayRange { from: day, to: day }),
            _ => None,
        }
    }
}

/// Whether the text is a national provider identifier: ten digits, the first 1 or 2, and a Luhn
/// check digit over the number with 80840 before it.
///
/// The check digit says nothing of whether the number was ever given out.
///
/// ```
/// use x12::value::is_npi;
///
/// assert!(is_npi(b"1999001302"));
/// assert!(!is_npi(b"1999001303"), "the check digit is wrong");
/// assert!(!is_npi(b"199900130"), "a digit is missing");
/// ```
pub fn is_npi(text: &[u8]) -> bool {
    let [first, ..] = *text else { return false };
    if text.len() != 10 || !text.iter().all(u8::is_ascii_digit) || !matches!(first, b'1' | b'2') {
        return false;
    }
    // 24 is what the digits 80840 add.
    let sum = text.iter().rev().enumerate().fold(24_u32, |sum, (index, &digit)| {
        let digit = u32::from(digit - b'0');
        let doubled = digit * 2;
        sum + if index % 2 == 0 { digit } else { doubled / 10 + doubled % 10 }
    });
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_amounts_as_whole_cents() {
        for (text, cents) in
            [("0", 0), ("12", 1200), (".5", 50), ("5.", 500), ("-3.25", -325), ("1.500", 150)]
        {
            assert_eq!(Money::parse(text.as_bytes()), Some(Money::from_cents(cents)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        let too_long = "40.00000000000000000";
        for text in ["", "-", ".", "+1", "1,000", "1e3", "1.234", "12 ", "9999999999999", too_long]
        {
            assert_eq!(Money::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn reads_exactly_what_eighteen_digits_write() {
        for (text, wire, shown) in [
            ("999999999999999999", "999999999999999999", "999999999999999999.00"),
            ("-120.001", "-120.001", "-120.001"),
            (".000000000000000001", "0.000000000000000001", "0.000000000000000001"),
            ("0120.500", "120.5", "120.50"),
            ("5.", "5", "5.00"),
        ] {
            let number = Decimal::parse(text.as_bytes()).expect("a number");
            assert_eq!((number.to_wire(), number.to_string()), (wire.to_owned(), shown.to_owned()));
        }
        for text in ["", "-", ".", "12O", "1e3", "1234567890123456789", "1.000000000000000000"] {
            assert_eq!(Decimal::parse(text.as_bytes()), None, "{text}");
        }
        let most = Decimal::parse(b"999999999999999999").expect("a number");
        assert!(!(most + most).is_writable());
        assert_eq!(Decimal::from(Money::from_cents(-325)).to_wire(), "-3.25");
    }

    #[test]
    fn writes_amounts_as_the_wire_wants_them() {
        for (cents, text) in [(0, "0"), (4000, "40"), (4050, "40.5"), (-325, "-3.25"), (5, "0.05")]
        {
            assert_eq!(Money::from_cents(cents).to_wire(), text);
        }
    }

    #[test]
    fn knows_the_calendar() {
        assert!(Day::parse(b"20240229").is_some());
        for text in ["20230229", "20002316", "00000101", "2024010", "2024010a"] {
            assert!(Day::parse(text.as_bytes()).is_none(), "{text}");
        }
        let day = |text: &str| Day::parse(text.as_bytes()).expect("a day");
        assert_eq!(day("20240301").days_since(day("20240228")), 2);
        assert_eq!(day("20260101").days_since(day("20250101")), 365);
        assert_eq!(day("20240228").plus_days(2), day("20240301"));
        assert_eq!(day("20251231").plus_days(366), day("20270101"));
        assert_eq!(day("99991231").plus_days(1), day("99991231"));
        for days in 0..1_500 {
            let earlier = day("20240301").minus_days(days);
            assert_eq!(earlier.plus_days(days), day("20240301"), "{earlier}");
        }
        assert_eq!(day("20240301").minus_days(1), day("20240229"));
        assert_eq!(day("20260101").minus_days(1), day("20251231"));
        assert_eq!(day("00010102").minus_days(2), day("00010101"));
        assert_eq!(day("20260301").years_since(day("20200302")), 5);
    }

    #[test]
    fn reads_ranges_by_their_qualifier() {
        assert!(DayRange::parse(b"RD8", b"20240101-20240131").is_some());
        assert!(DayRange::parse(b"RD8", b"20240101").is_none());
        assert!(DayRange::parse(b"D8", b"20240101-20240131").is_none());
    }

    #[test]
    fn checks_provider_identifiers() {
        assert!(is_npi(b"1234567893"));
        assert!(!is_npi(b"1234567890"));
        assert!(!is_npi(b"3234567893"));
        assert!(!is_npi(b"123456789"));
    }

    #[test]
    fn knows_times_of_day() {
        for text in ["0000", "2359", "235959", "23595999"] {
            assert!(is_time(text.as_bytes()), "{text}");
        }
        for text in ["2400", "1260", "12", "12:30"] {
            assert!(!is_time(text.as_bytes()), "{text}");
        }
    }
}
