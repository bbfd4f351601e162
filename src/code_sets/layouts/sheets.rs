//! Layouts with a header: a row of columns, then rows, parted by commas or tabs. A layout is known
//! by the names in its header; words may stand above it.

mod known;

use std::cell::Cell;
use std::io::{BufRead, Read};
use std::rc::Rc;

use csv::ByteRecord;
use x12::value::Day;

use super::{
    ROW_BYTES_MAX, Refusal, TOO_LONG, Taken, Wanted, cut_off, day, refuse_nul, unreadable,
};
use crate::code_sets::shape;
use crate::code_sets::table::draft::Draft;
use crate::code_sets::table::{NOTHING, Span};
use known::SHEETS;

/// How the rows of a file are read.
#[derive(Debug)]
struct Sheet {
    /// In words.
    name: &'static str,
    /// The sets that come in it.
    sets: &'static [&'static str],
    /// The columns that are read. Each has a name, or one of several parted by bars, in small
    /// letters and digits alone; the file's are compared so.
    columns: &'static [&'static str],
    /// The file is UTF-8 throughout, also in columns that nobody reads.
    is_plain: bool,
    take: fn(&mut Row<'_>) -> Result<(), Refusal>,
}

impl Sheet {
    /// Whether a header can be of no other layout: a code and days head the list of any set.
    fn is_telling(&self, names: &[String]) -> bool {
        let begins_plain = |places: &[usize]| {
            let first = places.first().and_then(|&place| names.get(place));
            first.is_some_and(|name| name.eq_ignore_ascii_case("code"))
        };
        places_of(self, names).is_some_and(|places| match places.len() {
            0..=2 => false,
            3 => !begins_plain(&places),
            _ => true,
        })
    }
}

/// A row while it is read.
struct Row<'a> {
    line: u64,
    names: &'a [String],
    record: &'a ByteRecord,
    /// Where each column of the sheet stands in the record.
    places: &'a [usize],
    set: &'a str,
    /// The first day of the edition, for rows that hold from it on.
    starts: Option<Day>,
    draft: &'a mut Draft,
    rows: u64,
    left: u64,
}

/// Reads a file by the sheet that its header names.
pub(super) fn read(
    wanted: &Wanted<'_>,
    mut input: impl BufRead,
    draft: &mut Draft,
) -> Result<Taken, Refusal> {
    let start = input.fill_buf().map_err(|error| unreadable(1, &error))?;
    let first_line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    // Words above a header may have no tabs.
    let has_tabs = first_line.contains(&b'\t')
        || find_header(wanted, &mut rows_of(start, true), &mut ByteRecord::new()).is_ok();
    // The reader counts a line when it has passed the second of the two.
    let uncounted = u64::from(start.windows(2).any(|pair| pair == b"\r\n"));
    if start.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    let seen = Rc::new(Seen { last_byte: Cell::new(b'\n'), in_row: Cell::new(0) });
    let mut reader = rows_of(Watched { input, seen: Rc::clone(&seen) }, has_tabs);
    let mut record = ByteRecord::new();
    let (sheet, names, places) = find_header(wanted, &mut reader, &mut record)?;
    // What is paid by these holds from the edition's first day on; before it, what was paid then.
    let starts = wanted.starts.filter(|_| PAID_BY.contains(&wanted.set));
    draft.first = draft.first.or(starts);
    let mut rows = 0;
    let mut left = 0;
    let mut line = 1;
    // The last field began with a quotation mark that nobody closed.
    let mut is_open = false;
    while reader.read_byte_record(&mut record).map_err(|error| unreadable(line + 1, &error))? {
        seen.in_row.set(0);
        line = record.position().map_or(line, |at| at.line() + uncounted);
        is_open = record.iter().next_back().is_some_and(|last| last.ends_with(b"\n"));
        refuse_nul(record.as_slice(), line)?;
        if record.iter().all(<[u8]>::is_empty) {
            continue;
        }
        if sheet.is_plain && record.iter().any(|field| str::from_utf8(field).is_err()) {
            return Err(Refusal::new(
                line,
                "",
                "not UTF-8: the file was written in another encoding",
            ));
        }
        if record.len() != names.len() {
            let why = format!(
                "{} columns, and the header has {}: the file is cut off or damaged",
                record.len(),
                names.len()
            );
            return Err(Refusal::new(line, "", why));
        }
        let (names, record, places, set) = (&names, &record, &places, wanted.set);
        let mut row = Row { line, names, record, places, set, starts, draft, rows: 0, left: 0 };
        (sheet.take)(&mut row)?;
        rows += row.rows;
        left += row.left;
    }
    if is_open || seen.last_byte.get() != b'\n' {
        return Err(cut_off(line));
    }
    Ok(Taken { layout: sheet.name, rows, left })
}

