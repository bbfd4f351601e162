//! BAI2: a report of balances and transactions. 01 begins a file, 02 a group, 03 an account, 16 is a
//! transaction, 88 goes on with the record before it; 49, 98 and 99 end account, group and file with
//! their totals and counts.

use x12::phi::Phi;
use x12::value::{Day, Money};

use super::trace::{find, says_claims};
use super::{BankFile, Entry, Form, Line, Wrongs, names, number, plain};
use crate::change::deposits::Way;

pub(super) fn read(bytes: &[u8], wrongs: &mut Wrongs) -> BankFile {
    let mut reader = Reader { wrongs, entries: Vec::new(), others: 0, state: State::default() };
    let mut record: Option<Record<'_>> = None;
    for line in Line::all(bytes) {
        reader.state.last = line.number;
        let text = line.bytes.trim_ascii();
        match (text.strip_prefix(b"88,"), &mut record) {
            (Some(rest), Some(record)) => record.parts.push(rest),
            (Some(_), None) => {
                reader.wrongs.add(line.number, "record type", "88 goes on with no record");
            }
            (None, _) => {
                let next = Record { line: Line { bytes: text, ..line }, parts: Vec::new() };
                if let Some(whole) = record.replace(next) {
                    reader.take(&whole);
                }
            }
        }
    }
    if let Some(last) = record {
        reader.take(&last);
    }
    reader.finish();
    let Reader { entries, others, .. } = reader;
    BankFile { form: Form::Bai2, entries, others }
}

/// A record with what 88 adds to it.
struct Record<'a> {
    line: Line<'a>,
    parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// How many records of the file it is.
    fn count(&self) -> u64 {
        1 + self.parts.len() as u64
    }

    /// Its fields, without what ends it.
    fn fields(&self) -> Fields<'a> {
        let lines = [self.line.bytes].into_iter().chain(self.parts.iter().copied());
        let lines = lines.map(|line| line.strip_suffix(b"/").unwrap_or(line)).collect();
        Fields { lines, at: 0, from: 0 }
    }
}

/// Fields one after another, over the lines of a record.
struct Fields<'a> {
    lines: Vec<&'a [u8]>,
    at: usize,
    /// Where the next field begins in its line.
    from: usize,
}

impl<'a> Fields<'a> {
    /// The next field; `None` after the last. A line ends one as a comma does.
    fn next(&mut self) -> Option<&'a [u8]> {
        loop {
            let line = *self.lines.get(self.at)?;
            let rest = line.get(self.from..).filter(|_| self.from <= line.len());
            let Some(rest) = rest else {
                (self.at, self.from) = (self.at + 1, 0);
                continue;
            };
            let end = rest.iter().position(|byte| *byte == b',').unwrap_or(rest.len());
            self.from += end + 1;
            return rest.get(..end).map(<[u8]>::trim_ascii);
        }
    }

    fn text(&mut self) -> String {
        plain(self.next().unwrap_or_default())
    }

    /// All that is left, a text for each line: commas are part of it.
    fn rest(&mut self) -> Vec<String> {
        let mut texts = Vec::new();
        while let Some(line) = self.lines.get(self.at) {
            if let Some(rest) = line.get(self.from..).filter(|_| self.from < line.len()) {
                texts.push(String::from_utf8_lossy(rest).into_owned());
            }
            (self.at, self.from) = (self.at + 1, 0);
        }
        texts
    }
}

/// Where the reader stands.
#[derive(Debug, Default)]
struct State {
    has_header: bool,
    group: Option<Group>,
    account: Option<Account>,
    groups: u64,
    /// The totals of the groups.
    total: Money,
    records: u64,
    is_closed: bool,
    last: u32,
}

#[derive(Debug)]
struct Group {
    day: Option<Day>,
    /// An update, not a deletion, a correction or a test.
    is_update: bool,
    currency: String,
    accounts: u64,
    total: Money,
    records: u64,
}

#[derive(Debug)]
struct Account {
    number: Phi<String>,
    currency: String,
    total: Money,
    records: u64,
    entries: Vec<Entry>,
    /// Sums of checks at a lockbox, whose checks may stand by themselves.
    lockboxes: Vec<Entry>,
    has_lockbox_items: bool,
}

struct Reader<'w> {
    wrongs: &'w mut Wrongs,
    entries: Vec<Entry>,
    others: u32,
    state: State,
}

