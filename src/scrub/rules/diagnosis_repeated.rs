//! The same diagnosis stands twice in the claim.

use x12::view::claim::{Claim, Diagnosis};

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-03",
    name: "diagnosis-repeated",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:255",
    why: "front ends reject the claim; often another diagnosis was meant",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let diagnoses: Vec<&Diagnosis<'_>> = claim.coded_diagnoses().collect();
    for (index, diagnosis) in diagnoses.iter().enumerate() {
        let code = diagnosis.code;
        let mut before = diagnoses.iter().take(index);
        if !code.is_empty() && before.any(|known| known.code.bytes() == code.bytes()) {
            findings.report(
                code.place,
                format!("diagnosis {} stands in HI twice", code.text()),
                "drop the second and let its pointers point at the first",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_diagnosis_repeated() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E119")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E1165")]).len(), 0);
    }
}
