use x12::view::claim::Claim;

use crate::scrub::example::segments::PATIENT;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-02",
    name: "patient-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:156",
    what: "The subscriber is not the patient, yet no patient follows.",
    why: "the payer cannot tell who was treated and rejects the claim",
    source: "Stedi, \"Subscriber is not self but no dependent is present\", 2026-01-19",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // A relationship other than 18 is a fault of the guide's code list, and so is no SBR at all.
    let has_sbr = !claim.subscriber.responsibility.is_empty();
    if has_sbr && claim.subscriber.relationship.is_empty() && claim.patient.is_none() {
        findings.report(
            claim.subscriber.relationship.place,
            "SBR02 is empty and there is no loop 2000C",
            "write 18 in SBR02 if the subscriber was treated, else add the patient's loop 2000C",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SBR*P*18*", "SBR*P**")]),
    Example::passes(&[("CLM*A1*100*", PATIENT), ("SBR*P*18*", "SBR*P**")]),
];
