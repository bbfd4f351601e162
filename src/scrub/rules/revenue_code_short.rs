use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-02",
    name: "revenue-code-short",
    snip: 2,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Repair,
    status: "A7:455",
    what: "A revenue code is written without its leading zero.",
    why: "payers compare four digits and do not find three",
    source: "common practice of billing systems",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for code in claim.lines.iter().filter_map(|line| line.revenue_code) {
        if code.bytes().len() == 3 && code.bytes().iter().all(u8::is_ascii_digit) {
            let padded = format!("0{}", code.text());
            findings.repair(
                code,
                padded,
                "the revenue code has three digits",
                "write four digits, with the leading zero",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0250*", "SV2*250*")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0250*", "SV2*25*")]).of(Clean::Inpatient),
];
