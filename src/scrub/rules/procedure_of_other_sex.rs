use x12::view::claim::Claim;
use x12::view::parts::Procedure;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-19",
    name: "procedure-of-other-sex",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:474",
    what: "A procedure on the organs of one sex is billed for a patient of the other.",
    why: "some payers deny the line; often the sex or the patient is wrong, and sometimes all is right",
    source: "CMS, Integrated Outpatient Code Editor, edit 8",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(sex) = claim.person().and_then(|person| person.sex) else { return };
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        // KX says that the provider means it.
        let other = match sex_of(procedure) {
            Some("M") => "F",
            Some(_) => "M",
            None => continue,
        };
        if sex.is(other) && !procedure.has_modifier("KX") {
            findings.report(
                procedure.code.place,
                format!("{} does not fit the sex in DMG03", procedure.code.text()),
                "correct DMG03 or the code; modifier KX says that both are right",
            );
        }
    }
}

/// The sex that has what the procedure is done on; `None` when its code does not tell.
fn sex_of(procedure: &Procedure<'_>) -> Option<&'static str> {
    if procedure.code.is_any(&["G0102", "G0103"]) {
        return Some("M");
    }
    if procedure.code.is_any(&["G0101", "Q0091"]) {
        return Some("F");
    }
    match procedure.number()? {
        54000..=55899 => Some("M"),
        56405..=59899 | 76801..=76828 | 88141..=88175 => Some("F"),
        _ => None,
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40", "HC:55700*40")]),
    Example::passes(&[("HC:93000*40", "HC:55700:KX*40")]),
    Example::passes(&[("HC:93000*40", "HC:58150*40")]),
    Example::fails(&[("HC:93000*40", "HC:58150*40"), ("19800101*F", "19800101*M")]),
    Example::passes(&[("HC:93000*40", "HC:58150*40"), ("19800101*F", "19800101*U")]),
];
