use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-21",
    name: "billing-zip-short",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:500:85",
    what: "The billing provider or the service facility has a ZIP code without the last four digits.",
    why: "rates depend on the exact place; payers reject the five-digit form here",
    source: "TotalMD, billing ZIP without its last four digits; X12 837 guides, N403 of loop 2010AA",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let facilities = claim.lines.iter().flat_map(|line| &line.providers).chain(&claim.providers);
    let facilities = facilities.filter(|party| party.entity.is("77"));
    for party in std::iter::once(&claim.billing).chain(facilities) {
        let Some(address) = party.address else { continue };
        let is_five = form::zip(address.zip).is_some_and(|zip| zip.len() == 5);
        let is_domestic = address.country.is_empty() || address.country.is("US");
        if is_domestic && is_five {
            findings.report_as(
                format!("A7:500:{}", party.entity.text()),
                address.zip.place,
                "N403 has five digits where nine are wanted",
                "add the last four digits of the ZIP code",
            );
        }
    }
}

const EXAMPLES: &[Example] =
    &[Example::fails(&[("021103202", "02110")]), Example::passes(&[("021103202", "02110-")])];
