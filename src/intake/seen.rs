//! Claims of the file at hand, to find doubles that no store can know yet.
//!
//! Within a set a double is told by the CLM01 of the claim before it; of earlier sets no more is kept than
//! digests and places, for a file may have millions of claims.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};

use x12::fault::Place;
use x12::interchange::Interchange;
use x12::view::claim::Claim;

use crate::intake::identity_of;
use crate::intake::likeness::{self, Looks};
use crate::limits::{CLAIMS_SEEN_MAX, OPERATIONS_SEEN_MAX};
use crate::scrub::earlier::{Operation, Told, Visit};
use crate::scrub::{Earlier, form};

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
    /// By digests of patients, each with the byte of its claim.
    operations: HashMap<u64, Vec<(u64, Operation)>>,
    all: SeenSet,
}

/// A set that was gone through, as later sets remember it.
#[derive(Debug, Default)]
pub struct SeenSet {
    claims: Vec<SeenClaim>,
    visits: Vec<SeenVisit>,
    operations: Vec<SeenOperation>,
    /// Digests of patients whose visits are billed.
    visitors: HashSet<u64>,
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

#[derive(Clone, Copy, Debug)]
struct SeenOperation {
    /// A digest of the patient.
    patient: u64,
    operation: Operation,
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
    operations: HashMap<u64, Vec<(u64, Operation)>>,
    operation_count: usize,
}

impl SeenInSet {
    /// Takes note of a claim, which came at this place. It counts when it was not turned away.
    pub fn note(&mut self, claim: &Claim<'_>, came: Place, looks: &Looks, counts: bool) {
        let offset = came.offset as u64;
        let (control_number, service) = keys(claim, looks);
        self.all.claims.push(SeenClaim { control_number, service, offset, counts });
        for key in visit_keys(looks).map(|(key, _)| key) {
            self.all.visits.push(SeenVisit { key, offset, counts });
            if counts {
                self.visits.entry(key).or_insert(offset);
            }
        }
        if !looks.visits.is_empty() {
            self.all.visitors.insert(patient_key(looks));
        }
        for &operation in &looks.operations {
            let patient = patient_key(looks);
            self.all.operations.push(SeenOperation { patient, operation, offset, counts });
            if counts {
                self.operations.entry(patient).or_default().push((offset, operation));
            }
        }
        if counts {
            let segment = came.segment;
            let number = likeness::control_number(claim);
            self.control_numbers.entry(number.clone().into_bytes()).or_insert(segment);
            self.fingerprints.entry(looks.fingerprint.clone()).or_insert((number, segment));
        }
    }

