//! Diagnoses that are the reason of a visit and never stand second: the guidelines of ICD-10-CM list
//! them in I.C.21.c.16.

use crate::code_sets::Standing;

/// Which publication the table follows.
pub const EDITION: &str = "ICD-10-CM guidelines for coding and reporting, FY2026";

/// How many beginnings of codes the table has.
pub const CODE_COUNT: usize = FIRST.len();

/// Whether a code may only stand first.
pub fn standing(code: &[u8]) -> Standing {
    let starts_with_any =
        |starts: &[&str]| starts.iter().any(|start| code.starts_with(start.as_bytes()));
    match starts_with_any(FIRST) && !starts_with_any(EXCEPT) {
        true => Standing::Valid,
        false => Standing::Unknown,
    }
}

const FIRST: &[&str] = &[
    "Z00", "Z01", "Z02", "Z04", "Z3181", "Z3183", "Z3184", "Z332", "Z34", "Z38", "Z39", "Z40",
    "Z42", "Z510", "Z511", "Z52", "Z761", "Z762", "Z9912",
];

/// An examination for research, and a donor of who knows what.
const EXCEPT: &[&str] = &["Z006", "Z529"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_what_is_always_the_reason_of_a_visit() {
        for code in ["Z0000", "Z01411", "Z0289", "Z3181", "Z3403", "Z3800", "Z5111", "Z9912"] {
            assert_eq!(standing(code.as_bytes()), Standing::Valid, "{code}");
        }
        for code in ["Z006", "Z529", "Z23", "Z1211", "Z5181", "Z331", "Z37", "Z9911", "", "z0000"] {
            assert_eq!(standing(code.as_bytes()), Standing::Unknown, "{code}");
        }
    }
}
