//! Ready claims to one 837 for their payer: its envelope, its levels, its counts.

use std::collections::HashMap;

use x12::compose::{Composer, Envelope};
use x12::delimiters::Delimiters;
use x12::value::{Day, Money};
use x12::view::claim::Kind;

use crate::document::{Document, Numbered};

/// Who we are in loop 1000A, and who the payer is in 1000B.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    pub submitter_name: String,
    pub submitter_id: String,
    pub contact_name: String,
    pub contact_phone: String,
    pub receiver_name: String,
    pub receiver_id: String,
}

/// A claim to go out.
#[derive(Clone, Debug)]
pub struct Outgoing<K> {
    /// What the caller knows it by.
    pub key: K,
    /// BHT06: CH or RP. One set carries one kind.
    pub batch_type: String,
    pub document: Document,
}

/// An interchange, and which set carries which claim.
#[derive(Debug)]
pub struct Assembled<K> {
    pub bytes: Vec<u8>,
    pub carried: Vec<Carried<K>>,
}

/// Claims by the delimiters that they are written with: what one of them holds makes it go apart, and
/// changes nothing of the others.
#[derive(Debug)]
pub struct Apart<K> {
    /// Those of an interchange each.
    pub together: Vec<Vec<Outgoing<K>>>,
    /// Claims whose data holds every delimiter that we could write with.
    pub refused: Vec<K>,
}

/// A claim in its set.
#[derive(Debug, PartialEq, Eq)]
pub struct Carried<K> {
    pub key: K,
    /// ST02.
    pub set_number: String,
    /// BHT03.
    pub batch_reference: String,
    /// CLM05-3, edits included.
    pub frequency: String,
    /// CLM02, edits included.
    pub charge: Money,
}

/// Delimiters to write with, the best first: the first set that a claim's data does not hold is taken.
const CANDIDATES: [Delimiters; 4] = [
    Delimiters::OURS,
    Delimiters { element: b'*', component: b'>', repetition: Some(b'^'), segment: b'~' },
    Delimiters { element: b'|', component: b'>', repetition: Some(b'^'), segment: b'~' },
    Delimiters { element: 0x1D, component: 0x1F, repetition: Some(0x1E), segment: 0x1C },
];

/// Writes each claim in the best delimiters that its data does not hold.
pub fn apart<K>(claims: Vec<Outgoing<K>>) -> Apart<K> {
    let mut together: [Vec<Outgoing<K>>; CANDIDATES.len()] = Default::default();
    let mut refused = Vec::new();
    for claim in claims {
        let written = together.iter_mut().zip(CANDIDATES).find_map(|(those, delimiters)| {
            let document = claim.document.transcribed(delimiters)?;
            Some((those, document))
        });
        match written {
            Some((those, document)) => those.push(Outgoing { document, ..claim }),
            None => refused.push(claim.key),
        }
    }
    Apart { together: together.into_iter().filter(|those| !those.is_empty()).collect(), refused }
}

/// Builds the 837 for one payer out of claims of one kind in the same delimiters. Claims of one billing provider, and of
/// one subscriber, share their levels; a set holds at most `claims_per_set_max` claims.
pub fn assemble<K: Clone>(
    envelope: &Envelope,
    parties: &Parties,
    kind: Kind,
    claims: Vec<Outgoing<K>>,
    claims_per_set_max: usize,
) -> Assembled<K> {
    assert!(claims.iter().all(|claim| claim.document.kind == kind), "a batch mixes guides");
    let delimiters = claims.first().map_or(Delimiters::OURS, |claim| claim.document.delimiters);
    assert!(
        claims.iter().all(|claim| claim.document.delimiters == delimiters),
        "a batch mixes delimiters"
    );
    let mut composer = Composer::new(envelope, delimiters);
    composer.begin_group(envelope, "HC", kind.version());
    let mut carried = Vec::with_capacity(claims.len());
    for batch_type in ["CH", "RP", "31"] {
        let of_type: Vec<&Outgoing<K>> =
            claims.iter().filter(|claim| claim.batch_type == batch_type).collect();
        for chunk in of_type.chunks(claims_per_set_max.max(1)) {
            let heading = Heading { envelope, parties, kind, batch_type };
            carried.extend(write_set(&mut composer, &heading, chunk));
        }
    }
    composer.end_group();
    Assembled { bytes: composer.finish(), carried }
}

