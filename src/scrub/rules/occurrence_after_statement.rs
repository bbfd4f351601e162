use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-67",
    name: "occurrence-after-statement",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:720",
    what: "An accident, an onset or the days of a leave or of an earlier stay lie after the statement.",
    why: "the bill is about what happened up to its last day; payers send back days beyond it",
    source: "NUBC, occurrence and occurrence span codes; CMS, Claims Processing Manual 100-04 ch. 25 section 75",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Accidents and crimes, the last period, the onset, the beginnings of therapies. Others may come later,
/// such as the day on which an insurer denied.
const BEFORE: &[&str] = &["01", "02", "03", "04", "05", "06", "10", "11", "35", "44", "45", "46"];

/// Earlier stays, visits, leave and care that is not covered. Others may run on, such as the days for
/// which somebody is insured.
const SPANS_BEFORE: &[&str] = &["70", "71", "72", "74", "75", "76", "77", "78", "80", "M1", "M2"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(covers) = stay.statement.and_then(|statement| statement.days()) else { return };
    let occurrences = stay.occurrences.iter().filter(|one| one.code.is_any(BEFORE));
    let spans = stay.occurrence_spans.iter().filter(|one| one.code.is_any(SPANS_BEFORE));
    let occurrences = occurrences.map(|one| (one, "occurrence", "A7:720"));
    let spans = spans.map(|one| (one, "occurrence span", "A7:722"));
    for (one, kind, status) in occurrences.chain(spans) {
        if one.days().is_some_and(|days| covers.to < days.to) {
            findings.report_as(
                status,
                one.date.place,
                format!("{kind} {} is dated after {}", one.code.text(), covers.to),
                "correct the date, or the last day of the statement",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*BH:11:D8:20260130", "HI*BH:11:D8:20260206")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BH:11:D8:20260130", "HI*BH:11:D8:20260205")]).of(Clean::Inpatient),
    Example::passes(&[("HI*BH:11:D8:20260130", "HI*BH:24:D8:20260220")]).of(Clean::Inpatient),
    Example::fails(&[("-20260206~", "-20260206*BI:74:RD8:20260222-20260224~")]).of(Clean::Nursing),
    Example::fails(&[("-20260206~", "-20260206*BI:71:RD8:20301102-20301106~")]).of(Clean::Nursing),
    Example::passes(&[("-20260206~", "-20260206*BI:74:RD8:20260210-20260212~")]).of(Clean::Nursing),
];
