use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-22",
    name: "reason-for-visit-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:673",
    what: "An outpatient came unannounced, and the claim does not say with what complaint.",
    why: "payers judge an emergency by the complaint and reject the visit without it",
    source: "X12 837I guide, HI*APR",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_unscheduled = stay.facility_type.is_any(&["13", "78", "85"])
        && stay.admission_type.is_any(&["1", "2", "5"])
        && claim.lines.iter().any(|line| line.revenue_code.is_some_and(is_visit));
    if is_unscheduled && claim.diagnoses_of(&["APR", "PR"]).next().is_none() {
        let principal = claim.diagnoses.first().map(|principal| principal.code.place);
        findings.report_missing(
            "HI",
            principal.unwrap_or(claim.place),
            "the visit was not scheduled, but HI*APR is missing",
            "add HI*APR with up to three complaints of the patient",
        );
    }
}

/// Emergency room, urgent care, observation.
fn is_visit(revenue: Field<'_>) -> bool {
    revenue.bytes().starts_with(b"045") || revenue.is_any(&["0516", "0526", "0762"])
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*APR:M25571*APR:R600~\n", "")]).of(Clean::Outpatient),
    Example::passes(&[("HI*APR:M25571*APR:R600~\n", ""), ("CL1*1*1*01", "CL1*3*1*01")])
        .of(Clean::Outpatient),
    Example::passes(&[("HI*APR:M25571*APR:R600~\n", ""), ("SV2*0450*", "SV2*0510*")])
        .of(Clean::Outpatient),
];
