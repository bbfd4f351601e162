use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-23",
    name: "external-cause-is-none",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:509",
    what: "What stands as external cause is no external cause.",
    why: "payers take codes from V to Y there and reject any other",
    source: "X12 837I guide, HI*ABN",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for cause in claim.diagnoses_of(&["ABN"]) {
        let first = cause.code.bytes().first().map(u8::to_ascii_uppercase);
        // U is for terrorism, by the day on which such codes are issued.
        if first.is_some_and(|first| !matches!(first, b'U' | b'V'..=b'Y')) {
            findings.report(
                cause.code.place,
                format!("{} is not an external cause", cause.code.text()),
                "write a code from V00 to Y99 there, and an injury as a diagnosis",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABN:W010XXA", "HI*ABN:S60221A")]).of(Clean::Outpatient),
    Example::passes(&[("HI*ABN:W010XXA", "HI*ABN:Y92009")]).of(Clean::Outpatient),
];
