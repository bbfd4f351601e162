//! Dates and times as JSON writes them, and as X12 does.
//!
//! What is no day of the calendar stays as it is written, under the same key.

use crate::value::{Day, is_time};

use super::node::{Node, Pairs};

/// Said of a day that is none.
pub(super) const NO_DAY: &str = "this is no day of the calendar; write YYYY-MM-DD";

/// Said of a time that is none.
pub(super) const NO_TIME: &str = "this is no time of day; write HH:MM";

/// `CCYYMMDD` as `YYYY-MM-DD`, if it is a day.
pub(super) fn iso_day(text: &str) -> Option<String> {
    Day::parse(text.as_bytes()).map(|day| day.to_string())
}

/// `YYYY-MM-DD` as `CCYYMMDD`, if it is a day.
pub(super) fn wire_day(text: &str) -> Option<String> {
    Day::parse_dashed(text).map(Day::to_wire)
}

/// `HHMM` as `HH:MM`; seconds and their fractions follow as `:SS.DD`.
pub(super) fn iso_time(text: &str) -> Option<String> {
    if !is_time(text.as_bytes()) {
        return None;
    }
    let part = |at: usize, end: usize| text.get(at..end).filter(|part| !part.is_empty());
    let mut iso = format!("{}:{}", part(0, 2)?, part(2, 4)?);
    if let Some(seconds) = part(4, 6) {
        iso.push(':');
        iso.push_str(seconds);
    }
    if let Some(fraction) = part(6, text.len()) {
        iso.push('.');
        iso.push_str(fraction);
    }
    Some(iso)
}

/// `HH:MM` and its longer forms as X12 writes them.
pub(super) fn wire_time(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (iso_time(&digits).as_deref() == Some(text)).then_some(digits)
}

/// A date by its format, when both say what the JSON form can say without the format.
pub(super) fn iso_date<'a>(format: &str, text: &str) -> Option<Node<'a>> {
    match format {
        "D8" => iso_day(text).map(Node::text),
        "RD8" => {
            let (from, to) = text.split_once('-')?;
            let pairs: Pairs<'a> = vec![
                ("from".into(), Node::text(iso_day(from)?)),
                ("to".into(), Node::text(iso_day(to)?)),
            ];
            Some(Node::Object(pairs))
        }
        "DT" => {
            let (day, time) = text.split_at_checked(8)?;
            Some(Node::text(format!("{}T{}", iso_day(day)?, iso_time(time)?)))
        }
        "TM" => iso_time(text).map(Node::text),
        _ => None,
    }
}

/// The format and the value of a date that is one text in JSON.
pub(super) fn wire_date(text: &str) -> Option<(&'static str, String)> {
    if let Some(day) = wire_day(text) {
        return Some(("D8", day));
    }
    if let Some((day, time)) = text.split_once('T') {
        return Some(("DT", wire_day(day)? + &wire_time(time)?));
    }
    wire_time(text).map(|time| ("TM", time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goes_there_and_back() {
        for (format, text, iso) in [
            ("D8", "20260131", "2026-01-31"),
            ("DT", "202601311405", "2026-01-31T14:05"),
            ("TM", "1405", "14:05"),
            ("TM", "14053099", "14:05:30.99"),
        ] {
            let Some(Node::Text(found)) = iso_date(format, text) else {
                unreachable!("{text} is a date");
            };
            assert_eq!(found, iso);
            assert_eq!(wire_date(iso), Some((format, text.to_owned())));
        }
    }

    #[test]
    fn leaves_what_is_no_date() {
        for (format, text) in [("D8", "20261301"), ("RD8", "20260101"), ("TM", "2460"), ("UN", "")]
        {
            assert!(iso_date(format, text).is_none(), "{text}");
        }
        for text in ["2026-1-31", "20260131", "1405", "14:5", "2026-01-31T", ""] {
            assert!(wire_date(text).is_none(), "{text}");
        }
    }
}
