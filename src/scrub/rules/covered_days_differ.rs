use x12::segment::Field;
use x12::value::Quantity;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-UB-33",
    name: "covered-days-differ",
    snip: 3,
    kinds: kinds::INSTITUTIONAL,
    severity: Severity::Warn,
    status: "A8:456+A8:258",
    what: "The days covered and not covered are not the days billed for the room.",
    why: "payers pay by the day and send back a stay whose days do not agree",
    source: "NUBC, value codes 80 and 81",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    let Some(stay) = &claim.institutional else { return };
    let Some(covered) = stay.value("80") else { return };
    let not_covered = stay.value("81").map_or(Some(Quantity::default()), days_of);
    let (Some(covered_days), Some(not_covered)) = (days_of(covered), not_covered) else { return };
    let Some(billed) = room_days(claim) else { return };
    if sum(covered_days, not_covered) != billed && covered_days != billed {
        findings.report(
            covered.place,
            format!(
                "value code 80 is {}, the room is billed for {} days",
                covered_days.to_wire(),
                billed.to_wire()
            ),
            "correct value code 80 or 81, or the days of the room",
        );
    }
}

fn days_of(amount: Field<'_>) -> Option<Quantity> {
    Quantity::parse(amount.bytes())
}

fn sum(one: Quantity, other: Quantity) -> Quantity {
    Quantity::from_thousandths(one.thousandths().saturating_add(other.thousandths()))
}

/// The days of all rooms (010x to 021x); none when no room is billed.
fn room_days(claim: &Claim<'_>) -> Option<Quantity> {
    let is_room =
        |code: Field<'_>| matches!(code.bytes(), [b'0', b'1', ..] | [b'0', b'2', b'0' | b'1', _]);
    let rooms = claim.lines.iter().filter(|line| line.revenue_code.is_some_and(is_room));
    // A unit of a room is a day.
    let rooms = rooms.filter(|line| line.unit.is_any(&["DA", "UN"]));
    rooms.map(|line| days_of(line.quantity)).reduce(|days, more| Some(sum(days?, more?))).flatten()
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("BE:80:::4", "BE:80:::5")]).of(Clean::Inpatient),
    Example::passes(&[("BE:80:::4", "BE:80:::3*BE:81:::1")]).of(Clean::Inpatient),
    Example::passes(&[("*BE:80:::4", "")]).of(Clean::Inpatient),
    Example::fails(&[("SV2*0120**6000*DA*4", "SV2*0120**6000*UN*4"), ("BE:80:::4", "BE:80:::5")])
        .of(Clean::Inpatient),
    Example::fails(&[("SV2*0120**6000*DA*4", "SV2*0120**6000*DA*4.5")]).of(Clean::Inpatient),
    Example::passes(&[("BE:80:::4", "BE:80:::4.0")]).of(Clean::Inpatient),
    Example::passes(&[]).of(Clean::Nursing),
];
