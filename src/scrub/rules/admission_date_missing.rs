use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-15",
    name: "admission-date-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A6:189",
    what: "Care was given to an inpatient, yet the admission date is missing.",
    why: "payers match the claim with the hospital's and reject it without the date",
    source: "",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let is_inpatient = claim.place_of_service.is_any(&["21", "51", "61"]);
    if is_inpatient && claim.date("435").is_none() {
        findings.report_missing(
            "DTP",
            claim.place,
            format!("place of service {} without DTP*435", claim.place_of_service.text()),
            "add DTP*435 with the day of admission, or correct CLM05-1",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("11:B:1", "21:B:1")]),
    Example::passes(&[("11:B:1", "21:B:1"), ("HI*ABK", "DTP*435*D8*20261005~\nHI*ABK")]),
];
