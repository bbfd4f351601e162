use x12::view::claim::Claim;
use x12::view::parts::find_amount;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-12",
    name: "noncovered-total-differs",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:596",
    what: "The amount that another payer does not cover is not the whole charge, or stands beside a payment.",
    why: "the amount stands for a payer that was passed over; front ends reject any other value",
    source: "X12 837 guides, AMT*A8 in loop 2320",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        let Some(noncovered) = find_amount(&other.amounts, "A8") else { continue };
        let amount = noncovered.money();
        if amount.is_some() && (amount != claim.total_charge.money() || other.paid().is_some()) {
            findings.report(
                noncovered.place,
                "AMT*A8 is not the claim's whole charge, or AMT*D stands beside it",
                "send AMT*A8 only for a payer that was passed over, with the amount of CLM02",
            );
        }
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    AMT*A8*100~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::passes(&[("LX*1", OTHER_PAYER)]),
    Example::fails(&[("LX*1", OTHER_PAYER), ("AMT*A8*100~", "AMT*A8*99~")]),
    Example::fails(&[("LX*1", OTHER_PAYER), ("AMT*A8*100~", "AMT*D*0~\nAMT*A8*100~")]),
];
