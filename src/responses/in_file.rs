//! The remittances of a file that is kept, each with the names that the store may know it by.

use bytes::Bytes;
use x12::interchange::{Interchange, Set};
use x12::view::remittance::{Remittance, remittance};

use super::{content_of, refused_as};
use crate::change::ContentHash;
use crate::intake::judge::{Judged, judge};
use crate::reconcile;

/// A remittance where it stands.
#[derive(Debug)]
pub struct InFile<'f> {
    pub at: (&'f Interchange, &'f Set),
    pub remittance: Remittance<'f>,
    judged: &'f Judged,
}

/// What names a remittance in the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    /// By what it says of itself, as what is posted is named.
    pub own: String,
    /// By its content, as what is not posted is named.
    pub refused: String,
    /// What is not posted, but for what its set was rejected for.
    unrejected: String,
}

impl Names {
    pub fn has(&self, identity: &str) -> bool {
        identity == self.own || identity == self.refused || identity == self.unrejected
    }
}

impl InFile<'_> {
    /// Whether its set was rejected with a 999.
    pub fn is_rejected(&self) -> bool {
        self.judged.verdict.is_rejected()
    }

    /// Its numbers in the file (ISA13, ST02) and of the payment (TRN02), and the day of that: parts of it have
    /// the same.
    pub fn numbers(&self) -> [String; 4] {
        let (interchange, set) = self.at;
        let (whole, header) = (interchange.header(), interchange.set_header(set));
        let Remittance { trace, paid_on, .. } = &self.remittance;
        [whole.field(13), header.field(2), *trace, *paid_on]
            .map(|number| number.text().trim().to_owned())
    }

    /// The digest of what it says.
    pub fn content(&self, hash: impl Fn(&[u8]) -> ContentHash) -> ContentHash {
        let (interchange, set) = self.at;
        content_of(interchange, set, hash)
    }

    pub fn names(&self, hash: impl Fn(&[u8]) -> ContentHash) -> Names {
        let content = self.content(hash);
        let own = reconcile::identity(&self.remittance, &content);
        let refused = refused_as(&own, &content, self.judged);
        let unrejected = reconcile::refused_identity(&own, &content);
        Names { own, refused, unrejected }
    }
}

/// What the first remittance of a file gives that gives anything.
pub fn find<T>(file: &Bytes, mut look: impl FnMut(&InFile<'_>) -> Option<T>) -> Option<T> {
    for interchange in &x12::interchange::read(file).interchanges {
        for group in &interchange.groups {
            for set in &group.sets {
                if interchange.set_header(set).text(1) != b"835" {
                    continue;
                }
                let judged = judge(interchange, group, set);
                let remittance = remittance(interchange, set, &judged.walked);
                let found = look(&InFile { at: (interchange, set), remittance, judged: &judged });
                if found.is_some() {
                    return found;
                }
            }
        }
    }
    None
}
