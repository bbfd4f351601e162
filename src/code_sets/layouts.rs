//! The layouts in which code sets are published, and how each is read into a table.
//!
//! A file is read whole or refused whole: at the first line that is not as its layout has it, the
//! reader says which line and column, and why.

mod fixed;
mod sheets;
#[cfg(test)]
mod tests;

use std::io::{BufRead, Read};

use x12::value::Day;

use super::shape;
use super::table::draft::Draft;

/// Why a file was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub line: u64,
    /// The column by its name, or by its places in a line of fixed width.
    pub column: Option<String>,
    pub reason: String,
}

impl Refusal {
    /// Refuses a line, and of it a column unless that is blank.
    pub fn new(line: u64, column: &str, reason: impl Into<String>) -> Refusal {
        let column = Some(column.to_owned()).filter(|column| !column.is_empty());
        Refusal { line, column, reason: reason.into() }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "line {}", self.line)?;
        if let Some(column) = &self.column {
            write!(f, ", {column}")?;
        }
        write!(f, ": {}", self.reason)
    }
}

/// What is asked of a reader.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The set, by its own name.
    pub set: &'a str,
    /// The first day of the edition, for files that do not say.
    pub starts: Option<Day>,
}

/// What a file was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The layout, in words.
    pub layout: &'static str,
    /// Rows that were taken in.
    pub rows: u64,
    /// Rows that are not of the set: retired, or without its flag.
    pub left: u64,
}

/// Reads a file of a set into a draft.
pub fn read(wanted: &Wanted<'_>, input: impl Read, draft: &mut Draft) -> Result<Taken, Refusal> {
    let mut input = std::io::BufReader::with_capacity(START_BYTES, input);
    let start = input.fill_buf().map_err(|error| unreadable(1, &error))?;
    refuse_what_is_no_text(start)?;
    draft.may_overlap = wanted.set == "ndc";
    let taken = match fixed::recognize(start) {
        Some(layout) => layout.read(wanted, input, draft),
        None => sheets::read(wanted, input, draft),
    }?;
    match shape::anchors(wanted.set).iter().find(|&&code| !draft.has(code)) {
        None => Ok(taken),
        Some(code) => {
            let why = format!(
                "{code} is not in it, which every list of {} has: is this the file of another set?",
                wanted.set
            );
            Err(Refusal::new(1, "", why))
        }
    }
}

/// How much of a file its layout is recognized by.
const START_BYTES: usize = 1 << 16;

/// The names of the sets that a file can hold, in order.
pub fn sets() -> Vec<&'static str> {
    let mut sets: Vec<&str> = sheets::sets().chain(fixed::SETS.iter().copied()).collect();
    sets.sort_unstable();
    sets.dedup();
    sets
}

fn refuse_what_is_no_text(start: &[u8]) -> Result<(), Refusal> {
    let why = match start {
        [] => "the file is empty",
        [b'P', b'K', 3, 4, ..] => {
            "this is a zip archive, or a workbook; unpack it, or save it as text, and import that"
        }
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file is in UTF-16; save it as UTF-8",
        [b'%', b'P', b'D', b'F', ..] => "this is a PDF; import the text file of the same set",
        _ => return refuse_nul(start, 1),
    };
    Err(Refusal::new(1, "", why))
}

fn refuse_nul(bytes: &[u8], line: u64) -> Result<(), Refusal> {
    let why = "the file holds NUL bytes: it is no text, or damaged";
    let Some(at) = bytes.iter().position(|&byte| byte == 0) else { return Ok(()) };
    let before = bytes.iter().take(at).filter(|&&byte| byte == b'\n').count() as u64;
    Err(Refusal::new(line + before, "", why))
}

fn unreadable(line: u64, error: &dyn std::fmt::Display) -> Refusal {
    Refusal::new(line, "", format!("reading the file failed: {error}"))
}

/// The widest rows, those of the registry of providers, have some thousands of bytes.
const ROW_BYTES_MAX: usize = 1 << 20;

const TOO_LONG: &str = "this row, or a quotation mark in it that is not closed, goes on for more than \
                        a megabyte: it is no list of codes, or damaged";

/// Nobody publishes a file whose last line is open: one that ends so was cut off.
fn cut_off(line: u64) -> Refusal {
    let why = "the last line has no line end: the file was cut off; get it again";
    Refusal::new(line, "", why)
}

/// A day as publishers write it: CCYYMMDD, 2026-01-31, 1/31/2026 or 2026031; blank, zeros or `*` for
/// none.
#[expect(clippy::option_option, reason = "a day may be wrong, and may be open")]
fn day(text: &str) -> Option<Option<Day>> {
    let text = text.trim();
    if text == "*" || text.bytes().all(|byte| byte == b'0') {
        return Some(None);
    }
    if let Some(day) = Day::parse(text.as_bytes()).or_else(|| Day::parse_dashed(text)) {
        return Some(Some(day));
    }
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    // The year and the number of the day in it.
    if let (7, true, Ok(number)) = (text.len(), is_number(text), text.parse::<u32>()) {
        let first = Day::new((number / 1000) as u16, 1, 1)?;
        let day = first.plus_days((number % 1000).checked_sub(1)?);
        return (day.year() == first.year()).then_some(Some(day));
    }
    // A year of two digits is of no century.
    if !text.split('/').all(is_number) || text.split('/').nth(2)?.len() != 4 {
        return None;
    }
    let mut parts = text.split('/').map(|part| part.parse::<u16>().ok());
    let (month, day, year) = (parts.next()??, parts.next()??, parts.next()??);
    let day = Day::new(year, u8::try_from(month).ok()?, u8::try_from(day).ok()?)?;
    parts.next().is_none().then_some(Some(day))
}
