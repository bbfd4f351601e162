use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-01",
    name: "manifestation-is-principal",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:254+A8:700",
    what: "The first diagnosis is how an illness shows itself, not the illness.",
    why: "payers reject a manifestation in first place; its cause goes before it",
    source: "CMS, Medicare Code Editor v44, manifestation as principal diagnosis",
    needs: &["diagnosis-manifestation"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    let Some(first) = claim.coded_diagnoses().next() else { return };
    let standing = context.codes.standing("diagnosis-manifestation", first.code.bytes(), days.to);
    if first.qualifier.is("ABK") && standing == Some(Standing::Valid) {
        findings.report(
            first.code.place,
            format!("manifestation {} stands first", first.code.text()),
            "put the illness that causes it first",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:F0280*ABF:I10")]),
    Example::fails(&[("HI*ABK:J189:", "HI*ABK:J99:")]).of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:G309*ABF:F0280")]),
];
