use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-10",
    name: "anesthesia-modifier-missing",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:453",
    what: "An anesthesia line does not say who gave the anesthesia.",
    why: "the share paid depends on it; payers deny the line",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 50",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Doctor alone, doctor directing, nurse with and without a doctor.
const WHO: &[&str] = &["AA", "AD", "QK", "QX", "QY", "QZ"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        // 01953 and 01996 are not paid by time, and payers ask for no modifier.
        let is_timed = procedure.is_anesthesia() && !procedure.code.is_any(&["01953", "01996"]);
        if procedure.qualifier.is("HC") && is_timed && !procedure.has_any_modifier(WHO) {
            findings.report(
                procedure.code.place,
                format!("anesthesia {} without AA, AD, QK, QX, QY or QZ", procedure.code.text()),
                "add the modifier of whoever gave or directed the anesthesia, first of all",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:00812*60*MJ*30*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:00812:QS*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:00812:AA:QS*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:01996*60*UN*1*")]),
];
