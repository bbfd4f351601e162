use x12::view::claim::{Claim, Diagnosis};

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-04",
    name: "first-listed-diagnosis-is-second",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:255+A8:700",
    what: "A code that says why the patient came, such as an examination, stands behind another.",
    why: "such a code is the reason of its visit; behind an illness it says that the visit was for the illness, and a benefit for examinations is not paid",
    source: "CMS and NCHS, ICD-10-CM guidelines, I.C.21.c.16",
    needs: &["diagnosis-first-only"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    let is_first_only = |diagnosis: &Diagnosis<'_>| {
        let standing =
            context.codes.standing("diagnosis-first-only", diagnosis.code.bytes(), days.to);
        diagnosis.is_icd10() && standing == Some(Standing::Valid)
    };
    // Of several such codes each has its own visit, and one of them stands first.
    if claim.coded_diagnoses().next().is_none_or(is_first_only) {
        return;
    }
    for diagnosis in claim.coded_diagnoses().filter(|diagnosis| is_first_only(diagnosis)) {
        let code = diagnosis.code;
        let is_first_of_line = claim.lines.iter().any(|line| {
            let first = claim.diagnoses_of_line(line).next();
            first.is_some_and(|first| first.code.place == code.place)
        });
        if !is_first_of_line {
            findings.report(
                code.place,
                format!("{} stands behind another diagnosis", code.text()),
                "put it first, or let the line that it is for point at it first; drop it if the visit was for something else",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:Z0000"),
        ("40*UN*1***2~", "40*UN*1***1~"),
    ]),
    Example::fails(&[("ABF:E119:", "ABF:Z5111:")]).of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:Z0000*ABF:E119")]),
    // The second line is for the examination.
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:Z0000")]),
    // Rays and drugs on one day, in any order.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:Z510*ABF:Z5111"),
        ("40*UN*1***2~", "40*UN*1***1~"),
    ]),
    // Research goes with any diagnosis.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:Z006"),
        ("40*UN*1***2~", "40*UN*1***1~"),
    ]),
];
