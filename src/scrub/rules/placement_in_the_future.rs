use x12::view::claim::Claim;
use x12::view::claim::dental::Dental;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-22",
    name: "placement-in-the-future",
    snip: 4,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A7:239",
    what: "An earlier prosthesis, or an appliance, was placed after the claim was made.",
    why: "plans count the years from that day, and reject one that has not come",
    source: "X12 005010X224, DTP*441 and 452",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // What is only asked about may be placed later.
    let is_asked_before = claim.dental.as_ref().is_some_and(Dental::is_predetermination);
    let of_lines = claim.lines.iter().flat_map(|line| &line.dates);
    for date in claim.dates.iter().chain(of_lines) {
        let status = match date.qualifier.bytes() {
            b"441" => RULE.status,
            b"452" if !is_asked_before => "A7:664",
            _ => continue,
        };
        if date.days().is_some_and(|days| context.made < days.to) {
            findings.report_as(
                status,
                date.value.place,
                format!(
                    "DTP*{} is after {}, when the claim was made",
                    date.qualifier.text(),
                    context.made
                ),
                "write the day on which it was placed",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(
        "SV3*AD:D2330*112~\nTOO*JP*8*M",
        "SV3*AD:D2740*112***R~\nTOO*JP*8~\nDTP*441*D8*20270101",
    )])
    .of(Clean::Dental),
    Example::passes(&[(
        "SV3*AD:D2330*112~\nTOO*JP*8*M",
        "SV3*AD:D2740*112***R~\nTOO*JP*8~\nDTP*441*D8*20260301",
    )])
    .of(Clean::Dental),
    Example::fails(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DTP*472*D8*20260223~\nDN1*24*24~"),
        ("REF*6R*WDO1001L1", "DTP*452*D8*20260302~\nREF*6R*WDO1001L1"),
    ])
    .of(Clean::Dental),
    Example::passes(&[
        ("AD:D0120", "AD:D8080"),
        ("DTP*472*D8*20260223~", "DTP*452*D8*20260302~\nDN1*24*24~"),
        ("*Y*A*Y*Y", "*Y*A*Y*Y**********PB"),
    ])
    .of(Clean::Dental),
];
