use x12::view::claim::Claim;

use crate::scrub::earlier::Visit;
use crate::scrub::example::Known;
use crate::scrub::visits::visits_of;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-HIST-02",
    name: "visit-repeated-that-day",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Warn,
    status: "A8:54",
    what: "Two visits of a patient are billed for one day, to the same provider or to two of one \
           specialty in the group, and no modifier says that they stand apart.",
    why: "payers pay one visit a day and deny the other (CARC B14)",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 30.6.7; CARC B14",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // A replacement has the visits of what it replaces, and a double has a rule of its own.
    if claim.frequency.is_any(&["7", "8"]) || context.earlier.same_service.is_some() {
        return;
    }
    let mut here: Vec<(&[u8], Visit)> = Vec::new();
    for (line, visit) in visits_of(claim).filter(|(_, visit)| !visit.is_apart) {
        let code = line.procedure.code.bytes();
        let is_same = |other: &Visit| {
            !other.is_apart && other.day == visit.day && other.is_to_the_same(&visit)
        };
        let elsewhere = context.earlier.visits.iter().find(|told| is_same(&told.what));
        let other = match elsewhere {
            Some(told) => Some(told.claim.as_str()),
            // The same code twice is a line that is repeated, and has a rule of its own.
            None => here
                .iter()
                .any(|(other, visit)| *other != code && is_same(visit))
                .then_some("an earlier line"),
        };
        if let Some(other) = other {
            findings.report(
                line.procedure.code.place,
                format!("bills a visit on the day of one that {other} bills"),
                "bill one visit, or say with 24, 25, 27 or 57 what sets them apart",
            );
        }
        // A thousand lines of one visit are as good as one.
        if !here.contains(&(code, visit)) {
            here.push((code, visit));
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(PLAIN).after(Known::Visit("2026-10-06", "1999001021", "207Q00000X")),
    Example::fails(&[("HC:99213:25", "HC:99213"), ("HC:93000*40", "HC:99212*40")]),
    // A colleague of another specialty, another day, a visit that stands apart.
    Example::passes(PLAIN).after(Known::Visit("2026-10-06", "1999001039", "208600000X")),
    Example::passes(PLAIN).after(Known::Visit("2026-10-05", "1999001021", "207Q00000X")),
    Example::passes(&[]).after(Known::Visit("2026-10-06", "1999001021", "207Q00000X")),
    Example::passes(&[("HC:93000*40", "HC:99212*40")]),
    Example::passes(&[("HC:99213:25", "HC:99213"), ("HC:93000*40", "HC:99213*40")]),
    Example::passes(&[
        ("HC:99213:25", "HC:99213"),
        ("11:B:1", "11:B:7"),
        ("HI*ABK", "REF*F8*9981~\nHI*ABK"),
    ])
    .after(Known::Visit("2026-10-06", "1999001021", "207Q00000X")),
];

const PLAIN: &[(&str, &str)] = &[("HC:99213:25", "HC:99213")];
