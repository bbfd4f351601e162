use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-21",
    name: "rendering-number-beside-npi",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Hold,
    status: "A8:562:82",
    what: "The dentist has an NPI, and a location number beside it.",
    why: "other numbers are for those without an NPI; dental front ends reject both",
    source: "Regence dental companion guide; X12 005010X224, REF of 2310B",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_lines = claim.lines.iter().flat_map(|line| &line.providers);
    for party in claim.providers.iter().chain(of_lines).filter(|party| party.entity.is("82")) {
        let location = party.reference("LU");
        if let (Some(_), Some(location)) = (party.npi(), location) {
            findings.report(
                location.place,
                "the rendering dentist has a location number beside the NPI",
                "drop REF*LU",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("PRV*PE*PXC*1223G0001X", "PRV*PE*PXC*1223G0001X~\nREF*LU*L1")])
        .of(Clean::Dental),
    Example::passes(&[(
        "NM1*82*1*ASH*ROBIN****XX*1999001419~\nPRV*PE*PXC*1223G0001X",
        "NM1*82*1*ASH*ROBIN~\nPRV*PE*PXC*1223G0001X~\nREF*LU*L1",
    )])
    .of(Clean::Dental),
];
