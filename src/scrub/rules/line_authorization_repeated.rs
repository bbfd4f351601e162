//! A line has several authorization or several referral numbers for the payer of the claim.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-22",
    name: "line-authorization-repeated",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A7:252:PR",
    why: "the payer cannot tell which applies and rejects the line",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for line in &claim.lines {
        for qualifier in ["G1", "9F"] {
            // Numbers of other payers name their payer in REF04.
            let mut own = line
                .references
                .iter()
                .filter(|known| known.qualifier.is(qualifier) && known.payer.is_empty());
            if let Some(second) = own.nth(1) {
                findings.report(
                    second.value.place,
                    format!("the line has a second REF*{qualifier} for this payer"),
                    "keep one, or name in REF04 the other payer that it belongs to",
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
    fn finds_line_authorization_repeated() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(
            findings(&RULE, &[("REF*6R*A1-1", "REF*G1*1~\nREF*G1*2~\nREF*6R*A1-1")]).len(),
            1
        );
        assert_eq!(
            findings(&RULE, &[("REF*6R*A1-1", "REF*G1*1~\nREF*G1*2**2U:OLD1~\nREF*6R*A1-1")]).len(),
            0
        );
        assert_eq!(
            findings(&RULE, &[("REF*6R*A1-1", "REF*G1*1~\nREF*6R*A1-1~\nREF*9F*2")]).len(),
            0
        );
    }
}
