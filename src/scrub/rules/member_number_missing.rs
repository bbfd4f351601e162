//! The subscriber has no member number.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-11",
    name: "member-number-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:164:IL",
    why: "the payer cannot find the coverage and rejects the claim",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let Some(subscriber) = &claim.subscriber.party else { return };
    // An employer, as workers' compensation has it, is known by the number of the case.
    let has_case = claim.person().is_some_and(|person| person.reference("Y4").is_some())
        || subscriber.reference("Y4").is_some();
    if subscriber.is_person() && subscriber.id.is_empty() && !has_case {
        findings.report(
            subscriber.id.place,
            "the subscriber has no member number in NM109",
            "enter the number from the insurance card",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_member_number_missing() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("****MI*W1", "")]).len(), 1);
        assert_eq!(
            findings(
                &RULE,
                &[("****MI*W1", ""), ("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*Y4*C9")]
            )
            .len(),
            0
        );
    }
}
