use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-11",
    name: "insurance-type-of-first-payer",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A8:578",
    what: "The payer that pays first carries a reason for paying second.",
    why: "SBR05 says why Medicare comes second; beside P it contradicts itself",
    source: "Stedi, \"Insurance type code not allowed for the primary payer\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let this = (claim.subscriber.responsibility, claim.subscriber.insurance_type);
    let others =
        claim.other_payers.iter().map(|other| (other.responsibility, other.insurance_type));
    for (turn, kind) in std::iter::once(this).chain(others) {
        if turn.is("P") && !kind.is_empty() {
            findings.report(
                kind.place,
                "SBR05 stands beside SBR01 P",
                "drop SBR05, or correct SBR01",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1**12****MB"),
        ("MI*W1", "MI*1AC2DE3FG45"),
    ]),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*S*18*GRP1**12****MB")]),
];
