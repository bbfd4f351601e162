use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-15",
    name: "amount-finer-than-cents",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:697+A7:178",
    what: "An amount has a fraction of a cent.",
    why: "payers reckon in cents and reject what they would have to round",
    source: "Stedi, \"Monetary amount with more than two decimals\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for field in &context.amounts {
        let text = field.bytes();
        let Some(point) = text.iter().position(|&byte| byte == b'.') else { continue };
        let (whole, fraction) = text.split_at(point);
        if fraction.len() <= 3 {
            continue;
        }
        let is_number = whole.iter().chain(fraction).all(|byte| b"-.0123456789".contains(byte));
        // Zeros past the cents are only badly written; another rule drops them.
        let is_finer = fraction.iter().skip(3).any(|byte| (b'1'..=b'9').contains(byte));
        if is_number && is_finer {
            findings.report(
                field.place,
                "the amount has more than two digits after the point",
                "round the charge where it is made, so that lines and total agree",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*60*UN*", "*60.005*UN*")]),
    Example::passes(&[("*60*UN*", "*60.000*UN*")]),
];
