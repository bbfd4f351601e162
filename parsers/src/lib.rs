//! X12 health-care interchanges: read, check against the guides, view, edit, answer.

// A library's caller prints, and text of files need not be ASCII.
#![warn(clippy::print_stderr, clippy::print_stdout, clippy::string_slice)]

pub mod answer;
mod check;
pub mod compose;
pub mod delimiters;
pub mod edit;
mod envelope;
pub mod fault;
pub mod guide;
pub mod interchange;
pub mod phi;
pub mod segment;
pub mod value;
pub mod view;
pub mod walk;
mod wrap;
pub mod write;
