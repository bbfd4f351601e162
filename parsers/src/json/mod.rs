//! Claims, remittances and their answers as JSON, and back.
//!
//! The form is driven by the [`guide`](crate::guide) tables: every row and element of every guide
//! has a key, named by the table's own name, and the published schemas are made of the same tables.
//! [`write`](mod@write) tells a file as a document, [`read`](mod@read) writes the X12 that a document
//! tells, and [`schema`](mod@schema) says what may stand in one. What goes there and back comes back
//! with the same segments.
//!
//! ```
//! use x12::json;
//!
//! let document = br#"{
//!   "interchanges": [{
//!     "sender": {"id": "EXPLAN"}, "receiver": {"id": "WILLOWCLINIC"},
//!     "date": "2026-03-01", "time": "09:15", "control_number": "1", "usage": "test",
//!     "groups": [{
//!       "sender": "EXPLAN", "receiver": "WILLOWCLINIC", "date": "2026-03-01", "time": "09:15",
//!       "control_number": "1", "version": "005010X221A1",
//!       "transactions": [{"set": "835", "totalPaid": "100"}]
//!     }]
//!   }]
//! }"#;
//! let composed = json::read::read(document);
//! let problem = composed.problems.first().expect("a key that is not known");
//! assert_eq!(
//!     problem.to_string(),
//!     "$.interchanges[0].groups[0].transactions[0].totalPaid: there is no such key here; did you \
//!      mean `total_paid`?"
//! );
//! ```

pub mod read;
pub mod schema;
pub mod write;

pub mod problem;

// Both ways.
mod envelope;
mod segment;
mod set;

// The form of the document, made of the guide tables.
mod fields;
mod names;
mod shape;

mod dates;
mod node;

#[cfg(test)]
mod tests;
