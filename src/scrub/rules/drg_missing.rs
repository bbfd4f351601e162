use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-38",
    name: "drg-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:256",
    what: "A hospital stay has no diagnosis related group.",
    why: "payers that pay by the group want it; others ignore it",
    source: "Stedi, \"Missing diagnosis-related group code\", 2026-07-15",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_final = stay.frequency.is_any(&["1", "4", "7"]);
    if stay.facility_type.is("11") && is_final && stay.drg.is_none() {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            "type of bill 11 without HI*DR",
            "add HI*DR with the group, or switch this rule off for a payer by the day",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*DR:193~\n", "")]).of(Clean::Inpatient),
    Example::passes(&[]).of(Clean::Nursing),
];
