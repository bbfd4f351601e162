//! An accident is reported without its date.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-14",
    name: "accident-date-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A6:727",
    why: "the date decides which insurer pays; payers reject the claim without it",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let is_accident = claim.related_causes.iter().any(|cause| cause.is_any(&["AA", "OA"]));
    if is_accident && claim.date("439").is_none() {
        findings.report_missing(
            "DTP",
            claim.place,
            "CLM11 says accident, but DTP*439 is missing",
            "add DTP*439 with the day of the accident",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_accident_date_missing() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("*Y*A*Y*Y", "*Y*A*Y*Y**OA")]).len(), 1);
        assert_eq!(findings(&RULE, &[("*Y*A*Y*Y", "*Y*A*Y*Y**EM")]).len(), 0);
        assert_eq!(
            findings(
                &RULE,
                &[("*Y*A*Y*Y", "*Y*A*Y*Y**OA"), ("HI*ABK", "DTP*439*D8*20260930~\nHI*ABK")]
            )
            .len(),
            0
        );
    }
}
