use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-26",
    name: "occurrence-span-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:721",
    what: "There is no such occurrence span code.",
    why: "the code changes how the claim is priced; payers reject one that is not on the list",
    source: "NUBC, occurrence span codes",
    needs: &["occurrence-span"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    for code in stay.occurrence_spans.iter().map(|known| known.code) {
        let standing = context.codes.standing("occurrence-span", code.bytes(), days.to);
        if !code.is_empty() && standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                code.place,
                format!("there is no occurrence span code {}", code.text()),
                "look the code up in the billing manual; it may be newer than our list",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BH:11", "HI*BI:69:RD8:20260101-20260105~\nHI*BH:11")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*BH:11", "HI*BI:71:RD8:20260101-20260105~\nHI*BH:11")])
        .of(Clean::Inpatient),
];
