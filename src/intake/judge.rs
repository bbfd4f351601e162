//! One transaction set against its guide: taken, taken without some claims, or rejected.

use std::ops::Range;

use x12::fault::{Fault, GroupFault, Kind, Place};
use x12::guide::row::{Guide, Tag};
use x12::interchange::{Group, Interchange, Set};
use x12::view::claim::{Claim, Extent, claims};
use x12::walk::{Walked, walk};

/// What the guide says of a set.
#[derive(Debug)]
pub struct Judged {
    /// `None` when no guide of ours describes the set.
    pub guide: Option<&'static Guide>,
    pub walked: Walked,
    /// Faults of the envelope and of the guide together, in the order of the file.
    pub faults: Vec<Fault>,
    pub verdict: SetVerdict,
}

/// How a set is taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetVerdict {
    Accepted,
    /// Taken in spite of faults. In an 837 every fault lies in claims, and some claims have none:
    /// those with faults are rejected one by one, their neighbours go on. Here are the places of
    /// their CLM segments, ST = 1; other sets have none.
    WithErrors(Vec<u32>),
    Rejected,
}

impl SetVerdict {
    pub const fn is_rejected(&self) -> bool {
        matches!(self, SetVerdict::Rejected)
    }
}

/// Faults of a group that depend on what we support.
pub fn group_faults(interchange: &Interchange, group: &Group) -> Vec<Fault> {
    let mut faults = group.faults.clone();
    let gs = interchange.group_header(group);
    let version = String::from_utf8_lossy(gs.text(8)).into_owned();
    let set = match gs.text(1) {
        b"HC" => Some("837"),
        b"HP" => Some("835"),
        b"FA" => Some("999"),
        b"HN" => Some("277"),
        _ => None,
    };
    let fault = match set {
        None => Some((GroupFault::GroupUnsupported, 1)),
        // The older acknowledgment has no guide of its own and is read without one.
        Some("999") if version.starts_with("005010") && !version.contains('X') => None,
        Some(set) if x12::guide::find(&version, set).is_none() => {
            Some((GroupFault::VersionUnsupported, 8))
        }
        Some(_) => None,
    };
    if let Some((fault, element)) = fault {
        let place = Place { segment: 0, ..gs.place(element, 0) };
        let (kind, tag) = (Kind::Group(fault), Tag::new(b"GS"));
        faults.push(Fault { kind, place, loop_id: "", tag, name: "" });
    }
    faults
}

/// Lays a set against its guide.
pub fn judge(interchange: &Interchange, group: &Group, set: &Set) -> Judged {
    let version = interchange.group_header(group).text(8);
    let kind = interchange.set_header(set).text(1);
    let (version, kind) = (String::from_utf8_lossy(version), String::from_utf8_lossy(kind));
    let guide = x12::guide::find(&version, &kind);
    let walked = match guide {
        Some(guide) => walk(interchange, set, guide),
        None => Walked { placed: Vec::new(), faults: Vec::new() },
    };
    let mut faults = set.faults.clone();
    faults.extend(&walked.faults);
    let verdict = if !set.faults.is_empty() {
        SetVerdict::Rejected
    } else if faults.is_empty() {
        SetVerdict::Accepted
    } else if kind == "837" {
        spare_neighbours(interchange, set, &walked)
    } else {
        // What payers send is read as far as it can be: a fault against the guide is noted, and
        // whether a remittance is posted is for its balance to say.
        SetVerdict::WithErrors(Vec::new())
    };
    Judged { guide, walked, faults, verdict }
}

/// One bad claim does not stop its neighbours, as long as every fault lies in a claim or in the
/// levels that a claim hangs under, and some claim has none.
fn spare_neighbours(interchange: &Interchange, set: &Set, walked: &Walked) -> SetVerdict {
    let mut at_fault = Vec::new();
    let mut all = 0;
    let mut unexplained: Vec<u32> = walked.faults.iter().map(|fault| fault.place.segment).collect();
    unexplained.dedup();
    for claim in claims(interchange, set, walked) {
        all += 1;
        let ranges = ranges_of(&claim.extent);
        let mut is_hit = false;
        unexplained.retain(|&segment| {
            let own = claim.extent.claim.contains(&segment);
            is_hit |= own || ranges.iter().any(|range| range.contains(&segment));
            // A level above may hang over more claims; each of them must see its faults.
            !own
        });
        if is_hit {
            at_fault.push(claim.place.segment);
        }
    }
    let levels = levels_with_claims(interchange, set, walked);
    unexplained.retain(|segment| !levels.iter().any(|range| range.contains(segment)));
    if unexplained.is_empty() && at_fault.len() < all {
        SetVerdict::WithErrors(at_fault)
    } else {
        SetVerdict::Rejected
    }
}

fn ranges_of(extent: &Extent) -> [Range<u32>; 4] {
    [
        extent.billing.clone(),
        extent.subscriber.clone(),
        extent.patient.clone(),
        extent.claim.clone(),
    ]
}

/// The levels above claims: a fault in one of them counts against each claim below it.
fn levels_with_claims(interchange: &Interchange, set: &Set, walked: &Walked) -> Vec<Range<u32>> {
    let mut levels: Vec<Range<u32>> = Vec::new();
    for claim in claims(interchange, set, walked) {
        let Extent { billing, subscriber, patient, .. } = claim.extent;
        for range in [billing, subscriber, patient] {
            if levels.last() != Some(&range) {
                levels.push(range);
            }
        }
    }
    levels
}

/// The faults of a set that count against one claim.
pub fn faults_of<'a>(faults: &'a [Fault], claim: &Claim<'_>) -> impl Iterator<Item = &'a Fault> {
    let ranges = ranges_of(&claim.extent);
    faults
        .iter()
        .filter(move |fault| ranges.iter().any(|range| range.contains(&fault.place.segment)))
}
