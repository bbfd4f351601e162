//! A report as CSV (RFC 4180): commas, quotes where they are needed, lines that end in CR LF, UTF-8.

use super::cells::{Cell, Column};
use crate::convert::table::harmless;

/// The names of the columns.
pub fn header(columns: &[Column]) -> Vec<u8> {
    line(columns.iter().map(|column| column.name.to_owned()))
}

/// A row.
pub fn row(cells: &[Cell]) -> Vec<u8> {
    line(cells.iter().map(written))
}

/// A cell as text. What payers and offices wrote is kept from being taken for a formula; our own
/// numbers are numbers, a minus included.
fn written(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => harmless(text),
        Cell::Count(number) => number.to_string(),
        Cell::Money(amount) => amount.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Share(share) => format!("{}.{:02}", share / 100, share % 100),
        Cell::Tenths(tenths) => {
            let sign = if *tenths < 0 { "-" } else { "" };
            format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
        }
    }
}

fn line(texts: impl Iterator<Item = String>) -> Vec<u8> {
    let mut written = Vec::new();
    for (index, text) in texts.enumerate() {
        if index > 0 {
            written.push(b',');
        }
        let needs_quotes = text.contains([',', '"', '\r', '\n']);
        match needs_quotes {
            true => written.extend(format!("\"{}\"", text.replace('"', "\"\"")).bytes()),
            false => written.extend(text.bytes()),
        }
    }
    written.extend(b"\r\n");
    written
}

#[cfg(test)]
mod tests {
    use x12::value::{Day, Money};

    use super::*;

    #[test]
    fn writes_each_kind_of_cell() {
        let text = |text: &str| Cell::Text(text.to_owned());
        let day = Day::new(2026, 3, 9).expect("a day");
        let cells = [
            (text("a,b"), "\"a,b\""),
            (text("say \"so\""), "\"say \"\"so\"\"\""),
            (text("two\nlines"), "\"two\nlines\""),
            (text("=1+1"), "'=1+1"),
            (text("-12"), "'-12"),
            (text("@x"), "'@x"),
            (text("Zoë"), "Zoë"),
            (Cell::Empty, ""),
            (Cell::Count(7), "7"),
            (Cell::Money(Money::from_cents(-1205)), "-12.05"),
            (Cell::Day(day), "2026-03-09"),
            (Cell::Share(9750), "97.50"),
            (Cell::Tenths(-5), "-0.5"),
        ];
        for (cell, expected) in cells {
            assert_eq!(String::from_utf8(row(&[cell])), Ok(format!("{expected}\r\n")));
        }
    }
}
