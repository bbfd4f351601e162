use x12::view::claim::Claim;

use crate::scrub::example::{Clean, Known};
use crate::scrub::visits::stay_of;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-HIST-03",
    name: "readmitted-within-month",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:781",
    what: "The patient came back into the same hospital within thirty days.",
    why: "payers look whether the two stays belong together, and may pay one of them (CARC 249)",
    source: "CMS, Claims Processing Manual 100-04 ch. 3 section 40.2.5; CARC 249",
    needs: &[],
    examples: EXAMPLES,
    check,
};

const DAYS_BETWEEN_MAX: i64 = 30;

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = stay_of(claim) else { return };
    if claim.frequency.is_any(&["7", "8"]) || context.earlier.same_service.is_some() {
        return;
    }
    let before = context.earlier.stays.iter().find(|told| {
        // Bills of one series have one admission.
        let days = stay.admitted.days_since(told.what.to);
        told.what.is_over
            && told.what.admitted != stay.admitted
            && (0..=DAYS_BETWEEN_MAX).contains(&days)
    });
    if let Some(told) = before {
        let admission = claim.institutional.as_ref().and_then(|stay| stay.admission);
        findings.report(
            admission.map_or(claim.place, |admission| admission.value.place),
            format!(
                "the patient had left the hospital on {}, as {} says",
                told.what.to, told.claim
            ),
            "see whether the stays belong together; the same day for the same cause is one claim",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[]).of(Clean::Inpatient).after(Known::Stay("2026-01-05", "2026-01-12")),
    Example::passes(&[]).of(Clean::Inpatient).after(Known::Stay("2025-12-20", "2026-01-01")),
    Example::passes(&[]).of(Clean::Inpatient).after(Known::Stay("2026-02-01", "2026-02-01")),
    Example::passes(&[]).of(Clean::Inpatient).after(Known::Stay("2026-02-20", "2026-02-25")),
];
