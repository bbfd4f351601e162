use x12::view::claim::{Claim, Diagnosis};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-03",
    name: "diagnosis-repeated",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:255",
    what: "The same diagnosis stands twice in the claim.",
    why: "front ends reject the claim; often another diagnosis was meant",
    source: "Stedi, \"Duplicate diagnosis codes\", 2026-03-25",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
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

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E119")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E1165")]),
];
