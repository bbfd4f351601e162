use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-50",
    name: "rate-line-missing",
    snip: 6,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:513",
    what: "Home health, skilled nursing or rehabilitation is billed to Medicare without the line of its rate.",
    why: "Medicare pays such care by the HIPPS code of that line, and returns a bill without it",
    source: "CMS, Claims Processing Manual 100-04 ch. 3 section 140.3 (0024), ch. 6 section 30 (0022), ch. 10 \
             section 40.2 (0023); Palmetto GBA, reason code 32243",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(bill) = &claim.institutional else { return };
    let Some(rate) = rate_of(claim).filter(|_| claim.is_filed_with(&["MA", "MB"])) else { return };
    let mut revenue_codes = claim.lines.iter().filter_map(|line| line.revenue_code);
    if !revenue_codes.any(|code| code.is(rate)) {
        findings.report_missing(
            "SV2",
            claim.lines.last().map_or(claim.place, |last| last.place),
            format!("type of bill {} without revenue code {rate}", bill.type_of_bill()),
            format!("add a line with {rate} and the HIPPS code of the care"),
        );
    }
}

/// The revenue code by which Medicare pays a bill; none for notices, voids and other care.
fn rate_of(claim: &Claim<'_>) -> Option<&'static str> {
    let bill = claim.institutional.as_ref()?;
    let frequency = |letters: &[&str]| bill.frequency.is_any(letters);
    match bill.facility_type.bytes() {
        // A bill for a denial (0) wants the line, too.
        b"32" if frequency(&["0", "1", "2", "3", "4", "7", "9"]) => Some("0023"),
        // Where a denial is asked for, or none pays, there need not be a rate.
        b"21" if frequency(&["1", "2", "3", "4", "7"]) => {
            (!bill.has_condition("20") && !bill.has_condition("21")).then_some("0022")
        }
        b"11" if frequency(&["1", "4", "7"]) => {
            let specialty = claim.billing.taxonomy?;
            specialty.is_any(REHABILITATION).then_some("0024")
        }
        _ => None,
    }
}

/// Hospitals and units for rehabilitation.
const REHABILITATION: &[&str] = &["283X00000X", "273Y00000X"];

const EXAMPLES: &[Example] = &[
    Example::fails(&[NO_PERIOD]).of(Clean::HomeHealth),
    Example::fails(&[NO_PERIOD, ("32:A:4", "32:A:0"), ("HI*BE:61", "HI*BG:21~\nHI*BE:61")])
        .of(Clean::HomeHealth),
    Example::passes(&[NO_PERIOD, ("32:A:4", "32:A:A")]).of(Clean::HomeHealth),
    Example::passes(&[NO_PERIOD, ("32:A:4", "34:A:4")]).of(Clean::HomeHealth),
    Example::passes(&[NO_PERIOD, ("*MA~", "*16~")]).of(Clean::HomeHealth),
    Example::fails(&[NO_STAY]).of(Clean::Nursing),
    Example::passes(&[NO_STAY, ("21:A:1*", "21:A:0*")]).of(Clean::Nursing),
    Example::passes(&[NO_STAY, ("HI*BE:80", "HI*BG:21~\nHI*BE:80")]).of(Clean::Nursing),
    // Small hospitals are paid for a swing bed by its cost.
    Example::passes(&[NO_STAY, ("21:A:1*", "18:A:1*")]).of(Clean::Nursing),
    Example::fails(&[REHAB, MEDICARE, NUMBER]).of(Clean::Inpatient),
    Example::passes(&[
        REHAB,
        MEDICARE,
        NUMBER,
        ("LX*1~\n", "LX*1~\nSV2*0024*HP:A0101*0*UN*1~\nLX*9~\n"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[REHAB]).of(Clean::Inpatient),
    Example::passes(&[MEDICARE, NUMBER]).of(Clean::Inpatient),
];

const NO_PERIOD: (&str, &str) = ("SV2*0023*HP:1AA11*0*UN*1", "SV2*0270**0*UN*1");

const NO_STAY: (&str, &str) = ("SV2*0022*HP:KAXD1*0*UN*14", "SV2*0270**0*UN*14");

const REHAB: (&str, &str) = ("PXC*282N00000X", "PXC*283X00000X");

const MEDICARE: (&str, &str) = ("SBR*P*18*******CI", "SBR*P*18*******MA");

const NUMBER: (&str, &str) = ("MI*MEM000001", "MI*1AC2DE3FG45");
