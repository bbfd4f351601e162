//! What each transaction set may contain.

pub mod row;
