//! What the tabular list of ICD-10-CM says of diagnoses beside each other, and of their sides: which
//! two are never of one visit (Excludes1), which stands before which (code first), which needs which
//! beside it (use additional code), which is of the right side and which of the left.
//!
//! The list is written for people. Kept is what leaves nothing to judge; the script that writes the
//! tables, `scripts/codes/tabular.py`, says what that is.

use x12::value::Day;

use crate::code_sets::Standing;
use crate::code_sets::cells::{Cell, Cells, code_of, order_of, order_of_code, padded, standing_in};

/// Which publications the tables follow.
pub const EDITION: &str = "ICD-10-CM tabular list, April 2025 and April 2026";

/// The first day that the notes speak for.
pub const FIRST_DAY: Day = Day::new(2025, 4, 1).expect("a day of the calendar");

/// Notes of one kind: three cells each, in byte order.
#[derive(Debug)]
pub struct Notes {
    periods: &'static [Cell],
    notes: &'static [[Cell; 3]],
}

/// The diagnoses that a note names: from a code, or the beginning of codes, to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    cells: &'static [Cell; 3],
}

impl Named {
    /// The code, or the beginning of codes, at which the note stands.
    pub fn at(self) -> &'static str {
        let [at, _, _] = self.cells;
        text(at)
    }

    fn first(self) -> &'static str {
        let [_, first, _] = self.cells;
        text(first)
    }

    fn last(self) -> &'static str {
        let [_, _, last] = self.cells;
        text(last)
    }

    /// Whether the note names this code.
    pub fn has(self, code: &[u8]) -> bool {
        let [_, first, last] = self.cells;
        // Most notes name other letters, which is seen at once.
        let is_near = |letter: &u8| (first[0]..=last[0]).contains(letter);
        if !code.first().is_some_and(is_near) || code < code_of(first).trim_ascii_end() {
            return false;
        }
        let last = code_of(last).trim_ascii_end();
        code.get(..last.len()).unwrap_or(code) <= last
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (self.first(), self.last()) {
            (first, last) if first == last => write!(f, "{first}"),
            (first, last) => write!(f, "{first} to {last}"),
        }
    }
}

/// The notes of a set by its name; none for another set.
pub fn notes(set: &str) -> Option<&'static Notes> {
    match set {
        "diagnosis-companion" => Some(&COMPANION),
        "diagnosis-excludes" => Some(&EXCLUDES),
        "diagnosis-order" => Some(&ORDER),
        _ => None,
    }
}

impl Notes {
    const fn read(name: &[u8; 4], file: &'static [u8]) -> Notes {
        let Cells { periods, codes, .. } = Cells::read(name, file);
        let (notes, []) = codes.as_chunks() else { panic!("not made of notes") };
        Notes { periods, notes }
    }

    /// The notes that hold for a code on a day: its own, and those of the headers above it.
    pub fn of<'a>(&'static self, code: &'a [u8], on: Day) -> impl Iterator<Item = Named> + 'a {
        let above = self.above(code);
        above
            .filter(move |[at, ..]| self.standing_of(at, on) == Standing::Valid)
            .map(|cells| Named { cells })
    }

    fn above<'a>(&'static self, code: &'a [u8]) -> impl Iterator<Item = &'static [Cell; 3]> + 'a {
        let category = padded(code.get(..3).unwrap_or_default()).unwrap_or([b' '; 7]);
        let start = self.notes.partition_point(|[at, ..]| order_of(at) < order_of_code(category));
        let rest = self.notes.get(start..).unwrap_or_default();
        let is_near = move |[at, ..]: &&[Cell; 3]| at.get(..3) == category.get(..3);
        rest.iter()
            .take_while(is_near)
            .filter(move |[at, ..]| code.starts_with(code_of(at).trim_ascii_end()))
    }

    fn standing_of(&self, [.., number]: &Cell, on: Day) -> Standing {
        self.periods
            .get(usize::from(*number))
            .map_or(Standing::Unknown, |period| standing_in(period, on))
    }

    /// What a code is worth as one that has such a note.
    pub(super) fn standing(&'static self, code: &[u8], on: Day) -> Standing {
        let mut found = Standing::Unknown;
        for [at, ..] in self.above(code) {
            found = self.standing_of(at, on);
            if found == Standing::Valid {
                break;
            }
        }
        found
    }

    /// How many notes there are, in effect or dropped.
    pub(super) const fn count(&self) -> usize {
        self.notes.len()
    }
}

