use x12::view::claim::Claim;

use crate::code_sets::{Standing, icd10cm};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-12",
    name: "diagnosis-not-in-effect",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:255+A7:700",
    what: "A diagnosis was not in ICD-10-CM on the day of service.",
    why: "codes come and go each October and April; payers go by the day of service",
    source: "CMS, CEDI front end; NCHS, ICD-10-CM",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let Some(days) = claim.service_days() else { return };
    for diagnosis in claim.all_diagnoses() {
        let code = diagnosis.code.text().to_ascii_uppercase().replace('.', "");
        if !diagnosis.is_icd10() {
            continue;
        }
        // In a claim that spans a change either day will do.
        if icd10cm::standing(code.as_bytes(), days.from) == Standing::Valid {
            continue;
        }
        let what = match icd10cm::standing(code.as_bytes(), days.to) {
            Standing::NotYet(first) => format!("diagnosis {code} is in effect from {first} on"),
            Standing::Ended(last) => format!("diagnosis {code} ended on {last}"),
            Standing::Valid | Standing::Header | Standing::Unknown => continue,
        };
        findings.report(
            diagnosis.code.place,
            what,
            "code the diagnosis with the list of the day of service",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:I10")]),
    Example::fails(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:C7831"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20260930~\nREF*6R*A1-1"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-2", "DTP*472*D8*20260930~\nREF*6R*A1-2"),
    ]),
];
