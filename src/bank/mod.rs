//! The bank's side of a payment: its files, read; which deposit is the money of which remittance;
//! and what a person has to see when one of the two is missing or they differ.
//!
//! A file is taken whole or not at all: counts and totals that do not hold mean that something of
//! it is missing, and money that is missing from a file is worse than a file that is missing.

mod bai2;
pub mod calendar;
mod cases;
mod nacha;
mod names;
mod nearest;
mod pairing;
mod payers;
pub mod persons;
mod reassociate;
mod returns;
mod table;
pub mod told;
mod trace;

use std::fmt;

use x12::phi::Phi;
use x12::value::{Day, Money};

use crate::change::deposits::Way;

pub use pairing::taken_back;
pub use reassociate::{Terms, reassociate};

/// How a bank writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As the first bytes of a file say.
    Any,
    /// Entries of the ACH network, with CCD+ addenda.
    Nacha,
    /// Cash management balance reports, version 2.
    Bai2,
    /// A table with a line of names above.
    Csv,
}

/// Every form.
pub const FORMS: [Form; 4] = [Form::Any, Form::Nacha, Form::Bai2, Form::Csv];

impl Form {
    /// The word in the settings.
    pub const fn name(self) -> &'static str {
        match self {
            Form::Any => "any",
            Form::Nacha => "nacha",
            Form::Bai2 => "bai2",
            Form::Csv => "csv",
        }
    }

    /// The form of that name.
    pub fn named(name: &str) -> Option<Form> {
        FORMS.into_iter().find(|form| form.name() == name)
    }

    /// The form of a file by its first bytes.
    fn of(bytes: &[u8]) -> Form {
        let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
        let line = start.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii_end();
        // A file without its header is one that has lost it.
        let is_record = line.len() == nacha::RECORD_LEN && !line.contains(&b',');
        if start.starts_with(b"101") && !start.starts_with(b"101,") || is_record {
            Form::Nacha
        } else if start.starts_with(b"01,") {
            Form::Bai2
        } else {
            Form::Csv
        }
    }
}

/// What the columns of a table are called, as far as the operator says; what is empty is looked
/// for under the usual names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    pub date: String,
    pub amount: String,
    pub trace: String,
    pub payer: String,
    pub payer_id: String,
    pub text: String,
}

/// Money that a file tells of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Tells accounts apart; never shown.
    account: Phi<String>,
    pub day: Day,
    /// A minus is what was taken.
    pub amount: Money,
    pub way: Way,
    pub trace: String,
    pub payer_id: String,
    pub payer_name: String,
    pub bank_reference: String,
    pub is_claim_payment: bool,
    /// From 1, with the byte that it begins at.
    pub record: u32,
    pub offset: usize,
}

/// A file of a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFile {
    pub form: Form,
    pub entries: Vec<Entry>,
    /// Entries that are no deposits: fees, balances, payments of ours, notices without money.
    pub others: u32,
}

/// Why a file is not taken: what is wrong with a record of it. No value of it is told but counts
/// and amounts, for there are numbers of accounts in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// From 1; 0 for the file as a whole.
    pub record: u32,
    pub field: &'static str,
    pub what: String,
    pub fix: &'static str,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Wrong { record, field, what, fix } = self;
        match record {
            0 => write!(f, "{field}: {what}; {fix}"),
            record => write!(f, "record {record}, {field}: {what}; {fix}"),
        }
    }
}

/// Reads a file of a bank, or says all that is wrong with it.
pub fn read(bytes: &[u8], form: Form, columns: &Columns) -> Result<BankFile, Vec<Wrong>> {
    let form = if form == Form::Any { Form::of(bytes) } else { form };
    let mut wrongs = Wrongs::default();
    let file = match form {
        Form::Nacha => nacha::read(bytes, &mut wrongs),
        Form::Bai2 => bai2::read(bytes, &mut wrongs),
        Form::Csv | Form::Any => table::read(bytes, columns, &mut wrongs),
    };
    if wrongs.found.is_empty() { Ok(file) } else { Err(wrongs.found) }
}

