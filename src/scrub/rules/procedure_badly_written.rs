use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-03",
    name: "procedure-badly-written",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:454",
    what: "A procedure code has blanks, signs or lower-case letters in it.",
    why: "payers compare it letter by letter and do not find it",
    source: "Stedi, repair \"Procedure code cleaned\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let plain = form::procedure(procedure.code);
        if plain.as_bytes() == procedure.code.bytes() {
            continue;
        }
        let is_code = plain.len() == 5 && plain.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if procedure.qualifier.is_any(&["AD", "HC"]) && is_code {
            findings.repair(
                procedure.code,
                plain.into_owned(),
                "the procedure code has blanks, signs or lower-case letters",
                "write the five characters alone, in capitals",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99-213*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:j9271*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:992-1*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:992?13*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:J00\u{ff18}9271*60*UN*1*")]),
];
