use x12::fault::Place;
use x12::value::Day;
use x12::view::claim::{Claim, Diagnosis};

use crate::code_sets::Standing;
use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-01",
    name: "diagnoses-exclude-each-other",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:255+A8:700",
    what: "Two diagnoses of one visit are such that a patient has one of them or the other.",
    why: "payers deny the line or the claim; the list lets both stand only when they have nothing to do with each other, which a person must say",
    source: "NCHS, ICD-10-CM tabular list, Excludes1 notes; guideline I.A.12.a",
    needs: &["diagnosis-excludes"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if claim.diagnoses.len() < 2 {
        return;
    }
    let Some(days) = context.days else { return };
    let is_stay = claim.institutional.as_ref().is_some_and(|stay| stay.facility_type.is_any(STAYS));
    let mut told: Vec<Place> = Vec::new();
    let mut judge = |visit: &[&Diagnosis<'_>]| {
        for (first, second, at) in excluding_pairs(visit, days.to, context) {
            let place = second.code.place;
            if told.contains(&place) {
                continue;
            }
            told.push(place);
            findings.report(
                place,
                format!(
                    "{} and {} exclude each other, by the note at {at}",
                    first.code.text(),
                    second.code.text()
                ),
                "keep the one that the record supports; release the claim as it is if the two are unrelated",
            );
        }
    };
    if is_stay || days.from == days.to {
        judge(&claim.coded_diagnoses().collect::<Vec<_>>());
        return;
    }
    // Of visits on several days, only what a line points at is surely of one.
    for line in &claim.lines {
        judge(&claim.diagnoses_of_line(line).collect::<Vec<_>>());
    }
}

/// Bills of hospitals, swing beds, nursing facilities and hospitals of a faith: one stay each.
const STAYS: &[&str] = &["11", "18", "21", "41"];

type Pair<'a, 'c> = (&'a Diagnosis<'c>, &'a Diagnosis<'c>, &'static str);

/// The pairs of which one excludes the other, in the order of the claim, each with where the note
/// stands. A note at either holds for both.
fn excluding_pairs<'a, 'c>(
    visit: &[&'a Diagnosis<'c>],
    on: Day,
    context: &Context<'_>,
) -> Vec<Pair<'a, 'c>> {
    let is = |set: &str, diagnosis: &Diagnosis<'_>| {
        context.codes.standing(set, diagnosis.code.bytes(), on) == Some(Standing::Valid)
    };
    let is_on_left = |diagnosis: &Diagnosis<'_>| is("diagnosis-left", diagnosis);
    let is_on_right = |diagnosis: &Diagnosis<'_>| is("diagnosis-right", diagnosis);
    let mut pairs = Vec::new();
    for (index, &one) in visit.iter().enumerate().filter(|(_, one)| one.is_icd10()) {
        for note in context.codes.notes("diagnosis-excludes", one.code.bytes(), on) {
            for (place, &other) in visit.iter().enumerate() {
                let is_named = other.is_icd10() && note.has(other.code.bytes());
                // What the one eye has, the other need not have.
                if !is_named
                    || place == index
                    || (is_on_left(one) && is_on_right(other))
                    || (is_on_right(one) && is_on_left(other))
                {
                    continue;
                }
                pairs.push(if place < index {
                    (other, one, note.at())
                } else {
                    (one, other, note.at())
                });
            }
        }
    }
    pairs
}

const EXAMPLES: &[Example] = &[
    // Diabetes of type 2 and of type 1.
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E109")]),
    // The note stands at the later of the two, and names a range.
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:R7303")]),
    Example::fails(&[("ABF:E119", "ABF:I10:::::::Y*ABF:O1002"), ("*ABF:I10:::::::N", "")])
        .of(Clean::Inpatient),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:E785")]),
    // The note was dropped in 2025.
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:G43909*ABF:R519")]),
    // The one eye and the other.
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:H10811*ABF:H11151")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:H10811*ABF:H11152")]),
    // Two visits, each for one of them.
    Example::passes(&[
        ("HI*ABK:E119*ABF:I10", "HI*ABK:E119*ABF:R7303"),
        ("60*UN*1***1:2~", "60*UN*1***1~"),
        ("20261006~\nREF*6R*A1-2", "20261013~\nREF*6R*A1-2"),
    ]),
];
