use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-11",
    name: "illness-after-service",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:187",
    what: "What led to the services is dated after all of them.",
    why: "the payer rejects dates that contradict each other",
    source: "X12 837P guide, DTP*431, 484, 454 and 304",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// What comes before a service, or with it at the latest.
const EARLIER: &[(&str, &str)] = &[
    ("431", "the illness began"),
    ("484", "the last menstrual period began"),
    ("454", "the treatment began"),
    ("304", "the patient was last seen"),
];

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(service) = context.days else { return };
    for (qualifier, what) in EARLIER {
        let Some(date) = claim.date(qualifier) else { continue };
        let Some(on) = date.days() else { continue };
        if service.to < on.from {
            findings.report(
                date.value.place,
                format!("{what} on {}, the last service is of {}", on.from, service.to),
                "correct this day or that of the service",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "DTP*431*D8*20261007~\nHI*ABK")]),
    Example::fails(&[("HI*ABK", "DTP*304*D8*20261020~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "DTP*431*D8*20261006~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "DTP*484*D8*20260820~\nHI*ABK")]),
    // The patient cannot work from then on.
    Example::passes(&[("HI*ABK", "DTP*360*D8*20261007~\nHI*ABK")]),
];
