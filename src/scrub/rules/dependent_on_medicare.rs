use x12::view::claim::Claim;

use crate::scrub::example::segments::PATIENT;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-32",
    name: "dependent-on-medicare",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:156",
    what: "A Medicare claim is for a dependent.",
    why: "Medicare has no dependents: everyone has a number of his own; the claim is rejected",
    source: "CMS, Common Edits and Enhancements Module",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(patient) = &claim.patient else { return };
    if claim.is_filed_with(&["MA", "MB"]) {
        findings.report(
            patient.level.place,
            "SBR09 is Medicare, but loop 2000C names a dependent",
            "bill under the patient's own Medicare number with SBR02 18, or correct SBR09",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("CLM*A1*100*", PATIENT)]),
    Example::fails(&[
        ("CLM*A1*100*", PATIENT),
        ("HL*2*1*22*0", "HL*2*1*22*1"),
        ("SBR*P*18*GRP1******CI", "SBR*P**GRP1******MB"),
        ("MI*W1", "MI*1AC2DE3FG45"),
    ]),
];
