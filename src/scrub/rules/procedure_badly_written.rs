use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

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
        let is_plain = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
        if procedure.code.bytes().iter().all(is_plain) {
            continue;
        }
        let written = procedure.code.text();
        let plain: String = written
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        if procedure.qualifier.is_any(&["AD", "HC"]) && plain.len() == 5 {
            findings.repair(
                procedure.code,
                plain,
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
];
