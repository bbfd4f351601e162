use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-21",
    name: "admitting-diagnosis-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:232",
    what: "A stay is billed without the diagnosis at admission.",
    why: "payers judge by it whether the admission was needed and reject the stay without it",
    source: "X12 837I guide, HI*ABJ",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    // Part B of an inpatient, homes for care between, and homes for treatment admit nobody ill.
    let is_stay = stay.is_inpatient() && !stay.facility_type.is_any(&["12", "65", "66", "86"]);
    if is_stay && claim.diagnoses_of(&["ABJ", "BJ"]).next().is_none() {
        let principal = claim.diagnoses.first().map(|principal| principal.code.place);
        findings.report_missing(
            "HI",
            principal.unwrap_or(claim.place),
            format!("type of bill {} without HI*ABJ", stay.type_of_bill()),
            "add HI*ABJ with the diagnosis at admission",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABJ:J189~\n", "")]).of(Clean::Inpatient),
    Example::fails(&[("HI*ABJ:Z471~\n", "")]).of(Clean::Nursing),
    Example::passes(&[("HI*ABJ:Z471~\n", ""), ("*21:A:1*", "*86:A:1*")]).of(Clean::Nursing),
    Example::passes(&[]).of(Clean::Outpatient),
];
