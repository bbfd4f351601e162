//! Care was given after the patient died.

use x12::view::claim::Claim;

use crate::scrub::{Context, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-06",
    name: "service-after-death",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A8:187+A8:159:QC",
    why: "the payer rejects dates that contradict each other",
    check,
};

fn check(claim: &Claim<'_>, _: &Context, findings: &mut Findings) {
    let death = match &claim.patient {
        Some(patient) => patient.death,
        None => claim.subscriber.death,
    };
    let Some(death) = death else { return };
    let (Some(died), Some(service)) = (death.day(), claim.service_days()) else { return };
    if died < service.to {
        findings.report(
            death.place,
            "a service lies after the patient's death",
            "correct the date of death in PAT06, or the day of the service",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::testing::findings;

    #[test]
    fn finds_service_after_death() {
        assert_eq!(findings(&RULE, &[]).len(), 0);
        assert_eq!(findings(&RULE, &[("NM1*IL", "PAT*****D8*20261001~\nNM1*IL")]).len(), 1);
        assert_eq!(findings(&RULE, &[("NM1*IL", "PAT*****D8*20261006~\nNM1*IL")]).len(), 0);
    }
}
