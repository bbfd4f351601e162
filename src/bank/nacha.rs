//! Entries of the ACH network, as a bank hands them on: records of 94 characters.
//!
//! 1 a file, 5 a batch, 6 an entry, 7 its addenda, 8 and 9 the ends of batch and file with their
//! counts and totals. A payment of claims is a credit in a batch CCD with one addenda record, which
//! has the TRN segment of its remittance (CORE rule 370).

use std::ops::Range;

use x12::phi::Phi;
use x12::value::{Day, Money};

use super::returns::says_return;
use super::trace::{find, says_claims};
use super::{ASK_AGAIN, BankFile, Entry, Form, Line, Wrongs, cents, number, plain};
use crate::change::deposits::Way;

pub(super) const RECORD_LEN: usize = 94;

/// The characters of a field, counted from 1 as the format's rules do.
type Field = std::ops::RangeInclusive<usize>;

pub(super) fn read(bytes: &[u8], wrongs: &mut Wrongs) -> BankFile {
    let mut reader = Reader { wrongs, entries: Vec::new(), others: 0, state: State::default() };
    for record in records(bytes) {
        reader.take(&record);
    }
    reader.finish();
    let Reader { entries, others, .. } = reader;
    BankFile { form: Form::Nacha, entries, others }
}

/// A record, filled up with blanks: programs cut them off at the ends of lines.
struct Record {
    number: u32,
    offset: usize,
    bytes: Vec<u8>,
}

impl Record {
    fn new(number: u32, offset: usize, bytes: &[u8]) -> Record {
        let mut bytes = bytes.to_vec();
        if bytes.len() < RECORD_LEN {
            bytes.resize(RECORD_LEN, b' ');
        }
        Record { number, offset, bytes }
    }

    fn field(&self, field: Field) -> &[u8] {
        let range: Range<usize> = field.start() - 1..*field.end();
        self.bytes.get(range).unwrap_or_default()
    }

    fn plain(&self, field: Field) -> String {
        plain(self.field(field))
    }
}

/// Records stand one on a line, or without anything between them.
fn records(bytes: &[u8]) -> Vec<Record> {
    let lines: Vec<Line<'_>> = Line::all(bytes).collect();
    if let [only] = lines.as_slice()
        && only.bytes.len() > RECORD_LEN
    {
        let runs = only.bytes.chunks(RECORD_LEN).zip(1..).enumerate();
        return runs
            .map(|(index, (run, number))| {
                Record::new(number, only.offset + index * RECORD_LEN, run)
            })
            .collect();
    }
    lines.iter().map(|line| Record::new(line.number, line.offset, line.bytes)).collect()
}

/// What a batch or a file comes to.
#[derive(Clone, Copy, Debug, Default)]
struct Sums {
    /// Entries and addenda.
    records: u64,
    /// The routing numbers of the entries, added up; ten digits of it are kept.
    hash: u64,
    debits: Money,
    credits: Money,
}

impl Sums {
    fn add(&mut self, other: Sums) {
        self.records += other.records;
        self.hash = (self.hash + other.hash) % HASH_MODULUS;
        self.debits += other.debits;
        self.credits += other.credits;
    }
}

const HASH_MODULUS: u64 = 10_000_000_000;

/// Where the reader stands.
#[derive(Debug, Default)]
struct State {
    has_header: bool,
    batch: Option<Batch>,
    batches: u64,
    file: Sums,
    /// After the file's control only filling follows.
    is_closed: bool,
    /// An entry that waits for its addenda.
    entry: Option<Waiting>,
    last: u32,
}

#[derive(Debug)]
struct Batch {
    company: String,
    company_id: String,
    class: String,
    /// The class of service, the id of the bank, and the number: the control repeats all three.
    repeated: [Vec<u8>; 3],
    says_claims: bool,
    is_reversal: bool,
    day: Option<Day>,
    sums: Sums,
}

#[derive(Debug)]
struct Waiting {
    entry: Entry,
    code: u64,
    wants_addenda: bool,
    /// The texts of its addenda so far.
    texts: Vec<String>,
    /// An addenda record says that it is a return, or a notice of change.
    is_return: bool,
    /// The number of the entry that a return (99) is of.
    returned: String,
}

struct Reader<'w> {
    wrongs: &'w mut Wrongs,
    entries: Vec<Entry>,
    others: u32,
    state: State,
}

