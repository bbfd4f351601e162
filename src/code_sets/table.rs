//! A code set that an operator has imported: its codes, or pairs of codes, each with the days of its
//! effect and what else its publisher says of it.
//!
//! A code of letters and digits is a number in a base of its own, so that sets of millions are
//! sorted numbers, kept as differences. What is said of codes recurs, and is kept once.

pub mod change;
pub mod draft;
mod packed;
mod sorted;
#[cfg(test)]
mod tests;

use x12::value::Day;

use super::Standing;
use sorted::Sorted;

/// Where a table comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// As rules and commands call it.
    pub set: String,
    /// Which publication it is, in the words of who imported it.
    pub edition: String,
    /// The file that it was read from, without its directory.
    pub file: String,
    /// How many rows of that file it was made of.
    pub rows: u64,
    pub imported: Option<Day>,
    /// The first and last day that it speaks for; `None` when it does not say.
    pub first: Option<Day>,
    pub last: Option<Day>,
}

/// Days of effect, both of them in it, and what holds on them.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// `None` when it has been in effect since before anybody asks.
    pub first: Option<Day>,
    /// `None` while no end is known.
    pub last: Option<Day>,
    /// What else is said, in the order of the set's own layout; [`NOTHING`] where nothing is.
    pub facts: Vec<u32>,
}

/// In place of a fact that the publisher leaves blank.
pub const NOTHING: u32 = u32::MAX;

impl Span {
    pub fn holds_on(&self, day: Day) -> bool {
        self.first.is_none_or(|first| first <= day) && self.last.is_none_or(|last| day <= last)
    }

    /// A fact, by its place in the layout.
    pub fn fact(&self, place: usize) -> Option<u32> {
        self.facts.get(place).copied().filter(|&fact| fact != NOTHING)
    }
}

/// An imported set, ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    pub about: About,
    coding: Coding,
    keys: Keys,
    /// For each key the place of its row.
    places: Places,
    /// Each row once, however many keys have it.
    rows: Vec<Box<[Span]>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Keys {
    Codes(Sorted),
    /// Codes by their places: the first times how many there are, and the second.
    Pairs {
        codes: Sorted,
        pairs: Sorted,
    },
}

/// A code of a set of pairs, looked up once for many questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member(u64);

impl Table {
    /// How many codes, or pairs, there are.
    pub const fn len(&self) -> usize {
        match &self.keys {
            Keys::Codes(codes) => codes.len(),
            Keys::Pairs { pairs, .. } => pairs.len(),
        }
    }

    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it names days of effect.
    pub fn is_dated(&self) -> bool {
        self.rows.iter().flatten().any(|span| span.first.is_some() || span.last.is_some())
    }

    /// The last day until today on which a code begins.
    pub fn newest_start(&self, today: Day) -> Option<Day> {
        let starts = self.rows.iter().flatten().filter_map(|span| span.first);
        starts.filter(|&first| first <= today).max()
    }

    /// All that is said of a code; nothing of one that is not in the set.
    pub fn spans(&self, code: &[u8]) -> &[Span] {
        let Keys::Codes(codes) = &self.keys else { return &[] };
        let place = self.coding.number(code).and_then(|number| codes.find(number));
        place.map_or(&[], |place| self.row(place))
    }

    /// What is said of a code on a day.
    pub fn span(&self, code: &[u8], on: Day) -> Option<&Span> {
        self.spans(code).iter().find(|span| span.holds_on(on))
    }

    /// What the code is worth on a day. A day that the table does not speak for is answered as the
    /// nearest that it does.
    pub fn standing(&self, code: &[u8], on: Day) -> Standing {
        standing_in(self.spans(code), self.nearest(on))
    }

    /// The same, where a code that longer ones in effect begin with is a header.
    pub fn standing_with_headers(&self, code: &[u8], on: Day) -> Standing {
        let on = self.nearest(on);
        let own = standing_in(self.spans(code), on);
        if own == Standing::Valid {
            return own;
        }
        let mut below = Standing::Unknown;
        for spans in self.longer(code) {
            match standing_in(spans, on) {
                Standing::Valid => return Standing::Header,
                other if below == Standing::Unknown => below = other,
                _ => {}
            }
        }
        if own == Standing::Unknown { below } else { own }
    }

    fn nearest(&self, on: Day) -> Day {
        let on = self.about.first.map_or(on, |first| on.max(first));
        self.about.last.map_or(on, |last| on.min(last))
    }

    /// What is said of codes that begin with this one and are longer.
    fn longer(&self, code: &[u8]) -> impl Iterator<Item = &[Span]> {
        let (Keys::Codes(codes) | Keys::Pairs { codes, .. }) = &self.keys;
        let below = self.coding.numbers_below(code.len());
        let start = self.coding.number(code).filter(|_| !code.is_empty()).unwrap_or(u64::MAX);
        codes
            .from(start.saturating_add(1))
            .take_while(move |&(_, number)| number < start.saturating_add(below))
            .map(|(place, _)| self.row(place))
    }

    /// A code of a set of pairs; `None` when no pair has it.
    pub fn member(&self, code: &[u8]) -> Option<Member> {
        let Keys::Pairs { codes, .. } = &self.keys else { return None };
        let place = codes.find(self.coding.number(code)?)?;
        Some(Member(place as u64))
    }

