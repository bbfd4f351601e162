use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-44",
    name: "screening-referral-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:564",
    what: "A line follows from a screening of a child, and the claim does not say whether it led to a referral.",
    why: "Medicaid counts the referrals of its screenings, and sends the claim back without",
    source: "X12 837P guide, SV111 and CRC*ZZ",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_screening = |code: Field<'_>| code.is("Y");
    let is_screened = claim.lines.iter().any(|line| line.screening.is_some_and(is_screening));
    if is_screened && !claim.conditions.iter().any(|condition| condition.is("ZZ")) {
        findings.report_missing(
            "CRC",
            claim.place,
            "SV111 is Y, but CRC*ZZ is missing",
            "add CRC*ZZ with Y or N and what became of the screening, such as NU for no referral",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*60*UN*1***1:2", "*60*UN*1***1:2****Y")]),
    Example::passes(&[
        ("*60*UN*1***1:2", "*60*UN*1***1:2****Y"),
        ("HI*ABK", "CRC*ZZ*N*NU~\nHI*ABK"),
    ]),
    Example::passes(&[]),
];
