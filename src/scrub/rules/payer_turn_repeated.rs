//! Two payers of the claim have the same turn.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-05",
    name: "payer-turn-repeated",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:742",
    why: "the payer cannot tell who pays first and rejects the claim",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
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

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    const OTHER_PAYER: &str = "\
        SBR*S*18*******CI~\n\
        OI***Y***Y~\n\
        NM1*IL*1*ROE*JANE****MI*W2~\n\
        NM1*PR*2*OLD PLAN*****PI*OLD1~\n\
        LX*1";

    #[test]
    fn finds_payer_turn_repeated() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("LX*1", OTHER_PAYER)]).len(), 0);
        assert_eq!(
            findings(
                &RULE,
                &[("LX*1", &OTHER_PAYER.replace("SBR*S*18*******CI~", "SBR*P*18*******CI~"))]
            )
            .len(),
            1
        );
        assert_eq!(
            findings(
                &RULE,
                &[
                    ("LX*1", &OTHER_PAYER.replace("SBR*S*18*******CI~", "SBR*U*18*******CI~")),
                    ("SBR*P*18", "SBR*U*18")
                ]
            )
            .len(),
            0
        );
    }
}
