use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-03",
    name: "diagnosis-companion-missing",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:255+A8:700",
    what: "A diagnosis of kidneys, heart or ulcer comes without the one that says how bad it is.",
    why: "the list asks for both; payers price and count the illness by the second",
    source: "NCHS, ICD-10-CM tabular list, use additional code notes; guideline I.A.13",
    needs: &["diagnosis-companion"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    for diagnosis in claim.coded_diagnoses().filter(|diagnosis| diagnosis.is_icd10()) {
        let code = diagnosis.code;
        for note in context.codes.notes("diagnosis-companion", code.bytes(), days.to) {
            if claim.coded_diagnoses().any(|other| note.has(other.code.bytes())) {
                continue;
            }
            findings.report(
                code.place,
                format!("{} stands without a code of {note}", code.text()),
                format!("add the code of {note} that the record supports, after it"),
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    // Diabetes with a kidney disease of no stage.
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E1122*ABF:I10")]),
    // Heart failure and kidney disease, and neither is told.
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:I130")]).times(2),
    Example::fails(&[("ABF:E119", "ABF:E11621")]).of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E1122*ABF:N1830")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E11621*ABF:L97519")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E1121*ABF:I10")]),
];
