//! The only place that asks the time. Everything else is told.

use std::fmt;

use jiff::tz::TimeZone;
use x12::value::Day;

/// A moment, in whole microseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// The zone that days and times of day are told in.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// What the time is.
pub fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_microsecond())
}

/// What day it is in `zone`.
pub fn today(zone: &Zone) -> Day {
    now().day(zone)
}

impl Timestamp {
    /// A moment that was kept as a number.
    pub const fn from_micros(micros: i64) -> Timestamp {
        Timestamp(micros)
    }

    /// The moment as a number to keep.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Seconds from `earlier` to this one; negative when this one is first.
    pub fn seconds_since(self, earlier: Timestamp) -> f64 {
        self.0.saturating_sub(earlier.0) as f64 / 1e6
    }

    /// The day of the calendar.
    pub fn day(self, zone: &Zone) -> Day {
        let civil = self.in_zone(zone).date();
        let year = u16::try_from(civil.year()).unwrap_or(1);
        let day = Day::new(year, civil.month().unsigned_abs(), civil.day().unsigned_abs());
        day.unwrap_or(FIRST_DAY)
    }

    /// `HHMM`, as ISA10 and GS05 have it.
    pub fn hhmm(self, zone: &Zone) -> String {
        self.in_zone(zone).strftime("%H%M").to_string()
    }

    /// `2026-10-06 14:05`, as people read it.
    pub fn day_and_time(self, zone: &Zone) -> String {
        self.in_zone(zone).strftime("%Y-%m-%d %H:%M").to_string()
    }

    fn in_zone(self, zone: &Zone) -> jiff::Zoned {
        self.to_jiff().to_zoned(zone.0.clone())
    }

    fn to_jiff(self) -> jiff::Timestamp {
        jiff::Timestamp::from_microsecond(self.0).unwrap_or_default()
    }
}

/// RFC 3339, in UTC.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}", self.to_jiff())
    }
}

impl Zone {
    /// Universal time.
    pub const UTC: Zone = Zone(TimeZone::UTC);

    /// A zone by its name in the tz database: `America/Chicago`.
    pub fn find(name: &str) -> Option<Zone> {
        TimeZone::get(name).ok().map(Zone)
    }
}

/// For moments before our era, which no clock tells.
const FIRST_DAY: Day = match Day::new(1, 1, 1) {
    Some(day) => day,
    None => panic!("the first day of the calendar"),
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_days_and_times_of_day() {
        let moment = Timestamp::from_micros(1_767_229_261_000_001);
        assert_eq!(moment.day(&Zone::UTC), Day::new(2026, 1, 1).expect("a day"));
        assert_eq!(moment.hhmm(&Zone::UTC), "0101");
        assert_eq!(moment.day_and_time(&Zone::UTC), "2026-01-01 01:01");
        assert_eq!(moment.to_string(), "2026-01-01T01:01:01.000001Z");
    }

    #[test]
    fn survives_any_number() {
        for micros in [i64::MIN, -1, 0, i64::MAX] {
            let moment = Timestamp::from_micros(micros);
            assert!(!moment.hhmm(&Zone::UTC).is_empty());
            assert!(!moment.day(&Zone::UTC).to_wire().is_empty());
        }
    }

    #[test]
    fn knows_universal_time_by_name_and_refuses_inventions() {
        assert!(Zone::find("UTC").is_some());
        assert!(Zone::find("Mars/Olympus").is_none());
    }
}
