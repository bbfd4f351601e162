use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-25",
    name: "both-sides-counted-twice",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:453+A8:476",
    what: "A line for both sides counts each of them.",
    why: "modifier 50 says two already; payers deny the line or pay four",
    source: "CMS, Claims Processing Manual 100-04 ch. 12 section 40.7",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in claim.lines.iter().filter(|line| line.procedure.has_modifier("50")) {
        let units = Quantity::parse(line.quantity.bytes());
        if line.unit.is("UN") && units.is_some_and(|units| 1000 < units.thousandths()) {
            findings.report(
                line.quantity.place,
                format!("{} units with modifier 50", line.quantity.text()),
                "bill one unit with 50, or one line with LT and one with RT",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40*UN*1*", "HC:20610:50*40*UN*2*")]),
    Example::passes(&[("HC:93000*40*UN*1*", "HC:20610:50*40*UN*1*")]),
    Example::passes(&[("HC:93000*40*UN*1*", "HC:20610:RT*40*UN*2*")]),
];