fn rows_of<R: Read>(input: R, has_tabs: bool) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if has_tabs { b'\t' } else { b',' })
        .quoting(!has_tabs)
        .from_reader(input)
}

/// What was seen of the bytes of a file.
struct Seen {
    /// How it ended.
    last_byte: Cell<u8>,
    /// How many were read since the last row was.
    in_row: Cell<usize>,
}

/// Reads on until a row is longer than any that is published: one quotation mark that nobody closes
/// would make all that follows one row.
struct Watched<R> {
    input: R,
    seen: Rc<Seen>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let len = self.input.read(buffer)?;
        if let Some(&last) = buffer.get(..len).and_then(<[u8]>::last) {
            self.seen.last_byte.set(last);
        }
        self.seen.in_row.set(self.seen.in_row.get() + len);
        if ROW_BYTES_MAX < self.seen.in_row.get() {
            return Err(std::io::Error::other(TOO_LONG));
        }
        Ok(len)
    }
}

/// Of what is read, the second codes of an NCCI pair in one cell are the longest: some thousands of bytes.
const CELL_BYTES_MAX: usize = 1 << 16;

/// Sets of amounts that are paid.
const PAID_BY: [&str; 2] = ["mpfs", "mpfs-gpci"];

/// Rows of words above a header.
const PREAMBLE_ROWS_MAX: usize = 25;

type Header = (&'static Sheet, Vec<String>, Vec<usize>);

/// The first row that is the header of a sheet for the set.
fn find_header<R: Read>(
    wanted: &Wanted<'_>,
    reader: &mut csv::Reader<R>,
    record: &mut ByteRecord,
) -> Result<Header, Refusal> {
    let own = || SHEETS.iter().filter(|sheet| sheet.sets.contains(&wanted.set));
    let mut first = None;
    let mut other = None;
    for number in 1..=PREAMBLE_ROWS_MAX as u64 {
        let more = reader.read_byte_record(record).map_err(|error| unreadable(number, &error))?;
        if !more {
            break;
        }
        let names: Vec<String> =
            record.iter().map(|field| String::from_utf8_lossy(field).trim().to_owned()).collect();
        // A list is known by one column, which those of other sets may have as well.
        let known = SHEETS.iter().find(|sheet| sheet.is_telling(&names));
        let tells_more = |own: &Sheet| {
            known.is_some_and(|known| {
                !known.sets.contains(&wanted.set) && own.columns.len() < known.columns.len()
            })
        };
        for sheet in own().filter(|sheet| !tells_more(sheet)) {
            if let Some(places) = places_of(sheet, &names) {
                refuse_twins(&names, &places, number)?;
                return Ok((sheet, names, places));
            }
        }
        other = other.or(known.map(|sheet| (number, sheet)));
        first.get_or_insert(names);
    }
    if let Some((line, sheet)) = other {
        let why = format!(
            "this is the layout \"{}\", which holds {} and not {}",
            sheet.name,
            sheet.sets.join(", "),
            wanted.set
        );
        return Err(Refusal::new(line, "", why));
    }
    let expected: Vec<String> =
        own().map(|sheet| format!("{} ({})", sheet.columns.join(", "), sheet.name)).collect();
    let found = first.unwrap_or_default().join(", ");
    let found: String = found.chars().take(100).collect();
    let why = format!(
        "no header of a layout for {}; the file begins with: {}; known are: {}",
        wanted.set,
        found.escape_debug(),
        expected.join("; ")
    );
    Err(Refusal::new(1, "", why))
}

/// Where the columns of a sheet stand under a header; `None` when one is missing.
fn places_of(sheet: &Sheet, names: &[String]) -> Option<Vec<usize>> {
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let place =
        |column: &&str| column.split('|').find_map(|one| names.iter().position(|name| name == one));
    sheet.columns.iter().map(place).collect()
}

/// A name of a column as it is compared.
fn plain(name: &str) -> String {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let plain = plain.to_ascii_lowercase();
    // Some say for which year they are.
    let is_year = |year: &str| year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit());
    match plain.split_at_checked(4) {
        Some((year, rest)) if is_year(year) => rest.to_owned(),
        _ => plain,
    }
}

