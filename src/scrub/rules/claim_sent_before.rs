//! The claim bills what another claim bills: the same services for the same patient.

use x12::view::claim::{Claim, Kind};

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-04",
    name: "claim-sent-before",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:78",
    why: "the payer pays one of the two and denies the other as a duplicate",
    check,
};

fn check(claim: &Claim<'_>, context: &Context, findings: &mut Findings) {
    // A replacement or a void repeats its original by its nature. An institutional claim is billed
    // anew under more frequencies: as one of a series, for late charges, for no payment.
    let is_new = match claim.kind {
        Kind::Professional | Kind::Dental => claim.frequency.is("1"),
        Kind::Institutional => claim.frequency.is_any(&["0", "1", "2", "3", "4", "5", "9"]),
    };
    if !is_new {
        return;
    }
    if let Some(other) = &context.earlier.same_service {
        findings.report(
            claim.patient_control_number.place,
            format!("bills the same services for the same patient as {other}"),
            "resolve it if it was sent twice; release it if the services were given twice",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::Earlier;
    use crate::scrub::testing::{findings_after, findings_in_after};

    #[test]
    fn finds_a_claim_that_bills_what_another_bills() {
        let earlier = Earlier { same_service: Some("claim 7".to_owned()), ..Earlier::default() };
        assert_eq!(findings_after(&RULE, &Earlier::default(), &[]).len(), 0);
        assert_eq!(findings_after(&RULE, &earlier, &[]).len(), 1);
        let replaces = [("11:B:1*", "11:B:7*")];
        assert_eq!(findings_after(&RULE, &earlier, &replaces).len(), 0);
    }

    #[test]
    fn finds_a_claim_of_a_series_that_came_twice() {
        let earlier = Earlier { same_service: Some("claim 7".to_owned()), ..Earlier::default() };
        let stay = include_str!("../../../testdata/institutional/inpatient.edi");
        for (frequency, count) in [("1", 1), ("3", 1), ("7", 0), ("8", 0)] {
            let stay = stay.replace("11:A:1", &format!("11:A:{frequency}"));
            assert_eq!(findings_in_after(&RULE, &earlier, &stay).len(), count, "{frequency}");
        }
    }
}
