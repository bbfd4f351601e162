//! A fee schedule: what is paid for a code, with its modifier, at its place, on its days.

use std::collections::{BTreeMap, HashMap};
use std::ops::Bound;

use x12::value::{Day, Money};

/// Fees by code, out of one file.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    /// The file, without its directory.
    pub file: String,
    /// By code, by modifier and place, by the first day.
    rows: HashMap<String, BTreeMap<(String, String), Rows>>,
}

/// Rows for the same on different days, by the first of them.
type Rows = BTreeMap<Option<Day>, Row>;

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
        let key = (row.modifier.clone(), row.place.clone());
        let days = rows.entry(key).or_default();
        // No two of them overlap, so that only those beside it may overlap with it.
        let before = days.range(..=row.from).next_back();
        let after = days.range((Bound::Excluded(row.from), Bound::Unbounded)).next();
        let beside = before.into_iter().chain(after).map(|(_, known)| known);
        if let Some(earlier) =
            beside.filter(|known| known.overlaps(&row)).map(|known| known.number).min()
        {
            return Err(earlier);
        }
        days.insert(row.from, row);
        Ok(())
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
        let rows = self.rows.get(code)?;
        let mut fitting: Vec<&Row> = Vec::new();
        for modifier in modifiers.iter().map(String::as_str).chain([""]) {
            for place in [place, ""] {
                let days = rows.get(&(modifier.to_owned(), place.to_owned()));
                let last = days.and_then(|days| days.range(..=Some(day)).next_back());
                fitting.extend(last.map(|(_, row)| row).filter(|row| row.holds_on(day)));
            }
        }
        // Of equals the first of the file.
        let rank = |row: &&Row| (row.modifier.is_empty(), row.place.is_empty(), row.number);
        fitting.into_iter().min_by_key(rank)
    }

    /// The last days of rows of a code that ended before a day, the latest first.
    pub fn ended(&self, code: &str, before: Day) -> Vec<Day> {
        let rows = self.rows.get(code).into_iter().flat_map(BTreeMap::values);
        let rows = rows.flat_map(BTreeMap::values);
        let mut days: Vec<Day> = rows.filter_map(|row| row.to).filter(|to| *to < before).collect();
        days.sort_unstable_by(|one, other| other.cmp(one));
        days.dedup();
        days
    }
}
