use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-22",
    name: "line-authorization-repeated",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A7:252:PR",
    what: "A line has several authorization or several referral numbers for the payer of the claim.",
    why: "the payer cannot tell which applies and rejects the line",
    source: "Stedi, \"Several authorization or referral numbers on a line\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        for qualifier in ["G1", "9F"] {
            // Numbers of other payers name their payer in REF04.
            let mut own = line
                .references
                .iter()
                .filter(|known| known.qualifier.is(qualifier) && known.payer.is_empty());
            if let Some(second) = own.nth(1) {
                findings.report(
                    second.value.place,
                    format!("the line has a second REF*{qualifier} for this payer"),
                    "keep one, or name in REF04 the other payer that it belongs to",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("REF*6R*A1-1", "REF*G1*1~\nREF*G1*2~\nREF*6R*A1-1")]),
    Example::passes(&[("REF*6R*A1-1", "REF*G1*1~\nREF*G1*2**2U:OLD1~\nREF*6R*A1-1")]),
    Example::passes(&[("REF*6R*A1-1", "REF*G1*1~\nREF*6R*A1-1~\nREF*9F*2")]),
];
