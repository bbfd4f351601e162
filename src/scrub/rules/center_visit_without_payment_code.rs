use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds, visits};

pub static RULE: Rule = Rule {
    code: "CG-UB-64",
    name: "center-visit-without-payment-code",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:454",
    what: "A federally qualified health center bills a visit to Medicare without its payment code.",
    why: "Medicare prices the visits of a day by G0466 to G0470 and returns the bill without",
    source: "CMS, Claims Processing Manual 100-04 ch. 9 section 60.2; Social Security Act 1834(o) (payment codes of the FQHC)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // A supplement to what a plan of Medicare Advantage paid has its own revenue code.
    let is_supplement =
        claim.lines.iter().any(|line| line.revenue_code.is_some_and(|code| code.is("0519")));
    if is_supplement || !visits::is_medicare_bill_of_clinic(claim, "77") {
        return;
    }
    for (day, line) in visits::clinic_visits_by_day(claim) {
        let mut same_day = claim.lines.iter().filter(|line| claim.days_of(line) == Some(day));
        if SINCE <= day.from && !same_day.any(|line| line.procedure.code.is_any(PAYMENT_CODES)) {
            findings.report_missing(
                "SV2",
                line.place,
                format!(
                    "{} on a day of which no line has G0466 to G0470",
                    line.procedure.code.text()
                ),
                "add a line of the day with the payment code of the visit",
            );
        }
    }
}

/// Visits of new and known patients, the yearly one, talk with new and known patients; then care by
/// video.
const PAYMENT_CODES: &[&str] = &["G0466", "G0467", "G0468", "G0469", "G0470", "G2025"];

/// By then every center was paid so.
const SINCE: Day = Day::new(2016, 1, 1).expect("a day of the calendar");

const EXAMPLES: &[Example] = &[
    Example::fails(&[CENTER, MEDICARE, NUMBER, (BILLED, VISIT)]).of(Clean::Outpatient),
    Example::passes(&[CENTER, MEDICARE, NUMBER, (BILLED, VISIT), BESIDE]).of(Clean::Outpatient),
    Example::passes(&[CENTER, (BILLED, VISIT)]).of(Clean::Outpatient),
    Example::passes(&[CENTER, MEDICARE, NUMBER, (BILLED, "SV2*0519*HC:99213*620*UN*1")])
        .of(Clean::Outpatient),
    Example::passes(&[CENTER, MEDICARE, NUMBER, (BILLED, "SV2*0771*HC:G0008*620*UN*1")])
        .of(Clean::Outpatient),
];

const CENTER: (&str, &str) = ("*13:A:1*", "*77:A:1*");

const MEDICARE: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******MB");

const NUMBER: (&str, &str) = ("MI*MEM000001", "MI*1AC2DE3FG45");

const BILLED: &str = "SV2*0450*HC:99284:25*620*UN*1";

const VISIT: &str = "SV2*0521*HC:99213*620*UN*1";

const BESIDE: (&str, &str) = ("SV2*0320*HC:73610:RT", "SV2*0521*HC:G0467");
