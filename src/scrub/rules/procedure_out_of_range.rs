use x12::view::claim::Claim;

use crate::code_sets::hcpcs;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-02",
    name: "procedure-out-of-range",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:454",
    what: "A procedure code lies outside the blocks of CPT and the chapters of HCPCS.",
    why: "no code list has such a code; the payer rejects the line",
    source: "Stedi, \"CPT code outside the valid range\", 2026-07-14; CMS, HCPCS",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// The first code of anesthesia and the last of home medication services.
const CODES: std::ops::RangeInclusive<u32> = 100..=99607;

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let code = procedure.code;
        let list = match procedure.number() {
            Some(number) if !CODES.contains(&number) => "CPT",
            None if hcpcs::is_shaped(code.bytes()) && !hcpcs::may_be(code.bytes()) => "HCPCS",
            Some(_) | None => continue,
        };
        if procedure.qualifier.is("HC") {
            findings.report(
                code.place,
                format!("{list} has no code {}", code.text()),
                "look the procedure up again",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:00050*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99999*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:J0000*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:W1234*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:A9999:::::CUSHION*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99605*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:00100*60*UN*1*")]),
];