/// What is wrong, so far.
#[derive(Debug, Default)]
struct Wrongs {
    found: Vec<Wrong>,
}

/// What a person is told of a file; the rest follows from these, or is like them.
const WRONGS_MAX: usize = 20;

/// What to do about a file that does not hold together.
const ASK_AGAIN: &str = "have the bank send the file again, whole and as it wrote it";

impl Wrongs {
    fn add(&mut self, record: u32, field: &'static str, what: impl Into<String>) {
        self.tell(record, field, what, ASK_AGAIN);
    }

    fn tell(
        &mut self,
        record: u32,
        field: &'static str,
        what: impl Into<String>,
        fix: &'static str,
    ) {
        if self.found.len() < WRONGS_MAX {
            self.found.push(Wrong { record, field, what: what.into(), fix });
        }
    }

    /// Notes a count or a total that is not what the records come to.
    fn compare<T: PartialEq + fmt::Display>(
        &mut self,
        (record, field): (u32, &'static str),
        says: Option<T>,
        counted: T,
    ) {
        match says {
            None => self.add(record, field, "is no number"),
            Some(says) if says != counted => {
                self.add(record, field, format!("says {says}, and the records come to {counted}"));
            }
            Some(_) => {}
        }
    }
}

/// A line of a file.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    /// From 1; lines without anything count too.
    number: u32,
    offset: usize,
    bytes: &'a [u8],
}

impl<'a> Line<'a> {
    /// The lines of a file that have anything in them, without what ends them.
    fn all(bytes: &'a [u8]) -> impl Iterator<Item = Line<'a>> {
        let mut offset = 0;
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let lines = bytes.split(|&byte| byte == b'\n').zip(1..).map(move |(line, number)| {
            let at = offset;
            offset += line.len() + 1;
            let text = line.strip_suffix(b"\r").unwrap_or(line);
            Line { number, offset: at, bytes: text }
        });
        // Old programs end a file with a character of its own.
        lines.filter(|line| !line.bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | 0x1A | 0)))
    }
}

/// Digits alone, as a number.
fn number(text: &[u8]) -> Option<u64> {
    let is_number = !text.is_empty() && text.len() <= 18 && text.iter().all(u8::is_ascii_digit);
    let text = std::str::from_utf8(text).ok().filter(|_| is_number)?;
    text.parse().ok()
}

/// Whole cents as digits; so few that the sum of a file stays in bounds.
fn cents(text: &[u8]) -> Option<Money> {
    let cents = number(text).filter(|_| text.len() <= CENTS_DIGITS_MAX)?;
    i64::try_from(cents).ok().map(Money::from_cents)
}

/// A hundred billions in cents.
const CENTS_DIGITS_MAX: usize = 13;

/// What can be printed of a text, without the blanks around it.
fn plain(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    let visible: String = text.chars().filter(|letter| !letter.is_control()).collect();
    visible.trim().chars().take(TEXT_CHARACTERS_MAX).collect()
}

/// The longest number or name that is kept: TRN02 has 50.
const TEXT_CHARACTERS_MAX: usize = 80;

/// Runs of zeros in front of a company's id, and the digit that says what kind of id it is, are
/// written by some and not by others.
pub(crate) fn payer_key(id: &str) -> String {
    let kept: String = id.chars().filter(char::is_ascii_alphanumeric).collect();
    let kept = kept.to_ascii_uppercase();
    let tax_id = kept.len().checked_sub(TAX_ID_LEN).and_then(|start| kept.get(start..));
    match tax_id {
        Some(tax_id) if tax_id.bytes().all(|byte| byte.is_ascii_digit()) => tax_id.to_owned(),
        Some(_) | None => kept,
    }
}

const TAX_ID_LEN: usize = 9;
