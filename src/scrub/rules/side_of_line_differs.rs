use x12::segment::Field;
use x12::view::claim::{Claim, Diagnosis};

use crate::code_sets::Standing;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-ICD-07",
    name: "side-of-line-differs",
    snip: 5,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Warn,
    status: "A8:453+A8:255",
    what: "A line is for one side of the body, and its diagnosis is of the other.",
    why: "payers deny it, or ask for the record: one of the two is wrong",
    source: "NCHS, ICD-10-CM tabular list; CMS, modifiers of sides, fingers and toes (Claims Processing Manual 100-04 ch. 12)",
    needs: &["diagnosis-left", "diagnosis-right"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    for line in &claim.lines {
        let mut sides = line.procedure.modifiers.iter().filter(is_side);
        // Two sides on a line contradict each other, which another rule tells.
        let (Some(modifier), None) = (sides.next(), sides.next()) else { continue };
        let (own, other) = match modifier.is_any(RIGHT) {
            true => ("diagnosis-right", "diagnosis-left"),
            false if modifier.is_any(LEFT) => ("diagnosis-left", "diagnosis-right"),
            false => continue,
        };
        let Some(days) = claim.days_of(line) else { continue };
        let is = |set: &str, diagnosis: &Diagnosis<'_>| {
            let code = diagnosis.code.bytes();
            context.codes.standing(set, code, days.to) == Some(Standing::Valid)
        };
        let Some(first) = claim.diagnoses_of_line(line).next() else { continue };
        let chapter = first.code.bytes().first();
        // Any other of its chapter that is not of the other side may be what the line is for.
        let may_be_for = |diagnosis: &Diagnosis<'_>| {
            is(own, diagnosis)
                || (!is(other, diagnosis) && diagnosis.code.bytes().first() == chapter)
        };
        if is(other, first) && !claim.diagnoses_of_line(line).any(may_be_for) {
            findings.report(
                modifier.place,
                format!("modifier {} on a line for {}", modifier.text(), first.code.text()),
                "correct the modifier, or point at the diagnosis of that side",
            );
        }
    }
}

/// Both sides, or one: the half of the body, an eyelid, a finger, a toe.
fn is_side(modifier: &&Field<'_>) -> bool {
    modifier.is("50") || modifier.is_any(LEFT) || modifier.is_any(RIGHT)
}

const LEFT: &[&str] =
    &["LT", "E1", "E2", "FA", "F1", "F2", "F3", "F4", "TA", "T1", "T2", "T3", "T4"];

const RIGHT: &[&str] =
    &["RT", "E3", "E4", "F5", "F6", "F7", "F8", "F9", "T5", "T6", "T7", "T8", "T9"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[("ABK:E119*", "ABK:M1711*"), ("HC:99213:25*60", "HC:20610:LT*60")]),
    Example::fails(&[
        ("ABK:E119*ABF:I10", "ABK:M1712*ABF:M25562"),
        ("HC:99213:25*60", "HC:20610:RT*60"),
    ]),
    Example::passes(&[("ABK:E119*", "ABK:M1711*"), ("HC:99213:25*60", "HC:20610:RT*60")]),
    // The left thumb, for a finger of the right hand.
    Example::fails(&[("ABK:E119*", "ABK:M65331*"), ("HC:99213:25*60", "HC:26055:FA*60")]),
    Example::passes(&[("ABK:E119*", "ABK:M65331*"), ("HC:99213:25*60", "HC:26055:F7*60")]),
    Example::passes(&[("ABK:E119*", "ABK:M170*"), ("HC:99213:25*60", "HC:20610:RT*60")]),
    // Both knees hurt, and one of them was treated.
    Example::passes(&[
        ("ABK:E119*ABF:I10", "ABK:M1711*ABF:M25562"),
        ("HC:99213:25*60", "HC:20610:LT*60"),
    ]),
    // What the left half of the brain has lost shows on the right.
    Example::passes(&[("ABK:E119*", "ABK:I63512*"), ("HC:99213:25*60", "HC:95907:RT*60")]),
];
