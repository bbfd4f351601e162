//! A remittance for those who post and read it: a table for a spreadsheet, a page for a person.
//!
//! Claims and remittances as JSON are the parser's (`x12::json`), because nothing is decided there.

pub mod draft;
pub mod eob;
pub mod statement;
pub mod table;
