use x12::segment::Field;
use x12::value::Day;
use x12::view::claim::Claim;

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DENT-02",
    name: "dental-procedure-not-in-effect",
    snip: 5,
    kinds: kinds::DENTAL,
    severity: Severity::Reject,
    status: "A8:737+A8:187",
    what: "A dental procedure was not in the list of the day of service.",
    why: "codes come and go on 1 January; payers go by the day of service",
    source: "ADA, Code on Dental Procedures and Nomenclature",
    needs: &["dental-procedure", "dental-procedure-ended"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let code = line.procedure.code;
        let is_code = matches!(code.bytes(), [b'D', digits @ ..]
            if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit));
        // What is not done yet goes by the list of today.
        let on = claim.days_of(line).map_or(context.today, |days| days.to);
        let what = match standing(context, code, on) {
            Some(Standing::Ended(last)) => format!("procedure {} ended on {last}", code.text()),
            Some(Standing::NotYet(first)) => {
                format!("procedure {} is in effect from {first} on", code.text())
            }
            Some(Standing::Unknown) => format!("there is no dental procedure {}", code.text()),
            Some(Standing::Valid | Standing::Header) | None => continue,
        };
        if is_code {
            findings.report(code.place, what, "bill the code of the day of service");
        }
    }
}

/// By the whole list when the operator has imported it, else by what has ended; that says nothing
/// of a code that it does not have.
fn standing(context: &Context<'_>, code: Field<'_>, on: Day) -> Option<Standing> {
    let ended = || context.codes.standing("dental-procedure-ended", code.bytes(), on);
    let by_list = context.codes.standing("dental-procedure", code.bytes(), on);
    by_list.or_else(|| ended().filter(|standing| *standing != Standing::Unknown))
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("AD:D0120", "AD:D1515")]).of(Clean::Dental),
    Example::passes(&[("AD:D0120", "AD:D1516")]).of(Clean::Dental),
    Example::passes(&[("AD:D0120", "AD:00120")]).of(Clean::Dental),
];
