use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-48",
    name: "hospice-certification-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:719",
    what: "A notice of election of hospice to Medicare has no day of certification.",
    why: "Medicare returns the notice, and the days until the next are not paid",
    source: "CMS, Claims Processing Manual 100-04 ch. 11 (occurrence 27)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let is_election = stay.facility_type.is_any(&["81", "82"]) && stay.frequency.is("A");
    let has_day = stay.occurrences.iter().any(|occurrence| occurrence.code.is("27"));
    if is_election && !has_day && claim.is_filed_with(&["MA"]) {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            format!("type of bill {} without occurrence 27", stay.type_of_bill()),
            "add HI*BH with code 27 and the day of certification",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*21:A:1*", "*81:A:A*"), ("20260206-20260220", "20260206-20260206")])
        .of(Clean::Nursing),
    Example::passes(&[("*21:A:1*", "*81:A:A*"), ("HI*BH:50:", "HI*BH:27:")]).of(Clean::Nursing),
    Example::passes(&[("*21:A:1*", "*81:A:2*")]).of(Clean::Nursing),
];
