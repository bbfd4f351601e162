use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-01",
    name: "revenue-code-malformed",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:455",
    what: "A revenue code is not four digits, or begins with another digit than 0 to 3.",
    why: "payers know the department by the revenue code and reject a line without one",
    source: "Stedi, \"Invalid revenue code\", 2025-12-09",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for code in claim.lines.iter().filter_map(|line| line.revenue_code) {
        let is_well_formed = match code.bytes() {
            // A rule of its own puts the missing zero before three digits.
            [a, b, c] => [a, b, c].iter().all(|digit| digit.is_ascii_digit()),
            [b'0'..=b'3', rest @ ..] => rest.len() == 3 && rest.iter().all(u8::is_ascii_digit),
            other => other.is_empty(),
        };
        if !is_well_formed {
            findings.report(
                code.place,
                "the revenue code is not four digits from 0001 to 3999",
                "write the four digits of the billing manual, with the leading zero",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0250*", "SV2*25O0*")]).of(Clean::Inpatient),
    Example::fails(&[("SV2*0250*", "SV2*4250*")]).of(Clean::Inpatient),
    Example::fails(&[("SV2*0250*", "SV2*00250*")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0250*", "SV2*3101*")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0250*", "SV2*250*")]).of(Clean::Inpatient),
];
