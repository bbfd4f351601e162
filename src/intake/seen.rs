//! Claims of the file at hand, to find doubles that no store can know yet.
//!
//! Within a set a double is told by the CLM01 of the claim before it; of earlier sets no more is kept than
//! digests and places, for a file may have millions of claims.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use x12::interchange::Interchange;
use x12::view::claim::Claim;

use crate::intake::identity_of;
use crate::intake::likeness::Likeness;
use crate::limits::CLAIMS_SEEN_MAX;
use crate::scrub::Earlier;
use crate::scrub::earlier::{Told, Visit};

/// Claims of one set so far. A claim that goes back to its office is not among them: it is no double
/// of the one that takes its place.
#[derive(Debug, Default)]
pub struct SeenInSet {
    /// CLM01 to the segment of its claim.
    control_numbers: HashMap<Vec<u8>, u32>,
    /// With the CLM01 of each.
    fingerprints: HashMap<String, (String, u32)>,
    /// Digests of visits, and the byte of each one's claim.
    visits: HashMap<u64, u64>,
    all: SeenSet,
}

/// A set that was gone through, as later sets remember it.
#[derive(Debug, Default)]
pub struct SeenSet {
    claims: Vec<SeenClaim>,
    visits: Vec<SeenVisit>,
}

#[derive(Clone, Copy, Debug)]
struct SeenClaim {
    /// Digests of CLM01, and of what is billed.
    control_number: u64,
    service: u64,
    /// The byte of its CLM.
    offset: u64,
    /// It was not turned away.
    counts: bool,
}

#[derive(Clone, Copy, Debug)]
struct SeenVisit {
    /// A digest of who was seen by whom on which day.
    key: u64,
    /// The byte of its claim's CLM.
    offset: u64,
    /// Its claim was not turned away.
    counts: bool,
}

/// Claims of the sets before: by digests, the byte of the CLM.
#[derive(Debug, Default)]
pub struct SeenInFile {
    control_numbers: HashMap<u64, u64>,
    services: HashMap<u64, u64>,
    visits: HashMap<u64, u64>,
}

impl SeenInSet {
    /// Takes note of a claim. It counts when it was not turned away.
    pub fn note(&mut self, claim: &Claim<'_>, likeness: &Likeness, counts: bool) {
        let number = claim.patient_control_number;
        let offset = claim.place.offset as u64;
        let (control_number, service) = keys(claim, likeness);
        self.all.claims.push(SeenClaim { control_number, service, offset, counts });
        for key in visit_keys(likeness).map(|(key, _)| key) {
            self.all.visits.push(SeenVisit { key, offset, counts });
            if counts {
                self.visits.entry(key).or_insert(offset);
            }
        }
        if counts {
            let segment = claim.place.segment;
            self.control_numbers.entry(number.bytes().to_vec()).or_insert(segment);
            let number = number.text().into_owned();
            self.fingerprints.entry(likeness.fingerprint.clone()).or_insert((number, segment));
        }
    }

    /// The claims before that one resembles, in this set or in an earlier one.
    pub fn earlier(&self, claim: &Claim<'_>, likeness: &Likeness, before: &SeenInFile) -> Earlier {
        let here = |number: &str, at: u32| format!("claim {number} at segment {at} of this file");
        let there = |at: &u64| format!("the claim at byte {at} of this file");
        let number = claim.patient_control_number;
        let same_number = self.control_numbers.get(number.bytes());
        let same_service = self.fingerprints.get(&likeness.fingerprint);
        let (number_key, service_key) = keys(claim, likeness);
        let visits = visit_keys(likeness).filter_map(|(key, visit)| {
            let at = self.visits.get(&key).or_else(|| before.visits.get(&key))?;
            Some(Told { claim: there(at), what: visit.clone() })
        });
        Earlier {
            same_service: same_service
                .map(|(number, at)| here(number, *at))
                .or_else(|| before.services.get(&service_key).map(there)),
            same_control_number: same_number
                .map(|&at| here(&number.text(), at))
                .or_else(|| before.control_numbers.get(&number_key).map(there)),
            visits: visits.collect(),
            ..Earlier::default()
        }
    }

    /// What later sets remember of it.
    pub fn finish(self) -> SeenSet {
        self.all
    }
}

impl SeenInFile {
    /// Takes note of a set that was gone through.
    pub fn note(&mut self, set: &SeenSet) {
        for claim in set.claims.iter().filter(|claim| claim.counts) {
            if self.services.len() < CLAIMS_SEEN_MAX {
                self.control_numbers.entry(claim.control_number).or_insert(claim.offset);
                self.services.entry(claim.service).or_insert(claim.offset);
            }
        }
        for visit in set.visits.iter().filter(|visit| visit.counts) {
            if self.visits.len() < CLAIMS_SEEN_MAX {
                self.visits.entry(visit.key).or_insert(visit.offset);
            }
        }
    }

    /// Whether a claim is among them that one of these resembles.
    pub fn resembles_any(&self, set: &SeenSet) -> bool {
        let mut claims = set.claims.iter();
        claims.any(|claim| {
            self.services.contains_key(&claim.service)
                || self.control_numbers.contains_key(&claim.control_number)
        }) || set.visits.iter().any(|visit| self.visits.contains_key(&visit.key))
    }
}

/// What earlier sets of a file leave for later ones to be held against, for whoever only looks at it.
#[derive(Debug, Default)]
pub struct Doubles {
    seen: SeenInFile,
    /// Digests of what tells interchanges apart.
    interchanges: HashSet<u64>,
    is_repeat: bool,
}

impl Doubles {
    /// An interchange begins. One that came before is turned away as a whole, or answered as it was
    /// then: its claims are nobody's doubles.
    pub fn begin(&mut self, interchange: &Interchange) {
        let (route, number) = identity_of(interchange);
        let key = digest(&[route.as_bytes(), number.as_bytes()]);
        self.is_repeat = self.interchanges.contains(&key);
        if self.interchanges.len() < CLAIMS_SEEN_MAX {
            self.interchanges.insert(key);
        }
    }

    /// The claims that those of the next set are held against.
    pub fn before(&self) -> Option<&SeenInFile> {
        (!self.is_repeat).then_some(&self.seen)
    }

    /// Takes note of a set that was gone through.
    pub fn note(&mut self, set: &SeenSet) {
        if !self.is_repeat {
            self.seen.note(set);
        }
    }
}

fn keys(claim: &Claim<'_>, likeness: &Likeness) -> (u64, u64) {
    let number = claim.patient_control_number.bytes();
    (digest(&[number]), digest(&[likeness.fingerprint.as_bytes()]))
}

/// The visits of a claim that another one may repeat, each with a digest of who was seen by whom and when.
fn visit_keys(likeness: &Likeness) -> impl Iterator<Item = (u64, &Visit)> {
    let visits = likeness.visits.iter().filter(|visit| !visit.is_apart);
    visits.map(|visit| {
        let day = visit.day.to_wire();
        let parts = [likeness.patient.as_bytes(), day.as_bytes(), visit.provider.as_bytes()];
        (digest(&parts), visit)
    })
}

fn digest(parts: &[&[u8]]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(part);
        hasher.write_u8(0);
    }
    hasher.finish()
}
