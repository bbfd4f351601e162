//! The days on which banks move money: Monday to Friday, without the holidays of the Federal Reserve.

use x12::value::Day;

/// Whether the Federal Reserve works on a day.
pub fn is_business_day(day: Day) -> bool {
    !matches!(weekday(day), SATURDAY | SUNDAY) && !is_holiday(day)
}

/// The last of so many business days after a day.
pub fn after(day: Day, business_days: u32) -> Day {
    let mut found = day;
    for _ in 0..business_days {
        found = found.plus_days(1);
        while !is_business_day(found) {
            found = found.plus_days(1);
        }
    }
    found
}

/// How many business days lie between two days, whichever comes first. Above a year the days of the
/// week alone are counted, for then it no longer matters.
pub fn between(one: Day, other: Day) -> u32 {
    let (earlier, later) = (one.min(other), one.max(other));
    let days = u32::try_from(later.days_since(earlier)).unwrap_or(u32::MAX);
    if days > COUNTED_DAYS_MAX {
        return days / 7 * 5;
    }
    (1..=days).filter(|&ahead| is_business_day(earlier.plus_days(ahead))).count() as u32
}

const COUNTED_DAYS_MAX: u32 = 366;

const MONDAY: i64 = 0;
const THURSDAY: i64 = 3;
const SATURDAY: i64 = 5;
const SUNDAY: i64 = 6;

/// From Monday, 0.
fn weekday(day: Day) -> i64 {
    const A_MONDAY: Day = Day::new(2024, 1, 1).expect("a day of the calendar");
    day.days_since(A_MONDAY).rem_euclid(7)
}

/// A holiday on a Sunday is kept on the Monday after it; one on a Saturday is not made up for.
fn is_holiday(day: Day) -> bool {
    let (month, date, weekday) = (day.month(), day.day(), weekday(day));
    let is_nth = |nth: u8| (date - 1) / 7 + 1 == nth;
    match (month, weekday) {
        // Martin Luther King; Washington.
        (1 | 2, MONDAY) if is_nth(3) => true,
        // Memorial Day is the last Monday.
        (5, MONDAY) if date > 24 => true,
        // Labor Day; Columbus Day; Thanksgiving.
        (9, MONDAY) if is_nth(1) => true,
        (10, MONDAY) if is_nth(2) => true,
        (11, THURSDAY) if is_nth(4) => true,
        _ => {
            let is_fixed =
                |date: u8| matches!((month, date), (1, 1) | (6, 19) | (7, 4) | (11, 11) | (12, 25));
            is_fixed(date) || weekday == MONDAY && date > 1 && is_fixed(date - 1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_dashed(text).expect("a day")
    }

    #[test]
    fn knows_the_holidays_of_banks() {
        // As the Federal Reserve gives them for 2026 and 2027.
        let holidays = [
            "2026-01-01",
            "2026-01-19",
            "2026-02-16",
            "2026-05-25",
            "2026-06-19",
            "2026-09-07",
            "2026-10-12",
            "2026-11-11",
            "2026-11-26",
            "2026-12-25",
            "2027-01-01",
            "2027-01-18",
            "2027-02-15",
            "2027-05-31",
            "2027-07-05",
            "2027-09-06",
            "2027-10-11",
            "2027-11-11",
            "2027-11-25",
        ];
        let mut day = day("2026-01-01");
        let mut found = Vec::new();
        while day.year() < 2028 {
            if !is_business_day(day) && !matches!(weekday(day), SATURDAY | SUNDAY) {
                found.push(day.to_string());
            }
            day = day.plus_days(1);
        }
        assert_eq!(found, holidays);
    }

    #[test]
    fn counts_business_days() {
        for (from, to, expected) in [
            ("2026-11-02", "2026-11-02", 0),
            ("2026-11-02", "2026-11-05", 3),
            ("2026-11-06", "2026-11-09", 1),
            ("2026-11-10", "2026-11-13", 2),
            ("2026-11-13", "2026-11-10", 2),
        ] {
            assert_eq!(between(day(from), day(to)), expected, "{from} to {to}");
        }
        assert_eq!(after(day("2026-11-06"), 3), day("2026-11-12"));
        assert_eq!(after(day("2026-11-06"), 0), day("2026-11-06"));
    }
}