impl Reader<'_> {
    fn take(&mut self, record: &Record<'_>) {
        let at = record.line.number;
        let count = record.count();
        self.state.records += count;
        let mut fields = record.fields();
        let code = fields.next().unwrap_or_default();
        if self.state.is_closed {
            return self.wrongs.add(at, "record type", "follows the end of the file");
        }
        if !matches!(code, b"01" | b"99")
            && let Some(group) = &mut self.state.group
        {
            group.records += count;
        }
        if matches!(code, b"16" | b"49")
            && let Some(account) = &mut self.state.account
        {
            account.records += count;
        }
        match code {
            b"01" => self.header(at, &mut fields),
            b"02" => self.group(at, count, &mut fields),
            b"03" => self.account(at, count, &mut fields),
            b"16" => self.transaction(record, &mut fields),
            b"49" => self.account_trailer(at, &mut fields),
            b"98" => self.group_trailer(at, &mut fields),
            b"99" => self.file_trailer(at, &mut fields),
            _ => self.wrongs.add(at, "record type", "is none of 01, 02, 03, 16, 88, 49, 98 and 99"),
        }
    }

    fn header(&mut self, at: u32, fields: &mut Fields<'_>) {
        if self.state.has_header {
            self.wrongs.add(at, "record type", "is a second file header");
        }
        self.state.has_header = true;
        // Sender, receiver, day, time, id of the file, length of records and of blocks.
        let version = (0..8).filter_map(|_| fields.next()).last().unwrap_or_default();
        if !version.is_empty() && version != b"2" {
            self.wrongs.tell(at, "version", "is not 2", "have the bank write BAI version 2");
        }
    }

    fn group(&mut self, at: u32, count: u64, fields: &mut Fields<'_>) {
        if self.state.group.is_some() {
            self.wrongs.add(at, "record type", "begins a group inside another");
        }
        let (_receiver, _originator) = (fields.next(), fields.next());
        let status = fields.text();
        let day = Day::parse_short(fields.next().unwrap_or_default());
        if day.is_none() {
            self.wrongs.add(at, "as-of date", "is no day of the calendar");
        }
        let _time = fields.next();
        self.state.groups += 1;
        self.state.group = Some(Group {
            day,
            is_update: matches!(status.as_str(), "" | "1"),
            currency: fields.text(),
            accounts: 0,
            total: Money::ZERO,
            records: count,
        });
    }

    fn account(&mut self, at: u32, count: u64, fields: &mut Fields<'_>) {
        if self.state.account.is_some() {
            self.wrongs.add(at, "record type", "begins an account inside another");
        }
        let Some(group) = &mut self.state.group else {
            return self.wrongs.add(at, "record type", "is an account outside of a group");
        };
        group.accounts += 1;
        let own = Phi::new(fields.text());
        let currency = Some(fields.text()).filter(|own| !own.is_empty());
        let currency = currency.unwrap_or_else(|| group.currency.clone());
        let mut total = Money::ZERO;
        // Groups of four: a code, an amount, how many, and when the money can be used.
        while let Some(code) = fields.next() {
            let amount = fields.next().unwrap_or_default();
            match signed(amount) {
                Some(amount) => total += amount,
                None if amount.is_empty() => {}
                None => self.wrongs.add(at, "amount", format!("of {} is no number", shown(code))),
            }
            let _items = fields.next();
            skip_funds(fields);
        }
        self.state.account = Some(Account {
            number: own,
            currency,
            total,
            records: count,
            entries: Vec::new(),
            lockboxes: Vec::new(),
            has_lockbox_items: false,
        });
    }

    fn transaction(&mut self, record: &Record<'_>, fields: &mut Fields<'_>) {
        let at = record.line.number;
        let code = number(fields.next().unwrap_or_default()).filter(|code| *code <= 999);
        let amount = fields.next().unwrap_or_default();
        let value_day = skip_funds(fields);
        let (bank_reference, customer_reference) = (fields.text(), fields.text());
        let texts = fields.rest();
        let (Some(account), Some(group)) = (&mut self.state.account, &self.state.group) else {
            return self.wrongs.add(at, "record type", "is a transaction outside of an account");
        };
        let Some(code) = code else {
            return self.wrongs.add(at, "type code", "is no number of three digits");
        };
        let Some(amount) = signed(amount).or_else(|| amount.is_empty().then_some(Money::ZERO))
        else {
            return self.wrongs.add(at, "amount", "is no number");
        };
        account.total += amount;
        let kind = Kind::of(code);
        let trn = find(&texts);
        let says_claims = trn.is_some() || texts.iter().any(|text| says_claims(text));
        let is_deposit = match kind {
            Kind::Credit(Way::Ach | Way::Check | Way::Wire) => true,
            Kind::Credit(Way::Nothing | Way::Unsaid) | Kind::Debit => says_claims,
            Kind::Return => true,
            Kind::Other => false,
        };
        if !is_deposit || amount.is_zero() || !group.is_update || !is_dollar(&account.currency) {
            self.others += 1;
            return;
        }
        if amount.is_negative() {
            return self.wrongs.tell(at, "amount", SIGNED, "have the bank write it without a sign");
        }
        let way = match kind {
            Kind::Credit(way) => way,
            Kind::Debit | Kind::Return | Kind::Other => Way::Unsaid,
        };
        let trn = trn.unwrap_or_default();
        // The number of a check stands where its depositor's own reference does.
        let is_by_check = way == Way::Check || kind == Kind::Return;
        let is_check = is_by_check && trn.trace.is_empty();
        let entry = Entry {
            account: account.number.clone(),
            day: value_day.or(group.day).unwrap_or(NO_DAY),
            amount: if matches!(kind, Kind::Debit | Kind::Return) { -amount } else { amount },
            way,
            trace: if is_check { customer_reference } else { trn.trace },
            payer_id: trn.payer_id,
            payer_name: if is_by_check { String::new() } else { names::payer(&texts) },
            bank_reference,
            is_claim_payment: says_claims,
            record: at,
            offset: record.line.offset,
        };
        account.has_lockbox_items |= code == LOCKBOX_ITEM;
        let list = if code == LOCKBOX { &mut account.lockboxes } else { &mut account.entries };
        list.push(entry);
    }

    fn account_trailer(&mut self, at: u32, fields: &mut Fields<'_>) {
        let Some(account) = self.state.account.take() else {
            return self.wrongs.add(at, "record type", "ends an account that did not begin");
        };
        let total = signed(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "account control total"), total, account.total);
        let records = number(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "number of records"), records, account.records);
        if let (Some(group), Some(total)) = (&mut self.state.group, total) {
            group.total += total;
        }
        self.entries.extend(account.entries);
        if account.has_lockbox_items {
            self.others += account.lockboxes.len() as u32;
        } else {
            self.entries.extend(account.lockboxes);
        }
    }

    fn group_trailer(&mut self, at: u32, fields: &mut Fields<'_>) {
        let Some(group) = self.state.group.take() else {
            return self.wrongs.add(at, "record type", "ends a group that did not begin");
        };
        if self.state.account.is_some() {
            self.wrongs.add(at, "record type", "ends a group inside an account (49 is missing)");
        }
        let total = signed(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "group control total"), total, group.total);
        let accounts = number(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "number of accounts"), accounts, group.accounts);
        let records = number(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "number of records"), records, group.records);
        self.state.total += total.unwrap_or_default();
    }

    fn file_trailer(&mut self, at: u32, fields: &mut Fields<'_>) {
        if self.state.group.is_some() {
            self.wrongs.add(at, "record type", "ends the file inside a group (98 is missing)");
        }
        let total = signed(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "file control total"), total, self.state.total);
        let groups = number(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "number of groups"), groups, self.state.groups);
        let records = number(fields.next().unwrap_or_default());
        self.wrongs.compare((at, "number of records"), records, self.state.records);
        self.state.is_closed = true;
    }

    fn finish(&mut self) {
        if !self.state.has_header {
            self.wrongs.add(0, "the file", "no file header (01) begins it");
        }
        if !self.state.is_closed {
            let what = "is missing: the file was cut off after this";
            self.wrongs.add(self.state.last, "file trailer (99)", what);
        }
    }
}

