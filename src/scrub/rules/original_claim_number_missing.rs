//! A replacement or void does not say which claim it replaces or voids.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-08",
    name: "original-claim-number-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:464+A6:535",
    why: "the payer cannot find the earlier claim and rejects this one",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    if claim.frequency.is_any(&["7", "8"]) && claim.reference("F8").is_none() {
        findings.report_missing(
            "REF",
            claim.place,
            format!("CLM05-3 is {}, but REF*F8 is missing", claim.frequency.text()),
            "add REF*F8 with the number that the payer gave to the earlier claim",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_original_claim_number_missing() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("11:B:1", "11:B:7")]).len(), 1);
        assert_eq!(
            findings(&RULE, &[("11:B:1", "11:B:8"), ("HI*ABK", "REF*F8*9981~\nHI*ABK")]).len(),
            0
        );
    }
}
