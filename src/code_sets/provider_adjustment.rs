//! Why the balance of a provider changes (PLB03-1 of the 835).

use crate::code_sets::{Entry, entry, find};

/// Which publication the table follows.
pub const EDITION: &str = "005010X221A1";

/// Our own short words for the code; `None` when there is no such code.
pub fn meaning(code: &[u8]) -> Option<&'static str> {
    find(CODES, code).map(|entry| entry.meaning)
}

/// In byte order.
pub(super) static CODES: &[Entry] = &[
    entry("50", "Late filing reduction"),
    entry("51", "Interest penalty charge"),
    entry("72", "Authorized return (refund received from provider)"),
    entry("90", "Early payment allowance"),
    entry("AH", "Origination fee"),
    entry("AM", "Applied to borrower account"),
    entry("AP", "Acceleration of benefits"),
    entry("B2", "Rebate"),
    entry("B3", "Recovery allowance"),
    entry("BD", "Bad debt adjustment"),
    entry("BN", "Bonus"),
    entry("C5", "Temporary allowance"),
    entry("CR", "Capitation interest"),
    entry("CS", "Adjustment (general)"),
    entry("CT", "Capitation payment"),
    entry("CV", "Capital passthrough"),
    entry("CW", "Certified registered nurse anesthetist passthrough"),
    entry("DM", "Direct medical education passthrough"),
    entry("E3", "Withholding"),
    entry("FB", "Forwarding balance"),
    entry("FC", "Fund allocation"),
    entry("GO", "Graduate medical education passthrough"),
    entry("HM", "Hemophilia clotting factor supplement"),
    entry("IP", "Incentive premium payment"),
    entry("IR", "Internal Revenue Service withholding"),
    entry("IS", "Interim settlement"),
    entry("J1", "Nonreimbursable amount"),
    entry("L3", "Penalty"),
    entry("L6", "Interest owed"),
    entry("LE", "Levy"),
    entry("LS", "Lump sum"),
    entry("OA", "Organ acquisition passthrough"),
    entry("OB", "Offset for affiliated providers"),
    entry("PI", "Periodic interim payment"),
    entry("PL", "Final payment"),
    entry("RA", "Retroactivity adjustment"),
    entry("RE", "Return on equity"),
    entry("SL", "Student loan repayment"),
    entry("TL", "Third-party liability"),
    entry("WO", "Overpayment recovery"),
    entry("WU", "Unspecified recovery"),
];
