//! Who bears an adjustment (CAS01 of the 835, and of the 837 for other payers).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "005010X221A1, 005010X222A1";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("CO", "Contractual obligation: may not be billed to the patient"),
    entry("CR", "Correction or reversal, in files before 5010"),
    entry("OA", "Other adjustment: neither contract nor patient"),
    entry("PI", "Reduction that the payer started"),
    entry("PR", "Patient responsibility"),
];
