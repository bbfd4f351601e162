//! A remittance under the number of one that was posted: is it the same again, or half of it?

use std::collections::BTreeMap;

use bytes::Bytes;
use x12::view::remittance::{ClaimPayment, Remittance, remittance};

use super::content_of;
use crate::change::ContentHash;
use crate::reconcile;

/// How a remittance differs from the one of this identity, which came first in this file, in words;
/// `None` when it is the same, or the first one is no more to be found.
pub(super) fn difference(
    (again, content): (&Remittance<'_>, &ContentHash),
    (identity, first_file): (&str, &Bytes),
    hash: impl Fn(&[u8]) -> ContentHash,
) -> Option<String> {
    let reading = x12::interchange::read(first_file);
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            let version = interchange.group_header(group).field(8).text();
            let Some(guide) = x12::guide::find(&version, "835") else { continue };
            let is_remittance = |set: &&_| interchange.set_header(set).text(1) == b"835";
            for set in group.sets.iter().filter(is_remittance) {
                let walked = x12::walk::walk(interchange, set, guide);
                let first = remittance(interchange, set, &walked);
                let first_content = content_of(interchange, set, &hash);
                let is_first = reconcile::identity(&first, &first_content) == identity;
                if is_first && first_content == *content {
                    return None;
                }
                if is_first {
                    return Some(in_words(&first, again));
                }
            }
        }
    }
    None
}

fn in_words(first: &Remittance<'_>, again: &Remittance<'_>) -> String {
    let (here, there) = (counted(again), counted(first));
    let (new, missing) = (lacking(&here, &there), lacking(&there, &here));
    if new + missing == 0 && reconcile::payee(first) != reconcile::payee(again) {
        return "its claims are the same, and who is paid (N1*PE) is named by another number"
            .to_owned();
    }
    if new + missing == 0 {
        return "its claims are the same, and something else in it is not".to_owned();
    }
    format!(
        "{new} of its {} claims are not as they were posted, and {missing} of the {} that were \
         posted are not as here",
        again.claims.len(),
        first.claims.len()
    )
}

/// What a CLP says, and how many say so.
type Counted<'a> = BTreeMap<[&'a [u8]; 6], usize>;

fn counted<'a>(remittance: &'a Remittance<'_>) -> Counted<'a> {
    let mut counted = Counted::new();
    for claim in &remittance.claims {
        let ClaimPayment { patient_control_number, status, charge, paid, .. } = claim;
        let said = [
            patient_control_number,
            status,
            charge,
            paid,
            &claim.patient_responsibility,
            &claim.payer_control_number,
        ];
        *counted.entry(said.map(|field| field.bytes())).or_default() += 1;
    }
    counted
}

/// How many of these are not among those.
fn lacking(these: &Counted<'_>, those: &Counted<'_>) -> usize {
    let of =
        |(said, count): (_, &usize)| count.saturating_sub(those.get(said).copied().unwrap_or(0));
    these.iter().map(of).sum()
}
