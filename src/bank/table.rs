//! A table of deposits, as a bank's page or an accounting program saves it: a line of names, then a
//! line for each entry.

use x12::phi::Phi;
use x12::value::{Day, Decimal, Money};

use super::returns::{says_debit, says_return};
use super::trace::{find, says_claims};
use super::{BankFile, Columns, Entry, Form, Wrongs, plain};
use crate::change::deposits::Way;

pub(super) fn read(bytes: &[u8], columns: &Columns, wrongs: &mut Wrongs) -> BankFile {
    let mut file = BankFile { form: Form::Csv, entries: Vec::new(), others: 0 };
    let mut rows = rows(bytes, wrongs).into_iter();
    let Some(names) = rows.next() else {
        wrongs.tell(0, "the file", "is empty", "send the table with its line of names");
        return file;
    };
    let Some(layout) = Layout::of(&names, columns, wrongs) else { return file };
    for row in rows {
        take(&row, &layout, names.cells.len(), &mut file, wrongs);
    }
    file
}

fn take(row: &Row, layout: &Layout, width: usize, file: &mut BankFile, wrongs: &mut Wrongs) {
    let at = row.number;
    if row.cells.len() != width {
        let what = format!("{} cells, and the line of names has {width}", row.cells.len());
        return wrongs.tell(at, "the line", what, "quote cells that hold the separator");
    }
    let cell = |column: Option<usize>| {
        column.and_then(|column| row.cells.get(column)).map_or("", |cell| cell.as_str().trim())
    };
    let amount = cell(Some(layout.amount));
    // Credits have a column of their own at some banks; that of a debit is empty there.
    if amount.is_empty() {
        file.others += 1;
        return;
    }
    let day = day(cell(Some(layout.date)));
    let amount = money(amount);
    if let Err(what) = day {
        wrongs.tell(at, "date", what, "write YYYY-MM-DD or MM/DD/YYYY");
    }
    if amount.is_none() {
        wrongs.tell(at, "amount", "is no amount of whole cents", "write 1234.56");
    }
    let (Ok(day), Some(amount)) = (day, amount) else { return };
    // Some banks say by a word, and not by a sign, that it leaves the account.
    let is_debit = row.cells.iter().any(|cell| says_debit(cell));
    let amount = if is_debit { -amount.abs() } else { amount };
    let text = cell(layout.text);
    let reference = cell(layout.trace);
    let texts = [reference.to_owned(), text.to_owned()];
    let trn = texts.iter().find_map(|text| find(std::slice::from_ref(text)));
    let is_claim_payment = trn.is_some() || texts.iter().any(|text| says_claims(text));
    // What is taken from the account pays claims back, or takes a deposit back, only if it says so.
    let is_taken_back = || says_return(row.cells.iter().map(String::as_str));
    if amount.is_zero() || amount.is_negative() && !is_claim_payment && !is_taken_back() {
        file.others += 1;
        return;
    }
    let own_id = cell(layout.payer_id);
    let (trace, payer_id) = match trn {
        Some(trn) => (trn.trace, trn.payer_id),
        None => (plain(reference.as_bytes()), String::new()),
    };
    file.entries.push(Entry {
        account: Phi::default(),
        day,
        amount,
        way: Way::Unsaid,
        trace,
        payer_id: if payer_id.is_empty() { plain(own_id.as_bytes()) } else { payer_id },
        payer_name: plain(cell(layout.payer).as_bytes()),
        bank_reference: String::new(),
        is_claim_payment,
        record: at,
        offset: row.offset,
    });
}

/// Which column is which.
struct Layout {
    date: usize,
    amount: usize,
    trace: Option<usize>,
    payer: Option<usize>,
    payer_id: Option<usize>,
    text: Option<usize>,
}

/// What banks call the columns.
const DATE: &[&str] = &[
    "date",
    "posting date",
    "post date",
    "posted",
    "posted date",
    "effective date",
    "value date",
    "deposit date",
    "transaction date",
];
const AMOUNT: &[&str] = &["amount", "credit", "credit amount", "credits", "deposit", "deposits"];
const TRACE: &[&str] = &[
    "trace",
    "trace number",
    "trn",
    "trn02",
    "eft number",
    "check number",
    "check",
    "reference",
    "reference number",
    "customer reference",
];
const PAYER: &[&str] = &["payer", "payer name", "company", "company name", "originator", "name"];
const PAYER_ID: &[&str] =
    &["payer id", "company id", "originator id", "originating company id", "tax id", "trn03"];
const TEXT: &[&str] =
    &["text", "description", "memo", "details", "detail", "addenda", "transaction description"];

impl Layout {
    fn of(names: &Row, columns: &Columns, wrongs: &mut Wrongs) -> Option<Layout> {
        let mut find = |field: &'static str, own: &str, usual: &[&str], is_needed: bool| {
            let mut is_twice = false;
            let mut at = |name: &str| {
                let same = |cell: &String| normal(cell) == normal(name);
                let mut places = names.cells.iter().enumerate().filter(|(_, cell)| same(cell));
                let (first, next) = (places.next(), places.next());
                is_twice |= next.is_some();
                first.map(|(place, _)| place)
            };
            let found = match own {
                "" => usual.iter().copied().find_map(&mut at),
                own => at(own),
            };
            if is_twice {
                let what = "two columns are called so";
                wrongs.tell(names.number, field, what, "rename the one that is not meant");
            }
            if found.is_none() && (is_needed || !own.is_empty()) {
                let what = "no column is called so";
                let fix = "say what the bank calls it in the settings, [bank.columns]";
                wrongs.tell(names.number, field, what, fix);
            }
            found
        };
        let date = find("date", &columns.date, DATE, true);
        let amount = find("amount", &columns.amount, AMOUNT, true);
        Some(Layout {
            trace: find("trace", &columns.trace, TRACE, false),
            payer: find("payer", &columns.payer, PAYER, false),
            payer_id: find("payer_id", &columns.payer_id, PAYER_ID, false),
            text: find("text", &columns.text, TEXT, false),
            date: date?,
            amount: amount?,
        })
    }
}

