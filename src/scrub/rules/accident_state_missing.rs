use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-13",
    name: "accident-state-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A6:750",
    what: "A car accident is reported without the state where it happened.",
    why: "the state decides which insurer pays; payers reject the claim without it",
    source: "Stedi, \"Missing auto accident state or province\", 2026-08-13",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_car = claim.related_causes.iter().any(|cause| cause.is("AA"));
    // Abroad there is a country instead.
    if is_car && claim.accident_state.is_empty() && claim.accident_country.is_empty() {
        findings.report(
            claim.accident_state.place,
            "CLM11 says car accident, but CLM11-4 is empty",
            "add the state where it happened",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*Y*A*Y*Y", "*Y*A*Y*Y**AA"), ("HI*ABK", "DTP*439*D8*20260930~\nHI*ABK")]),
    Example::passes(&[("*Y*A*Y*Y", "*Y*A*Y*Y**AA:::MA")]),
    Example::passes(&[("*Y*A*Y*Y", "*Y*A*Y*Y**AA::::CA")]),
    Example::passes(&[("*Y*A*Y*Y", "*Y*A*Y*Y**OA")]),
];
