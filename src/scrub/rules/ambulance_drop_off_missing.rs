use x12::view::claim::Claim;

use super::ambulance_transport_missing::is_transport;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-27",
    name: "ambulance-drop-off-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A6:266",
    what: "An ambulance claim does not say where the patient was taken.",
    why: "the address decides which rate applies; the payer rejects the claim without it",
    source: "Tebra, drop-off location missing; X12 837P guide, loop 2310F",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let of_claim = claim.provider("45").is_some();
    let of_every_line = claim.lines.iter().all(|line| line.provider("45").is_some());
    if is_transport(claim) && !of_claim && !of_every_line {
        let last = claim.providers.last();
        findings.report_missing(
            "NM1",
            last.map_or(claim.place, |party| party.place),
            "the claim is for an ambulance, but NM1*45 is missing",
            "add loop 2310F with the drop-off address",
        );
    }
}

const CONDITIONS: &str = "\
    CR1****A*DH*14~\n\
    CRC*07*Y*04~\n\
    HI*ABK";

const STOPS: &str = "\
    NM1*PW*2~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    LX*1";

const ADDED: &str = "\
    NM1*45*2*HARBOR~\n\
    N3*1 ELM ST~\n\
    N4*BOSTON*MA*02110~\n\
    LX*1";

const EXAMPLES: &[Example] = &[
    Example::fails(&[("11:B:1", "41:B:1"), ("HI*ABK", CONDITIONS), ("LX*1", STOPS)]),
    Example::passes(&[("11:B:1", "41:B:1"), ("LX*1", ADDED)]),
    Example::passes(&[("11:B:1", "41:B:1"), ("HC:99213:25*60", "HC:A0998*60")]),
];
