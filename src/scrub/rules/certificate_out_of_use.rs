use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-17",
    name: "certificate-out-of-use",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A7:698",
    what: "A line carries a certificate of medical necessity, which Medicare no longer takes.",
    why: "the forms ended on 1 January 2023; claims with them are rejected",
    source: "CMS, CEDI front end, edit X222.492.2440.LQ02.030",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// The first day of service without the forms.
const ENDED: Day = Day::new(2023, 1, 1).expect("a day of the calendar");

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let is_late = line.service_days().is_some_and(|days| ENDED <= days.from);
        // Forms of Medicare's equipment contractors have numbers such as 04.04B and 484.03.
        let form = line.forms.iter().find(|form| form.bytes().contains(&b'.'));
        if let Some(form) = form.filter(|_| is_late) {
            findings.report(
                form.place,
                format!("form {} is out of use since 2023", form.text()),
                "drop loop 2440; keep the order in the patient's record",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLQ*UT*04.04B~\nFRM*1*Y~")]),
    Example::passes(&[("REF*6R*A1-1~", "REF*6R*A1-1~\nLQ*AS*12345~\nFRM*1*Y~")]),
];
