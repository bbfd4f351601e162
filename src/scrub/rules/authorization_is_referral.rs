use x12::segment::Field;
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
    source: "Stedi, \"Authorization number equals the referral number\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_claim = Numbers::of(&claim.references);
    of_claim.report_if_same(findings);
    for line in &claim.lines {
        let Numbers { authorization, referral } = Numbers::of(&line.references);
        // What the line does not say, the claim says for it.
        let numbers = Numbers {
            authorization: authorization.or(of_claim.authorization),
            referral: referral.or(of_claim.referral),
        };
        if authorization.is_some() || referral.is_some() {
            numbers.report_if_same(findings);
        }
    }
}

struct Numbers<'a> {
    authorization: Option<Field<'a>>,
    referral: Option<Field<'a>>,
}

impl<'a> Numbers<'a> {
    fn of(references: &[Reference<'a>]) -> Numbers<'a> {
        Numbers {
            authorization: find_reference(references, "G1"),
            referral: find_reference(references, "9F"),
        }
    }

    fn report_if_same(&self, findings: &mut Findings) {
        let (Some(authorization), Some(referral)) = (self.authorization, self.referral) else {
            return;
        };
        if !authorization.is_empty() && authorization.bytes() == referral.bytes() {
            findings.report(
                referral.place,
                "REF*9F has the number of REF*G1",
                "keep the one that the payer gave: G1 for an authorization, 9F for a referral",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "REF*G1*77~\nREF*9F*77~\nHI*ABK")]),
    Example::fails(&[("HI*ABK", "REF*9F*77~\nHI*ABK"), ("REF*6R*A1-1", "REF*G1*77~\nREF*6R*A1-1")]),
    Example::passes(&[("HI*ABK", "REF*G1*77~\nREF*9F*78~\nHI*ABK")]),
];
