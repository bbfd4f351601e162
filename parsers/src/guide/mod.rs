//! What each transaction set may contain.
//!
//! [`row`] has the words, the guides' files are the tables, and [`find`] picks a table by the
//! version and the set that a file names.

pub mod row;

// The base standard.
pub mod elements;
pub mod segments;

// The guides: claims, payments, answers.
pub mod shared;
pub mod x222_professional;
pub mod x224_dental;

pub mod x221_remittance;
pub mod x231_implementation_ack;
pub mod x997_functional_ack;

pub mod x214_claim_ack;

#[cfg(test)]
mod tests;

use row::Guide;

/// Every guide that we can read, check and write.
pub static ALL: &[&Guide] = &[
    &x222_professional::GUIDE,
    &x224_dental::GUIDE,
    &x221_remittance::GUIDE,
    &x231_implementation_ack::GUIDE,
    &x997_functional_ack::GUIDE,
    &x214_claim_ack::GUIDE,
];

/// Published code sets that the tables name; their codes change with the calendar, not with a guide.
pub static SETS: &[&str] = &[
    "claim-adjustment-reason",
    "claim-frequency",
    "claim-status",
    "claim-status-category",
    "condition",
    "country",
    "currency",
    "place-of-service",
    "remark",
    "state",
    "taxonomy",
];

/// The guide of a transaction set: `version` as GS08 or ST03 spells it, `set` as ST01.
///
/// A 997 belongs to no guide: it is found whichever version it names, for senders put there the
/// standard's, or that of the group which they answer.
pub fn find(version: &str, set: &str) -> Option<&'static Guide> {
    if set == x997_functional_ack::GUIDE.set {
        return Some(&x997_functional_ack::GUIDE);
    }
    let spelled = |guide: &Guide| guide.id == version || guide.also.contains(&version);
    ALL.iter().copied().find(|guide| guide.set == set && spelled(guide))
}
