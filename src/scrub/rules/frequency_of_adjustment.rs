use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-06",
    name: "frequency-of-adjustment",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Hold,
    status: "A7:535",
    what: "The claim calls itself the adjustment of an earlier one.",
    why: "few payers take 6 in a professional claim; most want 7 and reject 6",
    source: "Stedi, \"Invalid claim frequency code\"; X12 RFI 1538",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if claim.frequency.is("6") {
        findings.report(
            claim.frequency.place,
            "CLM05-3 is 6",
            "write 7 and send the whole claim again, unless this payer wants 6",
        );
    }
}

const EXAMPLES: &[Example] =
    &[Example::fails(&[("11:B:1", "11:B:6")]), Example::passes(&[("11:B:1", "11:B:7")])];
