//! A modifier is not two letters or digits.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-07",
    name: "modifier-malformed",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:453",
    why: "no code list has such a modifier; the payer rejects the line",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for modifier in claim.lines.iter().flat_map(|line| &line.procedure.modifiers) {
        let bytes = modifier.bytes();
        if bytes.len() != 2 || !bytes.iter().all(u8::is_ascii_alphanumeric) {
            findings.report(
                modifier.place,
                "a modifier is not two letters or digits",
                "give each modifier a part of its own of the procedure",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_modifier_malformed() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99213:2*60*UN*1*")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99213:2-*60*UN*1*")]).len(), 1);
        assert_eq!(
            findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99213:X1:GT*60*UN*1*")]).len(),
            0
        );
    }
}
