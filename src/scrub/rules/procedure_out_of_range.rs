//! A procedure code of five digits lies outside the blocks of CPT.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-02",
    name: "procedure-out-of-range",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:454",
    why: "no code list has such a code; the payer rejects the line",
    check,
};

/// The first code of anesthesia and the last of home medication services.
const CODES: std::ops::RangeInclusive<u32> = 100..=99607;

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let is_outside = procedure.number().is_some_and(|number| !CODES.contains(&number));
        if procedure.qualifier.is("HC") && is_outside {
            findings.report(
                procedure.code.place,
                format!("CPT has no code {}", procedure.code.text()),
                "look the procedure up again",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_procedure_out_of_range() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:00050*60*UN*1*")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99999*60*UN*1*")]).len(), 1);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:99605*60*UN*1*")]).len(), 0);
        assert_eq!(findings(&RULE, &[("HC:99213:25*60*UN*1*", "HC:00100*60*UN*1*")]).len(), 0);
    }
}
