use x12::view::claim::Claim;
use x12::view::parts::{Dated, find_date};

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

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(birth) = claim.person().and_then(|person| person.birth) else { return };
    let (Some(born), Some(service)) = (birth.day(), claim.service_days()) else { return };
    if born <= service.from {
        return;
    }
    let early: Vec<Dated<'_>> = claim
        .lines
        .iter()
        .filter_map(|line| {
            find_date(&line.dates, "472")
                .filter(|date| date.days().is_some_and(|days| days.from < born))
        })
        .collect();
    // Where only some of several services lie before the birth, it is rather their day.
    let is_of_lines = !early.is_empty() && early.len() < claim.lines.len();
    let places = early.iter().filter(|_| is_of_lines).map(|date| date.value.place);
    let of_birth = (!is_of_lines).then_some(birth.place);
    for place in places.chain(of_birth) {
        findings.report(
            place,
            "a service lies before the patient's birth",
            "correct the birth date in DMG02, or the day of the service",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("19800101", "20261007")]),
    Example::fails(&[
        ("19800101", "20261005"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20261004~\nREF*6R*A1-1"),
    ]),
    Example::passes(&[("19800101", "20261006")]),
];
