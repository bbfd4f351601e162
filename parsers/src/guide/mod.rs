//! What each transaction set may contain.
//!
//! [`row`] has the words, the guides' files are the tables, and [`find`] picks a table by the
//! version and the set that a file names.
//!
//! ```
//! use x12::guide;
//!
//! let guide = guide::find("005010X222A1", "837").expect("the professional claim");
//! assert_eq!((guide.group, guide.name), ("HC", "professional claim"));
//! ```

pub mod row;

// The base standard.
pub mod base;
pub(crate) mod codes;
pub mod control;
pub(crate) mod elements;
mod names;
pub mod segments;
pub(crate) mod standard_sets;

// The guides: claims, payments, answers.
pub mod conditions;
pub(crate) mod shared;
pub(crate) mod shared_claims;
pub(crate) mod x222_professional;
pub(crate) mod x223_institutional;
pub(crate) mod x224_dental;

pub(crate) mod x221_remittance;
pub(crate) mod x231_implementation_ack;
pub(crate) mod x997_functional_ack;

pub(crate) mod x214_claim_ack;

// Other sets of health care, by the base standard alone.
pub mod standard;

#[cfg(test)]
mod tests;

#[cfg(test)]
mod ambiguity;

use row::Guide;

/// Every guide that we can read, check and write. Sets that we only read, and check by
/// the standard alone, are among [`all`].
///
/// ```
/// use x12::guide::ALL;
///
/// assert!(ALL.iter().any(|guide| guide.set == "835" && guide.id == "005010X221A1"));
/// ```
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
///
/// ```
/// // A guide's table names the set; whoever has its codes looks them up.
/// assert!(x12::guide::SETS.contains(&"place-of-service"));
/// ```
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
///
/// ```
/// use x12::guide::{ALL, all};
///
/// // Eligibility and others, which are checked by the standard alone.
/// let by_standard_alone = all().filter(|guide| ALL.iter().all(|known| known.id != guide.id));
/// assert!(by_standard_alone.count() > 0);
/// ```
pub fn all() -> impl Iterator<Item = &'static Guide> {
    ALL.iter().chain(standard::ALL).copied()
}

/// The guide of a transaction set: `version` as GS08 or ST03 spells it, `set` as ST01.
///
/// A 997 is found whichever version it names, for senders put there the standard's, or that of the
/// group which they answer.
///
/// Partners spell versions in several ways; the old addenda of a guide are read by the present one.
///
/// ```
/// use x12::guide::find;
///
/// let present = find("005010X222A1", "837").expect("the professional claim");
/// assert_eq!(find("005010X222", "837").expect("the same").id, present.id);
/// assert!(find("004010X098A1", "837").is_none());
/// ```
pub fn find(version: &str, set: &str) -> Option<&'static Guide> {
    if set == x997_functional_ack::GUIDE.set {
        return Some(&x997_functional_ack::GUIDE);
    }
    let spelled = |guide: &Guide| guide.id == version || guide.also.contains(&version);
    all().find(|guide| guide.set == set && spelled(guide))
}

/// The guide of a transaction set that we write too. Those that are held against the base standard
/// alone have none.
///
/// ```
/// use x12::guide::find_written;
///
/// assert!(find_written("005010X221A1", "835").is_some());
/// assert!(find_written("005010X279A1", "271").is_none());
/// ```
pub fn find_written(version: &str, set: &str) -> Option<&'static Guide> {
    find(version, set).filter(|guide| !standard::is_standard(guide))
}
