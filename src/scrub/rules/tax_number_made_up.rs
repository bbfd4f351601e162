use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-37",
    name: "tax-number-made-up",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Warn,
    status: "A7:128:85",
    what: "An employer or social security number looks made up: one digit nine times, or counted up or down.",
    why: "such numbers stand in forms until somebody fills in the real one; payments would be reported to nobody",
    source: "common practice of clearinghouses; Social Security Administration, numbers of advertisements",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Counted up and down, and two that were printed on sample cards and never given out again.
const MADE_UP: &[&str] = &["123456789", "987654321", "078051120", "219099999"];

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let fix = "enter the number from the form or card of its owner";
    if let Some(number) = claim.billing.reference("EI").filter(|number| is_made_up(*number)) {
        findings.report(number.place, "REF*EI looks made up", fix);
    }
    for party in &context.parties {
        if let Some(number) = party.reference("SY").filter(|number| is_made_up(*number)) {
            let status = format!("A7:148:{}", party.entity.text());
            findings.report_as(status, number.place, "REF*SY looks made up", fix);
        }
    }
}

fn is_made_up(number: Field<'_>) -> bool {
    let digits = form::without(number, b"- ");
    // Zeros and nines are rejected by the rules of the form of these numbers.
    let is_one_digit = |digit: u8| digits.len() == 9 && digits.bytes().all(|byte| byte == digit);
    (b'1'..=b'8').any(is_one_digit) || MADE_UP.contains(&digits.as_ref())
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("043219876", "123456789")]),
    Example::fails(&[("043219876", "22-2222222")]),
    Example::fails(&[("DMG*D8*19800101*F", "DMG*D8*19800101*F~\nREF*SY*078051120")]),
    Example::passes(&[("043219876", "123456798")]),
    Example::passes(&[("043219876", "222222221")]),
];
