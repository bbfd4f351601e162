use x12::view::claim::{Claim, Line};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-39",
    name: "patient-weight-without-need",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Warn,
    status: "A8:273",
    what: "The patient's weight is sent though no line needs it.",
    why: "it is health information that the payer has not asked for",
    source: "Stedi, \"Patient weight without need\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let weight = match &claim.patient {
        Some(patient) => patient.weight,
        None => claim.subscriber.weight,
    };
    let Some(weight) = weight else { return };
    // Equipment, drugs and the like have codes that begin with a letter.
    let is_plain = |line: &Line<'_>| line.procedure.number().is_some();
    if claim.ambulance.is_none() && claim.lines.iter().all(is_plain) {
        findings.report(
            weight.place,
            "PAT08 has a weight, but no line is for equipment or a drug",
            "drop PAT07 and PAT08",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("NM1*IL", "PAT*******01*150~\nNM1*IL")]),
    Example::passes(&[
        ("NM1*IL", "PAT*******01*150~\nNM1*IL"),
        ("HC:99213:25*60*UN*1*", "HC:J0885*60*UN*1*"),
    ]),
];