/// What a type code says of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Credit(Way),
    Debit,
    /// A deposit is taken back: a credit reversed, a deposited item returned, an ACH credit reversed.
    Return,
    /// A balance or a total.
    Other,
}

const LOCKBOX: u64 = 115;
const LOCKBOX_ITEM: u64 = 116;

impl Kind {
    const fn of(code: u64) -> Kind {
        match code {
            142 | 143 | 145 | 155 | 156 | 164 | 165 | 169 => Kind::Credit(Way::Ach),
            LOCKBOX | LOCKBOX_ITEM | 173..=176 | 301 => Kind::Credit(Way::Check),
            191 | 195 | 206 | 208 => Kind::Credit(Way::Wire),
            101..=399 => Kind::Credit(Way::Unsaid),
            552 | 555 | 558 | 566 => Kind::Return,
            401..=699 => Kind::Debit,
            _ => Kind::Other,
        }
    }
}

/// By a sign beside it nobody knows whether money came or went.
const SIGNED: &str = "is below nothing, though the type code says whether money came or went";

/// Passes over when money can be used; gives the day of it, if it says one.
fn skip_funds(fields: &mut Fields<'_>) -> Option<Day> {
    match fields.next().unwrap_or_default() {
        b"V" => {
            let day = Day::parse_short(fields.next().unwrap_or_default());
            let _time = fields.next();
            day
        }
        b"S" => {
            for _ in 0..3 {
                fields.next();
            }
            None
        }
        b"D" => {
            let parts = number(fields.next().unwrap_or_default()).unwrap_or_default();
            for _ in 0..parts.min(DISTRIBUTIONS_MAX) * 2 {
                fields.next();
            }
            None
        }
        _ => None,
    }
}

/// No bank lets money come over more days than these.
const DISTRIBUTIONS_MAX: u64 = 100;

/// Cents with a sign or without one.
fn signed(text: &[u8]) -> Option<Money> {
    let (is_negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] => (false, digits),
        digits => (false, digits),
    };
    let amount = super::cents(digits)?;
    Some(if is_negative { -amount } else { amount })
}

fn is_dollar(currency: &str) -> bool {
    currency.is_empty() || currency.eq_ignore_ascii_case("USD")
}

/// A code as a message may print it.
fn shown(code: &[u8]) -> String {
    number(code).map_or("a code".to_owned(), |code| format!("code {code}"))
}

/// Stands for a day that cannot be read; a file with one is refused.
const NO_DAY: Day = Day::new(2000, 1, 1).expect("a day of the calendar");
