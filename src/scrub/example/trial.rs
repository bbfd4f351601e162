//! Examples, tried: what rules find in a file by itself, with no store behind it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use x12::fault::Fault;
use x12::interchange::{Interchange, Set};
use x12::value::Day;
use x12::walk::Walked;

use super::Example;
use crate::code_sets::layouts::{self, Wanted};
use crate::code_sets::library::Library;
use crate::code_sets::table::About;
use crate::code_sets::table::draft::Draft;
use crate::scrub::path::Filed;
use crate::scrub::{Context, Earlier, Finding, Rule, TOLD_BY_RULES, scrub};

/// What was found.
#[derive(Debug, Default)]
pub struct Trial {
    pub findings: Vec<Finding>,
    /// For each finding what it points at.
    pub spots: Vec<Spot>,
    /// What the guide finds, but for what it leaves to rules.
    pub faults: Vec<Fault>,
}

/// What a finding points at, in the trade's words: `2010BA NM109`, `2300 DTP missing`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub loop_id: &'static str,
    /// The tag of the segment.
    pub segment: String,
    /// The element, or the segment where it is that as a whole.
    pub element: String,
    pub is_missing: bool,
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let missing = if self.is_missing { " missing" } else { "" };
        write!(f, "{} {}{missing}", self.loop_id, self.element)
    }
}

/// The day on which files are tried.
const TODAY: Day = Day::new(2026, 11, 1).expect("a day of the calendar");

