//! ICD-10-PCS: procedures on inpatients. Only codes and days; the titles are not carried.
//!
//! The table is written by `scripts/codes/icd10pcs.py`.

use x12::value::Day;

use crate::code_sets::Standing;
use crate::code_sets::cells::{Cells, code_of, padded};
use crate::code_sets::table::Span;

/// Which publications the table covers.
pub const EDITION: &str = "ICD-10-PCS FY2016 to FY2027, valid to 2027-03-31";

/// The last day that the edition speaks for. Codes may come and go on the day after.
pub const LAST_DAY: Day = Day::new(2027, 3, 31).expect("a day of the calendar");

/// How many codes the table has, in effect or ended.
pub const CODE_COUNT: usize = TABLE.codes.len();

/// What the code is worth on the day. A day after [`LAST_DAY`] is answered as that day.
pub fn standing(code: &[u8], on: Day) -> Standing {
    let Some(wanted) = padded(code) else { return Standing::Unknown };
    match TABLE.from(&wanted).first() {
        Some(cell) if code_of(cell) == wanted => TABLE.standing_of(cell, on),
        _ => Standing::Unknown,
    }
}

/// Every code with its days.
pub(super) fn entries() -> impl Iterator<Item = (String, Span)> {
    TABLE.entries()
}

static TABLE: Cells = Cells::read(b"PC10", include_bytes!("icd10pcs.bin"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_official_number_of_codes_every_october() {
        assert_eq!(CODE_COUNT, 82_508);
        let counts = [
            71_974, 75_789, 78_705, 78_881, 77_559, 78_115, 78_220, 78_496, 78_603, 78_948, 79_115,
            79_256,
        ];
        for (year, count) in (2015..).zip(counts) {
            let on = Day::new(year, 10, 1).expect("a day");
            let is_valid = |cell: &&_| TABLE.standing_of(cell, on) == Standing::Valid;
            assert_eq!(TABLE.codes.iter().filter(is_valid).count(), count, "{on}");
        }
    }

    #[test]
    fn is_in_byte_order_and_whole() {
        TABLE.check();
    }

    #[test]
    fn tells_what_a_code_is_worth_on_a_day() {
        let on = Day::new(2026, 11, 1).expect("a day");
        for (code, expected) in [
            ("0W9B30Z", Standing::Valid),
            ("02HV33Z", Standing::Valid),
            // O and I are in no code.
            ("O2HV33Z", Standing::Unknown),
            ("0W9B30", Standing::Unknown),
            ("0w9b30z", Standing::Unknown),
            ("", Standing::Unknown),
        ] {
            assert_eq!(standing(code.as_bytes(), on), expected, "{code}");
        }
    }
}
