use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-13",
    name: "group-number-with-signs",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:163:IL",
    what: "A group number has characters such as & or #, or letters of another script.",
    why: "payers store letters and digits and do not find the group",
    source: "PM Help Center, special characters in a group number",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let others = claim.other_payers.iter().map(|other| other.group_number);
    for number in std::iter::once(claim.subscriber.group_number).chain(others) {
        let is_sign = |byte: &u8| SIGNS.contains(byte) || !byte.is_ascii();
        if number.bytes().iter().any(is_sign) {
            findings.report(
                number.place,
                "SBR03 has characters that no group number has",
                "enter the number from the insurance card, letters and digits",
            );
        }
    }
}

/// Among them those that files use as separators.
const SIGNS: &[u8] = b"&*#@!$%?;=+<>\"^`|~:";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*GRP1*", "*GRP#1*")]),
    Example::fails(&[("*GRP1*", "*GRP>1*")]),
    Example::fails(&[("*GRP1*", "*GRP`1*")]),
    // Letters that look like those of the card, and are of another script.
    Example::fails(&[("*GRP1*", "*G\u{420}P1*")]),
    Example::passes(&[("*GRP1*", "*GRP-1*")]),
];
