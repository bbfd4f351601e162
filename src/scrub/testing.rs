//! What rules find in a file, for their tests.

use std::sync::Arc;

use bytes::Bytes;
use x12::fault::Fault;
use x12::interchange::{Interchange, Set};
use x12::value::Day;
use x12::walk::Walked;

use super::{Context, Earlier, Example, Finding, Rule, TOLD_BY_RULES, scrub};
use crate::code_sets::layouts::{self, Wanted};
use crate::code_sets::library::Library;
use crate::code_sets::table::About;
use crate::code_sets::table::draft::Draft;

/// What `rules` find in an example, and the faults that its guide finds.
pub fn findings_in_example(
    rules: &[&'static Rule],
    example: &Example,
) -> (Vec<Finding>, Vec<Fault>) {
    let codes = if example.has_codes { imported_codes() } else { Library::built_in() };
    let context = Context { earlier: example.known.earlier(), codes, ..alone() };
    scrub_file(rules, example.text().as_bytes(), &context)
}

/// What is built in, and the made-up lists of `testdata/codes/plain`.
fn imported_codes() -> Arc<Library> {
    let tables = PLAIN.iter().map(|(set, text)| {
        let mut draft = Draft::default();
        let read = layouts::read(&Wanted { set, starts: None }, text.as_bytes(), &mut draft);
        read.unwrap_or_else(|refusal| panic!("{set}: {refusal}"));
        let about = About { set: (*set).to_owned(), ..About::default() };
        draft.finish(about).expect("no row contradicts another")
    });
    Library::with(tables)
}

const PLAIN: &[(&str, &str)] = &[
    ("clia-waived", include_str!("../../testdata/codes/plain/clia-waived.tsv")),
    ("hcpcs", include_str!("../../testdata/codes/plain/hcpcs.tsv")),
    ("hipps", include_str!("../../testdata/codes/plain/hipps.tsv")),
    ("modifier", include_str!("../../testdata/codes/plain/modifier.tsv")),
    ("mpfs", include_str!("../../testdata/codes/plain/mpfs.tsv")),
    ("ncci-addon", include_str!("../../testdata/codes/plain/ncci-addon.tsv")),
    ("ncci-mue", include_str!("../../testdata/codes/plain/ncci-mue.tsv")),
    ("ncci-ptp", include_str!("../../testdata/codes/plain/ncci-ptp.tsv")),
    ("ncci-ptp-hospital", include_str!("../../testdata/codes/plain/ncci-ptp.tsv")),
    ("ndc", include_str!("../../testdata/codes/plain/ndc.tsv")),
    ("npi", include_str!("../../testdata/codes/plain/npi.csv")),
    ("taxonomy", include_str!("../../testdata/codes/plain/taxonomy.tsv")),
];

/// A claim of which the store knows no other, on 1 November 2026.
fn alone() -> Context {
    let today = Day::new(2026, 11, 1).expect("a day of the calendar");
    Context { today, earlier: Earlier::default(), codes: Library::built_in() }
}

/// What `rule` finds in all claims of a file, on 1 November 2026.
pub fn findings_in(rule: &'static Rule, text: &str) -> Vec<Finding> {
    findings_of(&[rule], text.as_bytes()).0
}

/// What `rules` find in all claims of a file, on 1 November 2026, and the faults that
/// its guide finds.
pub fn findings_of(rules: &[&'static Rule], file: &[u8]) -> (Vec<Finding>, Vec<Fault>) {
    scrub_file(rules, file, &alone())
}

/// A set of claims laid against its guide.
pub fn walked(interchange: &Interchange, set: &Set, version: &str) -> Walked {
    let guide = x12::guide::find(version, "837").expect("a guide of claims");
    x12::walk::walk(interchange, set, guide)
}

fn scrub_file(
    rules: &[&'static Rule],
    file: &[u8],
    context: &Context,
) -> (Vec<Finding>, Vec<Fault>) {
    let reading = x12::interchange::read(&Bytes::copy_from_slice(file));
    let mut found = Vec::new();
    let mut faults = Vec::new();
    for interchange in &reading.interchanges {
        faults.extend(&interchange.faults);
        faults.extend(interchange.groups.iter().flat_map(|group| &group.faults));
        faults.extend(
            interchange.groups.iter().flat_map(|group| &group.sets).flat_map(|set| &set.faults),
        );
        let sets = interchange.groups.iter().flat_map(|group| {
            let version = interchange.group_header(group).text(8);
            group.sets.iter().map(move |set| (String::from_utf8_lossy(version), set))
        });
        for (version, set) in sets {
            let walked = walked(interchange, set, &version);
            for claim in x12::view::claim::claims(interchange, set, &walked) {
                found.extend(scrub(&claim, context, rules));
            }
            faults.extend(walked.faults.into_iter().filter(|fault| !is_told_by_rule(fault)));
        }
    }
    (found, faults)
}

/// Whether a fault is left to a rule.
fn is_told_by_rule(fault: &Fault) -> bool {
    let condition = fault.kind.trigger().map(|trigger| trigger.condition);
    TOLD_BY_RULES.iter().any(|&(told, _)| Some(told) == condition)
}
