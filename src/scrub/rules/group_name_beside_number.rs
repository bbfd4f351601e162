use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-12",
    name: "group-name-beside-number",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:732+A8:163:IL",
    what: "The group's name stands beside its number.",
    why: "the guide wants the name only where there is no number, and some front ends reject both",
    source: "Stedi, \"Group name next to the group number\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let this = (claim.subscriber.group_number, claim.subscriber.group_name);
    if !this.0.is_empty() && !this.1.is_empty() {
        findings.report(
            this.1.place,
            "SBR04 stands beside SBR03",
            "drop the group's name; its number is enough",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SBR*P*18*GRP1**", "SBR*P*18*GRP1*BIG EMPLOYER*")]),
    Example::passes(&[("SBR*P*18*GRP1**", "SBR*P*18**BIG EMPLOYER*")]),
];
