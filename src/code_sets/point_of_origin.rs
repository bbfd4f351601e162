//! From where a patient came to an institution (CL102). For newborns (CL101 is 4) 5 and 6 say
//! where the child was born.

use x12::value::Day;

use crate::code_sets::{Standing, day, standing_between};

/// Which publication the table follows.
pub const EDITION: &str = "as in public CMS material to 2024, not the licensed list";

/// How many codes the table has.
pub const CODE_COUNT: usize = CODES.len();

/// What the code is worth on the day.
pub fn standing(code: &[u8], on: Day) -> Standing {
    match find(code) {
        Some(origin) => standing_between(None, origin.last, on),
        None => Standing::Unknown,
    }
}

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(code).map(|origin| origin.meaning)
}

fn find(code: &[u8]) -> Option<&'static Origin> {
    CODES.iter().find(|origin| origin.code.as_bytes() == code)
}

struct Origin {
    code: &'static str,
    meaning: &'static str,
    last: Option<Day>,
}

const fn origin(code: &'static str, meaning: &'static str, last: u32) -> Origin {
    Origin { code, meaning, last: day(last) }
}

static CODES: &[Origin] = &[
    origin("1", "From no institution", 0),
    origin("2", "Clinic or physician's office", 0),
    origin("3", "Referred by an HMO", 20070930),
    origin("4", "Another hospital", 0),
    origin("5", "Skilled nursing facility; a newborn: born here", 0),
    origin("6", "Another institution; a newborn: born elsewhere", 0),
    origin("7", "Emergency room", 20100630),
    origin("8", "Court or police", 0),
    origin("9", "Not known", 0),
    origin("A", "Critical access hospital", 20070930),
    origin("B", "Another home health agency", 20100630),
    origin("C", "Back to the same home health agency", 20100630),
    origin("D", "Another unit of this hospital", 0),
    origin("E", "Ambulatory surgery center", 0),
    origin("F", "Hospice", 0),
    origin("G", "Disaster care site", 0),
];
