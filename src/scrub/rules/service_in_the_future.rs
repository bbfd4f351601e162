use x12::value::Day;
use x12::view::claim::{Claim, Kind};
use x12::view::parts::{Dated, find_date};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-02",
    name: "service-in-the-future",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Reject,
    status: "A7:510+A7:187",
    what: "Care is billed before it was given.",
    why: "payers reject services that are dated after the claim was made",
    source: "CMS, CEDI front end",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let mut report = |date: Dated<'_>, last: Day| {
        if context.made < last {
            findings.report(
                date.value.place,
                format!("service on {last}, in a claim made on {}", context.made),
                "correct the date, or send the claim after the service",
            );
        }
    };
    // The days of the statement, or those that a dental claim has for all its lines.
    let of_claim = match claim.kind {
        Kind::Professional => None,
        Kind::Institutional => claim.date("434"),
        Kind::Dental => claim.date("472"),
    };
    if let Some((date, days)) = of_claim.and_then(|date| Some((date, date.days()?))) {
        report(date, days.to);
    }
    for line in &claim.lines {
        let Some(date) = find_date(&line.dates, "472") else { continue };
        let Some(days) = date.days() else { continue };
        // Rented equipment (E, K) and supplies (A, B) are billed ahead for a span of days.
        let is_ahead = matches!(line.procedure.code.bytes(), [b'A' | b'B' | b'E' | b'K', ..]);
        let last = if is_ahead { days.from } else { days.to };
        report(date, last);
    }
}

const EXAMPLES: &[Example] = &[
    Example::passes(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20261028~\nREF*6R*A1-1")]),
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*20261029~\nREF*6R*A1-1")]),
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*20261001-20261030~\nREF*6R*A1-1",
    )]),
    Example::passes(&[
        ("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*RD8*20261001-20261030~\nREF*6R*A1-1"),
        ("HC:99213:25*60*UN*1*", "HC:E0601:RR*60*UN*1*"),
    ]),
];
