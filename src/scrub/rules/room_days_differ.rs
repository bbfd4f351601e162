use x12::fault::Place;
use x12::value::{Day, Quantity};
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-34",
    name: "room-days-differ",
    snip: 3,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Hold,
    status: "A8:258+A8:188",
    what: "The room is not billed for the days of the stay.",
    why: "payers pay by the day and send back a stay whose days do not agree",
    source: "NUBC, accommodation revenue codes",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    if !stay.is_inpatient() || stay.facility_type.is("12") {
        return;
    }
    let Some(covers) = stay.statement.and_then(|statement| statement.days()) else { return };
    // Care before the admission, such as tests, belongs to the statement but not to the stay; some
    // bill the room for all days of the statement.
    let admission = stay.admission.and_then(|admission| admission.days());
    let came = admission.map_or(covers.from, |admission| admission.from.max(covers.from));
    // The day on which he leaves does not count, unless he came on it. The last day of one who
    // stays counts, but some leave it to the next bill.
    let days_since = |from: Day| covers.to.days_since(from).max(1);
    let days = days_since(came);
    let may_be_one_more = stay.patient_status.is("30");
    let Some((place, billed)) = billed_days(claim) else { return };
    let is_whole = billed == days
        || billed == days_since(covers.from)
        || (may_be_one_more && billed == days + 1);
    if !is_whole && came <= covers.to {
        findings.report(
            place,
            format!("the room is billed for {billed} days, the stay has {days}"),
            "correct SV205 of the rooms, or the days of the statement",
        );
    }
}

/// The days of all rooms, and where they are billed; none when no room is billed, or the
/// bill is for mother and child.
fn billed_days(claim: &Claim<'_>) -> Option<(Place, i64)> {
    let mut billed = None;
    let mut is_nursery = false;
    for line in &claim.lines {
        let code = line.revenue_code.map(|code| code.bytes()).unwrap_or_default();
        if !matches!(code, [b'0', b'1', _, _] | [b'0', b'2', b'0' | b'1', _]) {
            continue;
        }
        let days: i64 = Quantity::parse(line.quantity.bytes())?.to_wire().parse().ok()?;
        is_nursery |= code.starts_with(b"017");
        let (place, sum) = billed.unwrap_or((line.quantity.place, 0));
        // A unit of a room is a day; of any other measure nothing is known.
        if !line.unit.is_any(&["DA", "UN"]) {
            return None;
        }
        billed = Some((place, sum + days));
    }
    billed.filter(|_| !is_nursery)
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*3"), ("BE:80:::4", "BE:80:::3")])
        .of(Clean::Inpatient),
    Example::fails(&[("SV2*0120**6000*DA*4", "SV2*0120**6000*UN*5"), ("BE:80:::4", "BE:80:::5")])
        .of(Clean::Inpatient),
    Example::passes(&[("SV2*0120**6000*DA*4", "SV2*0120**6000*UN*4")]).of(Clean::Inpatient),
    Example::passes(&[
        ("CL1*1*1*01", "CL1*1*1*30"),
        ("*11:A:1*", "*11:A:2*"),
        ("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*5"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[("20260201-20260205", "20260130-20260205")]).of(Clean::Inpatient),
    Example::passes(&[
        ("20260201-20260205", "20260130-20260205"),
        ("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*6"),
        ("BE:80:::4", "BE:80:::6"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[
        ("20260201-20260205", "20260201-20260201"),
        ("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*1"),
    ])
    .of(Clean::Inpatient),
    Example::passes(&[("SV2*0300*", "SV2*0171**2600*DA*4~\nLX*9~\nSV2*0300*")])
        .of(Clean::Inpatient),
];
