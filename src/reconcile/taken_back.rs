//! What a reversal takes back, and of which lines: those that this was posted to, whatever a person made of the lines
//! of the claim since.

use x12::value::{Day, Money};
use x12::view::remittance::{ClaimPayment, ServicePayment};

use super::denied_lines::SaidOfLine;
use super::is_later_payer;
use super::matching::{KnownClaim, LineMatch, LinePart};
use super::standing::{Said, in_order, standing};
use crate::change::Word;
use crate::denials::printable;
use crate::ledger::{LEFT, PENDED, marked_in};

/// A line of a claim as it first came, where a person edited its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineBefore {
    /// LX01.
    pub number: u32,
    pub charge: Money,
    pub day: Option<Day>,
    /// Its number by now; `None` where it was taken out.
    pub now: Option<u32>,
}

/// What a reversal may take back of what was said, by charge and money: under its payer's number where any is.
pub(super) fn originals<'s>(
    reversal: &ClaimPayment<'_>,
    said: impl Iterator<Item = &'s Said>,
) -> Vec<&'s Said> {
    let (charge, paid) = (reversal.charge.money(), reversal.paid.money());
    let is_original = |one: &&Said| {
        let own = (Some(-one.charge), Some(-one.paid));
        one.word != Word::Reversed && (charge, paid) == own
    };
    let mut found: Vec<&Said> = said.filter(is_original).collect();
    let number = reversal.payer_control_number.text();
    let is_of_number = |one: &&Said| one.payer_control_number == number.trim();
    if found.iter().any(is_of_number) {
        found.retain(is_of_number);
    }
    found
}

/// Gives each service of a reversal the line that what it takes back was posted to, where a person edited the lines of
/// the claim: its numbers and procedures are those of the claim as that was decided on.
pub(super) fn restore(
    lines: &mut [LineMatch],
    reversal: &ClaimPayment<'_>,
    (claim, payer): (&KnownClaim, &str),
) {
    if !reversal.is_reversal() || claim.lines_before.is_empty() {
        return;
    }
    let is_later = is_later_payer(payer, claim.payer.as_deref(), &reversal.status.text());
    let said: Vec<&Said> = match is_later {
        true => claim.said_by_later(payer).collect(),
        false => claim.earlier.iter().collect(),
    };
    let posted: Vec<Said> = said.into_iter().filter(|one| one.is_posted).cloned().collect();
    let mut holds: Vec<&Said> =
        standing(&posted).left.into_iter().filter_map(|at| posted.get(at)).collect();
    holds.sort_by_key(|one| in_order(one));
    let whole = originals(reversal, holds.iter().copied());
    // It may take back some lines alone.
    let number = reversal.payer_control_number.text();
    let is_of_number = |one: &&&Said| one.payer_control_number.trim() == number.trim();
    let in_part = holds.iter().filter(is_of_number).copied();
    let mut found = whole.into_iter().rev().chain(in_part.rev());
    if let Some(restored) = found.find_map(|original| lines_of(original, reversal)) {
        for (found, line) in lines.iter_mut().zip(restored) {
            (found.line, found.by, found.part) = (Some(line.number), BY, line.part);
        }
    }
}

const BY: &str = "what it takes back";

/// An adjustment, by group and reason.
type Adjusted = (String, Money);

