//! The first diagnosis is the injury that left a sequela, not the sequela.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-07",
    name: "sequela-is-principal",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:254+A8:700",
    why: "a code that ends in S for sequela follows the condition that is treated",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let Some(first) = claim.coded_diagnoses().next() else { return };
    let code = first.code.bytes();
    if first.qualifier.is("ABK") && code.len() == 7 && code.last() == Some(&b'S') {
        findings.report(
            first.code.place,
            format!("sequela code {} stands first", first.code.text()),
            "put the condition that is treated first",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_sequela_is_principal() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("HI*ABK:E119*ABF:I10", "HI*ABK:S52501S*ABF:I10")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:S52501S")]).len(), 0);
        assert_eq!(findings(&RULE, &[("HI*ABK:E119*ABF:I10", "HI*ABK:S52501A*ABF:I10")]).len(), 0);
    }
}
