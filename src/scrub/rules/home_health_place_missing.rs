use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-51",
    name: "home-health-place-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:725",
    what: "Home health is billed to Medicare without where it was given.",
    why: "the wages of the area and the county set the payment; Medicare returns a bill without both",
    source: "CMS, Claims Processing Manual 100-04 ch. 10 section 40.2 (value codes 61 and 85), CR 10782, CR 13543",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Of services from this day on the county is told, too.
const COUNTIES_SINCE: Day = Day::new(2019, 1, 1).expect("a day of the calendar");

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    // A notice of admission and its cancellation (A to D) bill no period, nor does a void.
    let is_period = !bill.frequency.is_any(&["8", "A", "B", "C", "D"]);
    if !bill.facility_type.is("32") || !is_period || !claim.is_filed_with(&["MA", "MB"]) {
        return;
    }
    let wanted: &[(&str, &str)] =
        if days.from < COUNTIES_SINCE { &[AREA] } else { &[AREA, COUNTY] };
    let diagnoses = claim.diagnoses.last().map(|last| last.code.place);
    let values = bill.values.last().map(|last| last.code.place);
    for (code, fix) in wanted {
        if bill.value(code).is_none() {
            findings.report_missing(
                "HI",
                values.or(diagnoses).unwrap_or(claim.place),
                format!("type of bill {} without value code {code}", bill.type_of_bill()),
                *fix,
            );
        }
    }
}

const AREA: (&str, &str) = ("61", "add value code 61 with the number of the area (CBSA)");

const COUNTY: (&str, &str) = ("85", "add value code 85 with the number of the county (FIPS)");

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*BE:85:::17167", "")]).of(Clean::HomeHealth),
    Example::fails(&[("BE:61:::44100*", "")]).of(Clean::HomeHealth),
    Example::fails(&[("HI*BE:61:::44100*BE:85:::17167~\n", "")]).times(2).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("32:A:4", "32:A:A")]).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("32:A:4", "34:A:4")]).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("*MA~", "*16~")]).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("20260101-20260130", "20181201-20181230")])
        .of(Clean::HomeHealth),
];
