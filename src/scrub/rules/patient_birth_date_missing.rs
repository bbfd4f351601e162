use x12::view::claim::Claim;

use crate::scrub::example::segments::PATIENT;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-04",
    name: "patient-birth-date-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:158:IL",
    what: "The subscriber is the patient and has no date of birth.",
    why: "the payer needs the patient's birth date and sex and rejects the claim",
    source: "X12 837 guides, DMG of loop 2010BA",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // The guide itself demands it of a patient in 2010CA.
    if claim.patient.is_some() || !claim.subscriber.relationship.is("18") {
        return;
    }
    let Some(person) = &claim.subscriber.party else { return };
    if person.birth.is_none() {
        findings.report_missing(
            "DMG",
            person.place,
            "the subscriber is the patient, but birth date and sex are missing",
            "add DMG of the subscriber",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("DMG*D8*19800101*F~\n", "")]),
    Example::passes(&[("DMG*D8*19800101*F~\n", ""), ("CLM*A1*100*", PATIENT)]),
];
