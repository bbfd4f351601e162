use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-06",
    name: "wrong-procedure-billed",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:744",
    what: "A stay with an operation on the wrong side, patient or place asks for payment.",
    why: "such an operation is never paid; it goes on a bill of its own that asks for nothing",
    source: "CMS, Medicare Code Editor v44, wrong procedure performed; National Coverage Determinations 140.6 to 140.8",
    needs: &["diagnosis-wrong-procedure"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    if !stay.facility_type.is("11") || stay.frequency.is("0") {
        return;
    }
    for diagnosis in claim.all_diagnoses() {
        let code = diagnosis.code;
        let standing = context.codes.standing("diagnosis-wrong-procedure", code.bytes(), days.to);
        if standing == Some(Standing::Valid) {
            findings.report(
                code.place,
                format!("{} on type of bill {}", code.text(), stay.type_of_bill()),
                "bill the wrong operation with type of bill 110, and the rest of the stay apart",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ABF:E119", "ABF:Y6552")]).of(Clean::Inpatient),
    Example::passes(&[("ABF:E119", "ABF:Y6552"), ("*11:A:1*", "*11:A:0*")]).of(Clean::Inpatient),
];
