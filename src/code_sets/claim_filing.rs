//! Kinds of coverage (SBR09 of the 837, CLP06 of the 835).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "005010X221A1, 005010X222A1";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("11", "Other non-federal program"),
    entry("12", "PPO"),
    entry("13", "Point of service"),
    entry("14", "EPO"),
    entry("15", "Indemnity"),
    entry("16", "Medicare Advantage HMO (risk)"),
    entry("17", "Dental maintenance organization"),
    entry("AM", "Automobile medical"),
    entry("BL", "Blue Cross Blue Shield"),
    entry("CH", "TRICARE"),
    entry("CI", "Commercial"),
    entry("DS", "Disability"),
    entry("FI", "Federal employees program"),
    entry("HM", "HMO"),
    entry("LM", "Liability medical"),
    entry("MA", "Medicare Part A"),
    entry("MB", "Medicare Part B"),
    entry("MC", "Medicaid"),
    entry("OF", "Other federal program"),
    entry("TV", "Title V"),
    entry("VA", "Veterans Affairs"),
    entry("WC", "Workers compensation"),
    entry("ZZ", "Mutually defined or unknown"),
];