/// The line of each service of a reversal, by the adjustments that it takes back, and else by the order of the services;
/// `None` where they are not those of what was said.
fn lines_of(original: &Said, reversal: &ClaimPayment<'_>) -> Option<Vec<SaidOfLine>> {
    let mut lines = original.lines.clone()?;
    let marked = [LEFT, PENDED].into_iter();
    let all = original
        .adjustments()
        .chain(marked.flat_map(|mark| marked_in(&original.adjustments, mark)));
    let all = all.filter(|(_, _, amount)| !amount.is_zero());
    let mut left: Vec<(u32, Adjusted)> = all
        .filter_map(|(line, code, amount)| Some((line.parse().ok()?, (code.to_owned(), amount))))
        .collect();
    let mut found = Vec::new();
    for service in &reversal.services {
        let own = taken_back_of(service);
        let fits = |line: &SaidOfLine| {
            let of_line = left.iter().filter(|(number, _)| *number == line.number);
            let rest = without(of_line.map(|(_, one)| one.clone()).collect(), &own)?;
            // A payer may split a line into several services.
            let is_last = lines.iter().filter(|other| other.number == line.number).count() == 1;
            (!is_last || rest.is_empty()).then_some(rest)
        };
        let (at, rest) = lines.iter().enumerate().find_map(|(at, line)| Some((at, fits(line)?)))?;
        let line = lines.remove(at);
        left.retain(|(number, _)| *number != line.number);
        left.extend(rest.into_iter().map(|one| (line.number, one)));
        // What takes back a denial denies nothing.
        let part = match line.part {
            LinePart::Denied => LinePart::Whole,
            LinePart::SomeDenied => LinePart::Some,
            part @ (LinePart::Whole
            | LinePart::Some
            | LinePart::Copy
            | LinePart::CopyInPart
            | LinePart::DeniedBesideCopy
            | LinePart::Elsewhere) => part,
        };
        found.push(SaidOfLine { part, ..line });
    }
    Some(found)
}

/// The adjustments of a service as what it takes back had them.
fn taken_back_of(service: &ServicePayment<'_>) -> Vec<Adjusted> {
    let all = service.adjustments.iter().filter(|one| !one.money().is_zero());
    let code = |group, reason| format!("{}-{}", printable(group), printable(reason));
    all.map(|one| (code(&one.group, &one.reason), -one.money())).collect()
}

/// What is left of these; `None` where they are not all there.
fn without(mut all: Vec<Adjusted>, taken: &[Adjusted]) -> Option<Vec<Adjusted>> {
    for one in taken {
        let at = all.iter().position(|other| other == one)?;
        all.swap_remove(at);
    }
    Some(all)
}

/// What was said of a claim before a person edited its lines, with the numbers that these have by now; a line that was
/// taken out has none.
pub(super) fn by_now(said: &Said, claim: &KnownClaim) -> Said {
    let before = || claim.lines_before.iter().map(|line| (line.number, line.charge));
    let now = claim.lines.iter().map(|line| (line.number, line.charge));
    if !is_of(said, before()) || is_of(said, now) {
        return said.clone();
    }
    let number_now = |number: u32| {
        let line = claim.lines_before.iter().find(|line| line.number == number);
        line.and_then(|line| line.now).unwrap_or(TAKEN_OUT)
    };
    let part_now = |part: &str| {
        let mark = [PENDED, LEFT].into_iter().find(|mark| part.starts_with(mark)).unwrap_or("");
        let of_line = part.strip_prefix(mark).and_then(|rest| rest.strip_prefix("line "));
        let named = of_line.and_then(|rest| rest.split_once(' '));
        let number = named.and_then(|(number, _)| number.parse().ok());
        match (named, number) {
            (Some((_, rest)), Some(number)) => format!("{mark}line {} {rest}", number_now(number)),
            _ => part.to_owned(),
        }
    };
    let parts: Vec<String> = said.adjustments.split(", ").map(part_now).collect();
    let line_now = |line: &SaidOfLine| SaidOfLine { number: number_now(line.number), ..*line };
    Said {
        adjustments: parts.join(", "),
        lines: said.lines.as_ref().map(|lines| lines.iter().map(line_now).collect()),
        whole_lines: said.whole_lines.iter().map(|&number| number_now(number)).collect(),
        ..said.clone()
    }
}

/// No line has this number.
const TAKEN_OUT: u32 = 0;

/// Whether it decides on the whole charge of some of these lines, by number and charge.
fn is_of(said: &Said, lines: impl Iterator<Item = (u32, Money)>) -> bool {
    let mut spoken: Vec<u32> = said.lines.iter().flatten().map(|line| line.number).collect();
    spoken.sort_unstable();
    spoken.dedup();
    let known: Vec<Money> =
        lines.filter(|(number, _)| spoken.contains(number)).map(|(_, charge)| charge).collect();
    known.len() == spoken.len() && known.into_iter().sum::<Money>() == said.charge
}
