use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-10",
    name: "mouth-area-unknown",
    snip: 5,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A7:245",
    what: "An area of the mouth has no such code.",
    why: "payers pay such services by the area and reject one that they do not know",
    source: "X12 005010X224, SV304",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let lines = claim.lines.iter().filter_map(|line| line.dental.as_ref());
    for area in lines.flat_map(|line| &line.oral_cavities) {
        if !area.is_any(AREAS) {
            findings.report(
                area.place,
                "there is no such area of the mouth",
                "use 00, 01, 02, 09, 10, 20, 30, 40, L or R",
            );
        }
    }
}

/// The whole mouth, its jaws, another area, its quarters from the upper right on, its sides.
const AREAS: &[&str] = &["00", "01", "02", "09", "10", "20", "30", "40", "L", "R"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("AD:D1110*98", "AD:D4341*98**50")]).of(Clean::Dental),
    Example::fails(&[("AD:D1110*98", "AD:D4341*98**10:5")]).of(Clean::Dental),
    Example::passes(&[("AD:D1110*98", "AD:D4341*98**10:20")]).of(Clean::Dental),
];
