use x12::view::claim::Claim;

use crate::scrub::example::segments::OTHER_FIRST_PAYER;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-07",
    name: "other-payer-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:171",
    what: "The claim goes to a payer that is not the first, and names no other.",
    why: "a payer pays second only when it sees who pays first",
    source: "X12 837 guides, loop 2320",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let turn = claim.subscriber.responsibility;
    if turn.is_empty() || turn.is_any(&["P", "U"]) || !claim.other_payers.is_empty() {
        return;
    }
    findings.report_missing(
        "SBR",
        claim.place,
        format!("SBR01 is {}, but there is no loop 2320", turn.text()),
        "add a loop 2320 for each payer before this one, or correct SBR01",
    );
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SBR*P*18", "SBR*S*18")]),
    Example::passes(&[("SBR*P*18", "SBR*S*18"), ("LX*1", OTHER_FIRST_PAYER)]),
];
