//! A procedure code has blanks, signs or lower-case letters in it.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-03",
    name: "procedure-badly-written",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:454",
    why: "payers compare it letter by letter and do not find it",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let written = procedure.code.text();
        let plain: String = written
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|letter| letter.to_ascii_uppercase())
            .collect();
        if procedure.qualifier.is_any(&["AD", "HC"]) && plain.len() == 5 && plain != written {
            findings.repair(
                procedure.code,
                plain,
                "the procedure code has blanks, signs or lower-case letters",
                "write the five characters alone, in capitals",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_procedure_badly_written() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99-213*60*UN*1*")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:j9271*60*UN*1*")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:992-1*60*UN*1*")]).len(), 0);
    }
}
