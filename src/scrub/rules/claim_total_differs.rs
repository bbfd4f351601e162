use x12::value::Money;
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

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let charges: Option<Vec<Money>> = claim.lines.iter().map(|line| line.charge.money()).collect();
    // An amount that is none has its own finding.
    let (Some(total), Some(charges)) = (claim.total_charge.money(), charges) else { return };
    let sum: Money = charges.into_iter().sum();
    if total != sum {
        findings.report(
            claim.total_charge.place,
            format!("CLM02 is {total} but the lines add up to {sum}"),
            "correct CLM02, or the line charge that is wrong",
        );
    }
}

const EXAMPLES: &[Example] = &[Example::fails(&[("CLM*A1*100*", "CLM*A1*99.99*")])];
