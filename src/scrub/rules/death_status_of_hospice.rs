use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-54",
    name: "death-status-of-hospice",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:234+A8:228",
    what: "A hospice tells Medicare of a death in the status that hospitals use, or another facility in that of a hospice.",
    why: "40, 41 and 42 say where a patient of a hospice died, and Medicare returns a hospice's bill with 20",
    source: "NUBC, patient discharge status; CMS, Claims Processing Manual 100-04 ch. 11 section 30.3 and ch. 25 \
             section 75.2",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    let status = bill.patient_status;
    let is_hospice = bill.facility_type.is_any(&["81", "82"]);
    if !is_hospice && status.is_any(&["40", "41", "42"]) {
        findings.report(
            status.place,
            format!("patient status {} on type of bill {}", status.text(), bill.type_of_bill()),
            "write 20 for a death; 40, 41 and 42 belong to the bills of a hospice (81 and 82)",
        );
    }
    if !(is_hospice && status.is("20") && claim.is_filed_with(&["MA"])) {
        return;
    }
    findings.report(
        status.place,
        format!("patient status {} on type of bill {}", status.text(), bill.type_of_bill()),
        "write 40 for a death at home, 41 in a facility, 42 where the place is not known",
    );
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        HOSPICE,
        ("CL1*3*4*01", "CL1*3*4*20"),
        DEATH,
        FIRST_DAY,
        SECOND_DAY,
        THIRD_DAY,
    ])
    .of(Clean::Nursing),
    Example::passes(&[HOSPICE, ("CL1*3*4*01", "CL1*3*4*41"), DEATH]).of(Clean::Nursing),
    Example::passes(&[HOSPICE, ("CL1*3*4*01", "CL1*3*4*20"), DEATH, ("*MA~", "*MC~")])
        .of(Clean::Nursing),
    Example::fails(&[("CL1*1*1*01", "CL1*1*1*41"), DEATH_IN_HOSPITAL]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*1*1*20")]).of(Clean::Inpatient),
    Example::passes(&[("CL1*1*1*01", "CL1*1*1*51")]).of(Clean::Inpatient),
];

const DEATH_IN_HOSPITAL: (&str, &str) =
    ("HI*BH:11:D8:20260130", "HI*BH:11:D8:20260130*BH:55:D8:20260205");

const HOSPICE: (&str, &str) = ("*21:A:1*", "*81:A:1*");

const DEATH: (&str, &str) = ("HI*BH:50:D8:20260210", "HI*BH:55:D8:20260220");

/// Lines of a hospice have a day each.
const FIRST_DAY: (&str, &str) = ("*UN*14~", "*UN*14~DTP*472*D8*20260206~");

const SECOND_DAY: (&str, &str) = ("*DA*14~", "*DA*14~DTP*472*D8*20260206~");

const THIRD_DAY: (&str, &str) = ("*UN*10~", "*UN*10~DTP*472*D8*20260206~");
