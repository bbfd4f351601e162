use x12::view::claim::Claim;

use crate::code_sets::tooth::{self, ToothKind};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-09",
    name: "tooth-has-no-such-surface",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A8:240+A8:244",
    what: "A surface is named that the tooth does not have.",
    why: "a front tooth has an edge (I), a back tooth a biting surface (O); payers reject the other",
    source: "NextGen, edit 89",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for tooth in claim.lines.iter().flat_map(|line| &line.dental).flat_map(|line| &line.teeth) {
        let Some(known) = tooth::find(tooth.number.bytes()) else { continue };
        let (wrong, right) = match known.kind {
            ToothKind::Front => ("O", "I"),
            ToothKind::Premolar | ToothKind::Molar => ("I", "O"),
        };
        for surface in tooth.surfaces.iter().filter(|surface| surface.is(wrong)) {
            findings.report(
                surface.place,
                format!("tooth {} has no surface {wrong}", tooth.number.text()),
                format!("use {right} for this tooth, or correct its number"),
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("TOO*JP*8*M", "TOO*JP*8*O")]).of(Clean::Dental),
    Example::fails(&[("TOO*JP*8*M", "TOO*JP*T*I")]).of(Clean::Dental),
    Example::passes(&[("TOO*JP*8*M", "TOO*JP*8*I")]).of(Clean::Dental),
    Example::passes(&[("TOO*JP*8*M", "TOO*JP*30*O")]).of(Clean::Dental),
];
