use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-05",
    name: "birth-date-impossible",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:158:QC",
    what: "A birth date lies in the future, or 150 years back.",
    why: "the payer cannot find such a person and rejects the claim",
    source: "Stedi, \"Invalid date of birth\", 2025-12-11",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Nobody has lived so long.
const AGE_YEARS_MAX: i32 = 150;

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let patient = claim.patient.as_ref().and_then(|patient| patient.party.as_ref());
    for (entity, party) in [("IL", claim.subscriber.party.as_ref()), ("QC", patient)] {
        let Some(birth) = party.and_then(|party| party.birth) else { continue };
        let Some(born) = birth.day() else { continue };
        if context.made < born || AGE_YEARS_MAX <= context.made.years_since(born) {
            findings.report_as(
                format!("A7:158:{entity}"),
                birth.place,
                "the birth date lies after the claim was made, or 150 years back or more",
                "correct DMG02",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("19800101", "20261029")]),
    Example::fails(&[("19800101", "18761028")]),
    Example::passes(&[("19800101", "18761029")]),
    // A batch of a day to come is another fault.
    Example::passes(&[("B1*20261028", "B1*99991231")]),
];
