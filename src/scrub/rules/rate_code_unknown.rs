use x12::view::claim::Claim;

use crate::code_sets::{Standing, hipps};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-37",
    name: "rate-code-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:513",
    what: "There is no such rate code (HIPPS).",
    why: "the payer finds no rate for it and rejects the line",
    source: "Stedi, \"Invalid HIPPS rate code\", 2026-07-27; CMS, HIPPS code list",
    needs: &["hipps"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    // A bill for no payment (frequency 0) is priced by no rate.
    if claim.frequency.is("0") {
        return;
    }
    // Other payers may still pay by the groups of earlier years.
    let is_medicare = claim.is_filed_with(&["MA", "MB", "16"]) && hipps::FIRST_DAY <= days.to;
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let code = procedure.code.bytes();
        if !procedure.qualifier.is("HP") || code.is_empty() {
            continue;
        }
        let is_plain = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        let is_well_formed = code.len() == 5 && code.iter().all(is_plain);
        let is_known = context
            .codes
            .standing("hipps", code, days.to)
            .is_none_or(|standing| standing == Standing::Valid);
        if !is_well_formed || (is_medicare && !is_known) {
            findings.report(
                procedure.code.place,
                "the HIPPS code is not one that a grouper gives",
                "write the rate as the grouper of the assessment gave it",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HP:KAXD1", "HP:KAXD")]).of(Clean::Nursing),
    Example::fails(&[("HP:KAXD1", "HP:KAX-1")]).of(Clean::Nursing),
    Example::fails(&[("HP:KAXD1", "HP:RUC10")]).of(Clean::Nursing),
    Example::passes(&[("HP:KAXD1", "HP:RUC10"), ("SBR*P*18*******MA", "SBR*P*18*******MC")])
        .of(Clean::Nursing),
    Example::passes(&[("HP:KAXD1", "HP:ZZZZZ")]).of(Clean::Nursing),
    Example::passes(&[("HP:KAXD1", "HP:AAA00"), ("*21:A:1*", "*21:A:0*")]).of(Clean::Nursing),
];
