use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-31",
    name: "value-code-repeated",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:725",
    what: "The same value code stands twice.",
    why: "the payer cannot tell which amount holds and rejects the claim",
    source: "Stedi, \"Duplicate value codes in institutional claims\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    for (at, known) in stay.values.iter().enumerate() {
        let code = known.code;
        let is_repeated =
            stay.values.iter().take(at).any(|earlier| earlier.code.bytes() == code.bytes());
        if !code.is_empty() && is_repeated {
            findings.report(
                code.place,
                format!("value code {} stands twice", code.text()),
                "keep the one with the right amount",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BE:80:::4", "BE:80:::4*BE:80:::4")]).of(Clean::Inpatient),
    Example::passes(&[("BE:80:::4", "BE:80:::4*BE:82:::1")]).of(Clean::Inpatient),
];
