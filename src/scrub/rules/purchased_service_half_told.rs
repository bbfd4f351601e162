use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-43",
    name: "purchased-service-half-told",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A6:469",
    what: "A line says what was bought without from whom, or from whom without what.",
    why: "Medicare pays a bought test at what its maker asks, and rejects the line without both",
    source: "X12 837P guide, PS1 and loop 2420B",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        match (line.bought_from, line.provider("QB")) {
            (Some(_), None) => findings.report_missing(
                "NM1",
                line.procedure.place,
                "PS1 says that the service was bought, but NM1*QB is missing",
                "add loop 2420B with who sold the service",
            ),
            (None, Some(party)) => findings.report_missing(
                "PS1",
                party.place,
                "NM1*QB says from whom the service was bought, but PS1 is missing",
                "add PS1 with the seller's number and what was paid",
            ),
            (Some(_), Some(_)) | (None, None) => {}
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("REF*6R*A1-2", "REF*6R*A1-2~\nPS1*LAB1*20")]),
    Example::fails(&[("REF*6R*A1-2", "REF*6R*A1-2~\nNM1*QB*2******XX*1999001369")]),
    Example::passes(&[("REF*6R*A1-2", "REF*6R*A1-2~\nPS1*LAB1*20~\nNM1*QB*2******XX*1999001369")]),
];
