//! The faults of a set: those that are told one by one, and where the rest stand.
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let set = &interchange.groups[0].sets[0];
//! # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
//! // Only of what is full of faults are not all told.
//! assert_eq!(x12::walk::walk(interchange, set, guide).untold.count(), 0);
//! ```

use std::ops::Range;

use super::Fault;
use crate::walk::FAULTS_MAX;

/// Faults of a set that are not told one by one, because it has too many.
///
/// ```
/// use x12::fault::told::Untold;
/// use x12::walk::{FAULTS_MAX, walk};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// let text = String::from_utf8_lossy(FILE);
/// let text = text.replacen("BHT*", &("QQQ*1~".repeat(FAULTS_MAX + 5) + "BHT*"), 1);
/// let reading = x12::interchange::read(&text.into_bytes().into());
/// # let interchange = &reading.interchanges[0];
/// # let set = &interchange.groups[0].sets[0];
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let walked = walk(interchange, set, guide);
/// let untold: &Untold = &walked.untold;
/// assert_eq!((walked.faults.len(), untold.count()), (10_000, 5));
///
/// // The first of them stand behind the ST.
/// assert_eq!(untold.segments(), [10_002..10_007]);
/// assert!(untold.touches(&(1..10_003)) && !untold.touches(&(1..10_002)));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Untold {
    count: usize,
    segments: Vec<Range<u32>>,
}

impl Untold {
    /// How many they are.
    pub const fn count(&self) -> usize {
        self.count
    }

    /// The segments that they stand at, ST = 1, in their order.
    pub fn segments(&self) -> &[Range<u32>] {
        &self.segments
    }

    /// Whether any of them stands at one of these segments.
    pub fn touches(&self, segments: &Range<u32>) -> bool {
        let after = self.segments.partition_point(|known| known.end <= segments.start);
        self.segments.get(after).is_some_and(|known| known.start < segments.end)
    }

    fn add(&mut self, segment: u32) {
        self.count += 1;
        match self.segments.last_mut() {
            Some(last) if last.contains(&segment) => {}
            Some(last) if last.end == segment => last.end = segment.saturating_add(1),
            Some(_) | None => self.segments.push(segment..segment.saturating_add(1)),
        }
    }

    /// What is missing is noted late, at the segment that it should follow.
    fn sort(&mut self) {
        self.segments.sort_by_key(|known| known.start);
        self.segments.dedup_by(|next, before| {
            let meets = next.start <= before.end;
            before.end = if meets { before.end.max(next.end) } else { before.end };
            meets
        });
    }
}

/// Faults as they are found.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub faults: Vec<Fault>,
    untold: Untold,
}

impl Told {
    pub(crate) fn push(&mut self, fault: Fault) {
        if self.faults.len() < FAULTS_MAX {
            self.faults.push(fault);
        } else {
            self.untold.add(fault.place.segment);
        }
    }

    /// All of them, in the order of the file.
    pub(crate) fn finish(mut self) -> (Vec<Fault>, Untold) {
        self.faults.sort_by_key(|fault| (fault.place.segment, fault.place.offset));
        self.untold.sort();
        (self.faults, self.untold)
    }
}
