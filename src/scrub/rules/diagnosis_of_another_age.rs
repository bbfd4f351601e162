use std::ops::RangeInclusive;

use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-03",
    name: "diagnosis-of-another-age",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:255+A8:158:QC",
    what: "A diagnosis is for patients of another age.",
    why: "payers reject it, or ask whether the date of birth is right",
    source: "CMS, Medicare Code Editor v44, age conflict",
    needs: &["diagnosis-newborn", "diagnosis-child", "diagnosis-maternity", "diagnosis-adult"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    let birth = claim.person().and_then(|person| person.birth).and_then(|birth| birth.day());
    // A birth after the service is another rule's.
    let Some(birth) = birth.filter(|birth| *birth <= days.from) else { return };
    let (younger, older) = (days.from.years_since(birth), days.to.years_since(birth));
    for (set, ages, who) in AGES {
        if *ages.start() <= older && younger <= *ages.end() {
            continue;
        }
        for diagnosis in claim.coded_diagnoses() {
            let standing = context.codes.standing(set, diagnosis.code.bytes(), days.to);
            if standing == Some(Standing::Valid) {
                findings.report(
                    diagnosis.code.place,
                    format!("{} is for {who}", diagnosis.code.text()),
                    "correct the diagnosis, or the date of birth",
                );
            }
        }
    }
}

/// The sets, in years of age. Maternity was 12 to 55 until October 2019.
const AGES: &[(&str, RangeInclusive<i32>, &str)] = &[
    ("diagnosis-newborn", 0..=0, "the first year of life"),
    ("diagnosis-child", 0..=17, "patients of 17 at most"),
    ("diagnosis-maternity", 9..=64, "mothers from 9 to 64"),
    ("diagnosis-adult", 15..=124, "patients from 15"),
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:Z3800*ABF:I10")]),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:N400*ABF:I10"), ("19800101*F", "20120101*M")]),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O24419*ABF:I10"), ("19800101", "19610101")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O24419*ABF:I10"), ("19800101", "19620101")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:Z3800*ABF:I10"), ("19800101", "20251007")]),
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:N400*ABF:I10"),
        ("19800101*F", "20110101*M"),
    ]),
];
