//! X12 health-care interchanges: read, check against the guides, view, edit, answer.

pub mod delimiters;
pub mod interchange;
mod envelope;
pub mod segment;
pub mod value;
pub mod phi;
pub mod fault;
pub mod guide;
pub mod walk;
mod check;
