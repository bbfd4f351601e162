use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds, visits};

pub static RULE: Rule = Rule {
    code: "CG-UB-63",
    name: "rural-visit-unmarked",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:453",
    what: "A rural clinic bills a visit to Medicare, and no line of the day bears CG.",
    why: "Medicare pays the visits of a day by the line with CG, and without one it pays none",
    source: "CMS, MLN Matters SE1611 (since October 2016); Palmetto GBA, RHC reporting requirements",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if !visits::is_medicare_bill_of_clinic(claim, "71") {
        return;
    }
    for (day, line) in visits::clinic_visits_by_day(claim) {
        let mut same_day = claim.lines.iter().filter(|line| claim.days_of(line) == Some(day));
        if SINCE <= day.from && !same_day.any(|line| line.procedure.has_modifier("CG")) {
            findings.report(
                line.procedure.code.place,
                format!("{} on a day of which no line has CG", line.procedure.code.text()),
                "add CG to the line of the service that was the reason for the visit",
            );
        }
    }
}

const SINCE: Day = Day::new(2016, 10, 1).expect("a day of the calendar");

const EXAMPLES: &[Example] = &[
    Example::fails(&[CLINIC, MEDICARE, NUMBER, (BILLED, VISIT)]).of(Clean::Outpatient),
    Example::passes(&[CLINIC, MEDICARE, NUMBER, (BILLED, MARKED)]).of(Clean::Outpatient),
    // Another line of the day was the reason for the visit.
    Example::passes(&[CLINIC, MEDICARE, NUMBER, (BILLED, VISIT), BESIDE]).of(Clean::Outpatient),
    Example::passes(&[CLINIC, (BILLED, VISIT)]).of(Clean::Outpatient),
    Example::passes(&[("*13:A:1*", "*85:A:1*"), MEDICARE, NUMBER, (BILLED, VISIT)])
        .of(Clean::Outpatient),
    // A vaccine alone, or a month of care from afar, is no visit.
    Example::passes(&[CLINIC, MEDICARE, NUMBER, (BILLED, "SV2*0771*HC:G0008*620*UN*1")])
        .of(Clean::Outpatient),
    Example::passes(&[CLINIC, MEDICARE, NUMBER, (BILLED, "SV2*0521*HC:99490*620*UN*1")])
        .of(Clean::Outpatient),
];

const CLINIC: (&str, &str) = ("*13:A:1*", "*71:A:1*");

const MEDICARE: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******MB");

const NUMBER: (&str, &str) = ("MI*MEM000001", "MI*1AC2DE3FG45");

const BILLED: &str = "SV2*0450*HC:99284:25*620*UN*1";

const VISIT: &str = "SV2*0521*HC:99213*620*UN*1";

const MARKED: &str = "SV2*0521*HC:99213:CG*620*UN*1";

const BESIDE: (&str, &str) = ("HC:73610:RT", "HC:73610:CG:RT");
