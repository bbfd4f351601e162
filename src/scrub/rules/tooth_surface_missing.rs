use x12::view::claim::Claim;

use crate::code_sets::dental_procedure::{self, Site};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-07",
    name: "tooth-surface-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A6:240",
    what: "A procedure is billed that goes by surfaces, and they are missing.",
    why: "the payer cannot tell how much of the tooth was filled and rejects the line",
    source: "ADA, Code on Dental Procedures and Nomenclature; X12 005010X224, TOO03",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(Site::Surfaces(..)) = dental_procedure::site(line.procedure.code.bytes()) else {
            continue;
        };
        let teeth = line.dental.iter().flat_map(|dental| &dental.teeth);
        for tooth in teeth.filter(|tooth| tooth.surfaces.is_empty()) {
            findings.report(
                tooth.surface.place,
                format!("{} goes by surfaces, but none is named", line.procedure.code.text()),
                "name the surfaces in TOO03, such as M:O",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("TOO*JP*8*M", "TOO*JP*8")]).of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D7140*112~\nTOO*JP*8")])
        .of(Clean::Dental),
];
