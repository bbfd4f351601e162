use std::collections::HashMap;

use x12::value::{DayRange, Quantity};
use x12::view::claim::{Claim, Kind, Line};

use super::not_paid_by_fee_schedule::is_of_supplier;
use crate::code_sets::library::{Biller, UnitLimit};
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-NCCI-03",
    name: "units-unlikely",
    snip: 6,
    kinds: kinds::PROFESSIONAL_OR_INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:476",
    what: "More units of a procedure are billed for a day than Medicare believes.",
    why: "Medicare and many others deny the line, or all its units",
    source: "CMS, National Correct Coding Initiative, Medically Unlikely Edits",
    needs: &["ncci-mue"],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let is_inpatient = claim.institutional.as_ref().is_some_and(|bill| bill.is_inpatient());
    if is_inpatient || !context.codes.has("ncci-mue") {
        return;
    }
    // Units in thousandths of the lines before, by procedure and days.
    let mut by_code: HashMap<(&[u8], DayRange), i64> = HashMap::new();
    for line in &claim.lines {
        let Some((days, units)) = counted(claim, line) else { continue };
        let code = line.procedure.code;
        let of_code = by_code.entry((code.bytes(), days)).or_default();
        let earlier = std::mem::replace(of_code, of_code.saturating_add(units.thousandths()));
        let by = match claim.kind {
            Kind::Institutional => Biller::Hospital,
            Kind::Professional if is_of_supplier(claim, line) => Biller::Supplier,
            Kind::Professional | Kind::Dental => Biller::Practitioner,
        };
        let limit = context.codes.unit_limit(code.bytes(), days.from, by);
        let Some(UnitLimit { units: most, is_by_line }) = limit else { continue };
        let earlier = if is_by_line { 0 } else { earlier };
        let billed = units.thousandths().saturating_add(earlier);
        // Over several days each has its own.
        let of_days = days.to.days_since(days.from).max(0) + 1;
        if billed > i64::from(most) * 1000 * of_days {
            findings.report(
                line.quantity.place,
                format!(
                    "{} is billed {} times on a day, and {most} is the most that is believed",
                    code.text(),
                    Quantity::from_thousandths(billed / of_days).to_wire()
                ),
                if is_by_line {
                    "correct the units, or bill true repeats on lines with 76, 77, 91 or 59"
                } else {
                    "correct the units; be ready to show the record where they are right"
                },
            );
        }
    }
}

/// The days and units of a line whose units are counted; minutes are not.
fn counted<'a>(claim: &Claim<'a>, line: &Line<'a>) -> Option<(DayRange, Quantity)> {
    let is_counted = line.procedure.qualifier.is("HC") && line.unit.is("UN");
    let units = Quantity::parse(line.quantity.bytes()).filter(|_| is_counted)?;
    Some((claim.days_of(line)?, units))
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("HC:93000*40*UN*1*", "HC:93000*40*UN*4*")]).with_codes(),
    Example::passes(&[("HC:93000*40*UN*1*", "HC:93000*40*UN*3*")]).with_codes(),
    Example::fails(&[("HC:99213:25*60*UN*1*", "HC:93000:59*60*UN*3*")]).with_codes(),
    Example::passes(&[("HC:99213:25*60*UN*1*", "HC:99213:25*60*UN*99*")]).with_codes(),
    Example::passes(&[("HC:93000*40*UN*1*", "HC:99605*40*UN*1*")]).with_codes(),
    // What doctors may bill says nothing of the supplies of a month.
    Example::fails(&[("HC:93000*40*UN*1*", "HC:A6402*40*UN*30*")]).with_codes(),
    Example::passes(&[("HC:93000*40*UN*1*", "HC:A6402*40*UN*30*"), ("11:B:1", "12:B:1")])
        .with_codes(),
];
