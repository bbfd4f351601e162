//! What the Medicare Code Editor says of diagnoses and of procedures on inpatients: for which age or
//! sex a diagnosis is, which may not stand first, what Medicare does not cover. Each trait is a set
//! of its own; a code is in it on the days on which the editor said so. The lists of one sex ended
//! on 30 September 2024.
//!
//! The tables are written by `scripts/codes/traits.py`.

use x12::value::Day;

use crate::code_sets::cells::{Cells, code_of, padded, standing_in};
use crate::code_sets::{SetInfo, Standing};

/// Which publication the tables follow.
pub const EDITION: &str = "Medicare Code Editor v44.0, valid to 2027-03-31";

/// The last day on which the editor knew diagnoses of one sex.
pub const SEX_LAST_DAY: Day = Day::new(2024, 9, 30).expect("a day of the calendar");

/// The set of the diagnoses with a trait, for the list of all sets. So many ever had it.
pub(super) const fn diagnoses<const BIT: u16>(name: &'static str, count: usize) -> SetInfo {
    SetInfo {
        name,
        edition: EDITION,
        count,
        standing: |code, on| standing(&OF_DIAGNOSES, BIT, code, on),
        meaning: |_| None,
    }
}

/// The set of the procedures with a trait.
pub(super) const fn procedures<const BIT: u16>(name: &'static str, count: usize) -> SetInfo {
    SetInfo {
        name,
        edition: EDITION,
        count,
        standing: |code, on| standing(&OF_PROCEDURES, BIT, code, on),
        meaning: |_| None,
    }
}

// The bits of the traits, in the order of the script.
pub(super) const NEWBORN: u16 = 1;
pub(super) const PEDIATRIC: u16 = 1 << 1;
pub(super) const MATERNITY: u16 = 1 << 2;
pub(super) const ADULT: u16 = 1 << 3;
pub(super) const FEMALE: u16 = 1 << 4;
pub(super) const MALE: u16 = 1 << 5;
pub(super) const MANIFESTATION: u16 = 1 << 6;
pub(super) const UNACCEPTABLE: u16 = 1 << 7;
pub(super) const NEEDS_SECONDARY: u16 = 1 << 8;
pub(super) const UNSPECIFIED: u16 = 1 << 9;
pub(super) const WRONG_PROCEDURE: u16 = 1 << 10;

pub(super) const NOT_COVERED: u16 = 1;
pub(super) const COVERED_AT_TIMES: u16 = 1 << 1;
pub(super) const LONG: u16 = 1 << 2;

/// Whether the code has the trait on the day.
fn standing(table: &Cells, bit: u16, code: &[u8], on: Day) -> Standing {
    let Some(wanted) = padded(code) else { return Standing::Unknown };
    let mut found = Standing::Unknown;
    for cell in table.from(&wanted).iter().take_while(|cell| code_of(cell) == wanted) {
        let [.., number] = *cell;
        if bits_of(table, number) & bit == 0 {
            continue;
        }
        let at = usize::from(number) * 2;
        found = table.periods.get(at).map_or(Standing::Unknown, |period| standing_in(period, on));
        if found == Standing::Valid {
            break;
        }
    }
    found
}

/// The traits of a period: two cells each, its days and then its traits.
fn bits_of(table: &Cells, number: u8) -> u16 {
    match table.periods.get(usize::from(number) * 2 + 1) {
        Some([low, high, ..]) => u16::from_le_bytes([*low, *high]),
        None => 0,
    }
}

static OF_DIAGNOSES: Cells = Cells::read(b"DT10", include_bytes!("diagnosis_traits.bin"));
static OF_PROCEDURES: Cells = Cells::read(b"PT10", include_bytes!("procedure_traits.bin"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_the_traits_of_diagnoses() {
        let on = Day::new(2026, 11, 1).expect("a day");
        let before = Day::new(2024, 9, 30).expect("a day");
        for (bit, code, on, expected) in [
            (NEWBORN, "Z3800", on, true),
            (NEWBORN, "E119", on, false),
            (MATERNITY, "O80", on, true),
            (ADULT, "N400", on, true),
            (MALE, "N400", before, true),
            (MALE, "N400", on, false),
            (MANIFESTATION, "H42", on, true),
            (UNACCEPTABLE, "B950", on, true),
            (WRONG_PROCEDURE, "Y6551", on, true),
            (ADULT, "é", on, false),
        ] {
            let is_so = standing(&OF_DIAGNOSES, bit, code.as_bytes(), on) == Standing::Valid;
            assert_eq!(is_so, expected, "{code} and {bit} on {on}");
        }
    }

    #[test]
    fn is_in_byte_order_and_whole() {
        for table in [&OF_DIAGNOSES, &OF_PROCEDURES] {
            assert!(table.codes.windows(2).all(|pair| code_of(&pair[0]) <= code_of(&pair[1])));
            assert!(table.codes.iter().all(|[.., number]| bits_of(table, *number) != 0));
        }
    }

    #[test]
    fn has_as_many_codes_as_the_list_of_sets_says() {
        let (of_diagnoses, of_procedures) = (&OF_DIAGNOSES, &OF_PROCEDURES);
        let traits = [
            ("diagnosis-newborn", of_diagnoses, NEWBORN),
            ("diagnosis-child", of_diagnoses, PEDIATRIC),
            ("diagnosis-maternity", of_diagnoses, MATERNITY),
            ("diagnosis-adult", of_diagnoses, ADULT),
            ("diagnosis-female", of_diagnoses, FEMALE),
            ("diagnosis-male", of_diagnoses, MALE),
            ("diagnosis-manifestation", of_diagnoses, MANIFESTATION),
            ("diagnosis-never-first", of_diagnoses, UNACCEPTABLE),
            ("diagnosis-never-alone", of_diagnoses, NEEDS_SECONDARY),
            ("diagnosis-side-unspecified", of_diagnoses, UNSPECIFIED),
            ("diagnosis-wrong-procedure", of_diagnoses, WRONG_PROCEDURE),
            ("procedure-not-covered", of_procedures, NOT_COVERED),
            ("procedure-covered-at-times", of_procedures, COVERED_AT_TIMES),
            ("procedure-of-days", of_procedures, LONG),
        ];
        for (name, table, bit) in traits {
            let with = |[.., number]: &&[u8; 8]| bits_of(table, *number) & bit != 0;
            let mut codes: Vec<&[u8]> = table.codes.iter().filter(with).map(code_of).collect();
            codes.dedup();
            let set = crate::code_sets::named(name).expect("a set");
            assert_eq!(set.count, codes.len(), "{name}");
        }
    }
}
