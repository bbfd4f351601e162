use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-05",
    name: "payer-turn-repeated",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:742",
    what: "Two payers of the claim have the same turn.",
    why: "the payer cannot tell who pays first and rejects the claim",
    source: "Stedi, \"Duplicate payer responsibility level codes\", 2025-12-08",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut taken = vec![claim.subscriber.responsibility];
    for other in &claim.other_payers {
        let turn = other.responsibility;
        // U says that the turn is not known; any number of payers may say so.
        let is_told = !turn.is_empty() && !turn.is("U");
        if is_told && taken.iter().any(|known| known.bytes() == turn.bytes()) {
            findings.report(
                turn.place,
                format!("SBR01 {} stands for two payers", turn.text()),
                "give each payer its own turn: P, then S, then T",
            );
        }
        taken.push(turn);
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
    Example::fails(&[("LX*1", OTHER_PAYER), ("SBR*S*18*******CI~", "SBR*P*18*******CI~")]),
    Example::passes(&[
        ("LX*1", OTHER_PAYER),
        ("SBR*S*18*******CI~", "SBR*U*18*******CI~"),
        ("SBR*P*18", "SBR*U*18"),
    ]),
];
