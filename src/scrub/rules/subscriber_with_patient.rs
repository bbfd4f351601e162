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

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // Of a subscriber with claims of its own SBR02 speaks for those, and then dependents follow.
    if claim.subscriber.relationship.is("18")
        && claim.patient.is_some()
        && !context.subscriber_has_claims
    {
        findings.report(
            claim.subscriber.relationship.place,
            "SBR02 says that the subscriber is the patient, but loop 2000C names another",
            "leave SBR02 empty, or leave loop 2000C out",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("HL*2*1*22*0", "HL*2*1*22*1"), ("REF*6R*A1-2", CHILD)]),
    Example::fails(&[("CLM*A1*100*", PATIENT), ("HL*2*1*22*0", "HL*2*1*22*1")]),
    Example::passes(&[("CLM*A1*100*", PATIENT), ("SBR*P*18*", "SBR*P**")]),
];

/// The claim of a child, behind that of the subscriber.
const CHILD: &str = "\
    REF*6R*A1-2~\n\
    HL*3*2*23*0~\n\
    PAT*19~\n\
    NM1*QC*1*ROE*LIA~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    DMG*D8*20150101*F~\n\
    CLM*A2*60***11:B:1*Y*A*Y*Y~\n\
    HI*ABK:E119~\n\
    LX*1~\n\
    SV1*HC:99213*60*UN*1***1~\n\
    DTP*472*D8*20261006~\n\
    REF*6R*A2-1";
