use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Coded, Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-10",
    name: "diagnosis-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:255+A7:700",
    what: "ICD-10-CM has no such diagnosis.",
    why: "the payer does not find the code and rejects the claim",
    source: "Stedi, \"Diagnosis not in ICD-10-CM\", 2026-07-15",
    needs: &["diagnosis"],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    // Codes may have come after the edition that we carry.
    let last = context.codes.last_day("diagnosis");
    let may_be_new = last.is_some_and(|last| last < days.to);
    for Coded { diagnosis, code, on_last, .. } in &context.diagnoses {
        let is_icd10 = diagnosis.is_icd10();
        // No edition will have a code with a point at another place than behind the third sign.
        let is_code = may_be_new && !code.contains('.');
        if is_icd10 && !code.is_empty() && !is_code && *on_last == Some(Standing::Unknown) {
            let is_of_icd9 = code.starts_with(|first: char| first.is_ascii_digit());
            findings.report(
                diagnosis.code.place,
                format!("ICD-10-CM has no diagnosis {code}"),
                match is_of_icd9 {
                    true => "code it by ICD-10-CM; what begins with a digit is of ICD-9, which ended with September 2015",
                    false => "look the diagnosis up again; watch for O and 0, I and 1",
                },
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:I1O")]),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E1.1.9*ABF:I10")]),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:25000*ABF:I10")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E11")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E11.65")]),
];
