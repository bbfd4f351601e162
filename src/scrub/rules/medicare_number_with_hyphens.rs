use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-26",
    name: "medicare-number-with-hyphens",
    snip: 2,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Repair,
    status: "A7:164:IL",
    what: "A Medicare number is written with hyphens or blanks, or in small letters.",
    why: "Medicare's own form is eleven digits and capitals; it does not find another",
    source: "CMS, CEDI front end; CMS, Medicare Beneficiary Identifier format",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_others =
        claim.other_payers.iter().map(|other| (other.filing_indicator, &other.subscriber));
    let of_payer = (claim.subscriber.filing_indicator, &claim.subscriber.party);
    for (filing, person) in std::iter::once(of_payer).chain(of_others) {
        let Some(person) = person else { continue };
        let number = form::medicare_number(person.id);
        if filing.is_any(&["MA", "MB"])
            && person.id.bytes() != number.as_bytes()
            && form::is_medicare_number(number.as_bytes())
        {
            findings.repair(
                person.id,
                number,
                "the Medicare number has hyphens, blanks or small letters",
                "write its eleven digits and capitals alone",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB")]),
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4KD7-QH2-WN85"),
    ]),
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4kd7qh2wn85"),
    ]),
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4KD7 QH2 WN85"),
    ]),
    // The numbers of other payers have their own case.
    Example::passes(&[("MI*W1", "MI*4kd7qh2wn85")]),
    // An S stands in no Medicare number: what it is meant for would be guessed.
    Example::passes(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4SD7-QH2-WN85"),
    ]),
];
