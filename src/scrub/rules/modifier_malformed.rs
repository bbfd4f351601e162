use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-07",
    name: "modifier-malformed",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:453",
    what: "A modifier is not two letters or digits.",
    why: "no code list has such a modifier; the payer rejects the line",
    source: "CMS, CEDI front end; X12 837 guides, SV101-3",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for modifier in claim.lines.iter().flat_map(|line| &line.procedure.modifiers) {
        let bytes = modifier.bytes();
        if bytes.len() != 2 || !bytes.iter().all(u8::is_ascii_alphanumeric) {
            findings.report(
                modifier.place,
                "a modifier is not two letters or digits",
                "give each modifier a part of its own of the procedure",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:2*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:2-*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99213:X1:GT*60*UN*1*")]),
];
