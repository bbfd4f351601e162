use x12::value::Money;
use x12::view::claim::Claim;
use x12::view::parts::sum_of;

use crate::scrub::example::segments::FIRST_LINE_PAID;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-03",
    name: "other-payer-paid-differs-from-lines",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:672",
    what: "Another payer paid one amount for the claim and another for its lines together.",
    why: "the next payer cannot tell what was paid and rejects the claim out of balance",
    source: "X12 837 guides, section 1.4.4 (balancing of AMT*D)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        let (Some(paid), Some(id)) = (other.paid(), other.id()) else { continue };
        let of_lines: Option<Vec<Money>> =
            claim.adjudications_by(id).map(|(_, known)| known.paid.money()).collect();
        let (Some(amount), Some(of_lines)) = (paid.money(), of_lines) else { continue };
        // A payer may decide the claim as a whole; then there is nothing to compare.
        if of_lines.is_empty() {
            continue;
        }
        // What it took from the claim as a whole is not in the lines.
        let sum = of_lines.into_iter().sum::<Money>() - sum_of(&other.adjustments);
        if amount != sum {
            findings.report(
                paid.place,
                format!("AMT*D says {amount} was paid, the payer's lines come to {sum}"),
                "copy AMT*D and every SVD02 of this payer from its remittance advice",
            );
        }
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    AMT*D*50~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::passes(&[("LX*1", OTHER_PAYER), ("REF*6R*A1-1", FIRST_LINE_PAID)]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER),
        ("AMT*D*50~", "AMT*D*90~"),
        ("REF*6R*A1-1", FIRST_LINE_PAID),
    ]),
];
