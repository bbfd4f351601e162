use x12::value::Day;
use x12::view::claim::{Claim, Line};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-61",
    name: "home-of-care-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:454",
    what: "Visits of home health are billed to Medicare without the kind of home they were made to.",
    why: "Medicare returns the bill: since July 2013 a line says where care was given",
    source: "CMS, CR 8136; CGS, \"Top claim submission errors for home health\", reason code 31790",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    // Notices have letters; neither a void nor a bill for a denial need tell it.
    let is_bill = bill.frequency.is_any(&["1", "2", "3", "4", "7", "9"]);
    let is_home_health = bill.facility_type.is("32") && claim.is_filed_with(&["MA", "MB"]);
    let is_since = context.days.is_some_and(|days| SINCE <= days.from);
    let is_told = claim.lines.iter().any(|line| line.procedure.code.is_any(HOMES));
    if is_bill && is_home_health && is_since && !is_told && claim.lines.iter().any(is_visit) {
        findings.report_missing(
            "SV2",
            claim.lines.last().map_or(claim.place, |last| last.place),
            format!("type of bill {} without Q5001, Q5002 or Q5009", bill.type_of_bill()),
            "add a line with the revenue code and the day of the first visit, the code of the \
             kind of home, one unit and a charge of a cent",
        );
    }
}

/// Therapy of bodies, hands and speech, nursing, social work and aides.
fn is_visit(line: &Line<'_>) -> bool {
    let code = line.revenue_code.map(|code| code.bytes());
    matches!(code, Some([b'0', b'4', b'2'..=b'4', _] | [b'0', b'5', b'5'..=b'7', _]))
}

/// A home of one's own, assisted living, and a place that is neither.
const HOMES: &[&str] = &["Q5001", "Q5002", "Q5009"];

const SINCE: Day = Day::new(2013, 7, 1).expect("a day of the calendar");

const EXAMPLES: &[Example] = &[
    Example::fails(&[UNTOLD]).of(Clean::HomeHealth),
    Example::passes(&[("HC:Q5001", "HC:Q5002")]).of(Clean::HomeHealth),
    Example::fails(&[("HC:Q5001", "HC:Q5003")]).of(Clean::HomeHealth),
    Example::passes(&[UNTOLD, ("32:A:4", "32:A:A")]).of(Clean::HomeHealth),
    Example::passes(&[UNTOLD, ("32:A:4", "32:A:0")]).of(Clean::HomeHealth),
    Example::passes(&[UNTOLD, ("32:A:4", "34:A:4")]).of(Clean::HomeHealth),
    Example::passes(&[UNTOLD, ("*MA~", "*16~")]).of(Clean::HomeHealth),
    Example::passes(&[UNTOLD, ("20260101-20260130", "20130630-20130729")]).of(Clean::HomeHealth),
    Example::passes(&[
        UNTOLD,
        ("SV2*0551*HC:G0299*1400*UN*8", "SV2*0270**1400*UN*8"),
        ("SV2*0421*HC:G0151*1050*UN*6", "SV2*0270**1050*UN*6"),
    ])
    .of(Clean::HomeHealth),
];

const UNTOLD: (&str, &str) = ("SV2*0551*HC:Q5001*.01*UN*1", "SV2*0270**.01*UN*1");
