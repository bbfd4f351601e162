//! claimgate: an open, self-hosted EDI clearinghouse gateway. Rooms in reading order.

// Results go out from the commands; all else goes through telemetry.
#![warn(clippy::print_stderr, clippy::print_stdout)]
// Text of files need not be ASCII.
#![warn(clippy::string_slice)]

/// A test for each of X12's answers to a request for interpretation, named after its number, so that
/// `cargo test rfi_2601` runs it: all are tried by one function.
#[cfg(test)]
macro_rules! answers {
    ($try_one:ident: $($name:ident)+) => {
        const ANSWERS: &[&str] = &[$(stringify!($name)),+];

        $(
            #[test]
            fn $name() {
                $try_one(stringify!($name));
            }
        )+
    };
}

// Pure rooms: values in, values out.

pub mod lifecycle;

pub mod change;

pub mod code_sets;

pub mod scrub;

pub mod document;

pub mod contracts;

pub mod denials;

pub mod ledger;

pub mod reconcile;

pub mod bank;

pub mod intake;

pub mod responses;

pub mod inspect;

pub mod convert;

pub mod reports;

pub mod appeal;
pub mod statement;

pub mod outbound;

pub mod corrections;

pub mod coordination;

pub mod simulated_payer;

pub mod harmless;

pub mod limits;

// Shell rooms: they touch the world.

pub mod clock;

pub mod cores;

pub mod telemetry;

pub mod settings;

pub mod shelf;

pub mod store;

pub mod transport;

pub mod web;

pub mod gateway;

pub mod audit;

pub mod commands;
