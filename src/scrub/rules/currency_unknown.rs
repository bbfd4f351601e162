use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-22",
    name: "currency-unknown",
    snip: 5,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:511+A7:481",
    what: "The amounts are in a currency that does not exist.",
    why: "the payer cannot tell what is charged and rejects the claims",
    source: "ISO 4217; X12 837 guides, CUR02",
    needs: &["currency"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // Longer and shorter values are a fault of the guide.
    let Some(currency) = claim.currency.filter(|code| code.bytes().len() == 3) else { return };
    let code = form::capitals(currency);
    let standing = context.codes.standing("currency", code.as_bytes(), context.today);
    if standing == Some(Standing::Unknown) {
        findings.report(
            currency.place,
            "there is no such currency",
            "use the three letters of ISO 4217, such as CAD; leave CUR out for US dollars",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*207Q00000X~\nNM1*85", "*207Q00000X~\nCUR*85*ZZZ~\nNM1*85")]),
    Example::passes(&[("*207Q00000X~\nNM1*85", "*207Q00000X~\nCUR*85*CAD~\nNM1*85")]),
    Example::fails(&[("*282N00000X~\n", "*282N00000X~\nCUR*85*XXX~\n")]).of(Clean::Inpatient),
];
