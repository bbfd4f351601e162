//! What became of a claim, by kind (STC01-1 of the 277CA).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "list of 2014";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("A0", "Forwarded to another entity"),
    entry("A1", "Received; not yet in adjudication"),
    entry("A2", "Accepted into adjudication"),
    entry("A3", "Returned as unprocessable"),
    entry("A4", "Not found"),
    entry("A5", "Split claim"),
    entry("A6", "Rejected: information missing"),
    entry("A7", "Rejected: information invalid"),
    entry("A8", "Rejected: relational field in error"),
    entry("D0", "Subscriber and patient not found"),
    entry("E0", "Response not possible: error on request"),
    entry("E1", "Response not possible: system not responding"),
    entry("E2", "Information holder not responding: resubmit"),
    entry("E3", "Correction required: relational fields"),
    entry("E4", "Trading partner agreement requirement not met"),
    entry("F0", "Finalized"),
    entry("F1", "Finalized: paid"),
    entry("F2", "Finalized: denied"),
    entry("F3", "Finalized: revised"),
    entry("F3F", "Finalized: forwarded"),
    entry("F3N", "Finalized: not forwarded"),
    entry("F4", "Finalized: adjudicated, no payment forthcoming"),
    entry("F5", "Finalized: cannot process (retired)"),
    entry("P0", "Pending: adjudication and details unknown"),
    entry("P1", "In process"),
    entry("P2", "Payer review"),
    entry("P3", "Provider requested information"),
    entry("P4", "Patient requested information"),
    entry("P5", "Payer administrative or system hold"),
    entry("R0", "General request for information"),
    entry("R1", "Entity information requested"),
    entry("R10", "Request for additional information"),
    entry("R11", "Request for additional information"),
    entry("R12", "Request for additional information"),
    entry("R13", "Request for additional information"),
    entry("R14", "Request for additional information"),
    entry("R15", "Request for additional information"),
    entry("R16", "Request for additional information"),
    entry("R17", "Request for additional information"),
    entry("R3", "Claim or line information requested"),
    entry("R4", "Documentation requested"),
    entry("R5", "More specific information requested"),
    entry("R6", "Request for additional information"),
    entry("R7", "Request for additional information"),
    entry("R8", "Request for additional information"),
    entry("R9", "Request for additional information"),
    entry("RQ", "Request cannot be processed: unauthorized (retired)"),
    entry("X0", "Supplemental message"),
];
