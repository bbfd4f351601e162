use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-04",
    name: "repriced-units-not-positive",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:476",
    what: "A repricer is said to have approved no units, or less than none.",
    why: "front ends reject the line",
    source: "Stedi, \"Invalid repriced approved units\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for units in claim.lines.iter().filter_map(|line| line.repriced_units) {
        let count = Quantity::parse(units.bytes());
        if count.is_some_and(|count| count.thousandths() <= 0) {
            findings.report(
                units.place,
                format!("HCP12 is {}", units.text()),
                "enter the units that the repricer approved, or drop HCP11 and HCP12",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("REF*6R*A1-1", "REF*6R*A1-1~\nHCP*10*50*10*REP*******UN*0")]),
    Example::passes(&[("REF*6R*A1-1", "REF*6R*A1-1~\nHCP*10*50*10*REP*******UN*1")]),
];
