use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-11",
    name: "patient-status-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:234",
    what: "There is no such patient status.",
    why: "payers pay transfers otherwise than discharges and reject a status that is off the list",
    source: "Stedi, \"Invalid patient status code\"; CMS, Medicare Code Editor v44",
    needs: &["patient-status"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    let status = stay.patient_status;
    let standing = context.codes.standing("patient-status", status.bytes(), days.to);
    let is_known = standing.is_none_or(|standing| standing == Standing::Valid);
    if !status.is_empty() && !is_known {
        findings.report(
            status.place,
            format!("CL103 is {}", status.text()),
            "write two digits that say where the patient went, 30 while he is still there",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CL1*1*1*01", "CL1*1*1*10")]).of(Clean::Inpatient),
    Example::fails(&[("CL1*1*1*01", "CL1*1*1*1")]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*1*1*62")]).of(Clean::Inpatient),
];
