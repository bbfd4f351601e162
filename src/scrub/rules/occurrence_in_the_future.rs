use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-32",
    name: "occurrence-in-the-future",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:720",
    what: "An occurrence is dated after the claim was made.",
    why: "payers reject what has not happened yet",
    source: "common practice",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    for occurrence in &stay.occurrences {
        // 40 and 43 are days that were planned.
        let is_plan = occurrence.code.is_any(&["40", "43"]);
        let is_ahead = occurrence.days().is_some_and(|days| context.made < days.to);
        if is_ahead && !is_plan {
            findings.report(
                occurrence.date.place,
                format!("occurrence {} is dated after {}", occurrence.code.text(), context.made),
                "correct the date of the occurrence",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BH:11:D8:20260130", "HI*BH:24:D8:20260302")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BH:11:D8:20260130", "HI*BH:24:D8:20260301")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BH:11:D8:20260130", "HI*BH:40:D8:20260302")]).of(Clean::Inpatient),
];
