use x12::view::claim::Claim;
use x12::view::claim::dental::Dental;
use x12::view::parts::find_date;

use crate::code_sets::dental_procedure;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-14",
    name: "orthodontic-placement-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A6:664",
    what: "Orthodontic treatment is billed without the day on which the appliance was placed.",
    why: "plans pay from that day on and reject the claim without it",
    source: "X12 005010X224, DTP*452",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // What is only asked about was not placed yet.
    let is_asked_before = claim.dental.as_ref().is_some_and(Dental::is_predetermination);
    if is_asked_before || claim.date("452").is_some() {
        return;
    }
    let treated = claim.lines.iter().filter(|line| {
        dental_procedure::is_orthodontic_treatment(line.procedure.code.bytes())
            && find_date(&line.dates, "452").is_none()
    });
    if treated.count() > 0 {
        findings.report_missing(
            "DTP",
            claim.place,
            "orthodontic treatment is billed, but not when the appliance was placed",
            "add DTP*452 with that day",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DTP*472*D8*20260223~\nDN1*24*24~"),
    ])
    .of(Clean::Dental),
    Example::passes(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DTP*472*D8*20260223~\nDN1*24*24~"),
        ("REF*6R*WDO1001L1", "DTP*452*D8*20260222~\nREF*6R*WDO1001L1"),
    ])
    .of(Clean::Dental),
    Example::passes(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DN1*24*24~"),
        ("*Y*A*Y*Y", "*Y*A*Y*Y**********PB"),
    ])
    .of(Clean::Dental),
];
