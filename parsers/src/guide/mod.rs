//! What each transaction set may contain.
//!
//! [`row`] has the words, the guides' files are the tables, and [`find`] picks a table by the
//! version and the set that a file names.

pub mod row;

// The base standard.
pub mod base;
pub mod codes;
pub mod control;
pub mod elements;
mod names;
pub mod segments;
pub mod standard_sets;

// The guides: claims, payments, answers.
pub mod conditions;
pub mod shared;
pub mod shared_claims;
pub mod x222_professional;
pub mod x223_institutional;
pub mod x224_dental;

pub mod x221_remittance;
pub mod x231_implementation_ack;
pub mod x997_functional_ack;

pub mod x214_claim_ack;

// Other sets of health care, by the base standard alone.
pub mod standard;

#[cfg(test)]
mod tests;

#[cfg(test)]
mod ambiguity;

use row::Guide;

/// Every guide that we can read, check and write. Sets that we only read stand in
/// [`standard::ALL`].
pub static ALL: &[&Guide] = &[
    &x222_professional::GUIDE,
    &x223_institutional::GUIDE,
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

/// Every table that a file is laid against, those of the base standard alone included.
pub fn all() -> impl Iterator<Item = &'static Guide> {
    ALL.iter().chain(standard::ALL).copied()
}

/// The guide of a transaction set: `version` as GS08 or ST03 spells it, `set` as ST01.
///
/// A 997 is found whichever version it names, for senders put there the standard's, or that of the
/// group which they answer.
pub fn find(version: &str, set: &str) -> Option<&'static Guide> {
    if set == x997_functional_ack::GUIDE.set {
        return Some(&x997_functional_ack::GUIDE);
    }
    let spelled = |guide: &Guide| guide.id == version || guide.also.contains(&version);
    all().find(|guide| guide.set == set && spelled(guide))
}

/// The guide of a transaction set that we write too. Those that are held against the base standard
/// alone have none.
pub fn find_written(version: &str, set: &str) -> Option<&'static Guide> {
    find(version, set).filter(|guide| !standard::is_standard(guide))
}
