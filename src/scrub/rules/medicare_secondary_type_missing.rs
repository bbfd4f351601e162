use x12::view::claim::Claim;

use crate::scrub::example::segments::OTHER_FIRST_PAYER;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-10",
    name: "medicare-secondary-type-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Reject,
    status: "A6:578",
    what: "Medicare is not the first payer and the reason is missing.",
    why: "Medicare pays second only when it is told why another pays first",
    source: "Stedi, \"Missing insurance type code when Medicare is not primary\", 2026-03-25",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let this = &claim.subscriber;
    let this = (this.filing_indicator, this.responsibility, this.insurance_type);
    let others = claim
        .other_payers
        .iter()
        .map(|other| (other.filing_indicator, other.responsibility, other.insurance_type));
    for (plan, turn, kind) in std::iter::once(this).chain(others) {
        let is_first = turn.is_empty() || turn.is_any(&["P", "U"]);
        if plan.is_any(&["MA", "MB"]) && !is_first && kind.is_empty() {
            findings.report(
                kind.place,
                "Medicare is not the first payer, but SBR05 is empty",
                "say in SBR05 why another pays first, such as 12 for working aged",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("SBR*P*18*GRP1******CI", "SBR*S*18*GRP1******MB"),
        ("MI*W1", "MI*1AC2DE3FG45"),
        ("LX*1", OTHER_FIRST_PAYER),
    ]),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*S*18*GRP1**12****MB")]),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*P*18*GRP1******MB")]),
];
