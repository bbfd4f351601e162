use x12::value::Money;
use x12::view::claim::{Claim, Kind};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-06",
    name: "total-charge-zero",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:402+A7:178",
    what: "A claim that asks for payment charges nothing.",
    why: "the payer has nothing to pay and rejects the claim",
    source: "Stedi, \"Zero-charge claims\", 2025-12-01",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // Encounters (RP) are reported, not paid; they may charge nothing.
    // Notices of admission and election charge nothing; their frequency is a letter.
    let is_notice = claim.kind == Kind::Institutional
        && claim.frequency.bytes().first().is_some_and(u8::is_ascii_alphabetic);
    if !claim.batch_type.is("CH") || is_notice {
        return;
    }
    if claim.total_charge.money().is_some_and(Money::is_zero) {
        findings.report(
            claim.total_charge.place,
            "CLM02 is zero on a claim that asks for payment",
            "enter the charge, or send the batch as encounters (BHT06 RP)",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("CLM*A1*100*", "CLM*A1*0*"), ("*60*UN*", "*0*UN*"), ("*40*UN*", "*0*UN*")]),
    Example::passes(&[("CLM*A1*100*", "CLM*A1*0.00*"), ("0930*CH", "0930*RP")]),
];
