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

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(birth) = claim.person().and_then(|person| person.birth) else { return };
    let (Some(born), Some(service)) = (birth.day(), context.days) else { return };
    if born <= service.from {
        return;
    }
    let of_lines = claim.lines.iter().filter_map(|line| find_date(&line.dates, "472"));
    let dates = ["434", "472"].into_iter().filter_map(|qualifier| claim.date(qualifier));
    let is_early = |date: &Dated<'_>| date.days().is_some_and(|days| days.from < born);
    let early: Vec<Dated<'_>> = of_lines.chain(dates).filter(is_early).collect();
    // Where all services lie before the birth, and are such as are billed today, it is rather the
    // birth.
    let is_of_birth =
        born > service.to && context.made.days_since(service.to) <= DAYS_BILLED_LATE_MAX;
    let of_birth = is_of_birth.then_some(birth.place);
    let of_services = early.iter().filter(|_| !is_of_birth).map(|date| date.value.place);
    for place in of_birth.into_iter().chain(of_services) {
        findings.report(
            place,
            "a service lies before the patient's birth",
            "correct the birth date in DMG02, or the day of the service",
        );
    }
}

/// Hardly anybody bills a service later.
const DAYS_BILLED_LATE_MAX: i64 = 365;

const EXAMPLES: &[Example] = &[
    Example::fails(&[("19800101", "20261007")]),
    Example::fails(&[
        ("19800101", "20261005"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20261004~\nREF*6R*A1-1"),
    ]),
    Example::fails(&[
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*19791231~\nREF*6R*A1-1"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-2", "DTP*472*D8*19791231~\nREF*6R*A1-2"),
        ("HI*ABK:E119*ABF:I10", "HI*BK:25000*BF:4019"),
    ])
    .times(2),
    Example::passes(&[("19800101", "20261006")]),
];
