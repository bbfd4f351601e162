use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-15",
    name: "admission-date-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:189",
    what: "Care was given to an inpatient, yet the admission date is missing.",
    why: "payers match the claim with the hospital's and reject it without the date",
    source: "CMS, Common Edits and Enhancements Module; X12 837I guide, DTP*435",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_inpatient = match &claim.institutional {
        // Part B alone (12) is billed without a stay.
        Some(stay) => stay.is_inpatient() && !stay.facility_type.is("12"),
        None => claim.place_of_service.is_any(&["21", "51", "61"]),
    };
    if is_inpatient && claim.date("435").is_none() {
        let whence = match &claim.institutional {
            Some(stay) => format!("type of bill {}", stay.type_of_bill()),
            None => format!("place of service {}", claim.place_of_service.text()),
        };
        findings.report_missing(
            "DTP",
            claim.place,
            format!("{whence} without DTP*435"),
            "add DTP*435 with the day of admission, or correct CLM05-1",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("11:B:1", "21:B:1")]),
    Example::passes(&[("11:B:1", "21:B:1"), ("HI*ABK", "DTP*435*D8*20261005~\nHI*ABK")]),
    Example::fails(&[("DTP*435*DT*202602011420~\n", "")]).of(Clean::Inpatient),
    Example::passes(&[("DTP*435*DT*202602011420~\n", ""), ("*11:A:1*", "*13:A:1*")])
        .of(Clean::Inpatient),
];
