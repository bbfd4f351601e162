//! `claimgate ack`.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use x12::value::Day;

use super::blank::Blank;
use super::{Failure, Outcome, day_or_today, not_x12, parse_day, read_file};
use crate::change::{ArrivalId, DeliveryKind, Moment, Stamp, Verdict};
use crate::clock;
use crate::denials::route::Limits;
use crate::intake::tally::SetOutcome;
use crate::intake::{Identity, Knowledge, Role, Source, Terms, decide};
use crate::scrub::Scrubber;
use crate::shelf;

#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  claimgate ack batch.edi\n  \
    claimgate ack --kind 999 --as-of 2026-11-01 --control-number 1 batch.edi")]
pub struct AckArguments {
    /// The file to answer.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which of the answers.
    #[arg(long, value_enum, default_value = "all")]
    kind: Kind,
    /// The day of the answer and of date-dependent checks; today at the present time without it.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    as_of: Option<Day>,
    /// The control number of the first answer; the others count on.
    #[arg(long, value_name = "N", default_value = "1",
        value_parser = clap::value_parser!(u32).range(1..=999_999_999))]
    control_number: u32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// One for every interchange, whether it asks for one or not.
    Ta1,
    #[value(name = "999")]
    ImplementationAck,
    #[value(name = "277ca")]
    ClaimAck,
    /// What the file would get: a TA1 only where one is due.
    All,
}

impl Kind {
    const fn wants(self, kind: DeliveryKind) -> bool {
        match kind {
            DeliveryKind::Ta1 => matches!(self, Kind::Ta1 | Kind::All),
            DeliveryKind::ImplementationAck => matches!(self, Kind::ImplementationAck | Kind::All),
            DeliveryKind::ClaimAck => matches!(self, Kind::ClaimAck | Kind::All),
            DeliveryKind::Report | DeliveryKind::Claims | DeliveryKind::Remittance => false,
        }
    }
}

/// Answers a file by the same road as the daemon, with a gateway that knows nothing yet.
pub fn run(
    arguments: &AckArguments,
    data: &Path,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let bytes = read_file(&arguments.file)?;
    let reading = x12::interchange::read(&bytes);
    if reading.interchanges.is_empty() {
        return Err(not_x12(&arguments.file, bytes.len() as u64));
    }
    let knowledge = Blank { first_control_number: arguments.control_number };
    let source = Source {
        arrival: ArrivalId(0),
        content: knowledge.hash(&bytes),
        name: arguments.file.display().to_string(),
        len: bytes.len() as u64,
        refused: None,
    };
    let time = match arguments.as_of {
        Some(_) => "0000".to_owned(),
        None => clock::now().hhmm(&clock::Zone::UTC),
    };
    let stamp = Stamp { now: Moment(0), today: day_or_today(arguments.as_of), time };
    let (terms, scrubber) = (terms(arguments.kind), Scrubber::with(shelf::load(data)?));
    let decided = decide(&reading, &source, &terms, &knowledge, &scrubber, &stamp);
    let change = decided.change;
    for delivery in change.deliveries.iter().filter(|one| arguments.kind.wants(one.kind)) {
        out.write_all(&delivery.bytes)?;
        out.write_all(b"\n")?;
    }
    let taken = change.settles.is_some_and(|settled| settled.verdict == Verdict::Taken);
    // A remittance that is taken in spite of its faults has something to act on, too.
    let mut outcomes = decided.tally.sets_by_outcome.keys();
    let with_errors = outcomes.any(|(_, outcome)| *outcome == SetOutcome::WithErrors);
    Ok(Outcome::from_findings(!taken || with_errors))
}

fn terms(kind: Kind) -> Terms {
    Terms {
        partner: "ack".to_owned(),
        role: Role::Anybody,
        senders: Vec::new(),
        receivers: Vec::new(),
        is_production: None,
        tolerated_notes: Vec::new(),
        always_ta1: kind == Kind::Ta1,
        acks: "acks".to_owned(),
        reports: String::new(),
        acknowledges_remittances: true,
        repeats_wrong_values: true,
        unsupported_sets: Vec::new(),
        identity: Identity {
            name: "CLAIMGATE".to_owned(),
            qualifier: "ZZ".to_owned(),
            id: "CLAIMGATE".to_owned(),
            application: "CLAIMGATE".to_owned(),
        },
        limits: Limits::default(),
    }
}
