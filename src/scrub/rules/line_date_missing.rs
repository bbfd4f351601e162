use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-17",
    name: "line-date-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:187",
    what: "An outpatient statement covers several days, and a line does not say which is its own.",
    why: "payers price outpatient lines by the day and reject a line without one",
    source: "X12 837I guide, DTP*472; CMS, Claims Processing Manual 100-04 ch. 25",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(covers) = stay.statement.and_then(|statement| statement.days()) else { return };
    let is_outpatient = stay.facility_type.is_any(OUTPATIENT);
    if !is_outpatient || covers.from == covers.to {
        return;
    }
    for line in &claim.lines {
        let has_date = line.dates.iter().any(|date| date.qualifier.is("472"));
        // The days of a drug are the payer's wish alone, whether its code is given or not.
        let of_pharmacy = line.revenue_code.is_some_and(|code| {
            code.bytes().starts_with(b"025") || code.bytes().starts_with(b"063")
        });
        if !has_date && line.drug.is_none() && !of_pharmacy {
            findings.report_missing(
                "DTP",
                line.procedure.place,
                format!("line {} has no day of service", line.number.text()),
                "add DTP*472 to the line",
            );
        }
    }
}

/// Types of bill whose lines are priced by the day.
const OUTPATIENT: &[&str] = &[
    "13", "14", "23", "32", "33", "34", "43", "71", "72", "73", "74", "75", "76", "77", "78", "79",
    "81", "82", "83", "84", "85", "87", "89",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[
        ("20260209-20260209", "20260209-20260210"),
        ("DTP*472*D8*20260209~\nLX*3", "LX*3"),
    ])
    .of(Clean::Outpatient),
    Example::passes(&[("DTP*472*D8*20260209~\nLX*3", "LX*3")]).of(Clean::Outpatient),
    Example::passes(&[
        ("20260209-20260209", "20260209-20260210"),
        ("DTP*472*D8*20260209~\nLIN", "LIN"),
    ])
    .of(Clean::Outpatient),
    Example::passes(&[
        ("20260209-20260209", "20260209-20260210"),
        ("DTP*472*D8*20260209~\nLIN**N4*00002757001~\nCTP****2*ML~\n", ""),
    ])
    .of(Clean::Outpatient),
    Example::passes(&[]).of(Clean::Inpatient),
];
