use x12::view::claim::{Claim, Line};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-45",
    name: "assessment-day-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:719",
    what: "Skilled nursing is billed to Medicare by a rate without the day of its assessment.",
    why: "Medicare looks the rate up by that day and returns the bill",
    source: "CMS, Claims Processing Manual 100-04 ch. 6 (occurrence 50)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_skilled = stay.facility_type.is_any(&["18", "21"]) && claim.is_filed_with(&["MA"]);
    // ZZZZZ is the default rate: there was no assessment.
    let is_rate = |line: &Line<'_>| {
        line.revenue_code.is_some_and(|revenue| revenue.is("0022"))
            && !line.procedure.code.is_empty()
            && !line.procedure.code.is("ZZZZZ")
    };
    // A bill for no payment (frequency 0) asks for no rate.
    let is_paid = !stay.frequency.is("0");
    let has_day = stay.occurrences.iter().any(|occurrence| occurrence.code.is("50"));
    if is_skilled && is_paid && claim.lines.iter().any(is_rate) && !has_day {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            "a rate of skilled nursing without occurrence 50",
            "add HI*BH with code 50 and the day of the assessment",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BH:50:D8:20260210~\n", "")]).of(Clean::Nursing),
    Example::passes(&[("HI*BH:50:D8:20260210~\n", ""), ("HP:KAXD1", "HP:ZZZZZ")])
        .of(Clean::Nursing),
    Example::passes(&[("HI*BH:50:D8:20260210~\n", ""), ("*21:A:1*", "*21:A:0*")])
        .of(Clean::Nursing),
];
