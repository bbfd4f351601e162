//! Where a remittance says how much it pays, for whom all of it is what a person decides on.

use bytes::Bytes;
use x12::fault::Place;
use x12::view::remittance::remittance;

use super::content_of;
use crate::change::ContentHash;
use crate::intake::judge::judge;
use crate::reconcile;

/// The BPR02 of the remittance of this identity; `None` when the file has none.
pub fn amount_of(
    file: &Bytes,
    identity: &str,
    hash: impl Fn(&[u8]) -> ContentHash,
) -> Option<Place> {
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
                let refused = reconcile::refused_identity(&own, &content);
                if identity == own || identity == refused {
                    return Some(remittance.amount.place);
                }
            }
        }
    }
    None
}
