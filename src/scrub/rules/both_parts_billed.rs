use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-27",
    name: "both-parts-billed",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:453",
    what: "One line bills the professional part of a procedure and the technical one.",
    why: "the whole procedure has no modifier; payers deny a line whose modifiers contradict each other",
    source: "CMS, Claims Processing Manual 100-04 ch. 13 section 20 (modifiers 26 and TC)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let technical = procedure.modifiers.iter().find(|code| code.is("TC"));
        if let Some(technical) = technical.filter(|_| procedure.has_modifier("26")) {
            findings.report(
                technical.place,
                format!("{} bears 26 and TC", procedure.code.text()),
                "drop both if all of it was given; otherwise keep the one that was",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:71046:26:TC*40")]),
    Example::passes(&[("HC:93000*40", "HC:71046:26*40")]),
    Example::passes(&[("HC:99213:25*60", "HC:71046:26*60"), ("HC:93000*40", "HC:71046:TC*40")]),
];
