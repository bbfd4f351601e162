use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-47",
    name: "injury-date-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Hold,
    status: "A6:749",
    what: "An injury at work is billed to its insurer without its day.",
    why: "the insurer of the employer finds the case by the day, and asks for it before it pays",
    source: "X12 837 guides, DTP*439 and DTP*431",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // An accident has a day, an illness of the trade the day on which it began.
    let has_day = ["439", "431", "484"].iter().any(|day| claim.date(day).is_some());
    if claim.is_filed_with(&["WC"]) && !has_day {
        findings.report_missing(
            "DTP",
            claim.place,
            "SBR09 is WC, but neither DTP*439 nor DTP*431 is there",
            "add DTP*439 with the day of the injury, or DTP*431 with the first day of the illness",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("GRP1******CI~", "GRP1******WC~"),
        ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**EM~"),
        ("19800101*F~", "19800101*F~\nREF*Y4*CASE1~"),
    ]),
    Example::passes(&[
        ("GRP1******CI~", "GRP1******WC~"),
        ("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**EM~\nDTP*431*D8*20260930~"),
        ("19800101*F~", "19800101*F~\nREF*Y4*CASE1~"),
    ]),
    // The insurer asks for it whether or not CLM11 speaks of work.
    Example::fails(&[
        ("GRP1******CI~", "GRP1******WC~"),
        ("19800101*F~", "19800101*F~\nREF*Y4*CASE1~"),
    ]),
    Example::passes(&[("11:B:1*Y*A*Y*Y~", "11:B:1*Y*A*Y*Y**EM~")]),
];
