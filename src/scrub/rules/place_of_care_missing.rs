use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-51",
    name: "place-of-care-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:725",
    what: "Home health or hospice is billed to Medicare without where it was given.",
    why: "the wages of the area set the payment, and the county is counted; Medicare returns a bill without them",
    source: "CMS, Claims Processing Manual 100-04 ch. 10 section 40.2 (value codes 61 and 85; CR 10782, CR 13543) \
             and ch. 11 section 30.3 (61 and G8)",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    // Notices have letters; a void need not tell it again, nor does a hospice's bill for no payment.
    let is_bill = bill.frequency.is_any(&["1", "2", "3", "4", "7", "9"]);
    if !is_bill || !claim.is_filed_with(&["MA", "MB"]) {
        return;
    }
    let diagnoses = claim.diagnoses.last().map(|last| last.code.place);
    let values = bill.values.last().map(|last| last.code.place);
    for (code, fix) in wanted(claim, context) {
        if bill.value(code).is_none() {
            findings.report_missing(
                "HI",
                values.or(diagnoses).unwrap_or(claim.place),
                format!("type of bill {} without value code {code}", bill.type_of_bill()),
                fix,
            );
        }
    }
}

type Wanted = (&'static str, &'static str);

/// The value codes that a bill must have, and what to do without.
fn wanted(claim: &Claim<'_>, context: &Context<'_>) -> Vec<Wanted> {
    let Some(bill) = &claim.institutional else { return Vec::new() };
    let has_any = |codes: &[&str]| {
        let mut revenue_codes = claim.lines.iter().filter_map(|line| line.revenue_code);
        revenue_codes.any(|code| code.is_any(codes))
    };
    let is_since = |day: Day| context.days.is_some_and(|days| day <= days.from);
    match bill.facility_type.bytes() {
        b"32" if is_since(COUNTIES_SINCE) => vec![AREA, COUNTY],
        b"32" => vec![AREA],
        // At home by the day or by the hour, then in a facility.
        b"81" | b"82" => {
            let at_home = has_any(&["0651", "0652"]).then_some(AREA);
            let in_facility = has_any(&["0655", "0656"]).then_some(FACILITY);
            at_home.into_iter().chain(in_facility).collect()
        }
        _ => Vec::new(),
    }
}

/// Of home health from this day on the county is told, too.
const COUNTIES_SINCE: Day = Day::new(2019, 1, 1).expect("a day of the calendar");

const AREA: Wanted = ("61", "add value code 61 with the number of the area (CBSA)");

const COUNTY: Wanted = ("85", "add value code 85 with the number of the county (FIPS)");

const FACILITY: Wanted = ("G8", "add value code G8 with the number of the facility's area (CBSA)");

const EXAMPLES: &[Example] = &[
    Example::fails(&[("*BE:85:::17167", "")]).of(Clean::HomeHealth),
    Example::fails(&[("BE:61:::44100*", "")]).of(Clean::HomeHealth),
    Example::fails(&[("HI*BE:61:::44100*BE:85:::17167~\n", "")]).times(2).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("32:A:4", "32:A:A")]).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("32:A:4", "34:A:4")]).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("*MA~", "*16~")]).of(Clean::HomeHealth),
    Example::passes(&[("*BE:85:::17167", ""), ("20260101-20260130", "20181201-20181230")])
        .of(Clean::HomeHealth),
    Example::fails(&[HOSPICE, DAYS, ("BE:80:::14", "BE:G8:::44100")]).of(Clean::Nursing),
    Example::fails(&[HOSPICE, RESPITE, ("BE:80:::14", "BE:61:::44100")]).of(Clean::Nursing),
    Example::passes(&[HOSPICE, DAYS, ("BE:80:::14", "BE:61:::44100")]).of(Clean::Nursing),
    Example::passes(&[HOSPICE, RESPITE, ("BE:80:::14", "BE:G8:::44100")]).of(Clean::Nursing),
];

const HOSPICE: (&str, &str) = ("*21:A:1*", "*81:A:1*");

const DAYS: (&str, &str) = ("SV2*0120**5880*DA*14", "SV2*0651*HC:Q5001*5880*UN*14");

const RESPITE: (&str, &str) = ("SV2*0120**5880*DA*14", "SV2*0655*HC:Q5005*5880*UN*14");
