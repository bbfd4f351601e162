use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-07",
    name: "taxonomy-malformed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:145:85",
    what: "A provider's taxonomy code is not ten characters that end in X.",
    why: "the payer cannot tell the specialty and rejects the claim",
    source: "Stedi, \"Invalid taxonomy code format\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        let Some(taxonomy) = party.taxonomy.filter(|code| !code.is_empty()) else { continue };
        // Case is form; another rule sees to it.
        let code = form::trimmed(&taxonomy);
        let is_plain = code.iter().all(u8::is_ascii_alphanumeric);
        if code.len() != 10 || !is_plain || !matches!(code, [.., b'X' | b'x']) {
            findings.report_as(
                format!("A7:145:{}", party.entity.text()),
                taxonomy.place,
                "PRV03 is not a taxonomy code of ten characters that end in X",
                "look the specialty up in the taxonomy list",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BI*PXC*207Q00000X", "BI*PXC*207Q0000X")]),
    Example::fails(&[("PE*PXC*207Q00000X", "PE*PXC*207Q000000")]),
    Example::passes(&[("BI*PXC*207Q00000X", "BI*PXC*207q00000x")]),
];
