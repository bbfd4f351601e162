use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-28",
    name: "condition-repeated",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:460",
    what: "The same condition code stands twice in one segment.",
    why: "the billing manual wants each code once in a group, and payers reject the second",
    source: "Stedi, \"Duplicate condition codes in institutional claims\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    for (at, known) in stay.conditions.iter().enumerate() {
        let code = known;
        let is_repeated = stay.conditions.iter().take(at).any(|earlier| {
            earlier.place.segment == code.place.segment && earlier.bytes() == code.bytes()
        });
        if !code.is_empty() && is_repeated {
            findings.report(
                code.place,
                format!("condition code {} stands twice", code.text()),
                "drop the second",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BG:17", "HI*BG:17*BG:09*BG:17")]).of(Clean::Outpatient),
    Example::passes(&[("HI*BG:17", "HI*BG:17*BG:09")]).of(Clean::Outpatient),
];
