use x12::value::Money;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-46",
    name: "noncovered-more-than-charged",
    snip: 3,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:596",
    what: "More of a line is not covered than it charges, or less than nothing.",
    why: "the payer subtracts it from the charge and rejects a negative rest",
    source: "X12 837I guide, SV207",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(noncovered) = line.noncovered else { continue };
        let (Some(amount), Some(charge)) = (noncovered.money(), line.charge.money()) else {
            continue;
        };
        // A charge below nothing is another rule's.
        let is_too_much = charge < amount && Money::ZERO <= charge;
        if is_too_much || amount < Money::ZERO {
            findings.report(
                noncovered.place,
                "SV207 is not between nothing and SV203",
                "write the part of the charge that the payer does not cover",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0410**2500*UN*9**100", "SV2*0410**2500*UN*9**2501")])
        .of(Clean::Inpatient),
    Example::fails(&[("SV2*0410**2500*UN*9**100", "SV2*0410**2500*UN*9**-1")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0410**2500*UN*9**100", "SV2*0410**2500*UN*9**2500")])
        .of(Clean::Inpatient),
];
