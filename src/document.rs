//! A claim as segments: cut out of the file it came in, with its edits laid over.

use std::ops::Range;

use x12::delimiters::Delimiters;
use x12::edit::{Edit, EditError, apply, transcribe};
use x12::interchange::{Interchange, Set, split_segments, without_cuts};
use x12::phi::Phi;
use x12::segment::Segment;
use x12::value::Money;
use x12::view::claim::{Claim, Kind};

use crate::change::{ClaimPlace, ContentHash, Piece};

/// Why a claim cannot be cut out of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The archive's bytes are not those that the claim was read from.
    #[error("the file of the claim is shorter than the claim's place in it")]
    FileTooShort,
    #[error("an edit cannot be laid over the claim: {0}")]
    Edit(#[from] EditError),
}

/// A claim's segments in the file's own delimiters, each with the number it has in its set.
#[derive(Clone, Debug)]
pub struct Document {
    pub kind: Kind,
    pub delimiters: Delimiters,
    /// 2000A.
    pub billing: Vec<Numbered>,
    /// 2000B.
    pub subscriber: Vec<Numbered>,
    /// 2000C; empty when the subscriber is the patient.
    pub patient: Vec<Numbered>,
    /// 2300.
    pub claim: Vec<Numbered>,
}

/// A segment's text with the number of the segment it came from, ST = 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbered {
    pub number: u32,
    pub text: Vec<u8>,
}

/// Where a claim stands in its file.
pub fn place_of(
    interchange: &Interchange,
    set: &Set,
    claim: &Claim<'_>,
    file: ContentHash,
) -> ClaimPlace {
    let piece = |numbers: &Range<u32>| -> Piece {
        let ends = (
            interchange.set_segment(set, numbers.start),
            interchange.set_segment(set, numbers.end.saturating_sub(1)),
        );
        match ends {
            (Some(first), Some(last)) if !numbers.is_empty() => Piece {
                start: first.offset() as u64,
                end: last.end() as u64,
                first_number: numbers.start,
            },
            _ => Piece::default(),
        }
    };
    ClaimPlace {
        kind: claim.kind,
        file,
        delimiters: interchange.delimiters(),
        billing: piece(&claim.extent.billing),
        subscriber: piece(&claim.extent.subscriber),
        patient: piece(&claim.extent.patient),
        claim: piece(&claim.extent.claim),
    }
}

/// Cuts a claim out of the bytes of its file and lays edits over it.
pub fn cut(place: &ClaimPlace, file: &[u8], edits: &[Edit]) -> Result<Document, Error> {
    let delimiters = place.delimiters;
    let parted: Vec<Edit>;
    let edits = match relationship_of_others(place, file)? {
        Some(edit) => {
            parted = std::iter::once(edit).chain(edits.iter().cloned()).collect();
            &parted
        }
        None => edits,
    };
    let piece = |piece: &Piece| -> Result<Vec<Numbered>, Error> {
        let text = without_cuts(text_of(piece, file)?, delimiters.segment);
        let segments = segments_of(piece, &text, delimiters);
        let edited = apply(segments, edits)?;
        Ok(edited.into_iter().map(|(number, text)| Numbered { number, text }).collect())
    };
    Ok(Document {
        kind: place.kind,
        delimiters,
        billing: piece(&place.billing)?,
        subscriber: piece(&place.subscriber)?,
        patient: piece(&place.patient)?,
        claim: piece(&place.claim)?,
    })
}

/// Where a dependent's claim stands behind claims of the subscriber's own, SBR02 speaks of those: under
/// one level the guides have both. The dependent's claim goes without it.
fn relationship_of_others(place: &ClaimPlace, file: &[u8]) -> Result<Option<Edit>, Error> {
    let separator = place.delimiters.segment;
    let behind = Piece { start: place.subscriber.end, end: place.patient.start, first_number: 0 };
    if place.patient == Piece::default() || behind.end <= behind.start {
        return Ok(None);
    }
    // A file that is cut into lines may be cut inside of the tag.
    let is_of_tag = |&&byte: &&u8| byte != separator && !byte.is_ascii_whitespace();
    let next = text_of(&behind, file)?.iter().filter(is_of_tag).take(3);
    if !next.eq(b"CLM") {
        return Ok(None);
    }
    let text = without_cuts(text_of(&place.subscriber, file)?, separator);
    let segments = segments_of(&place.subscriber, &text, place.delimiters);
    let sbr = segments.iter().find(|segment| segment.tag_bytes() == b"SBR");
    Ok(sbr.map(|sbr| Edit::Set {
        segment: sbr.number(),
        element: 2,
        component: 0,
        value: String::new(),
    }))
}

fn text_of<'a>(piece: &Piece, file: &'a [u8]) -> Result<&'a [u8], Error> {
    let range = usize::try_from(piece.start).unwrap_or(usize::MAX)
        ..usize::try_from(piece.end).unwrap_or(usize::MAX);
    file.get(range).ok_or(Error::FileTooShort)
}

/// The segments of a piece, numbered as in their set. Blank segments count no more here than they
/// did when the file was read.
fn segments_of<'a>(piece: &Piece, text: &'a [u8], delimiters: Delimiters) -> Vec<Segment<'a>> {
    let spans = split_segments(text, delimiters.segment);
    let segment = |(index, span): (usize, Range<usize>)| {
        let number = piece.first_number + index as u32;
        Segment::new(&text[span.clone()], span.start, number, delimiters)
    };
    spans.into_iter().enumerate().map(segment).collect()
}

