use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-47",
    name: "dialysis-measures-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:725",
    what: "Dialysis is billed to Medicare without the patient's weight or height.",
    why: "Medicare prices dialysis by the size of the body and returns the bill",
    source: "CMS, Claims Processing Manual 100-04 ch. 8 (value codes A8, A9)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_dialysis = stay.facility_type.is("72") && claim.is_filed_with(&["MA", "MB"]);
    let has_both = stay.value("A8").is_some() && stay.value("A9").is_some();
    if is_dialysis && !has_both {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            "type of bill 72 without value codes A8 and A9",
            "add HI*BE with A8, the weight in kilograms, and A9, the height in centimeters",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("*13:A:1*", "*72:A:1*"),
        ("SBR*P*18*******CI", "SBR*P*18*******MB"),
        ("MI*MEM000001", "MI*1AC2DE3FG45"),
    ])
    .of(Clean::Outpatient),
    Example::passes(&[
        ("*13:A:1*", "*72:A:1*"),
        ("SBR*P*18*******CI", "SBR*P*18*******MB"),
        ("HI*BG:17", "HI*BE:A8:::70*BE:A9:::170~\nHI*BG:17"),
    ])
    .of(Clean::Outpatient),
    Example::passes(&[("*13:A:1*", "*72:A:1*")]).of(Clean::Outpatient),
];