fn normal(name: &str) -> String {
    let letters = name.chars().map(|letter| if letter == '_' { ' ' } else { letter });
    letters.collect::<String>().trim().to_ascii_lowercase()
}

/// A line of the table.
struct Row {
    /// The number of its line, from 1.
    number: u32,
    offset: usize,
    cells: Vec<String>,
}

impl Row {
    fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

/// Cells between separators: a comma, a semicolon or a tab, whichever the line of names has. Cells
/// in quotes hold separators and ends of lines, and two quotes for one.
fn rows(bytes: &[u8], wrongs: &mut Wrongs) -> Vec<Row> {
    let marks = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let bytes = bytes.get(marks..).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(bytes))
        .from_reader(bytes);
    let mut record = csv::ByteRecord::new();
    let mut rows: Vec<Row> = Vec::new();
    let (mut line, mut counted, mut takes_all) = (1, 0, false);
    // Reading what is in memory does not fail.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let before = record.position().map_or(0, |at| at.byte() as usize);
        let ends = bytes.iter().skip(before).take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = before + ends.count();
        let passed = bytes.get(counted..start).unwrap_or_default();
        line += passed.iter().filter(|byte| **byte == b'\n').count() as u32;
        counted = start;
        takes_all = record.iter().next_back().is_some_and(|cell| cell.ends_with(b"\n"));
        let cells = record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
        rows.push(Row { number: line, offset: marks + start, cells });
    }
    let last = bytes.get(counted..).unwrap_or_default();
    let has_open_quotes = last.iter().filter(|byte| **byte == b'"').count() % 2 == 1;
    if let Some(row) =
        rows.last().filter(|_| has_open_quotes && (takes_all || !last.ends_with(b"\n")))
    {
        let fix = "close the quotes, or have the table saved again: it may be cut off";
        let what = "a cell begins with quotes that nothing closes";
        wrongs.tell(row.number, "the line", what, fix);
    }
    rows.retain(|row| !row.is_empty());
    rows
}

fn separator(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').find(|line| !line.trim_ascii().is_empty());
    let times = |separator: u8| {
        first.map_or(0, |line| line.iter().filter(|byte| **byte == separator).count())
    };
    [b'\t', b';', b','].into_iter().max_by_key(|one| times(*one)).unwrap_or(b',')
}

/// A day as tables have it: 2026-11-03, 20261103 or 11/3/2026; what is wrong with any other.
fn day(text: &str) -> Result<Day, &'static str> {
    let text = text.split([' ', 'T']).next().unwrap_or_default();
    let dashed = Day::parse_dashed(text).or_else(|| Day::parse(text.as_bytes()));
    let day = dashed.map_or_else(|| slashed(text), Ok)?;
    // The first day of any file says from when on deposits are waited for.
    match YEARS.contains(&day.year()) {
        true => Ok(day),
        false => Err("is before 1990 or after 2100"),
    }
}

/// 11/3/2026. Of 10/11/26 nobody can say which number is the year.
fn slashed(text: &str) -> Result<Day, &'static str> {
    let none = "is no day of the calendar";
    let mut parts = text.split('/');
    let mut part = || parts.next()?.parse::<u16>().ok();
    let (Some(month), Some(date), Some(year)) = (part(), part(), part()) else { return Err(none) };
    if parts.next().is_some() {
        return Err(none);
    }
    if year < 100 {
        return Err("has a year of two digits, so that it may be another day");
    }
    let (month, date) =
        (u8::try_from(month).map_err(|_| none)?, u8::try_from(date).map_err(|_| none)?);
    Day::new(year, month, date).ok_or(none)
}

/// Years in which a bank can have paid a remittance.
const YEARS: std::ops::RangeInclusive<u16> = 1990..=2100;

/// An amount as tables have it: 1234.56, $1,234.56, -12.00 or (12.00).
fn money(text: &str) -> Option<Money> {
    let inner = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    let is_negative = inner.is_some();
    let text = inner.unwrap_or(text);
    let text = text.strip_prefix('+').unwrap_or(text);
    let (is_minus, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let text = text.trim().strip_prefix('$').unwrap_or(text.trim());
    let digits = without_commas(text)?;
    if digits.len() > AMOUNT_CHARACTERS_MAX
        || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return None;
    }
    // Programs for tables write 1234.5 and 1234.500 for 1234.50.
    let amount = Decimal::parse(digits.as_bytes())?.money()?;
    Some(if is_negative == is_minus { amount } else { -amount })
}

/// Commas stand between thousands alone: 100,00 may be a hundred, as other countries write it.
fn without_commas(text: &str) -> Option<String> {
    let (whole, cents) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let is_first = rest.is_empty() || (1..=3).contains(&first.len());
    let is_grouped = is_first && rest.iter().all(|group| group.len() == 3) && !cents.contains(',');
    is_grouped.then(|| format!("{first}{}{cents}", rest.concat()))
}

/// A hundred billions with its cents.
const AMOUNT_CHARACTERS_MAX: usize = 14;
