//! What spans of days an institutional claim reports (HI*BI).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "as in public CMS material to 2024, not the licensed list";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("70", "Hospital stay that qualifies for skilled nursing"),
    entry("71", "Earlier hospital stay"),
    entry("72", "First and last visit"),
    entry("73", "Days of eligibility"),
    entry("74", "Care not covered, or leave"),
    entry("75", "Skilled nursing care while in hospital"),
    entry("76", "Days the patient pays"),
    entry("77", "Days the provider bears, counted"),
    entry("78", "Earlier skilled nursing stay"),
    entry("79", "Days the provider bears, not counted"),
    entry("80", "Earlier stay in the same facility, payment barred"),
    entry("81", "Days before delivery at reduced care"),
    entry("82", "Hospital care at home"),
    entry("M0", "Days approved by reviewers"),
    entry("M1", "Days the provider bears, no use"),
    entry("M2", "Respite care as an inpatient"),
    entry("M3", "Intermediate care"),
    entry("M4", "Residential care"),
];
