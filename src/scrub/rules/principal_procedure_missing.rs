use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-42",
    name: "principal-procedure-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:465",
    what: "Other procedures are listed, but no principal one.",
    why: "payers reject a second procedure without a first",
    source: "X12 837I guide, HI*BBR and BBQ",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    if let Some(other) = stay.other_procedures().next()
        && stay.principal_procedure().is_none()
    {
        findings.report(
            other.list.place,
            "HI*BBQ without HI*BBR",
            "send the procedure that the stay was for as HI*BBR",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BBR:3E03329:D8:20260201~\n", "")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BBQ:02HV33Z:D8:20260202*BBQ:5A1935Z:D8:20260203~\n", "")])
        .of(Clean::Inpatient),
];