/// What `rules` find in an example.
pub fn try_example(rules: &[&'static Rule], example: &Example) -> Trial {
    let codes = if example.has_codes { imported_codes() } else { Library::built_in() };
    try_file(rules, example.text().as_bytes(), example.known.earlier(), &codes)
}

/// What is so when an example of a rule is tried, in words: what is known of other claims, and
/// whether the code lists that an operator imports are at hand. Said of every example of a rule of
/// which one depends on it.
pub fn conditions(rule: &Rule, example: &Example) -> Vec<String> {
    let mut conditions = Vec::new();
    let known = example.known.in_words();
    if !known.is_empty() {
        conditions.push(known);
    } else if rule.examples.iter().any(|other| !other.known.in_words().is_empty()) {
        conditions.push("no other claim is known".to_owned());
    }
    if rule.examples.iter().any(|other| other.has_codes) {
        let lists = match Library::built_in().lacks(rule.needs) {
            lists if lists.is_empty() => "codes".to_owned(),
            lists => lists.join(" and "),
        };
        let with = if example.has_codes { "with a list" } else { "without a list" };
        conditions.push(format!("{with} of {lists} imported"));
    }
    conditions
}

/// What a rule finds in its own examples, each thing once: where, and what is said of it.
pub fn told_by(rule: &'static Rule) -> Vec<(Spot, Finding)> {
    let mut told: Vec<(Spot, Finding)> = Vec::new();
    for example in rule.examples.iter().filter(|example| example.finds > 0) {
        let Trial { findings, spots, .. } = try_example(&[rule], example);
        for (spot, finding) in spots.into_iter().zip(findings) {
            let is_known = |(known, other): &(Spot, Finding)| {
                *known == spot && (&other.what, &other.fix) == (&finding.what, &finding.fix)
            };
            if !told.iter().any(is_known) {
                told.push((spot, finding));
            }
        }
    }
    told
}

/// What `rules` find in all claims of a file, of which the store knows no other.
pub fn try_text(rules: &[&'static Rule], file: &[u8]) -> Trial {
    let codes = Library::built_in();
    try_file(rules, file, Earlier::default(), &codes)
}

/// What is built in, and the made-up lists of `testdata/codes/plain`.
fn imported_codes() -> Arc<Library> {
    let tables = PLAIN.iter().map(|(set, text)| {
        let mut draft = Draft::default();
        let read = layouts::read(&Wanted { set, starts: None }, text.as_bytes(), &mut draft);
        assert!(read.is_ok(), "the made-up list {set} is in its layout");
        let about = About { set: (*set).to_owned(), ..About::default() };
        draft.finish(about).expect("no row contradicts another")
    });
    Library::with(tables)
}

const PLAIN: &[(&str, &str)] = &[
    ("clia-waived", include_str!("../../../testdata/codes/plain/clia-waived.tsv")),
    ("hcpcs", include_str!("../../../testdata/codes/plain/hcpcs.tsv")),
    ("hipps", include_str!("../../../testdata/codes/plain/hipps.tsv")),
    ("modifier", include_str!("../../../testdata/codes/plain/modifier.tsv")),
    ("mpfs", include_str!("../../../testdata/codes/plain/mpfs.tsv")),
    ("ncci-addon", include_str!("../../../testdata/codes/plain/ncci-addon.tsv")),
    ("ncci-mue", include_str!("../../../testdata/codes/plain/ncci-mue.tsv")),
    ("ncci-ptp", include_str!("../../../testdata/codes/plain/ncci-ptp.tsv")),
    ("ncci-ptp-hospital", include_str!("../../../testdata/codes/plain/ncci-ptp.tsv")),
    ("ndc", include_str!("../../../testdata/codes/plain/ndc.tsv")),
    ("npi", include_str!("../../../testdata/codes/plain/npi.csv")),
    ("taxonomy", include_str!("../../../testdata/codes/plain/taxonomy.tsv")),
];

/// A set of claims laid against its guide; `None` when there is no guide of that version.
pub fn walked(interchange: &Interchange, set: &Set, version: &str) -> Option<Walked> {
    let guide = x12::guide::find(version, "837")?;
    Some(x12::walk::walk(interchange, set, guide))
}

fn try_file(rules: &[&'static Rule], file: &[u8], earlier: Earlier, codes: &Library) -> Trial {
    let reading = x12::interchange::read(&Bytes::copy_from_slice(file));
    let mut trial = Trial::default();
    for interchange in &reading.interchanges {
        trial.faults.extend(&interchange.faults);
        for group in &interchange.groups {
            trial.faults.extend(&group.faults);
            let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
            for set in &group.sets {
                trial.faults.extend(&set.faults);
                trial.try_set(rules, (interchange, set, &version), &earlier, codes);
            }
        }
    }
    trial
}

impl Trial {
    fn try_set(
        &mut self,
        rules: &[&'static Rule],
        (interchange, set, version): (&Interchange, &Set, &str),
        earlier: &Earlier,
        codes: &Library,
    ) {
        let Some(walked) = walked(interchange, set, version) else { return };
        for claim in x12::view::claim::claims(interchange, set, &walked) {
            let filed = Filed { claim: &claim, interchange, set, walked: &walked };
            let context = Context::of(&filed, TODAY, earlier, codes);
            for finding in scrub(&claim, &context, rules) {
                self.spots.push(spot_of(&finding, interchange, set, &walked));
                self.findings.push(finding);
            }
        }
        self.faults.extend(walked.faults.into_iter().filter(|fault| !is_told_by_rule(fault)));
    }
}

fn spot_of(finding: &Finding, interchange: &Interchange, set: &Set, walked: &Walked) -> Spot {
    let number = finding.place.segment;
    let loop_id = walked.placed_at(number).map_or("", |placed| placed.table.id);
    let (segment, element) = match (&finding.missing, interchange.set_segment(set, number)) {
        (Some(missing), _) => (missing.to_string(), missing.to_string()),
        (None, Some(segment)) => {
            let tag = segment.tag().text();
            (tag.clone(), finding.place.name_in(&tag))
        }
        (None, None) => (String::new(), String::new()),
    };
    Spot { loop_id, segment, element, is_missing: finding.missing.is_some() }
}

/// Whether a fault is left to a rule.
fn is_told_by_rule(fault: &Fault) -> bool {
    let condition = fault.kind.trigger().map(|trigger| trigger.condition);
    TOLD_BY_RULES.iter().any(|&(told, _)| Some(told) == condition)
}
