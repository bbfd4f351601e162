use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds, visits};

pub static RULE: Rule = Rule {
    code: "CG-LINE-01",
    name: "units-not-positive",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:476",
    what: "A line bills no units, or less than none.",
    why: "there is nothing to pay for; the payer rejects the line",
    source: "Stedi, \"Invalid submitted service units\"; X12 RFI 2499",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let units = Quantity::parse(line.quantity.bytes()).map(|units| units.thousandths());
        // The line of a rate (HIPPS) is paid by its code: Medicare does not look at its units.
        if units.is_some_and(|units| units < 0 || units == 0 && !visits::is_rate(line)) {
            findings.report(
                line.quantity.place,
                format!("line {} has {} units", line.number.text(), line.quantity.text()),
                "enter how many were given",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*60*UN*1*", "*60*UN*0*")]),
    Example::fails(&[("*60*UN*1*", "*60*UN*-1*")]),
    Example::passes(&[("*60*UN*1*", "*60*UN*0.5*")]),
    Example::passes(&[("HP:1AA11*0*UN*1", "HP:1AA11*0*UN*0")]).of(Clean::HomeHealth),
    Example::fails(&[("HP:1AA11*0*UN*1", "HP:1AA11*0*UN*-1")]).of(Clean::HomeHealth),
    Example::fails(&[("HC:G0299*1400*UN*8", "HC:G0299*1400*UN*0")]).of(Clean::HomeHealth),
];
