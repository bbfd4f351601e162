use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-30",
    name: "occurrence-span-repeated",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:721",
    what: "The same occurrence span stands twice in one segment, with the same days.",
    why: "the payer cannot tell whether days are missing and rejects the second",
    source: "Stedi, \"Duplicate occurrence span codes in institutional claims\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    for (at, known) in stay.occurrence_spans.iter().enumerate() {
        let code = known.code;
        let is_repeated = stay.occurrence_spans.iter().take(at).any(|earlier| {
            // Several leaves in one stay are several spans.
            earlier.code.place.segment == code.place.segment
                && earlier.code.bytes() == code.bytes()
                && earlier.date.bytes() == known.date.bytes()
        });
        if !code.is_empty() && is_repeated {
            findings.report(
                code.place,
                format!("occurrence span code {} stands twice", code.text()),
                "drop the second, or correct its days",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(
        "HI*BI:70:RD8:20260201-20260206",
        "HI*BI:70:RD8:20260201-20260206*BI:70:RD8:20260201-20260206",
    )])
    .of(Clean::Nursing),
    Example::passes(&[(
        "HI*BI:70:RD8:20260201-20260206",
        "HI*BI:70:RD8:20260201-20260206*BI:74:RD8:20260210-20260211*BI:74:RD8:20260215-20260216",
    )])
    .of(Clean::Nursing),
];
