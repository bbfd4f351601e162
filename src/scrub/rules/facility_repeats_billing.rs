use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-35",
    name: "facility-repeats-billing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:562:77",
    what: "The service facility has the NPI of the billing provider.",
    why: "the guide wants the facility only where it is another; some front ends reject the claim",
    source: "Regence dental; X12 837 guides, loop 2310C",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let billing = claim.billing.npi();
    let facility = claim.provider("77").and_then(|party| party.npi());
    let (Some(billing), Some(facility)) = (billing, facility) else { return };
    if !billing.is_empty() && billing.bytes() == facility.bytes() {
        findings.report(
            facility.place,
            "the service facility has the NPI of the billing provider",
            "drop the facility, or for another site of the same NPI its NM108 and NM109",
        );
    }
}

const FACILITY: &str = "\
    NM1*77*2*CEDAR NORTH*****XX*1999001013~\n\
    N3*2 OAK ST~\n\
    N4*BOSTON*MA*021103202~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", FACILITY)]),
    Example::passes(&[
        ("LX*1", FACILITY),
        ("NM1*77*2*CEDAR NORTH*****XX*1999001013~", "NM1*77*2*CEDAR NORTH*****XX*1999001104~"),
    ]),
];
