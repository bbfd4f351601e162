//! The commands of the program: each reads its arguments, lets a room work, and prints.

// What goes wrong beside the result is told to the person at the terminal.
#![allow(clippy::print_stderr)]

pub mod ack;
mod ahead;
pub mod appeal;
pub mod audit;
pub mod bank;
mod blank;
pub mod check;
pub mod claim;
pub mod codes;
pub mod contracts;
pub mod convert;
pub mod demo;
pub mod denials;
pub mod export;
pub mod ledger;
mod look_back;
mod output;
pub mod queue;
pub mod remit;
pub mod rules;
pub mod serve;
pub mod show;
pub mod side_by_side;
pub mod simulate_payer;
mod snippet;
pub mod statement;
pub mod store;
mod taken_back;
mod terminal;
mod too_much;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use x12::value::Day;

use crate::{clock, shelf};

/// An open, self-hosted EDI clearinghouse gateway.
#[derive(Debug, Parser)]
#[command(name = "claimgate", version, about, arg_required_else_help = true)]
pub struct Arguments {
    /// The settings; without it config/claimgate.toml, or else built-in defaults.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Where the gateway keeps its store, its archive and its directories.
    #[arg(long, global = true, value_name = "DIR", default_value = "claimgate-data")]
    pub data: PathBuf,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read, validate and scrub X12 files.
    Check(check::CheckArguments),
    /// Write the answers that a file would get: TA1, 999, 277CA.
    Ack(ack::AckArguments),
    /// Lay a file out for reading, findings in place.
    Show(show::ShowArguments),
    /// Balance a remittance: every equation, with the segments that enter it.
    Remit(remit::RemitArguments),
    /// Claims and remittances as JSON and back; remittances as a table or a page.
    Convert(convert::ConvertArguments),
    /// The rules that claims are scrubbed with.
    Rules(rules::RulesArguments),
    /// The code sets at hand; import of the publishers' own files.
    Codes(codes::CodesArguments),
    /// What payers owe by contract, and what they were seen to pay.
    Contracts(contracts::ContractsArguments),
    /// How denials are routed: by our table, and by an office's rows over it.
    Denials(denials::DenialsArguments),
    /// The whole loop in one go, with a simulated payer, in a temporary place.
    Demo(demo::DemoArguments),
    /// A payer that answers 837s as a script tells it, between two directories.
    SimulatePayer(simulate_payer::SimulatePayerArguments),
    /// The daemon: watch, answer, scrub, send, reconcile.
    #[command(
        after_help = "Example:\n  claimgate --config config/claimgate.toml --data /var/lib/claimgate serve"
    )]
    Serve,
    /// The correction queue.
    Queue(queue::QueueArguments),
    /// One claim's whole life.
    Claim(claim::ClaimArguments),
    /// What a patient owes, once the last payer has paid: a page to print, or a table.
    Statement(statement::StatementArguments),
    /// Accounts, money that waits, what payers carry, and the rules that they break.
    Ledger(ledger::LedgerArguments),
    /// A packet to have a claim decided on again; or the check of one.
    Appeal(appeal::AppealArguments),
    /// Reports as tables: payments, postings, denials, receivables, rates, payers' faults.
    Export(export::ExportArguments),
    /// Files of the bank: deposits, and the remittances whose money they are.
    Bank(bank::BankArguments),
    /// Recount the raw files: is every claim accounted for?
    Audit(audit::AuditArguments),
}

/// How a command ended that did what it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Done, and clean.
    Clean,
    /// Done, and there is something to act on.
    ToActOn,
    /// Done, and nothing is wrong; but a person should look at what nobody explained.
    ToLookAt,
}

impl Outcome {
    /// `ToActOn` when there is something.
    pub const fn from_findings(has_any: bool) -> Outcome {
        if has_any { Outcome::ToActOn } else { Outcome::Clean }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        ExitCode::from(match outcome {
            Outcome::Clean => 0,
            Outcome::ToActOn => 1,
            Outcome::ToLookAt => 4,
        })
    }
}

/// Why a command could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The input or the arguments cannot be used.
    #[error("{0}")]
    Unusable(String),
    /// The disk, the store or the network failed.
    #[error("{0}")]
    World(String),
}

