use x12::view::claim::Claim;

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-23",
    name: "therapy-modifier-missing",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:453",
    what: "Medicare is billed for therapy without the plan of care that it belongs to.",
    why: "GN, GO and GP say whether speech, occupational or physical therapy; Medicare returns the line",
    source: "CMS, Claims Processing Manual 100-04 ch. 5 section 20",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MB"]) {
        return;
    }
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        // Only assistants of therapists bear CO and CQ.
        let is_therapy =
            procedure.code.is_any(ALWAYS_THERAPY) || procedure.has_any_modifier(&["CO", "CQ"]);
        if is_therapy && !procedure.has_any_modifier(&["GN", "GO", "GP"]) {
            findings.report(
                procedure.code.place,
                format!("{} is therapy of no discipline", procedure.code.text()),
                "add GN for speech, GO for occupational or GP for physical therapy",
            );
        }
    }
}

/// What Medicare takes for therapy whoever gives it.
const ALWAYS_THERAPY: &[&str] = &[
    "92507", "92508", "92521", "92522", "92523", "92524", "92526", "97012", "97016", "97018",
    "97022", "97024", "97026", "97028", "97032", "97033", "97034", "97035", "97036", "97110",
    "97112", "97113", "97116", "97124", "97140", "97150", "97161", "97162", "97163", "97164",
    "97165", "97166", "97167", "97168", "97530", "97533", "97535", "97537", "97542", "97750",
    "97755", "97760", "97761", "97763", "G0281", "G0283", "G0329",
];

const EXAMPLES: &[Example] = &[
    Example::fails(&[MEDICARE, NUMBER, ("HC:93000*40", "HC:97110*40")]),
    Example::passes(&[MEDICARE, NUMBER, ("HC:93000*40", "HC:97110:GP*40")]),
    Example::passes(&[("HC:93000*40", "HC:97110*40")]),
    Example::fails(&[MEDICARE, NUMBER, ("HC:93000*40", "HC:97597:CQ*40")]),
    Example::passes(&[MEDICARE, NUMBER, ("HC:93000*40", "HC:97597:CQ:GP*40")]),
    Example::passes(&[MEDICARE, NUMBER, ("HC:93000*40", "HC:97597*40")]),
];

const MEDICARE: (&str, &str) = ("SBR*P*18*GRP1******CI", "SBR*P*18*******MB");

const NUMBER: (&str, &str) = ("MI*W1", "MI*1EG4TE5MK73");
