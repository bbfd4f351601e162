use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-58",
    name: "accident-state-of-hospital-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:750",
    what: "A hospital bills the insurer of a car for an accident in traffic, without the state where it happened.",
    why: "the state decides which insurer pays; payers ask for it",
    source: "X12 837I guide, REF*LU of loop 2300",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["AM"]) || claim.reference("LU").is_some() {
        return;
    }
    // Chapter V of the external causes is transport.
    if claim.all_diagnoses().any(|cause| cause.code.bytes().starts_with(b"V")) {
        findings.report_missing(
            "REF",
            claim.place,
            "SBR09 is AM and the cause is an accident in traffic, but REF*LU is missing",
            "add REF*LU with the state of the accident; release the claim if it was abroad",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[CAR, DRIVER]).of(Clean::Outpatient),
    Example::passes(&[CAR, DRIVER, ("HI*ABK", "REF*LU*IL~\nHI*ABK")]).of(Clean::Outpatient),
    Example::passes(&[CAR]).of(Clean::Outpatient),
    Example::passes(&[DRIVER]).of(Clean::Outpatient),
];

const CAR: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******AM");

const DRIVER: (&str, &str) = ("ABN:W010XXA", "ABN:V4352XA");
