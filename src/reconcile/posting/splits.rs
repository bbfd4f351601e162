//! A claim that is split over CLPs that each tell all of it: what one of them calls paid before, and another
//! decides on, is denied by none.

use std::collections::HashMap;

use x12::view::remittance::{ClaimPayment, Remittance};

use super::{Incoming, Judged};
use crate::change::{ClaimId, Tier};
use crate::denials::denied::Denied;
use crate::denials::reasons::OF_COPIES;
use crate::reconcile::matching::{KnownClaim, LineMatch, LinePart, Match};
use crate::reconcile::outcome::Outcome;

/// Leaves the lines to each other of all CLPs of a remittance that are parts of one claim.
pub(super) fn leave_to_each_other(all: &mut [Judged<'_, '_>]) {
    let mut of_claims: HashMap<ClaimId, Vec<usize>> = HashMap::new();
    for (at, judged) in all.iter().enumerate() {
        if let (Match::Sure { claim, .. }, false) = (&judged.found, judged.payment.is_reversal()) {
            of_claims.entry(claim.id).or_default().push(at);
        }
    }
    for parts in of_claims.into_values().filter(|parts| parts.len() > 1) {
        let lines = |at: &usize| Some((*at, all.get(*at)?.lines_with_shared()));
        let lines: Vec<(usize, Vec<LineMatch>)> = parts.iter().filter_map(lines).collect();
        for at in parts {
            let beside = lines.iter().filter(|(other, _)| *other != at);
            let beside: Vec<&LineMatch> = beside.flat_map(|(_, lines)| lines).collect();
            if let Some(judged) = all.get_mut(at) {
                judged.outcome = of_part(judged.outcome.clone(), judged, &beside);
            }
        }
    }
}

/// The same of one CLP, beside those of the remittance that name the same claim.
pub(super) fn leave_to_others(
    judged: &mut Judged<'_, '_>,
    claim: &KnownClaim,
    (remittance, incoming): (&Remittance<'_>, &Incoming<'_>),
) {
    let own = judged.payment;
    let is_beside = |other: &&ClaimPayment<'_>| {
        let number = other.patient_control_number.text();
        let is_same = number.trim() == own.patient_control_number.text().trim();
        is_same && !other.is_reversal() && other.place.offset != own.place.offset
    };
    let beside = remittance.claims.iter().filter(is_beside);
    let lines = |other| {
        let found = Match::Sure { claim, tier: Tier::default(), by: String::new() };
        Judged::of((0, other), found, incoming).lines_with_shared()
    };
    let beside: Vec<LineMatch> = beside.flat_map(lines).collect();
    judged.outcome =
        of_part(judged.outcome.clone(), judged, &beside.iter().collect::<Vec<&LineMatch>>());
}

impl Judged<'_, '_> {
    /// Its lines, of which one that it shares with another CLP counts as a whole one.
    fn lines_with_shared(&self) -> Vec<LineMatch> {
        let mut lines = self.lines.clone();
        for (found, service) in lines.iter_mut().zip(&self.payment.services) {
            let is_part = matches!(found.part, LinePart::Some | LinePart::SomeDenied);
            let is_shared = is_part && self.pended.has_left(service);
            if is_shared || found.part.is_copied_in_part() {
                found.part = LinePart::Whole;
            }
        }
        lines
    }
}

/// What a CLP means that decides on a part of its lines and calls the others paid before, which those beside
/// it decide on.
fn of_part(outcome: Outcome, judged: &Judged<'_, '_>, beside: &[&LineMatch]) -> Outcome {
    let Outcome::Denied(mut parts) = outcome else { return outcome };
    let is_of = |found: &LineMatch, part| found.part == part && found.line.is_some();
    // A second copy of the claim decides on nothing.
    let shared = judged.lines_with_shared();
    let is_part = shared.iter().any(|found| is_of(found, LinePart::Whole));
    if judged.payment.status.is("4") || parts.is_empty() || !is_part {
        return Outcome::Denied(parts);
    }
    let is_in_part = |part| matches!(part, LinePart::Some | LinePart::SomeDenied);
    let is_left = |part: &Denied| {
        let own =
            judged.lines.iter().filter(|found| part.line.is_some() && found.line == part.line);
        let mut other = beside.iter().filter(|found| found.line == part.line);
        let is_of_copy = OF_COPIES.contains(&part.reason.as_str());
        let is_in_copy = |found: &LineMatch| is_of_copy && found.part.is_copied_in_part();
        let is_of_part = own.clone().all(is_in_copy);
        own.clone().next().is_some()
            && own.clone().all(|found| is_of(found, LinePart::Copy) || is_in_copy(found))
            && other
                .any(|found| found.part == LinePart::Whole || is_of_part && is_in_part(found.part))
    };
    parts.retain(|part| !is_left(part));
    if parts.is_empty() { Outcome::Paid } else { Outcome::Denied(parts) }
}
