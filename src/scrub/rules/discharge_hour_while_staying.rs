use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-13",
    name: "discharge-hour-while-staying",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:233+A8:535",
    what: "A bill for a stay that goes on has an hour of discharge.",
    why: "frequency 2 and 3 say that the patient is still there; payers reject the contradiction",
    source: "Stedi, \"Discharge hour on a non-final claim\", 2026-04-07",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    if let Some(hour) = stay.discharge_hour
        && stay.frequency.is_any(&["2", "3"])
    {
        findings.report(
            hour.place,
            format!("DTP*096 on a bill with frequency {}", stay.frequency.text()),
            "leave DTP*096 out, or bill the last part of the stay with frequency 4",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("*11:A:1*", "*11:A:2*"),
        ("CL1*1*1*01", "CL1*1*1*30"),
        ("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*5"),
        ("BE:80:::4", "BE:80:::5"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[("*11:A:1*", "*11:A:4*")]).of(Clean::Inpatient),
];
