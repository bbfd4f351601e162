use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-09",
    name: "medicare-number-malformed",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:164:IL",
    what: "The number of a Medicare patient does not have the form of one.",
    why: "Medicare does not find the patient and rejects the claim",
    source: "CMS, CEDI front end; CMS, Medicare Beneficiary Identifier format",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(person) = &claim.subscriber.party else { return };
    if !claim.is_filed_with(&["MA", "MB"]) || person.id.is_empty() {
        return;
    }
    // Hyphens, blanks and case are form; other rules see to them.
    if !form::is_medicare_number(form::medicare_number(person.id).as_bytes()) {
        findings.report(
            person.id.place,
            "SBR09 is Medicare, but NM109 is no Medicare number of eleven characters",
            "enter the number from the Medicare card, or correct SBR09",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB")]),
    Example::passes(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4KD7QH2WN85"),
    ]),
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4SD7QH2WN85"),
    ]),
    Example::passes(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4KD7-QH2-WN85"),
    ]),
];
