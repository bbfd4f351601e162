//! Where a remittance says how much it pays, for whom all of it is what a person decides on.

use bytes::Bytes;
use x12::fault::Place;

use super::in_file;
use crate::change::ContentHash;

/// The BPR02 of the remittance of this identity; `None` when the file has none.
pub fn amount_of(
    file: &Bytes,
    identity: &str,
    hash: impl Fn(&[u8]) -> ContentHash,
) -> Option<Place> {
    in_file::find(file, |one| one.names(&hash).has(identity).then_some(one.remittance.amount.place))
}
