use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-08",
    name: "original-claim-number-missing",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A6:464+A6:535",
    what: "A replacement or void does not say which claim it replaces or voids.",
    why: "the payer cannot find the earlier claim and rejects this one",
    source: "DentalXChange; X12 RFI 1538",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if claim.frequency.is_any(&["7", "8"]) && claim.reference("F8").is_none() {
        findings.report_missing(
            "REF",
            claim.place,
            format!("CLM05-3 is {}, but REF*F8 is missing", claim.frequency.text()),
            "add REF*F8 with the number that the payer gave to the earlier claim",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("11:B:1", "11:B:7")]),
    Example::passes(&[("11:B:1", "11:B:8"), ("HI*ABK", "REF*F8*9981~\nHI*ABK")]),
];
