//! A fee schedule: a CSV file beside the contracts that name it.

use std::ops::Range;

use x12::value::{Day, Money};

use super::super::source::Source;
use crate::contracts::schedule::{Row, Schedule};

/// The columns of a fee schedule; only the first two must be there.
pub(super) const COLUMNS: [&str; 7] =
    ["code", "amount", "modifier", "place_of_service", "from", "to", "description"];

/// Reads a fee schedule. When anything is reported, it is not to be used.
pub(super) fn read(name: &str, source: &mut Source<'_>) -> Schedule {
    let mut schedule = Schedule::new(name);
    let text = source.text;
    let first = text.lines().next().unwrap_or_default();
    let delimiter = if first.contains('\t') { b'\t' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut columns: Option<Vec<Option<usize>>> = None;
    let mut width = 0;
    let mut lines = Lines { text, at: 0, number: 1 };
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let at = error.position().map_or(0, |at| at.byte() as usize);
                let what = format!("this is no row of a CSV file: {error}; save it as CSV anew");
                source.report(at..at + 1, "", &what);
                return schedule;
            }
        };
        let start = record.position().map_or(0, |at| at.byte() as usize);
        let number = lines.number_at(first_of_row(text, start));
        let place = |cell: usize| cell_at(text, start, cell, delimiter);
        let Some(known) = &columns else {
            columns = Some(header(&record, &place, source));
            width = record.len();
            continue;
        };
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let mut beyond = record.iter().enumerate().skip(width);
        if let Some((at, _)) = beyond.find(|(_, cell)| !cell.trim().is_empty()) {
            source.report(place(at), "", BEYOND);
            continue;
        }
        let mut cells = Cells { record: &record, columns: known, place: &place, source };
        if let Some((code, row)) = cells.row(number)
            && let Err(earlier) = schedule.add(&code, row)
        {
            let what = format!(
                "row {earlier} prices {code} for the same modifier, place and days already; give \
                 each its days (from, to), or remove one"
            );
            cells.report("code", &what);
        }
    }
    if columns.is_none() {
        source.report(0..1, "", "it is empty; write code,amount and a row for each code");
    }
    schedule
}

/// Of a cell that no column is named for.
const BEYOND: &str = "the first row names no column for this cell; write 1,095.00 as 1095.00, and what has a comma \
     in quotes";

/// Where each of our columns stands in the file.
fn header(
    record: &csv::StringRecord,
    place: &dyn Fn(usize) -> Range<usize>,
    source: &mut Source<'_>,
) -> Vec<Option<usize>> {
    let plain = |name: &str| {
        // Some programs begin a file with a mark of its encoding.
        let name = name.trim_start_matches('\u{feff}').trim().to_ascii_lowercase();
        name.replace([' ', '-'], "_")
    };
    let names: Vec<String> = record.iter().map(plain).collect();
    for (at, name) in names.iter().enumerate() {
        let known = COLUMNS.join(", ");
        if !COLUMNS.contains(&name.as_str()) {
            let what =
                format!("there is no column {name:?}, so it would do nothing; known are {known}");
            source.report(place(at), "", &what);
        } else if names.iter().take(at).any(|earlier| earlier == name) {
            source.report(place(at), "", "two columns are called so; leave one of them");
        }
    }
    for wanted in ["code", "amount"] {
        if !names.iter().any(|name| name == wanted) {
            let what = format!("the first row names no column {wanted}; begin with code,amount");
            source.report(place(0), "", &what);
        }
    }
    COLUMNS.iter().map(|column| names.iter().position(|name| name == column)).collect()
}

/// A row while it is read.
struct Cells<'r, 's, 'a> {
    record: &'r csv::StringRecord,
    columns: &'r [Option<usize>],
    place: &'r dyn Fn(usize) -> Range<usize>,
    source: &'s mut Source<'a>,
}