/// The tables are letters and digits.
fn text(cell: &'static Cell) -> &'static str {
    str::from_utf8(code_of(cell).trim_ascii_end()).unwrap_or_default()
}

/// A side of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

impl Side {
    /// What a code is worth as one of this side. Codes keep their side as long as they live.
    pub(super) fn standing(self, code: &[u8]) -> Standing {
        let letter = match self {
            Side::Left => b'L',
            Side::Right => b'R',
        };
        let starts = (3..=code.len()).filter_map(|len| padded(code.get(..len)?));
        let mut cells = starts.filter_map(|start| {
            let at = SIDES.codes.binary_search_by_key(&order_of_code(start), order_of).ok()?;
            SIDES.codes.get(at)
        });
        match cells.any(|[.., own]| *own == letter) {
            true => Standing::Valid,
            false => Standing::Unknown,
        }
    }

    /// How many beginnings of codes are of this side.
    pub(super) const fn count(self) -> usize {
        // Each has its counterpart on the other.
        match self {
            Side::Left | Side::Right => SIDES.codes.len() / 2,
        }
    }
}

pub(super) static COMPANION: Notes =
    Notes::read(b"CO10", include_bytes!("diagnosis_companion.bin"));
pub(super) static EXCLUDES: Notes = Notes::read(b"EX10", include_bytes!("diagnosis_excludes.bin"));
pub(super) static ORDER: Notes = Notes::read(b"OR10", include_bytes!("diagnosis_order.bin"));
static SIDES: Cells = Cells::read(b"SD10", include_bytes!("diagnosis_side.bin"));

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_dashed(text).expect("a day")
    }

    /// Whether one of the notes at a code names another, the way round that is asked.
    fn names(notes: &'static Notes, at: &str, other: &str, on: &str) -> bool {
        notes.of(at.as_bytes(), day(on)).any(|named| named.has(other.as_bytes()))
    }

    #[test]
    fn tells_what_excludes_what() {
        for (at, other, on, expected) in [
            // At a category, for all codes below it.
            ("E119", "E109", "2026-11-01", true),
            ("E1165", "O24410", "2026-11-01", true),
            ("E119", "E785", "2026-11-01", false),
            // A range.
            ("R7303", "E0800", "2026-11-01", true),
            ("R7303", "E139", "2026-11-01", true),
            ("R7303", "E15", "2026-11-01", false),
            // Dropped with the list of 2026.
            ("G43909", "R519", "2025-09-30", true),
            ("G43909", "R519", "2025-10-01", false),
            // Nothing is known of the lists before.
            ("E119", "E109", "2025-04-01", true),
            ("E119", "E109", "2025-03-31", false),
            // Two injuries, two growths, and causes may come together.
            ("S0081XA", "S0101XA", "2026-11-01", false),
            ("C44311", "C4331", "2026-11-01", false),
            ("W010XXA", "V0101XA", "2026-11-01", false),
            // Meant is the coma of diabetes, and not every diabetes.
            ("R4020", "E119", "2026-11-01", false),
        ] {
            assert_eq!(names(&EXCLUDES, at, other, on), expected, "{at} and {other} on {on}");
        }
    }

    #[test]
    fn tells_what_stands_first_and_what_is_needed() {
        let on = "2026-11-01";
        assert!(names(&ORDER, "N186", "I120", on) && !names(&ORDER, "I120", "N186", on));
        assert!(names(&ORDER, "Z8546", "Z08", on));
        assert!(names(&ORDER, "H36", "D5700", on));
        // Only when it is the cause, which nobody can see.
        assert!(!names(&ORDER, "I21A1", "J449", on));
        assert!(names(&COMPANION, "E1122", "N1830", on) && !names(&COMPANION, "E1121", "N189", on));
        let of_both: Vec<_> = COMPANION.of(b"I130", day(on)).collect();
        assert_eq!(of_both.iter().map(|named| named.first()).collect::<Vec<_>>(), ["I50", "N18"]);
        // New in 2026.
        for (on, expected) in [("2026-03-31", false), ("2026-04-01", true)] {
            assert_eq!(names(&ORDER, "E8814", "B20", on), expected, "on {on}");
        }
        let before = Standing::NotYet(day("2026-04-01"));
        assert_eq!(ORDER.standing(b"E8814", day("2026-03-31")), before);
        let dropped = Standing::Ended(day("2025-09-30"));
        assert_eq!(EXCLUDES.standing(b"Z79891", day("2025-10-01")), dropped);
    }

    #[test]
    fn tells_the_side_of_a_diagnosis() {
        for (code, right, left) in [
            ("M1711", true, false),
            ("M1712", false, true),
            ("M170", false, false),
            ("M179", false, false),
            ("S72001A", true, false),
            ("S72002D", false, true),
            ("H2511", true, false),
            // A stroke of the left shows on the right.
            ("I63512", false, false),
            ("G8191", false, false),
            // There are no others.
            ("I501", false, false),
            ("E119", false, false),
            ("", false, false),
        ] {
            let is = |side: Side| side.standing(code.as_bytes()) == Standing::Valid;
            assert_eq!((is(Side::Right), is(Side::Left)), (right, left), "{code}");
        }
    }

    #[test]
    fn is_in_byte_order_and_whole() {
        for notes in [&COMPANION, &EXCLUDES, &ORDER] {
            let codes = |note: &'static [Cell; 3]| note.each_ref().map(code_of);
            assert!(notes.notes.windows(2).all(|pair| codes(&pair[0]) < codes(&pair[1])));
            for note in notes.notes {
                let named = Named { cells: note };
                let (at, first, last) = (named.at(), named.first(), named.last());
                assert!(at.len() >= 3 && first.len() >= 3 && first <= last, "{at}");
                assert!(!matches!(notes.standing_of(&note[0], FIRST_DAY), Standing::Unknown));
            }
        }
        assert!(SIDES.codes.windows(2).all(|pair| code_of(&pair[0]) < code_of(&pair[1])));
        let of = |letter: u8| SIDES.codes.iter().filter(|cell| cell[7] == letter).count();
        assert_eq!((of(b'L'), of(b'R')), (Side::Left.count(), Side::Right.count()));
    }

    /// A slip in reading the list would name what is no code.
    #[test]
    fn names_diagnoses_that_there_are() {
        for notes in [&COMPANION, &EXCLUDES, &ORDER] {
            for note in notes.notes {
                let named = Named { cells: note };
                let (at, first, last) = (named.at(), named.first(), named.last());
                for code in [at, first, last] {
                    let standing =
                        crate::code_sets::standing("diagnosis", code.as_bytes(), FIRST_DAY);
                    assert_ne!(standing, Some(Standing::Unknown), "{code}");
                }
            }
        }
    }
}