impl Document {
    /// Every segment, in the order of the file.
    pub fn segments(&self) -> impl Iterator<Item = Segment<'_>> {
        [&self.billing, &self.subscriber, &self.patient, &self.claim]
            .into_iter()
            .flatten()
            .map(|known| Segment::new(&known.text, 0, known.number, self.delimiters))
    }

    /// What stands in a segment, in one of its elements, or in a part of it; 0 is the whole.
    pub fn value(&self, number: u32, element: u8, component: u8) -> String {
        let segment = self.segments().find(|segment| segment.number() == number);
        let text = segment.map_or(&b""[..], |segment| match (element, component) {
            (0, _) => segment.bytes(),
            (element, 0) => segment.text(usize::from(element)),
            (element, part) => segment.part(usize::from(element), usize::from(part)),
        });
        String::from_utf8_lossy(text).into_owned()
    }

    /// CLM05-3 as it stands.
    pub fn frequency(&self) -> String {
        self.of_clm(|clm| clm.part(5, 3))
    }

    /// CLM02 as an amount, nothing when it is none.
    pub fn charge(&self) -> Money {
        Money::parse(self.of_clm(|clm| clm.text(2)).as_bytes()).unwrap_or_default()
    }

    /// CLM01 as it stands.
    pub fn patient_control_number(&self) -> Phi<String> {
        Phi::new(self.of_clm(|clm| clm.text(1)))
    }

    /// Whether it asks what would be paid for what was not done yet: CLM19.
    pub fn is_predetermination(&self) -> bool {
        self.kind == Kind::Dental && self.of_clm(|clm| clm.text(19)) == "PB"
    }

    fn of_clm(&self, value: impl for<'a> Fn(&Segment<'a>) -> &'a [u8]) -> String {
        let clm = self.claim_segments().find(|segment| segment.tag_bytes() == b"CLM");
        clm.map_or(String::new(), |clm| String::from_utf8_lossy(value(&clm)).into_owned())
    }

    /// The segments of its subscriber and its patient.
    pub fn people_segments(&self) -> impl Iterator<Item = Segment<'_>> {
        let people = self.subscriber.iter().chain(&self.patient);
        people.map(|known| Segment::new(&known.text, 0, known.number, self.delimiters))
    }

    /// The segments of the claim itself.
    pub fn claim_segments(&self) -> impl Iterator<Item = Segment<'_>> {
        self.claim.iter().map(|known| Segment::new(&known.text, 0, known.number, self.delimiters))
    }

    /// What tells whether the claim is still the one that a person looked at: its segments, but for
    /// what a release writes into them.
    pub fn identity(&self) -> Vec<u8> {
        let mut text = Vec::new();
        for segment in self.segments() {
            match segment.tag_bytes() {
                b"REF" if segment.text(1) == b"F8" => {}
                b"CLM" => {
                    for (n, element) in segment.elements().enumerate() {
                        // CLM05-3 says whether it is the first claim or a replacement.
                        let parts = [segment.part(5, 1), segment.part(5, 2)];
                        let place = parts.join(&b':');
                        text.extend(if n == 5 { place.as_slice() } else { element });
                        text.push(b'*');
                    }
                }
                _ => text.extend(segment.bytes()),
            }
            text.push(b'\n');
        }
        text
    }

    /// The same segments in other delimiters; `None` when a value holds one of them.
    pub fn transcribed(&self, to: Delimiters) -> Option<Document> {
        if to == self.delimiters {
            return Some(self.clone());
        }
        let all = |segments: &[Numbered]| -> Option<Vec<Numbered>> {
            let one = |known: &Numbered| {
                let segment = Segment::new(&known.text, 0, known.number, self.delimiters);
                transcribe(&segment, to).map(|text| Numbered { number: known.number, text })
            };
            segments.iter().map(one).collect()
        };
        Some(Document {
            kind: self.kind,
            delimiters: to,
            billing: all(&self.billing)?,
            subscriber: all(&self.subscriber)?,
            patient: all(&self.patient)?,
            claim: all(&self.claim)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use x12::guide;
    use x12::view::claim::claims;
    use x12::walk::walk;

    use super::*;

    /// The segments of every claim of a file, cut out of its bytes.
    fn documents(file: &[u8]) -> Vec<Vec<Vec<u8>>> {
        let reading = x12::interchange::read(&Bytes::copy_from_slice(file));
        let interchange = &reading.interchanges[0];
        let set = &interchange.groups[0].sets[0];
        let guide = guide::find("005010X222A1", "837").expect("the professional claim");
        let walked = walk(interchange, set, guide);
        let cut_out = |claim: Claim<'_>| {
            let place = place_of(interchange, set, &claim, ContentHash(String::new()));
            let document = cut(&place, file, &[]).expect("the bytes that were read");
            document.segments().map(|segment| segment.bytes().to_vec()).collect()
        };
        claims(interchange, set, &walked).map(cut_out).collect()
    }

    #[test]
    fn a_file_cut_into_lines_gives_the_same_claims() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/professional/levels.edi");
        let file = std::fs::read(path).expect("a test file");
        let whole: Vec<u8> = file.into_iter().filter(|&byte| byte != b'\n').collect();
        let expected = documents(&whole);
        assert_eq!(expected.len(), 6);
        for width in 40..140 {
            let lines = whole.chunks(width).collect::<Vec<_>>().join(&b"\r\n"[..]);
            assert_eq!(documents(&lines), expected, "lines of {width}");
        }
    }
}
