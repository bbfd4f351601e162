use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-43",
    name: "day-of-death-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:234+A6:719",
    what: "The patient died, and the claim to Medicare does not say when.",
    why: "Medicare returns the bill: status 20 and 40 to 42 need occurrence 55 with the day",
    source: "CMS, Claims Processing Manual 100-04 ch. 25 (occurrence 55, since 2012)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let died = stay.patient_status.is_any(&["20", "40", "41", "42"]);
    let has_day = stay.occurrences.iter().any(|occurrence| occurrence.code.is("55"));
    if died && !has_day && claim.is_filed_with(&["MA", "MB"]) {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            format!("patient status {} without occurrence 55", stay.patient_status.text()),
            "add HI*BH with code 55 and the day of death",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CL1*3*4*01", "CL1*3*4*20")]).of(Clean::Nursing),
    Example::passes(&[
        ("CL1*3*4*01", "CL1*3*4*20"),
        ("HI*BH:50:D8:20260210", "HI*BH:50:D8:20260210*BH:55:D8:20260220"),
    ])
    .of(Clean::Nursing),
    Example::passes(&[("CL1*1*1*01", "CL1*1*1*20")]).of(Clean::Inpatient),
];
