use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-04",
    name: "place-of-service-unknown",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A7:249",
    what: "A place of service is not on the list of places.",
    why: "payers price by the place and reject one that they do not know",
    source: "CMS, Common Edits and Enhancements Module; CMS, place of service codes",
    needs: &["place-of-service"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let today = context.today;
    let on = context.days.map_or(today, |days| days.to);
    let of_lines = claim.lines.iter().map(|line| line.place_of_service);
    for place in std::iter::once(claim.place_of_service).chain(of_lines) {
        // Longer values are a fault of the guide.
        if place.is_empty() || 2 < place.bytes().len() {
            continue;
        }
        let standing = context.codes.standing("place-of-service", place.bytes(), on);
        if standing.is_some_and(|standing| standing != Standing::Valid) {
            findings.report(
                place.place,
                format!("there is no place of service {} on {on}", place.text()),
                "use a place of the list, two digits, such as 11 for an office",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("11:B:1", "29:B:1")]),
    Example::fails(&[("*60*UN*1***", "*60*UN*1*98**")]),
    Example::passes(&[("11:B:1", "10:B:1")]),
];
