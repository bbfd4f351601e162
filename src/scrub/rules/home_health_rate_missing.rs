use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-50",
    name: "home-health-rate-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:513",
    what: "Home health is billed to Medicare without the line of its rate.",
    why: "Medicare pays the period by the HIPPS code of revenue code 0023, and returns a bill without it",
    source: "CMS, Claims Processing Manual 100-04 ch. 10 section 40.2; Palmetto GBA, reason code 32243",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    let mut revenue_codes = claim.lines.iter().filter_map(|line| line.revenue_code);
    let has_rate = revenue_codes.any(|code| code.is("0023"));
    // A notice of admission and its cancellation (A to D) bill no period, nor does a void.
    let is_period = !bill.frequency.is_any(&["8", "A", "B", "C", "D"]);
    if bill.facility_type.is("32") && is_period && !has_rate && claim.is_filed_with(&["MA", "MB"]) {
        findings.report_missing(
            "SV2",
            claim.lines.last().map_or(claim.place, |last| last.place),
            format!("type of bill {} without revenue code 0023", bill.type_of_bill()),
            "add a line with 0023, the HIPPS code of the period, and its first day",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[NO_RATE]).of(Clean::HomeHealth),
    Example::fails(&[NO_RATE, ("32:A:4", "32:A:0"), ("HI*BH:50", "HI*BG:21~\nHI*BH:50")])
        .of(Clean::HomeHealth),
    Example::passes(&[NO_RATE, ("32:A:4", "32:A:A")]).of(Clean::HomeHealth),
    Example::passes(&[NO_RATE, ("32:A:4", "34:A:4")]).of(Clean::HomeHealth),
    Example::passes(&[NO_RATE, ("*MA~", "*16~")]).of(Clean::HomeHealth),
];

const NO_RATE: (&str, &str) = ("SV2*0023*HP:1AA11*0*UN*1", "SV2*0270**0*UN*1");
