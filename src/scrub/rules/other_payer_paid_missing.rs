use x12::view::claim::Claim;
use x12::view::parts::{find_amount, find_date};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-14",
    name: "other-payer-paid-missing",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:286",
    what: "Another payer has decided the claim, but what it paid is missing.",
    why: "the next payer cannot pay second without it, not even when nothing was paid",
    source: "X12 837 guides, AMT*D in loop 2320",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        // AMT*A8 stands for a payer that was passed over and so paid nothing.
        if other.paid().is_some() || find_amount(&other.amounts, "A8").is_some() {
            continue;
        }
        let has_lines = other.id().is_some_and(|id| claim.adjudications_by(id).next().is_some());
        let has_date = find_date(&other.dates, "573").is_some();
        if has_lines || has_date || !other.adjustments.is_empty() {
            findings.report_missing(
                "AMT",
                other.adjustments.last().map_or(other.place, |last| last.amount.place),
                "this payer has decided the claim, but AMT*D is missing",
                "add AMT*D with what it paid, zero if it paid nothing",
            );
        }
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::passes(&[("LX*1", OTHER_PAYER)]),
    Example::fails(&[
        ("LX*1", OTHER_PAYER),
        ("OI***Y***Y~", "CAS*PR*1*100~\nOI***Y***Y~"),
        ("OLD1~\nLX*1", "OLD1~\nDTP*573*D8*20261020~\nLX*1"),
    ]),
    Example::passes(&[
        ("LX*1", OTHER_PAYER),
        ("OI***Y***Y~", "CAS*PR*1*100~\nAMT*D*0~\nOI***Y***Y~"),
    ]),
];
