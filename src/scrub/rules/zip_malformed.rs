use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Located, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-16",
    name: "zip-malformed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:500:IL",
    what: "A ZIP code has neither five nor nine digits, or nothing but zeros.",
    why: "payers check the ZIP against the state and reject what is none",
    source: "Regence dental",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for located in &context.addresses {
        let Located { party, address, zip, .. } = located;
        if !address.zip.is_empty() && zip.is_none() && is_domestic(located) {
            findings.report_as(
                format!("A7:500:{}", party.entity.text()),
                address.zip.place,
                "N403 is no ZIP code of five or nine digits",
                "correct the ZIP code; name the country in N404 if it is not the United States",
            );
        }
    }
}

/// Whether the address is in the United States, as far as it says.
fn is_domestic(located: &Located<'_>) -> bool {
    let Located { address, state, has_state, .. } = located;
    address.country.is("US") || (address.country.is_empty() && (state.is_empty() || *has_state))
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("MA*02110~", "MA*0216~")]),
    Example::fails(&[("MA*02110~", "MA*017016~")]),
    Example::fails(&[("MA*02110~", "MA*02110-~")]),
    Example::fails(&[("MA*02110~", "MA*021-10~")]),
    Example::fails(&[("MA*02110~", "MA*00000~")]),
    Example::passes(&[("MA*02110~", "MA*02110-3202~")]),
    Example::passes(&[("MA*02110~", "MA*02110 ~")]),
    Example::passes(&[("MA*02110~", "ON*K1A0B1*CA~")]),
];
