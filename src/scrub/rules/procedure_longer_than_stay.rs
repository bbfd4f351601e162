use x12::view::claim::Claim;

use crate::scrub::editor::report_procedures_in;
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

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    let admission = stay.admission.and_then(|admission| admission.days());
    if 4 <= days.to.days_since(admission.map_or(days.from, |admission| admission.from)) {
        return;
    }
    let words = (
        |code: &str| format!("procedure {code} takes longer than the stay"),
        "correct the procedure or the days of the stay",
    );
    report_procedures_in("procedure-of-days", claim, context, words, findings);
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
