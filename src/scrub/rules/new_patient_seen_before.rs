use x12::view::claim::Claim;

use crate::scrub::example::Known;
use crate::scrub::visits::{is_of_new_patient, visits_of};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-HIST-01",
    name: "new-patient-seen-before",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Warn,
    status: "A8:454",
    what: "A visit of a new patient is billed whom the same provider, or one of the same specialty in \
           the group, has seen within three years.",
    why: "payers deny the visit (CARC B16), or pay it as one of a patient whom the provider knows",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 30.6.7; CARC B16",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Three years without their leap day: who was seen on its eve is let pass.
const DAYS_NEW_AGAIN: u32 = 3 * 365;

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let visits = &context.earlier.visits;
    for (line, visit) in visits_of(claim).filter(|(line, _)| is_of_new_patient(line)) {
        let mut before = visits.iter().filter(|told| {
            told.what.is_to_the_same(&visit)
                && told.what.day < visit.day
                && visit.day <= told.what.day.plus_days(DAYS_NEW_AGAIN)
        });
        if let Some(told) = before.next() {
            let (claim, day) = (&told.claim, told.what.day);
            findings.report(
                line.procedure.code.place,
                format!("bills a visit of a new patient, who was seen on {day} by {claim}"),
                "bill the code for a patient whom the provider knows",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(NEW).after(Known::Visit("2025-11-03", "1999001021", "207Q00000X")),
    // Another doctor of the same specialty.
    Example::fails(NEW).after(Known::Visit("2025-11-03", "1999001039", "207Q00000X")),
    Example::passes(NEW).after(Known::Visit("2025-11-03", "1999001039", "208600000X")),
    Example::passes(NEW).after(Known::Visit("2023-10-05", "1999001021", "207Q00000X")),
    Example::passes(&[]).after(Known::Visit("2025-11-03", "1999001021", "207Q00000X")),
];

const NEW: &[(&str, &str)] = &[("HC:99213:25", "HC:99203:25")];
