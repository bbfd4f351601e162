use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-34",
    name: "postal-code-abroad",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:500:IL",
    what: "An address outside the United States and Canada has a postal code.",
    why: "front ends hold N403 against the ZIP codes and reject what is none",
    source: "Stedi, \"Postal code outside the US and Canada\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let Some(address) = party.address else { continue };
        let is_abroad = !address.country.is_empty() && !address.country.is_any(&["US", "CA"]);
        if is_abroad && !address.zip.is_empty() {
            findings.report_as(
                format!("A7:500:{}", party.entity.text()),
                address.zip.place,
                "N403 has a postal code, and N404 a country other than US and CA",
                "leave N403 empty; the postal code may stand beside the city",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("N3*1 ELM ST~\nN4*BOSTON*MA*02110", "N3*1 ELM ST~\nN4*PARIS**75001*FR")]),
    Example::passes(&[("N3*1 ELM ST~\nN4*BOSTON*MA*02110", "N3*1 ELM ST~\nN4*PARIS***FR")]),
    Example::passes(&[(
        "N3*1 ELM ST~\nN4*BOSTON*MA*02110",
        "N3*1 ELM ST~\nN4*OTTAWA*ON*K1A0B1*CA",
    )]),
];
