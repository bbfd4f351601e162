//! Repairs of form: one decides here for all who scrub which of them may be laid over a claim.

use std::collections::HashSet;

use x12::edit::{Edit, apply};
use x12::fault::{Fault, Place};
use x12::segment::Segment;

use super::path::Filed;
use super::{Finding, Severity};

/// Leaves to a person what has no room for its repair: plain letters may be more than the letters
/// that they stand for. The claim waits.
pub fn hold_what_does_not_fit(filed: &Filed<'_>, found: &mut [Finding]) {
    let mut seen: HashSet<Place> = HashSet::new();
    let mut unfit: HashSet<Place> = HashSet::new();
    // A second repair of a value was made for what it was before the first.
    for finding in found.iter().filter(|finding| finding.severity == Severity::Repair) {
        let Some(edit) = edit_of(finding) else { continue };
        if seen.insert(finding.place) && !fits_its_row(filed, finding.place.segment, &edit) {
            unfit.insert(finding.place);
        }
    }
    if unfit.is_empty() {
        return;
    }
    for finding in found {
        if finding.severity == Severity::Repair && unfit.contains(&finding.place) {
            finding.weigh(Severity::Hold);
            finding.edit = None;
            finding.fix = "the guide has no room for the value once it is mended; write a shorter \
                           one by hand"
                .into();
        }
    }
}

/// For each finding the repair of it that may be laid over the claim without asking; one for each value.
pub fn safe_edits(found: &[Finding]) -> Vec<Option<Edit>> {
    let mut repaired: HashSet<Place> = HashSet::new();
    let mut edit = |finding: &Finding| {
        let edit = edit_of(finding).filter(|_| finding.severity == Severity::Repair)?;
        repaired.insert(finding.place).then_some(edit)
    };
    found.iter().map(&mut edit).collect()
}

fn edit_of(finding: &Finding) -> Option<Edit> {
    let suggestion = finding.edit.as_ref().filter(|edit| edit.is_safe)?;
    Some(Edit::Set {
        segment: finding.place.segment,
        element: finding.place.element,
        component: finding.place.component,
        value: suggestion.to.expose().clone(),
    })
}

/// Whether a segment has no fault of the guide with an edit laid over it that it has not without.
fn fits_its_row(filed: &Filed<'_>, number: u32, edit: &Edit) -> bool {
    let Filed { interchange, set, walked, .. } = *filed;
    let found = walked.placed.binary_search_by_key(&number, |placed| placed.number);
    let placed = found.ok().and_then(|index| walked.placed.get(index));
    let segment = interchange.set_segment(set, number);
    let (Some(placed), Some(segment)) = (placed, segment) else { return false };
    let before = placed.faults_of(&segment);
    let Ok(edited) = apply([segment], std::slice::from_ref(edit)) else { return false };
    edited.iter().all(|(number, text)| {
        let segment = Segment::new(text, 0, *number, interchange.delimiters());
        let after = placed.faults_of(&segment);
        after.iter().all(|fault| before.iter().any(|known| is_same(fault, known)))
    })
}

/// Whether two faults are of one kind and of one value.
fn is_same(fault: &Fault, known: &Fault) -> bool {
    let value = |fault: &Fault| (fault.place.element, fault.place.component, fault.place.repeat);
    fault.kind == known.kind && value(fault) == value(known)
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use x12::view::claim::claims;

    use super::*;
    use crate::intake::judge::{SetVerdict, judge};
    use crate::scrub::{Earlier, Rulebook};

    #[test]
    fn holds_a_value_that_has_no_room_for_its_repair() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/professional/plain.edi");
        let text = std::fs::read_to_string(path).expect("a test file");
        for (letters, is_laid) in [(58, true), (59, false)] {
            // Plain capitals write the last letter with two.
            let name = format!("NM1*IL*1*{}Æ*", "A".repeat(letters));
            let (before, rest) = text.split_once("NM1*IL*1*").expect("the insured");
            let (_, behind) = rest.split_once('*').expect("a first name");
            let file = Bytes::from(format!("{before}{name}{behind}"));
            let reading = x12::interchange::read(&file);
            let interchange = &reading.interchanges[0];
            let set = &interchange.groups[0].sets[0];
            let judged = judge(interchange, &interchange.groups[0], set);
            assert_eq!(judged.verdict, SetVerdict::Accepted);
            let claim = claims(interchange, set, &judged.walked).next().expect("a claim");
            let today = x12::value::Day::new(2026, 3, 2).expect("a day");
            let filed = Filed { claim: &claim, interchange, set, walked: &judged.walked };
            let found = Rulebook::built_in().scrub(&filed, "", today, Earlier::default());
            let told = found.iter().find(|one| one.rule.name == "name-badly-written");
            let severity = if is_laid { Severity::Repair } else { Severity::Hold };
            assert_eq!(told.map(|finding| finding.severity), Some(severity));
            assert_eq!(safe_edits(&found).iter().flatten().count(), usize::from(is_laid));
        }
    }
}
