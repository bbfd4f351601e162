use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-09",
    name: "procedure-longer-than-stay",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:465",
    what: "A stay is shorter than a procedure that takes days.",
    why: "Medicare's editor returns a stay of less than four days with ventilation of more than four",
    source: "CMS, Medicare Code Editor v44, procedure inconsistent with length of stay",
    needs: &["procedure-of-days"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = claim.service_days() else { return };
    if !stay.facility_type.is("11") || !claim.is_filed_with(&["MA"]) {
        return;
    }
    let admission = stay.admission.and_then(|admission| admission.days());
    if 4 <= days.to.days_since(admission.map_or(days.from, |admission| admission.from)) {
        return;
    }
    for procedure in &stay.procedures {
        let code = procedure.code;
        let standing = context.codes.standing("procedure-of-days", code.bytes(), days.to);
        if standing == Some(Standing::Valid) {
            let status = if procedure.list.is("BBR") { "A8:465" } else { "A8:490" };
            findings.report_as(
                status,
                code.place,
                format!("procedure {} takes longer than the stay", code.text()),
                "correct the procedure or the days of the stay",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("SBR*P*18*******CI", "SBR*P*18*******MA"),
        ("MI*MEM000001", "MI*1AC2DE3FG45"),
        ("BBQ:5A1935Z:D8:20260203", "BBQ:5A1955Z:D8:20260203"),
        ("20260201-20260205", "20260201-20260204"),
        ("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*3"),
        ("BE:80:::4", "BE:80:::3"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[
        ("SBR*P*18*******CI", "SBR*P*18*******MA"),
        ("MI*MEM000001", "MI*1AC2DE3FG45"),
        ("BBQ:5A1935Z:D8:20260203", "BBQ:5A1955Z:D8:20260203"),
    ])
    .of(Clean::Inpatient),
];
