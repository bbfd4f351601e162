//! Small typed looks at a walked transaction set.
//!
//! A view borrows; it is never written back. Every value knows its place.
//!
//! ```
//! use x12::view::claim::claims;
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let group = &interchange.groups[0];
//! # let set = &group.sets[0];
//! # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
//! # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
//! # let guide = x12::guide::find(&version, &number).expect("a guide");
//! # let walked = x12::walk::walk(interchange, set, guide);
//! for claim in claims(interchange, set, &walked) {
//!     // A value is what stands there, whatever that is; only asking for an amount or a day reads it.
//!     assert!(claim.charge().cents() > 0);
//!     assert!(claim.total_charge.place.offset > 0);
//! }
//! ```

pub mod claim;
pub mod parts;
pub mod remittance;

pub mod answer;
