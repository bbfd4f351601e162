use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-03",
    name: "revenue-code-unassigned",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:455",
    what: "A revenue code is on no list of ours.",
    why: "payers reject codes that the National Uniform Billing Committee has not assigned; its newest may be missing here",
    source: "NUBC, revenue codes",
    needs: &["revenue"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    for code in claim.lines.iter().filter_map(|line| line.revenue_code) {
        let is_form_right = match code.bytes() {
            [b'0'..=b'3', rest @ ..] => rest.len() == 3 && rest.iter().all(u8::is_ascii_digit),
            _ => false,
        };
        let standing = context.codes.standing("revenue", code.bytes(), days.to);
        if is_form_right && standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                code.place,
                format!("revenue code {} is on no list of ours", code.text()),
                "look the code up in the billing manual of the day of service",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0250*", "SV2*0288*")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0250*", "SV2*0949*")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0250*", "SV2*4250*")]).of(Clean::Inpatient),
];
