//! HIPPS codes: rates of stays that groupers of assessments give. There are hundreds of thousands,
//! so the table has their shapes.

use x12::value::Day;

use crate::code_sets::{Standing, always};

/// Which publication the table follows.
pub const EDITION: &str = "shapes of PDPM, PDGM and rehabilitation groups, since 2020";

/// Before this day home health had rates of other shapes.
pub const FIRST_DAY: Day = Day::new(2020, 1, 1).expect("a day of the calendar");

/// How many shapes the table has.
pub const CODE_COUNT: usize = 4;

/// Whether the code has the shape of a rate.
pub fn standing(code: &[u8], on: Day) -> Standing {
    if on < FIRST_DAY {
        return Standing::NotYet(FIRST_DAY);
    }
    always(match code {
        // Skilled nursing: therapy, speech, nursing, ancillaries, and which assessment.
        [b'A'..=b'P', b'A'..=b'L', b'A'..=b'Y', b'A'..=b'F', b'0' | b'1'] => true,
        // Skilled nursing without an assessment.
        b"ZZZZZ" => true,
        // Home health: timing and source, clinical group, function, other illnesses.
        [b'1'..=b'4', b'A'..=b'L', b'A'..=b'C', b'1'..=b'3', b'1'] => true,
        // Rehabilitation: other illnesses, group.
        [b'A'..=b'D', group @ ..] => is_rehabilitation_group(group),
        _ => false,
    })
}

/// Two digits for the impairment (01 to 21, 50 short stays, 51 deaths), two that divide it.
fn is_rehabilitation_group(group: &[u8]) -> bool {
    match group {
        [b'0', b'1'..=b'9', b'0', sub] | [b'1', b'0'..=b'9', b'0', sub] => {
            (b'1'..=b'9').contains(sub)
        }
        [b'2', b'0' | b'1', b'0', sub] => (b'1'..=b'9').contains(sub),
        [b'5', b'0' | b'1', b'0', sub] => (b'1'..=b'4').contains(sub),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_rates_by_their_shape() {
        let on = Day::new(2026, 11, 1).expect("a day");
        for (code, is_rate) in [
            ("KAXD1", true),
            ("ZZZZZ", true),
            ("1AA11", true),
            ("4LC31", true),
            ("A0105", true),
            ("B5101", true),
            // A group of RUG-IV, which ended in 2019.
            ("RUC10", false),
            ("5AA11", false),
            ("KAXD9", false),
            ("A2201", false),
            ("KAXD", false),
            ("99213", false),
        ] {
            assert_eq!(standing(code.as_bytes(), on) == Standing::Valid, is_rate, "{code}");
        }
    }
}
