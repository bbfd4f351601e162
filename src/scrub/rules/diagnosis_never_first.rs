use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-02",
    name: "diagnosis-never-first",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:254+A8:700",
    what: "The principal diagnosis of a hospital stay is one that is no reason for a stay.",
    why: "Medicare's editor returns a stay that is for a circumstance or a germ and not for an illness",
    source: "CMS, Medicare Code Editor v44, unacceptable principal diagnosis",
    needs: &["diagnosis-never-first", "diagnosis-never-alone"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    let Some(first) = claim.coded_diagnoses().next() else { return };
    let is_in = |set: &str| {
        context.codes.standing(set, first.code.bytes(), days.to) == Some(Standing::Valid)
    };
    // Some may stand first as long as another diagnosis follows.
    let has_second = claim.coded_diagnoses().nth(1).is_some();
    let is_wrong =
        is_in("diagnosis-never-first") && !(is_in("diagnosis-never-alone") && has_second);
    if stay.facility_type.is("11") && first.qualifier.is("ABK") && is_wrong {
        findings.report(
            first.code.place,
            format!("{} cannot be the reason for a stay", first.code.text()),
            "put the illness that brought the patient first, and this after it",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:J189:", "HI*ABK:B950:")]).of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:J189:", "HI*ABK:A419:")]).of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:Z471", "HI*ABK:B950")]).of(Clean::Nursing),
    Example::passes(&[("HI*ABK:J189:", "HI*ABK:Z5189:")]).of(Clean::Inpatient),
];
