use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-29",
    name: "occurrence-repeated",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:719",
    what: "The same occurrence code stands twice in one segment.",
    why: "the billing manual wants each code once in a group, and payers reject the second",
    source: "Stedi, \"Duplicate occurrence codes in institutional claims\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    for (at, known) in stay.occurrences.iter().enumerate() {
        let code = known.code;
        let is_repeated = stay.occurrences.iter().take(at).any(|earlier| {
            earlier.code.place.segment == code.place.segment && earlier.code.bytes() == code.bytes()
        });
        if !code.is_empty() && is_repeated {
            findings.report(
                code.place,
                format!("occurrence code {} stands twice", code.text()),
                "drop the second, or send it in a segment of its own when it is about another day",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BH:11:D8:20260130", "HI*BH:11:D8:20260130*BH:11:D8:20260129")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*BH:11:D8:20260130", "HI*BH:11:D8:20260130*BH:10:D8:20260129")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*BH:11:D8:20260130", "HI*BH:24:D8:20260130~\nHI*BH:24:D8:20260129")])
        .of(Clean::Inpatient),
];
