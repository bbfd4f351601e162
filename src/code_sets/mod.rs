//! Published code sets with their dates of effect.
//!
//! `SOURCES.md` in this folder says where each table comes from and why it may ship.

pub mod icd10cm;

use x12::value::Day;

/// What a code is worth on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In effect.
    Valid,
    /// Names a group: never sent by itself, longer codes that start with it are in effect.
    Header,
    /// Not in the edition that we carry.
    Unknown,
    /// In effect from this day on.
    NotYet(Day),
    /// This was its last day of effect.
    Ended(Day),
}
