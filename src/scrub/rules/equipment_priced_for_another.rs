use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-45",
    name: "equipment-priced-for-another",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:454",
    what: "The rent and the price of equipment are given for another code than the one billed.",
    why: "the payer cannot tell which of the two was delivered",
    source: "X12 837P guide, SV501",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(equipment) = line.equipment else { continue };
        let billed = line.procedure.code;
        if equipment.bytes() != billed.bytes() {
            findings.report(
                equipment.place,
                format!("SV5 speaks of {}, SV1 bills {}", equipment.text(), billed.text()),
                "write the code of SV101 in SV501",
            );
        }
    }
}

const EQUIPMENT: &str = "HC:E0570:RR*60*UN*1***1:2~\nSV5*HC:E0571*DA*30*50*500*4~";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1***1:2~", EQUIPMENT)]),
    Example::passes(&[("HC:99213:25*60*UN*1***1:2~", EQUIPMENT), ("HC:E0571", "HC:E0570")]),
];
