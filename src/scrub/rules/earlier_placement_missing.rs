use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-15",
    name: "earlier-placement-missing",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A6:239",
    what: "A crown or prosthesis takes the place of an earlier one, and the day of that is missing.",
    why: "plans pay for a new one only after some years and reject the line without the day",
    source: "X12 005010X224, SV305 and DTP*441 or 139",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let is_replacement = line.dental.as_ref().is_some_and(|line| line.prosthesis.is("R"));
        let is_told = line.dates.iter().any(|date| date.qualifier.is_any(&["139", "441"]));
        if is_replacement && !is_told {
            findings.report_missing(
                "DTP",
                line.procedure.place,
                format!("line {} replaces an earlier prosthesis of no day", line.number.text()),
                "add DTP*441 with the day on which it was placed, or 139 when that is a guess",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2740*112***R~\nTOO*JP*8")])
        .of(Clean::Dental),
    Example::passes(&[(
        "SV3*AD:D2330*112~\nTOO*JP*8*M",
        "SV3*AD:D2740*112***R~\nTOO*JP*8~\nDTP*441*D8*20150101",
    )])
    .of(Clean::Dental),
    Example::passes(&[(
        "SV3*AD:D2330*112~\nTOO*JP*8*M",
        "SV3*AD:D2740*112***R~\nTOO*JP*8~\nDTP*139*D8*20150101",
    )])
    .of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D2740*112***I~\nTOO*JP*8")])
        .of(Clean::Dental),
];
