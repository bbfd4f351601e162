use x12::view::claim::Claim;

use crate::code_sets::value_code;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-BAL-16",
    name: "amount-badly-written",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:512+A7:178",
    what: "An amount has a dollar sign, a plus, commas, leading zeros or zeros past the cents.",
    why: "X12 writes plain numbers; payers reject amounts that their readers cannot take in",
    source: "Stedi, repair \"Trailing zeros of an amount removed\"; X12 RFI 396",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let of_codes = claim.institutional.iter().flat_map(|stay| &stay.values);
    // Some of them have counts, weights and numbers in place of amounts, where a comma may be a point.
    let of_codes =
        of_codes.filter(|value| value_code::is_money(form::capitals(value.code).as_bytes()));
    let of_codes = of_codes.map(|value| value.amount);
    for field in context.amounts.iter().copied().chain(of_codes) {
        let text = field.bytes();
        if is_plain(text) {
            continue;
        }
        let Some(digits) = form::amount_digits(text) else { continue };
        let has_signs = digits.len() < text.len();
        let has_leading_zeros = matches!(digits.as_slice(), [b'0', b'0'..=b'9', ..]);
        let point = digits.iter().position(|&byte| byte == b'.');
        let has_past_cents = point.is_some_and(|point| point + 3 < digits.len());
        let ends_in_point = digits.last() == Some(&b'.');
        let is_right = !(has_signs || has_leading_zeros || has_past_cents || ends_in_point);
        if is_right {
            continue;
        }
        // A comma may be meant as a decimal point, so that dropping it would change the amount.
        let Some(amount) = form::amount(&field) else { continue };
        findings.repair(
            field,
            amount.to_wire(),
            "the amount is not written as X12 writes amounts",
            "write digits, at most one point and two digits after it",
        );
    }
}

/// Whether an amount is as nearly all are: digits, of which the first is none too many, and cents.
fn is_plain(text: &[u8]) -> bool {
    let whole = match text {
        [whole @ .., b'.', _, _] | [whole @ .., b'.', _] => whole,
        _ => text,
    };
    let cents = text.get(whole.len()..).unwrap_or_default();
    !matches!(whole, [b'0', _, ..])
        && whole.iter().chain(cents.iter().skip(1)).all(u8::is_ascii_digit)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*60*UN*", "*60.000*UN*")]),
    Example::fails(&[("*60*UN*", "*60.*UN*")]),
    Example::passes(&[("*60*UN*", "*60.00*UN*")]),
    Example::fails(&[("CLM*A1*100*", "CLM*A1*$1,100.00*")]),
    Example::passes(&[("CLM*A1*100*", "CLM*A1*100,00*")]),
    Example::fails(&[("CLM*A1*100*", "CLM*A1*00100*")]),
    Example::fails(&[("CLM*A1*100*", "CLM*A1*USD100*")]),
    Example::fails(&[("CLM*A1*100*", "CLM*A1*+100*")]),
    Example::fails(&[("BE:01:::1500*", "BE:01:::$1,500*")]).of(Clean::Inpatient),
    Example::passes(&[("BE:80:::4~", "BE:80:::4*BE:61:::01500~")]).of(Clean::Inpatient),
    Example::passes(&[("BE:80:::4~", "BE:80:::4*BE:A8:::67,500~")]).of(Clean::Inpatient),
    // What another currency is worth, and what is taken off, is more than form.
    Example::passes(&[("CLM*A1*100*", "CLM*A1*€100*")]),
    Example::passes(&[("CLM*A1*100*", "CLM*A1*£100*")]),
    Example::passes(&[("CLM*A1*100*", "CLM*A1*EUR100*")]),
    Example::passes(&[("CLM*A1*100*", "CLM*A1*100.00-*")]),
];
