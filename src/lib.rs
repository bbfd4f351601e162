//! claimgate: an open, self-hosted EDI clearinghouse gateway. Rooms in reading order.

// Pure rooms: values in, values out.
pub mod code_sets;
pub mod scrub;
