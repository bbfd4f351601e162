use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-27",
    name: "value-code-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:725",
    what: "There is no such value code.",
    why: "the code changes how the claim is priced; payers reject one that is not on the list",
    source: "NUBC, value codes",
    needs: &["value"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    for code in stay.values.iter().map(|known| known.code) {
        let standing = context.codes.standing("value", code.bytes(), days.to);
        if !code.is_empty() && standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                code.place,
                format!("there is no value code {}", code.text()),
                "look the code up in the billing manual; it may be newer than our list",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BE:01:", "HI*BE:ZZ:")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BE:01:", "HI*BE:02:")]).of(Clean::Inpatient),
];