impl Cells<'_, '_, '_> {
    fn at(&self, column: &str) -> Option<usize> {
        let known = COLUMNS.iter().position(|name| *name == column)?;
        self.columns.get(known).copied().flatten()
    }

    fn text(&self, column: &str) -> String {
        let cell = self.at(column).and_then(|at| self.record.get(at)).unwrap_or_default();
        cell.trim().to_ascii_uppercase()
    }

    fn report(&mut self, column: &str, what: &str) {
        let at = (self.place)(self.at(column).unwrap_or_default());
        self.source.report(at, column, what);
    }

    fn row(&mut self, number: usize) -> Option<(String, Row)> {
        let before = self.source.reported;
        let code = self.text("code");
        let is_plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        // Programs of tables take the zeros off 0001F and off revenue codes.
        if !(4..=5).contains(&code.len()) || !is_plain(&code) {
            let what = format!(
                "{code:?} is no procedure of five characters and no revenue code of four; write it \
                 with its leading zeros"
            );
            self.report("code", &what);
        }
        let modifier = self.text("modifier");
        if !(modifier.is_empty() || modifier.len() == 2 && is_plain(&modifier)) {
            self.report("modifier", "a modifier has two characters; give each a row of its own");
        }
        let place = self.text("place_of_service");
        if !(place.is_empty() || place.len() == 2 && is_plain(&place)) {
            self.report("place_of_service", "a place of service has two digits, such as 11");
        }
        let amount = self.text("amount");
        let money = Money::parse(amount.as_bytes()).filter(|money| !money.is_negative());
        if money.is_none() {
            let what = format!("{amount:?} is no amount; write dollars and cents, such as 92.50");
            self.report("amount", &what);
        }
        let (from, to) = (self.day("from"), self.day("to"));
        if let (Some(first), Some(last)) = (from, to)
            && last < first
        {
            self.report("to", "`to` is before `from`, so the row would never hold");
        }
        if before < self.source.reported {
            return None;
        }
        Some((code, Row { modifier, place, amount: money?, from, to, number }))
    }

    fn day(&mut self, column: &str) -> Option<Day> {
        let text = self.text(column);
        let day = Day::parse_dashed(&text);
        if day.is_none() && !text.is_empty() {
            let what = format!("{text:?} is no day; write one such as 2026-01-31");
            self.report(column, &what);
        }
        day
    }
}

/// Lines of a file, counted as an editor and a table do, whatever ends them.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    number: usize,
}

impl Lines<'_> {
    /// The number of the line of a byte; they are asked for from the first to the last.
    fn number_at(&mut self, at: usize) -> usize {
        let passed = self.text.as_bytes().get(self.at..at).unwrap_or_default();
        let ends = passed.iter().enumerate().filter(|(index, byte)| match byte {
            b'\n' => true,
            // A lone CR ends a line, one before LF is part of its end.
            b'\r' => self.text.as_bytes().get(self.at + index + 1) != Some(&b'\n'),
            _ => false,
        });
        self.number += ends.count();
        self.at = self.at.max(at);
        self.number
    }
}

/// Where a row begins: the reader says where it stands, which may be before the ends of empty lines.
fn first_of_row(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let blank = |at: &usize| bytes.get(*at).is_some_and(|byte| matches!(byte, b'\r' | b'\n'));
    (start..bytes.len()).find(|at| !blank(at)).unwrap_or(start)
}

/// The bytes of a cell of the row that begins at `start`, with its quotes.
fn cell_at(text: &str, start: usize, cell: usize, delimiter: u8) -> Range<usize> {
    let bytes = text.as_bytes();
    let start = first_of_row(text, start);
    let (mut from, mut left, mut is_quoted) = (start, cell, false);
    for (at, &byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            b'\n' | b'\r' => return from..at.max(from + 1),
            byte if byte == delimiter && left == 0 => return from..at.max(from + 1),
            byte if byte == delimiter => (left, from) = (left - 1, at + 1),
            _ => {}
        }
    }
    from..bytes.len().max(from + 1)
}
