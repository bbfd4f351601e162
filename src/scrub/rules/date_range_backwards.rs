use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-01",
    name: "date-range-backwards",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:187",
    what: "A range of days ends before it starts.",
    why: "the payer cannot tell when the care was given and rejects the claim",
    source: "",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let of_lines = claim.lines.iter().flat_map(|line| &line.dates);
    for date in claim.dates.iter().chain(of_lines) {
        if date.days().is_some_and(|days| days.to < days.from) {
            findings.report(
                date.value.place,
                format!("the range of DTP*{} ends before it starts", date.qualifier.text()),
                "write the first day first",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*20261008-20261006~\nREF*6R*A1-1",
    )]),
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*20261006-20261006~\nREF*6R*A1-1",
    )]),
];
