use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-08",
    name: "batch-made-in-the-future",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:510+A7:481",
    what: "The batch was made on a day that has not come.",
    why: "a wrong clock dates everything wrong; payers reject the batch",
    source: "X12 837 guides, BHT04",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if claim.batch_date.day().is_some_and(|made| context.today < made) {
        findings.report(
            claim.batch_date.place,
            format!("BHT04 lies after {}", context.today),
            "correct the clock of the system that made the batch",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*20261028*0930*CH", "*20261102*0930*CH")]),
    Example::passes(&[("*20261028*0930*CH", "*20261101*0930*CH")]),
];
