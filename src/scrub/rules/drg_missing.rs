use x12::view::claim::Claim;

use super::present_on_admission_missing::is_acute_hospital;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-38",
    name: "drg-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:256",
    what: "A stay in an acute hospital has no diagnosis related group.",
    why: "payers that pay by the group want it; Medicare finds it itself and is left out",
    source: "Stedi, \"Missing diagnosis-related group code\", 2026-07-15; CMS, Claims Processing Manual 100-04 ch. 3 section 20 (the Grouper is Medicare's)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_final = stay.frequency.is_any(&["1", "4", "7"]);
    let is_paid_by_group = is_acute_hospital(claim) && !claim.is_filed_with(&["MA", "MB"]);
    if stay.facility_type.is("11") && is_final && is_paid_by_group && stay.drg.is_none() {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            "type of bill 11 without HI*DR",
            "add HI*DR with the group, or switch this rule off for a payer by the day",
        );
    }
}

const INSURED: &str = "SBR*P*18*******MA~\nNM1*IL*1*HAZEL*NORA****MI*1EG4TE5MK73";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*DR:193~\n", "")]).of(Clean::Inpatient),
    Example::passes(&[("HI*DR:193~\n", ""), ("282N00000X", "283Q00000X")]).of(Clean::Inpatient),
    Example::passes(&[
        ("HI*DR:193~\n", ""),
        ("SBR*P*18*******CI~\nNM1*IL*1*HAZEL*NORA****MI*MEM000001", INSURED),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[]).of(Clean::Nursing),
];
