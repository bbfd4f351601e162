use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-09",
    name: "discharge-before-admission",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A8:190",
    what: "The patient was discharged before he was admitted.",
    why: "the payer rejects dates that contradict each other",
    source: "X12 837P guide, DTP*435 and DTP*096",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let (Some(admission), Some(discharge)) = (claim.date("435"), claim.date("096")) else { return };
    let (Some(came), Some(left)) = (admission.days(), discharge.days()) else { return };
    if left.from < came.from {
        findings.report(
            discharge.value.place,
            format!("discharge on {}, admission on {}", left.from, came.from),
            "correct DTP*435 or DTP*096",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("HI*ABK", "DTP*435*D8*20261005~\nDTP*096*D8*20261005~\nHI*ABK")]),
    Example::fails(&[("HI*ABK", "DTP*435*D8*20261005~\nDTP*096*D8*20261004~\nHI*ABK")]),
];
