use x12::view::claim::Claim;

use crate::code_sets::dental_procedure;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-16",
    name: "first-or-replacement-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Hold,
    status: "A6:239",
    what: "A crown, an inlay or a prosthesis is billed without saying whether it is the first.",
    why: "plans pay for a replacement only after some years and reject the line without the word",
    source: "X12 005010X224, SV305",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(dental) = &line.dental else { continue };
        let is_prosthesis = dental_procedure::is_prosthesis(line.procedure.code.bytes());
        if is_prosthesis && dental.prosthesis.is_empty() {
            findings.report(
                dental.prosthesis.place,
                format!("{} is a first one or a replacement", line.procedure.code.text()),
                "say in SV305 which: I for the first, R for a replacement",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2740*112~\nTOO*JP*8")])
        .of(Clean::Dental),
    Example::fails(&[("AD:D1110*98", "AD:D5110*98")]).of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2740*112***I~\nTOO*JP*8")])
        .of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2920*112~\nTOO*JP*8")])
        .of(Clean::Dental),
];