/// Nobody knows which of two columns of one name is meant.
fn refuse_twins(names: &[String], places: &[usize], line: u64) -> Result<(), Refusal> {
    for name in places.iter().filter_map(|&place| names.get(place)) {
        if names.iter().filter(|other| plain(other) == plain(name)).count() > 1 {
            return Err(Refusal::new(line, name, "two columns are called so; leave one of them"));
        }
    }
    Ok(())
}

/// What lists write beside codes that nobody may send any more.
const OUT_OF_USE: [&str; 5] = ["retired", "ended", "discontinued", "deleted", "no longer used"];

/// What may stand between that and a day.
const UNTIL: [&str; 5] = ["effective", "eff.", "on", "as of", "since"];

const NOT_PLAIN: &str = "not plain letters and digits: the file was written in another encoding, or \
                         is damaged";

/// The names of all sets that a file can hold.
pub(super) fn sets() -> impl Iterator<Item = &'static str> {
    SHEETS.iter().flat_map(|sheet| sheet.sets.iter().copied())
}

impl Row<'_> {
    /// The text of a column of the sheet.
    fn text(&self, column: usize) -> Result<&str, Refusal> {
        let place = self.places.get(column).copied().unwrap_or(usize::MAX);
        let field = self.record.get(place).unwrap_or_default();
        if CELL_BYTES_MAX < field.len() {
            let why = format!("{} bytes, and nothing that is read is so long", field.len());
            return Err(self.refuse(column, why));
        }
        match str::from_utf8(field) {
            Ok(text) if text.is_ascii() => Ok(text.trim()),
            _ => Err(self.refuse(column, NOT_PLAIN)),
        }
    }

    /// The text at a place of the record, for headers that repeat a name.
    fn text_at(&self, place: usize) -> Result<&str, Refusal> {
        let text = self.record.get(place).map(str::from_utf8);
        match text {
            Some(Ok(text)) if text.is_ascii() => Ok(text.trim()),
            _ => Err(Refusal::new(self.line, &format!("column {}", place + 1), NOT_PLAIN)),
        }
    }

    fn refuse(&self, column: usize, why: impl Into<String>) -> Refusal {
        let place = self.places.get(column).copied().unwrap_or(usize::MAX);
        let name = self.names.get(place).map_or("", String::as_str);
        Refusal::new(self.line, &format!("column {}, {name}", place + 1), why)
    }

    fn day(&self, column: usize) -> Result<Option<Day>, Refusal> {
        let text = self.text(column)?;
        day(text).ok_or_else(|| self.refuse(column, format!("'{text}' is no day")))
    }

    /// A number, or [`NOTHING`] for a blank.
    fn number(&self, column: usize) -> Result<u32, Refusal> {
        let text = self.text(column)?;
        number(text).ok_or_else(|| self.refuse(column, format!("'{text}' is no whole number")))
    }

    /// Up to four letters or digits as one fact.
    fn letters(&self, column: usize) -> Result<u32, Refusal> {
        let text = self.text(column)?;
        let why = || self.refuse(column, format!("'{text}' is longer than four characters"));
        letters(text).ok_or_else(why)
    }

    /// An amount with up to two places as hundredths.
    fn hundredths(&self, column: usize) -> Result<u32, Refusal> {
        let text = self.text(column)?;
        hundredths(text).ok_or_else(|| self.refuse(column, format!("'{text}' is no amount")))
    }

    fn add(&mut self, column: usize, code: &str, span: Span) -> Result<(), Refusal> {
        if let (Some(first), Some(last)) = (span.first, span.last)
            && last < first
        {
            let why = format!("{code} ends on {last}, before it begins on {first}");
            return Err(self.refuse(column, why));
        }
        if !shape::fits(self.set, code) {
            return Err(self.refuse(column, shape::told(self.set, code)));
        }
        if !self.draft.add(code, span, self.line) {
            return Err(self.refuse(column, format!("'{}' is no code", code.escape_default())));
        }
        self.rows += 1;
        Ok(())
    }

    fn add_pair(&mut self, codes: [&str; 2], span: Span) -> Result<(), Refusal> {
        let strange = |code: &&&str| !code.is_empty() && !shape::fits(self.set, code);
        if let Some(code) = codes.iter().find(strange) {
            return Err(self.refuse(0, shape::told(self.set, code)));
        }
        if !self.draft.add_pair(codes, span, self.line) {
            let [one, other] = codes;
            return Err(self.refuse(0, format!("'{one}' and '{other}' are no two codes")));
        }
        self.rows += 1;
        Ok(())
    }

    /// Passes over a row that is not of the set.
    #[expect(clippy::unnecessary_wraps, reason = "it ends the reading of a row, as others do")]
    fn leave(&mut self) -> Result<(), Refusal> {
        self.left += 1;
        Ok(())
    }

    /// Whether the words beside a code say that it is out of use: in brackets, or alone.
    fn is_called_retired(&self) -> bool {
        self.record.iter().any(|field| {
            let words = String::from_utf8_lossy(field).trim().to_ascii_lowercase();
            OUT_OF_USE.iter().any(|word| {
                let starts = words.strip_prefix(word).map(|rest| rest.trim_start());
                let is_alone = starts.is_some_and(|rest| {
                    let rest =
                        UNTIL.iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
                    rest.bytes().all(|byte| !byte.is_ascii_alphabetic())
                });
                is_alone
                    || words.contains(&format!("({word}"))
                    || words.contains(&format!("[{word}"))
            })
        })
    }

    /// A code in the first column that has no days.
    fn code(&mut self) -> Result<(), Refusal> {
        let code = self.text(0)?.to_owned();
        self.add(0, &code, Span::default())
    }

    /// A code, its first day, its last.
    fn dated(&mut self) -> Result<(), Refusal> {
        let code = self.text(0)?.to_owned();
        let (first, last) = (self.day(1)?, self.day(2)?);
        self.add(0, &code, Span { first, last, facts: Vec::new() })
    }
}

fn number(text: &str) -> Option<u32> {
    if text.is_empty() { Some(NOTHING) } else { text.parse().ok().filter(|&fact| fact != NOTHING) }
}

fn letters(text: &str) -> Option<u32> {
    let fold = |bytes: &[u8]| bytes.iter().fold(0, |fact, &byte| fact << 8 | u32::from(byte));
    match text.as_bytes() {
        [] => Some(NOTHING),
        bytes if bytes.len() <= 4 => Some(fold(bytes)),
        _ => None,
    }
}

fn hundredths(text: &str) -> Option<u32> {
    scaled(text, 100.0)
}

/// A number of that many parts, or [`NOTHING`] for a blank. Publishers write few places, and programs
/// of tables leave crumbs behind them: 1.4189999999999998.
fn scaled(text: &str, parts: f64) -> Option<u32> {
    if text.is_empty() {
        return Some(NOTHING);
    }
    let number = text.parse::<f64>().ok().filter(|number| (0.0..1e6).contains(number))?;
    let scaled = (number * parts).round();
    (scaled < f64::from(NOTHING)).then_some(scaled as u32)
}
