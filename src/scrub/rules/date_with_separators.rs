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
    what: "A date is written with hyphens, slashes or points, or a range without its hyphen.",
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

/// A day, or two of a range, as X12 writes them; `None` of what is so written already, and of what would
/// have to be guessed.
fn without_separators(text: &[u8]) -> Option<String> {
    // Nearly all dates are, and ranges with one hyphen.
    if text.iter().all(u8::is_ascii_digit) || text.len() < 9 {
        return None;
    }
    let (first, rest) = Written::read(text)?;
    let plain = if rest.is_empty() {
        first.day(first.shows_order())?.to_wire()
    } else {
        let rest = rest.trim_ascii_start();
        let rest = rest.strip_prefix(b"-").or_else(|| rest.strip_prefix(b"/")).unwrap_or(rest);
        let (last, rest) = Written::read(rest.trim_ascii_start())?;
        // Both were written by one hand: where one shows what comes first, so does the other.
        let is_shown = first.shows_order() || last.shows_order();
        let (first, last) = (first.day(is_shown)?, last.day(is_shown)?);
        if !rest.is_empty() {
            return None;
        }
        format!("{}-{}", first.to_wire(), last.to_wire())
    };
    (plain.as_bytes() != text).then_some(plain)
}

/// A day as it is written.
enum Written {
    YearFirst(Day),
    /// What seem to be month, day and year.
    YearLast(u32, u32, u32),
}

impl Written {
    /// Reads a day, with one sign inside or none, and gives what stands behind it.
    fn read(text: &[u8]) -> Option<(Written, &[u8])> {
        let (one, rest) = number(text);
        if one.len() == 8 {
            return Some((Written::YearFirst(Day::parse(one)?), rest));
        }
        let (&sign, rest) = rest.split_first().filter(|(sign, _)| b"-/.".contains(sign))?;
        let (two, rest) = number(rest);
        let (three, rest) = number(rest.strip_prefix(&[sign])?);
        let value = |digits: &[u8]| str::from_utf8(digits).ok()?.parse::<u32>().ok();
        let values = (value(one)?, value(two)?, value(three)?);
        match ((one.len(), two.len(), three.len()), values) {
            ((4, 1..=2, 1..=2), (year, month, day)) => {
                Some((Written::YearFirst(day_of(year, month, day)?), rest))
            }
            ((1..=2, 1..=2, 4), (month, day, year)) => {
                Some((Written::YearLast(month, day, year), rest))
            }
            _ => None,
        }
    }

    /// Whether it can only be read with the month in front.
    const fn shows_order(&self) -> bool {
        matches!(*self, Written::YearLast(_, day, _) if 12 < day)
    }

    /// The day that it is; `None` where the month may as well be the day.
    fn day(&self, is_order_shown: bool) -> Option<Day> {
        match *self {
            Written::YearFirst(day) => Some(day),
            Written::YearLast(month, day, year) if is_order_shown || month == day => {
                day_of(year, month, day)
            }
            Written::YearLast(..) => None,
        }
    }
}

/// The digits that a text begins with, and the rest.
fn number(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

fn day_of(year: u32, month: u32, day: u32) -> Option<Day> {
    Day::parse(format!("{year:04}{month:02}{day:02}").as_bytes())
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
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*2026-10-6~\nREF*6R*A1-1")]),
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*10/13/2026~\nREF*6R*A1-1")]),
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*10-10-2026~\nREF*6R*A1-1")]),
    Example::fails(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*1/13/2026~\nREF*6R*A1-1")]),
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*10/01/2026-10/31/2026~\nREF*6R*A1-1",
    )]),
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*20261006 - 20261007~\nREF*6R*A1-1",
    )]),
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*20261006/20261007~\nREF*6R*A1-1",
    )]),
    Example::fails(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*2026-10-06 2026-10-07~\nREF*6R*A1-1",
    )]),
    // The month, or the day.
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*D8*10/06/2026~\nREF*6R*A1-1",
    )]),
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*RD8*10/06/2026-10/07/2026~\nREF*6R*A1-1",
    )]),
    // Nobody writes a thirteenth month, and so the day would be first: a slip is as likely.
    Example::passes(&[(
        "DTP*472*D8*20261006~\nREF*6R*A1-1",
        "DTP*472*D8*13/10/2026~\nREF*6R*A1-1",
    )]),
    Example::passes(&[("DTP*472*D8*20261006~\nREF*6R*A1-1", "DTP*472*D8*10/06/26~\nREF*6R*A1-1")]),
];
