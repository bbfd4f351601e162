use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-37",
    name: "pay-to-repeats-billing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:126:87",
    what: "The pay-to address is the billing provider's own address.",
    why: "the guide wants loop 2010AB only where the two differ, and strict payers reject what repeats",
    source: "X12 837 guides, loop 2010AB",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let pay_to = claim.pay_to.as_ref().and_then(|party| party.address);
    let (Some(pay_to), Some(billing)) = (pay_to, claim.billing.address) else { return };
    if pay_to.is_same_place(&billing) {
        findings.report(
            pay_to.line.place,
            "loop 2010AB has the address of loop 2010AA",
            "drop loop 2010AB",
        );
    }
}

const PAY_TO: &str = "\
    NM1*87*2~\n\
    N3*12 MAIN ST~\n\
    N4*BOSTON*MA*021103202~\n\
    HL*2*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HL*2*1", PAY_TO)]),
    Example::passes(&[
        ("HL*2*1", PAY_TO),
        ("NM1*87*2~\nN3*12 MAIN ST~", "NM1*87*2~\nN3*PO BOX 9~"),
    ]),
];
