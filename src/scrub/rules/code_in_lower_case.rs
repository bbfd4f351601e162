use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-12",
    name: "code-in-lower-case",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:255+A7:700",
    what: "A diagnosis or a modifier is written in lower case.",
    why: "payers compare it letter by letter and do not find it",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_small = |bytes: &[u8]| bytes.iter().any(u8::is_ascii_lowercase);
    for code in claim.all_diagnoses().map(|diagnosis| diagnosis.code) {
        if is_small(code.bytes()) {
            findings.repair(
                code,
                form::diagnosis(code).into_owned(),
                "the diagnosis code has lower-case letters",
                "write it in capitals",
            );
        }
    }
    for &modifier in claim.lines.iter().flat_map(|line| &line.procedure.modifiers) {
        if is_small(modifier.bytes()) {
            findings.report_as(
                "A7:453",
                modifier.place,
                "the modifier has lower-case letters",
                "write it in capitals",
            );
            findings.suggest_form(modifier, form::capitals(modifier).into_owned());
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:e119*ABF:I10")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:gt*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99213:GT*60*UN*1*")]),
];
