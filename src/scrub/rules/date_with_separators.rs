use x12::value::Day;
use x12::view::claim::Claim;

use crate::scrub::example::Clean;
use crate::scrub::{Context, Example, Findings, Rule, Severity, kinds};

pub static RULE: Rule = Rule {
    code: "CG-DATE-10",
    name: "date-with-separators",
    snip: 2,
    kinds: kinds::EVERY_KIND,
    severity: Severity::Repair,
    status: "A7:187",
    what: "A date is written with hyphens, slashes or points.",
    why: "X12 writes CCYYMMDD; payers reject other forms",
    source: "common practice of clearinghouses",
    needs: &[],
    examples: EXAMPLES,
    check,
};

fn check(claim: &Claim<'_>, context: &Context<'_>, findings: &mut Findings) {
    let of_payers = claim.other_payers.iter().flat_map(|payer| &payer.dates);
    let of_lines = claim.lines.iter().flat_map(|line| {
        line.dates.iter().chain(line.adjudications.iter().flat_map(|paid| &paid.dates))
    });
    let dates = claim.dates.iter().chain(of_payers).chain(of_lines).map(|date| date.value);
    let of_codes = claim.institutional.iter().flat_map(|stay| {
        stay.procedures.iter().chain(&stay.occurrences).chain(&stay.occurrence_spans)
    });
    let births = context.parties.iter().filter_map(|party| party.birth);
    let deaths = [claim.subscriber.death, claim.patient.as_ref().and_then(|patient| patient.death)];
    let of_people = births.chain(deaths.into_iter().flatten());
    for date in dates.chain(of_codes.map(|code| code.date)).chain(of_people) {
        if let Some(plain) = without_separators(date.bytes()) {
            findings.repair(date, plain, "the date has separators", "write it as CCYYMMDD");
        }
    }
}

/// A day, or two with a hyphen between them, without the signs inside; `None` when there are none.
/// Year first: any other order would have to be guessed.
fn without_separators(text: &[u8]) -> Option<String> {
    let (first, last) = text.split_at_checked(10)?;
    let plain = |text: &[u8]| {
        let [_, _, _, _, one, _, _, two, _, _] = *text else { return None };
        let digits: Vec<u8> = text.iter().copied().filter(|&byte| byte != one).collect();
        Day::parse(&digits).filter(|_| one == two && b"-/.".contains(&one))
    };
    let first = plain(first)?.to_wire();
    match last {
        [] => Some(first),
        [b'-', last @ ..] => Some(format!("{first}-{}", plain(last)?.to_wire())),
        _ => None,
    }
}

const EXAMPLES: &[Example] = &[
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*2026-10-06~\nREF*6R*A1-1")]),
    Example::fails(&[("DMG*D8*19800101", "DMG*D8*1980/01/01")]),
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*2026-10-06-2026-10-07~\nREF*6R*A1-1",
    )]),
    Example::fails(&[("HI*BH:11:D8:20260130~", "HI*BH:11:D8:2026-01-30~")]).of(Clean::Inpatient),
    Example::fails(&[("BBR:3E03329:D8:20260201~", "BBR:3E03329:D8:2026/02/01~")])
        .of(Clean::Inpatient),
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*20261006-20261007~\nREF*6R*A1-1",
    )]),
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*D8*10-06-2026~\nREF*6R*A1-1",
    )]),
];
