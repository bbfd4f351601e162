use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-26",
    name: "medicare-number-with-hyphens",
    snip: 2,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Repair,
    status: "A7:164:IL",
    what: "A Medicare number is written as on the card, with hyphens.",
    why: "X12 writes eleven characters; Medicare does not find the other form",
    source: "CMS, CEDI front end; CMS, Medicare Beneficiary Identifier format",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(person) = &claim.subscriber.party else { return };
    let form: Vec<usize> = person.id.bytes().split(|&byte| byte == b'-').map(<[u8]>::len).collect();
    if claim.is_filed_with(&["MA", "MB"]) && form == [4, 3, 4] {
        findings.repair(
            person.id,
            person.id.text().replace('-', ""),
            "the Medicare number has hyphens",
            "write the eleven characters alone",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB")]),
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB"),
        ("MI*W1", "MI*4KD7-QH2-WN85"),
    ]),
];
