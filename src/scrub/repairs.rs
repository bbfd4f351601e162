//! Repairs of form: one decides here for all who scrub which of them may be laid over a claim.

use std::collections::{HashMap, HashSet};

use x12::edit::{Edit, apply};
use x12::fault::{Fault, Place};
use x12::segment::Segment;

use super::mended::Mended;
use super::path::Filed;
use super::{Finding, Severity};

/// How often a value is repaired. Blanks, a point and small letters may all be wrong with one.
const REPAIRS_MAX: usize = 4;

/// Rules of which the fault is borne by payers, nearly all: their readers leave blanks and empty ends out,
/// and compare names in capitals. With any other fault of form a claim comes back.
const BORNE: [&str; 3] = ["blanks-around-value", "name-badly-written", "trailing-separators"];

/// How grave a fault of form is where nobody mends it, by the name of its rule.
pub fn unrepaired(rule: &str) -> Severity {
    if BORNE.contains(&rule) { Severity::Warn } else { Severity::Hold }
}

/// Lays repairs over a claim and has it judged anew with them, until nothing is left to repair: a rule
/// must not miss what stands in small letters, nor reject what is written right a moment later.
/// Gives the repairs, and what is wrong with the claim that they leave.
pub fn lay(filed: &Filed<'_>, mut judge: impl FnMut(&Filed<'_>) -> Vec<Finding>) -> Vec<Finding> {
    let mut repairs: Vec<Finding> = Vec::new();
    let mut found = judge(filed);
    for _ in 0..REPAIRS_MAX {
        let (new, rest): (Vec<_>, Vec<_>) = found.into_iter().partition(is_repair);
        found = rest;
        if new.is_empty() {
            break;
        }
        add(&mut repairs, new);
        let Some(mended) = Mended::new(filed, &safe_edits(&repairs)) else { break };
        let Some(judged) = mended.judged(&mut judge) else { break };
        found = judged;
        for finding in &mut found {
            finding.place = mended.original(finding.place, filed);
        }
    }
    if !repairs.is_empty() {
        found.extend(repairs);
        found.sort_by_key(|finding| finding.place);
    }
    found
}

/// Adds what was found to repair in a claim with the repairs before. All repairs of a value are from
/// what came to what the value is in the end; of several found at once the first is laid and told, and
/// what it leaves to repair is found the next time.
fn add(repairs: &mut Vec<Finding>, new: Vec<Finding>) {
    let value = |Place { segment, element, component, .. }| (segment, element, component);
    let earlier = repairs.len();
    // Where the repairs of a value stand, so that a claim of many takes no look at all of them for each.
    let mut known: HashMap<_, Vec<usize>> = HashMap::new();
    for (index, repair) in repairs.iter().enumerate() {
        known.entry(value(repair.place)).or_default().push(index);
    }
    for mut repair in new {
        let Some(mut edit) = repair.edit.take() else { continue };
        let same = known.entry(value(repair.place)).or_default();
        if same.iter().any(|&index| earlier <= index) {
            continue;
        }
        for &index in &*same {
            if let Some(known) = repairs.get_mut(index).and_then(|known| known.edit.as_mut()) {
                known.to = edit.to.clone();
                edit.from = known.from.clone();
            }
        }
        repair.edit = Some(edit);
        same.push(repairs.len());
        repairs.push(repair);
    }
}

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

/// Repairs that may be laid over the claim without asking; one for each value.
pub fn safe_edits(found: &[Finding]) -> Vec<Edit> {
    let mut repaired: HashSet<Place> = HashSet::new();
    let edits =
        found.iter().filter(|one| is_repair(one)).filter_map(|one| Some((one, edit_of(one)?)));
    edits.filter(|(one, _)| repaired.insert(one.place)).map(|(_, edit)| edit).collect()
}

