//! The command line.

use std::process::ExitCode;

use claimgate::commands::{self, Arguments};
use clap::Parser;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match commands::run(&arguments) {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            commands::complain(&failure);
            failure.exit_code()
        }
    }
}
