//! X12 health-care interchanges.

pub mod guide;
