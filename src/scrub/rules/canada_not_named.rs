use x12::view::claim::Claim;

use crate::code_sets::state;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-29",
    name: "canada-not-named",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A6:680:IL",
    what: "An address is plainly Canadian, but does not name the country.",
    why: "payers take an address without a country for one in the United States and reject it",
    source: "Stedi, repair \"Country code filled in\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for address in context.parties.iter().filter_map(|party| party.address) {
        if !address.country.is_empty() || !state::is_of_canada(address.state.bytes()) {
            continue;
        }
        let code = form::without(address.zip, b" ");
        let is_code = match *code.as_bytes() {
            [a, b, c, d, e, f] => {
                [a, c, e].iter().all(u8::is_ascii_alphabetic)
                    && [b, d, f].iter().all(u8::is_ascii_digit)
            }
            _ => false,
        };
        if is_code {
            findings.repair(
                address.country,
                "CA".to_owned(),
                "the address is in Canada, but N404 is empty",
                "write CA in N404",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BOSTON*MA*02110~", "TORONTO*ON*M5V3L9~")]),
    Example::passes(&[("BOSTON*MA*02110~", "TORONTO*ON*M5V3L9*CA~")]),
];