    /// The claims before that one resembles, in this set or in an earlier one.
    pub fn earlier(&self, claim: &Claim<'_>, looks: &Looks, before: &SeenInFile) -> Earlier {
        let here = |number: &str, at: u32| format!("claim {number} at segment {at} of this file");
        let there = |at: &u64| format!("the claim at byte {at} of this file");
        let double = |claim: String| Told { claim, what: None };
        let number = likeness::control_number(claim);
        let same_number = self.control_numbers.get(number.as_bytes());
        let same_service = self.fingerprints.get(&looks.fingerprint);
        let (number_key, service_key) = keys(claim, looks);
        let visits = visit_keys(looks).filter_map(|(key, visit)| {
            let at = self.visits.get(&key).or_else(|| before.visits.get(&key))?;
            Some(Told { claim: there(at), what: *visit })
        });
        // Only visits are held against operations.
        let patient = (!looks.visits.is_empty()).then(|| patient_key(looks));
        let operations = patient.into_iter().flat_map(|patient| {
            let known = [self.operations.get(&patient), before.operations.get(&patient)];
            known.into_iter().flatten().flatten()
        });
        let operations = operations.map(|(at, what)| Told { claim: there(at), what: *what });
        Earlier {
            same_service: same_service
                .map(|(number, at)| here(number, *at))
                .or_else(|| before.services.get(&service_key).map(there))
                .map(double),
            same_control_number: same_number
                .map(|&at| here(&number, at))
                .or_else(|| before.control_numbers.get(&number_key).map(there))
                .map(double),
            visits: visits.collect(),
            operations: operations.collect(),
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
        for seen in set.operations.iter().filter(|seen| seen.counts) {
            if self.operation_count < OPERATIONS_SEEN_MAX {
                self.operation_count += 1;
                let of_patient = self.operations.entry(seen.patient).or_default();
                of_patient.push((seen.offset, seen.operation));
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
            || set.visitors.iter().any(|patient| self.operations.contains_key(patient))
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

fn keys(claim: &Claim<'_>, looks: &Looks) -> (u64, u64) {
    let number = form::trimmed(&claim.patient_control_number);
    (digest(&[number]), digest(&[looks.fingerprint.as_bytes()]))
}

/// The visits of a claim that another one may repeat, each with a digest of who was seen by whom and when.
fn visit_keys(looks: &Looks) -> impl Iterator<Item = (u64, &Visit)> {
    let patient = patient_key(looks).to_be_bytes();
    let visits = looks.visits.iter().filter(|visit| !visit.is_apart);
    visits.map(move |visit| {
        let Visit { day, provider, .. } = visit;
        let on = [day.year().to_be_bytes(), [day.month(), day.day()]].concat();
        (digest(&[&patient, &on, provider.bytes()]), visit)
    })
}

/// A digest of the patient and of the billing provider.
fn patient_key(looks: &Looks) -> u64 {
    digest(&[looks.patient.expose()])
}

fn digest(parts: &[&[u8]]) -> u64 {
    let mut hasher = DefaultHasher::new();
    for part in parts {
        hasher.write(part);
        hasher.write_u8(0);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use x12::view::claim::claims;

    use super::*;
    use crate::intake::likeness::looks;
    use crate::store::archive::hash_of;

    #[test]
    fn holds_visits_against_operations_of_their_set_and_of_earlier_ones() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/professional/plain.edi");
        let visit = std::fs::read_to_string(path).expect("a test file");
        let (begin, rest) = visit.split_once("SV1*HC:").expect("a line");
        let (_, end) = rest.split_once('*').expect("a charge");
        let file = |code: &str| {
            let text = format!("{begin}SV1*HC:{code}*{end}");
            // Nothing else of them is the same.
            let text = Bytes::from(text.replace("CLM*WC-1001", &format!("CLM*{code}")));
            x12::interchange::read(&text)
        };
        // What the claims of both files know of operations, when they stand in one set or in two.
        let told = |first: &str, second: &str, is_one_set: bool| {
            let (mut seen, mut before) = (SeenInSet::default(), SeenInFile::default());
            let mut told = Vec::new();
            for code in [first, second] {
                let reading = file(code);
                let interchange = &reading.interchanges[0];
                let set = &interchange.groups[0].sets[0];
                let guide = x12::guide::find("005010X222A1", "837").expect("its guide");
                let walked = x12::walk::walk(interchange, set, guide);
                for claim in claims(interchange, set, &walked) {
                    let looks = looks(&claim, hash_of);
                    let operations = seen.earlier(&claim, &looks, &before).operations;
                    seen.note(&claim, claim.place, &looks, true);
                    assert_eq!(before.resembles_any(&seen.all), !is_one_set && code == second);
                    told.extend(operations.iter().map(|told| told.what.code.to_string()));
                }
                if !is_one_set {
                    before.note(&std::mem::take(&mut seen).finish());
                }
            }
            told
        };
        for is_one_set in [true, false] {
            assert_eq!(told("27130", "99213", is_one_set), ["27130"]);
        }
        // An operation after the visit, and another operation.
        assert!(told("99213", "27130", true).is_empty());
        assert!(told("27130", "27132", true).is_empty());
    }
}
