//! What a claim is to an earlier one (CLM05-3 of the 837, CLP09 of the 835). Professional and
//! dental claims use 1, 7 and 8; the others belong to institutional bills.

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "as of 2024";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("0", "Non-payment or zero claim"),
    entry("1", "Original claim; admission through discharge"),
    entry("2", "Interim, first"),
    entry("3", "Interim, continuing"),
    entry("4", "Interim, last"),
    entry("5", "Late charge only"),
    entry("6", "Adjustment (reserved)"),
    entry("7", "Replacement of prior claim"),
    entry("8", "Void or cancel of prior claim"),
    entry("9", "Final claim for home health episode"),
    entry("A", "Admission or election notice"),
    entry("B", "Termination or revocation notice"),
    entry("C", "Change of provider notice"),
    entry("D", "Void of notice"),
    entry("E", "Change of ownership"),
    entry("F", "Beneficiary-initiated adjustment"),
    entry("G", "CWF-initiated adjustment"),
    entry("H", "CMS-initiated adjustment"),
    entry("I", "Intermediary adjustment"),
    entry("J", "Other adjustment"),
    entry("K", "OIG-initiated adjustment"),
    entry("M", "MSP-initiated adjustment"),
    entry("O", "Non-payment or zero claim adjustment"),
    entry("P", "QIO adjustment"),
    entry("Q", "Reconsideration or reopening outside timely filing"),
];
