//! Another claim has the same patient control number.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-05",
    name: "control-number-reused",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:478",
    why: "payments come back under this number, and nobody can tell which claim they pay",
    check,
};

fn check(claim: &Claim<'_>, context: &Context, findings: &mut Findings) {
    // A replacement or a void keeps its original's number, so that the chain links.
    if !claim.frequency.is("1") {
        return;
    }
    // The same services under the same number are one claim sent twice; that has its own rule.
    if context.earlier.same_service.is_some() {
        return;
    }
    if let Some(other) = &context.earlier.same_control_number {
        findings.report(
            claim.patient_control_number.place,
            format!("CLM01 is the number of {other} already"),
            "give every claim a number of its own in CLM01",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::Earlier;
    use crate::scrub::testing::findings_after;

    #[test]
    fn finds_a_number_that_is_taken() {
        let taken =
            Earlier { same_control_number: Some("claim 7".to_owned()), ..Earlier::default() };
        assert_eq!(findings_after(&RULE, &Earlier::default(), &[]).len(), 0);
        assert_eq!(findings_after(&RULE, &taken, &[]).len(), 1);
        let both = Earlier { same_service: Some("claim 7".to_owned()), ..taken };
        assert_eq!(findings_after(&RULE, &both, &[]).len(), 0);
    }
}
