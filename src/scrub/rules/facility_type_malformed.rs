use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-05",
    name: "facility-type-malformed",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:228",
    what: "The facility type is not two digits from 1 to 9.",
    why: "it is the first part of the type of bill, which tells the payer how to price the claim",
    source: "Stedi, \"Invalid facility type code\", 2026-08-13",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let facility_type = stay.facility_type;
    let is_well_formed = matches!(facility_type.bytes(), [b'1'..=b'9', b'1'..=b'9']);
    if !is_well_formed && !facility_type.is_empty() {
        findings.report(
            facility_type.place,
            "the facility type is not two digits from 1 to 9",
            "write the type of bill without its leading zero: CLM05-1 is 11 for 0111",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*13:A:1*", "*03:A:1*")]).of(Clean::Outpatient),
    Example::fails(&[("*11:A:1*", "*1H:A:1*")]).of(Clean::Inpatient),
    Example::fails(&[("*11:A:1*", "*1:A:1*")]).of(Clean::Inpatient),
    Example::passes(&[("*11:A:1*", "*12:A:1*")]).of(Clean::Inpatient),
];
