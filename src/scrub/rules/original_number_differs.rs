use x12::view::claim::Claim;

use crate::scrub::earlier::Original;
use crate::scrub::example::{Known, PAID, REPLACEMENT};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ORIG-02",
    name: "original-number-differs",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:464+A8:535",
    what: "REF*F8 has another number than the one under which the payer knows the claim that is replaced.",
    why: "the payer finds no claim under the number, or replaces another patient's",
    source: "X12 837 guides, REF*F8 of loop 2300",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(number) = claim.reference("F8") else { return };
    let Some(told) = &context.earlier.original else { return };
    let original = &told.what;
    // Only what has the same CLM01 is surely the claim that is meant.
    if original.is_same_number && original.is_known_otherwise {
        findings.report(
            number.place,
            format!("REF*F8 is not the number under which the payer knows {}", told.claim),
            "put the number of the payer's remittance or 277CA into REF*F8",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(REPLACEMENT).after(Known::Original("its payer knows the claim as 9991", OTHER)),
    Example::passes(REPLACEMENT).after(Known::Original("its payer knows the claim as 9981", PAID)),
    Example::passes(REPLACEMENT),
];

const OTHER: Original = Original { is_known_otherwise: true, ..PAID };
