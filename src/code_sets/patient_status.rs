//! Where an institutional patient was at the end of the statement (CL103).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "as in public CMS material to 2024, not the licensed list";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("01", "Home"),
    entry("02", "To a short-term hospital"),
    entry("03", "To a skilled nursing facility"),
    entry("04", "To custodial or supportive care"),
    entry("05", "To a cancer center or children's hospital"),
    entry("06", "Home, with home health care"),
    entry("07", "Left against advice"),
    entry("09", "Admitted here as an inpatient"),
    entry("20", "Died"),
    entry("21", "To a court or the police"),
    entry("30", "Still a patient"),
    entry("40", "Died at home, under hospice"),
    entry("41", "Died in a facility, under hospice"),
    entry("42", "Died under hospice, place unknown"),
    entry("43", "To a federal hospital"),
    entry("50", "To hospice at home"),
    entry("51", "To hospice in a facility"),
    entry("61", "To a swing bed"),
    entry("62", "To inpatient rehabilitation"),
    entry("63", "To a long-term care hospital"),
    entry("64", "To a nursing facility of Medicaid alone"),
    entry("65", "To a psychiatric hospital"),
    entry("66", "To a critical access hospital"),
    entry("69", "To a disaster care site"),
    entry("70", "To another institution"),
    entry("81", "Home, return planned"),
    entry("82", "To a short-term hospital, return planned"),
    entry("83", "To skilled nursing, return planned"),
    entry("84", "To custodial care, return planned"),
    entry("85", "To a cancer or children's hospital, return planned"),
    entry("86", "Home with home health care, return planned"),
    entry("87", "To a court or the police, return planned"),
    entry("88", "To a federal hospital, return planned"),
    entry("89", "To a swing bed, return planned"),
    entry("90", "To rehabilitation, return planned"),
    entry("91", "To a long-term care hospital, return planned"),
    entry("92", "To a nursing facility of Medicaid, return planned"),
    entry("93", "To a psychiatric hospital, return planned"),
    entry("94", "To a critical access hospital, return planned"),
    entry("95", "To another institution, return planned"),
];
