use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-19",
    name: "operating-provider-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:562:72",
    what: "An operation is reported without who operated.",
    why: "payers reject a surgical procedure without its surgeon",
    source: "X12 837I guide, 2310B",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    // Section 0 of ICD-10-PCS is medical and surgical.
    let is_surgery = |code: Field<'_>| matches!(code.bytes(), [b'0', rest @ ..] if rest.len() == 6);
    let operated = stay.procedures.iter().any(|procedure| is_surgery(procedure.code));
    if operated && claim.provider("72").is_none() {
        let attending = claim.provider("71").map(|party| party.place);
        findings.report_missing(
            "NM1",
            attending.unwrap_or(claim.place),
            "an operation is reported, but NM1*72 is missing",
            "add loop 2310B with who operated",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("NM1*72*1*LARCH*MILES*E***XX*1999001427~\n", "")]).of(Clean::Inpatient),
    Example::passes(&[
        ("NM1*72*1*LARCH*MILES*E***XX*1999001427~\n", ""),
        ("BBQ:02HV33Z:D8:20260202*", ""),
    ])
    .of(Clean::Inpatient),
];
