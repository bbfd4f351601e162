//! `claimgate ack`.

use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use x12::foresight::{Foresight, Part, Sets};
use x12::value::Day;

use super::ahead::{Reader, all_was_read, open_ahead, too_large};
use super::blank::{Blank, Digester};
use super::store::{Desk, load_without_contracts};
use super::{Failure, Outcome, day_or_today, not_x12, parse_day};
use crate::change::{ArrivalId, ContentHash, DeliveryKind, Moment, NewDelivery, Stamp, Verdict};
use crate::clock;
use crate::denials::route::Limits;
use crate::intake::tally::SetOutcome;
use crate::intake::{Deciding, Identity, Knowledge, Role, Source, Terms};
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
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let path = &arguments.file;
    let (mut file, len) = open_ahead(path)?;
    let knowledge = Blank { first_control_number: arguments.control_number };
    let source = Source {
        arrival: ArrivalId(0),
        content: knowledge.hash(&[]),
        name: path.display().to_string(),
        len,
        refused: None,
        follows: None,
        instead_of: Vec::new(),
    };
    let time = match arguments.as_of {
        Some(_) => "0000".to_owned(),
        None => clock::now().hhmm(&clock::Zone::UTC),
    };
    let stamp = Stamp { now: Moment(0), today: day_or_today(arguments.as_of), time };
    let rulebook = load_without_contracts(desk)?.rulebook(shelf::load(desk.data)?);
    let terms = terms(arguments.kind);
    let mut deciding = Deciding::begin(&source, &terms, &knowledge, &rulebook, &stamp);
    while let Some(part) = next_part(&mut file, path)? {
        match part {
            Part::Stray(stray) => deciding.note_stray(&stray),
            Part::Interchange(outline) => {
                let content = content_of(&mut file, outline.span());
                deciding.take(&outline, content, &mut file, &mut |change| {
                    write(arguments.kind, &std::mem::take(change).deliveries, out)
                })?;
            }
        }
    }
    all_was_read(&file, path)?;
    let decided = deciding.finish();
    if decided.tally.interchanges == 0 {
        return Err(not_x12(path, len));
    }
    let taken = decided.change.settles.is_some_and(|settled| settled.verdict == Verdict::Taken);
    // A remittance that is taken in spite of its faults has something to act on, too. Claims with faults
    // are rejected, or mended.
    let mut outcomes = decided.tally.sets_by_outcome.keys();
    let with_errors =
        outcomes.any(|(number, outcome)| *number != "837" && *outcome == SetOutcome::WithErrors);
    Ok(Outcome::from_findings(!taken || with_errors))
}

/// What comes next, if every set of it can be answered.
fn next_part(file: &mut Foresight<Reader>, path: &Path) -> Result<Option<Part>, Failure> {
    let mut failed = None;
    let part = file.next_part(&mut |interchange, set| {
        if set.is_passed_over() {
            failed.get_or_insert_with(|| too_large(path, interchange, set));
        }
    });
    failed.map_or(Ok(part), Err)
}

/// The digest of an interchange, so that the same one is known again in its file.
fn content_of(file: &mut Foresight<Reader>, span: Range<usize>) -> ContentHash {
    let mut digest = Digester::default();
    for start in span.clone().step_by(HASHED_AT_ONCE) {
        digest.add(&file.bytes(start..span.end.min(start + HASHED_AT_ONCE)));
    }
    digest.finish()
}

const HASHED_AT_ONCE: usize = 1 << 18;

fn write(kind: Kind, deliveries: &[NewDelivery], out: &mut dyn Write) -> io::Result<()> {
    for delivery in deliveries.iter().filter(|one| kind.wants(one.kind)) {
        out.write_all(&delivery.bytes)?;
        out.write_all(b"\n")?;
    }
    Ok(())
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
