use x12::view::claim::Claim;
use x12::view::parts::find_date;

use crate::scrub::example::segments::{MEDICARE, PAYER};
use crate::scrub::{Context, Example, Findings, Rule, Severity, form, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-48",
    name: "last-visit-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:757",
    what: "Routine foot care is billed to Medicare for an illness of the whole body, without when its doctor was last seen.",
    why: "Medicare pays it only where a doctor treats that illness, and denies the line without the day",
    source: "CMS, Benefit Policy Manual 100-02 ch. 15 section 290 (the illnesses with an asterisk); X12 837P guide, DTP*304",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Corns, calluses and nails.
const FOOT_CARE: &[&str] = &["11055", "11056", "11057", "11719", "11720", "11721", "G0127"];

/// How grave the illness shows itself in the foot.
const CLASSES: &[&str] = &["Q7", "Q8", "Q9"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MB"]) || claim.date("304").is_some() || !asks_for_doctor(claim) {
        return;
    }
    for line in &claim.lines {
        let is_foot_care =
            line.procedure.code.is_any(FOOT_CARE) && line.procedure.has_any_modifier(CLASSES);
        if is_foot_care && find_date(&line.dates, "304").is_none() {
            findings.report_missing(
                "DTP",
                line.procedure.place,
                format!("{} without DTP*304", line.procedure.code.text()),
                "add DTP*304 with the day on which the treating doctor last saw the patient",
            );
        }
    }
}

/// Whether the illness is one of those that count only under a doctor's care, and no other excuses foot
/// care by itself.
fn asks_for_doctor(claim: &Claim<'_>) -> bool {
    let has = |blocks: &[&str]| {
        let mut codes = claim.coded_diagnoses().map(|diagnosis| form::diagnosis(diagnosis.code));
        codes.any(|code| blocks.iter().any(|block| code.starts_with(block)))
    };
    has(UNDER_CARE) && !has(BY_THEMSELVES)
}

/// The illnesses that the manual marks: diabetes, inflamed veins, multiple sclerosis, the kidneys, and
/// nerves harmed by want of food or vitamins, by drink, cancer, drugs and poisons.
const UNDER_CARE: &[&str] = &[
    "D510", "E08", "E09", "E10", "E11", "E13", "E4", "E5", "G130", "G35", "G620", "G621", "G622",
    "G63", "I80", "K90", "N18",
];

/// Those that it names without the mark: arteries that close, inherited nerves, leprosy, syphilis of the
/// nerves, injured nerves.
const BY_THEMSELVES: &[&str] = &[
    "A30", "A521", "E7521", "E85", "G122", "G57", "G60", "I70", "I73", "I74", "S74", "S84", "S94",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:11720:Q8*40")]),
    Example::passes(&[
        (PAYER, MEDICARE),
        ("HC:93000*40", "HC:11720:Q8*40"),
        ("HI*ABK", "DTP*304*D8*20260901~\nHI*ABK"),
    ]),
    Example::passes(&[("HC:93000*40", "HC:11720:Q8*40")]),
    // Arteries that close are reason enough.
    Example::passes(&[
        (PAYER, MEDICARE),
        ("HC:93000*40", "HC:11720:Q8*40"),
        ("ABK:E119*ABF:I10", "ABK:I70203*ABF:B351"),
    ]),
    Example::passes(&[
        (PAYER, MEDICARE),
        ("HC:93000*40", "HC:11720:Q8*40"),
        ("ABK:E119*ABF:I10", "ABK:E119*ABF:I70203"),
    ]),
];
