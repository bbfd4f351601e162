//! Small typed looks at a walked transaction set.
//!
//! A view borrows; it is never written back. Every value knows its place.

pub mod claim;
pub mod parts;
pub mod remittance;

pub mod answer;
