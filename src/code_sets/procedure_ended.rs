//! Visits that have left CPT, which are still billed by habit: numbers and last days.

use x12::value::Day;

use crate::code_sets::{Standing, day};

/// Which publication the table follows.
pub const EDITION: &str = "visits that ended from 2020 to 2024";

/// How many codes there are.
pub const CODE_COUNT: usize = ENDED.len();

/// Whether the code had ended by the day. Of all others nothing is known.
pub fn standing(code: &[u8], on: Day) -> Standing {
    let ended = ENDED.binary_search_by(|(known, _)| known.as_bytes().cmp(code)).ok();
    match ended.and_then(|index| ENDED.get(index)) {
        Some(&(_, Some(last))) if last < on => Standing::Ended(last),
        Some(_) => Standing::Valid,
        None => Standing::Unknown,
    }
}

/// In byte order.
static ENDED: &[(&str, Option<Day>)] = &[
    ("99201", day(20201231)),
    ("99217", day(20221231)),
    ("99218", day(20221231)),
    ("99219", day(20221231)),
    ("99220", day(20221231)),
    ("99224", day(20221231)),
    ("99225", day(20221231)),
    ("99226", day(20221231)),
    ("99241", day(20221231)),
    ("99251", day(20221231)),
    ("99318", day(20221231)),
    ("99324", day(20221231)),
    ("99325", day(20221231)),
    ("99326", day(20221231)),
    ("99327", day(20221231)),
    ("99328", day(20221231)),
    ("99334", day(20221231)),
    ("99335", day(20221231)),
    ("99336", day(20221231)),
    ("99337", day(20221231)),
    ("99339", day(20221231)),
    ("99340", day(20221231)),
    ("99343", day(20221231)),
    ("99354", day(20221231)),
    ("99355", day(20221231)),
    ("99356", day(20221231)),
    ("99357", day(20221231)),
    ("99441", day(20241231)),
    ("99442", day(20241231)),
    ("99443", day(20241231)),
];
