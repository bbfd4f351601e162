use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-03",
    name: "patient-address-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:126:IL",
    what: "The subscriber is the patient and has no address.",
    why: "the payer needs the patient's address and rejects the claim",
    source: "X12 837 guides, N3 and N4 of loop 2010BA",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // The guide itself demands the address of a patient in 2010CA.
    if claim.patient.is_some() || !claim.subscriber.relationship.is("18") {
        return;
    }
    let Some(person) = &claim.subscriber.party else { return };
    let street = person.address.is_some_and(|address| !address.line.is_empty());
    let city = person.address.is_some_and(|address| !address.city.is_empty());
    if !street || !city {
        findings.report_missing(
            if street { "N4" } else { "N3" },
            person.place,
            "the subscriber is the patient, but street or city is missing",
            "add N3 and N4 of the subscriber",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("N3*1 ELM ST~\nN4*BOSTON*MA*02110~\n", "")]),
    Example::fails(&[("N3*1 ELM ST~\n", "")]),
    Example::passes(&[("N3*1 ELM ST~", "N3*1 ELM ST*APT 2~")]),
];
