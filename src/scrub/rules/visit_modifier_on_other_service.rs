use std::ops::RangeInclusive;

use x12::segment::Field;
use x12::view::claim::Claim;
use x12::view::parts::Procedure;

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

/// Blocks of CPT in which nothing is a visit: anesthesia, surgery, radiology, laboratory; of the medicine
/// block vaccines, what is measured and recorded, tests of allergy and sleep, infusions, treatment of the skin,
/// exercises, wounds, the spine set right, sedation. What lies between has visits in it: of the eyes, of
/// psychiatry, dialysis and testing, or is told with these modifiers by some payers.
const NO_VISITS: &[RangeInclusive<u32>] = &[
    100..=89398,
    90281..=90759,
    90901..=90913,
    91010..=91299,
    92018..=92287,
    92920..=93998,
    94010..=94799,
    95004..=95199,
    95249..=95251,
    95700..=96020,
    96360..=96574,
    96900..=96999,
    97010..=97150,
    97530..=97542,
    97597..=97610,
    98925..=98943,
    99000..=99002,
    99151..=99157,
    99170..=99177,
    99195..=99195,
];

/// Vaccines that are given for Medicare.
const SHOTS: &[&str] = &["G0008", "G0009", "G0010"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let speaks_of_visit = |code: &&Field<'_>| code.is_any(&["24", "25", "57"]);
        for modifier in procedure.modifiers.iter().filter(speaks_of_visit) {
            if is_surely_no_visit(procedure) {
                findings.report(
                    modifier.place,
                    format!("modifier {} on {}", modifier.text(), procedure.code.text()),
                    "move the modifier to the visit of that day, or use 58, 59, 78 or 79",
                );
            }
        }
    }
}

fn is_surely_no_visit(procedure: &Procedure<'_>) -> bool {
    // Supplies, blood, equipment, drugs, braces.
    let is_thing =
        matches!(procedure.code.bytes(), [b'A', b'4'..=b'9', ..] | [b'B' | b'E' | b'J' | b'L', ..]);
    let is_of_block = |number: u32| NO_VISITS.iter().any(|block| block.contains(&number));
    is_thing || procedure.code.is_any(SHOTS) || procedure.number().is_some_and(is_of_block)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:20610:25*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:92014:25*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99214:57*60*UN*1*")]),
    Example::fails(&[("HC:93000*40", "HC:96372:25*40")]),
    Example::fails(&[("HC:93000*40", "HC:90471:25*40")]),
    Example::fails(&[("HC:93000*40", "HC:93000:25*40")]),
    Example::fails(&[("HC:93000*40", "HC:J1100:25*40")]),
    Example::fails(&[("HC:93000*40", "HC:G0008:25*40")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:92002:24*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:G0439:25*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:90792:25*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:97161:25*60*UN*1*")]),
];
