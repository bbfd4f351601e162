use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-03",
    name: "accident-after-service",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A8:727+A8:187",
    what: "The accident happened after a service that it led to.",
    why: "the payer rejects dates that contradict each other",
    source: "Stedi, \"Accident date after the service date\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(accident) = claim.date("439") else { return };
    let (Some(on), Some(service)) = (accident.days(), context.days) else { return };
    if service.from < on.from {
        findings.report(
            accident.value.place,
            format!("accident on {}, service from {}", on.from, service.from),
            "correct the day of the accident or of the service",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "DTP*439*D8*20261007~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "DTP*439*D8*20261006~\nHI*ABK")]),
];
