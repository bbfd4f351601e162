use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-27",
    name: "taxonomy-in-lower-case",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:145:85",
    what: "A taxonomy code is written in lower case.",
    why: "payers compare it letter by letter and do not find it",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for taxonomy in context.parties.iter().filter_map(|party| party.taxonomy) {
        if taxonomy.bytes().iter().any(u8::is_ascii_lowercase) {
            findings.repair(
                taxonomy,
                form::capitals(taxonomy).into_owned(),
                "the taxonomy code has lower-case letters",
                "write it in capitals",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BI*PXC*207Q00000X", "BI*PXC*207q00000x")]),
    Example::passes(&[("BI*PXC*207Q00000X", "BI*PXC*207R00000X")]),
];
