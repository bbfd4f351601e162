use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-34",
    name: "rendering-repeats-billing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Hold,
    status: "A8:562:82",
    what: "The rendering provider is the billing provider.",
    why: "the guide wants loop 2310B only where the two differ, and strict payers reject what repeats",
    source: "X12 837 guides, loop 2310B",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let billing = claim.billing.npi();
    let rendering = claim.provider("82").and_then(|party| party.npi());
    let (Some(billing), Some(rendering)) = (billing, rendering) else { return };
    if !billing.is_empty() && billing.bytes() == rendering.bytes() {
        findings.report(
            rendering.place,
            "loop 2310B has the NPI of the billing provider",
            "drop loop 2310B, or name who gave the care",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("1999001021", "1999001013")]),
    Example::passes(&[("1999001021", "1999001047")]),
];
