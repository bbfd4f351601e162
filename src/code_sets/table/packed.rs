//! A table as bytes, for a file: a mark, its parts, and a checksum over both.

use x12::value::Day;

use super::{About, Coding, Keys, Places, Sorted, Span, Table};

/// What the file begins with. The last digit counts up when the layout changes.
const MARK: &[u8; 8] = b"CGCODES1";

impl Table {
    /// The whole table, as [`Table::unpack`] reads it.
    pub fn pack(&self) -> Vec<u8> {
        let mut to = Writer { bytes: MARK.to_vec() };
        let About { set, edition, file, rows, imported, first, last } = &self.about;
        for text in [set, edition, file] {
            to.bytes(text.as_bytes());
        }
        to.number(*rows);
        for day in [imported, first, last] {
            to.day(*day);
        }
        to.number(u64::from(self.coding.base));
        to.number(u64::from(self.coding.width));
        match &self.keys {
            Keys::Codes(codes) => {
                to.number(0);
                codes.write(&mut to);
            }
            Keys::Pairs { codes, pairs } => {
                to.number(1);
                codes.write(&mut to);
                pairs.write(&mut to);
            }
        }
        to.number(u64::from(self.places.bytes));
        to.bytes(&self.places.cells);
        to.number(self.rows.len() as u64);
        for row in &self.rows {
            to.number(row.len() as u64);
            for span in row {
                to.day(span.first);
                to.day(span.last);
                to.numbers(span.facts.iter().map(|&fact| u64::from(fact)));
            }
        }
        let sum = checksum(&to.bytes);
        to.number(sum);
        to.bytes
    }

    /// Reads what [`Table::pack`] wrote; `None` when it is not whole, or something else.
    pub fn unpack(bytes: &[u8]) -> Option<Table> {
        let (body, sum) = bytes.split_last_chunk::<8>()?;
        if checksum(body) != u64::from_le_bytes(*sum) {
            return None;
        }
        let mut from = Reader { rest: body.strip_prefix(MARK)? };
        let about = About {
            set: from.text()?,
            edition: from.text()?,
            file: from.text()?,
            rows: from.number()?,
            imported: from.day()?,
            first: from.day()?,
            last: from.day()?,
        };
        let coding = Coding { base: from.number()? as u8, width: from.number()? as u8 };
        let keys = match from.number()? {
            0 => Keys::Codes(Sorted::read(&mut from)?),
            1 => Keys::Pairs { codes: Sorted::read(&mut from)?, pairs: Sorted::read(&mut from)? },
            _ => return None,
        };
        let places = Places { bytes: from.number()? as u8, cells: from.bytes()?.to_vec() };
        let count = from.number()?;
        let mut rows = Vec::new();
        for _ in 0..count {
            rows.push(read_row(&mut from)?);
        }
        from.rest.is_empty().then_some(Table { about, coding, keys, places, rows })
    }
}

fn read_row(from: &mut Reader<'_>) -> Option<Box<[Span]>> {
    let count = from.number()?;
    let mut row = Vec::new();
    for _ in 0..count {
        let (first, last) = (from.day()?, from.day()?);
        let facts = from.numbers()?.into_iter().map(|fact| fact as u32).collect();
        row.push(Span { first, last, facts });
    }
    Some(row.into())
}

/// Changes whenever any eight bytes change: each step can be undone, so no step forgets.
fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    let len = (bytes.len() as u64).to_le_bytes();
    words.iter().chain([&last, &len]).fold(0x9e37_79b9_7f4a_7c15, |sum: u64, word| {
        (sum ^ u64::from_le_bytes(*word)).wrapping_mul(0xff51_afd7_ed55_8ccd).rotate_left(29)
    })
}

pub(super) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn number(&mut self, number: u64) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.bytes.extend(bytes);
    }

    pub(super) fn numbers(&mut self, numbers: impl ExactSizeIterator<Item = u64>) {
        self.number(numbers.len() as u64);
        for number in numbers {
            self.number(number);
        }
    }

    fn day(&mut self, day: Option<Day>) {
        let number = day.map_or(0, |day| {
            u64::from(day.year()) * 10_000 + u64::from(day.month()) * 100 + u64::from(day.day())
        });
        self.number(number);
    }
}

pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let (number, rest) = self.rest.split_first_chunk::<8>()?;
        self.rest = rest;
        Some(u64::from_le_bytes(*number))
    }

    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        let len = self.number()? as usize;
        let (bytes, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(bytes)
    }

    pub(super) fn numbers(&mut self) -> Option<Vec<u64>> {
        let count = self.number()? as usize;
        let (numbers, rest) = self.rest.split_at_checked(count.checked_mul(8)?)?;
        self.rest = rest;
        Some(numbers.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number)).collect())
    }

    fn text(&mut self) -> Option<String> {
        Some(str::from_utf8(self.bytes()?).ok()?.to_owned())
    }

    /// A day that may be none; 0 is none.
    #[expect(clippy::option_option, reason = "the file may end, and the day may be open")]
    fn day(&mut self) -> Option<Option<Day>> {
        let number = self.number()?;
        if number == 0 {
            return Some(None);
        }
        let (year, month, day) = (number / 10_000, number / 100 % 100, number % 100);
        Day::new(u16::try_from(year).ok()?, month as u8, day as u8).map(Some)
    }
}
