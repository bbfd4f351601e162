use x12::view::claim::Claim;

use crate::scrub::example::Known;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-05",
    name: "control-number-reused",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:478",
    what: "Another claim has the same patient control number.",
    why: "payments come back under this number, and nobody can tell which claim they pay",
    source: "X12 837 guides, CLM01; common practice of billing systems",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // A replacement or a void keeps its original's number, so that the chain links.
    if !claim.frequency.is("1") {
        return;
    }
    // The same services under the same number are one claim sent twice; that has its own rule.
    if context.earlier.same_service.is_some() {
        return;
    }
    if let Some(other) = &context.earlier.same_control_number {
        findings.report(
            claim.patient_control_number.place,
            format!("CLM01 is the number of {} already", other.claim),
            other.beside("give every claim a number of its own in CLM01"),
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[]).after(Known::SameControlNumber),
    // Whoever sends a claim twice is told that alone.
    Example::passes(&[]).after(Known::Both),
];
