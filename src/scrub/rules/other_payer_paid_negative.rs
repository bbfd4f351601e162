use x12::value::Money;
use x12::view::claim::Claim;

use crate::scrub::example::segments::{FIRST_LINE_PAID, OTHER_PAYER, SECOND_LINE_PAID};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-10",
    name: "other-payer-paid-negative",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:693+A7:643",
    what: "Another payer is said to have paid less than nothing for a line.",
    why: "the next payer rejects the claim; a payment taken back is not a line payment",
    source: "Stedi, \"Invalid paid amount\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for adjudication in claim.lines.iter().flat_map(|line| &line.adjudications) {
        if adjudication.paid.money().is_some_and(Money::is_negative) {
            findings.report(
                adjudication.paid.place,
                "SVD02 is below zero",
                "enter what the payer paid for the line in its last decision",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
    ]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
        ("AMT*D*85~", "AMT*D*-15~"),
        (
            "SVD*OLD1*50*HC:99213:25**1~\nCAS*CO*45*10~",
            "SVD*OLD1*-50*HC:99213:25**1~\nCAS*CO*45*110~",
        ),
    ]),
];
