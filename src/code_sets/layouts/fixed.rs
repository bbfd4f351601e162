//! Layouts without a header: lines of fixed width, and the pairs of NCCI.
//!
//! Read beside what the publishers say of them: the order file by the readme of ICD-10-CM and
//! ICD-10-PCS of CMS; HCPCS by `HCPC2024_recordlayout.txt`, "HCPCS Contractor Record", 320 bytes
//! (code 1 to 5, modifier 4 to 5, kind of record 11, added 269, in effect 277, ended 285); the add-on
//! codes by the file of fixed width that NCCI has since 2022, whose parts stand in the order of the
//! columns of its workbook (`AOC_Edit_Type` to `Special_Instruction_Notes`); the pairs by the header
//! in `ccipra` and `ccioph` files.

use std::io::{BufRead, Read};

use x12::value::Day;

use super::{
    ROW_BYTES_MAX, Refusal, TOO_LONG, Taken, Wanted, cut_off, day, refuse_nul, unreadable,
};
use crate::code_sets::shape;
use crate::code_sets::table::Span;
use crate::code_sets::table::draft::Draft;

/// A layout that is known by its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fixed {
    /// `icd10cm_order_2027.txt`, and the same of ICD-10-PCS.
    Order,
    /// `HCPC2026_JAN_ANWEB.txt`: the annual and quarterly HCPCS file.
    Hcpcs,
    /// `ccipra-v323r0-f1.txt`: tab after tab, under a few lines of words.
    Pairs,
    /// `AOC_V2026Q2-MCR.txt`.
    AddOns,
}

/// The layout whose lines a file begins with.
pub(super) fn recognize(start: &[u8]) -> Option<Fixed> {
    let mut lines = start.split(|&byte| byte == b'\n');
    let first = lines.next()?;
    if let [
        b'0'..=b'9',
        b'0'..=b'9',
        b'0'..=b'9',
        b'0'..=b'9',
        b'0'..=b'9',
        b' ',
        b'A'..=b'Z' | b'0'..=b'9',
        ..,
    ] = first
    {
        return Some(Fixed::Order);
    }
    let is_hcpcs = first.len() >= HCPCS_BYTES_MIN
        && matches!(first.get(10), Some(b'3' | b'7'))
        && !first.contains(&b'\t')
        && first.get(5..10).is_some_and(|number| number.iter().all(u8::is_ascii_digit));
    if is_hcpcs {
        return Some(Fixed::Hcpcs);
    }
    let mut head = std::iter::once(first).chain(lines).take(PREAMBLE_LINES_MAX);
    head.find_map(|line| match line {
        _ if is_pair(line) => Some(Fixed::Pairs),
        _ if is_add_on(line) => Some(Fixed::AddOns),
        _ => None,
    })
}

/// The sets that come in these layouts.
pub(super) const SETS: &[&str] = &[
    "diagnosis",
    "hcpcs",
    "inpatient-procedure",
    "modifier",
    "ncci-addon",
    "ncci-ptp",
    "ncci-ptp-hospital",
];

/// Lines of words above the first pair.
const PREAMBLE_LINES_MAX: usize = 25;

/// Up to the action code.
const HCPCS_BYTES_MIN: usize = 292;

fn is_pair(line: &[u8]) -> bool {
    let fields: Vec<&[u8]> = line.split(|&byte| byte == b'\t').collect();
    let is_code = |code: &[u8]| code.len() == 5 && code.iter().all(u8::is_ascii_alphanumeric);
    matches!(fields[..], [one, other, _, first, ..]
        if is_code(one) && is_code(other) && Day::parse(first).is_some())
}

/// Place 1 the type, 2 to 6 the add-on, 7 to 13 when it was deleted, 14 to 18 the primary, 19 to 25
/// when that was deleted, 26 to 32 the first day of the two, 33 to 39 their last. Days are a year and
/// the number of the day in it.
fn is_add_on(line: &[u8]) -> bool {
    let is_code = |code: &[u8]| code.iter().all(u8::is_ascii_alphanumeric);
    let is_day = |day: &[u8]| day.iter().all(|byte| byte.is_ascii_digit() || *byte == b' ');
    let part = |range: std::ops::Range<usize>| line.get(range);
    matches!(line.first(), Some(b'1'..=b'3'))
        && part(1..6).is_some_and(is_code)
        && part(6..13).is_some_and(is_day)
        && part(13..18).is_some_and(is_code)
        && part(18..25).is_some_and(is_day)
        && part(25..32).is_some_and(|day| day.iter().all(u8::is_ascii_digit))
}

