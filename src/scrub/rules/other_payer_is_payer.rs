use x12::view::claim::{Claim, OtherPayer};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-06",
    name: "other-payer-is-payer",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:171",
    what: "Another insurance of the claim is the one that it is billed to: the same payer, group and member.",
    why: "one policy does not pay twice; the payer waits for a decision of its own, or denies the claim",
    source: "X12 837 guides, loops 2000B and 2320",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        if let Some(id) = other.id().filter(|_| is_same_policy(claim, other)) {
            findings.report(
                id.place,
                "loop 2330B has the payer of 2010BB, with the same group and member number",
                "drop the second, or correct the payer, the group or the member of one",
            );
        }
    }
}

/// Spouses insured with one payer have numbers or groups of their own.
fn is_same_policy(claim: &Claim<'_>, other: &OtherPayer<'_>) -> bool {
    let own = &claim.subscriber;
    let (Some(payer), Some(id)) = (&claim.payer, other.id()) else { return false };
    let (Some(member), Some(other_member)) = (&own.party, &other.subscriber) else { return false };
    [
        (payer.id, id),
        (member.id, other_member.id),
        (own.group_number, other.group_number),
        (own.filing_indicator, other.filing_indicator),
    ]
    .iter()
    .all(|(one, other)| !one.is_empty() && one.bytes() == other.bytes())
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", ITSELF)]),
    Example::passes(&[("LX*1", ITSELF), ("SBR*S*18*GRP1", "SBR*S*18*GRP2")]),
    Example::passes(&[("LX*1", SPOUSE)]),
];

const ITSELF: &str = "\
    SBR*S*18*GRP1******CI~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W1~\n\
    NM1*PR*2*ACME HEALTH*****PI*ACME1~\n\
    LX*1";

const SPOUSE: &str = "\
    SBR*S*01*GRP1******CI~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JOHN****MI*W2~\n\
    NM1*PR*2*ACME HEALTH*****PI*ACME1~\n\
    LX*1";
