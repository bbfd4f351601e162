//! A claim with its repairs laid over, read anew: rules judge what goes out, not what came. And a whole
//! set with repairs, laid against its guide anew.

use std::collections::BTreeMap;

use bytes::Bytes;
use x12::edit::{Edit, apply};
use x12::fault::Place;
use x12::guide::row::Guide;
use x12::interchange::{Group, Interchange, Reading, Set};
use x12::segment::Segment;
use x12::view::claim::{Claim, Kind, claims};
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
        let apart = apart(filed);
        let edits: Vec<Edit> = apart.into_iter().chain(edits.iter().cloned()).collect();
        let edited = apply(head.into_iter().chain(of_claim), &edits).ok()?;

        let guide = guide_of(claim.kind)?;
        let separator = interchange.delimiters().element;
        let elements = [b"GS".as_slice(), b"HC", b"A", b"A", b"20260101", b"0000", b"1", b"X"];
        let gs = [&elements[..], &[guide.id.as_bytes()]].concat().join(&separator);
        let se = [b"SE".as_slice(), b"1", b"1"].join(&separator);
        let segments = edited.iter().map(|(_, segment)| segment.as_slice());
        let reading = read_alone(interchange, &gs, segments.chain([se.as_slice()]));
        // There is no segment 0.
        let numbers = std::iter::once(0).chain(edited.iter().map(|(number, _)| *number)).collect();
        let mended = reading.interchanges.first()?;
        let walked = walk(mended, mended.groups.first()?.sets.first()?, guide);
        Some(Mended { reading, walked, numbers })
    }

    /// What `judge` makes of it; `None` when the edits left no claim.
    pub fn judged<T>(&self, judge: impl FnOnce(&Filed<'_>) -> T) -> Option<T> {
        let (interchange, set) = self.parts()?;
        let claim = self.claim()?;
        Some(judge(&Filed { claim: &claim, interchange, set, walked: &self.walked }))
    }

    /// The claim as it reads with its edits.
    pub fn claim(&self) -> Option<Claim<'_>> {
        let (interchange, set) = self.parts()?;
        claims(interchange, set, &self.walked).next()
    }

    /// Where it stands alone.
    pub fn parts(&self) -> Option<(&Interchange, &Set)> {
        let interchange = self.reading.interchanges.first()?;
        Some((interchange, interchange.groups.first()?.sets.first()?))
    }

    /// Where a place of the mended claim was in the file that it came in.
    pub fn original(&self, place: Place, filed: &Filed<'_>) -> Place {
        let number = self.numbers.get(place.segment as usize).copied().unwrap_or_default();
        let Place { element, component, repeat, .. } = place;
        let Some(segment) = filed.interchange.set_segment(filed.set, number) else { return place };
        Place { repeat, ..segment.place(usize::from(element), usize::from(component)) }
    }
}

/// What parts a dependent's claim from the subscriber's own before it: SBR02 speaks of those.
fn apart(filed: &Filed<'_>) -> Option<Edit> {
    let segment = filed.claim.subscriber.relationship.place.segment;
    let edit = Edit::Set { segment, element: 2, component: 0, value: String::new() };
    filed.subscriber_has_claims().then_some(edit)
}

/// Lays a set against its guide anew, with these edits of values over its segments, each under the number
/// of its own; `None` when it cannot be read with them.
pub fn walk_with(
    interchange: &Interchange,
    (group, set): (&Group, &Set),
    guide: &'static Guide,
    edits: &BTreeMap<u32, Vec<Edit>>,
) -> Option<Walked> {
    let mut edited: BTreeMap<u32, Vec<u8>> = BTreeMap::new();
    for (&number, edits) in edits {
        let segment = interchange.set_segment(set, number)?;
        edited.extend(apply([segment], edits).ok()?);
    }
    let segments = interchange.set_segments(set).map(|segment| {
        let written = edited.get(&segment.number()).map(Vec::as_slice);
        written.unwrap_or_else(|| segment.bytes())
    });
    let reading = read_alone(interchange, interchange.group_header(group).bytes(), segments);
    let mended = reading.interchanges.first()?;
    Some(walk(mended, mended.groups.first()?.sets.first()?, guide))
}

/// Reads the segments of one set, ST to SE, in an interchange of their own.
fn read_alone<'a>(
    interchange: &Interchange,
    gs: &[u8],
    segments: impl Iterator<Item = &'a [u8]>,
) -> Reading {
    let delimiters = interchange.delimiters();
    let mut text = Vec::new();
    let mut add = |segment: &[u8]| {
        text.extend(segment);
        text.push(delimiters.segment);
    };
    add(interchange.header().bytes());
    add(gs);
    segments.for_each(&mut add);
    for tag in [b"GE", b"IEA".as_slice()] {
        add(&[tag, b"1", b"1"].join(&delimiters.element));
    }
    x12::interchange::read(&Bytes::from(text))
}

fn guide_of(kind: Kind) -> Option<&'static Guide> {
    x12::guide::find(kind.version(), "837")
}
