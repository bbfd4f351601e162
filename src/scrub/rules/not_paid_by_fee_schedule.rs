use x12::view::claim::{Claim, Line};

use crate::code_sets::library::Fee;
use crate::scrub::example::segments::{MEDICARE, PAYER};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-FEE-05",
    name: "not-paid-by-fee-schedule",
    snip: 6,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A8:454",
    what: "Medicare's fee schedule does not pay the procedure, or not beside what else is billed.",
    why: "Medicare denies the line; what it does not cover is billed to the patient or another payer",
    source: "CMS, Physician Fee Schedule, status indicators B, I, N, P and T; 81 FR 80170 (99024 is reported)",
    needs: &["mpfs"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    if !claim.is_filed_with(&["MB"]) {
        return;
    }
    for line in &claim.lines {
        let code = line.procedure.code;
        let Some(fee) = fee_of(claim, line, context) else { continue };
        let why = match fee.status {
            // The patient knows, or the denial is wanted for another payer.
            b'N' if line.procedure.has_any_modifier(&["GA", "GX", "GY", "GZ"]) => continue,
            b'N' => "is not covered",
            // Codes of quality (CPT II) are told and not paid.
            b'I' if matches!(code.bytes(), [_, _, _, _, b'F']) => continue,
            b'I' => "is not known to Medicare, which has another code for it",
            // What Medicare's equipment carriers pay at home is not on the doctors' schedule.
            b'B' | b'P' if is_of_supplier(claim, line) => continue,
            // Practices tell of the visits after an operation with it, and are not paid for it.
            b'B' if code.is(VISIT_AFTER_OPERATION) => continue,
            b'B' | b'P' => "is part of whatever else is paid on the day",
            b'T' if has_paid_beside(claim, line, context) => "is paid only where nothing else is",
            _ => continue,
        };
        findings.report(
            code.place,
            format!("{} {why}", code.text()),
            "drop the line, bill the code that Medicare takes, or add GY where a denial is wanted",
        );
    }
}

/// What CMS has counted since 2017-07-01.
const VISIT_AFTER_OPERATION: &str = "99024";

fn fee_of(claim: &Claim<'_>, line: &Line<'_>, context: &Context<'_>) -> Option<Fee> {
    context.codes.fee(line.procedure.code.bytes(), claim.days_of(line)?.from)
}

/// Whether a line is for equipment or supplies (A4206 to A8999, B, E, K and L) that the patient has
/// where he lives: a supplier hands them out, and they are no part of a visit.
pub(super) fn is_of_supplier(claim: &Claim<'_>, line: &Line<'_>) -> bool {
    let is_supply = matches!(
        line.procedure.code.bytes(),
        [b'A', b'4'..=b'8', ..] | [b'B' | b'E' | b'K' | b'L', ..]
    );
    is_supply && claim.place_of(line).is_any(LIVED_IN)
}

/// Homes of all kinds, shelters, prisons and hostels, nursing facilities, dialysis at home.
const LIVED_IN: &[&str] =
    &["04", "09", "12", "13", "14", "16", "31", "32", "33", "54", "55", "56", "65"];

/// Whether another line of the same day is paid by the schedule.
fn has_paid_beside(claim: &Claim<'_>, line: &Line<'_>, context: &Context<'_>) -> bool {
    let days = claim.days_of(line);
    claim.lines.iter().any(|other| {
        let is_paid = fee_of(claim, other, context).is_some_and(|fee| fee.status == b'A');
        other.place != line.place && claim.days_of(other) == days && is_paid
    })
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:97010*40")]).with_codes(),
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:94760*40")]).with_codes(),
    Example::fails(&[(PAYER, MEDICARE), ("HC:99213:25*60", "HC:99244:25*60")]).with_codes(),
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:92015*40")]).with_codes(),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:92015:GY*40")]).with_codes(),
    // Dressings are part of a visit in the office; at home a supplier sells them.
    Example::fails(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:A6402*40")]).with_codes(),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:A6402*40"), ("11:B:1", "12:B:1")])
        .with_codes(),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:71046*40")]).with_codes(),
    Example::passes(&[("HC:93000*40", "HC:97010*40")]).with_codes(),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:99024*40")]).with_codes(),
    Example::passes(&[(PAYER, MEDICARE), ("HC:93000*40", "HC:3074F*40")]).with_codes(),
];
