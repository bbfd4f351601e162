use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-15",
    name: "admission-after-statement",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:189+A8:188",
    what: "The patient was admitted after the last day of the statement.",
    why: "the payer rejects a stay that ends before it begins",
    source: "common practice",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let (Some(admission), Some(statement)) = (stay.admission, stay.statement) else { return };
    let (Some(came), Some(covers)) = (admission.days(), statement.days()) else { return };
    if covers.to < came.from {
        findings.report(
            admission.value.place,
            format!("admission on {}, the statement ends on {}", came.from, covers.to),
            "correct DTP*435 or DTP*434",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("DTP*435*DT*202602011420", "DTP*435*DT*202602061420")]).of(Clean::Inpatient),
    Example::passes(&[("DTP*435*DT*202602011420", "DTP*435*DT*202602041420")]).of(Clean::Inpatient),
];
