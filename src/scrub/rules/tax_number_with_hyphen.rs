use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-25",
    name: "tax-number-with-hyphen",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:128:85",
    what: "An employer or social security number is written with hyphens or blanks.",
    why: "X12 writes nine digits; payers reject what stands between them",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for reference in context.parties.iter().flat_map(|party| &party.references) {
        let lengths = match reference.qualifier.bytes() {
            b"EI" => form::EMPLOYER_GROUPS,
            b"SY" => form::PERSON_GROUPS,
            _ => continue,
        };
        // In any other grouping a digit may be lost; other rules reject it.
        let Some(digits) = form::tax_number(reference.value, lengths) else { continue };
        if form::trimmed(&reference.value) != digits.as_bytes() {
            findings.repair(
                reference.value,
                digits.into_owned(),
                "the number has hyphens or blanks",
                "write the nine digits alone",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("043219876", "04-3219876")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*536-22-1847")]),
    Example::fails(&[("043219876", "04 3219876")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*536 22 1847")]),
    Example::passes(&[("043219876", "0432-19876")]),
    Example::passes(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*536-221-847")]),
];
