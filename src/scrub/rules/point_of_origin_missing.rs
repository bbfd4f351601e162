use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-08",
    name: "point-of-origin-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:229",
    what: "The point of origin is missing.",
    why: "payers want to know from where the patient came, except on laboratory bills for others' patients",
    source: "Stedi, \"Missing point of origin\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    // It came with this version of the 837, which claims had to be in from 2012 on.
    if context.days.is_none_or(|days| days.to < FIRST_DAY) {
        return;
    }
    // Without a CL1 the guide speaks.
    let has_segment = !stay.admission_type.is_empty() || !stay.patient_status.is_empty();
    let is_needed = !stay.facility_type.is("14") && !stay.facility_type.is_empty();
    if has_segment && is_needed && stay.admission_source.is_empty() {
        findings.report(
            stay.admission_source.place,
            "CL102 is empty",
            "add the point of origin: 1 when the patient came from home",
        );
    }
}

/// The first day on which the 5010 was the rule.
const FIRST_DAY: Day = Day::new(2012, 1, 1).expect("a day of the calendar");

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CL1*1*1*01", "CL1*1**01")]).of(Clean::Outpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*3**01"), ("*13:A:1*", "*14:A:1*")]).of(Clean::Outpatient),
];
