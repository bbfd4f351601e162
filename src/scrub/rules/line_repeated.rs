use x12::view::claim::{Claim, Kind, Line};

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DUP-02",
    name: "line-repeated",
    snip: 6,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Hold,
    status: "A8:54",
    what: "A line bills what an earlier line of the claim bills, on the same day.",
    why: "the payer takes the second line for a duplicate and denies it",
    source: "common practice of clearinghouses; CARC 18",
    needs: &[],
    examples: EXAMPLES,
    check,
};

/// Repeated, distinct, or done again by another: these say that twice is meant.
const MEANT_TWICE: &[&str] = &["59", "76", "77", "78", "79", "91", "XE", "XP", "XS", "XU"];

/// The guide's limit. A claim with more is rejected for that, and comparing each with each of ten
/// thousands would take for ever.
const fn lines_compared_max(kind: Kind) -> usize {
    match kind {
        Kind::Professional | Kind::Dental => 50,
        Kind::Institutional => 999,
    }
}

fn check(claim: &Claim<'_>, _: &Context<'_>, findings: &mut Findings) {
    for (index, line) in claim.lines.iter().enumerate().take(lines_compared_max(claim.kind)) {
        if line.procedure.has_any_modifier(MEANT_TWICE) {
            continue;
        }
        let earlier = claim.lines.iter().take(index).find(|earlier| is_same(claim, earlier, line));
        if let Some(earlier) = earlier {
            let of_department = line.revenue_code.filter(|_| line.procedure.code.is_empty());
            findings.report(
                of_department.unwrap_or(line.procedure.code).place,
                format!(
                    "line {} bills the same as line {}",
                    line.number.text(),
                    earlier.number.text()
                ),
                "drop it, add its units to the earlier line, or say with 76, 77, 91 or 59 why",
            );
        }
    }
}

/// Whether two lines bill the same service of the same provider on the same day.
fn is_same<'a>(claim: &Claim<'a>, one: &Line<'a>, other: &Line<'a>) -> bool {
    let modifiers = |line: &Line<'_>| {
        let mut codes: Vec<Vec<u8>> =
            line.procedure.modifiers.iter().map(|code| code.bytes().to_vec()).collect();
        codes.sort();
        codes
    };
    let rendering = |line: &Line<'_>| line.provider("82").map(|party| party.id.bytes().to_vec());
    let drug = |line: &Line<'_>| line.drug.map(|drug| drug.bytes().to_vec());
    let revenue_code = |line: &Line<'_>| line.revenue_code.map(|code| code.bytes().to_vec());
    let teeth = |line: &Line<'_>| {
        let teeth = line.dental.iter().flat_map(|dental| &dental.teeth);
        let mut teeth: Vec<Vec<u8>> = teeth
            .map(|tooth| [tooth.number.bytes(), b"*", tooth.surface.bytes()].concat())
            .collect();
        let areas = line.dental.iter().flat_map(|dental| &dental.oral_cavities);
        teeth.extend(areas.map(|area| area.bytes().to_vec()));
        teeth
    };
    is_telling(one, other)
        && one.procedure.code.bytes() == other.procedure.code.bytes()
        && revenue_code(one) == revenue_code(other)
        && teeth(one) == teeth(other)
        && one.procedure.description.bytes() == other.procedure.description.bytes()
        && claim.days_of(one).is_some()
        && claim.days_of(one) == claim.days_of(other)
        && one.place_of_service.bytes() == other.place_of_service.bytes()
        && modifiers(one) == modifiers(other)
        && rendering(one) == rendering(other)
        && drug(one) == drug(other)
}

/// Whether likeness says anything. Without a procedure many a line of a department is like another,
/// unless the very units and charges are; rooms at one price are not.
fn is_telling(one: &Line<'_>, other: &Line<'_>) -> bool {
    let is_room = one.unit.is("DA");
    let is_as_much = one.charge.bytes() == other.charge.bytes()
        && one.quantity.bytes() == other.quantity.bytes()
        && one.charge.money().is_some_and(|charge| !charge.is_zero());
    !one.procedure.code.is_empty() || is_as_much && !is_room
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("AD:D1110*98~", "AD:D2330*98~\nTOO*JP*8*M~")]).of(Clean::Dental),
    // Two fillings in one tooth, each in a surface of its own.
    Example::passes(&[("AD:D1110*98~", "AD:D2330*98~\nTOO*JP*8*D~")]).of(Clean::Dental),
    Example::fails(&[("HC:93000*40*UN*1***2", "HC:99213:25*40*UN*1***2")]),
    Example::passes(&[("HC:93000*40*UN*1***2", "HC:99213:25:76*40*UN*1***2")]),
    Example::passes(&[("HC:93000*40*UN*1***2", "HC:99214:25*40*UN*1***2")]),
    Example::fails(&[
        ("HC:99213:25*60*UN*1***1:2", "HC:73610:RT*60*UN*1***1:2"),
        ("HC:93000*40*UN*1***2", "HC:73610:RT*40*UN*1***2"),
    ]),
    Example::passes(&[
        ("HC:99213:25*60*UN*1***1:2", "HC:73610:LT*60*UN*1***1:2"),
        ("HC:93000*40*UN*1***2", "HC:73610:RT*40*UN*1***2"),
    ]),
];

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::scrub::example::Clean;
    use crate::scrub::example::trial::try_text;

    #[test]
    fn compares_no_more_lines_than_a_claim_may_have() {
        let line = "LX*2~\nSV1*HC:93000*40*UN*1***2~\nDTP*472*D8*20261006~\n";
        let many = Clean::Professional.text().replace("LX*2~", &(line.repeat(100) + "LX*2~"));
        // Of 50 lines, the first bills something else and the second is the one repeated.
        assert_eq!(try_text(&[&RULE], many.as_bytes()).findings.len(), 48);
    }
}
