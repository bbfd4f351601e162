use x12::view::claim::Claim;

use crate::code_sets::dental_procedure;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-13",
    name: "orthodontic-months-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A6:605",
    what: "Orthodontic treatment is billed without how many months it takes.",
    why: "plans pay it by the month and reject the claim without them",
    source: "X12 005010X224, DN1",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(dental) = &claim.dental else { return };
    let mut codes = claim.lines.iter().map(|line| line.procedure.code);
    if !codes.any(|code| dental_procedure::is_orthodontic_treatment(code.bytes())) {
        return;
    }
    let what = "orthodontic treatment is billed, but not how many months it takes";
    let fix = "put the months of treatment in all into DN101";
    match dental.orthodontics {
        Some(dn1) if dn1.months.is_empty() => findings.report(dn1.months.place, what, fix),
        Some(_) => {}
        None => {
            let last = claim.dates.last().map_or(claim.place, |date| date.value.place);
            findings.report_missing("DN1", last, what, fix);
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DTP*452*D8*20260223~\nDTP*472*D8*20260223~"),
    ])
    .of(Clean::Dental),
    Example::fails(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DTP*452*D8*20260223~\nDTP*472*D8*20260223~\nDN1**24~"),
    ])
    .of(Clean::Dental),
    Example::passes(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DTP*452*D8*20260223~\nDTP*472*D8*20260223~\nDN1*24*24~"),
    ])
    .of(Clean::Dental),
    Example::passes(&[("AD:D0120", "AD:D8660")]).of(Clean::Dental),
];
