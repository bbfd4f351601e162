use x12::value::is_npi;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-01",
    name: "npi-wrong",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:562:85",
    what: "A provider's NPI is no NPI: not ten digits, or the check digit does not fit.",
    why: "a digit was mistyped; no payer finds the provider",
    source: "Stedi, \"Invalid NPI\", 2026-07-29; CMS, NPI check digit (ISO/IEC 7812 over 80840)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let Some(npi) = party.npi() else { continue };
        if !npi.is_empty() && !is_npi(form::trimmed(&npi)) {
            findings.report_as(
                format!("A7:562:{}", party.entity.text()),
                npi.place,
                "NM109 is no NPI: ten digits, the last of them a check digit",
                "look the provider up in the NPI registry",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("XX*1999001021", "XX*1999001022")]),
    Example::fails(&[("XX*1999001021", "XX*199900102"), ("1999001013", "3999001013")]).times(2),
    Example::passes(&[("XX*1999001021", "XX* 1999001021")]),
];
