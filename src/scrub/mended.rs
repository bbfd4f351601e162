//! A claim with its repairs laid over, read anew: rules judge what goes out, not what came.

use bytes::Bytes;
use x12::edit::{Edit, apply};
use x12::fault::Place;
use x12::guide::row::Guide;
use x12::interchange::Reading;
use x12::segment::Segment;
use x12::view::claim::{Kind, claims};
use x12::walk::{Walked, walk};

use super::path::Filed;

/// The claim as the only one of a set.
#[derive(Debug)]
pub struct Mended {
    reading: Reading,
    walked: Walked,
    /// For each segment of the set the number of the one that it came from.
    numbers: Vec<u32>,
}

impl Mended {
    /// Lays edits over a claim; `None` when it cannot be read with them.
    pub fn new(filed: &Filed<'_>, edits: &[Edit]) -> Option<Mended> {
        let Filed { claim, interchange, set, .. } = *filed;
        let segment = |number: u32| interchange.set_segment(set, number);
        // ST to the end of 1000B, and then the levels that the claim hangs on.
        let head: Vec<Segment<'_>> =
            (1..).map_while(segment).take_while(|one| one.tag_bytes() != b"HL").collect();
        let extent = &claim.extent;
        let levels = [&extent.billing, &extent.subscriber, &extent.patient, &extent.claim];
        let of_claim = levels.into_iter().flat_map(|level| level.clone().filter_map(segment));
        let edited = apply(head.into_iter().chain(of_claim), edits).ok()?;

        let terminator = interchange.delimiters().segment;
        let mut text = interchange.header().bytes().to_vec();
        text.push(terminator);
        let mut add = |segment: &[u8]| {
            text.extend(segment);
            text.push(terminator);
        };
        let guide = guide_of(claim.kind)?;
        let separator = interchange.delimiters().element;
        let elements = [b"GS".as_slice(), b"HC", b"A", b"A", b"20260101", b"0000", b"1", b"X"];
        add(&[&elements[..], &[guide.id.as_bytes()]].concat().join(&separator));
        for (_, segment) in &edited {
            add(segment);
        }
        for trailer in
            [&[b"SE".as_slice(), b"1", b"1"], &[b"GE", b"1", b"1"], &[b"IEA", b"1", b"1"]]
        {
            add(&trailer.join(&separator));
        }
        // There is no segment 0.
        let numbers = std::iter::once(0).chain(edited.iter().map(|(number, _)| *number)).collect();
        let reading = x12::interchange::read(&Bytes::from(text));
        let mended = reading.interchanges.first()?;
        let walked = walk(mended, mended.groups.first()?.sets.first()?, guide);
        Some(Mended { reading, walked, numbers })
    }

    /// What `judge` makes of it; `None` when the edits left no claim.
    pub fn judged<T>(&self, judge: impl FnOnce(&Filed<'_>) -> T) -> Option<T> {
        let interchange = self.reading.interchanges.first()?;
        let set = interchange.groups.first()?.sets.first()?;
        let claim = claims(interchange, set, &self.walked).next()?;
        Some(judge(&Filed { claim: &claim, interchange, set, walked: &self.walked }))
    }

    /// Where a place of the mended claim was in the file that it came in.
    pub fn original(&self, place: Place, filed: &Filed<'_>) -> Place {
        let number = self.numbers.get(place.segment as usize).copied().unwrap_or_default();
        let Place { element, component, repeat, .. } = place;
        let Some(segment) = filed.interchange.set_segment(filed.set, number) else { return place };
        Place { repeat, ..segment.place(usize::from(element), usize::from(component)) }
    }
}

fn guide_of(kind: Kind) -> Option<&'static Guide> {
    x12::guide::find(kind.version(), "837")
}
