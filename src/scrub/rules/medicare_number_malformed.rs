use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-09",
    name: "medicare-number-malformed",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:164:IL",
    what: "The number of a Medicare patient does not have the form of one.",
    why: "Medicare does not find the patient and rejects the claim",
    source: "CMS, CEDI front end; CMS, Medicare Beneficiary Identifier format",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(person) = &claim.subscriber.party else { return };
    if !claim.is_filed_with(&["MA", "MB"]) || person.id.is_empty() {
        return;
    }
    // Hyphens and case are form; other rules see to them.
    let number = person.id.text().to_ascii_uppercase().replace('-', "");
    if !is_medicare_number(number.as_bytes()) {
        findings.report(
            person.id.place,
            "SBR09 is Medicare, but NM109 is no Medicare number of eleven characters",
            "enter the number from the Medicare card, or correct SBR09",
        );
    }
}

/// Which kind of character stands at each of the eleven places: digit 1 to 9, digit, letter,
/// letter or digit.
const FORM: &[u8; 11] = b"1LXDLXDLLDD";

fn is_medicare_number(number: &[u8]) -> bool {
    // Letters that are easily read as digits are left out.
    let is_letter = |byte: u8| byte.is_ascii_uppercase() && !b"SLOIBZ".contains(&byte);
    let fits = |(&byte, &kind): (&u8, &u8)| match kind {
        b'1' => (b'1'..=b'9').contains(&byte),
        b'D' => byte.is_ascii_digit(),
        b'L' => is_letter(byte),
        _ => is_letter(byte) || byte.is_ascii_digit(),
    };
    number.len() == FORM.len() && number.iter().zip(FORM).all(fits)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB")]),
    Example::passes(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4KD7QH2WN85"),
    ]),
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4SD7QH2WN85"),
    ]),
    Example::passes(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4KD7-QH2-WN85"),
    ]),
];
