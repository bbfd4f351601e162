use x12::value::{Decimal, Money};
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-01",
    name: "claim-total-differs",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:400+A7:178",
    what: "The claim's total charge is not the sum of its line charges.",
    why: "the payer cannot tell which charge is meant and rejects the claim out of balance",
    source: "Stedi, \"Total charge is not the sum of the lines\"; X12 837 guides, CLM02",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // Amounts that are too large have to add up all the same. One that is none has its own finding.
    let sum: Option<Decimal> =
        claim.lines.iter().try_fold(Decimal::ZERO, |sum, line| Some(sum + line.charge.decimal()?));
    let (Some(total), Some(sum)) = (claim.total_charge.decimal(), sum) else { return };
    // Less than a cent is a fault of its own.
    if Decimal::from(Money::from_cents(1)) <= (total - sum).abs() {
        findings.report(
            claim.total_charge.place,
            format!("CLM02 is {total} but the lines add up to {sum}"),
            "correct CLM02, or the line charge that is wrong",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CLM*A1*100*", "CLM*A1*99.99*")]),
    Example::fails(&[("CLM*A1*100*", "CLM*A1*1234567890123*")]),
    Example::passes(&[("CLM*A1*100*", "CLM*A1*100.001*")]),
];
