use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-04",
    name: "rate-code-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:513",
    what: "A HIPPS rate code is not on the list of CMS on the day of service.",
    why: "the code is the price of the stay; one that is not listed has none",
    source: "Stedi, \"Invalid HIPPS rate code\", 2026-07-27",
    needs: &["hipps"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context, findings: &mut Findings) {
    for line in &claim.lines {
        let code = line.procedure.code;
        if !line.procedure.qualifier.is("HP") || code.bytes().len() != 5 {
            continue;
        }
        let days = claim.days_of(line).or_else(|| claim.service_days());
        let on = days.map_or(context.today, |days| days.to);
        let standing = context.codes.standing("hipps", code.bytes(), on);
        if standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                code.place,
                format!("there is no HIPPS code {} on {on}", code.text()),
                "take the code that the assessment was given",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HP:KAXD1", "HP:KAXD9")]).of(Clean::Nursing).with_codes(),
    Example::passes(&[]).of(Clean::Nursing).with_codes(),
];
