use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::example::segments::{FIRST_LINE_PAID, OTHER_PAYER, SECOND_LINE_PAID};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds, visits};

pub static RULE: Rule = Rule {
    code: "CG-LINE-03",
    name: "units-paid-not-positive",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:476",
    what: "Another payer is said to have paid for no units, or for less than none.",
    why: "front ends reject the line; a denied line keeps the units that were billed",
    source: "Stedi, \"Invalid paid service units\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // The line of a rate may bill no units, and then none are paid.
    let lines = claim.lines.iter().filter(|line| !visits::is_rate(line));
    for adjudication in lines.flat_map(|line| &line.adjudications) {
        let units = Quantity::parse(adjudication.units.bytes());
        if units.is_some_and(|units| units.thousandths() <= 0) {
            findings.report(
                adjudication.units.place,
                format!("SVD05 is {}", adjudication.units.text()),
                "copy the units from the remittance advice, or those billed if it has none",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
    ]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
        ("REF*6R*A1-2", SECOND_LINE_PAID),
        ("HC:99213:25**1~", "HC:99213:25**0~"),
    ]),
];
