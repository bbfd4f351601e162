use x12::value::{Decimal, Money};
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-13",
    name: "amount-too-large",
    snip: 3,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:512+A7:178",
    what: "An amount has more than ten digits.",
    why: "the guide ends amounts at 99999999.99 and payers cannot store more",
    source: "CMS, Common Edits and Enhancements Module; X12 837 guides, section on decimal values",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// The guide's note on data element 782.
const AMOUNT_MAX: Money = Money::from_cents(9_999_999_999);

/// What is no longer is no more than that.
const DIGITS_MAX: usize = 8;

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for field in &context.amounts {
        // Also what is too large to reckon with.
        let is_too_large = |amount: Decimal| Decimal::from(AMOUNT_MAX) < amount.abs();
        let is_long = DIGITS_MAX < field.bytes().len();
        if is_long && field.decimal().is_some_and(is_too_large) {
            findings.report(
                field.place,
                format!("the amount is over {AMOUNT_MAX}"),
                "correct the amount, or split the claim",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("CLM*A1*100*", "CLM*A1*99999999.99*")]),
    Example::fails(&[("CLM*A1*100*", "CLM*A1*100000000*"), ("*60*UN*", "*99999960*UN*")]),
    Example::fails(&[("CLM*A1*100*", "CLM*A1*999999999999999999*")]),
];
