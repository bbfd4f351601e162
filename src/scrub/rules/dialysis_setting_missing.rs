use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds, visits};

pub static RULE: Rule = Rule {
    code: "CG-UB-65",
    name: "dialysis-setting-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:460",
    what: "Dialysis is billed to Medicare without whether it was given at home or in the unit.",
    why: "Medicare pays dialysis by the setting and returns a bill without one of condition codes 71 to 76",
    source: "CMS, Claims Processing Manual 100-04 ch. 8 section 50.3; Noridian, ESRD billing guide; First Coast, ESRD billing requirements",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    let is_told = SETTINGS.iter().any(|code| bill.has_condition(code));
    if visits::is_medicare_bill_of_dialysis(claim) && !is_told {
        findings.report_missing(
            "HI",
            claim.diagnoses.last().map_or(claim.place, |last| last.code.place),
            "type of bill 72 without a condition code of 71 to 76",
            "add HI*BG with 71 for care in the unit, 72 for self-care there, 73 for training, 74 \
             for home, 76 for the unit in place of home",
        );
    }
}

/// Where it was given and by whom; then kidneys that failed for a time, and training again, which may
/// stand for them.
const SETTINGS: &[&str] = &["71", "72", "73", "74", "75", "76", "84", "87"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[UNIT, MEDICARE, NUMBER, HEMODIALYSIS, DAY, MEASURES]).of(Clean::Outpatient),
    Example::passes(&[UNIT, MEDICARE, NUMBER, HEMODIALYSIS, ("HI*BG:17", "HI*BG:74")])
        .of(Clean::Outpatient),
    Example::passes(&[UNIT, HEMODIALYSIS]).of(Clean::Outpatient),
    Example::passes(&[UNIT, MEDICARE, NUMBER]).of(Clean::Outpatient),
    Example::passes(&[("*13:A:1*", "*72:A:0*"), MEDICARE, NUMBER, HEMODIALYSIS])
        .of(Clean::Outpatient),
];

const UNIT: (&str, &str) = ("*13:A:1*", "*72:A:1*");

const MEDICARE: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******MB");

const NUMBER: (&str, &str) = ("MI*MEM000001", "MI*1AC2DE3FG45");

const HEMODIALYSIS: (&str, &str) =
    ("SV2*0450*HC:99284:25*620*UN*1", "SV2*0821*HC:90999:G4:V6*620*UN*1");

const DAY: (&str, &str) = ("HI*BH:05:D8:20260209", "HI*BH:05:D8:20260209*BH:51:D8:20260209");

const MEASURES: (&str, &str) =
    ("HI*BG:17", "HI*BE:A8:::70*BE:A9:::170*BE:48:::10.4*BE:D5:::1.5~\nHI*BG:17");
