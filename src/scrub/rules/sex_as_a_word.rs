//! A person's sex is written as a word.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-32",
    name: "sex-as-a-word",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:157:IL",
    why: "X12 has a letter for it; payers reject the word",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for sex in claim.parties().filter_map(|party| party.sex) {
        let letter = match sex.text().to_ascii_uppercase().as_str() {
            "FEMALE" => "F",
            "MALE" => "M",
            "UNKNOWN" => "U",
            _ => continue,
        };
        findings.repair(sex, letter.to_owned(), "DMG03 is a word", "write F, M or U");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_sex_as_a_word() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("19800101*F", "19800101*FEMALE")]).len(), 1);
    }
}
