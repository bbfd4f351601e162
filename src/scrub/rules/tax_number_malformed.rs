use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ID-04",
    name: "tax-number-malformed",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:128:85",
    what: "The billing provider's employer number is not nine digits.",
    why: "payments are reported to the tax office under it; payers reject any other form",
    source: "Stedi, \"Invalid billing provider tax id\", 2026-02-17",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(number) = claim.billing.reference("EI") else { return };
    // The hyphen of 04-3219876, or a blank in its place, is form; another rule drops it.
    let digits = form::tax_number(number, form::EMPLOYER_GROUPS);
    if digits.is_none_or(|digits| matches!(&*digits, "000000000" | "999999999")) {
        findings.report(
            number.place,
            "REF*EI is not an employer number of nine digits",
            "enter the number from the provider's tax form",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("043219876", "1234567893")]),
    Example::fails(&[("043219876", "04321987O")]),
    Example::fails(&[("043219876", "0432-19876")]),
    Example::fails(&[("043219876", "0432 19876")]),
    Example::fails(&[("043219876", "043219876-")]),
    Example::fails(&[("043219876", "04-321-9876")]),
    Example::passes(&[("043219876", "04-3219876")]),
    Example::passes(&[("043219876", "04 3219876")]),
    Example::fails(&[("043219876", "000000000")]),
];
