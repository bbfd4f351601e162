use x12::view::claim::{Claim, Line};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-62",
    name: "place-of-hospice-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:454",
    what: "Days of hospice are billed to Medicare without where they were spent.",
    why: "Medicare returns the bill: every level of care has a code for its place, Q5001 to Q5010",
    source: "CMS, Claims Processing Manual 100-04 ch. 11 section 30.3; CGS, \"Entering a hospice claim\", page 02",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    // Notices have letters; neither a void nor a bill for no payment need tell it.
    let is_bill = bill.frequency.is_any(&["1", "2", "3", "4", "7"]);
    let is_hospice = bill.facility_type.is_any(&["81", "82"]);
    if !is_bill || !is_hospice || !claim.is_filed_with(&["MA", "MB"]) {
        return;
    }
    for line in claim.lines.iter().filter(|line| is_level_of_care(line)) {
        if !is_place(line.procedure.code.bytes()) {
            findings.report(
                line.procedure.code.place,
                format!("line {} has a level of care of no place", line.number.text()),
                "enter the code of the place: Q5001 at home, Q5002 in assisted living, Q5003 and \
                 Q5004 in nursing homes, Q5005 in a hospital, Q5006 in a hospice",
            );
        }
    }
}

/// Care at home by the day and by the hour, respite and care of an inpatient, if it is covered.
fn is_level_of_care(line: &Line<'_>) -> bool {
    let is_covered = line.noncovered.is_none_or(|amount| amount.is_empty());
    let levels = ["0651", "0652", "0655", "0656"];
    is_covered && line.revenue_code.is_some_and(|code| code.is_any(&levels))
}

fn is_place(code: &[u8]) -> bool {
    matches!(code, b"Q5010") || matches!(code, [b'Q', b'5', b'0', b'0', b'1'..=b'9'])
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[HOSPICE, AREA, (STAY, UNTOLD)]).of(Clean::Nursing),
    Example::fails(&[HOSPICE, AREA, (STAY, NURSE)]).of(Clean::Nursing),
    Example::passes(&[HOSPICE, AREA, (STAY, AT_HOME)]).of(Clean::Nursing),
    Example::passes(&[HOSPICE, AREA, (STAY, NOT_COVERED)]).of(Clean::Nursing),
    Example::passes(&[HOSPICE, (STAY, DOCTOR)]).of(Clean::Nursing),
    Example::passes(&[("*21:A:1*", "*81:A:0*"), (STAY, UNTOLD)]).of(Clean::Nursing),
    Example::passes(&[HOSPICE, (STAY, UNTOLD), ("*MA~", "*CI~")]).of(Clean::Nursing),
];

const HOSPICE: (&str, &str) = ("*21:A:1*", "*81:A:1*");

const AREA: (&str, &str) = ("BE:80:::14", "BE:61:::44100");

const STAY: &str =
    "SV2*0022*HP:KAXD1*0*UN*14~\nLX*2~\nSV2*0120**5880*DA*14~\nLX*3~\nSV2*0420**1820*UN*10";

const UNTOLD: &str = "SV2*0651**7700*UN*14~\nDTP*472*D8*20260206";

const NURSE: &str = "SV2*0651*HC:G0299*7700*UN*14~\nDTP*472*D8*20260206";

const AT_HOME: &str = "SV2*0651*HC:Q5010*7700*UN*14~\nDTP*472*D8*20260206";

const NOT_COVERED: &str = "SV2*0651**7700*UN*14**7700~\nDTP*472*D8*20260206";

const DOCTOR: &str = "SV2*0657*HC:99233*7700*UN*14~\nDTP*472*D8*20260206";
