//! A fee schedule: what is paid for a code, with its modifier, at its place, on its days.

use std::collections::HashMap;

use x12::value::{Day, Money};

/// Fees by code, out of one file.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    /// The file, without its directory.
    pub file: String,
    rows: HashMap<String, Vec<Row>>,
}

/// A line of a fee schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Empty when it holds with whatever modifier.
    pub modifier: String,
    /// Empty when it holds wherever.
    pub place: String,
    pub amount: Money,
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// The line of the file, from 1.
    pub number: usize,
}

impl Row {
    fn holds_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    fn overlaps(&self, other: &Row) -> bool {
        let ends_before = |one: &Row, other: &Row| matches!((one.to, other.from), (Some(to), Some(from)) if to < from);
        !ends_before(self, other) && !ends_before(other, self)
    }
}

impl Schedule {
    pub fn new(file: &str) -> Schedule {
        Schedule { file: file.to_owned(), rows: HashMap::new() }
    }

    /// Adds a row; gives the line of an earlier one that says other than this for the same.
    pub fn add(&mut self, code: &str, row: Row) -> Result<(), usize> {
        let rows = self.rows.entry(code.to_owned()).or_default();
        let same = |known: &&Row| {
            known.modifier == row.modifier && known.place == row.place && known.overlaps(&row)
        };
        match rows.iter().find(same) {
            Some(known) => Err(known.number),
            None => {
                rows.push(row);
                Ok(())
            }
        }
    }

    /// How many codes have a fee.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row that fits best: with one of the modifiers before without, of the place before of all.
    pub fn find(&self, code: &str, modifiers: &[String], place: &str, day: Day) -> Option<&Row> {
        let fits = |row: &&Row| {
            row.holds_on(day)
                && (row.modifier.is_empty() || modifiers.contains(&row.modifier))
                && (row.place.is_empty() || row.place == place)
        };
        let rows = self.rows.get(code)?.iter().filter(fits);
        // Of equals the first of the file.
        rows.min_by_key(|row| (row.modifier.is_empty(), row.place.is_empty()))
    }

    /// The last days of rows of a code that ended before a day, the latest first.
    pub fn ended(&self, code: &str, before: Day) -> Vec<Day> {
        let rows = self.rows.get(code).into_iter().flatten();
        let mut days: Vec<Day> = rows.filter_map(|row| row.to).filter(|to| *to < before).collect();
        days.sort_unstable_by(|one, other| other.cmp(one));
        days.dedup();
        days
    }
}
