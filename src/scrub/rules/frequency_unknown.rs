//! The claim is neither a first claim nor a replacement nor a void.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity};

pub static RULE: Rule = Rule {
    code: "CG-CODE-05",
    name: "frequency-unknown",
    snip: 5,
    severity: Severity::Reject,
    status: "A7:535",
    why: "professional claims know 1, 7 and 8; payers reject the rest",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let frequency = claim.frequency;
    // 6 has a rule of its own.
    if !frequency.is_empty() && !frequency.is_any(&["1", "6", "7", "8"]) {
        findings.report(
            frequency.place,
            format!("CLM05-3 is {}", frequency.text()),
            "write 1 for a first claim, 7 to replace one, 8 to void one",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_frequency_unknown() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("11:B:1", "11:B:2")]).len(), 1);
        assert_eq!(findings(&RULE, &[("11:B:1", "11:B:7")]).len(), 0);
    }
}
