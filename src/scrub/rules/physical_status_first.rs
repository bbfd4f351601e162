use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-22",
    name: "physical-status-first",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A7:453",
    what: "An anesthesia line gives the state of the patient before who gave the anesthesia.",
    why: "payers price by the first modifier, and find none that they know there",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 50",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let [first, _, ..] = *procedure.modifiers else { continue };
        let is_status = matches!(first.bytes(), [b'P', b'1'..=b'6']);
        if is_status && procedure.is_anesthesia() {
            findings.report(
                first.place,
                "the physical status stands first",
                "put AA, QK, QX, QY, QZ or AD first, and the physical status last",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40*UN*1", "HC:00812:P2:AA*40*MJ*15")]),
    Example::passes(&[("HC:93000*40*UN*1", "HC:00812:AA:P2*40*MJ*15")]),
];
