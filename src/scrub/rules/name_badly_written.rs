use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-30",
    name: "name-badly-written",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:125:IL",
    what: "A name or an address has lower-case letters, accents or blanks too many.",
    why: "payers compare names letter by letter; many readers know plain capitals only",
    source: "DentalXChange, capitals; common practice for accents and doubled blanks",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for &field in &context.rough_words {
        let Some(plain) = form::plain_capitals(&field.text()) else { continue };
        // Blanks alone are no name; the guide says so.
        if !plain.is_empty() && plain.as_bytes() != field.bytes() {
            findings.repair(
                field,
                plain,
                "the value has lower-case letters, accents or blanks too many",
                "write it in plain capitals with single blanks",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ROE*JANE", "Roe*JANE")]),
    Example::fails(&[("ROE*JANE", "ROE*JOSÉ")]),
    Example::fails(&[("ROE*JANE", "DE  ROE*JANE")]),
    Example::fails(&[("ROE*JANE", "ROE *JANE")]),
    Example::fails(&[("ROE*JANE", "ROE*JOSE\u{301}")]),
    Example::fails(&[("ROE*JANE", "GROẞ*JANE")]),
    Example::passes(&[("ROE*JANE", "DE ROE*JANE")]),
    Example::passes(&[("ROE*JANE", " *JANE")]),
];
