use x12::view::claim::{Claim, Diagnosis};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-05",
    name: "diagnosis-lists-mixed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A8:255+A8:700",
    what: "Some diagnoses of the claim are ICD-9, some ICD-10.",
    why: "a claim has one list; the payer rejects the mixture",
    source: "Stedi, \"ICD-9 qualifier after 2015-10-01\"; X12 837 guides, HI",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // By the day of service one of the lists is wrong, and another rule says which.
    if context.days.is_some() {
        return;
    }
    let Some(first) = claim.all_diagnoses().next() else { return };
    let is_icd9 = |diagnosis: &Diagnosis<'_>| !diagnosis.is_icd10();
    for diagnosis in claim.all_diagnoses() {
        if is_icd9(diagnosis) != is_icd9(first) {
            return findings.report(
                diagnosis.qualifier.place,
                "HI has codes of ICD-9 and of ICD-10",
                "code all diagnoses with the list of the day of service",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    // An estimate has no day of service by which one of the lists is wrong.
    Example::fails(&[(
        "11:B:1*Y*A*Y*Y~\nDTP*472*D8*20260223~",
        "11:B:1*Y*A*Y*Y**********PB~\nHI*ABK:K0262*BF:52102~",
    )])
    .of(Clean::Dental),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*BF:4019")]),
];
