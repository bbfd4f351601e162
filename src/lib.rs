//! claimgate: an open, self-hosted EDI clearinghouse gateway. Rooms in reading order.

// Pure rooms: values in, values out.
pub mod change;
pub mod code_sets;
pub mod denials;
pub mod ledger;
pub mod lifecycle;
pub mod reconcile;

// Shell rooms: they touch the world.
pub mod scrub;
pub mod store;
