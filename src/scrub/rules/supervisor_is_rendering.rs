use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-16",
    name: "supervisor-is-rendering",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A8:562:DQ",
    what: "The supervising provider is the rendering provider.",
    why: "nobody supervises himself; the payer rejects the claim",
    source: "Stedi, \"Supervising provider matches the rendering provider\", 2026-07-14",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let rendering = claim.provider("82").and_then(|party| party.npi());
    let supervising = claim.provider("DQ").and_then(|party| party.npi());
    let (Some(rendering), Some(supervising)) = (rendering, supervising) else { return };
    if !supervising.is_empty() && rendering.bytes() == supervising.bytes() {
        findings.report(
            supervising.place,
            "the supervising provider has the NPI of the rendering provider",
            "name who supervised, or drop the supervising provider",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", "NM1*DQ*1*POE*SAM****XX*1999001021~\nLX*1")]),
    Example::passes(&[("LX*1", "NM1*DQ*1*ASH*KIM****XX*1999001047~\nLX*1")]),
];
