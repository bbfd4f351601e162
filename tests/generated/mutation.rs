//! What a rule shows that it finds, done to generated claims: it finds it there too.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, LazyLock};

use bytes::Bytes;
use claimgate::code_sets::layouts::{self, Wanted};
use claimgate::code_sets::library::Library;
use claimgate::code_sets::table::About;
use claimgate::code_sets::table::draft::Draft;
use claimgate::scrub::example::{Clean, Known};
use claimgate::scrub::path::Filed;
use claimgate::scrub::{Context, Example, Rule, rules, scrub};
use x12::guide::row::Row;
use x12::view::claim::claims;

use crate::chance::Chance;
use crate::grow;
use crate::smaller::TODAY;
use crate::tree::{Batch, Node, Part, What};

/// A rule is tried on so many claims that grew of its clean one, the fullest first, until it finds
/// its change in one: what grows may be what it misses.
const TRIES: u64 = 8;

/// The examples of rules whose change goes unnoticed in claims that grew, in words. Those that
/// break their guide so that a segment has no place in it are left to their own tests, as long as
/// the rule has another.
pub fn missed() -> Vec<String> {
    let grown: Vec<Grown> = Clean::ALL
        .into_iter()
        .flat_map(|claim| (0..TRIES).rev().map(move |seed| Grown::new(claim, seed)))
        .collect();
    let mut missed = Vec::new();
    for rule in rules::ALL {
        let fails = rule.examples.iter().filter(|example| example.finds > 0);
        let whole: Vec<(usize, &Example, Batch)> = (1..)
            .zip(fails)
            .filter_map(|(number, one)| Some((number, one, Batch::read(&one.text())?)))
            .collect();
        if whole.is_empty() {
            missed.push(format!("{} has no failing example that keeps to its guide", rule.name));
        }
        for (number, example, changed) in whole {
            let mut of_claim = grown.iter().filter(|grown| grown.claim == example.claim);
            if !of_claim.any(|grown| grown.is_found(rule, example, &changed)) {
                missed.push(format!(
                    "{}: the change of its failing example {number} is found in none of {TRIES} \
                     claims that grew; what grows is either what cures it, and then `rows.rs` or \
                     `values.rs` should know, or the rule looks at more than it should",
                    rule.name
                ));
            }
        }
    }
    missed
}

/// A clean claim, and what grew of it.
struct Grown {
    claim: Clean,
    base: Batch,
    grown: Batch,
    /// The rules that find fault with it as it is, with the imported codes.
    found: Vec<&'static str>,
}

impl Grown {
    fn new(claim: Clean, seed: u64) -> Grown {
        let base = Batch::read(claim.text()).expect("a clean claim");
        let grown = grow::grown(base.clone(), &Chance::new(seed)).expect("a claim that can grow");
        let text = grown.write();
        let found = |codes: &Library| findings_of(rules::ALL, &text, codes, Known::Nothing);
        let wrong = found(&Library::built_in());
        assert!(wrong.is_empty(), "what grows of {claim:?} by seed {seed} breaks {wrong:?}");
        let found = found(&IMPORTED);
        Grown { claim, base, grown, found }
    }

    /// Whether a rule finds the change of an example in it, and nothing without the change.
    fn is_found(&self, rule: &'static Rule, example: &Example, changed: &Batch) -> bool {
        if example.has_codes && self.found.contains(&rule.name) {
            return false;
        }
        let built_in = Library::built_in();
        let codes = if example.has_codes { &IMPORTED } else { &built_in };
        let mutant = mutant(&self.grown, &self.base, changed);
        let found = findings_of(&[rule], &mutant.write(), codes, example.known);
        !found.is_empty()
    }
}

/// The rules that find something in a file, once for each finding.
fn findings_of(
    rules: &[&'static Rule],
    text: &str,
    codes: &Library,
    known: Known,
) -> Vec<&'static str> {
    let bytes = Bytes::copy_from_slice(text.as_bytes());
    let reading = x12::interchange::read(&bytes);
    let earlier = known.earlier();
    let mut found = Vec::new();
    for interchange in &reading.interchanges {
        for group in &interchange.groups {
            let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
            let guide = x12::guide::find(&version, "837").expect("a guide of claims");
            for set in &group.sets {
                let walked = x12::walk::walk(interchange, set, guide);
                for claim in claims(interchange, set, &walked) {
                    let filed = Filed { claim: &claim, interchange, set, walked: &walked };
                    let context = Context::of(&filed, TODAY, &earlier, codes);
                    for &rule in rules {
                        let findings = scrub(&claim, &context, &[rule]);
                        found.extend(findings.iter().map(|_| rule.name));
                    }
                }
            }
        }
    }
    found
}

/// The claim that grew, with what an example changes in its clean one.
fn mutant(grown: &Batch, base: &Batch, changed: &Batch) -> Batch {
    let (before, after) = (texts(&base.set), texts(&changed.set));
    let merge = Merge { kept: kept(&before, &after) };
    Batch { set: merge.merged(&grown.set, &changed.set), ..grown.clone() }
}

