//! A line has one modifier twice.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-08",
    name: "modifier-repeated",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:453",
    why: "payers reject the line; often another modifier was meant",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for line in &claim.lines {
        for (index, modifier) in line.procedure.modifiers.iter().enumerate() {
            let mut before = line.procedure.modifiers.iter().take(index);
            if before.any(|known| known.bytes() == modifier.bytes()) {
                findings.report(
                    modifier.place,
                    format!("line {} has modifier {} twice", line.number.text(), modifier.text()),
                    "drop the second, or write the modifier that was meant",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_modifier_repeated() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(
            findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99213:25:25*60*UN*1*")]).len(),
            1
        );
        assert_eq!(
            findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99213:25:GT*60*UN*1*")]).len(),
            0
        );
    }
}
