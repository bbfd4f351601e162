use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-37",
    name: "rate-code-malformed",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:513",
    what: "A rate code is not five letters and digits.",
    why: "the payer finds no rate for it and rejects the line",
    source: "Stedi, \"Invalid HIPPS rate code\", 2026-07-27",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let code = procedure.code.bytes();
        let is_plain = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        let is_well_formed = code.len() == 5 && code.iter().all(is_plain);
        if procedure.qualifier.is("HP") && !code.is_empty() && !is_well_formed {
            findings.report(
                procedure.code.place,
                "the HIPPS code is not five letters and digits",
                "write the rate as the grouper of the assessment gave it",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HP:KAXD1", "HP:KAXD")]).of(Clean::Nursing),
    Example::fails(&[("HP:KAXD1", "HP:KAX-1")]).of(Clean::Nursing),
    Example::passes(&[("HP:KAXD1", "HP:1AA11")]).of(Clean::Nursing),
];
