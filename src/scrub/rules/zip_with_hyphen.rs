use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Located, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-24",
    name: "zip-with-hyphen",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:500:IL",
    what: "A ZIP code is written with its hyphen.",
    why: "X12 writes nine digits; payers reject the hyphen",
    source: "Regence dental",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for Located { address, zip, .. } in &context.addresses {
        let Some(digits) = zip else { continue };
        if digits.len() < form::trimmed(&address.zip).len() {
            let digits = digits.clone().into_owned();
            findings.repair(
                address.zip,
                digits,
                "the ZIP code has a hyphen",
                "write the digits alone",
            );
        }
    }
}

const EXAMPLES: &[Example] =
    &[Example::fails(&[("021103202", "02110-3202")]), Example::passes(&[("021103202", "02110")])];
