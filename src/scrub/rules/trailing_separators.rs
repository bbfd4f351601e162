use x12::phi::Phi;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, Suggestion, kinds};

pub static RULE: Rule = Rule {
    code: "CG-FORM-01",
    name: "trailing-separators",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:511+A7:481",
    what: "A segment ends in separators with nothing between them.",
    why: "X12 ends a segment behind its last value; strict readers reject what is left over",
    source: "X12.6, 3.7; common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for &end in &claim.loose_ends {
        findings.report(
            end.place,
            "the segment ends in separators with nothing behind them",
            "end it behind its last value",
        );
        // Nothing stands there, and nothing is what is written.
        findings.suggest(Suggestion {
            is_safe: true,
            from: Phi::new(end.text().into_owned()),
            to: Phi::new(String::new()),
        });
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1~", "LX*1**~")]),
    Example::fails(&[("N3*12 MAIN ST~", "N3*12 MAIN ST*~"), ("LX*2~", "LX*2*~")]).times(2),
    Example::passes(&[("N3*12 MAIN ST~", "N3*12 MAIN ST*FLOOR 2~")]),
];
