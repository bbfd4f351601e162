use x12::segment::Field;
use x12::value::Day;
use x12::view::claim::{Claim, Line};
use x12::view::parts::{Dated, find_date};

use crate::scrub::example::segments::OTHER_PAYER_DECIDED;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-14",
    name: "paid-before-service",
    snip: 4,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:516+A8:187",
    what: "Another payer is said to have paid before the service was given.",
    why: "the next payer matches the payment by its day, and asks which service it was for",
    source: "X12 837 guides, DTP*573",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for other in &claim.other_payers {
        let date = find_date(&other.dates, "573").filter(|_| is_money(other.paid()));
        judge(date, context.days.map(|days| days.from), findings);
    }
    for line in &claim.lines {
        for decision in &line.adjudications {
            let date = find_date(&decision.dates, "573").filter(|_| is_money(Some(decision.paid)));
            judge(date, first_day(claim, line), findings);
        }
    }
}

fn first_day(claim: &Claim<'_>, line: &Line<'_>) -> Option<Day> {
    claim.days_of(line).map(|days| days.from)
}

/// A denial may be older than the service: some payers say once and for all what they do not cover.
fn is_money(paid: Option<Field<'_>>) -> bool {
    paid.and_then(|paid| paid.money()).is_some_and(|paid| !paid.is_zero() && !paid.is_negative())
}

fn judge(date: Option<Dated<'_>>, service: Option<Day>, findings: &mut Findings) {
    let Some((date, service)) = date.zip(service) else { return };
    if date.days().is_some_and(|days| days.to < service) {
        findings.report(
            date.value.place,
            format!("DTP*573 is before the service, which began on {service}"),
            "write the day of the payer's remittance advice, or correct the service",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("LX*1", OTHER_PAYER_DECIDED), ("*20261020", "*20261005")]),
    Example::passes(&[("LX*1", OTHER_PAYER_DECIDED), ("*20261020", "*20261006")]),
    Example::passes(&[
        ("LX*1", OTHER_PAYER_DECIDED),
        ("*20261020", "*20261005"),
        ("AMT*D*85", "AMT*D*0"),
        ("CAS*PR*1*15", "CAS*PR*204*100"),
    ]),
];
