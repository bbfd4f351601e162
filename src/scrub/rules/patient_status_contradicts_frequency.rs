use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-12",
    name: "patient-status-contradicts-frequency",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:234+A8:535",
    what: "The frequency says that the stay is over and the status that it is not, or the other way round.",
    why: "the payer cannot tell whether to wait for another bill and rejects the claim",
    source: "Stedi, \"Claim frequency and patient status conflict\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    // Outpatients on a course of visits are 30 or 01 whatever the frequency.
    if !stay.is_inpatient() {
        return;
    }
    let status = stay.patient_status;
    let stays = status.is("30");
    if stays && stay.frequency.is_any(&["1", "4"]) {
        findings.report(
            status.place,
            format!("CL103 is 30, still a patient, but the frequency is {}", stay.frequency.text()),
            "write where the patient went, or bill the stay with frequency 2 or 3",
        );
    } else if !stays && !status.is_empty() && stay.frequency.is_any(&["2", "3"]) {
        findings.report(
            stay.frequency.place,
            format!("the frequency is {}, but CL103 says the patient left", stay.frequency.text()),
            "bill the last part of a stay with frequency 4, the whole with 1",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CL1*1*1*01", "CL1*1*1*30")]).of(Clean::Inpatient),
    Example::fails(&[("*11:A:1*", "*11:A:3*"), ("DTP*096*TM*1130~\n", "")]).of(Clean::Inpatient),
    Example::passes(&[
        ("*11:A:1*", "*11:A:2*"),
        ("DTP*096*TM*1130~\n", ""),
        ("CL1*1*1*01", "CL1*1*1*30"),
        ("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*5"),
        ("BE:80:::4", "BE:80:::5"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[("*11:A:1*", "*11:A:4*")]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*1*1*30")]).of(Clean::Outpatient),
];
