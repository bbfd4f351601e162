use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-04",
    name: "service-before-birth",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:187+A8:158:QC",
    what: "Care was given before the patient was born.",
    why: "the payer cannot find such a patient and rejects the claim",
    source: "Stedi, \"Invalid date of birth\", 2025-12-11; CMS, Common Edits and Enhancements Module",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let Some(birth) = claim.person().and_then(|person| person.birth) else { return };
    let (Some(born), Some(service)) = (birth.day(), claim.service_days()) else { return };
    if service.from < born {
        findings.report(
            birth.place,
            "a service lies before the patient's birth",
            "correct the birth date in DMG02, or the day of the service",
        );
    }
}

const EXAMPLES: &[Example] =
    &[Example::fails(&[("19800101", "20261007")]), Example::passes(&[("19800101", "20261006")])];
