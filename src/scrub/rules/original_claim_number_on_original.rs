use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-09",
    name: "original-claim-number-on-original",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:464+A8:535",
    what: "A first claim carries the payer's number of an earlier one.",
    why: "either this is a replacement, or the number does not belong; payers guess differently",
    source: "X12 837 guides, REF*F8; X12 RFI 2110",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.frequency.is("1") {
        return;
    }
    if let Some(number) = claim.reference("F8") {
        findings.report(
            number.place,
            "CLM05-3 is 1, but REF*F8 names an earlier claim",
            "write 7 or 8 in CLM05-3 if this replaces or voids that claim, else drop REF*F8",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK", "REF*F8*9981~\nHI*ABK")]),
    Example::passes(&[("11:B:1", "11:B:7"), ("HI*ABK", "REF*F8*9981~\nHI*ABK")]),
];
