use x12::view::claim::{Claim, Diagnosis};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-06",
    name: "external-cause-of-another-visit",
    snip: 5,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:255+A8:700",
    what: "The cause of an injury is coded for another kind of visit than the injury.",
    why: "the seventh characters of both say whether this is treatment, aftercare or a sequela; a payer that looks for another's liability reads the wrong one",
    source: "CMS and NCHS, ICD-10-CM guidelines, I.C.20.a.2",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// What the seventh character says of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Visit {
    Treatment,
    Aftercare,
    Sequela,
}

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let mut of_injuries = claim.coded_diagnoses().filter_map(|diagnosis| visit(diagnosis, b"ST"));
    let Some(injury) = of_injuries.next() else { return };
    if of_injuries.any(|other| other != injury) {
        return;
    }
    for cause in claim.all_diagnoses() {
        if visit(cause, b"VWXY").is_some_and(|cause| cause != injury) {
            findings.report(
                cause.code.place,
                format!("{} ends otherwise than the injuries", cause.code.text()),
                "end it as the injury that it caused: A under treatment, D after it, S for a sequela",
            );
        }
    }
}

fn visit(diagnosis: &Diagnosis<'_>, chapters: &[u8]) -> Option<Visit> {
    let [chapter, _, _, _, _, _, last] = diagnosis.code.bytes() else { return None };
    if !chapters.contains(chapter) || !diagnosis.is_icd10() {
        return None;
    }
    // Fractures have letters of their own: of open ones, and of how they heal.
    match last {
        b'A'..=b'C' => Some(Visit::Treatment),
        b'D'..=b'R' => Some(Visit::Aftercare),
        b'S' => Some(Visit::Sequela),
        _ => None,
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HI*ABK:S93401A", "HI*ABK:S93401D")]).of(Clean::Outpatient),
    Example::fails(&[("HI*ABK:E119*ABF:I10", "HI*ABK:S93401A*ABF:W010XXD")]),
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:S52501G*ABF:W010XXD")]),
    // A place has no seventh character.
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:S93401D*ABF:Y92009")]),
    // One injury of each kind: the cause may be of either.
    Example::passes(&[("HI*ABK:E119*ABF:I10", "HI*ABK:S93401A*ABF:S52501D*ABF:W010XXD")]),
];
