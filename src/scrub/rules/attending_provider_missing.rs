use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-18",
    name: "attending-provider-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A6:562:71",
    what: "The claim does not name the attending provider.",
    why: "payers reject every institutional claim without one, except for rides that were not scheduled",
    source: "X12 837I guide, 2310A",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let is_ride = |code: Field<'_>| code.bytes().starts_with(b"054");
    let is_only_rides = claim.lines.iter().all(|line| line.revenue_code.is_some_and(is_ride));
    // Rosters of vaccinations name no one who attended.
    let is_roster = claim.institutional.as_ref().is_some_and(|stay| stay.has_condition("M1"));
    if !is_only_rides && !is_roster && claim.provider("71").is_none() {
        let last = claim.diagnoses.last().map_or(claim.place, |last| last.code.place);
        findings.report_missing(
            "NM1",
            last,
            "the claim has no NM1*71",
            "add loop 2310A with who is responsible for the patient's care",
        );
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("NM1*71*1*ROWAN*STELLA*B***XX*1999001419~\nPRV*AT*PXC*207R00000X~\n", "")])
        .of(Clean::Inpatient),
    Example::fails(&[("NM1*71*1*ROWAN*STELLA*B***XX*1999001419~\n", "")]).of(Clean::Outpatient),
    Example::passes(&[
        ("NM1*71*1*ROWAN*STELLA*B***XX*1999001419~\n", ""),
        ("SV2*0450*HC:99284:25", "SV2*0540*HC:A0427:SH"),
        ("SV2*0320*HC:73610:RT", "SV2*0540*HC:A0425:SH"),
        ("SV2*0250*", "SV2*0540*"),
    ])
    .of(Clean::Outpatient),
];
