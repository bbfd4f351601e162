use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-40",
    name: "referred-laboratory-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:630",
    what: "A test was sent to another laboratory, whose CLIA number is missing.",
    why: "payers pay a referred test only when they know who did it, and deny the line",
    source: "X12 837P guide, REF*F4; CMS, Claims Processing Manual 100-04 ch. 16",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        if line.procedure.has_modifier("90") && line.reference("F4").is_none() {
            findings.report_missing(
                "REF",
                line.references.last().map_or(line.procedure.place, |last| last.value.place),
                format!("line {} has modifier 90, but no REF*F4", line.number.text()),
                "add REF*F4 with the CLIA number of the laboratory that did the test",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:85025:90*40"), ("HI*ABK", "REF*X4*22D2187634~\nHI*ABK")]),
    Example::passes(&[
        ("HC:93000*40", "HC:85025:90*40"),
        ("HI*ABK", "REF*X4*22D2187634~\nHI*ABK"),
        ("REF*6R*A1-2", "REF*6R*A1-2~\nREF*F4*22D2187635"),
    ]),
];
