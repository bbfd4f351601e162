use x12::view::claim::Claim;

use crate::code_sets::{Standing, icd10pcs};
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-40",
    name: "inpatient-procedure-unknown",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:490+A7:700",
    what: "ICD-10-PCS has no such procedure on the day it was done.",
    why: "the payer cannot group the stay and rejects the claim",
    source: "CMS, Medicare Code Editor v44, invalid procedure code",
    needs: &["inpatient-procedure"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    for procedure in &stay.procedures {
        if !procedure.list.is_any(&["BBR", "BBQ"]) || procedure.code.is_empty() {
            continue;
        }
        let code = procedure.code;
        // The editor judges by the day of discharge.
        let what = match context.codes.standing("inpatient-procedure", code.bytes(), days.to) {
            None | Some(Standing::Valid) => continue,
            // It may have come after the edition that we carry.
            Some(Standing::Unknown) if icd10pcs::LAST_DAY < days.to => continue,
            Some(Standing::Ended(last)) => format!("procedure {} ended on {last}", code.text()),
            Some(Standing::NotYet(first)) => format!("procedure {} begins on {first}", code.text()),
            Some(Standing::Unknown | Standing::Header) => {
                format!("ICD-10-PCS has no procedure {}", code.text())
            }
        };
        let status = if procedure.list.is("BBR") { "A7:465+A7:700" } else { "A7:490+A7:700" };
        let fix = "look the procedure up again: seven characters, never O or I";
        findings.report_as(status, code.place, what, fix);
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BBR:3E03329", "HI*BBR:3E0332O")]).of(Clean::Inpatient),
    Example::fails(&[("BBQ:02HV33Z", "BBQ:02HV33")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BBR:3E03329", "HI*BBR:0W9B30Z")]).of(Clean::Inpatient),
];
