use x12::view::claim::{Claim, Kind};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-01",
    name: "diagnosis-pointer-dangling",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A7:477",
    what: "A line points at a diagnosis that the claim does not have.",
    why: "the payer cannot tell why the service was given and rejects the line",
    source: "Stedi, \"Invalid diagnosis pointers\", 2026-01-08",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let count = claim.coded_diagnoses().count();
    // A claim without diagnoses is a fault of the guide, but where they may be left out.
    if count == 0 && claim.kind != Kind::Dental {
        return;
    }
    for line in &claim.lines {
        for pointer in &line.pointers {
            // Of what is no number the guide tells.
            let Ok(number) = pointer.text().parse::<i64>() else { continue };
            if number < 1 || count < usize::try_from(number).unwrap_or(usize::MAX) {
                findings.report(
                    pointer.place,
                    format!("line {} points at diagnosis {number} of {count}", line.number.text()),
                    "add the diagnosis to HI, or drop the pointer",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV1*HC:99213:25*60*UN*1***1:2", "SV1*HC:99213:25*60*UN*1***1:3")]),
    Example::fails(&[("SV1*HC:99213:25*60*UN*1***1:2", "SV1*HC:99213:25*60*UN*1***0")]),
    Example::fails(&[("SV1*HC:99213:25*60*UN*1***1:2", "SV1*HC:99213:25*60*UN*1***-1:-9")])
        .times(2),
    Example::fails(&[("SV1*HC:99213:25*60*UN*1***1:2", "SV1*HC:99213:25*60*UN*1***1:3:4")])
        .times(2),
    Example::fails(&[("SV3*AD:D0120*55~", "SV3*AD:D0120*55*********1~")]).of(Clean::Dental),
    Example::passes(&[]).of(Clean::Dental),
    // The dentists' own list of diagnoses.
    Example::passes(&[
        ("DTP*472*D8*20260223~", "DTP*472*D8*20260223~\nHI*TQ:111000*TQ:211000~"),
        ("SV3*AD:D0120*55~", "SV3*AD:D0120*55*********2:1~"),
    ])
    .of(Clean::Dental),
];
