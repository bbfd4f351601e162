//! How urgent an admission was (CL101).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "as in public CMS material to 2024, not the licensed list";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("1", "Emergency"),
    entry("2", "Urgent"),
    entry("3", "Elective"),
    entry("4", "Newborn"),
    entry("5", "Trauma"),
    entry("9", "Not known"),
];
