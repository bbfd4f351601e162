use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-07",
    name: "visit-modifier-on-other-service",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "A modifier that speaks of a visit stands on a service that is no visit.",
    why: "24, 25 and 57 belong to visits; payers deny the line as inconsistent",
    source: "CMS, NCCI policy manual ch. 1 (modifiers 24, 25 and 57)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// The blocks of CPT outside evaluation and medicine: anesthesia, surgery, radiology, laboratory.
/// Some codes of the medicine block count as visits, so only these are certain.
const NO_VISITS: std::ops::RangeInclusive<u32> = 100..=89398;

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let is_visit = !procedure.number().is_some_and(|number| NO_VISITS.contains(&number));
        for modifier in procedure.modifiers.iter().filter(|code| code.is_any(&["24", "25", "57"])) {
            if !is_visit {
                findings.report(
                    modifier.place,
                    format!("modifier {} on {}", modifier.text(), procedure.code.text()),
                    "move the modifier to the visit of that day, or use 58, 59, 78 or 79",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:20610:25*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:92014:25*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99214:57*60*UN*1*")]),
];
