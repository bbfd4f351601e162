use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-17",
    name: "zip-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:500:IL",
    what: "An address in the United States or Canada has no postal code.",
    why: "payers need it to place the address and reject the claim",
    source: "SessionsHealth",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let Some(address) = party.address else { continue };
        let has_code = address.country.is_empty() || address.country.is_any(&["US", "CA"]);
        if has_code && !address.city.is_empty() && address.zip.is_empty() {
            findings.report_as(
                format!("A6:500:{}", party.entity.text()),
                address.zip.place,
                "N403 is empty",
                "add the postal code; name the country in N404 if it has none",
            );
        }
    }
}

const EXAMPLES: &[Example] =
    &[Example::fails(&[("MA*02110~", "MA~")]), Example::passes(&[("*MA*02110~", "***IE~")])];
