use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::code_sets::traits::SEX_LAST_DAY;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-MCE-04",
    name: "diagnosis-of-another-sex",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:86",
    what: "A diagnosis is for patients of the other sex.",
    why: "Medicare stopped asking in October 2024, and other payers still may; the sex on file is often the mistake",
    source: "CMS, Medicare Code Editor v42, sex conflict, given up on 2024-10-01",
    needs: &["diagnosis-female", "diagnosis-male"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    let person = claim.person();
    let (other, whose) = match person.and_then(|person| person.sex).map(|sex| sex.bytes()) {
        Some(b"F") => ("diagnosis-male", "men"),
        Some(b"M") => ("diagnosis-female", "women"),
        _ => return,
    };
    // The claim says itself that the sex on file does not settle it.
    let is_told = claim.institutional.as_ref().is_some_and(|stay| stay.has_condition("45"))
        || claim.lines.iter().any(|line| line.procedure.has_modifier("KX"));
    let on = days.to.min(SEX_LAST_DAY);
    for diagnosis in claim.coded_diagnoses() {
        let standing = context.codes.standing(other, diagnosis.code.bytes(), on);
        if standing == Some(Standing::Valid) && !is_told {
            findings.report(
                diagnosis.code.place,
                format!("{} is a diagnosis of {whose}", diagnosis.code.text()),
                "correct the diagnosis or the sex; if both are right, add condition code 45 or modifier KX",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:N400")]),
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:N400"),
        ("19800101*F", "19800101*M"),
    ]),
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:N400"),
        ("19800101*F", "19800101*U"),
    ]),
    Example::fails(&[("ABF:E119", "ABF:N400")]).of(Clean::Inpatient),
    Example::passes(&[("ABF:E119", "ABF:N400"), ("HI*BH:11", "HI*BG:45~\nHI*BH:11")])
        .of(Clean::Inpatient),
];
