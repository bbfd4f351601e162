use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-12",
    name: "minutes-without-anesthesia",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:659",
    what: "A service other than anesthesia is billed in minutes.",
    why: "the payer would take minutes for units and rejects the line",
    source: "CMS, Common Edits and Enhancements Module",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        // Some plans want the surgeon's code with an anesthesia modifier.
        let by_modifier =
            line.procedure.has_any_modifier(&["AA", "AD", "QK", "QS", "QX", "QY", "QZ"]);
        let is_anesthesia = line.procedure.is_anesthesia() || by_modifier;
        if line.unit.is("MJ") && !line.procedure.code.is_empty() && !is_anesthesia {
            findings.report(
                line.unit.place,
                format!("{} in minutes", line.procedure.code.text()),
                "write UN in SV103 and the units in SV104",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:25*60*MJ*15*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:00812:AA*60*MJ*15*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:45378:AA*60*MJ*15*")]),
];
