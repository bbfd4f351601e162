use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-32",
    name: "sex-as-a-word",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:157:IL",
    what: "A person's sex is written as a word, or in lower case.",
    why: "X12 has a letter for it; payers reject the word",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for sex in context.parties.iter().filter_map(|party| party.sex) {
        let letter = match &*form::capitals(sex) {
            "FEMALE" | "F" => "F",
            "MALE" | "M" => "M",
            "UNKNOWN" | "U" => "U",
            _ => continue,
        };
        if !sex.is(letter) {
            let what = "DMG03 is a word, or a small letter";
            findings.repair(sex, letter.to_owned(), what, "write F, M or U");
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("19800101*F", "19800101*FEMALE")]),
    Example::fails(&[("19800101*F", "19800101*f")]),
    Example::passes(&[("19800101*F", "19800101*U")]),
];
