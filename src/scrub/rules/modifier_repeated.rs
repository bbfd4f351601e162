use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-08",
    name: "modifier-repeated",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:453",
    what: "A line has one modifier twice.",
    why: "payers reject the line; often another modifier was meant",
    source: "CMS, CEDI front end, edit X222.351.2400.SV101-3.040",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        for (index, modifier) in line.procedure.modifiers.iter().enumerate() {
            let mut before = line.procedure.modifiers.iter().take(index);
            if before.any(|known| known.bytes() == modifier.bytes()) {
                findings.report(
                    modifier.place,
                    format!("line {} has modifier {} twice", line.number.text(), modifier.text()),
                    "drop the second, or write the modifier that was meant",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:25:25*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99213:25:GT*60*UN*1*")]),
];
