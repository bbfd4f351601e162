use x12::segment::Field;
use x12::view::claim::Claim;

use crate::code_sets::dental_procedure;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-12",
    name: "mouth-area-beside-tooth",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Hold,
    status: "A8:242",
    what: "A line names an area of the mouth beside a tooth.",
    why: "a service is done to the one or the other; front ends reject both on one line",
    source: "NextGen, edits 87 and 88",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(dental) = &line.dental else { continue };
        // A denture stands in a jaw, in place of teeth.
        let is_denture = dental_procedure::is_prosthesis(line.procedure.code.bytes());
        let is_of_jaw = |area: &Field<'_>| is_denture && area.is_any(&["01", "02"]);
        let has_area = dental.oral_cavities.iter().any(|area| !is_of_jaw(area));
        let has_tooth =
            dental.teeth.iter().any(|tooth| !tooth.number.is_empty() || !tooth.surface.is_empty());
        if has_area && has_tooth {
            findings.report(
                dental.area.place,
                "SV304 names an area of the mouth, and TOO a tooth",
                "keep the one that the procedure is done to",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("AD:D2330*112~\nTOO*JP*8*M", "AD:D5213*112**01*I~\nTOO*JP*3~\nTOO*JP*4")])
        .of(Clean::Dental),
    Example::fails(&[("AD:D2330*112", "AD:D2330*112**10")]).of(Clean::Dental),
    Example::passes(&[("AD:D2330*112~\nTOO*JP*8*M", "AD:D4342*112**10")]).of(Clean::Dental),
];
