use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-11",
    name: "delivery-outcome-missing",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:255+A8:700",
    what: "A birth without complications is billed without its outcome, a single child born alive.",
    why: "every delivery is coded with its outcome, and O80 is for Z37.0 alone; payers ask which of them is wrong",
    source: "NCHS, ICD-10-CM tabular list, note at O80; guidelines I.C.15.b.5 and I.C.15.n",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let has_outcome = context.diagnoses.iter().any(|coded| coded.code == "Z370");
    let delivery = context.diagnoses.iter().find(|coded| coded.code == "O80");
    let is_coded = |place| claim.coded_diagnoses().any(|known| known.code.place == place);
    let Some(delivery) = delivery.filter(|coded| is_coded(coded.diagnosis.code.place)) else {
        return;
    };
    if !has_outcome {
        findings.report(
            delivery.diagnosis.code.place,
            "O80 stands without Z37.0",
            "add Z370; if another child came or none lived, code the delivery otherwise than O80",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O80*ABF:Z3A39")]),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O80*ABF:Z372")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O80*ABF:Z370")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O702*ABF:Z3A39")]),
    // Why the mother was admitted says nothing of how it ended.
    Example::passes(&[("HI*ABJ:J189", "HI*ABJ:O80")]).of(Clean::Inpatient),
];
