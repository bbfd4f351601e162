//! ICD-10-CM: diagnoses. Only codes and days; the titles are not carried.
//!
//! The table is written by `scripts/codes/icd10cm.py`.

use x12::value::Day;

use crate::code_sets::Standing;
use crate::code_sets::cells::{Cells, code_of, padded};
use crate::code_sets::table::Span;

/// Which publications the table covers.
pub const EDITION: &str = "ICD-10-CM FY2016 to FY2027, valid to 2027-03-31";

/// The first day of ICD-10 in claims.
pub const FIRST_DAY: Day = Day::new(2015, 10, 1).expect("a day of the calendar");

/// The last day that the edition speaks for. Codes may come and go on the day after.
pub const LAST_DAY: Day = Day::new(2027, 3, 31).expect("a day of the calendar");

/// How many codes the table has, in effect or ended. Headers are not counted.
pub const CODE_COUNT: usize = TABLE.codes.len();

/// What the code, upper-case and without a dot, is worth on the day of service. A day after
/// [`LAST_DAY`] is answered as that day.
pub fn standing(code: &[u8], on: Day) -> Standing {
    let Some(wanted) = padded(code).filter(|_| code.len() >= 3) else { return Standing::Unknown };
    let mut own = None;
    let mut below = Standing::Unknown;
    // The code itself, if it ever was one, and then the codes that start with it.
    for cell in TABLE.from(&wanted).iter().take_while(|cell| cell.starts_with(code)) {
        let itself = code_of(cell) == wanted;
        match TABLE.standing_of(cell, on) {
            Standing::Valid if itself => return Standing::Valid,
            // Also for a code that ended because it was split into longer ones.
            Standing::Valid => return Standing::Header,
            other if itself => own = Some(other),
            other => below = nearer(below, other),
        }
    }
    own.unwrap_or(below)
}

/// Of two standings that are not in effect, the one that says more: an end before a start to
/// come, the later end, the earlier start.
fn nearer(one: Standing, other: Standing) -> Standing {
    match (one, other) {
        (Standing::Ended(a), Standing::Ended(b)) => Standing::Ended(a.max(b)),
        (Standing::NotYet(a), Standing::NotYet(b)) => Standing::NotYet(a.min(b)),
        (Standing::Ended(_), Standing::NotYet(_)) => one,
        (Standing::NotYet(_), Standing::Ended(_)) => other,
        (_, Standing::Valid | Standing::Header | Standing::Unknown) => one,
        (Standing::Valid | Standing::Header | Standing::Unknown, _) => other,
    }
}

/// Every code with its days.
pub(super) fn entries() -> impl Iterator<Item = (String, Span)> {
    TABLE.entries()
}

static TABLE: Cells = Cells::read(b"CM10", include_bytes!("icd10cm.bin"));

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse_dashed(text).expect("a day")
    }

    #[test]
    fn has_the_official_number_of_codes_every_october() {
        assert_eq!(CODE_COUNT, 75_909);
        let counts = [
            69_823, 71_486, 71_704, 71_932, 72_184, 72_616, 72_748, 73_639, 74_044, 74_260, 74_719,
            74_879,
        ];
        for (year, count) in (2015..).zip(counts) {
            let on = Day::new(year, 10, 1).expect("a day");
            let valid =
                TABLE.codes.iter().filter(|cell| TABLE.standing_of(cell, on) == Standing::Valid);
            assert_eq!(valid.count(), count, "{on}");
        }
    }

    #[test]
    fn is_in_byte_order_and_whole() {
        TABLE.check();
    }

    #[test]
    fn tells_what_a_code_is_worth_on_a_day() {
        for (code, on, expected) in [
            ("E119", "2026-11-01", Standing::Valid),
            ("E119", "2015-09-30", Standing::NotYet(day("2015-10-01"))),
            ("E11", "2026-11-01", Standing::Header),
            ("Z99999", "2026-11-01", Standing::Unknown),
            // New in FY2027.
            ("C7831", "2026-09-30", Standing::NotYet(day("2026-10-01"))),
            ("C7831", "2026-10-01", Standing::Valid),
            // Split into longer codes.
            ("B880", "2025-09-30", Standing::Valid),
            ("B880", "2025-10-01", Standing::Header),
            ("B8801", "2025-09-30", Standing::NotYet(day("2025-10-01"))),
            ("QA00101", "2026-11-01", Standing::Valid),
            ("S301XXA", "2026-11-01", Standing::Ended(day("2025-09-30"))),
            ("O350X", "2026-11-01", Standing::Ended(day("2022-09-30"))),
            // Longer codes were added below it.
            ("M868X1", "2026-11-01", Standing::Header),
        ] {
            assert_eq!(standing(code.as_bytes(), day(on)), expected, "{code} on {on}");
        }
    }

    #[test]
    fn knows_nothing_of_what_cannot_be_a_code() {
        let on = day("2026-11-01");
        for text in ["", "E", "E1", "E11.9", "e119", "E119 ", "E119    ", "E1190000", "99213", "É9"]
        {
            assert_eq!(standing(text.as_bytes(), on), Standing::Unknown, "{text:?}");
        }
    }

    #[test]
    fn answers_headers_by_the_codes_below_them() {
        let on = day("2026-11-01");
        let some = TABLE.codes.iter().step_by(97);
        for cell in some.filter(|cell| TABLE.standing_of(cell, on) == Standing::Valid) {
            let code = code_of(cell).trim_ascii_end();
            for len in 3..code.len() {
                let header = standing(&code[..len], on);
                assert_eq!(header, Standing::Header, "{}", code[..len].escape_ascii());
            }
        }
    }

    #[test]
    fn agrees_with_the_reference_table() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/codesets/icd10cm.tsv");
        let Ok(table) = fs::read_to_string(&path) else {
            eprintln!("skipped: there is no {}", path.display());
            return;
        };
        let mut count = 0;
        for line in table.lines().skip(1) {
            let mut fields = line.split('\t').map(str::as_bytes);
            let (code, first) = (fields.next().expect("code"), fields.next().expect("first day"));
            let last = fields.next().and_then(Day::parse);
            let first = Day::parse(first).expect("first day");
            let on_first = standing(code, first);
            assert_eq!(on_first, Standing::Valid, "{} on {first}", code.escape_ascii());
            let known = last.unwrap_or(LAST_DAY);
            assert_eq!(standing(code, known), Standing::Valid, "{}", code.escape_ascii());
            if let Some(last) = last {
                let after = standing(code, last.plus_days(1));
                assert!(matches!(after, Standing::Ended(_) | Standing::Header), "{after:?}");
            }
            count += 1;
        }
        assert_eq!(count, CODE_COUNT);
    }
}
