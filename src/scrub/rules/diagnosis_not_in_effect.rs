use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::code_sets::icd10cm::FIRST_DAY;
use crate::scrub::{Coded, Context, Example, Findings, Rule, Severity, kinds};

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

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    // Before that day all codes are of the wrong list, and another rule says so.
    if days.to < FIRST_DAY {
        return;
    }
    for Coded { diagnosis, code, on_first, on_last } in &context.diagnoses {
        // In a claim that spans a change either day will do.
        if !diagnosis.is_icd10() || *on_first == Some(Standing::Valid) {
            continue;
        }
        let what = match *on_last {
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
