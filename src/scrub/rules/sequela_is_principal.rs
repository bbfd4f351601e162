use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-07",
    name: "sequela-is-principal",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:254+A8:700",
    what: "The first diagnosis is the injury that left a sequela, not the sequela.",
    why: "a code that ends in S for sequela follows the condition that is treated",
    source: "Stedi, \"Sequela code cannot be primary\", 2026-01-21",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(first) = claim.coded_diagnoses().next() else { return };
    let code = first.code.bytes();
    if first.qualifier.is("ABK") && code.len() == 7 && code.last() == Some(&b'S') {
        findings.report(
            first.code.place,
            format!("sequela code {} stands first", first.code.text()),
            "put the condition that is treated first",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:S52501S*ABF:I10")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:S52501S")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:S52501A*ABF:I10")]),
];
