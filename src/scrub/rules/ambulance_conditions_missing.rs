use x12::view::claim::Claim;

use super::ambulance_transport_missing::is_transport;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-28",
    name: "ambulance-conditions-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Hold,
    status: "A6:337",
    what: "An ambulance claim does not say which conditions made the transport necessary.",
    why: "payers that judge the need from CRC deny the claim",
    source: "X12 837P guide, CRC*07",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    if is_transport(claim) && !claim.conditions.iter().any(|about| about.is("07")) {
        findings.report_missing(
            "CRC",
            claim.ambulance.map_or(claim.place, |transport| transport.place),
            "the claim is for an ambulance, but CRC*07 is missing",
            "add CRC*07 with the conditions that applied",
        );
    }
}

const CONDITIONS: &str = "\
    CR1****A*DH*14~\n\
    HI*ABK";

const STOPS: &str = "\
    NM1*PW*2~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    NM1*45*2*HARBOR~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("11:B:1", "41:B:1"), ("HI*ABK", CONDITIONS), ("LX*1", STOPS)]),
    Example::passes(&[("11:B:1", "41:B:1"), ("HI*ABK", "CRC*07*Y*04~\nHI*ABK")]),
    Example::passes(&[("11:B:1", "41:B:1"), ("HC:99213:25*60", "HC:A0998*60")]),
];
