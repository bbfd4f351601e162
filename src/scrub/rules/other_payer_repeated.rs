use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-03",
    name: "other-payer-repeated",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:171",
    what: "Two other payers of the claim have the same number.",
    why: "lines name payers by it, so decisions could not be told apart",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut taken: Vec<&[u8]> = Vec::new();
    for id in claim.other_payers.iter().filter_map(|other| other.id()) {
        if taken.contains(&id.bytes()) {
            findings.report(
                id.place,
                "an earlier loop 2330B has the same payer number",
                "drop the second, or number two policies of one payer apart",
            );
        }
        taken.push(id.bytes());
    }
}

const OTHER_PAYER: &str = "\
    SBR*S*18*******CI~\n\
    CAS*PR*1*30~\n\
    AMT*D*70~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    LX*1";

const OTHER_PAYER_2: &str = "\
    SBR*S*18*******CI~\n\
    CAS*PR*1*30~\n\
    AMT*D*70~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    SBR*T*18*******CI~\n\
    CAS*PR*1*30~\n\
    AMT*D*70~\n\
    OI***Y***Y~\n\
    NM1*IL*1*ROE*JANE****MI*W2~\n\
    NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
    DTP*573*D8*20261020~\n\
    LX*1";

const EXAMPLES: &[Example] =
    &[Example::passes(&[("LX*1", OTHER_PAYER)]), Example::fails(&[("LX*1", OTHER_PAYER_2)])];
