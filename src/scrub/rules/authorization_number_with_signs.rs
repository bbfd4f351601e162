use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-14",
    name: "authorization-number-with-signs",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A7:252:PR",
    what: "An authorization or referral number has characters other than letters, digits and hyphens.",
    why: "payers store letters and digits and do not find the authorization",
    source: "Tebra, special characters in an authorization number",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for number in context.references.iter().filter(|known| known.qualifier.is_any(&["G1", "9F"])) {
        let fits = |&byte: &u8| byte.is_ascii_alphanumeric() || byte == b' ' || byte == b'-';
        if !number.value.bytes().iter().all(fits) {
            let qualifier = number.qualifier.text();
            findings.report(
                number.value.place,
                format!("REF*{qualifier} has characters that do not belong in such a number"),
                "enter the number as the payer gave it",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "REF*G1*AUTH;77/8?~\nHI*ABK")]),
    Example::passes(&[("HI*ABK", "REF*G1*AUTH-77-8~\nHI*ABK")]),
];
