//! Large tables of codes with their days of effect, searched as they lie in the program: cells of
//! eight bytes, written by the scripts in `scripts/codes`.
//!
//! The first cell is a header, then come the periods of effect, then the codes in byte order, each
//! filled up with spaces to seven characters and followed by the number of its period.

use x12::value::Day;

use crate::code_sets::table::Span;
use crate::code_sets::{Standing, standing_between};

/// Eight bytes of a table.
pub(super) type Cell = [u8; 8];

/// A table.
#[derive(Debug)]
pub(super) struct Cells {
    pub(super) periods: &'static [Cell],
    pub(super) codes: &'static [Cell],
    /// How many codes stand before those that begin with a letter or digit and another: a search among
    /// all codes would wait for memory at each of its steps.
    before: [u32; BEGINNINGS + 1],
}

/// Two letters or digits, by which codes are told apart first.
const BEGINNINGS: usize = 36 * 36;

impl Cells {
    /// Takes a file apart. The compiler refuses one that its script did not write.
    pub(super) const fn read(name: &[u8; 4], file: &'static [u8]) -> Cells {
        let (cells, []) = file.as_chunks() else { panic!("not made of cells") };
        let Some(([n1, n2, n3, n4, low, high, 0, 0], rest)) = cells.split_first() else {
            panic!("has no header")
        };
        let [m1, m2, m3, m4] = name;
        assert!(*n1 == *m1 && *n2 == *m2 && *n3 == *m3 && *n4 == *m4, "another table");
        let (periods, codes) = rest.split_at(u16::from_le_bytes([*low, *high]) as usize);
        let mut before = [codes.len() as u32; BEGINNINGS + 1];
        let mut at = codes.len();
        while let Some(earlier) = at.checked_sub(1) {
            at = earlier;
            before[beginning(&codes[at])] = at as u32;
        }
        // Of what no code begins with: where the next begin.
        let mut beginning = BEGINNINGS;
        while let Some(earlier) = beginning.checked_sub(1) {
            if before[beginning] < before[earlier] {
                before[earlier] = before[beginning];
            }
            beginning = earlier;
        }
        Cells { periods, codes, before }
    }

    /// The codes from this one on, in byte order.
    pub(super) fn from(&self, code: &[u8; 7]) -> &'static [Cell] {
        let wanted = order_of_code(*code);
        let at = beginning(code);
        let place = |at: usize| self.before.get(at).map_or(self.codes.len(), |&at| at as usize);
        let near = self.codes.get(place(at)..place(at + 1)).unwrap_or_default();
        let start = place(at) + near.partition_point(|cell| order_of(cell) < wanted);
        self.codes.get(start..).unwrap_or_default()
    }

    /// What the code of a cell is worth on the day.
    pub(super) fn standing_of(&self, cell: &Cell, on: Day) -> Standing {
        let [.., number] = *cell;
        match self.periods.get(usize::from(number)) {
            Some(period) => standing_in(period, on),
            None => Standing::Unknown,
        }
    }

    /// Every code with its days.
    pub(super) fn entries(&self) -> impl Iterator<Item = (String, Span)> {
        self.codes.iter().map(|cell| {
            let [.., number] = *cell;
            let period = self.periods.get(usize::from(number)).copied().unwrap_or_default();
            let (first, last) = days_of(&period);
            let code = String::from_utf8_lossy(code_of(cell).trim_ascii_end()).into_owned();
            (code, Span { first, last, facts: Vec::new() })
        })
    }

    /// That the table is in order and each code has its period.
    #[cfg(test)]
    pub(super) fn check(&self) {
        assert!(self.codes.windows(2).all(|pair| code_of(&pair[0]) < code_of(&pair[1])));
        for cell in self.codes {
            let [code @ .., period] = cell;
            assert!(usize::from(*period) < self.periods.len());
            assert!(padded(code.trim_ascii_end()).as_ref() == Some(code), "{cell:?}");
        }
        for &[y1, y2, m1, d1, ..] in self.periods {
            assert!(Day::new(u16::from_le_bytes([y1, y2]), m1, d1).is_some());
        }
    }
}

/// The number of the first two signs of a code, in byte order: digits before letters.
const fn beginning(code: &[u8]) -> usize {
    const fn place(sign: u8) -> usize {
        match sign {
            b'0'..=b'9' => (sign - b'0') as usize,
            b'A'..=b'Z' => (sign - b'A') as usize + 10,
            // Blanks stand behind a code of one sign, before all others.
            _ => 0,
        }
    }
    let [first, second, ..] = code else { return 0 };
    place(*first) * 36 + place(*second)
}

/// What a code with these days of effect is worth on the day.
pub(super) fn standing_in(period: &Cell, on: Day) -> Standing {
    let (first, last) = days_of(period);
    standing_between(first, last, on)
}

fn days_of(period: &Cell) -> (Option<Day>, Option<Day>) {
    let &[y1, y2, m1, d1, y3, y4, m2, d2] = period;
    let first = Day::new(u16::from_le_bytes([y1, y2]), m1, d1);
    (first, Day::new(u16::from_le_bytes([y3, y4]), m2, d2))
}

/// Codes are at most seven letters and digits; anything else is none.
pub(super) fn padded(code: &[u8]) -> Option<[u8; 7]> {
    let plausible = code.iter().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    let mut padded = [b' '; 7];
    padded.get_mut(..code.len())?.copy_from_slice(code);
    (plausible && !code.is_empty()).then_some(padded)
}

/// The code of a cell as a number: numbers are in the order of the codes, and compared at once.
pub(super) const fn order_of(cell: &Cell) -> u64 {
    u64::from_be_bytes(*cell) >> 8
}

pub(super) const fn order_of_code([a, b, c, d, e, f, g]: [u8; 7]) -> u64 {
    order_of(&[a, b, c, d, e, f, g, 0])
}

pub(super) fn code_of(cell: &Cell) -> &[u8] {
    let [code @ .., _] = cell;
    code
}