impl Fixed {
    /// Whether a line above the first row is meant as one: words are passed over, a damaged row is not.
    fn is_meant(self, line: &[u8]) -> bool {
        let is_code = |code: &[u8]| code.len() == 5 && code.iter().all(u8::is_ascii_alphanumeric);
        match self {
            Fixed::Order | Fixed::Hcpcs => true,
            Fixed::Pairs => {
                let fields: Vec<&[u8]> = line.split(|&byte| byte == b'\t').collect();
                matches!(fields[..], [one, other, _, first, _, _, ..]
                    if is_code(one) && is_code(other) || first.iter().any(u8::is_ascii_digit))
            }
            Fixed::AddOns => {
                let is_code_at = |range| line.get(range).is_some_and(is_code);
                matches!(line.first(), Some(b'1'..=b'3')) && is_code_at(1..6) && is_code_at(13..18)
            }
        }
    }

    pub(super) fn read(
        self,
        wanted: &Wanted<'_>,
        mut input: impl BufRead,
        draft: &mut Draft,
    ) -> Result<Taken, Refusal> {
        self.refuse_other_sets(wanted.set)?;
        let mut reader = Lines { wanted: *wanted, draft, rows: 0, before: 0, begun: false };
        if self == Fixed::Order {
            let starts = wanted.starts.ok_or_else(|| Refusal::new(1, "", NO_START))?;
            reader.draft.first = Some(starts);
            reader.draft.last = end_of_year(starts);
        }
        let mut line = Vec::new();
        let mut number = 0;
        loop {
            line.clear();
            let mut row = input.by_ref().take(ROW_BYTES_MAX as u64);
            let read = row.read_until(b'\n', &mut line);
            number += 1;
            match read.map_err(|error| unreadable(number, &error))? {
                0 => break,
                ROW_BYTES_MAX => return Err(unreadable(number, &TOO_LONG)),
                _ => {}
            }
            if line.pop() != Some(b'\n') {
                return Err(cut_off(number));
            }
            if line.last() == Some(&b'\r') {
                line.pop();
            }
            refuse_nul(&line, number)?;
            match self {
                Fixed::Order => reader.order(&line, number)?,
                Fixed::Hcpcs => reader.hcpcs(&line, number)?,
                Fixed::Pairs => reader.pair(&line, number)?,
                Fixed::AddOns => reader.add_on(&line, number)?,
            }
        }
        let layout = match self {
            Fixed::Order => "order file of ICD-10",
            Fixed::Hcpcs => "HCPCS file of CMS, fixed width",
            Fixed::Pairs => "NCCI pairs of CMS, text",
            Fixed::AddOns => "add-on codes of NCCI, fixed width",
        };
        Ok(Taken { layout, rows: reader.rows, left: 0 })
    }

    fn refuse_other_sets(self, set: &str) -> Result<(), Refusal> {
        let (own, what): (&[&str], _) = match self {
            Fixed::Order => (&["diagnosis", "inpatient-procedure"], "an order file of ICD-10"),
            Fixed::Hcpcs => (&["hcpcs", "modifier"], "the HCPCS file of CMS"),
            Fixed::Pairs => (&["ncci-ptp", "ncci-ptp-hospital"], "a file of NCCI pairs"),
            Fixed::AddOns => (&["ncci-addon"], "the file of add-on codes of NCCI"),
        };
        if own.contains(&set) {
            return Ok(());
        }
        let why = format!("this is {what}, which holds {} and not {set}", own.join(" or "));
        Err(Refusal::new(1, "", why))
    }
}

const NO_START: &str = "an order file does not say for which year it is; add --edition FY2027, or \
                        the first day, as in --edition 2027-04-01";

