use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-14",
    name: "accident-date-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A6:727",
    what: "An accident is reported without its date.",
    why: "the date decides which insurer pays; payers reject the claim without it",
    source: "Tebra, accident date missing; X12 837P and 837D guides, DTP*439",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_accident = claim.related_causes.iter().any(|cause| cause.is_any(&["AA", "OA"]));
    if is_accident && claim.date("439").is_none() {
        findings.report_missing(
            "DTP",
            claim.place,
            "CLM11 says accident, but DTP*439 is missing",
            "add DTP*439 with the day of the accident",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*Y*A*Y*Y", "*Y*A*Y*Y**OA")]),
    Example::passes(&[("*Y*A*Y*Y", "*Y*A*Y*Y**EM")]),
    Example::passes(&[("*Y*A*Y*Y", "*Y*A*Y*Y**OA"), ("HI*ABK", "DTP*439*D8*20260930~\nHI*ABK")]),
];