    /// All that is said of a pair, in this order.
    pub fn pair(&self, first: Member, second: Member) -> &[Span] {
        let Keys::Pairs { codes, pairs } = &self.keys else { return &[] };
        let place = pairs.find(first.0 * codes.len() as u64 + second.0);
        place.map_or(&[], |place| self.row(place))
    }

    /// The pairs that a code comes first in: with which, and what is said of each.
    pub fn pairs_of(&self, first: Member) -> impl Iterator<Item = (Member, &[Span])> {
        let (count, pairs) = match &self.keys {
            Keys::Pairs { codes, pairs } => (codes.len() as u64, pairs),
            Keys::Codes(codes) => (0, codes),
        };
        let start = first.0 * count;
        pairs
            .from(start)
            .take_while(move |&(_, number)| number < start + count)
            .map(move |(place, number)| (Member(number - start), self.row(place)))
    }

    /// Every code, or pair with a blank between, and what is said of it.
    pub fn entries(&self) -> impl Iterator<Item = (String, &[Span])> {
        let (Keys::Codes(keys) | Keys::Pairs { pairs: keys, .. }) = &self.keys;
        keys.iter().map(|(place, number)| (self.name(number), self.row(place)))
    }

    fn name(&self, key: u64) -> String {
        match &self.keys {
            Keys::Codes(_) => self.coding.code(key),
            Keys::Pairs { codes, .. } => {
                let count = codes.len() as u64;
                let mut names = codes_at(codes, [key / count, key % count]).into_iter();
                let mut next = || self.coding.code(names.next().unwrap_or_default());
                let first = next();
                format!("{first} {}", next()).trim_end().to_owned()
            }
        }
    }

    fn row(&self, place: usize) -> &[Span] {
        self.places.get(place).and_then(|row| self.rows.get(row)).map_or(&[], |row| &row[..])
    }
}

/// The numbers at two places.
fn codes_at(codes: &Sorted, places: [u64; 2]) -> [u64; 2] {
    places.map(|place| codes.at(place as usize).unwrap_or_default())
}

/// Of all spans, what they come to on a day.
pub fn standing_in(spans: &[Span], on: Day) -> Standing {
    let mut ended: Option<Day> = None;
    let mut coming: Option<Day> = None;
    for span in spans {
        match (span.first, span.last) {
            (_, Some(last)) if last < on => ended = ended.max(Some(last)),
            (Some(first), _) if on < first => {
                coming = Some(coming.map_or(first, |other| other.min(first)));
            }
            (_, _) => return Standing::Valid,
        }
    }
    match (ended, coming) {
        (Some(last), _) => Standing::Ended(last),
        (None, Some(first)) => Standing::NotYet(first),
        (None, None) => Standing::Unknown,
    }
}

/// How codes become numbers: digits alone in base 11, others in base 37, blanks behind them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Coding {
    base: u8,
    width: u8,
}

/// So many characters of base 37 fit into a number.
pub const CODE_CHARACTERS_MAX: usize = 12;

impl Coding {
    const WIDEST: Coding = Coding { base: 37, width: CODE_CHARACTERS_MAX as u8 };

    /// `None` for what no code of the set looks like.
    fn number(self, code: &[u8]) -> Option<u64> {
        let width = usize::from(self.width);
        if code.len() > width {
            return None;
        }
        let mut number = 0;
        for &byte in code {
            let sign = match byte {
                b'0'..=b'9' => byte - b'0' + 1,
                b'A'..=b'Z' if self.base == 37 => byte - b'A' + 11,
                _ => return None,
            };
            number = number * u64::from(self.base) + u64::from(sign);
        }
        Some(number * self.numbers_below(code.len()))
    }

    /// How many codes begin with one of this length, itself among them.
    fn numbers_below(self, len: usize) -> u64 {
        u64::from(self.base).pow((usize::from(self.width).saturating_sub(len)) as u32)
    }

    fn code(self, number: u64) -> String {
        let mut signs = Vec::new();
        let mut rest = number;
        for _ in 0..self.width {
            let sign = (rest % u64::from(self.base)) as u8;
            rest /= u64::from(self.base);
            match sign {
                0 => {}
                1..=10 => signs.push(char::from(b'0' + sign - 1)),
                _ => signs.push(char::from(b'A' + sign - 11)),
            }
        }
        signs.iter().rev().collect()
    }
}

/// Numbers of one width, one, two or four bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Places {
    bytes: u8,
    cells: Vec<u8>,
}

impl Places {
    fn new(numbers: &[u32]) -> Places {
        let bytes = match numbers.iter().max() {
            None | Some(0..=0xff) => 1,
            Some(0x100..=0xffff) => 2,
            Some(_) => 4,
        };
        let mut cells = Vec::with_capacity(numbers.len() * usize::from(bytes));
        for number in numbers {
            cells.extend(number.to_le_bytes().iter().take(usize::from(bytes)));
        }
        Places { bytes, cells }
    }

    fn get(&self, place: usize) -> Option<usize> {
        let bytes = usize::from(self.bytes);
        let cell = self.cells.get(place * bytes..(place + 1) * bytes)?;
        Some(cell.iter().rev().fold(0, |number, &byte| number << 8 | usize::from(byte)))
    }
}
