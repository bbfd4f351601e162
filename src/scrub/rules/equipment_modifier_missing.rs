use x12::view::claim::Claim;

use crate::scrub::example::segments::{MEDICARE, PAYER};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-LINE-26",
    name: "equipment-modifier-missing",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A7:453",
    what: "Equipment is billed to Medicare without whether it is new, used, or rented.",
    why: "each has a price of its own; Medicare denies the line",
    source: "CMS, Claims Processing Manual 100-04 ch. 20 sections 30.6 and 130; CMS, DMEPOS fee schedule, category OX",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// New, rented, used; kept up, mended, or replaced.
const TERMS: &[&str] = &["NU", "RR", "UE", "MS", "RA", "RB"];

/// What fills a system of oxygen is used up: a month of it has one price.
const OXYGEN_CONTENTS: &[&str] = &["E0441", "E0442", "E0443", "E0444", "E0447"];

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MB"]) {
        return;
    }
    for procedure in claim.lines.iter().map(|line| &line.procedure) {
        let is_equipment =
            matches!(procedure.code.bytes(), [b'E', number @ ..] if number.len() == 4);
        let is_contents = procedure.code.is_any(OXYGEN_CONTENTS);
        if is_equipment && !is_contents && !procedure.has_any_modifier(TERMS) {
            findings.report(
                procedure.code.place,
                format!("{} without NU, RR or UE", procedure.code.text()),
                "add NU for new, UE for used or RR for rented equipment",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:E0570*40")]),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:E0570:RR:KH*40")]),
    Example::passes(&[("HC:93000*40", "HC:E0570*40")]),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:E0441*40")]),
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:E0424*40")]),
];
