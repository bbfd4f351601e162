use x12::value::is_npi;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-03",
    name: "provider-identifier-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:562:82",
    what: "A rendering or attending provider has no NPI, and no other number in its place.",
    why: "the payer cannot tell who gave the care and rejects the claim",
    source: "DentalXChange, rendering NPI; X12 837 guides, NM109",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_lines = claim.lines.iter().flat_map(|line| &line.providers);
    for party in claim.providers.iter().chain(of_lines) {
        // Providers that can have no NPI use a number of the payer, a license or a UPIN.
        let is_unknown = party.id.is_empty() && party.references.is_empty();
        // The guide's check says that it stands one place off.
        let is_displaced = is_npi(party.id_qualifier.bytes());
        let what = match party.entity.bytes() {
            b"82" => "the rendering provider has no NPI in NM109",
            b"71" => "the attending provider has no NPI in NM109",
            _ => continue,
        };
        if is_unknown && !is_displaced {
            let status = format!("A6:562:{}", party.entity.text());
            findings.report_as(status, party.id.place, what, "add the NPI");
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SAM****XX*1999001021", "SAM")]),
    Example::passes(&[(
        "SAM****XX*1999001021~\nPRV*PE*PXC*207Q00000X",
        "SAM~\nPRV*PE*PXC*207Q00000X~\nREF*G2*88",
    )]),
];
