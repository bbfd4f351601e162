use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-41",
    name: "inpatient-procedure-outside-stay",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:486+A8:188",
    what: "A procedure was done after the stay, or more than three days before it.",
    why: "the payer takes it for another stay's and rejects the claim",
    source: "common practice; CMS, three-day payment window",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(covers) = stay.statement.and_then(|statement| statement.days()) else { return };
    let admission = stay.admission.and_then(|admission| admission.days());
    let came = admission.map_or(covers.from, |admission| admission.from.min(covers.from));
    for procedure in &stay.procedures {
        let Some(days) = procedure.days() else { continue };
        if covers.to < days.from || 3 < came.days_since(days.from) {
            findings.report(
                procedure.date.place,
                format!("procedure on {}, stay of {came} to {}", days.from, covers.to),
                "correct the day of the procedure, or leave out what belongs to another stay",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BBR:3E03329:D8:20260201", "HI*BBR:3E03329:D8:20260206")])
        .of(Clean::Inpatient),
    Example::fails(&[("HI*BBR:3E03329:D8:20260201", "HI*BBR:3E03329:D8:20260128")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*BBR:3E03329:D8:20260201", "HI*BBR:3E03329:D8:20260205")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*BBR:3E03329:D8:20260201", "HI*BBR:3E03329:D8:20260129")])
        .of(Clean::Inpatient),
];
