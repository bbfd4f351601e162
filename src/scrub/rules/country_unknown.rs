use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-35",
    name: "country-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:680:IL",
    what: "An address is in a country that has no such code.",
    why: "the payer cannot tell where the person lives and rejects the claim",
    source: "ISO 3166-1; X12 837 guides, N404",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let Some(address) = party.address else { continue };
        let country = address.country;
        // Longer and shorter values are a fault of the guide.
        if !(2..=3).contains(&country.bytes().len()) {
            continue;
        }
        let standing = context.codes.standing("country", country.bytes(), context.today);
        if standing == Some(Standing::Unknown) {
            findings.report_as(
                format!("A7:680:{}", party.entity.text()),
                country.place,
                "there is no such country",
                "use the two letters of ISO 3166, such as GB or MX",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("N3*1 ELM ST~\nN4*BOSTON*MA*02110", "N3*1 ELM ST~\nN4*PARIS***XX")]),
    Example::passes(&[("N3*1 ELM ST~\nN4*BOSTON*MA*02110", "N3*1 ELM ST~\nN4*PARIS***FR")]),
    Example::passes(&[("N3*1 ELM ST~\nN4*BOSTON*MA*02110", "N3*1 ELM ST~\nN4*BOSTON*MA*02110*US")]),
];
