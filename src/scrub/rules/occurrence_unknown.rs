use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-25",
    name: "occurrence-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:719",
    what: "There is no such occurrence code.",
    why: "the code changes how the claim is priced; payers reject one that is not on the list",
    source: "NUBC, occurrence codes",
    needs: &["occurrence"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    for code in stay.occurrences.iter().map(|known| known.code) {
        let standing = context.codes.standing("occurrence", code.bytes(), days.to);
        if !code.is_empty() && standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                code.place,
                format!("there is no occurrence code {}", code.text()),
                "look the code up in the billing manual; it may be newer than our list",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BH:05", "HI*BH:ZZ")]).of(Clean::Outpatient),
    Example::passes(&[("HI*BH:05", "HI*BH:04")]).of(Clean::Outpatient),
];