/// What the segments above the first level say.
struct Heading<'a> {
    envelope: &'a Envelope,
    parties: &'a Parties,
    kind: Kind,
    batch_type: &'a str,
}

fn write_set<K: Clone>(
    composer: &mut Composer,
    heading: &Heading<'_>,
    claims: &[&Outgoing<K>],
) -> Vec<Carried<K>> {
    let Heading { envelope, parties, kind, batch_type } = *heading;
    composer.begin_set("837", Some(kind.version()));
    let set_number = composer.set_number().to_owned();
    let batch_reference = format!("{:09}{set_number}", envelope.control_number);
    composer
        .segment("BHT")
        .text("0019")
        .text("00")
        .text(&batch_reference)
        .text(&envelope.day.to_wire())
        .text(&envelope.time)
        .text(batch_type)
        .end();
    write_parties(composer, parties);
    let mut carried = Vec::with_capacity(claims.len());
    let mut levels = Levels { composer, last: 0 };
    for billing in grouped(claims, |claim| body(&claim.document.billing)) {
        let Some(first) = billing.first() else { continue };
        let above = levels.open(None, "20", true, &first.document.billing);
        for subscriber in grouped(&billing, |claim| body(&claim.document.subscriber)) {
            let written = write_subscriber(&mut levels, above, &subscriber);
            carried.extend(written.into_iter().map(|claim| Carried {
                key: claim.key.clone(),
                set_number: set_number.clone(),
                batch_reference: batch_reference.clone(),
                frequency: claim.document.frequency(),
                charge: claim.document.charge(),
            }));
        }
    }
    composer.end_set();
    carried
}

/// The claims of one subscriber: first those of its own, then those of each patient of its. Gives
/// them in the order in which they were written.
fn write_subscriber<'a, K>(
    levels: &mut Levels<'_>,
    billing: u32,
    claims: &[&'a Outgoing<K>],
) -> Vec<&'a Outgoing<K>> {
    let (own, others): (Vec<&Outgoing<K>>, Vec<&Outgoing<K>>) =
        claims.iter().partition(|claim| claim.document.patient.is_empty());
    let Some(first) = claims.first() else { return Vec::new() };
    let above = levels.open(Some(billing), "22", !others.is_empty(), &first.document.subscriber);
    let mut written = Vec::with_capacity(claims.len());
    levels.write_claims(&own, &mut written);
    for patient in grouped(&others, |claim| body(&claim.document.patient)) {
        let Some(first) = patient.first() else { continue };
        levels.open(Some(above), "23", false, &first.document.patient);
        levels.write_claims(&patient, &mut written);
    }
    written
}

/// Numbers the levels of a set as they are written.
struct Levels<'a> {
    composer: &'a mut Composer,
    last: u32,
}

impl Levels<'_> {
    /// Opens a level under `parent`; gives its number.
    fn open(
        &mut self,
        parent: Option<u32>,
        code: &str,
        has_children: bool,
        segments: &[Numbered],
    ) -> u32 {
        self.last += 1;
        write_level(self.composer, self.last, parent, code, has_children);
        write_segments(self.composer, body(segments));
        self.last
    }

    fn write_claims<'k, K>(
        &mut self,
        claims: &[&'k Outgoing<K>],
        written: &mut Vec<&'k Outgoing<K>>,
    ) {
        for claim in claims {
            write_segments(self.composer, &claim.document.claim);
            written.push(claim);
        }
    }
}

fn write_parties(composer: &mut Composer, parties: &Parties) {
    composer
        .segment("NM1")
        .text("41")
        .text("2")
        .text(&parties.submitter_name)
        .skip(4)
        .text("46")
        .text(&parties.submitter_id)
        .end();
    composer
        .segment("PER")
        .text("IC")
        .text(&parties.contact_name)
        .text("TE")
        .text(&parties.contact_phone)
        .end();
    composer
        .segment("NM1")
        .text("40")
        .text("2")
        .text(&parties.receiver_name)
        .skip(4)
        .text("46")
        .text(&parties.receiver_id)
        .end();
}

fn write_level(
    composer: &mut Composer,
    level: u32,
    parent: Option<u32>,
    code: &str,
    has_children: bool,
) {
    let parent = parent.map(|parent| parent.to_string()).unwrap_or_default();
    composer
        .segment("HL")
        .text(&level.to_string())
        .text(&parent)
        .text(code)
        .text(if has_children { "1" } else { "0" })
        .end();
}

