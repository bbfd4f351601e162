//! The command line.

use std::process::ExitCode;

use claimgate::commands::{self, Arguments};
use clap::Parser;

#[allow(clippy::print_stderr, reason = "a person at a terminal reads why it failed")]
fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match commands::run(&arguments) {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            eprintln!("claimgate: {failure}");
            failure.exit_code()
        }
    }
}
