use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-14",
    name: "discharge-hour-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:233",
    what: "The last bill of a stay has no hour of discharge.",
    why: "payers want it on frequency 1 and 4 of every stay but that in a nursing facility",
    source: "X12 837I guide, DTP*096; NUBC, discharge hour",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    // The billing manual excepts skilled nursing, and Part B alone is no stay.
    let is_stay = stay.is_inpatient() && !stay.facility_type.is_any(&["12", "21"]);
    let is_last = stay.frequency.is_any(&["1", "4"]) && !stay.patient_status.is("30");
    if is_stay && is_last && stay.discharge_hour.is_none() {
        findings.report_missing(
            "DTP",
            claim.place,
            format!("type of bill {} without DTP*096", stay.type_of_bill()),
            "add DTP*096 with the hour of discharge",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("DTP*096*TM*1130~\n", "")]).of(Clean::Inpatient),
    Example::passes(&[
        ("DTP*096*TM*1130~\n", ""),
        ("*11:A:1*", "*11:A:3*"),
        ("CL1*1*1*01", "CL1*1*1*30"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[("DTP*096*TM*1130~\n", ""), ("*11:A:1*", "*21:A:1*")]).of(Clean::Inpatient),
];
