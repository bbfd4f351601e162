use x12::segment::Field;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-53",
    name: "room-missing",
    snip: 4,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A6:258+A8:228",
    what: "A stay in hospital over a night is billed without a room.",
    why: "payers count the days of a stay by its room, and return a stay without one or pay it as a visit",
    source: "NUBC, accommodation revenue codes; CMS, Claims Processing Manual 100-04 ch. 25 section 75.4",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(days) = context.days else { return };
    // Bills for no payment (0), of late charges (5) and voids (8) may leave it out.
    let is_whole = stay.frequency.is_any(&["1", "2", "3", "4", "7"]);
    let is_over_night = days.from < days.to;
    if !stay.facility_type.is("11") || !is_whole || !is_over_night {
        return;
    }
    let mut codes = claim.lines.iter().map(|line| line.revenue_code);
    if !codes.any(|code| code.is_none_or(|code| !is_told(code) || is_room(code))) {
        findings.report_missing(
            "SV2",
            claim.lines.last().map_or(claim.place, |last| last.place),
            format!("type of bill {} without a room", stay.type_of_bill()),
            "add the room (010x to 021x) with its days, or correct the type of bill",
        );
    }
}

/// What is no revenue code is another rule's, and may have been meant for a room.
fn is_told(code: Field<'_>) -> bool {
    matches!(code.bytes(), [b'0'..=b'3', rest @ ..] if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit))
}

/// Rooms, intensive care, leave of absence, and what behavioral health has for rooms.
fn is_room(code: Field<'_>) -> bool {
    matches!(
        code.bytes(),
        [b'0', b'1', _, _] | [b'0', b'2', b'0' | b'1', _] | [b'1', b'0', b'0', _]
    )
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[ROOM, DAYS]).of(Clean::Inpatient),
    Example::passes(&[ROOM, DAYS, ("*11:A:1*", "*11:A:5*")]).of(Clean::Inpatient),
    Example::passes(&[ROOM, DAYS, ("20260201-20260205", "20260201-20260201")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0120**6000*DA*4", "SV2*1001**6000*UN*4"), DAYS]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0120**6000*DA*4", "SV2*0206**6000*DA*4")]).of(Clean::Inpatient),
    Example::passes(&[("SV2*0120**6000*DA*4", "SV2*120**6000*DA*4"), DAYS]).of(Clean::Inpatient),
    Example::passes(&[]).of(Clean::Outpatient),
];

const ROOM: (&str, &str) = ("SV2*0120**6000*DA*4", "SV2*0360**6000*UN*4");

const DAYS: (&str, &str) = ("*BE:80:::4", "");
