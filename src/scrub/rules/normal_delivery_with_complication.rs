use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-12",
    name: "normal-delivery-with-complication",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:255+A8:700",
    what: "A birth without complications is coded beside a complication of the pregnancy or birth.",
    why: "O80 stands beside no other code of its chapter; payers group and pay the stay by one of the two",
    source: "NCHS, ICD-10-CM tabular list, note at O80; guideline I.C.15.n",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    // Of visits on several days a complication may be of another day than the birth.
    let is_stay = claim.institutional.as_ref().is_some_and(|stay| stay.facility_type.is("11"));
    let is_one_day = context.days.is_some_and(|days| days.from == days.to);
    if !is_stay && !is_one_day {
        return;
    }
    let coded = claim.coded_diagnoses().filter(|diagnosis| diagnosis.is_icd10());
    let codes: Vec<_> = coded.map(|diagnosis| diagnosis.code).collect();
    let other = codes.iter().find(|code| code.bytes().starts_with(b"O") && !code.is("O80"));
    if let Some(other) = other.filter(|_| codes.iter().any(|code| code.is("O80"))) {
        findings.report(
            other.place,
            format!("{} stands beside O80", other.text()),
            "drop O80 if the complication was there at birth, or the complication if it was over",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O80*ABF:O700*ABF:Z370")]),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O700*ABF:O80*ABF:Z370")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O80*ABF:Z370*ABF:Z3A39")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:O700*ABF:O99214*ABF:Z370")]),
    Example::passes(&[("HI*ABJ:J189", "HI*ABJ:O700"), ("ABF:I10:::::::N", "ABF:O80:::::::N")])
        .of(Clean::Inpatient),
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:O80*ABF:O700*ABF:Z370"),
        ("D8*20261006~\nREF*6R*A1-2", "D8*20261008~\nREF*6R*A1-2"),
    ]),
];
