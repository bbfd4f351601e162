//! Another payer is said to have paid less than nothing for a line.

use x12::value::Money;
use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-10",
    name: "other-payer-paid-negative",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:693+A7:643",
    why: "the next payer rejects the claim; a payment taken back is not a line payment",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for adjudication in claim.lines.iter().flat_map(|line| &line.adjudications) {
        if adjudication.paid.money().is_some_and(Money::is_negative) {
            findings.report(
                adjudication.paid.place,
                "SVD02 is below zero",
                "enter what the payer paid for the line in its last decision",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    const ADJUDICATION: &str = "\
        REF*6R*A1-1~\n\
        SVD*OLD1*0*HC:99213:25**1~\n\
        CAS*CO*45*10~\n\
        DTP*573*D8*20261020";

    #[test]
    fn finds_other_payer_paid_negative() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("REF*6R*A1-1", ADJUDICATION)]).len(), 0);
        assert_eq!(
            findings(
                &RULE,
                &[(
                    "REF*6R*A1-1",
                    &ADJUDICATION
                        .replace("SVD*OLD1*0*HC:99213:25**1~", "SVD*OLD1*-50*HC:99213:25**1~")
                )]
            )
            .len(),
            1
        );
    }
}
