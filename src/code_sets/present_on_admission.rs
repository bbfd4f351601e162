//! Whether a diagnosis was there when the patient came (C022-9).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "as in public CMS material to 2024, not the licensed list";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("N", "Came up during the stay"),
    entry("U", "The record does not say"),
    entry("W", "Cannot be told clinically"),
    entry("Y", "Was there at admission"),
];
