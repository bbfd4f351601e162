use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-05",
    name: "side-of-diagnosis-unspecified",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A7:255+A7:772",
    what: "A diagnosis of a hospital stay leaves open which side of the body it is on.",
    why: "Medicare's editor returns the stay unless the record says why the side is not known",
    source: "CMS, Medicare Code Editor v44, unspecified code (edit 20, since 2022-04-01)",
    needs: &["diagnosis-side-unspecified"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    if !stay.facility_type.is("11") {
        return;
    }
    for diagnosis in claim.coded_diagnoses() {
        let code = diagnosis.code;
        let standing = context.codes.standing("diagnosis-side-unspecified", code.bytes(), days.to);
        if standing == Some(Standing::Valid) {
            findings.report(
                code.place,
                format!("{} leaves the side open", code.text()),
                "code the left or the right side",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ABF:E119", "ABF:S72009A")]).of(Clean::Inpatient),
    Example::passes(&[("ABF:E119", "ABF:S72001A")]).of(Clean::Inpatient),
    Example::passes(&[("ABF:Z96641", "ABF:S72009D")]).of(Clean::Nursing),
];
