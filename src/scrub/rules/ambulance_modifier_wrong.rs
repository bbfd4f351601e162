use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-13",
    name: "ambulance-modifier-wrong",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A7:453",
    what: "An ambulance line does not say from where to where.",
    why: "the first modifier has a letter for each; payers deny the line without it",
    source: "CMS, Claims Processing Manual 100-04 ch. 15",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        // Rides and their miles; QL says that the patient died before the ride.
        let is_ride = matches!(procedure.code.bytes(), [b'A', b'0', b'4', b'2' | b'3', _]);
        if !is_ride || procedure.has_modifier("QL") {
            continue;
        }
        let first = procedure.modifiers.first();
        let is_trip = |code: &Field<'_>| {
            code.bytes().len() == 2 && code.bytes().iter().all(|byte| b"DEGHIJNPRSX".contains(byte))
        };
        if !first.is_some_and(is_trip) {
            findings.report(
                first.map_or(procedure.code.place, |code| code.place),
                "the first modifier does not name where the ride began and ended",
                "write a letter for each, such as RH from home to hospital",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:A0427*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:A0427:RQ*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:A0427:RH*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:A0429:QL*60*UN*1*")]),
];
