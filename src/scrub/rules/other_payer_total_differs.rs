use x12::view::claim::Claim;
use x12::view::parts::sum_of;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-02",
    name: "other-payer-total-differs",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:672",
    what: "What another payer paid and what it adjusted do not add up to the claim's charge.",
    why: "the next payer cannot see what is left to pay and rejects the claim out of balance",
    source: "X12 837 guides, section 1.4.4; X12 RFI 1115 and 1583",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(total) = claim.total_charge.money() else { return };
    for other in &claim.other_payers {
        // Without an amount paid this payer has not decided yet. Nothing or less than nothing paid
        // must balance like any other amount.
        let Some(paid) = other.paid() else { continue };
        let Some(mut accounted) = paid.money() else { continue };
        accounted += sum_of(&other.adjustments);
        if let Some(id) = other.id() {
            for (_, adjudication) in claim.adjudications_by(id) {
                accounted += sum_of(&adjudication.adjustments);
            }
        }
        if accounted != total {
            let adjusted = other.adjustments.first();
            findings.report(
                adjusted.map_or(paid.place, |adjustment| adjustment.amount.place),
                format!("paid and adjusted come to {accounted}, the claim's charge to {total}"),
                "copy AMT*D and every CAS of this payer from its remittance advice",
            );
        }
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    CAS*CO*45*30~\n\
    AMT*D*70~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::passes(&[("LX*1", OTHER_PAYER)]),
    Example::fails(&[("LX*1", OTHER_PAYER), ("CAS*CO*45*30~", "CAS*CO*45*29~")]),
    Example::fails(&[("LX*1", OTHER_PAYER), ("CAS*CO*45*30~\nAMT*D*70~", "AMT*D*0~")]),
];
