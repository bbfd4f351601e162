use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-11",
    name: "member-number-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:164:IL",
    what: "The subscriber has no member number.",
    why: "the payer cannot find the coverage and rejects the claim",
    source: "X12 837 guides, NM109 of loop 2010BA",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(subscriber) = &claim.subscriber.party else { return };
    // An employer, as workers' compensation has it, is known by the number of the case.
    let has_case = claim.person().is_some_and(|person| person.reference("Y4").is_some())
        || subscriber.reference("Y4").is_some();
    if subscriber.is_person() && subscriber.id.is_empty() && !has_case {
        findings.report(
            subscriber.id.place,
            "the subscriber has no member number in NM109",
            "enter the number from the insurance card",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("****MI*W1", "")]),
    Example::passes(&[("****MI*W1", ""), ("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*Y4*C9")]),
];
