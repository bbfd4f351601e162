use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-16",
    name: "line-date-outside-statement",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A8:187+A8:188",
    what: "A line's day of service lies outside the days that the statement covers.",
    why: "the payer rejects services that the claim says it is not about",
    source: "Stedi, \"Service date outside the statement period\", 2026-08-14",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(covers) = stay.statement.and_then(|statement| statement.days()) else { return };
    // A statement that runs backwards covers nothing; a rule of its own says so.
    if covers.to < covers.from {
        return;
    }
    for line in &claim.lines {
        let Some(date) = find_date(&line.dates, "472") else { continue };
        let Some(days) = date.days() else { continue };
        if days.from < covers.from || covers.to < days.to {
            findings.report(
                date.value.place,
                format!(
                    "line {} is outside the statement of {} to {}",
                    line.number.text(),
                    covers.from,
                    covers.to
                ),
                "correct the line's date, or widen DTP*434 to all days of the claim",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(
        "DTP*472*D8*20260209~\nREF*6R*LINE-1",
        "DTP*472*D8*20260210~\nREF*6R*LINE-1",
    )])
    .of(Clean::Outpatient),
    Example::passes(&[
        ("DTP*472*D8*20260209~\nREF*6R*LINE-1", "DTP*472*D8*20260210~\nREF*6R*LINE-1"),
        ("20260209-20260209", "20260209-20260210"),
    ])
    .of(Clean::Outpatient),
];
