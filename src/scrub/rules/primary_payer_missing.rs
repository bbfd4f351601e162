use x12::view::claim::Claim;

use crate::scrub::example::segments::OTHER_FIRST_PAYER;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-06",
    name: "primary-payer-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:742",
    what: "No payer of the claim is the primary one.",
    why: "the payer cannot tell who pays first and rejects the claim",
    source: "Stedi, \"Missing primary payer\", 2025-12-08",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let others = claim.other_payers.iter().map(|other| other.responsibility);
    let mut turns = std::iter::once(claim.subscriber.responsibility).chain(others);
    // U says that the turn is not known; it may be the first.
    if !turns.any(|turn| turn.is_empty() || turn.is_any(&["P", "U"])) {
        findings.report(
            claim.subscriber.responsibility.place,
            "no SBR01 of the claim is P",
            "mark the payer that pays first with P; name it in loop 2320 if this is another",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SBR*P*18", "SBR*S*18")]),
    Example::fails(&[
        ("SBR*P*18", "SBR*S*18"),
        ("LX*1", OTHER_FIRST_PAYER),
        ("SBR*P*18", "SBR*T*18"),
    ]),
    Example::passes(&[("SBR*P*18", "SBR*S*18"), ("LX*1", OTHER_FIRST_PAYER)]),
];
