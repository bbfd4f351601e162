use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-06",
    name: "social-security-number-impossible",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:148:IL",
    what: "A social security number is none: not nine digits, or one that is never given out.",
    why: "the payer or the tax office cannot find the person",
    source: "Stedi, \"Invalid Social Security number\"; Social Security Administration, numbers never issued",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let Some(number) = party.reference("SY") else { continue };
        // The hyphens of 536-22-1847, or blanks in their place, are form; another rule drops them.
        let digits = form::tax_number(number, form::PERSON_GROUPS);
        if digits.is_none_or(|digits| !is_possible(digits.as_bytes())) {
            findings.report_as(
                format!("A7:148:{}", party.entity.text()),
                number.place,
                "REF*SY is not a social security number",
                "enter the number from the card, or drop REF*SY",
            );
        }
    }
}

/// Areas 000, 666 and 9xx, group 00 and serial 0000 are never given out.
fn is_possible(digits: &[u8]) -> bool {
    if digits.len() != 9 || !digits.iter().all(u8::is_ascii_digit) {
        return false;
    }
    let (area, rest) = digits.split_at(3);
    let (group, serial) = rest.split_at(2);
    area != b"000"
        && area != b"666"
        && !area.starts_with(b"9")
        && group != b"00"
        && serial != b"0000"
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*666221847")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*536001847")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*53622184")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*912221847")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*536220000")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*53-6221847")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*536-221-847")]),
    Example::passes(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*667221847")]),
    Example::passes(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*536-22-1847")]),
];
