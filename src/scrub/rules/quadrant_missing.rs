use x12::view::claim::Claim;

use crate::code_sets::dental_procedure::{self, Site};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-11",
    name: "quadrant-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A6:245",
    what: "A procedure is billed by the quarter of the mouth, and the quarter is missing.",
    why: "the payer cannot tell one quarter from the next and rejects the line or takes it for a double",
    source: "ADA, Code on Dental Procedures and Nomenclature; X12 005010X224, SV304",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(dental) = &line.dental else { continue };
        let site = dental_procedure::site(line.procedure.code.bytes());
        if site == Some(Site::Quadrant) && dental.oral_cavities.is_empty() {
            findings.report(
                dental.area.place,
                format!("{} goes by the quarter of the mouth", line.procedure.code.text()),
                "say in SV304 which: 10, 20, 30 or 40",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("AD:D1110*98", "AD:D4341*98")]).of(Clean::Dental),
    Example::passes(&[("AD:D1110*98", "AD:D4341*98**10")]).of(Clean::Dental),
    Example::passes(&[("AD:D1110*98", "AD:D4910*98")]).of(Clean::Dental),
];
