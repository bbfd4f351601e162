use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::code_sets::icd10cm::FIRST_DAY;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

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
    needs: &["diagnosis"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = claim.service_days() else { return };
    // Before that day all codes are of the wrong list, and another rule says so.
    if days.to < FIRST_DAY {
        return;
    }
    for diagnosis in claim.all_diagnoses() {
        let code = form::diagnosis(diagnosis.code);
        if !diagnosis.is_icd10() {
            continue;
        }
        // In a claim that spans a change either day will do.
        let standing = |on| context.codes.standing("diagnosis", code.as_bytes(), on);
        if standing(days.from) == Some(Standing::Valid) {
            continue;
        }
        let what = match standing(days.to) {
            Some(Standing::NotYet(first)) => {
                format!("diagnosis {code} is in effect from {first} on")
            }
            Some(Standing::Ended(last)) => format!("diagnosis {code} ended on {last}"),
            Some(Standing::Valid | Standing::Header | Standing::Unknown) | None => continue,
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
