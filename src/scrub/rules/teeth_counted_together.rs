use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-19",
    name: "teeth-counted-together",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Hold,
    status: "A8:476+A8:244",
    what: "A line names several teeth and counts several procedures.",
    why: "nobody can tell what was done to which tooth; a line with several teeth is one procedure",
    source: "X12 RFI 1866",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let teeth = line.dental.as_ref().map_or(0, |dental| dental.teeth.len());
        let is_counted = !line.quantity.is_empty() && !line.quantity.is_any(&["0", "1"]);
        if teeth > 1 && is_counted {
            findings.report(
                line.quantity.place,
                format!("line {} has {teeth} teeth and a number of procedures", line.number.text()),
                "give each tooth a line of its own, without SV306",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(
        "SV3*AD:D2330*112~\nTOO*JP*8*M",
        "SV3*AD:D7140*112****2~\nTOO*JP*8~\nTOO*JP*9",
    )])
    .of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D7140*112~\nTOO*JP*8~\nTOO*JP*9")])
        .of(Clean::Dental),
    Example::passes(&[("SV3*AD:D2330*112~\nTOO*JP*8*M", "SV3*AD:D0230*112****2")])
        .of(Clean::Dental),
];
