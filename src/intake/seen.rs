//! Claims of the file at hand, to find doubles that no store can know yet.
//!
//! Within a set a double is told by the CLM01 of the claim before it; of earlier sets no more is kept than
//! digests and places, for a file may have millions of claims.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use x12::interchange::Interchange;
use x12::view::claim::Claim;

use crate::intake::identity_of;
use crate::limits::CLAIMS_SEEN_MAX;
use crate::scrub::Earlier;

/// Claims of one set so far. A claim that goes back to its office is not among them: it is no double
/// of the one that takes its place.
#[derive(Debug, Default)]
pub struct SeenInSet {
    /// CLM01 to the segment of its claim.
    control_numbers: HashMap<Vec<u8>, u32>,
    /// With the CLM01 of each.
    fingerprints: HashMap<String, (String, u32)>,
    claims: Vec<SeenClaim>,
}

/// A claim of a set that was gone through, as later sets remember it.
#[derive(Clone, Copy, Debug)]
pub struct SeenClaim {
    /// Digests of CLM01, and of what is billed.
    control_number: u64,
    service: u64,
    /// The byte of its CLM.
    offset: u64,
    /// It was not turned away.
    counts: bool,
}

/// Claims of the sets before: by digests of CLM01 and of what is billed, the byte of the CLM.
#[derive(Debug, Default)]
pub struct SeenInFile {
    control_numbers: HashMap<u64, u64>,
    services: HashMap<u64, u64>,
}

impl SeenInSet {
    /// Takes note of a claim. It counts when it was not turned away.
    pub fn note(&mut self, claim: &Claim<'_>, fingerprint: &str, counts: bool) {
        let number = claim.patient_control_number;
        let offset = claim.place.offset as u64;
        let (control_number, service) = keys(claim, fingerprint);
        self.claims.push(SeenClaim { control_number, service, offset, counts });
        if counts {
            let segment = claim.place.segment;
            self.control_numbers.entry(number.bytes().to_vec()).or_insert(segment);
            let number = number.text().into_owned();
            self.fingerprints.entry(fingerprint.to_owned()).or_insert((number, segment));
        }
    }

    /// The claim before that one resembles, in this set or in an earlier one.
    pub fn earlier(&self, claim: &Claim<'_>, fingerprint: &str, before: &SeenInFile) -> Earlier {
        let here = |number: &str, at: u32| format!("claim {number} at segment {at} of this file");
        let there = |at: &u64| format!("the claim at byte {at} of this file");
        let number = claim.patient_control_number;
        let same_number = self.control_numbers.get(number.bytes());
        let same_service = self.fingerprints.get(fingerprint);
        let (number_key, service_key) = keys(claim, fingerprint);
        Earlier {
            same_service: same_service
                .map(|(number, at)| here(number, *at))
                .or_else(|| before.services.get(&service_key).map(there)),
            same_control_number: same_number
                .map(|&at| here(&number.text(), at))
                .or_else(|| before.control_numbers.get(&number_key).map(there)),
        }
    }

    /// What later sets remember of it.
    pub fn finish(self) -> Vec<SeenClaim> {
        self.claims
    }
}

impl SeenInFile {
    /// Takes note of a set that was gone through.
    pub fn note(&mut self, claims: &[SeenClaim]) {
        for claim in claims.iter().filter(|claim| claim.counts) {
            if self.services.len() < CLAIMS_SEEN_MAX {
                self.control_numbers.entry(claim.control_number).or_insert(claim.offset);
                self.services.entry(claim.service).or_insert(claim.offset);
            }
        }
    }

    /// Whether a claim is among them that one of these resembles.
    pub fn resembles_any(&self, claims: &[SeenClaim]) -> bool {
        claims.iter().any(|claim| {
            self.services.contains_key(&claim.service)
                || self.control_numbers.contains_key(&claim.control_number)
        })
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
        let key = digest(format!("{route} {number}").as_bytes());
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
    pub fn note(&mut self, claims: &[SeenClaim]) {
        if !self.is_repeat {
            self.seen.note(claims);
        }
    }
}

fn keys(claim: &Claim<'_>, fingerprint: &str) -> (u64, u64) {
    (digest(claim.patient_control_number.bytes()), digest(fingerprint.as_bytes()))
}

fn digest(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text);
    hasher.finish()
}
