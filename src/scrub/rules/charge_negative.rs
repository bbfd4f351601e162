use x12::value::Money;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-07",
    name: "charge-negative",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:693+A7:178",
    what: "A charge, or the amount of a value code, is below zero.",
    why: "a claim is taken back by a void or a replacement; the payer rejects negative charges",
    source: "Stedi, \"Negative line item charge\"; X12 RFI 2499",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let charges = claim.lines.iter().map(|line| line.charge);
    for charge in std::iter::once(claim.total_charge).chain(charges) {
        // Nearly all have no sign, which is seen more quickly than what they come to.
        let has_sign = charge.bytes().contains(&b'-');
        if has_sign && charge.money().is_some_and(Money::is_negative) {
            findings.report(
                charge.place,
                "the charge is below zero",
                "enter the charge; to take a claim back send a void (CLM05-3 8)",
            );
        }
    }
    for value in claim.institutional.iter().flat_map(|stay| &stay.values) {
        if value.amount.money().is_some_and(Money::is_negative) {
            findings.report_as(
                "A7:693+A7:726",
                value.amount.place,
                format!("value code {} is below zero", value.code.text()),
                "enter the amount or the count that the code stands for",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*60*UN*", "*-60*UN*"), ("*40*UN*", "*160*UN*")]),
    Example::passes(&[("*60*UN*", "*0*UN*")]),
    Example::fails(&[("BE:01:::1500", "BE:01:::-1500")]).of(Clean::Inpatient),
    Example::passes(&[("BE:01:::1500", "BE:01:::0")]).of(Clean::Inpatient),
];
