use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-57",
    name: "accident-occurrence-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:719",
    what: "The insurer of a car is billed for an accident in traffic, without its day.",
    why: "the insurer finds the accident by its day, and asks for it before it pays",
    source: "NUBC, occurrence codes 01 to 06",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    let has_day = bill
        .occurrences
        .iter()
        .any(|occurrence| occurrence.code.is_any(&["01", "02", "03", "04", "05", "06"]));
    if has_day || !claim.is_filed_with(&["AM"]) {
        return;
    }
    // Chapter V of the external causes is transport.
    if claim.all_diagnoses().any(|cause| cause.code.bytes().starts_with(b"V")) {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "HI",
            last,
            "SBR09 is AM and the cause is an accident in traffic, but no occurrence 01 to 06 is there",
            "add HI*BH with 01 or 02 and the day of the accident",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[CAR, DRIVER, NO_DAY, STATE]).of(Clean::Outpatient),
    Example::passes(&[CAR, DRIVER]).of(Clean::Outpatient),
    Example::passes(&[CAR, NO_DAY]).of(Clean::Outpatient),
    Example::passes(&[DRIVER, NO_DAY]).of(Clean::Outpatient),
];

const CAR: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******AM");

const DRIVER: (&str, &str) = ("ABN:W010XXA", "ABN:V4352XA");

const NO_DAY: (&str, &str) = ("HI*BH:05:D8:20260209~\n", "");

const STATE: (&str, &str) = ("HI*ABK", "REF*LU*IL~\nHI*ABK");
