use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-07",
    name: "admission-type-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:231",
    what: "The type of admission is not 1 to 5 or 9.",
    why: "payers price an emergency otherwise than a planned stay and reject any other code",
    source: "Stedi, \"Invalid admission type code\"",
    needs: &["admission-type"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    let admission_type = stay.admission_type;
    let standing = context.codes.standing("admission-type", admission_type.bytes(), days.to);
    let is_known = standing.is_none_or(|standing| standing == Standing::Valid);
    if !admission_type.is_empty() && !is_known {
        findings.report(
            admission_type.place,
            format!("CL101 is {}", admission_type.text()),
            "write 1 emergency, 2 urgent, 3 elective, 4 newborn, 5 trauma or 9 not known",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CL1*1*1*01", "CL1*6*1*01")]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*9*1*01")]).of(Clean::Inpatient),
];
