//! A line names a referring provider, the claim does not.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity};

pub static RULE: Rule = Rule {
    code: "CG-SIT-17",
    name: "referring-provider-on-line-only",
    snip: 4,
    severity: Severity::Reject,
    status: "A6:562:DN",
    why: "a line's provider overrides the claim's; payers that read the claim's alone reject it",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    if claim.provider("DN").is_some() {
        return;
    }
    let of_line = claim.lines.iter().find_map(|line| line.provider("DN"));
    if of_line.is_some() {
        // Loop 2310A stands before all other providers.
        let place = claim.diagnoses.last().map_or(claim.place, |diagnosis| diagnosis.code.place);
        findings.report_missing(
            "NM1",
            place,
            "a line names a referring provider, but loop 2310A is missing",
            "name the referring provider at the claim, and at lines only where another referred",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_referring_provider_on_line_only() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(
            findings(
                &RULE,
                &[("REF*6R*A1-1~\n", "REF*6R*A1-1~\nNM1*DN*1*ASH*KIM****XX*1999001047~\n")]
            )
            .len(),
            1
        );
        assert_eq!(
            findings(
                &RULE,
                &[
                    ("NM1*82", "NM1*DN*1*ASH*KIM****XX*1999001047~\nNM1*82"),
                    ("REF*6R*A1-1~\n", "REF*6R*A1-1~\nNM1*DN*1*ASH*KIM****XX*1999001047~\n")
                ]
            )
            .len(),
            0
        );
    }
}
