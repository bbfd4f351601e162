//! claimgate: an open, self-hosted EDI clearinghouse gateway. Rooms in reading order.

// Pure rooms: values in, values out.
pub mod code_sets;
pub mod scrub;

// Every bound, for all rooms.
pub mod limits;

// Shell rooms: they touch the world.
pub mod clock;
pub mod settings;
pub mod telemetry;
pub mod transport;
pub mod web;
