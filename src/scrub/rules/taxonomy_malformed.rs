//! A provider's taxonomy code is not ten characters that end in X.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-07",
    name: "taxonomy-malformed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:145:85",
    why: "the payer cannot tell the specialty and rejects the claim",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for party in claim.parties() {
        let Some(taxonomy) = party.taxonomy.filter(|code| !code.is_empty()) else { continue };
        // Case is form; another rule sees to it.
        let code = taxonomy.text().to_ascii_uppercase();
        let is_plain = code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if code.len() != 10 || !is_plain || !code.ends_with('X') {
            findings.report_as(
                format!("A7:145:{}", party.entity.text()),
                taxonomy.place,
                "PRV03 is not a taxonomy code of ten characters that end in X",
                "look the specialty up in the taxonomy list",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_taxonomy_malformed() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("BI*PXC*207Q00000X", "BI*PXC*207Q0000X")]).len(), 1);
        assert_eq!(findings(&RULE, &[("PE*PXC*207Q00000X", "PE*PXC*207Q000000")]).len(), 1);
        assert_eq!(findings(&RULE, &[("BI*PXC*207Q00000X", "BI*PXC*207q00000x")]).len(), 0);
    }
}
