use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-18",
    name: "line-date-repeats-claim-date",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Warn,
    status: "A8:187",
    what: "A line has the very date that the claim gives for all lines.",
    why: "the guide wants it only where it differs; some front ends reject it, most do not mind",
    source: "Regence dental companion guide; X12 005010X224, DTP*472 of the line",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(of_claim) = claim.date("472").and_then(|date| date.days()) else { return };
    for line in &claim.lines {
        let Some(date) = find_date(&line.dates, "472") else { continue };
        if date.days() == Some(of_claim) {
            findings.report(
                date.value.place,
                "the line gives the date that the claim gives for all",
                "leave the line's date out where it is the claim's",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("REF*6R*WDO1001L1", "DTP*472*D8*20260223~\nREF*6R*WDO1001L1")])
        .of(Clean::Dental),
    Example::passes(&[("REF*6R*WDO1001L1", "DTP*472*D8*20260222~\nREF*6R*WDO1001L1")])
        .of(Clean::Dental),
];
