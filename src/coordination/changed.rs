//! What turns a claim that was sent into what it should say by now, as edits for a person to release.

use x12::edit::Edit;
use x12::segment::Segment;

use crate::document::{Document, Numbered};

/// The edits between two claims of one kind in the same delimiters; `None` when a level came or went,
/// which no edit can say.
pub fn edits_between(sent: &Document, made: &Document) -> Option<Vec<Edit>> {
    if sent.delimiters != made.delimiters || sent.patient.is_empty() != made.patient.is_empty() {
        return None;
    }
    let mut edits = Vec::new();
    for (old, new) in [
        (&sent.billing, &made.billing),
        (&sent.subscriber, &made.subscriber),
        (&sent.patient, &made.patient),
        (&sent.claim, &made.claim),
    ] {
        edits.extend(of_level(body(old), body(new), made)?);
    }
    Some(edits)
}

/// A level without the HL that opens it.
fn body(level: &[Numbered]) -> &[Numbered] {
    match level {
        [first, rest @ ..] if first.text.starts_with(b"HL") => rest,
        whole => whole,
    }
}

/// What stands alike at the beginning and at the end stays; between them the new takes the place of
/// the old.
fn of_level(old: &[Numbered], new: &[Numbered], made: &Document) -> Option<Vec<Edit>> {
    let same = |one: &Numbered, other: &Numbered| one.text == other.text;
    let ahead = old.iter().zip(new).take_while(|(one, other)| same(one, other)).count();
    let room = old.len().min(new.len()) - ahead;
    let pairs = old.iter().rev().zip(new.iter().rev()).take(room);
    let behind = pairs.take_while(|(one, other)| same(one, other)).count();
    let gone = old.get(ahead..old.len() - behind).unwrap_or_default();
    let come = new.get(ahead..new.len() - behind).unwrap_or_default();
    let mut edits: Vec<Edit> =
        gone.iter().map(|known| Edit::Remove { segment: known.number }).collect();
    if come.is_empty() {
        return Some(edits);
    }
    let after = ahead.checked_sub(1).and_then(|last| old.get(last))?.number;
    edits.extend(come.iter().map(|known| {
        let segment = Segment::new(&known.text, 0, known.number, made.delimiters);
        Edit::Insert { after, elements: elements_of(&segment) }
    }));
    Some(edits)
}

fn elements_of(segment: &Segment<'_>) -> Vec<Vec<String>> {
    let component = segment.delimiters().component;
    let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    let parts = |element: &[u8]| element.split(|byte| *byte == component).map(text).collect();
    segment.elements().map(parts).collect()
}
