use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-24",
    name: "condition-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:460",
    what: "There is no such condition code.",
    why: "the code changes how the claim is priced; payers reject one that is not on the list",
    source: "NUBC, condition codes",
    needs: &["condition"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    for code in &stay.conditions {
        let standing = context.codes.standing("condition", code.bytes(), days.to);
        if !code.is_empty() && standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                code.place,
                format!("there is no condition code {}", code.text()),
                "look the code up in the billing manual; it may be newer than our list",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BG:17", "HI*BG:ZZ")]).of(Clean::Outpatient),
    Example::passes(&[("HI*BG:17", "HI*BG:41")]).of(Clean::Outpatient),
];
