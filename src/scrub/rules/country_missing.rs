use x12::view::claim::Claim;

use crate::code_sets::state;
use crate::scrub::{Context, Example, Findings, Located, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-20",
    name: "country-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:680:IL",
    what: "An address lies outside the United States, but does not say in which country.",
    why: "payers take an address without a country for one in the United States and reject it",
    source: "Stedi, \"Missing country code for a non-US address\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for Located { party, address, state: code, has_state, zip } in &context.addresses {
        // Other countries have codes of five digits too, but hardly any of nine.
        let has_nine_digits = zip.as_ref().is_some_and(|zip| zip.len() == 9);
        if !address.country.is_empty() || has_nine_digits {
            continue;
        }
        let is_known = *has_state || state::is_of_canada(code.as_bytes());
        if !code.is_empty() && !is_known {
            findings.report_as(
                format!("A6:680:{}", party.entity.text()),
                address.country.place,
                format!("{code} is no state of the United States, and N404 is empty"),
                "add the country in N404, or correct the state",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BOSTON*MA*02110~", "LONDON*LN*SW1A1AA~")]),
    Example::fails(&[("BOSTON*MA*02110~", "HAMBURG*HH*20095~")]),
    Example::passes(&[("BOSTON*MA*02110~", "LONDON*LN*SW1A1AA*GB~")]),
    Example::passes(&[("BOSTON*MA*02110~", "BOSTON*XX*021103202~")]),
];
