use x12::view::claim::Claim;

use crate::scrub::example::segments::{MEDICARE, PAYER};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-62",
    name: "certifier-of-therapy-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:562:DN",
    what: "Therapy is billed to Medicare without who certified the plan of care.",
    why: "Medicare wants that doctor as the referring provider and returns the claim without",
    source: "CMS, MLN Matters MM8005; Noridian, \"Certifying physician: identify for claim processing\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MB"]) || claim.provider("DN").is_some() {
        return;
    }
    let treatment = claim.lines.iter().find(|line| {
        line.procedure.code.is_any(TREATMENTS)
            && line.procedure.has_any_modifier(&["GN", "GO", "GP"])
    });
    let is_named = |entity| claim.lines.iter().any(|line| line.provider(entity).is_some());
    if let Some(line) = treatment.filter(|_| !is_named("DN") && !is_named("DK")) {
        findings.report_missing(
            "NM1",
            claim.diagnoses.last().map_or(claim.place, |last| last.code.place),
            format!("{} is therapy, but NM1*DN is missing", line.procedure.code.text()),
            "name who certified the plan of care in loop 2310A",
        );
    }
}

/// Treatments that are therapy whoever gives them. An evaluation may come before the plan.
const TREATMENTS: &[&str] = &[
    "92507", "92508", "92526", "97012", "97016", "97018", "97022", "97024", "97026", "97028",
    "97032", "97033", "97034", "97035", "97036", "97110", "97112", "97113", "97116", "97124",
    "97140", "97150", "97530", "97533", "97535", "97537", "97542", "97760", "97761", "97763",
    "G0281", "G0283", "G0329",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:97110:GP*40")]),
    Example::passes(&[
        (PAYER, MEDICARE),
        ("HC:93000*40", "HC:97110:GP*40"),
        ("NM1*82", "NM1*DN*1*ASH*KIM****XX*1999001047~\nNM1*82"),
    ]),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:97161:GP*40")]),
    Example::passes(&[("HC:93000*40", "HC:97110:GP*40")]),
];