/// Whether a finding is of form alone, and mended without asking.
pub fn is_repair(finding: &Finding) -> bool {
    finding.severity == Severity::Repair && finding.edit.as_ref().is_some_and(|edit| edit.is_safe)
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
    let segment = interchange.set_segment(set, number);
    let (Some(placed), Some(segment)) = (walked.placed_at(number), segment) else { return false };
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
    use std::sync::Arc;

    use bytes::Bytes;
    use x12::segment::Field;
    use x12::view::claim::{Claim, claims};

    use super::*;
    use crate::intake::judge::{SetVerdict, judge};
    use crate::scrub::example::Clean;
    use crate::scrub::profile::Profile;
    use crate::scrub::{Earlier, Rule, Rulebook, rules};

    /// What the gateway finds in the first claim of a file that its guide accepts.
    fn found_in(text: &str) -> Vec<Finding> {
        let file = Bytes::copy_from_slice(text.as_bytes());
        let reading = x12::interchange::read(&file);
        let interchange = &reading.interchanges[0];
        let set = &interchange.groups[0].sets[0];
        let judged = judge(interchange, &interchange.groups[0], set);
        assert_eq!(judged.verdict, SetVerdict::Accepted, "{:?}", judged.faults);
        let claim = claims(interchange, set, &judged.walked).next().expect("a claim");
        let today = x12::value::Day::new(2026, 11, 2).expect("a day");
        let filed = Filed { claim: &claim, interchange, set, walked: &judged.walked };
        Rulebook::built_in().scrub(&filed, "", today, |_| Earlier::default())
    }

    #[test]
    fn judges_what_goes_out() {
        for (from, to, expected) in [
            // What is wrong with the value itself is found behind its form.
            ("ABK:E119", "ABK:w19xxxa", ["code-in-lower-case", "external-cause-is-principal"]),
            (
                "HC:93000*",
                "HC: 97799*",
                ["procedure-badly-written", "unlisted-procedure-unexplained"],
            ),
            // What is wrong with its form alone is no other fault.
            ("REF*EI*043219876", "REF*EI* 043219876", ["blanks-around-value", ""]),
            ("REF*EI*043219876", "REF*EI* 04-3219876", ["tax-number-with-hyphen", ""]),
        ] {
            let text = Clean::Professional.text();
            assert!(text.contains(from));
            let found = found_in(&text.replacen(from, to, 1));
            let mut names: Vec<&str> = found.iter().map(|one| &*one.rule.name).collect();
            names.sort_unstable();
            let expected: Vec<&str> =
                expected.into_iter().filter(|name| !name.is_empty()).collect();
            assert_eq!(names, expected, "{to}");
            let offsets = found.iter().map(|one| one.place.offset);
            assert!(offsets.is_sorted(), "{to}");
        }
    }

    /// A value of the claim in another form that repairs mend.
    type Form = (&'static str, fn(&str) -> String, for<'a> fn(&Claim<'a>) -> Vec<Field<'a>>);

    const FORMS: [Form; 8] = [
        ("small letters in diagnoses", str::to_ascii_lowercase, diagnoses),
        ("points in diagnoses", with_point, diagnoses),
        ("small letters in procedures", str::to_ascii_lowercase, procedures),
        ("blanks before procedures", |code| format!(" {code}"), procedures),
        ("small letters in modifiers", str::to_ascii_lowercase, |claim| {
            claim.lines.iter().flat_map(|line| line.procedure.modifiers.iter().copied()).collect()
        }),
        (
            "blanks before references",
            |number| format!(" {number}"),
            |claim| claim.references.iter().map(|known| known.value).collect(),
        ),
        ("small letters in taxonomies", str::to_ascii_lowercase, |claim| {
            claim.parties().filter_map(|party| party.taxonomy).collect()
        }),
        ("small letters in states", str::to_ascii_lowercase, |claim| {
            claim.parties().filter_map(|party| party.address).map(|one| one.state).collect()
        }),
    ];

    fn with_point(code: &str) -> String {
        let (category, rest) = code.split_at(3);
        format!("{category}.{rest}")
    }

    fn diagnoses<'a>(claim: &Claim<'a>) -> Vec<Field<'a>> {
        claim.all_diagnoses().map(|one| one.code).filter(|code| 3 < code.bytes().len()).collect()
    }

    fn procedures<'a>(claim: &Claim<'a>) -> Vec<Field<'a>> {
        let coded =
            claim.lines.iter().filter(|line| line.procedure.qualifier.is_any(&["HC", "AD"]));
        coded.map(|line| line.procedure.code).collect()
    }

    /// The values in another form.
    fn edits(claim: &Claim<'_>, (_, change, values): &Form) -> Vec<Edit> {
        let in_form = |value: &Field<'_>| value.bytes().iter().all(u8::is_ascii_alphanumeric);
        let values = values(claim).into_iter().filter(|value| !value.is_empty() && in_form(value));
        let edit = |value: Field<'_>| Edit::Set {
            segment: value.place.segment,
            element: value.place.element,
            component: value.place.component,
            value: change(&value.text()),
        };
        values.map(edit).collect()
    }

    #[test]
    fn form_hides_nothing_and_is_no_other_fault() {
        let rulebook = Rulebook::built_in();
        let today = x12::value::Day::new(2026, 11, 2).expect("a day");
        let mut wrong: Vec<String> = Vec::new();
        let mut count = 0;
        for example in rules::ALL.iter().flat_map(|rule| rule.examples) {
            let reading = x12::interchange::read(&Bytes::from(example.text()));
            let Some(interchange) = reading.interchanges.first() else { continue };
            let Some(group) = interchange.groups.first() else { continue };
            let Some(set) = group.sets.first() else { continue };
            let walked = judge(interchange, group, set).walked;
            let Some(claim) = claims(interchange, set, &walked).next() else { continue };
            let found = |filed: &Filed<'_>| -> Vec<String> {
                let found = rulebook.scrub(filed, "", today, |_| Earlier::default());
                let told = found.into_iter().filter(|one| one.severity != Severity::Repair);
                let mut names: Vec<String> = told.map(|one| one.rule.name.into_owned()).collect();
                names.sort();
                names
            };
            let filed = Filed { claim: &claim, interchange, set, walked: &walked };
            let expected = found(&filed);
            for form in &FORMS {
                let edits = edits(&claim, form);
                if edits.is_empty() {
                    continue;
                }
                let formed = Mended::new(&filed, &edits).expect("a claim that can be read");
                let names = formed.judged(found).expect("a claim");
                count += 1;
                if names != expected {
                    wrong.push(format!("{}: {expected:?} is {names:?}", form.0));
                }
            }
        }
        wrong.sort();
        wrong.dedup();
        assert!(count > 1_000, "{count} claims in another form");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn tells_once_what_one_repair_of_a_value_mends() {
        for (from, to) in [("ABK:E119", "ABK:e11.9"), ("BI*PXC*207Q00000X", "BI*PXC*207q00000x ")] {
            let text = Clean::Professional.text();
            let found = found_in(&text.replacen(from, to, 1));
            let edits: Vec<(&str, &str)> = found
                .iter()
                .filter_map(|one| one.edit.as_ref())
                .map(|edit| (edit.from.expose().as_str(), edit.to.expose().as_str()))
                .collect();
            let value = |text: &'static str| text.rsplit([':', '*']).next().expect("a value");
            assert_eq!(edits, [(value(to), value(from))]);
            assert_eq!(safe_edits(&found).len(), 1);
            // It stands where the value came in the file.
            let place = found[0].place;
            assert!(text.as_bytes()[place.offset..].starts_with(value(from).as_bytes()));
        }
    }

    #[test]
    fn holds_where_repairs_are_off_what_payers_do_not_bear() {
        let mut rulebook = Rulebook::built_in();
        rulebook.only_payer = Some(Arc::new(Profile::default()));
        let today = x12::value::Day::new(2026, 11, 2).expect("a day");
        let mends = |rule: &&&Rule| rule.severity == Severity::Repair;
        let repairing: Vec<&Rule> = rules::ALL.iter().filter(mends).copied().collect();
        assert!(BORNE.iter().all(|name| repairing.iter().any(|rule| rule.name == *name)));
        for rule in repairing {
            for example in rule.examples.iter().filter(|example| example.finds > 0) {
                let reading = x12::interchange::read(&Bytes::from(example.text()));
                let interchange = &reading.interchanges[0];
                let (group, set) = (&interchange.groups[0], &interchange.groups[0].sets[0]);
                let walked = judge(interchange, group, set).walked;
                let claim = claims(interchange, set, &walked).next().expect("a claim");
                let filed = Filed { claim: &claim, interchange, set, walked: &walked };
                let found = rulebook.scrub(&filed, "", today, |_| Earlier::default());
                let own = found.iter().find(|one| one.rule.code == rule.code).expect("a finding");
                let expected = if BORNE.contains(&rule.name) { "warn" } else { "hold" };
                assert_eq!(own.severity.name(), expected, "{}: {:?}", rule.name, example.changes);
                assert_eq!(rule.unrepaired(), Some(own.severity));
                assert!(safe_edits(&found).is_empty());
            }
        }
    }

    #[test]
    fn holds_a_value_that_has_no_room_for_its_repair() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/professional/plain.edi");
        let text = std::fs::read_to_string(path).expect("a test file");
        for (letters, is_laid) in [(58, true), (59, false)] {
            // Plain capitals write the last letter with two.
            let name = format!("NM1*IL*1*{}Æ*", "A".repeat(letters));
            let (before, rest) = text.split_once("NM1*IL*1*").expect("the insured");
            let (_, behind) = rest.split_once('*').expect("a first name");
            let found = found_in(&format!("{before}{name}{behind}"));
            let told = found.iter().find(|one| one.rule.name == "name-badly-written");
            let severity = if is_laid { Severity::Repair } else { Severity::Hold };
            assert_eq!(told.map(|finding| finding.severity), Some(severity));
            assert_eq!(safe_edits(&found).len(), usize::from(is_laid));
        }
    }
}
