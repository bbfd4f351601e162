use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-10",
    name: "point-of-origin-of-newborn",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:229+A8:231",
    what: "A newborn's point of origin does not say where the child was born.",
    why: "payers take only 5, born in this hospital, or 6, born elsewhere, for a newborn",
    source: "NUBC, point of origin",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let origin = stay.admission_source;
    if stay.admission_type.is("4") && !origin.is_empty() && !origin.is_any(&["5", "6"]) {
        findings.report(
            origin.place,
            format!("CL101 says newborn, but CL102 is {}", origin.text()),
            "write 5 when born in this hospital, 6 when born elsewhere; or correct CL101",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CL1*1*1*01", "CL1*4*1*01")]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*4*5*01")]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*1*5*01")]).of(Clean::Inpatient),
];
