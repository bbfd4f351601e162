use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LIST-03",
    name: "modifier-unknown",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:453",
    what: "Neither HCPCS nor CPT has such a modifier.",
    why: "payers reject a line whose modifier they do not know",
    source: "CMS CEDI X222.351.2400.SV101-3.020",
    needs: &["modifier", "cpt-modifier"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let Some(days) = claim.days_of(line) else { continue };
        // Ambulance trips have one letter for where they begin and one for where they end.
        if line.procedure.code.bytes().starts_with(b"A0") {
            continue;
        }
        for modifier in &line.procedure.modifiers {
            let in_set = |set: &str| {
                let standing = context.codes.standing(set, modifier.bytes(), days.to)?;
                Some(standing == Standing::Valid)
            };
            let is_known = match modifier.bytes() {
                // Those of HCPCS begin with a letter.
                [b'0'..=b'9', b'0'..=b'9' | b'A'..=b'Z'] => in_set("cpt-modifier"),
                [b'A'..=b'Z', b'0'..=b'9' | b'A'..=b'Z'] => in_set("modifier")
                    .map(|is_known| is_known || in_set("cpt-modifier") == Some(true)),
                // Another form is the guide's matter, and small letters a matter of form.
                _ => None,
            };
            if is_known == Some(false) {
                findings.report(
                    modifier.place,
                    format!("there is no modifier {} on {}", modifier.text(), days.to),
                    "look the modifier up again, or drop it",
                );
            }
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:99213:25*60", "HC:99213:10*60")]),
    Example::fails(&[("HC:93000*40", "HC:93000:ZZ*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:93000:RT*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:93000:ZZ*40")]),
];
