use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-06",
    name: "taxonomy-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:145:85",
    what: "A provider's taxonomy code is well formed, and NUCC does not list it.",
    why: "the payer cannot tell the specialty and rejects the claim",
    source: "Stedi, \"Taxonomy code not in the NUCC code set\", 2026-07-06",
    needs: &["taxonomy"],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let on = context.days.map_or(context.today, |days| days.to);
    for party in &context.parties {
        let Some(taxonomy) = party.taxonomy.filter(|code| !code.is_empty()) else { continue };
        // Case is form; another rule sees to it, and to what cannot be a code.
        let code = form::capitals(taxonomy);
        let is_form = code.len() == 10 && code.ends_with('X');
        let standing = context.codes.standing("taxonomy", code.as_bytes(), on);
        if is_form && standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report_as(
                format!("A7:145:{}", party.entity.text()),
                taxonomy.place,
                format!("NUCC lists no taxonomy code {code}"),
                "look the specialty up in the taxonomy list",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BI*PXC*207Q00000X", "BI*PXC*207Q99999X")]).with_codes(),
    Example::passes(&[("BI*PXC*207Q00000X", "BI*PXC*207q00000x")]).with_codes(),
];
