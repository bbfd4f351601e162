use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-04",
    name: "revenue-code-of-total",
    snip: 5,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Reject,
    status: "A7:455",
    what: "A service line carries 0001, the line of totals of the paper form.",
    why: "an 837 has no line of totals: CLM02 is the total, and payers reject the line or count it twice",
    source: "CMS, Common Edits and Enhancements Module, SV201",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for code in claim.lines.iter().filter_map(|line| line.revenue_code) {
        if code.is("0001") {
            findings.report(
                code.place,
                "revenue code 0001 stands on a service line",
                "leave the line of totals out; CLM02 has the total",
            );
        }
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0250*", "SV2*0001*")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0250*", "SV2*0270*")]).of(Clean::Inpatient),
];
