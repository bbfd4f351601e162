//! A ZIP code is written with its hyphen.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-24",
    name: "zip-with-hyphen",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:500:IL",
    why: "X12 writes nine digits; payers reject the hyphen",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for zip in claim.parties().filter_map(|party| party.address).map(|address| address.zip) {
        let [five @ .., _, _, _, _, _] = zip.bytes() else { continue };
        let digits = zip.text().replacen(['-', ' '], "", 1);
        let is_nine = digits.len() == 9 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if five.len() == 5 && is_nine {
            findings.repair(zip, digits, "the ZIP code has a hyphen", "write the digits alone");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_zip_with_hyphen() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("021103202", "02110-3202")]).len(), 1);
        assert_eq!(findings(&RULE, &[("021103202", "02110")]).len(), 0);
    }
}
