use x12::fault::Place;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-50",
    name: "accident-not-told",
    snip: 4,
    kinds: kinds::PROFESSIONAL_OR_DENTAL,
    severity: Severity::Hold,
    status: "A6:633",
    what: "The insurer of a car is billed for an accident in traffic that CLM11 does not tell.",
    why: "an accident, its day and its state decide which insurer pays; payers ask for them",
    source: "X12 837P and 837D guides, CLM11",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_told = claim.related_causes.iter().any(|cause| !cause.is_empty());
    if is_told || !claim.is_filed_with(&["AM"]) {
        return;
    }
    // Chapter V of the external causes is transport.
    if claim.all_diagnoses().any(|cause| cause.code.bytes().starts_with(b"V")) {
        findings.report(
            Place { element: 11, component: 0, repeat: 0, ..claim.place },
            "SBR09 is AM and a diagnosis is an accident in traffic, but CLM11 is empty",
            "write AA in CLM11 with the state, and add DTP*439 with the day",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[CAR, DRIVER]),
    Example::passes(&[
        CAR,
        DRIVER,
        ("*Y*A*Y*Y", "*Y*A*Y*Y**AA:::MA"),
        ("HI*ABK", "DTP*439*D8*20260930~\nHI*ABK"),
    ]),
    Example::passes(&[CAR]),
    Example::passes(&[DRIVER]),
];

const CAR: (&str, &str) = ("GRP1******CI", "GRP1******AM");

const DRIVER: (&str, &str) = ("ABK:E119*ABF:I10", "ABK:S134XXA*ABF:V4352XA");
