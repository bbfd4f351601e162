//! Lines that a payer denied and later decided on anew, without taking the denial back: of the denial just
//! these lines give way, and the rest of it stands.

use x12::value::Money;

use super::matching::{LineMatch, LinePart};
use super::standing::{Said, in_order};
use crate::change::Word;
use crate::denials::reasons::{self, Class};

/// A line that a CLP speaks of, in one of its services.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SaidOfLine {
    /// LX01.
    pub number: u32,
    pub part: LinePart,
}

/// What a service is, as it is kept: `service 1 is line 2 by line control number, denied`.
pub(super) fn told(found: &LineMatch) -> String {
    let LineMatch { service, line, by, part } = found;
    let Some(line) = line else { return format!("service {} fits no line", service + 1) };
    let part = match part {
        LinePart::Whole => "",
        LinePart::Denied => DENIED,
        LinePart::Copy => COPY,
        LinePart::Some => IN_PART,
    };
    format!("service {} is line {line} by {by}{part}", service + 1)
}

/// The line of a service that is kept so; `None` when it is none that is known.
pub fn read(told: &str) -> Option<SaidOfLine> {
    let number = told.split_once(" is line ")?.1.split(' ').next()?.parse().ok()?;
    let part = match told {
        told if told.ends_with(DENIED) => LinePart::Denied,
        told if told.ends_with(COPY) => LinePart::Copy,
        told if told.ends_with(IN_PART) => LinePart::Some,
        _ => LinePart::Whole,
    };
    Some(SaidOfLine { number, part })
}

const DENIED: &str = ", denied";
const COPY: &str = ", denied as a copy";
const IN_PART: &str = ", in part";

impl Said {
    fn of_line(&self, number: u32) -> impl Iterator<Item = LinePart> {
        let lines = self.lines.iter().flatten();
        lines.filter(move |line| line.number == number).map(|line| line.part)
    }

    /// Whether it denies the whole charge of a line.
    fn denies(&self, number: u32) -> bool {
        let mut parts = self.of_line(number).peekable();
        let is_spoken_of = parts.peek().is_some();
        is_spoken_of && self.word == Word::Denied && parts.all(|part| part == LinePart::Denied)
    }

    /// Whether it decides on the whole charge of a line.
    fn decides_on(&self, number: u32) -> bool {
        let mut parts = self.of_line(number).peekable();
        let is_spoken_of = parts.peek().is_some();
        is_spoken_of
            && self.word != Word::Reversed
            && parts.all(|part| matches!(part, LinePart::Whole | LinePart::Denied))
    }

    /// The lines of which it denies the whole charge.
    pub(super) fn denied_lines(&self) -> Vec<u32> {
        let lines = self.lines.iter().flatten().map(|line| line.number);
        let mut numbers: Vec<u32> = lines.filter(|&number| self.denies(number)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// What it says of some lines, or of all but these.
    fn with_lines(&self, is_asked: impl Fn(u32) -> bool) -> Said {
        let parts = self.adjustments.split(", ").filter(|part| {
            let number = part.strip_prefix("line ").and_then(|rest| rest.split(' ').next());
            match number.and_then(|number| number.parse().ok()) {
                Some(number) => is_asked(number),
                None => is_asked(0),
            }
        });
        let adjustments: Vec<&str> = parts.collect();
        let lines = self.lines.iter().flatten().filter(|line| is_asked(line.number));
        Said {
            adjustments: adjustments.join(", "),
            whole_lines: self.whole_lines.iter().copied().filter(|&one| is_asked(one)).collect(),
            lines: Some(lines.copied().collect()),
            ..self.clone()
        }
    }

    /// The denial of one line, as if it had been said alone.
    fn denial_of(&self, number: u32) -> Said {
        let of_line = self.with_lines(|one| one == number);
        let charge = of_line.adjustments().map(|(_, _, amount)| amount).sum();
        Said { charge, paid: Money::ZERO, ..of_line }
    }

    /// The rest of it when some of its lines gave way.
    fn rest(&self, gone: &[&Said]) -> Said {
        let lines: Vec<u32> = gone.iter().flat_map(|one| &one.whole_lines).copied().collect();
        let charge = self.charge - gone.iter().map(|one| one.charge).sum::<Money>();
        let rest = self.with_lines(|one| !lines.contains(&one));
        let is_denial =
            |code: &str| reasons::reason(reasons::group_and_reason(code).1).class == Class::Denial;
        let is_denied =
            |(_, code, amount): (&str, &str, Money)| amount > Money::ZERO && is_denial(code);
        let denies = rest.adjustments().any(is_denied);
        let word = if self.word == Word::Denied && !denies { Word::Paid } else { self.word };
        Said { charge, word, ..rest }
    }
}

/// The denials of lines that gave way, of what a payer said of one claim and holds: it decided on just these
/// lines later, or on the same day otherwise than by a denial.
pub(super) fn given_way(holds: &[&Said]) -> Vec<Said> {
    let mut gone = Vec::new();
    for denial in holds {
        for number in denial.denied_lines() {
            let key = |one: &Said| (one.paid_on, !one.denies(number));
            let is_later = |other: &&&Said| {
                (key(denial), in_order(denial)) < (key(other), in_order(other))
                    && other.decides_on(number)
            };
            if holds.iter().any(|other| is_later(&other)) {
                let line = denial.denial_of(number);
                gone.push(Said { whole_lines: vec![number], ..line });
            }
        }
    }
    gone
}

/// What is left of what was said when this gave way.
pub fn without<'s>(said: impl IntoIterator<Item = &'s Said>, gone: &[Said]) -> Vec<Said> {
    let left = said.into_iter().filter_map(|one| left_of(one, gone));
    left.collect()
}

/// `None` of what gave way as a whole.
pub fn left_of(one: &Said, gone: &[Said]) -> Option<Said> {
    let of_it = gone.iter().filter(|gone| gone.is_at(&one.identity, one.offset));
    let of_it: Vec<&Said> = of_it.collect();
    let charge: Money = of_it.iter().map(|gone| gone.charge).sum();
    let is_whole = charge == one.charge && one.paid.is_zero();
    match of_it.is_empty() {
        true => Some(one.clone()),
        false if is_whole => None,
        false => Some(one.rest(&of_it)),
    }
}

/// Whether later payments together decide on all that a denial denies, and this one on some of it; `None`
/// where its lines do not tell.
pub(super) fn settles_lines(payment: &Said, denial: &Said, holds: &[&Said]) -> Option<bool> {
    let lines = denial.denied_lines();
    let is_told =
        |number: &u32| payment.of_line(*number).next().is_none() || payment.decides_on(*number);
    if lines.is_empty() || payment.lines.is_none() || !lines.iter().all(is_told) {
        return None;
    }
    // What a CLP pays that denies another line has work of its own, and ends none.
    let pays = |one: &Said, number: u32| {
        one.word == Word::Paid && denial.paid_on <= one.paid_on && one.decides_on(number)
    };
    let settled: Vec<Said> = lines
        .iter()
        .filter(|&&number| holds.iter().chain([&payment]).any(|one| pays(one, number)))
        .map(|&number| Said { whole_lines: vec![number], ..denial.denial_of(number) })
        .collect();
    let left = left_of(denial, &settled);
    let is_settled = left.is_none_or(|left| left.word != Word::Denied);
    Some(is_settled && lines.iter().any(|&number| pays(payment, number)))
}
