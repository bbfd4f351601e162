use x12::value::is_npi;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-02",
    name: "billing-identifier-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:562:85",
    what: "The billing provider has no NPI, and no number of the payer in its place.",
    why: "the payer cannot tell whom to pay and rejects the claim",
    source: "Stedi, \"Missing billing provider identifier\", 2026-08-04",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // A claim without a billing provider is a fault of the guide.
    if claim.billing.entity.is_empty() {
        return;
    }
    // Providers that can have no NPI, such as drivers, use a number that the payer gave them.
    let of_payer = claim.payer.as_ref().is_some_and(|payer| {
        payer.references.iter().any(|known| known.qualifier.is_any(&["G2", "LU"]))
    });
    // The guide's check says that it stands one place off.
    let is_displaced = is_npi(claim.billing.id_qualifier.bytes());
    if claim.billing.id.is_empty() && !of_payer && !is_displaced {
        findings.report(
            claim.billing.id.place,
            "the billing provider has no NPI in NM109 and no REF*G2 in loop 2010BB",
            "add the NPI",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*****XX*1999001013", "")]),
    Example::passes(&[("*****XX*1999001013", ""), ("PI*ACME1", "PI*ACME1~\nREF*G2*88")]),
];
