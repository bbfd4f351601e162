use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-10",
    name: "date-with-separators",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:187",
    what: "A date is written with hyphens, slashes or points.",
    why: "X12 writes CCYYMMDD; payers reject other forms",
    source: "",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let of_lines = claim.lines.iter().flat_map(|line| &line.dates);
    for date in claim.dates.iter().chain(of_lines).filter(|date| date.form.is("D8")) {
        let text = date.value.bytes();
        // Year first: any other order would have to be guessed.
        let [_, _, _, _, one, _, _, two, _, _] = *text else { continue };
        if one != two || !b"-/.".contains(&one) {
            continue;
        }
        let digits: Vec<u8> = text.iter().copied().filter(|&byte| byte != one).collect();
        if let Some(day) = Day::parse(&digits) {
            findings.repair(
                date.value,
                day.to_wire(),
                "the date has separators",
                "write it as CCYYMMDD",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*2026-10-06~\nREF*6R*A1-1")]),
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*D8*10-06-2026~\nREF*6R*A1-1",
    )]),
];
