use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-12",
    name: "hospital-visit-outside-stay",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:187+A8:189",
    what: "A patient in hospital was visited before the admission or after the discharge.",
    why: "the payer compares the visit with the stay that the hospital bills and denies it",
    source: "X12 837P guide, DTP*435 and 096; CMS, Claims Processing Manual 100-04 ch. 12 section 30.6.9",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Visits to patients in hospital, from the first to the day of discharge. Others, such as the
/// reading of an image, may follow the stay.
const VISITS: std::ops::RangeInclusive<u32> = 99_221..=99_239;

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let day = |qualifier| claim.date(qualifier).and_then(|date| date.days());
    let (admission, discharge) = (day("435"), day("096"));
    for line in &claim.lines {
        let is_visit = line.procedure.number().is_some_and(|number| VISITS.contains(&number));
        let Some(days) = claim.days_of(line) else { continue };
        // Who is under observation is seen before he is admitted.
        if !is_visit || !claim.place_of(line).is("21") {
            continue;
        }
        let what = match (admission, discharge) {
            (Some(admission), _) if days.to < admission.from => {
                format!("a visit on {}, the admission on {}", days.to, admission.from)
            }
            (_, Some(discharge)) if discharge.to < days.from => {
                format!("a visit on {}, the discharge on {}", days.from, discharge.to)
            }
            _ => continue,
        };
        findings.report(
            line.procedure.code.place,
            what,
            "correct the day of the visit, or DTP*435 and DTP*096",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("11:B:1", "21:B:1"),
        ("BI*PXC*207Q00000X", "BI*PXC*282N00000X"),
        ("HI*ABK", "DTP*435*D8*20261007~\nHI*ABK"),
        ("HC:99213:25*60", "HC:99232:25*60"),
    ]),
    Example::fails(&[
        ("11:B:1", "21:B:1"),
        ("BI*PXC*207Q00000X", "BI*PXC*282N00000X"),
        ("HI*ABK", "DTP*435*D8*20261001~\nDTP*096*D8*20261005~\nHI*ABK"),
        ("HC:99213:25*60", "HC:99232:25*60"),
    ]),
    Example::passes(&[
        ("11:B:1", "21:B:1"),
        ("HI*ABK", "DTP*435*D8*20261001~\nDTP*096*D8*20261006~\nHI*ABK"),
        ("HC:99213:25*60", "HC:99238:25*60"),
    ]),
    // The cardiogram was read when the patient was home again.
    Example::passes(&[
        ("11:B:1", "21:B:1"),
        ("HI*ABK", "DTP*435*D8*20261001~\nDTP*096*D8*20261005~\nHI*ABK"),
        ("HC:93000*40", "HC:93010*40"),
    ]),
];
