//! A remittance that was held and the corrected one that took its place: under the same number of the same
//! payer, about the same claims, whatever amount each says that it pays.

use std::collections::BTreeSet;

use bytes::Bytes;
use x12::segment::Field;
use x12::view::remittance::{Remittance, remittance};

use super::content_of;
use crate::change::{ArrivalId, ContentHash, WorkMove};
use crate::intake::judge::judge;
use crate::intake::{Intake, Knowledge, Under};
use crate::reconcile;

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

/// The remittance that was posted under the number of one that is held, and is about the same claims.
pub(super) fn posted_instead(
    remittance: &Remittance<'_>,
    of: (&str, &str),
    own: &str,
    knowledge: &dyn Knowledge,
) -> Option<String> {
    let claims = claims_of(remittance);
    let trace = remittance.trace.text();
    if claims.is_empty() || trace.trim().is_empty() {
        return None;
    }
    let mut under = knowledge.paid_under(of, &trace).into_iter();
    let found = under.find(|one| {
        let is_other = !one.is_held && one.identity != own;
        is_other && claims_in(one, knowledge).is_some_and(|(said, _)| is_correction(&claims, &said))
    });
    found.map(|one| one.identity)
}

/// The steps that close the items of what was held, when what is posted now is its correction.
pub(super) fn held_before(
    intake: &Intake<'_>,
    remittance: &Remittance<'_>,
    of: (&str, &str),
) -> Vec<WorkMove> {
    let claims = claims_of(remittance);
    let trace = remittance.trace.text();
    if claims.is_empty() || trace.trim().is_empty() {
        return Vec::new();
    }
    let knowledge = intake.knowledge;
    let under = knowledge.paid_under(of, &trace);
    let held = under.iter().filter(|one| one.is_held);
    let ArrivalId(arrival) = intake.source.arrival;
    let note = format!(
        "{PUT_RIGHT}: arrival {arrival}; where both are paid, `claimgate queue post --another`"
    );
    let steps = held.filter_map(|one| {
        let (said, offset) = claims_in(one, knowledge)?;
        let is_it = is_correction(&claims, &said);
        is_it.then(|| knowledge.step_of_held((one.arrival, offset), &note)).flatten()
    });
    steps.collect()
}

/// The claims of a remittance that came before, and the byte at which its BPR stands.
fn claims_in(one: &Under, knowledge: &dyn Knowledge) -> Option<(Claims, usize)> {
    let file = knowledge.file(&knowledge.remitted_in(&one.identity)?)?;
    find(&file, &one.identity, |bytes| knowledge.hash(bytes))
}

fn find(
    file: &Bytes,
    identity: &str,
    hash: impl Fn(&[u8]) -> ContentHash,
) -> Option<(Claims, usize)> {
    for interchange in &x12::interchange::read(file).interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                if interchange.set_header(set).text(1) != b"835" {
                    continue;
                }
                let judged = judge(interchange, group, set);
                let remittance = remittance(interchange, set, &judged.walked);
                let content = content_of(interchange, set, &hash);
                let own = reconcile::identity(&remittance, &content);
                let refused = super::refused_as(&own, &content, &judged);
                if identity == own || identity == refused {
                    return Some((claims_of(&remittance), remittance.place.offset));
                }
            }
        }
    }
    None
}
