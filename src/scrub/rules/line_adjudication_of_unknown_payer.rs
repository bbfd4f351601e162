use x12::view::claim::Claim;

use crate::scrub::example::segments::FIRST_LINE_PAID;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-05",
    name: "line-adjudication-of-unknown-payer",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:479",
    what: "A line was adjudicated by a payer that the claim does not name.",
    why: "the next payer cannot tell whose money it is and rejects the claim",
    source: "X12 837 guides, SVD01",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        for adjudication in &line.adjudications {
            let mut ids = claim.other_payers.iter().filter_map(|other| other.id());
            if !ids.any(|id| id.bytes() == adjudication.payer.bytes()) {
                findings.report(
                    adjudication.payer.place,
                    "SVD01 is the number of no other payer of this claim",
                    "write in SVD01 what stands in NM109 of that payer's loop 2330B",
                );
            }
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
    Example::fails(&[("REF*6R*A1-1", FIRST_LINE_PAID)]),
];
