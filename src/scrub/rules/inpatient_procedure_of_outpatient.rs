use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-52",
    name: "inpatient-procedure-of-outpatient",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:490+A8:228",
    what: "A procedure of an outpatient is told in the codes of inpatients.",
    why: "ICD-10-PCS is for stays in hospital alone; payers return a visit that has it, or overlook the procedure",
    source: "45 CFR 162.1002 (ICD-10-PCS for hospital inpatients); X12 837I guide, HI*BBR and HI*BBQ",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Types of bill for hospitals' outpatients, clinics and centers for surgery.
const OUTPATIENT: &[&str] =
    &["13", "14", "34", "71", "72", "73", "74", "75", "76", "77", "79", "83", "85"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    if !bill.facility_type.is_any(OUTPATIENT) {
        return;
    }
    let mut told = bill.procedures.iter();
    if let Some(procedure) = told.find(|procedure| procedure.list.is_any(&["BBR", "BBQ"])) {
        findings.report(
            procedure.code.place,
            format!("HI*{} on type of bill {}", procedure.list.text(), bill.type_of_bill()),
            "drop it, and bill the procedure on a line in CPT or HCPCS",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BH:05", "HI*BBR:3E03329:D8:20260209~\nHI*BH:05")]).of(Clean::Outpatient),
    Example::passes(&[]).of(Clean::Outpatient),
    Example::passes(&[]).of(Clean::Inpatient),
    Example::passes(&[("*11:A:1*", "*12:A:1*")]).of(Clean::Inpatient),
];
