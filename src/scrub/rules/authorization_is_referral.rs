use x12::view::claim::Claim;
use x12::view::parts::{Reference, find_reference};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-21",
    name: "authorization-is-referral",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:252:PR",
    what: "The authorization number is the referral number.",
    why: "the two are different things; a payer that looks one of them up rejects the claim",
    source: "",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    report_if_same(&claim.references, findings);
    for line in &claim.lines {
        report_if_same(&line.references, findings);
    }
}

fn report_if_same(references: &[Reference<'_>], findings: &mut Findings) {
    let authorization = find_reference(references, "G1");
    let referral = find_reference(references, "9F");
    let (Some(authorization), Some(referral)) = (authorization, referral) else { return };
    if !authorization.is_empty() && authorization.bytes() == referral.bytes() {
        findings.report(
            referral.place,
            "REF*9F has the number of REF*G1",
            "keep the one that the payer gave: G1 for an authorization, 9F for a referral",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "REF*G1*77~\nREF*9F*77~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "REF*G1*77~\nREF*9F*78~\nHI*ABK")]),
];
