use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-23",
    name: "phone-badly-written",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:127:85",
    what: "A telephone number has brackets, hyphens or a leading 1 or +1.",
    why: "X12 writes ten digits; front ends reject other forms",
    source: "Stedi, repair \"Phone punctuation removed\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for contact in context.parties.iter().flat_map(|party| &party.contacts) {
        if !contact.qualifier.is_any(&["TE", "FX"]) || is_ten_digits(contact.value.bytes()) {
            continue;
        }
        let digits = form::phone(contact.value);
        if is_ten_digits(digits.as_bytes()) {
            findings.repair(
                contact.value,
                digits.into_owned(),
                "the telephone number is not written as ten digits",
                "write the ten digits alone",
            );
        }
    }
}

fn is_ten_digits(number: &[u8]) -> bool {
    number.len() == 10 && number.iter().all(u8::is_ascii_digit)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("6175550142", "16175550142")]),
    Example::fails(&[("6175550142", "(617) 555-0142")]),
    Example::fails(&[("6175550142", "+1 617 555 0142")]),
    Example::passes(&[("6175550142", "617555014")]),
];
