use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-06",
    name: "external-cause-is-principal",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:254+A8:509",
    what: "The first diagnosis says how the patient was hurt, not what he has.",
    why: "payers reject an external cause (V to Y) in first place",
    source: "Stedi, \"External cause code as principal diagnosis\"; CMS, Medicare Code Editor",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(first) = claim.coded_diagnoses().next() else { return };
    if first.qualifier.is("ABK") && matches!(first.code.bytes(), [b'V'..=b'Y', ..]) {
        findings.report(
            first.code.place,
            format!("external cause {} stands first", first.code.text()),
            "put the injury first and the cause after it",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:W010XXA*ABF:I10")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:W010XXA")]),
];
