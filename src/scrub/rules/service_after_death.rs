use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-06",
    name: "service-after-death",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A8:187+A8:159:QC",
    what: "Care was given after the patient died.",
    why: "the payer rejects dates that contradict each other",
    source: "X12 837 guides, PAT06",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let death = match &claim.patient {
        Some(patient) => patient.death,
        None => claim.subscriber.death,
    };
    let Some(death) = death else { return };
    let (Some(died), Some(service)) = (death.day(), context.days) else { return };
    if died < service.to {
        findings.report(
            death.place,
            "a service lies after the patient's death",
            "correct the date of death in PAT06, or the day of the service",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("NM1*IL", "PAT*****D8*20261001~\nNM1*IL")]),
    Example::passes(&[("NM1*IL", "PAT*****D8*20261006~\nNM1*IL")]),
];
