use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-33",
    name: "medicare-takes-originals-only",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A7:535",
    what: "Medicare Part B is sent a replacement or a void.",
    why: "Part B takes first claims only and rejects the rest; a paid claim is reopened instead",
    source: "CMS, Common Edits and Enhancements Module",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let frequency = claim.frequency;
    if claim.is_filed_with(&["MB"]) && !frequency.is_empty() && !frequency.is("1") {
        findings.report(
            frequency.place,
            format!("CLM05-3 is {} on a claim to Medicare Part B", frequency.text()),
            "send rejected claims again with 1; have decided ones reopened by the contractor",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB")]),
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*1AC2DE3FG45"),
        ("11:B:1", "11:B:7"),
        ("HI*ABK", "REF*F8*9981~\nHI*ABK"),
    ]),
];
