//! The modifiers of CPT: numbers alone, for services, hospitals and measures.

/// Which publication the table follows.
pub const EDITION: &str = "modifiers of CPT in use, as of 2026";

/// How many codes there are.
pub const CODE_COUNT: usize = CODES.len();

/// Whether CPT has the modifier.
pub fn contains(code: &[u8]) -> bool {
    CODES.binary_search_by(|known| known.as_bytes().cmp(code)).is_ok()
}

/// In byte order.
static CODES: &[&str] = &[
    "1P", "22", "23", "24", "25", "26", "27", "2P", "32", "33", "3P", "47", "50", "51", "52", "53",
    "54", "55", "56", "57", "58", "59", "62", "63", "66", "73", "74", "76", "77", "78", "79", "80",
    "81", "82", "8P", "90", "91", "92", "93", "95", "96", "97", "99", "P1", "P2", "P3", "P4", "P5",
    "P6",
];
