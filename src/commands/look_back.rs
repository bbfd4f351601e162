//! `claimgate rules look-back`: which claims of the store break a rule as it is now.
//!
//! A rule is often written when a fault has come to light. Whoever writes it wants to know which claims
//! went out with the same fault.

use std::io::Write;

use serde_json::json;
use x12::value::{Day, Money};

use super::rules::no_such_rule;
use super::store::{Desk, Office, open};
use super::terminal::Harmless;
use super::{Failure, Format, Outcome, count};
use crate::clock::Timestamp;
use crate::corrections::{Rescrubbed, rescrub};
use crate::gateway::knowledge::similar;
use crate::intake::likeness::{Likeness, likeness};
use crate::lifecycle::State;
use crate::store::Claim;
use crate::store::archive::hash_of;

/// What is looked for.
#[derive(Debug)]
pub struct LookBack<'a> {
    /// A rule's code or name.
    pub rule: &'a str,
    /// Services on this day or later.
    pub from: Option<Day>,
    /// Services on this day or earlier.
    pub to: Option<Day>,
    pub format: Format,
}

/// How many arrivals are looked at at a time.
const ARRIVALS_PER_PAGE: u32 = 500;

/// Lists the claims that break a rule as it is now, though for whatever they are worth: as they stand with
/// their edits, on the day on which they came.
pub fn run(
    wanted: &LookBack<'_>,
    desk: &Desk<'_>,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut office = open(desk)?;
    let kept = office.rulebook.keep_only(&[wanted.rule.to_owned()]);
    kept.map_err(|rule| no_such_rule(&office.plan, &rule))?;
    let (mut found, mut charge) = (0, Money::ZERO);
    let mut after = None;
    loop {
        let page = office.store.arrivals(after, ARRIVALS_PER_PAGE)?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for arrival in &page {
            let mut claims = office.store.claims_of_arrival(arrival.id)?;
            claims.retain(|claim| is_asked(wanted, claim));
            for claim in claims {
                let standing = standing_then(&office, &claim)?;
                let Some(what) = standing.findings.first().map(|finding| &finding.what) else {
                    continue;
                };
                found += 1;
                charge += claim.charge;
                tell(wanted.format, &claim, what, out)?;
            }
        }
    }
    if wanted.format == Format::Text {
        writeln!(out, "{}, {charge}", count(found, "claim"))?;
    }
    Ok(Outcome::from_findings(found > 0))
}

fn is_asked(wanted: &LookBack<'_>, claim: &Claim) -> bool {
    // A rejected claim never went anywhere; what its office sent in its place is here, too.
    let begins = wanted.from.is_none_or(|from| claim.service_to.is_none_or(|to| from <= to));
    let ends = wanted.to.is_none_or(|to| claim.service_from.is_none_or(|from| from <= to));
    claim.state != State::Rejected && begins && ends
}

/// What the rule finds of a claim on the day on which it came.
fn standing_then(office: &Office, claim: &Claim) -> Result<Rescrubbed, Failure> {
    let document = office.document(claim, &claim.edits)?;
    let today = Timestamp::from_micros(claim.received_at.0).day(&office.plan.zone);
    rescrub(&document, &claim.batch_type, &office.rulebook, &claim.partner, today, |view| {
        let likeness = likeness(view, &claim.partner, hash_of);
        let likeness = Likeness { own: Some(claim.id), ..likeness };
        similar(office.store.as_ref(), &office.plan, &likeness)
            .map(|similar| similar.in_words(&claim.partner))
    })
    .map_err(Failure::from)
}

fn tell(format: Format, claim: &Claim, what: &str, out: &mut dyn Write) -> Result<(), Failure> {
    let number = claim.patient_control_number.expose();
    let (id, state, payer) = (claim.id.0, claim.state.name(), claim.payer.as_deref());
    let service = claim.service_from.map(|day| day.to_string());
    if format == Format::Json {
        let line = json!({"claim": id, "patient_control_number": number, "state": state,
            "payer": payer, "service_from": service, "charge_cents": claim.charge.cents(),
            "what": what});
        writeln!(out, "{line}")?;
        return Ok(());
    }
    let (payer, service) = (payer.unwrap_or("-"), service.unwrap_or_default());
    writeln!(
        Harmless(out),
        "{id:>6}  {number:<20} {state:<12} {payer:<12} {service:<10} {:>12}  {what}",
        claim.charge.to_string()
    )?;
    Ok(())
}
