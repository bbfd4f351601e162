use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-01",
    name: "line-control-number-repeated",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:584",
    what: "Two lines of the claim have the same control number.",
    why: "the remittance names lines by it, so payments could not be told apart",
    source: "Stedi, \"Line item control numbers must be unique\", 2026-01-07",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut taken: Vec<&[u8]> = Vec::with_capacity(claim.lines.len().min(LINES_MAX));
    for line in claim.lines.iter().take(LINES_MAX) {
        let Some(number) = line.reference("6R").filter(|number| !number.is_empty()) else {
            continue;
        };
        if taken.contains(&number.bytes()) {
            findings.report(
                number.place,
                format!("line {} has the REF*6R of an earlier line", line.number.text()),
                "give each line its own number",
            );
        } else {
            taken.push(number.bytes());
        }
    }
}

/// The most that any guide has room for. A claim with more is rejected for that.
const LINES_MAX: usize = 999;

const EXAMPLES: &[Example] = &[
    Example::fails(&[("REF*6R*A1-2", "REF*6R*A1-1")]),
    Example::passes(&[("REF*6R*A1-2", "REF*6R*A1-3")]),
    // Lines need no number.
    Example::passes(&[("REF*6R*A1-1~\n", ""), ("REF*6R*A1-2~\n", "")]),
];
