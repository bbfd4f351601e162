use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-12",
    name: "first-name-missing",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A6:505:IL",
    what: "A person has no first name.",
    why: "payers look people up by first and last name",
    source: "Stedi, \"Missing first name\", 2026-04-13",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for party in &context.parties {
        // A part that is played without a name, such as a pay-to address, has no last name either.
        if party.is_person() && party.first_name.is_empty() && !party.last_name.is_empty() {
            findings.report_as(
                format!("A6:505:{}", party.entity.text()),
                party.first_name.place,
                "NM102 says person, but NM104 is empty",
                "add the first name, or write 2 in NM102 for an organization",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("NM1*82*1*POE*SAM*", "NM1*82*1*POE**")]),
    Example::passes(&[("NM1*82*1*POE*SAM*", "NM1*82*2*POE GROUP**")]),
];
