//! Which claims one looks like, or is sent in the place of.

use std::collections::HashSet;

use x12::value::DayRange;

use crate::change::ClaimId;
use crate::intake::likeness::{self, Came, Likeness, Other, Similar, is_same_payer_number};
use crate::lifecycle::State;
use crate::scrub::earlier::Original;
use crate::settings::plan::Plan;
use crate::store::{self, Claim, Past};

/// Other claims of the store that one looks like.
pub fn similar(
    store: &dyn store::Store,
    plan: &Plan,
    likeness: &Likeness,
) -> store::Result<Similar> {
    let past = match likeness.asks_for_past() {
        true => past_of(store, likeness)?,
        false => Vec::new(),
    };
    let mut similar = Similar {
        same_service: same_service(store, likeness)?,
        same_control_number: same_control_number(store, likeness)?,
        original: original(store, plan, likeness)?,
        ..Similar::default()
    };
    add_past(&mut similar, likeness, past);
    Ok(similar)
}

/// Claims of a patient that are looked at: the newest, for whoever has more has been seen lately.
const PAST_MAX: u32 = 200;

pub(super) fn past_of(store: &dyn store::Store, likeness: &Likeness) -> store::Result<Vec<Past>> {
    store.past_of_patient(&likeness.patient, PAST_MAX)
}

/// Adds what counts of a patient's past, each with the claim that bills it.
pub(super) fn add_past(similar: &mut Similar, likeness: &Likeness, past: Vec<Past>) {
    for one in past {
        let other = Other {
            id: one.claim,
            partner: one.partner,
            patient_control_number: one.patient_control_number,
            state: one.state,
            was_sent: one.times_sent > 0,
            came: None,
        };
        if Some(other.id) != likeness.own && other.counts_for(likeness) {
            similar.visits.extend(one.visits.into_iter().map(|visit| (other.clone(), visit)));
            let operations = one.operations.into_iter();
            similar.operations.extend(operations.map(|operation| (other.clone(), operation)));
            similar.stays.extend(one.stay.map(|stay| (other, stay)));
        }
    }
}

/// What a claim replaces or voids: what its payer knows under REF*F8, or else what its office sent to
/// that payer under the same CLM01. Another payer knows the same service by another number.
pub(super) fn original(
    store: &dyn store::Store,
    plan: &Plan,
    likeness: &Likeness,
) -> store::Result<Option<(Other, Original)>> {
    let Some(number) = likeness.replaces.as_deref().filter(|number| !number.is_empty()) else {
        return Ok(None);
    };
    let payer = plan.route(&likeness.payer_id).map(|payer| &payer.name);
    let went_there = |claim: &Claim| match payer {
        Some(name) => plan.route(&claim.payer_id).map(|payer| &payer.name) == Some(name),
        None => claim.payer_id.eq_ignore_ascii_case(&likeness.payer_id),
    };
    let counts = |claim: &Claim| {
        claim.state != State::Rejected
            && likeness.own.is_none_or(|own| claim.id < own)
            // What was voided is no more.
            && claim.frequency != "8"
            && went_there(claim)
            // One payer may insure a patient twice, and has the second turn as well.
            && (claim.follows.is_none() || !likeness.payers_before.is_empty())
    };
    let mut family = store.claims_by_control_number(likeness.patient_control_number.expose())?;
    let chain = chain_of(likeness, &family);
    let counts = |claim: &Claim| counts(claim) && !chain.contains(&claim.id);
    family.retain(|claim| counts(claim) && claim.partner == likeness.partner);
    let mut under_number = store.claims_by_payer_number(number)?;
    under_number.retain(counts);
    let numbers = || family.iter().map(|claim| claim.payer_control_number.as_str());
    let is_known_otherwise = numbers().any(|known| !known.is_empty())
        && !numbers().any(|known| is_same_payer_number(known, number));
    // Both are the newest first; what was sent comes before what was not. Under its own CLM01 a claim is
    // found more surely.
    let all = || family.iter().chain(&under_number);
    let first_one = || all().find(|claim| claim.frequency != "7");
    let found = all().find(|claim| claim.times_sent > 0).or_else(first_one).cloned();
    Ok(found.map(|claim| {
        let days = match (claim.service_from, claim.service_to) {
            (Some(from), Some(to)) => Some(DayRange { from, to }),
            _ => None,
        };
        let number = &likeness.patient_control_number;
        let facts = Original {
            standing: other(claim.clone()).standing(),
            is_known_otherwise,
            is_same_number: claim.patient_control_number == *number,
            is_same_patient: claim.patient.is_empty() || claim.patient == likeness.patient,
            is_same_provider: claim.billing_npi == likeness.billing_npi,
            days,
            lines: claim.line_count,
        };
        (other(claim), facts)
    }))
}

pub(super) fn same_service(
    store: &dyn store::Store,
    likeness: &Likeness,
) -> store::Result<Option<Other>> {
    let claims = store.claims_by_fingerprint(&likeness.looks.fingerprint)?;
    Ok(likeness::foremost(likeness, claims.into_iter().map(other)))
}

pub(super) fn same_control_number(
    store: &dyn store::Store,
    likeness: &Likeness,
) -> store::Result<Option<Other>> {
    let claims = store.claims_by_control_number(likeness.patient_control_number.expose())?;
    let is_own = |claim: &&Claim| likeness.own == Some(claim.id);
    let follows = claims.iter().find(is_own).map_or(likeness.follows, |own| own.follows);
    if follows.is_some() {
        // It has the number of the claim before it, of which this was asked already.
        return Ok(None);
    }
    let chain = chain_of(likeness, &claims);
    let own = claims.into_iter().filter(|claim| claim.partner == likeness.partner);
    let own = own.filter(|claim| !chain.contains(&claim.id));
    Ok(likeness::foremost(likeness, own.map(other)))
}

/// The claims of the payers before and after a claim's own, among those of its CLM01. They say the
/// same to another payer, and so are no doubles.
fn chain_of(likeness: &Likeness, claims: &[Claim]) -> HashSet<ClaimId> {
    let before =
        |id: ClaimId| claims.iter().find(|claim| claim.id == id).and_then(|claim| claim.follows);
    // A claim is later than the one that it follows, so this ends.
    let first = |mut id: ClaimId| {
        while let Some(earlier) = before(id).filter(|earlier| *earlier < id) {
            id = earlier;
        }
        id
    };
    let Some(own) = likeness.follows.or(likeness.own).map(first) else { return HashSet::new() };
    claims.iter().map(|claim| claim.id).filter(|&id| first(id) == own).collect()
}

fn other(claim: Claim) -> Other {
    Other {
        id: claim.id,
        partner: claim.partner,
        patient_control_number: claim.patient_control_number,
        state: claim.state,
        was_sent: claim.times_sent > 0,
        came: Some(Came { arrival: claim.arrival, service_from: claim.service_from }),
    }
}
