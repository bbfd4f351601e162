//! A group number has characters such as & or #.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-13",
    name: "group-number-with-signs",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:163:IL",
    why: "payers store letters and digits and do not find the group",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let others = claim.other_payers.iter().map(|other| other.group_number);
    for number in std::iter::once(claim.subscriber.group_number).chain(others) {
        if number.bytes().iter().any(|byte| b"&*#@!$%?;=+<>\"".contains(byte)) {
            findings.report(
                number.place,
                "SBR03 has characters that no group number has",
                "enter the number from the insurance card, letters and digits",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_group_number_with_signs() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("*GRP1*", "*GRP#1*")]).len(), 1);
        assert_eq!(findings(&RULE, &[("*GRP1*", "*GRP-1*")]).len(), 0);
    }
}
