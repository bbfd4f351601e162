use x12::view::claim::dental::Dental;
use x12::view::claim::{Claim, Line};
use x12::view::parts::find_date;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-03",
    name: "dental-service-date-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A6:187",
    what: "A dental service has no date, neither its own nor one of the claim.",
    why: "only a predetermination asks about what was not done yet; payers reject the claim",
    source: "Stedi, \"Missing service date on dental claims\", 2026-07-08",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_asked_before = claim.dental.as_ref().is_some_and(Dental::is_predetermination);
    if is_asked_before || claim.date("472").is_some() {
        return;
    }
    let has_date = |line: &Line<'_>| find_date(&line.dates, "472").is_some();
    if !claim.lines.iter().any(has_date) {
        let what = "neither the claim nor a line says when the services were given";
        let fix = "add DTP*472 behind CLM, or CLM19 PB when nothing was done yet";
        return findings.report_missing("DTP", claim.place, what, fix);
    }
    for line in claim.lines.iter().filter(|line| !has_date(line)) {
        findings.report_missing(
            "DTP",
            line.procedure.place,
            format!("line {} does not say when the service was given", line.number.text()),
            "add DTP*472 to the line, or one to the claim for all lines",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("DTP*472*D8*20260223~\n", "")]).of(Clean::Dental),
    Example::fails(&[
        ("DTP*472*D8*20260223~\n", ""),
        ("REF*6R*WDO1001L1", "DTP*472*D8*20260223~\nREF*6R*WDO1001L1"),
    ])
    .of(Clean::Dental)
    .times(2),
    Example::passes(&[("DTP*472*D8*20260223~\n", ""), ("*Y*A*Y*Y", "*Y*A*Y*Y**********PB")])
        .of(Clean::Dental),
];
