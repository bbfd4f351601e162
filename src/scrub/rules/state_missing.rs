use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-18",
    name: "state-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:501:IL",
    what: "An address in the United States or Canada has no state or province.",
    why: "payers need it to place the address and reject the claim",
    source: "SessionsHealth",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let Some(address) = party.address else { continue };
        let has_state = address.country.is_empty() || address.country.is_any(&["US", "CA"]);
        if has_state && !address.city.is_empty() && address.state.is_empty() {
            findings.report_as(
                format!("A6:501:{}", party.entity.text()),
                address.state.place,
                "N402 is empty",
                "add the state; name the country in N404 if it has none",
            );
        }
    }
}

const EXAMPLES: &[Example] =
    &[Example::fails(&[("MA*02110~", "*02110~")]), Example::passes(&[("*MA*02110~", "***IE~")])];
