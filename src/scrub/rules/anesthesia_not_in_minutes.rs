use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-11",
    name: "anesthesia-not-in-minutes",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:659",
    what: "Anesthesia is billed in units, not in minutes.",
    why: "payers pay anesthesia by time and reject units",
    source: "CMS, Common Edits and Enhancements Module",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        // 01953 (burns, by area) and 01996 (by day) count units; 01967 may be paid at a flat rate.
        let in_units = line.procedure.code.is_any(&["01953", "01967", "01996"]);
        if line.procedure.is_anesthesia() && !in_units && line.unit.is("UN") {
            findings.report(
                line.unit.place,
                format!("anesthesia {} in units", line.procedure.code.text()),
                "write MJ in SV103 and the minutes in SV104",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:00812:AA*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:00812:AA*60*MJ*32*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:01996*60*UN*1*")]),
];