impl Reader<'_> {
    fn take(&mut self, record: &Record) {
        // The last block is filled up with these.
        if !self.state.is_closed && record.bytes.iter().all(|byte| *byte == b'9') {
            return;
        }
        self.state.last = record.number;
        if record.bytes.iter().skip(RECORD_LEN).any(|byte| *byte != b' ') {
            self.wrongs.add(
                record.number,
                "length",
                format!("is more than {RECORD_LEN} characters"),
            );
        }
        if self.state.is_closed {
            if record.bytes.iter().any(|byte| !matches!(byte, b'9' | b' ')) {
                self.wrongs.add(record.number, "record type", "follows the end of the file");
            }
            return;
        }
        match record.bytes.first() {
            Some(b'1') if !self.state.has_header && self.state.batches == 0 => self.header(record),
            Some(b'5') => self.batch(record),
            Some(b'6') => self.entry(record),
            Some(b'7') => self.addenda(record),
            Some(b'8') => self.batch_control(record),
            Some(b'9') => self.file_control(record),
            Some(b'1') => self.wrongs.add(record.number, "record type", "is a second file header"),
            Some(_) | None => {
                self.wrongs.add(record.number, "record type", "is none of 1, 5, 6, 7, 8 and 9");
            }
        }
    }

    fn header(&mut self, record: &Record) {
        self.state.has_header = true;
        if record.field(35..=37) != b"094" {
            self.wrongs.add(record.number, "record size", "is not 094");
        }
    }

    fn batch(&mut self, record: &Record) {
        self.close_entry();
        if self.state.batch.is_some() {
            self.wrongs.add(record.number, "record type", "begins a batch inside another");
        }
        self.state.batches += 1;
        let day = Day::parse_short(record.field(70..=75));
        self.state.batch = Some(Batch {
            company: record.plain(5..=20),
            company_id: record.plain(41..=50),
            class: record.plain(51..=53),
            repeated: [2..=4, 80..=87, 88..=94].map(|field| record.field(field).to_vec()),
            says_claims: says_claims(&record.plain(54..=63)),
            is_reversal: says_return([record.plain(54..=63).as_str()]),
            day,
            sums: Sums::default(),
        });
        if day.is_none() {
            self.wrongs.add(record.number, "effective entry date", "is no day of the calendar");
        }
    }

    fn entry(&mut self, record: &Record) {
        self.close_entry();
        let code = number(record.field(2..=3));
        let amount = cents(record.field(30..=39));
        let routing = number(record.field(4..=11));
        for (is_there, field) in [
            (code.is_some(), "transaction code"),
            (routing.is_some(), "receiving bank"),
            (amount.is_some(), "amount"),
        ] {
            if !is_there {
                self.wrongs.add(record.number, field, "is no number");
            }
        }
        let Some(batch) = &mut self.state.batch else {
            return self.wrongs.add(record.number, "record type", "is an entry outside of a batch");
        };
        let (code, amount) = (code.unwrap_or_default(), amount.unwrap_or_default());
        let is_debit = is_debit(code);
        let of_entry = if is_debit { &mut batch.sums.debits } else { &mut batch.sums.credits };
        *of_entry += amount;
        batch.sums.records += 1;
        batch.sums.hash = (batch.sums.hash + routing.unwrap_or_default()) % HASH_MODULUS;
        let entry = Entry {
            account: Phi::new(format!("{}{}", record.plain(4..=12), record.plain(13..=29))),
            day: batch.day.unwrap_or(NO_DAY),
            amount: if is_debit { -amount } else { amount },
            way: Way::Ach,
            trace: String::new(),
            payer_id: batch.company_id.clone(),
            payer_name: batch.company.clone(),
            bank_reference: record.plain(80..=94),
            is_claim_payment: batch.says_claims,
            record: record.number,
            offset: record.offset,
        };
        let wants_addenda = record.field(79..=79) == b"1";
        let texts = Vec::new();
        let (is_return, returned) = (false, String::new());
        self.state.entry = Some(Waiting { entry, code, wants_addenda, texts, is_return, returned });
    }

    fn addenda(&mut self, record: &Record) {
        if let Some(batch) = &mut self.state.batch {
            batch.sums.records += 1;
        }
        let Some(waiting) = &mut self.state.entry else {
            return self.wrongs.add(record.number, "record type", "is an addenda without an entry");
        };
        if !waiting.wants_addenda {
            let what = "follows an entry that says it has none (position 79 is not 1)";
            self.wrongs.add(record.number, "addenda", what);
        }
        waiting.is_return |= matches!(record.field(2..=3), b"98" | b"99");
        if record.field(2..=3) == b"99" {
            waiting.returned = record.plain(7..=21);
        }
        if record.field(2..=3) == b"05" {
            let own = record.field(88..=94);
            let entry = waiting.entry.bank_reference.as_bytes();
            if !own.iter().all(|byte| *byte == b' ') && !entry.ends_with(own) {
                let what = "does not name the entry that it follows";
                self.wrongs.add(record.number, "entry detail sequence number", what);
            }
            // As it stands, for a word may be broken at its end.
            waiting.texts.push(String::from_utf8_lossy(record.field(4..=83)).into_owned());
        }
    }

    /// An entry is whole when something else than its addenda follows.
    fn close_entry(&mut self) {
        let Some(waiting) = self.state.entry.take() else { return };
        let Waiting { mut entry, code, wants_addenda, mut texts, is_return, returned } = waiting;
        if wants_addenda && texts.is_empty() && !is_return {
            self.wrongs.add(entry.record, "addenda", "is announced (position 79) and is not there");
        }
        if let Some(last) = texts.last_mut() {
            last.truncate(last.trim_end().len());
        }
        if let Some(trn) = find(&texts) {
            // The id under which a company originates need not be that of TRN03.
            (entry.trace, entry.payer_id) = (trn.trace, trn.payer_id);
            entry.is_claim_payment = true;
        }
        let class = self.state.batch.as_ref().map_or("", |batch| batch.class.as_str());
        let is_of_companies = matches!(class, "CCD" | "CTX") || entry.is_claim_payment;
        let moves_money = matches!(code, 22 | 32 | 27 | 37) && !entry.amount.is_zero();
        let is_taken = !is_return && moves_money && is_of_companies;
        let is_reversal = self.state.batch.as_ref().is_some_and(|batch| batch.is_reversal);
        // A credit that was returned to its payer is known by the number that its bank gave it.
        if is_returned_credit(code) && !returned.is_empty() && !entry.amount.is_zero() {
            (entry.amount, entry.bank_reference) = (-entry.amount, returned);
            self.entries.push(entry);
        // What is taken from the account pays claims back, or takes a deposit back, only if it says so.
        } else if is_taken && (entry.is_claim_payment || is_reversal || !entry.amount.is_negative())
        {
            self.entries.push(entry);
        } else {
            self.others += 1;
        }
    }

    fn batch_control(&mut self, record: &Record) {
        self.close_entry();
        let Some(batch) = self.state.batch.take() else {
            return self.wrongs.add(
                record.number,
                "record type",
                "ends a batch that did not begin",
            );
        };
        self.compare_sums(record, [5..=10, 11..=20, 21..=32, 33..=44], batch.sums);
        for ((own, field), name) in batch.repeated.iter().zip([2..=4, 80..=87, 88..=94]).zip([
            "service class code",
            "originating bank",
            "batch number",
        ]) {
            if own != record.field(field) {
                self.wrongs.add(record.number, name, "is not the one that the batch began with");
            }
        }
        self.state.file.add(batch.sums);
    }

    fn file_control(&mut self, record: &Record) {
        self.close_entry();
        if self.state.batch.is_some() {
            self.wrongs.add(record.number, "record type", "ends the file inside a batch");
        }
        let batches = number(record.field(2..=7));
        self.wrongs.compare((record.number, "batch count"), batches, self.state.batches);
        let sums = self.state.file;
        self.compare_sums(record, [14..=21, 22..=31, 32..=43, 44..=55], sums);
        self.state.is_closed = true;
    }

    fn compare_sums(&mut self, record: &Record, fields: [Field; 4], sums: Sums) {
        let [count, hash, debits, credits] = fields;
        let at = record.number;
        let read = |field| number(record.field(field));
        self.wrongs.compare((at, "entry/addenda count"), read(count), sums.records);
        self.wrongs.compare((at, "entry hash"), read(hash), sums.hash);
        self.wrongs.compare((at, "total of debits"), cents(record.field(debits)), sums.debits);
        self.wrongs.compare((at, "total of credits"), cents(record.field(credits)), sums.credits);
    }

    fn finish(&mut self) {
        self.close_entry();
        let last = self.state.last;
        if !self.state.has_header {
            let what = "no file header (record type 1) begins it";
            self.wrongs.tell(0, "the file", what, ASK_AGAIN);
        }
        if self.state.batch.is_some() {
            self.wrongs.add(last, "batch control", "is missing: the file ends inside a batch");
        }
        if !self.state.is_closed {
            self.wrongs.add(last, "file control", "is missing: the file was cut off after this");
        }
    }
}

/// 21 to 26 and 31 to 36 are credits of accounts and their notices, 27 to 29 and 37 to 39 debits;
/// 41 and 51 begin those of ledgers and loans in the same order.
const fn is_debit(code: u64) -> bool {
    matches!(code % 10, 6..=9)
}

/// 21 and 31 return a credit of an account to whoever sent it.
const fn is_returned_credit(code: u64) -> bool {
    matches!(code, 21 | 31)
}

/// Stands for a day that cannot be read; a file with one is refused.
const NO_DAY: Day = Day::new(2000, 1, 1).expect("a day of the calendar");
