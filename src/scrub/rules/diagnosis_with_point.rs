use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DX-09",
    name: "diagnosis-with-point",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:255+A7:700",
    what: "A diagnosis is written with its point.",
    why: "X12 writes diagnoses without the point; payers do not find the code",
    source: "X12 837 guides, HI; common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for diagnosis in claim.all_diagnoses().filter(|one| one.code.bytes().contains(&b'.')) {
        let plain = form::diagnosis(diagnosis.code);
        if !plain.contains('.') {
            findings.repair(
                diagnosis.code,
                plain.into_owned(),
                "the diagnosis code has a point",
                "write it without, such as E119",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E11.9*ABF:I10")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E1.1.9*ABF:I10")]),
];