/// The last day of September on or after a day: code lists of ICD-10 are renewed in October.
fn end_of_year(day: Day) -> Option<Day> {
    let year = if day.month() >= 10 { day.year() + 1 } else { day.year() };
    Day::new(year, 9, 30)
}

struct Lines<'a> {
    wanted: Wanted<'a>,
    draft: &'a mut Draft,
    rows: u64,
    /// The order number of the line before.
    before: u64,
    /// A pair has been seen.
    begun: bool,
}

impl Lines<'_> {
    /// Places 1 to 5 the order, 7 to 13 the code, 15 whether it may be sent, then titles.
    fn order(&mut self, line: &[u8], number: u64) -> Result<(), Refusal> {
        if line.is_empty() {
            return Ok(());
        }
        let order = text(line, 0..5, number)?;
        let order: u64 = order.trim().parse().map_err(|_| {
            Refusal::new(number, "places 1 to 5", format!("'{order}' is no order number"))
        })?;
        if order != self.before + 1 && self.before > 0 {
            let why = format!("number {order} follows {}: lines are missing", self.before);
            return Err(Refusal::new(number, "places 1 to 5", why));
        }
        self.before = order;
        let code = text(line, 6..13, number)?.trim_end();
        let pcs = self.wanted.set == "inpatient-procedure";
        let may_be_sent = match line.get(14) {
            Some(b'1') => true,
            Some(b'0') => false,
            _ => {
                let why = "neither 0 for a header nor 1 for a code that may be sent";
                return Err(Refusal::new(number, "place 15", why));
            }
        };
        if pcs && may_be_sent && code.len() != 7 {
            let why = format!("'{code}' is no code of ICD-10-PCS, which have seven characters");
            return Err(Refusal::new(number, "places 7 to 13", why));
        }
        if !pcs && !code.starts_with(|first: char| first.is_ascii_uppercase()) {
            let why = format!("'{code}' is no code of ICD-10-CM, which begin with a letter");
            return Err(Refusal::new(number, "places 7 to 13", why));
        }
        if may_be_sent {
            let span = Span { first: self.wanted.starts, ..Span::default() };
            self.add(code, span, number, "places 7 to 13")?;
        }
        Ok(())
    }

    /// Places 1 to 5 the code (a modifier in 4 and 5), 11 the kind of record, 269 on the days.
    fn hcpcs(&mut self, line: &[u8], number: u64) -> Result<(), Refusal> {
        if line.is_empty() {
            return Ok(());
        }
        let wants = match line.get(10) {
            Some(b'3') => "hcpcs",
            Some(b'7') => "modifier",
            // More of a description.
            Some(b'4' | b'8') => return Ok(()),
            _ => {
                let why = "not a kind of record: 3 or 4 for a code, 7 or 8 for a modifier";
                return Err(Refusal::new(number, "place 11", why));
            }
        };
        if line.len() < HCPCS_BYTES_MIN {
            let why = format!("{} bytes, and a record has {HCPCS_BYTES_MIN} or more", line.len());
            return Err(Refusal::new(number, "", why));
        }
        if wants != self.wanted.set {
            return Ok(());
        }
        let code = text(line, 0..5, number)?.trim();
        let first = self.day(line, 268..276, "places 269 to 276", number)?;
        let last = self.day(line, 284..292, "places 285 to 292", number)?;
        self.add(code, Span { first, last, facts: Vec::new() }, number, "places 1 to 5")
    }

    fn day(
        &self,
        line: &[u8],
        range: std::ops::Range<usize>,
        column: &str,
        number: u64,
    ) -> Result<Option<Day>, Refusal> {
        let text = text(line, range, number)?;
        day(text).ok_or_else(|| Refusal::new(number, column, format!("'{text}' is no day")))
    }

    /// Column 1, column 2, in existence before 1996, first day, last day or *, modifier indicator.
    fn pair(&mut self, line: &[u8], number: u64) -> Result<(), Refusal> {
        if !self.begun && !is_pair(line) && !Fixed::Pairs.is_meant(line) {
            return Ok(());
        }
        self.begun = true;
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        let Ok(line) = str::from_utf8(line) else {
            return Err(Refusal::new(number, "", "not UTF-8"));
        };
        let fields: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [one, other, _, first, last, indicator, ..] = fields[..] else {
            let why = format!("{} columns, and a pair has six or more", fields.len());
            return Err(Refusal::new(number, "", why));
        };
        let day_of = |name: &str, text: &str| {
            day(text).ok_or_else(|| Refusal::new(number, name, format!("'{text}' is no day")))
        };
        let (first, last) = (day_of("first day", first)?, day_of("deletion date", last)?);
        let indicator = match indicator {
            "0" | "1" | "9" => indicator.parse().unwrap_or_default(),
            _ => {
                let why = format!("'{indicator}' is no modifier indicator: 0, 1 or 9");
                return Err(Refusal::new(number, "modifier indicator", why));
            }
        };
        if one.len() != 5 || other.len() != 5 {
            let why = format!("'{one}' and '{other}' are no two codes of five characters");
            return Err(Refusal::new(number, "column 1 and 2", why));
        }
        // A pair that was deleted on its first day was never in effect.
        if last.is_some() && last <= first {
            return Ok(());
        }
        let span = Span { first, last, facts: vec![indicator] };
        if !self.draft.add_pair([one, other], span, number) {
            let why = format!("'{one}' and '{other}' are no two codes");
            return Err(Refusal::new(number, "column 1 and 2", why));
        }
        self.rows += 1;
        Ok(())
    }

    fn add_on(&mut self, line: &[u8], number: u64) -> Result<(), Refusal> {
        if !self.begun && !is_add_on(line) && !Fixed::AddOns.is_meant(line) {
            return Ok(());
        }
        self.begun = true;
        if line.trim_ascii().is_empty() {
            return Ok(());
        }
        if !is_add_on(line) {
            let why = "no type, add-on code, primary code and days stand at their places";
            return Err(Refusal::new(number, "places 1 to 39", why));
        }
        let deleted = self.day(line, 6..13, "places 7 to 13", number)?;
        let primary_deleted = self.day(line, 18..25, "places 19 to 25", number)?;
        let first = self.day(line, 25..32, "places 26 to 32", number)?;
        let last = match line.get(32..39) {
            Some(_) => self.day(line, 32..39, "places 33 to 39", number)?,
            None => None,
        };
        let last = [last, deleted, primary_deleted].into_iter().flatten().min();
        // One that was deleted before its first day was never in effect.
        if last.is_some_and(|last| first.is_some_and(|first| last < first)) {
            return Ok(());
        }
        let kind = line.first().map_or(0, |digit| u32::from(digit - b'0'));
        let (code, primary) = (text(line, 1..6, number)?, text(line, 13..18, number)?);
        // CCCCC leaves it to the contractor.
        let primary = if primary == "CCCCC" { "" } else { primary };
        if !self.draft.add_pair([code, primary], Span { first, last, facts: vec![kind] }, number) {
            let why = format!("'{code}' and '{primary}' are no two codes");
            return Err(Refusal::new(number, "places 2 to 18", why));
        }
        self.rows += 1;
        Ok(())
    }

    fn add(&mut self, code: &str, span: Span, line: u64, column: &str) -> Result<(), Refusal> {
        if let (Some(first), Some(last)) = (span.first, span.last)
            && last < first
        {
            let why = format!("{code} ends on {last}, before it begins on {first}");
            return Err(Refusal::new(line, column, why));
        }
        if !shape::fits(self.wanted.set, code) {
            return Err(Refusal::new(line, column, shape::told(self.wanted.set, code)));
        }
        if !self.draft.add(code, span, line) {
            let why = format!("'{}' is no code", code.escape_default());
            return Err(Refusal::new(line, column, why));
        }
        self.rows += 1;
        Ok(())
    }
}

/// Some places of a line.
fn text(line: &[u8], range: std::ops::Range<usize>, number: u64) -> Result<&str, Refusal> {
    let column = format!("places {} to {}", range.start + 1, range.end);
    let end = range.end.min(line.len());
    match line.get(range.start..end).map(str::from_utf8) {
        Some(Ok(text)) if text.is_ascii() => Ok(text),
        Some(_) => Err(Refusal::new(number, &column, "neither letters nor digits stand here")),
        None => Err(Refusal::new(number, &column, "the line ends before them")),
    }
}