/// The segments of a set, in their order.
fn texts(node: &Node) -> Vec<(u32, String)> {
    let of_part = |part: &Part| match &part.what {
        What::Segment(segment) => {
            vec![(segment.origin.expect("it was read"), segment.text())]
        }
        What::Loop(inner) => texts(inner),
    };
    node.parts.iter().flat_map(of_part).collect()
}

/// Which segments stand in both, by the longest run of them: of each behind the change, the one
/// before it.
fn kept(before: &[(u32, String)], after: &[(u32, String)]) -> HashMap<u32, u32> {
    let mut lengths = vec![vec![0_usize; after.len() + 1]; before.len() + 1];
    for (old, (_, text)) in before.iter().enumerate().rev() {
        for (new, (_, other)) in after.iter().enumerate().rev() {
            lengths[old][new] = match text == other {
                true => lengths[old + 1][new + 1] + 1,
                false => lengths[old + 1][new].max(lengths[old][new + 1]),
            };
        }
    }
    let (mut old, mut new) = (0, 0);
    let mut kept = HashMap::new();
    while let (Some((was, text)), Some((is, other))) = (before.get(old), after.get(new)) {
        if text == other {
            kept.insert(*is, *was);
            (old, new) = (old + 1, new + 1);
        } else if lengths[old + 1][new] < lengths[old][new + 1] {
            new += 1;
        } else {
            old += 1;
        }
    }
    kept
}

struct Merge {
    /// Of a segment of the changed claim, the one of the clean claim that it is.
    kept: HashMap<u32, u32>,
}

impl Merge {
    fn merged(&self, grown: &Node, changed: &Node) -> Node {
        let mut node = Node { table: grown.table, parts: Vec::new() };
        for (row, kind) in grown.table.rows.iter().enumerate() {
            let of_row = |part: &&Part| part.row == row;
            let (known, new): (Vec<&Part>, Vec<&Part>) =
                changed.parts.iter().filter(of_row).partition(|part| self.origin(part).is_some());
            let mut new = new.into_iter();
            let mut parts = Vec::new();
            for part in grown.parts.iter().filter(of_row) {
                let Some(origin) = origin(part) else {
                    parts.push(part.clone());
                    continue;
                };
                let same = known.iter().find(|known| self.origin(known) == Some(origin));
                match (same, &part.what) {
                    (Some(_), What::Segment(_)) => parts.push(part.clone()),
                    (Some(same), What::Loop(inner)) => parts.push(self.inner(row, inner, same)),
                    // It is gone, or it is another now.
                    (None, What::Segment(_)) => parts.extend(new.next().cloned()),
                    (None, What::Loop(inner)) => {
                        parts.extend(new.next().map(|other| self.inner(row, inner, other)));
                    }
                }
            }
            parts.extend(new.cloned());
            make_room(&mut parts, kind);
            node.parts.extend(parts);
        }
        node
    }

    fn inner(&self, row: usize, grown: &Node, changed: &Part) -> Part {
        match &changed.what {
            What::Loop(inner) => Part { row, what: What::Loop(self.merged(grown, inner)) },
            What::Segment(_) => changed.clone(),
        }
    }

    /// The segment of the clean claim that a part of the changed one is, or begins with.
    fn origin(&self, part: &Part) -> Option<u32> {
        origin(part).and_then(|number| self.kept.get(&number).copied())
    }
}

fn origin(part: &Part) -> Option<u32> {
    match &part.what {
        What::Segment(segment) => segment.origin,
        What::Loop(inner) => inner.segments().next().and_then(|head| head.origin),
    }
}

/// What grew gives way where the guide has no room for more, or to another with its qualifier.
fn make_room(parts: &mut Vec<Part>, row: &Row) {
    let bound = match row {
        Row::Segment(slot) => slot.use_max as usize,
        Row::Inner(table) => table.repeat_max as usize,
    };
    let qualifier = |part: &Part| match &part.what {
        What::Segment(segment) => segment.get(1).to_owned(),
        What::Loop(_) => String::new(),
    };
    let taken: Vec<String> = parts
        .iter()
        .filter(|part| origin(part).is_some() && matches!(row, Row::Segment(_)))
        .map(qualifier)
        .collect();
    parts.retain(|part| origin(part).is_some() || !taken.contains(&qualifier(part)));
    while bound < parts.len() {
        let Some(last) = parts.iter().rposition(|part| origin(part).is_none()) else { return };
        parts.remove(last);
    }
}

/// What is built in, and the made-up lists of `testdata/codes/plain`, by the names of their files.
static IMPORTED: LazyLock<Arc<Library>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("testdata/codes/plain");
    let files = fs::read_dir(folder).expect("the folder of lists");
    let mut tables = Vec::new();
    for file in files {
        let path = file.expect("a file of the folder").path();
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a plain name");
        let also = (name == "ncci-ptp").then_some("ncci-ptp-hospital");
        for set in [name].into_iter().chain(also) {
            let mut draft = Draft::default();
            let text = fs::read(&path).expect("a list");
            let read = layouts::read(&Wanted { set, starts: None }, text.as_slice(), &mut draft);
            read.unwrap_or_else(|refusal| panic!("{set}: {refusal}"));
            let about = About { set: set.to_owned(), ..About::default() };
            tables.push(draft.finish(about).expect("no row contradicts another"));
        }
    }
    Library::with(tables)
});
