//! How the payer processed a claim (CLP02 of the 835).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "005010X221A1";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("1", "Processed as primary"),
    entry("19", "Processed as primary, forwarded"),
    entry("2", "Processed as secondary"),
    entry("20", "Processed as secondary, forwarded"),
    entry("21", "Processed as tertiary, forwarded"),
    entry("22", "Reversal of previous payment"),
    entry("23", "Not our claim, forwarded"),
    entry("25", "Predetermination pricing only, no payment"),
    entry("3", "Processed as tertiary"),
    entry("4", "Denied"),
];
