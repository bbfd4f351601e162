use x12::view::claim::Claim;

use crate::code_sets::{dental_procedure, tooth};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-20",
    name: "tooth-does-not-fit-procedure",
    snip: 6,
    kinds: kinds::DENTAL,
    severity: Severity::Hold,
    status: "A8:244+A8:737",
    what: "A procedure for one kind of tooth is billed on another.",
    why: "root canals are paid by the kind of tooth; payers deny the line",
    source: "ADA, Code on Dental Procedures and Nomenclature",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let code = line.procedure.code;
        let kind = dental_procedure::tooth_kind(code.bytes());
        let is_of_primary_teeth = dental_procedure::is_of_primary_teeth(code.bytes());
        for tooth in line.dental.iter().flat_map(|dental| &dental.teeth) {
            let Some(known) = tooth::find(tooth.number.bytes()) else { continue };
            let is_other_kind = kind.is_some_and(|kind| kind != known.kind);
            if is_other_kind || (is_of_primary_teeth && !known.is_primary) {
                findings.report(
                    tooth.number.place,
                    format!("{} is not done on tooth {}", code.text(), tooth.number.text()),
                    "correct the tooth, or bill the code for its kind",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D3330*112~\nTOO*JP*8")])
        .of(Clean::Dental),
    Example::fails(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2930*112~\nTOO*JP*8")])
        .of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D3310*112~\nTOO*JP*8")])
        .of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D3320*112~\nTOO*JP*4")])
        .of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2930*112~\nTOO*JP*A")])
        .of(Clean::Dental),
];
