use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-59",
    name: "area-number-malformed",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:725",
    what: "The area of care billed to Medicare is no number of five digits.",
    why: "Medicare looks the wages of the area up by its number (CBSA) and returns a bill whose number it lacks",
    source: "CMS, Claims Processing Manual 100-04 ch. 10 section 40.2 and ch. 11 section 30.3 (value codes 61 and G8)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    // Home health under a plan, and hospice.
    let is_priced = bill.facility_type.is_any(&["32", "81", "82"]);
    if !is_priced || !claim.is_filed_with(&["MA", "MB"]) {
        return;
    }
    for value in bill.values.iter().filter(|value| value.code.is_any(&["61", "G8"])) {
        let number = value.amount.bytes().split(|&byte| byte == b'.').next().unwrap_or_default();
        // What is no number at all breaks the guide, and longer ones may have their cents without a point.
        if number.len() < 5 && !number.is_empty() && number.iter().all(u8::is_ascii_digit) {
            findings.report(
                value.amount.place,
                format!("value code {} has no area number of five digits", value.code.text()),
                "write the number of the area (CBSA), such as 44100; 999 and the number of the state \
                 outside of towns",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BE:61:::44100", "BE:61:::99")]).of(Clean::HomeHealth),
    Example::fails(&[("BE:61:::44100", "BE:61:::441.00")]).of(Clean::HomeHealth),
    Example::passes(&[("BE:61:::44100", "BE:61:::44100.00")]).of(Clean::HomeHealth),
    Example::passes(&[("BE:61:::44100", "BE:61:::99914")]).of(Clean::HomeHealth),
    Example::passes(&[("BE:61:::44100", "BE:61:::99"), ("*MA~", "*16~")]).of(Clean::HomeHealth),
];
