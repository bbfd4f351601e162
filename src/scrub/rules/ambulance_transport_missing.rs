use x12::view::claim::{Claim, Line};

use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-SIT-25",
    name: "ambulance-transport-missing",
    snip: 4,
    kinds: kinds::PROFESSIONAL,
    severity: Severity::Reject,
    status: "A6:337",
    what: "An ambulance claim does not describe the transport.",
    why: "the payer cannot judge why an ambulance was needed and rejects the claim",
    source: "Stedi, \"Missing ambulance transport information\"",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    // A line's CR1 only says how that line differs.
    if is_transport(claim) && claim.ambulance.is_none() {
        findings.report_missing(
            "CR1",
            claim.place,
            format!("place of service {} without CR1", claim.place_of_service.text()),
            "add CR1 with the reason for the transport and its miles",
        );
    }
}

/// Whether an ambulance took somebody somewhere: it may treat a patient (A0998) and leave again.
pub(super) fn is_transport(claim: &Claim<'_>) -> bool {
    let is_ride =
        |line: &Line<'_>| matches!(line.procedure.code.bytes(), [b'A', b'0', b'4', b'2' | b'3', _]);
    let is_care_alone = claim.lines.iter().any(|line| line.procedure.code.is("A0998"))
        && !claim.lines.iter().any(is_ride);
    claim.place_of_service.is_any(&["41", "42"]) && !is_care_alone
}

const CONDITIONS: &str = "\
    CRC*07*Y*04~\n\
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
    Example::passes(&[("11:B:1", "41:B:1"), ("HI*ABK", "CR1****A*DH*14~\nHI*ABK")]),
    Example::passes(&[("11:B:1", "41:B:1"), ("HC:99213:25*60", "HC:A0998*60")]),
    Example::fails(&[
        ("11:B:1", "41:B:1"),
        ("HI*ABK", CONDITIONS),
        ("HC:99213:25*60", "HC:A0998*60"),
        ("HC:93000*40", "HC:A0429:RH*40"),
    ]),
];
