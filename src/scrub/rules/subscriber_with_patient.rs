use x12::view::claim::Claim;

use crate::scrub::example::segments::PATIENT;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-01",
    name: "subscriber-with-patient",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:156",
    what: "The subscriber is said to be the patient, yet a patient follows.",
    why: "the payer cannot tell who was treated and rejects the claim",
    source: "Stedi, \"Subscriber is self but a dependent is present\", 2026-01-19",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if claim.subscriber.relationship.is("18") && claim.patient.is_some() {
        findings.report(
            claim.subscriber.relationship.place,
            "SBR02 says that the subscriber is the patient, but loop 2000C names another",
            "leave SBR02 empty, or leave loop 2000C out",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CLM*A1*100*", PATIENT), ("HL*2*1*22*0", "HL*2*1*22*1")]),
    Example::passes(&[("CLM*A1*100*", PATIENT), ("SBR*P*18*", "SBR*P**")]),
];