/// A level without the HL that opens it: that is numbered anew.
fn body(level: &[Numbered]) -> &[Numbered] {
    match level {
        [first, rest @ ..] if first.text.starts_with(b"HL") => rest,
        whole => whole,
    }
}

fn write_segments(composer: &mut Composer, segments: &[Numbered]) {
    for segment in segments {
        composer.raw(&segment.text);
    }
}

/// Claims with the same text at a level, in the order in which each text comes first.
fn grouped<'a, K>(
    claims: &[&'a Outgoing<K>],
    level: impl Fn(&'a Outgoing<K>) -> &'a [Numbered],
) -> Vec<Vec<&'a Outgoing<K>>> {
    let mut groups: Vec<Vec<&Outgoing<K>>> = Vec::new();
    let mut known: HashMap<Vec<&[u8]>, usize> = HashMap::new();
    for &claim in claims {
        let text: Vec<&[u8]> = level(claim).iter().map(|line| line.text.as_slice()).collect();
        let index = *known.entry(text).or_insert(groups.len());
        match groups.get_mut(index) {
            Some(group) => group.push(claim),
            None => groups.push(vec![claim]),
        }
    }
    groups
}

/// One claim as an interchange of its own, made on `day`, for reading it again by the same road.
pub fn alone(document: &Document, batch_type: &str, day: Day) -> Vec<u8> {
    let outgoing =
        Outgoing { key: (), batch_type: batch_type.to_owned(), document: document.clone() };
    again(document.kind, vec![outgoing], day).bytes
}

/// Claims of one kind as a file, made on `day`, for reading them again by the same road: an interchange
/// for all that are written in the same delimiters.
pub fn again<K: Clone>(kind: Kind, claims: Vec<Outgoing<K>>, day: Day) -> Assembled<K> {
    let ours = "CORRECTION".to_owned();
    let envelope = Envelope {
        sender_qualifier: "ZZ".to_owned(),
        sender: ours.clone(),
        receiver_qualifier: "ZZ".to_owned(),
        receiver: ours.clone().into(),
        application_sender: ours.clone(),
        application_receiver: ours.clone().into(),
        day,
        time: "0000".to_owned(),
        control_number: 1,
        wants_ta1: false,
        is_production: false,
    };
    let parties = Parties {
        submitter_name: ours.clone(),
        submitter_id: ours.clone(),
        contact_name: ours.clone(),
        contact_phone: "6175550100".to_owned(),
        receiver_name: ours.clone(),
        receiver_id: ours,
    };
    let mut file = Assembled { bytes: Vec::new(), carried: Vec::with_capacity(claims.len()) };
    for claims in apart(claims).together {
        let in_one_set = claims.len();
        let interchange = assemble(&envelope, &parties, kind, claims, in_one_set);
        file.bytes.extend(interchange.bytes);
        file.carried.extend(interchange.carried);
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(text: &str) -> Outgoing<String> {
        let claim = vec![Numbered { number: 1, text: text.as_bytes().to_vec() }];
        let delimiters = Delimiters { element: 0x1D, component: 0x1F, ..Delimiters::OURS };
        let (billing, subscriber, patient) = (Vec::new(), Vec::new(), Vec::new());
        let kind = Kind::Professional;
        let document = Document { kind, delimiters, billing, subscriber, patient, claim };
        Outgoing { key: text.to_owned(), batch_type: "CH".to_owned(), document }
    }

    #[test]
    fn what_a_claim_holds_leaves_the_others_as_they_are() {
        let texts =
            ["CLM\u{1d}A1", "NTE\u{1d}5*3", "NTE\u{1d}A:B", "CLM\u{1d}A2", "NTE\u{1d}*|\u{1c}"];
        let Apart { together, refused } = apart(texts.map(claim).to_vec());
        let keys: Vec<Vec<&str>> = together
            .iter()
            .map(|those| those.iter().map(|one| one.key.as_str()).collect())
            .collect();
        assert_eq!(keys, [vec![texts[0], texts[3]], vec![texts[2]], vec![texts[1]]]);
        assert_eq!(together[0][0].document.delimiters, Delimiters::OURS);
        assert_eq!(refused, [texts[4]]);
    }
}
