//! A remittance that was held and the corrected one that took its place: under the same number of the same
//! payer, about the same claims, whatever amount each says that it pays.

use std::collections::BTreeSet;

use x12::segment::Field;
use x12::view::remittance::Remittance;

use super::in_file;
use crate::change::{ArrivalId, WorkMove};
use crate::intake::{Intake, Knowledge, Under};

/// CLP01, CLP07, and whether it takes back.
type Claims = BTreeSet<(String, String, bool)>;

/// Why the item of a remittance that did not add up closed by itself.
pub const PUT_RIGHT: &str = "the corrected remittance came and is posted";

fn claims_of(remittance: &Remittance<'_>) -> Claims {
    let text = |field: &Field<'_>| field.text().trim().to_owned();
    let claims = remittance.claims.iter().map(|claim| {
        let numbers = (&claim.patient_control_number, &claim.payer_control_number);
        (text(numbers.0), text(numbers.1), claim.is_reversal())
    });
    claims.collect()
}

/// Whether one of two is the other, put right: it may have a claim more or less.
fn is_correction(one: &Claims, other: &Claims) -> bool {
    let is_there = !one.is_empty() && !other.is_empty();
    is_there && (one.is_subset(other) || other.is_subset(one))
}

/// What may be the other of a remittance: its claims, and all that came under its number, of a payer to a payee by
/// whichever of its numbers.
fn others(
    remittance: &Remittance<'_>,
    of: (&str, &[String]),
    knowledge: &dyn Knowledge,
) -> (Claims, Vec<Under>) {
    let claims = claims_of(remittance);
    let trace = remittance.trace.text();
    let is_known = !claims.is_empty() && !trace.trim().is_empty();
    let (payer, payees) = of;
    let payees = payees.iter().filter(|_| is_known);
    let under = payees.flat_map(|payee| knowledge.paid_under((payer, payee), &trace)).collect();
    (claims, under)
}

/// The remittance that was posted under the number of one that is held, and is about the same claims.
pub(super) fn posted_instead(
    remittance: &Remittance<'_>,
    of: (&str, &[String]),
    own: &str,
    knowledge: &dyn Knowledge,
) -> Option<String> {
    let (claims, under) = others(remittance, of, knowledge);
    let found = under.into_iter().find(|one| {
        let is_other = !one.is_held && one.identity != own;
        is_other && claims_in(one, knowledge).is_some_and(|(said, _)| is_correction(&claims, &said))
    });
    found.map(|one| one.identity)
}

/// The steps that close the items of what was held, when what is posted now is its correction.
pub(super) fn held_before(
    intake: &Intake<'_>,
    remittance: &Remittance<'_>,
    of: (&str, &[String]),
) -> Vec<WorkMove> {
    let knowledge = intake.knowledge;
    let (claims, under) = others(remittance, of, knowledge);
    let ArrivalId(arrival) = intake.source.arrival;
    let note = format!(
        "{PUT_RIGHT}: arrival {arrival}; where both are paid, `claimgate queue post --another`"
    );
    let steps = under.iter().filter(|one| one.is_held).filter_map(|one| {
        let (said, offset) = claims_in(one, knowledge)?;
        let is_it = is_correction(&claims, &said);
        is_it.then(|| knowledge.step_of_held((one.arrival, offset), &note)).flatten()
    });
    steps.collect()
}

/// The claims of a remittance that came before, and the byte at which its BPR stands.
fn claims_in(one: &Under, knowledge: &dyn Knowledge) -> Option<(Claims, usize)> {
    let file = knowledge.file(&knowledge.remitted_in(&one.identity)?)?;
    in_file::find(&file, |kept| {
        let is_it = kept.names(|bytes| knowledge.hash(bytes)).has(&one.identity);
        is_it.then(|| (claims_of(&kept.remittance), kept.remittance.place.offset))
    })
}
