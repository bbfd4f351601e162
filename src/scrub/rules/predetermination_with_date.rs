use x12::view::claim::Claim;
use x12::view::claim::dental::Dental;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-04",
    name: "predetermination-with-date",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A8:187",
    what: "A predetermination says when the service was given.",
    why: "it asks about what was not done yet; payers take it for a claim, or reject it",
    source: "X12 005010X224, CLM19 and DTP*472; Stedi, \"Missing service date on dental claims\", 2026-07-08",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.dental.as_ref().is_some_and(Dental::is_predetermination) {
        return;
    }
    let of_lines = claim.lines.iter().flat_map(|line| &line.dates);
    for date in claim.dates.iter().chain(of_lines).filter(|date| date.qualifier.is("472")) {
        findings.report(
            date.value.place,
            "CLM19 asks for a predetermination, but a service has a date",
            "drop DTP*472, or drop CLM19 when the service was given",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*Y*A*Y*Y", "*Y*A*Y*Y**********PB")]).of(Clean::Dental),
    Example::fails(&[
        ("DTP*472*D8*20260223~\n", ""),
        ("*Y*A*Y*Y", "*Y*A*Y*Y**********PB"),
        ("REF*6R*WDO1001L1", "DTP*472*D8*20260223~\nREF*6R*WDO1001L1"),
    ])
    .of(Clean::Dental),
    Example::passes(&[("DTP*472*D8*20260223~\n", ""), ("*Y*A*Y*Y", "*Y*A*Y*Y**********PB")])
        .of(Clean::Dental),
];
