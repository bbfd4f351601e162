//! Care was given to an inpatient, yet the admission date is missing.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-15",
    name: "admission-date-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A6:189",
    why: "payers match the claim with the hospital's and reject it without the date",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let is_inpatient = claim.place_of_service.is_any(&["21", "51", "61"]);
    if is_inpatient && claim.date("435").is_none() {
        findings.report_missing(
            "DTP",
            claim.place,
            format!("place of service {} without DTP*435", claim.place_of_service.text()),
            "add DTP*435 with the day of admission, or correct CLM05-1",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_admission_date_missing() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("11:B:1", "21:B:1")]).len(), 1);
        assert_eq!(
            findings(&RULE, &[("11:B:1", "21:B:1"), ("HI*ABK", "DTP*435*D8*20261005~\nHI*ABK")])
                .len(),
            0
        );
    }
}
