use x12::fault::Place;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::loose::Loose;
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-CODE-12",
    name: "code-in-lower-case",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:255+A7:700",
    what: "A code is written in lower case: a diagnosis, a modifier, or any other that X12 or a code set lists.",
    why: "payers compare it letter by letter and do not find it",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(_: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let diagnoses = context.diagnoses.iter().map(|coded| coded.diagnosis.code);
    let is_diagnosis = |place: Place| diagnoses.clone().any(|code| code.place == place);
    for &Loose { field, number, .. } in context.loose.iter().filter(|one| one.has_small_letters()) {
        let (status, capitals) = match number {
            _ if is_diagnosis(field.place) => (RULE.status, form::diagnosis(field)),
            1339 => ("A7:453", form::capitals(field)),
            _ => ("A7:511+A7:481", form::capitals(field)),
        };
        findings.report_as(
            status,
            field.place,
            "the code has lower-case letters",
            "write it in capitals",
        );
        findings.suggest_form(field, capitals.into_owned());
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:e119*ABF:I10")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:gt*60*UN*1*")]),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99213:GT*60*UN*1*")]),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:99213:25*60*un*1*")]),
    Example::fails(&[("SBR*P*18*GRP1******CI", "SBR*p*18*GRP1******ci")]).times(2),
    Example::fails(&[("11:B:1*Y*A*Y*Y", "11:b:1*y*a*Y*Y")]).times(3),
    Example::fails(&[("HI*ABK", "REF*X4*22d0999999~\nHI*ABK")]),
    Example::fails(&[("BBR:3E03329:D8", "BBR:3e03329:d8")]).of(Clean::Inpatient).times(2),
    Example::fails(&[("TOO*JP*8*M~", "TOO*JP*8*m~")]).of(Clean::Dental),
    // What others number as they like keeps its letters.
    Example::passes(&[("CLM*A1*100*", "CLM*a1*100*"), ("MI*W1", "MI*w1")]),
    Example::passes(&[("REF*6R*A1-1", "REF*6R*a1-1")]),
    Example::passes(&[("SBR*P*18*GRP1******CI", "SBR*P*18*grp1******CI")]),
    Example::passes(&[("HI*ABK", "NTE*ADD*the left one~\nHI*ABK")]),
];
