//! What stands in a table: cells with their kind, so that a spreadsheet can add up and sort.

use x12::value::{Day, Money};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: &'static str,
    pub kind: Kind,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text of so many characters or so.
    Text(u8),
    Count,
    Money,
    Day,
    /// A share, in hundredths of a percent.
    Share,
    /// A number with one decimal.
    Tenths,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Count(u64),
    Money(Money),
    Day(Day),
    /// In hundredths of a percent: 9750 is 97.5 %.
    Share(u64),
    Tenths(i64),
}

pub(super) const fn column(name: &'static str, kind: Kind) -> Column {
    Column { name, kind }
}

pub(super) const fn text(name: &'static str, width: u8) -> Column {
    column(name, Kind::Text(width))
}

impl Cell {
    /// A text; a sign in it that cannot be seen becomes the one that stands for it.
    pub fn text(text: &str) -> Cell {
        if text.is_empty() { Cell::Empty } else { Cell::Text(text.chars().map(visible).collect()) }
    }

    pub fn day(day: Option<Day>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    pub fn count(number: usize) -> Cell {
        Cell::Count(number as u64)
    }

    /// So many of so many; nothing of nothing is no share.
    pub fn share(part: u64, whole: u64) -> Cell {
        // Rounded to the nearest hundredth of a percent: a rate is told, never added up.
        (part * 10_000 + whole / 2).checked_div(whole).map_or(Cell::Empty, Cell::Share)
    }
}

/// Lines may end: what people write has several.
fn visible(letter: char) -> char {
    match letter {
        '\n' => letter,
        '\0'..='\x1F' => {
            char::from_u32(0x2400 + u32::from(letter)).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        '\x7F' => '\u{2421}',
        '\u{80}'..='\u{9F}' => char::REPLACEMENT_CHARACTER,
        letter => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_shown() {
        for (text, shown) in [
            ("P1\u{1b}[31m\t\r\u{7f}", "P1\u{241b}[31m\u{2409}\u{240d}\u{2421}"),
            ("one\ntwo, Zoë", "one\ntwo, Zoë"),
        ] {
            assert_eq!(Cell::text(text), Cell::Text(shown.to_owned()));
        }
    }

    #[test]
    fn rounds_shares_to_the_nearest_hundredth_of_a_percent() {
        for (part, whole, share) in [
            (0, 0, Cell::Empty),
            (0, 7, Cell::Share(0)),
            (1, 3, Cell::Share(3333)),
            (2, 3, Cell::Share(6667)),
            (7, 7, Cell::Share(10_000)),
        ] {
            assert_eq!(Cell::share(part, whole), share, "{part} of {whole}");
        }
    }
}
