use std::collections::BTreeSet;

use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-41",
    name: "attachment-number-repeated",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:489",
    what: "Two attachments of a claim have one number.",
    why: "the payer files the second over the first, or cannot tell them apart",
    source: "X12 837 guides, PWK06",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_lines = claim.lines.iter().flat_map(|line| &line.attachments);
    let mut seen = BTreeSet::new();
    for number in claim.attachments.iter().chain(of_lines).map(|known| known.control_number) {
        if !number.is_empty() && !seen.insert(number.bytes()) {
            findings.report(
                number.place,
                "another attachment of the claim has this number",
                "give each attachment a number of its own",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "PWK*OZ*EL***AC*A1~\nPWK*RB*EL***AC*A1~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "PWK*OZ*EL***AC*A1~\nPWK*RB*EL***AC*A2~\nHI*ABK")]),
];
