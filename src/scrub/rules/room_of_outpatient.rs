use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-49",
    name: "room-of-outpatient",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:455+A8:228",
    what: "An outpatient is billed for room and board.",
    why: "only a stay has a room; payers return the bill, or a stay that was billed as a visit is paid too little",
    source: "NUBC, accommodation revenue codes and type of bill; CMS, Claims Processing Manual 100-04 ch. 25",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Types of bill for hospitals' outpatients, care at home, clinics and centers for surgery.
const OUTPATIENT: &[&str] =
    &["13", "14", "32", "34", "71", "72", "73", "74", "75", "76", "77", "83", "85"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_visit =
        claim.institutional.as_ref().is_some_and(|bill| bill.facility_type.is_any(OUTPATIENT));
    if !is_visit {
        return;
    }
    for code in claim.lines.iter().filter_map(|line| line.revenue_code) {
        // Rooms and intensive care, but not leave of absence.
        if matches!(
            code.bytes(),
            [b'0', b'1', b'0'..=b'7' | b'9', _] | [b'0', b'2', b'0' | b'1', _]
        ) {
            findings.report(
                code.place,
                format!("revenue code {} on a bill of an outpatient", code.text()),
                "bill the stay as type 11, or hours of observation as 0762",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0320*HC:73610:RT*285*UN*1", "SV2*0120**285*DA*1")])
        .of(Clean::Outpatient),
    Example::fails(&[("SV2*0421*HC:G0151*1050*UN*6", "SV2*0110**1050*DA*6")]).of(Clean::HomeHealth),
    Example::passes(&[("SV2*0320*HC:73610:RT*285*UN*1", "SV2*0762*HC:G0378*285*UN*8")])
        .of(Clean::Outpatient),
    Example::passes(&[]).of(Clean::Inpatient),
];
