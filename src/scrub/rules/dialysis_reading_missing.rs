use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds, visits};

pub static RULE: Rule = Rule {
    code: "CG-UB-66",
    name: "dialysis-reading-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:725",
    what: "Dialysis is billed to Medicare without how well it cleans the blood (Kt/V), or the day of that reading.",
    why: "Medicare returns the bill: value code D5 has the last reading, 9.99 if there is none, and occurrence 51 its day",
    source: "CMS, Claims Processing Manual 100-04 ch. 8 section 50.3 (CR 6782); Noridian, ESRD billing guide",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    // Kidneys that failed for a time alone are not measured so.
    if !visits::is_medicare_bill_of_dialysis(claim) || bill.has_condition("84") {
        return;
    }
    let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
    let Some(reading) = bill.value("D5") else {
        findings.report_missing(
            "HI",
            last,
            "type of bill 72 without value code D5",
            "add HI*BE with D5 and the last Kt/V, or 9.99 if none was taken",
        );
        return;
    };
    let is_taken =
        Quantity::parse(reading.bytes()).is_some_and(|known| known.thousandths() < 9_990);
    let has_day = bill.occurrences.iter().any(|occurrence| occurrence.code.is("51"));
    if is_taken && !has_day {
        findings.report_missing(
            "HI",
            last,
            "value code D5 without occurrence 51",
            "add HI*BH with 51 and the day of the reading",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[UNIT, MEDICARE, NUMBER, HEMODIALYSIS, ("HI*BG:17", NO_READING)])
        .of(Clean::Outpatient),
    Example::fails(&[UNIT, MEDICARE, NUMBER, HEMODIALYSIS, ("HI*BG:17", READING)])
        .of(Clean::Outpatient),
    Example::passes(&[UNIT, MEDICARE, NUMBER, HEMODIALYSIS, DAY, ("HI*BG:17", READING)])
        .of(Clean::Outpatient),
    Example::passes(&[UNIT, MEDICARE, NUMBER, HEMODIALYSIS, ("HI*BG:17", NOT_TAKEN)])
        .of(Clean::Outpatient),
    Example::passes(&[UNIT, MEDICARE, NUMBER, HEMODIALYSIS, ("HI*BG:17", "HI*BG:84")])
        .of(Clean::Outpatient),
    Example::passes(&[UNIT, HEMODIALYSIS]).of(Clean::Outpatient),
    Example::passes(&[UNIT, MEDICARE, NUMBER]).of(Clean::Outpatient),
];

const UNIT: (&str, &str) = ("*13:A:1*", "*72:A:1*");

const MEDICARE: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******MB");

const NUMBER: (&str, &str) = ("MI*MEM000001", "MI*1AC2DE3FG45");

const HEMODIALYSIS: (&str, &str) =
    ("SV2*0450*HC:99284:25*620*UN*1", "SV2*0821*HC:90999:G4:V6*620*UN*1");

const DAY: (&str, &str) = ("HI*BH:05:D8:20260209", "HI*BH:05:D8:20260209*BH:51:D8:20260209");

const NO_READING: &str = "HI*BE:A8:::70*BE:A9:::170~\nHI*BG:71";

const READING: &str = "HI*BE:A8:::70*BE:A9:::170*BE:D5:::1.5~\nHI*BG:71";

const NOT_TAKEN: &str = "HI*BE:A8:::70*BE:A9:::170*BE:D5:::9.99~\nHI*BG:71";
