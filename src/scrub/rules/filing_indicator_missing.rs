use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::example::segments::OTHER_PAYER_DECIDED;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-63",
    name: "filing-indicator-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:480:PR",
    what: "The claim does not say which kind of plan it goes to, or which kind another payer is.",
    why: "payers send the claim on and price it by the kind of plan, and reject one of no kind",
    source: "X12 837 guides, SBR09 (required until payers have national numbers); 84 FR 57621 (they will have none)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let subscriber = &claim.subscriber;
    let others = claim.other_payers.iter();
    let others = others.map(|other| (other.responsibility, other.filing_indicator));
    for (turn, kind) in
        [(subscriber.responsibility, subscriber.filing_indicator)].into_iter().chain(others)
    {
        // Without SBR01 the segment itself is missing, or worse is wrong with it.
        if kind.is_empty() && !turn.is_empty() {
            findings.report(
                kind.place,
                "SBR09 is empty",
                "write the kind of plan, such as CI for a commercial one, MB for Medicare, MC for Medicaid",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1")]),
    Example::fails(&[("SBR*P*18*******CI", "SBR*P*18")]).of(Clean::Inpatient),
    Example::fails(&[("SBR*P*18*GRP100******CI", "SBR*P*18*GRP100")]).of(Clean::Dental),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******ZZ")]),
    Example::passes(&[("LX*1", OTHER_PAYER_DECIDED)]),
    Example::fails(&[("LX*1", OTHER_PAYER_OF_NO_KIND)]),
];

/// As in the example before.
const OTHER_PAYER_OF_NO_KIND: &str = "\
    SBR*S*18~\n\
    CAS*PR*1*15~\n\
    AMT*D*85~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    LX*1";
