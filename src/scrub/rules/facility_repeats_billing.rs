use x12::view::claim::Claim;
use x12::view::parts::Party;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-35",
    name: "facility-repeats-billing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:562:77",
    what: "The service facility is the billing provider: it has its NPI, or its address and no NPI.",
    why: "the guide wants the facility only where it is another; some front ends reject the claim",
    source: "Regence dental; X12 837 guides, loop 2310C",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(facility) = claim.provider("77") else { return };
    let npi = facility.npi().filter(|npi| !npi.is_empty());
    let billing = claim.billing.npi().map(|npi| npi.bytes());
    match npi {
        Some(npi) if billing == Some(npi.bytes()) => findings.report(
            npi.place,
            "the service facility has the NPI of the billing provider",
            "drop the facility, or for another site of the same NPI its NM108 and NM109",
        ),
        None if is_at_billing_address(claim, facility) => findings.report(
            facility.address.map_or(facility.place, |address| address.line.place),
            "the service facility has the address of the billing provider, and no NPI",
            "drop the facility",
        ),
        Some(_) | None => {}
    }
}

fn is_at_billing_address(claim: &Claim<'_>, facility: &Party<'_>) -> bool {
    match (facility.address, claim.billing.address) {
        (Some(facility), Some(billing)) => facility.is_same_place(&billing),
        (Some(_) | None, _) => false,
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
    Example::fails(&[
        ("LX*1", FACILITY),
        ("NM1*77*2*CEDAR NORTH*****XX*1999001013~", "NM1*77*2*CEDAR NORTH~"),
        ("N3*2 OAK ST~", "N3*12 MAIN ST~"),
    ]),
    Example::passes(&[
        ("LX*1", FACILITY),
        ("NM1*77*2*CEDAR NORTH*****XX*1999001013~", "NM1*77*2*CEDAR NORTH~"),
    ]),
];
