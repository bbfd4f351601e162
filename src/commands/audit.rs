//! `claimgate audit`.

use std::io::{self, Write};
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::store::{Desk, Office, open};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome, count};
use crate::audit::{Audit, QUESTIONS, Unexplained, audit, unknown};
use crate::change::{ContentHash, Moment};
use crate::store::AccountTotal;

#[derive(Debug, Args)]
#[command(after_help = "Example:\n  claimgate --data /var/lib/claimgate audit")]
pub struct AuditArguments {
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// Recounts the raw files and compares with the store.
pub fn run(
    arguments: &AuditArguments,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let office = open(desk)?;
    let now = Moment(office.now.micros());
    let damages = office.store.damages()?;
    let found = audit(office.store.as_ref(), (&office.plan.denials, now), |arrival| {
        office.archive.get(&arrival.content).map_err(|error| error.to_string())
    });
    // What is damaged may not be readable at all.
    let mut found = found.map_err(|error| match damages.first() {
        Some(damage) => Failure::World(format!("{error}; {}", told_damage(damage))),
        None => error.into(),
    })?;
    found.disagreements.extend(damages.iter().map(|damage| told_damage(damage)));
    match unknown_files(&office)? {
        0 => {}
        files => found.disagreements.push(format!(
            "{} in the archive that the store knows nothing of: it was lost or put back from a backup, or \
             the gateway was killed as they came; put back a later store, or have their senders send \
             them again",
            count(files, "file")
        )),
    }
    let balances = office.store.balances()?;
    match arguments.format {
        Format::Json => write_json((&found, damages.is_empty()), &balances, out)?,
        Format::Text => {
            write_text((&found, damages.is_empty()), &balances, &mut Harmless(out))?;
        }
    }
    Ok(match (found.disagreements.is_empty(), found.unexplained.is_empty()) {
        (false, _) => Outcome::ToActOn,
        (true, false) => Outcome::ToLookAt,
        (true, true) => Outcome::Clean,
    })
}

fn told_damage(damage: &str) -> String {
    format!(
        "the store's file is damaged ({}): stop the gateway, check the disk, and put the store back from a backup",
        damage.lines().last().unwrap_or_default()
    )
}

/// How many files of the archive came from others, and no arrival speaks of them.
fn unknown_files(office: &Office) -> Result<u64, Failure> {
    let store = office.store.as_ref();
    let mut unknown = unknown(store, office.archive.kept()?)?;
    if unknown.is_empty() {
        return Ok(0);
    }
    // A file is kept a moment before it is known.
    std::thread::sleep(SETTLE);
    unknown = self::unknown(store, unknown)?;
    let ours = office.plan.identity.ids.isa_id.as_bytes();
    // What we sent ourselves is kept with the packets of appeals.
    let is_ours = |hash: &ContentHash| {
        office.archive.get(hash).is_ok_and(|bytes| {
            let reading = x12::interchange::read(&bytes);
            let first = reading.interchanges.first();
            first.is_some_and(|first| first.header().text(6).trim_ascii() == ours)
        })
    };
    Ok(unknown.iter().filter(|hash| !is_ours(hash)).count() as u64)
}

/// How long a file that came may be unknown yet.
const SETTLE: Duration = Duration::from_secs(1);

fn write_text(
    (found, is_whole): (&Audit, bool),
    balances: &[AccountTotal],
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{} arrivals, {} undecided", found.arrivals, found.undecided)?;
    writeln!(out, "claims in            {:>8} {:>16}", found.claims_in, found.charge_in)?;
    for (state, (claims, charge)) in &found.by_state {
        writeln!(out, "  {:<18} {claims:>8} {charge:>16}", state.name())?;
    }
    writeln!(
        out,
        "  {:<18} {:>8} {:>16}",
        "in rejected sets", found.in_rejected_sets, found.charge_in_rejected_sets
    )?;
    writeln!(
        out,
        "claims accounted for {:>8} {:>16}",
        found.claims_accounted(),
        found.charge_accounted()
    )?;
    if found.charges_unsummed > 0 {
        let claims = count(found.charges_unsummed, "claim");
        writeln!(out, "of {claims} the charge is no amount of whole cents, and is in no sum")?;
    }
    if found.claims_repeated > 0 {
        writeln!(out, "{} claims came again, byte for byte", found.claims_repeated)?;
    }
    for total in balances {
        writeln!(out, "account {:<20} {:>16}", total.account.name(), total.amount)?;
    }
    writeln!(out, "ledger of {}: {}", count(found.postings, "posting"), found.ledger)?;
    if is_whole {
        writeln!(out, "the store's file is whole")?;
    }
    for disagreement in &found.disagreements {
        writeln!(out, "disagrees: {disagreement}")?;
    }
    if found.disagreements.is_empty() {
        writeln!(out, "everything agrees")?;
    }
    write_unexplained(found, out)
}

/// How many claims are named of each question; all of them with `--format json`.
const NAMED_MAX: usize = 20;

fn write_unexplained(found: &Audit, out: &mut dyn Write) -> io::Result<()> {
    for question in QUESTIONS {
        let asked = || found.unexplained.iter().filter(|one| one.question == question);
        let claims = asked().count();
        if claims == 0 {
            continue;
        }
        let (name, claims) = (question.name(), count(claims as u64, "claim"));
        writeln!(out, "to look at: {claims}, {name}: what {}", question.meaning())?;
        for one in asked().take(NAMED_MAX) {
            writeln!(out, "  {}", in_words(one))?;
        }
        if NAMED_MAX < asked().count() {
            let more = asked().count() - NAMED_MAX;
            writeln!(out, "  and {more} more, which `--format json` names")?;
        }
        writeln!(out, "  what to do: {}", question.action())?;
    }
    Ok(())
}

fn in_words(one: &Unexplained) -> String {
    let (first, others) = one.claims.split_first().map_or((0, &[][..]), |(id, all)| (id.0, all));
    let others: Vec<String> = others.iter().map(|id| id.0.to_string()).collect();
    let with = match others.is_empty() {
        true => String::new(),
        false => format!(" (with {})", others.join(", ")),
    };
    let sums = &one.sums;
    format!(
        "claim {first}{with}: {}; charged {}, paid {}, taken off {}, owed by payers {}, by the patient {}",
        one.amount,
        sums.charged,
        sums.paid,
        sums.taken_off(),
        sums.receivable,
        sums.patient
    )
}

fn write_json(
    (found, is_whole): (&Audit, bool),
    balances: &[AccountTotal],
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let states: serde_json::Map<_, _> = found
        .by_state
        .iter()
        .map(|(state, (claims, charge))| {
            let total = json!({"claims": claims, "charge_cents": charge.cents()});
            (state.name().to_owned(), total)
        })
        .collect();
    let accounts: serde_json::Map<_, _> = balances
        .iter()
        .map(|total| (total.account.name().to_owned(), json!(total.amount.cents())))
        .collect();
    let object = json!({
        "kind": "audit", "arrivals": found.arrivals, "undecided": found.undecided,
        "claims_in": found.claims_in, "claims_accounted": found.claims_accounted(),
        "charge_in_cents": found.charge_in.cents(),
        "charge_accounted_cents": found.charge_accounted().cents(),
        "in_rejected_sets": found.in_rejected_sets,
        "charges_unsummed": found.charges_unsummed,
        "claims_repeated": found.claims_repeated,
        "states": states, "accounts_cents": accounts,
        "postings": found.postings, "ledger": found.ledger, "store_is_whole": is_whole,
        "disagreements": found.disagreements,
        "unexplained": found.unexplained.iter().map(of_unexplained).collect::<Vec<_>>(),
    });
    writeln!(out, "{object}")?;
    Ok(())
}

fn of_unexplained(one: &Unexplained) -> serde_json::Value {
    let sums = &one.sums;
    json!({
        "question": one.question.name(),
        "claims": one.claims.iter().map(|claim| claim.0).collect::<Vec<_>>(),
        "amount_cents": one.amount.cents(), "charged_cents": sums.charged.cents(),
        "paid_cents": sums.paid.cents(), "taken_off_cents": sums.taken_off().cents(),
        "owed_by_payers_cents": sums.receivable.cents(),
        "owed_by_patient_cents": sums.patient.cents(),
    })
}
