use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-04",
    name: "diagnosis-list-out-of-time",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:255+A8:700",
    what: "The diagnoses come from a list that was not in use on the day of service.",
    why: "ICD-10-CM took the place of ICD-9-CM on 1 October 2015; payers reject the other list",
    source: "Stedi, \"ICD-10 diagnosis before 2015-10-01\" and \"ICD-9 qualifier after 2015-10-01\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// The first day of ICD-10-CM in claims.
const ICD10_FROM: Day = Day::new(2015, 10, 1).expect("a day of the calendar");

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(days) = claim.service_days() else { return };
    for diagnosis in claim.all_diagnoses() {
        let is_icd9 = !diagnosis.is_icd10();
        let is_late = is_icd9 && ICD10_FROM <= days.to;
        let is_early = !is_icd9 && days.from < ICD10_FROM;
        if is_late || is_early {
            // One finding will do: the list is wrong as a whole.
            return findings.report(
                diagnosis.qualifier.place,
                if is_late {
                    "ICD-9 codes for a service since October 2015"
                } else {
                    "ICD-10 codes for a service before October 2015"
                },
                "code with the list of the day of service; split a claim that spans the change",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*BK:25000*BF:4019")]),
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20150930~\nREF*6R*A1-1")]),
    Example::passes(&[
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20150930~\nREF*6R*A1-1"),
        ("DTP*472*D8*20261006~\nREF*6R*A1-2", "DTP*472*D8*20150930~\nREF*6R*A1-2"),
        ("HI*ABK:E119*ABF:I10", "HI*BK:25000*BF:4019"),
    ]),
];
