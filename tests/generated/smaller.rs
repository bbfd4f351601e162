//! What is wrong with a batch, and the smallest batch that is still wrong in the same way.

use std::collections::BTreeSet;

use bytes::Bytes;
use claimgate::intake::judge::judge;
use claimgate::scrub::path::Filed;
use claimgate::scrub::{Earlier, Rulebook};
use x12::fault::{Fault, Place};
use x12::interchange::{Interchange, Set};
use x12::value::Day;
use x12::view::claim::claims;

use crate::chance::Chance;
use crate::starts::{Start, grown_with};

/// The day on which all claims are looked at.
pub const TODAY: Day = Day::new(2026, 11, 1).expect("a day of the calendar");

/// What a guide or a rule says.
#[derive(Debug)]
pub struct Wrong {
    /// The rule, or the segment and the fault.
    pub name: String,
    pub what: String,
}

/// Everything that the guide and the rules find in a file, from warnings up. Each claim is shown to
/// `look` too.
pub fn findings_in(
    text: &str,
    rulebook: &Rulebook,
    mut look: impl FnMut(&Filed<'_>),
) -> Vec<Wrong> {
    let bytes = Bytes::copy_from_slice(text.as_bytes());
    let reading = x12::interchange::read(&bytes);
    let mut wrong = Vec::new();
    for interchange in &reading.interchanges {
        wrong.extend(interchange.faults.iter().map(|fault| of_fault(fault, None)));
        for group in &interchange.groups {
            wrong.extend(group.faults.iter().map(|fault| of_fault(fault, None)));
            for set in &group.sets {
                let judged = judge(interchange, group, set);
                let around = Some((interchange, set));
                wrong.extend(judged.faults.iter().map(|fault| of_fault(fault, around)));
                for claim in claims(interchange, set, &judged.walked) {
                    let filed = Filed { claim: &claim, interchange, set, walked: &judged.walked };
                    look(&filed);
                    for finding in rulebook.scrub(&filed, "", TODAY, |_| Earlier::default()) {
                        let at = line_at(interchange, set, finding.place);
                        let name = finding.rule.name.to_string();
                        wrong.push(Wrong { name, what: format!("{} ({at})", finding.what) });
                    }
                }
            }
        }
    }
    wrong
}

fn of_fault(fault: &Fault, around: Option<(&Interchange, &Set)>) -> Wrong {
    let at =
        around.map_or(String::new(), |(interchange, set)| line_at(interchange, set, fault.place));
    let name = format!("{} {}", fault.tag.text(), fault.kind.name());
    Wrong { name, what: format!("{fault} ({at})") }
}

fn line_at(interchange: &Interchange, set: &Set, place: Place) -> String {
    let segment = interchange.set_segment(set, place.segment);
    segment.map_or(String::new(), |segment| String::from_utf8_lossy(segment.bytes()).into_owned())
}

/// What is wrong, in the smallest batch that can be made of the same start and seed.
pub fn told(starts: &[Start], at: usize, seed: u64, wrong: &Wrong, rulebook: &Rulebook) -> String {
    let is_wrong = |text: &str| {
        findings_in(text, rulebook, |_| {}).into_iter().find(|found| found.name == wrong.name)
    };
    let whole = Chance::new(seed);
    let mut smallest = grown_with(starts, at, &whole).write();
    let mut what = wrong.what.clone();
    let mut left_out = BTreeSet::new();
    // The last decisions first: those before them make more.
    for place in whole.filled().into_iter().rev() {
        left_out.insert(place.clone());
        let text = grown_with(starts, at, &Chance::without(seed, left_out.clone())).write();
        match is_wrong(&text) {
            Some(found) => (smallest, what) = (text, found.what),
            None => drop(left_out.remove(&place)),
        }
    }
    let name = &wrong.name;
    format!("{name}: {what}\nin what seed {seed} makes of {}:\n{smallest}", starts[at].name)
}