impl Failure {
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(match self {
            Failure::Unusable(_) => 2,
            Failure::World(_) => 3,
        })
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure::World(format!("writing the output failed: {error}"))
    }
}

impl From<shelf::Error> for Failure {
    fn from(error: shelf::Error) -> Failure {
        Failure::World(error.to_string())
    }
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
}

/// Runs a command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let stdout = io::stdout();
    let mut out = io::BufWriter::new(stdout.lock());
    let desk = store::Desk { config: arguments.config.as_deref(), data: &arguments.data };
    let outcome = match &arguments.command {
        Command::Check(own) => check::run(own, &desk, &mut out),
        Command::Ack(own) => ack::run(own, &desk, &mut out),
        Command::Show(own) => show::run(own, &desk, &mut out),
        Command::Remit(own) => remit::run(own, &desk, &mut out),
        Command::Convert(own) => convert::run(own, &mut out),
        Command::Rules(own) => rules::run(own, &desk, &mut out),
        Command::Codes(own) => codes::run(own, &arguments.data, &mut out),
        Command::Contracts(own) => contracts::run(own, &desk, &mut out),
        Command::Denials(own) => denials::run(own, &desk, &mut out),
        Command::Demo(own) => demo::run(own, &mut out),
        Command::SimulatePayer(own) => simulate_payer::run(own, &mut out),
        Command::Serve => serve::run(&desk),
        Command::Queue(own) => queue::run(own, &desk, &mut out),
        Command::Claim(own) => claim::run(own, &desk, &mut out),
        Command::Statement(own) => statement::run(own, &desk, &mut out),
        Command::Ledger(own) => ledger::run(own, &desk, &mut out),
        Command::Appeal(own) => appeal::run(own, &desk, &mut out),
        Command::Export(own) => export::run(own, &desk, &mut out),
        Command::Bank(own) => bank::run(own, &desk, &mut out),
        Command::Audit(own) => audit::run(own, &desk, &mut out),
    };
    match out.flush().map_err(Failure::from).and(outcome) {
        // A reader that has seen enough, such as `head`, is no failure.
        Err(Failure::World(text)) if text.contains("Broken pipe") => Ok(Outcome::Clean),
        outcome => outcome,
    }
}

/// A file of any size that is read as it comes, and how long it is.
fn open_file(path: &Path) -> Result<(File, u64), Failure> {
    let shown = path.display();
    let cannot =
        |error: std::io::Error| Failure::Unusable(format!("{shown} cannot be read: {error}"));
    let metadata = std::fs::metadata(path).map_err(cannot)?;
    if metadata.is_dir() {
        return Err(Failure::Unusable(format!("{shown} is a directory; name a file in it")));
    }
    Ok((File::open(path).map_err(cannot)?, metadata.len()))
}

/// What to say of a file without an interchange.
fn not_x12(path: &Path, len: u64) -> Failure {
    let shown = path.display();
    // A pipe says no length, nor does a file that the system makes up as it is read.
    let has_nothing =
        || File::open(path).is_ok_and(|mut file| matches!(file.read(&mut [0]), Ok(0)));
    Failure::Unusable(if len == 0 && path.is_file() && has_nothing() {
        format!("{shown} is empty; send an X12 file")
    } else if len == 0 {
        format!("{shown} holds no X12 interchange: no ISA header was found in it")
    } else {
        format!(
            "{shown} holds no X12 interchange: no ISA header was found in its {len} bytes; \
             send an X12 file, unpacked and as it came"
        )
    })
}

/// Says on standard error what is wrong. Text of files and their names steer no terminal; that nobody
/// can hear it changes nothing.
pub fn complain(what: &dyn std::fmt::Display) {
    let mut stderr = io::stderr().lock();
    writeln!(terminal::Harmless(&mut stderr), "claimgate: {what}").ok();
}

/// `1 claim`, `2 claims`.
fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// A day that a person wrote, or today.
fn day_or_today(day: Option<Day>) -> Day {
    day.unwrap_or_else(|| clock::today(&clock::Zone::UTC))
}

/// Reads a day as people write it, for clap.
fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse_dashed(text).ok_or_else(|| "write a day of the calendar as YYYY-MM-DD".to_owned())
}
