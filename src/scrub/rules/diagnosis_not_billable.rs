use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Coded, Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-11",
    name: "diagnosis-not-billable",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:255+A7:772",
    what: "A diagnosis names a group of codes, not one of them.",
    why: "payers take only the longest form of a diagnosis and reject its heading",
    source: "CMS, CEDI front end; NCHS, ICD-10-CM",
    needs: &["diagnosis"],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for Coded { diagnosis, code, on_first, on_last } in &context.diagnoses {
        // A code that was split on the way may have been billable on the first day.
        let is_header = [on_first, on_last].iter().all(|&&at| at == Some(Standing::Header));
        if diagnosis.is_icd10() && is_header {
            findings.report(
                diagnosis.code.place,
                format!("diagnosis {code} has longer codes, of which one must be billed"),
                "code the diagnosis to its full length",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E11")]),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:M545*ABF:I10")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:M5450*ABF:I10")]),
];
