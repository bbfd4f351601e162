use x12::fault::Place;
use x12::value::Day;
use x12::view::claim::{Claim, Diagnosis};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-02",
    name: "diagnosis-before-its-cause",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:255+A8:700",
    what: "A diagnosis stands before the one that must be coded first.",
    why: "payers read the first diagnosis as the reason of the service, and pay or group by it",
    source: "NCHS, ICD-10-CM tabular list, code first notes; guideline I.A.13",
    needs: &["diagnosis-order"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(days) = context.days else { return };
    let is_bound = |diagnosis: &Diagnosis<'_>| {
        context.codes.notes("diagnosis-order", diagnosis.code.bytes(), days.to).next().is_some()
    };
    if !claim.coded_diagnoses().any(is_bound) {
        return;
    }
    let mut told: Vec<Place> = Vec::new();
    let mut judge = |order: &[&Diagnosis<'_>], of_claim: &[&Diagnosis<'_>]| {
        for (index, early) in order.iter().enumerate() {
            let code = early.code;
            let Some(late) = named_too_late(order, index, days.to, context) else { continue };
            let at = of_claim.iter().position(|known| known.code.place == code.place);
            let is_late_in_claim =
                at.is_some_and(|at| named_too_late(of_claim, at, days.to, context).is_some());
            if !is_late_in_claim || told.contains(&code.place) {
                continue;
            }
            told.push(code.place);
            findings.report(
                code.place,
                format!("{} stands before {}, which comes first", code.text(), late.code.text()),
                format!("put {} before {}", late.code.text(), code.text()),
            );
        }
    };
    if claim.institutional.is_some() {
        let order: Vec<_> = claim.coded_diagnoses().collect();
        judge(&order, &order);
        return;
    }
    // Each line has an order of its own. Where the claim or the line has them the right way round, that
    // is enough.
    let of_claim: Vec<_> = claim.coded_diagnoses().collect();
    for line in &claim.lines {
        judge(&claim.diagnoses_of_line(line).collect::<Vec<_>>(), &of_claim);
    }
}

/// The diagnosis behind this one that should stand before it, when none of its like does.
fn named_too_late<'a, 'c>(
    order: &[&'a Diagnosis<'c>],
    index: usize,
    on: Day,
    context: &Context<'_>,
) -> Option<&'a Diagnosis<'c>> {
    let early = order.get(index).filter(|early| early.is_icd10())?.code.bytes();
    let is_named = |other: &&&Diagnosis<'_>| {
        let mut notes = context.codes.notes("diagnosis-order", early, on);
        notes.any(|note| note.has(other.code.bytes()))
    };
    if order.iter().take(index).any(|before| is_named(&before)) {
        return None;
    }
    order.iter().skip(index + 1).find(is_named).copied()
}

const EXAMPLES: &[Example] = &[
    // The kidney before the pressure that harms it.
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:N1830*ABF:I129")]),
    Example::fails(&[("ABF:J9601", "ABF:N1830"), ("*ABF:I10:::::::N", "*ABF:I129:::::::N")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:I129*ABF:N1830")]),
    // The line points at them the right way round.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:N1830*ABF:I129"),
        ("60*UN*1***1:2", "60*UN*1***2:1"),
    ]),
    // The claim has them the right way round.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:I129*ABF:N1830"),
        ("60*UN*1***1:2", "60*UN*1***2:1"),
    ]),
    // One cause stands before it, a second behind it.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E1122*ABF:N1830*ABF:I129"),
        ("60*UN*1***1:2", "60*UN*1***1:2:3"),
    ]),
];
