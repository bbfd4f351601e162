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
    let view = |known: &'_ Numbered| elements_of(&Segment::new(&known.text, 0, 0, made.delimiters));
    let tag = |known: &Numbered| view(known).into_iter().next();
    let is_in_step = gone.len() == come.len()
        && gone.iter().zip(come).all(|(one, other)| tag(one) == tag(other));
    let mut edits = Vec::new();
    if is_in_step {
        // Each in its place, so that what is shown has the numbers that it had, and is edited by them.
        for (one, other) in gone.iter().zip(come) {
            edits.extend(of_segment(one.number, &view(one), &view(other)));
        }
        return Some(edits);
    }
    edits.extend(gone.iter().map(|known| Edit::Remove { segment: known.number }));
    if !come.is_empty() {
        // What is removed still marks its place.
        let before = || ahead.checked_sub(1).and_then(|last| old.get(last));
        let after = gone.first().or_else(before)?.number;
        edits.extend(come.iter().map(|known| Edit::Insert { after, elements: view(known) }));
    }
    Some(edits)
}

/// Puts every part of a segment in place that another of its tag has otherwise.
fn of_segment(segment: u32, old: &[Vec<String>], new: &[Vec<String>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    for at in 1..old.len().max(new.len()) {
        let parts = |elements: &[Vec<String>]| elements.get(at).cloned().unwrap_or_default();
        let (old, new) = (parts(old), parts(new));
        let is_composite = old.len() > 1 || new.len() > 1;
        for part in 0..old.len().max(new.len()) {
            let text = |parts: &[String]| parts.get(part).cloned().unwrap_or_default();
            let value = text(&new);
            if value != text(&old) {
                let component = if is_composite { part as u8 + 1 } else { 0 };
                edits.push(Edit::Set { segment, element: at as u8, component, value });
            }
        }
    }
    edits
}

fn elements_of(segment: &Segment<'_>) -> Vec<Vec<String>> {
    let component = segment.delimiters().component;
    let text = |part: &[u8]| String::from_utf8_lossy(part).into_owned();
    let parts = |element: &[u8]| element.split(|byte| *byte == component).map(text).collect();
    segment.elements().map(parts).collect()
}

#[cfg(test)]
mod tests {
    use x12::delimiters::Delimiters;
    use x12::edit::apply;
    use x12::view::claim::Kind;

    use super::*;

    fn level(first: u32, texts: &[&str]) -> Vec<Numbered> {
        let numbered = (first..).zip(texts);
        numbered.map(|(number, text)| Numbered { number, text: text.as_bytes().to_vec() }).collect()
    }

    fn document(subscriber: &[&str], claim: &[&str]) -> Document {
        Document {
            kind: Kind::Professional,
            delimiters: Delimiters::OURS,
            billing: level(1, &["HL*1**20*1", "NM1*85"]),
            subscriber: level(3, subscriber),
            patient: Vec::new(),
            claim: level(20, claim),
        }
    }

    #[test]
    fn the_edits_between_two_claims_make_one_of_the_other() {
        let levels: [&[&str]; 5] = [
            &["SBR*S", "NM1*IL*1"],
            &["SBR*T", "NM1*IL*1"],
            &["SBR*S", "REF*2U*1", "NM1*IL*2"],
            &["SBR*S*18*G1", "NM1*IL*1*ROE"],
            &["HL*2*1*22*0", "SBR*S", "NM1*IL*1"],
        ];
        let claims: [&[&str]; 5] = [
            &["CLM*A1*100***11:B:1", "LX*1", "SV1*HC:99213*100"],
            &["CLM*A1*100***11:B:7", "LX*1", "SV1*HC:99213*100"],
            &[
                "CLM*A1*100***11:B:1",
                "LX*1",
                "SV1*HC:99213*100",
                "SVD*P*50*HC:99213",
                "CAS*PR*1*50",
            ],
            &["CLM*A1*120", "LX*1", "SV1*HC:99213:25*120*UN*1", "SVD*P*40*HC:99213:25**1"],
            &["CLM*A1*100***11:B:1", "LX*1", "SV1*HC:99213*100", "SVD*P*40*HC:99213"],
        ];
        let all: Vec<Document> =
            levels.iter().zip(claims).map(|(above, claim)| document(above, claim)).collect();
        for one in &all {
            for other in &all {
                let edits = edits_between(one, other).expect("levels that came and stayed");
                let edited = apply(one.segments(), &edits).expect("they fit");
                let edited: Vec<Vec<u8>> = edited
                    .into_iter()
                    .map(|(_, text)| text)
                    .filter(|text| !text.starts_with(b"HL"))
                    .collect();
                assert_eq!(edited, crate::coordination::identity(other));
            }
        }
    }
}
