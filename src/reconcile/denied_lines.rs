//! Lines that a payer denied and later decided on anew, without taking the denial back: of the denial just
//! these lines give way, and the rest of it stands. A line that is denied as a copy of what was decided, or said to
//! be paid elsewhere, gives way to that, whichever came last.

use x12::value::Money;

use super::matching::{KnownLine, LineMatch, LinePart};
use super::standing::{Said, in_order};
use crate::change::Word;
use crate::denials::reasons::{self, Class, OF_COPIES};
use crate::ledger::{LEFT, PENDED, marked_in};

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
        LinePart::CopyInPart => COPY_IN_PART,
        LinePart::DeniedBesideCopy => DENIED_BESIDE_COPY,
        LinePart::Elsewhere => ELSEWHERE,
        LinePart::Some => IN_PART,
        LinePart::SomeDenied => DENIED_IN_PART,
    };
    format!("service {} is line {line} by {by}{part}", service + 1)
}

/// The line of a service that is kept so; `None` when it is none that is known.
pub fn read(told: &str) -> Option<SaidOfLine> {
    let number = told.split_once(" is line ")?.1.split(' ').next()?.parse().ok()?;
    let part = match told {
        told if told.ends_with(DENIED) => LinePart::Denied,
        told if told.ends_with(COPY) => LinePart::Copy,
        told if told.ends_with(COPY_IN_PART) => LinePart::CopyInPart,
        told if told.ends_with(DENIED_BESIDE_COPY) => LinePart::DeniedBesideCopy,
        told if told.ends_with(ELSEWHERE) => LinePart::Elsewhere,
        told if told.ends_with(DENIED_IN_PART) => LinePart::SomeDenied,
        told if told.ends_with(IN_PART) => LinePart::Some,
        _ => LinePart::Whole,
    };
    Some(SaidOfLine { number, part })
}

/// The lines that a CLP of this charge decides on as a whole. `told` is what its services are: `service 1
/// is line 2 by line control number`.
pub fn whole_lines(told: &str, charge: Money, lines: &[KnownLine]) -> Vec<u32> {
    let of_all = told.split("; ").map(|one| Some(read(one)?.number));
    let of_all = of_all.collect::<Option<Vec<u32>>>();
    let mut numbers = of_all.unwrap_or_default();
    numbers.sort_unstable();
    numbers.dedup();
    let of = lines.iter().filter(|line| numbers.contains(&line.number));
    let whole: Money = of.map(|line| line.charge).sum();
    if whole != charge {
        numbers.clear();
    }
    numbers
}

/// The lines that its services are, as far as they are known; `None` when it has no services.
pub fn lines_of(told: &str) -> Option<Vec<SaidOfLine>> {
    (!told.is_empty()).then(|| told.split("; ").filter_map(read).collect())
}

const DENIED: &str = ", denied";
const COPY: &str = ", denied as a copy";
const COPY_IN_PART: &str = ", the rest denied as a copy";
const DENIED_BESIDE_COPY: &str = ", denied beside a copy";
const ELSEWHERE: &str = ", paid elsewhere";
const IN_PART: &str = ", in part";
const DENIED_IN_PART: &str = ", denied in part";

impl Said {
    fn of_line(&self, number: u32) -> impl Iterator<Item = LinePart> {
        let lines = self.lines.iter().flatten();
        lines.filter(move |line| line.number == number).map(|line| line.part)
    }

    /// Whether it speaks of a line, and all that it says of it is of these kinds. A review decides on none.
    pub(super) fn says_of(&self, number: u32, is_of: impl Fn(LinePart) -> bool) -> bool {
        let mut parts = self.of_line(number).filter(|_| !self.is_review()).peekable();
        parts.peek().is_some() && parts.all(is_of)
    }

    /// Whether it denies all that it has of the charge of a line.
    pub(super) fn denies(&self, number: u32) -> bool {
        let is_denied = |part| {
            matches!(part, LinePart::Denied | LinePart::SomeDenied | LinePart::DeniedBesideCopy)
        };
        self.word == Word::Denied && self.says_of(number, is_denied)
    }

    /// Whether it takes a line off that it leaves to another decision: it denies it as a copy of that, or says that
    /// it is paid there.
    fn leaves(&self, number: u32) -> bool {
        let is_left = |part| matches!(part, LinePart::Copy | LinePart::Elsewhere);
        self.word != Word::Reversed && self.says_of(number, is_left) && !self.leaves_out(number)
    }

    /// Whether it takes nothing off a line, or a part of one, for another CLP decides on that.
    fn leaves_out(&self, number: u32) -> bool {
        self.left_parts().any(|(line, _, _)| line.parse() == Ok(number))
    }

    /// Whether it decides on a part of a line or denies it, and denies the rest as a copy.
    fn copies_in_part(&self, number: u32) -> bool {
        self.word != Word::Reversed && self.says_of(number, LinePart::is_copied_in_part)
    }

    /// What it denies as copies of lines of which it decides on another part.
    pub(super) fn copied_in_part(&self) -> impl Iterator<Item = (&str, &str, Money)> {
        self.adjustments().filter(|(line, code, _)| {
            let is_copy = OF_COPIES.contains(&reasons::group_and_reason(code).1);
            is_copy && line.parse().is_ok_and(|number| self.copies_in_part(number))
        })
    }

    /// What it leaves of lines to others that are there, of this it stands: by 94 or 23, or as a copy.
    pub fn left_beside<'s>(
        &'s self,
        stands: &'s Said,
    ) -> impl Iterator<Item = (&'s str, &'s str, Money)> {
        let is_gone =
            |line: &str| line.parse().is_ok_and(|number: u32| !stands.copies_in_part(number));
        let copies = self.copied_in_part().filter(move |(line, _, _)| is_gone(line));
        self.left_parts().chain(copies)
    }

    /// What it leaves to other CLPs, as if it had been said alone: it decides on nothing.
    fn left_out(&self) -> Option<Said> {
        if !self.adjustments.contains(LEFT) || self.is_review() {
            return None;
        }
        let parts = self.adjustments.split(", ").filter(|part| part.starts_with(LEFT));
        let parts: Vec<&str> = parts.collect();
        let is_whole = |line: &&SaidOfLine| {
            let is_left = |part| part == LinePart::Elsewhere;
            self.leaves_out(line.number) && self.says_of(line.number, is_left)
        };
        let lines = self.lines.iter().flatten().filter(is_whole);
        let lines: Vec<SaidOfLine> = lines.copied().collect();
        (!parts.is_empty() && self.word != Word::Reversed).then(|| Said {
            charge: self.left(),
            paid: Money::ZERO,
            adjustments: parts.join(", "),
            whole_lines: lines.iter().map(|line| line.number).collect(),
            lines: Some(lines),
            ..self.clone()
        })
    }

    /// Whether it decides on lines, and denies others as paid before: these may stand in another CLP of the claim.
    pub fn may_leave_to_others(&self) -> bool {
        let mut lines = self.lines.iter().flatten().map(|line| line.part);
        let is_copy = lines.clone().any(|part| part == LinePart::Copy);
        let is_copy_in_part = lines.clone().any(LinePart::is_copied_in_part);
        let is_beside = lines.any(|part| matches!(part, LinePart::Whole | LinePart::Some));
        is_copy_in_part || is_copy && is_beside
    }

    /// What it takes off lines that it leaves to another decision and does not deny.
    pub(super) fn left_to_another(&self) -> Money {
        let is_left = |number: u32| match self.word {
            Word::Denied => self.says_of(number, |part| part == LinePart::Elsewhere),
            Word::Paid | Word::Reversed | Word::Reviewed => self.leaves(number),
        };
        let left = self.adjustments().filter(|(line, _, _)| line.parse().is_ok_and(is_left));
        left.map(|(_, _, amount)| amount).sum()
    }

    /// Whether it decides on the whole charge of a line.
    fn decides_on(&self, number: u32) -> bool {
        let is_whole = |part| matches!(part, LinePart::Whole | LinePart::Denied);
        self.word != Word::Reversed && self.says_of(number, is_whole)
    }

    /// Whether it decides on a part of a line or denies it, and leaves the rest to other CLPs or denies it as a copy.
    fn shares(&self, number: u32) -> bool {
        let is_shared = self.leaves_out(number) && self.is_in_part(number);
        is_shared || self.copies_in_part(number)
    }

    /// Whether it decides on a part of a line or denies it, and on no more.
    fn is_in_part(&self, number: u32) -> bool {
        let is_part = |part| matches!(part, LinePart::Some | LinePart::SomeDenied);
        self.word != Word::Reversed && self.says_of(number, is_part)
    }

    /// Whether it is a word on a part of a line beside which the copy of that, or of more of it, takes nothing off.
    fn is_beside_copy(&self, denial: &Said, number: u32) -> bool {
        let is_copy_of_part = denial.copies_in_part(number);
        self.shares(number) && (denial.leaves(number) || is_copy_of_part)
            || is_copy_of_part && self.is_in_part(number)
    }

    /// Whether a line, or what is denied of it as a copy, that a denial denies gives way to what this says of it.
    fn overrules(&self, denial: &Said, number: u32) -> bool {
        if self.is_review() {
            let is_copy = denial.leaves(number) || denial.copies_in_part(number);
            return is_copy && self.reviews(number);
        }
        let key = |one: &Said| (one.paid_on, !one.denies(number));
        let is_later = (key(denial), in_order(denial)) < (key(self), in_order(self));
        let is_anew = self.decides_on(number) || self.is_beside_copy(denial, number);
        if denial.copies_in_part(number) {
            // A denial of all of it, that came before, gives way to it instead.
            let gives_way = !is_later && self.denies(number) && self.decides_on(number);
            return is_anew && !gives_way && !self.is_at(&denial.identity, denial.offset);
        }
        match denial.leaves(number) {
            true => is_anew || (is_later && self.leaves(number)),
            false => {
                let is_of_part = self.copies_in_part(number) && denial.decides_on(number);
                is_later && (self.decides_on(number) || is_of_part) || self.settles(number)
            }
        }
    }

    /// Whether it decides on the whole charge of a line, denies none of it and leaves none of it open: a denial that takes
    /// nothing back changes nothing of that, whichever came last.
    pub(super) fn settles(&self, number: u32) -> bool {
        let is_of_line = |line: &str| line.is_empty() || line.parse() == Ok(number);
        let is_denied = self.word == Word::Denied && self.paid.is_zero() && !self.denies_lines();
        self.word != Word::Reversed
            && self.says_of(number, |part| part == LinePart::Whole)
            && !self.reviewed().any(|(line, _, _)| is_of_line(line))
            && !is_denied
    }

    /// Whether it tells by lines what it denies.
    fn denies_lines(&self) -> bool {
        self.is_by_lines() && self.lines.iter().flatten().any(|line| self.denies(line.number))
    }

    /// Whether something of a line is under review.
    fn reviews(&self, number: u32) -> bool {
        self.reviewed().any(|(line, _, _)| line.parse() == Ok(number))
    }

    /// What it says was settled of a line before its payer decided.
    pub(super) fn settled_of(&self, number: u32) -> Money {
        let of_line = self.adjustments().filter(|(line, code, _)| {
            line.parse() == Ok(number) && reasons::group_and_reason(code).1 == "23"
        });
        of_line.map(|(_, _, amount)| amount).sum()
    }

    /// The lines of which it denies something; `None` where its lines do not tell.
    fn lines_denied_of(&self) -> Option<Vec<u32>> {
        let denied = self.adjustments().filter(|(_, code, amount)| {
            let reason = reasons::group_and_reason(code).1;
            *amount > Money::ZERO && reasons::reason(reason).class == Class::Denial
        });
        let lines: Option<Vec<u32>> = denied.map(|(line, _, _)| line.parse().ok()).collect();
        lines.filter(|lines| self.is_by_lines() && !lines.is_empty())
    }

    /// Whether the part of a line that this denies gives way beside what it denies as a copy: to a later decision on
    /// all of the line.
    fn goes_beside_copy(&self, number: u32, holds: &[&Said]) -> bool {
        let key = |one: &Said| (one.paid_on, !one.denies(number));
        let is_later = |one: &Said| (key(self), in_order(self)) < (key(one), in_order(one));
        self.denies(number) && holds.iter().any(|one| one.decides_on(number) && is_later(one))
    }

    pub fn speaks_of(&self, number: u32) -> bool {
        self.of_line(number).next().is_some()
    }

    /// Whether it decides on other lines alone than another does.
    pub(super) fn is_beside(&self, other: &Said) -> bool {
        let mut lines = other.lines.iter().flatten();
        let are_told = self.is_told_by_lines() && other.is_told_by_lines();
        are_told
            && !lines.any(|line| self.lines.iter().flatten().any(|own| own.number == line.number))
    }

    /// Whether each line has its own: the charge, the money and the adjustments.
    pub(super) fn is_by_lines(&self) -> bool {
        self.lines.is_some() && self.adjustments().all(|(line, _, _)| !line.is_empty())
    }

    /// The same, but for what takes nothing off.
    pub(super) fn is_told_by_lines(&self) -> bool {
        let mut taken_off = self.adjustments().filter(|(_, _, amount)| !amount.is_zero());
        self.lines.is_some() && taken_off.all(|(line, _, _)| !line.is_empty())
    }

    /// The lines of which it decides on the whole charge.
    pub(super) fn whole_of_lines(&self) -> Vec<u32> {
        self.lines_where(|number| self.decides_on(number))
    }

    /// The lines of which it decides on a part, and on no more.
    pub(super) fn shared_lines(&self) -> Vec<u32> {
        self.lines_where(|number| self.is_in_part(number) || self.copies_in_part(number))
    }

    /// What it paid of a line that it decides on as a whole, where that can be told.
    pub(super) fn paid_of(&self, line: &KnownLine) -> Option<Money> {
        let number = line.number.to_string();
        let of_line = self.adjustments().filter(|(of, _, _)| *of == number);
        let of_line =
            of_line.chain(marked_in(&self.adjustments, PENDED).filter(|(of, _, _)| *of == number));
        let off: Money = of_line.map(|(_, _, amount)| amount).sum();
        (self.is_by_lines() && self.decides_on(line.number)).then_some(line.charge - off)
    }

    /// The lines that it denies, each as a whole or as far as it speaks of it, or leaves to another decision, and
    /// those of which it denies a part as a copy.
    pub(super) fn denied_lines(&self) -> Vec<u32> {
        self.lines_where(|number| {
            self.denies(number) || self.leaves(number) || self.copies_in_part(number)
        })
    }

    /// The lines of which it decides on the whole charge, and denies none of it; none while it is not known which
    /// lines are under review.
    pub(super) fn paid_lines(&self) -> Vec<u32> {
        let open: Option<Vec<u32>> =
            self.reviewed().map(|(line, _, _)| line.parse().ok()).collect();
        let Some(open) = open else { return Vec::new() };
        let is_whole = |part| part == LinePart::Whole;
        self.lines_where(|number| self.says_of(number, is_whole) && !open.contains(&number))
    }

    /// The lines of which it decides on a part of the charge, and denies none of it: the rest is under review, or
    /// left to others.
    pub(super) fn lines_in_part(&self) -> Vec<u32> {
        let is_paid =
            |part| matches!(part, LinePart::Whole | LinePart::Some | LinePart::CopyInPart);
        let whole = self.paid_lines();
        self.lines_where(|number| self.says_of(number, is_paid) && !whole.contains(&number))
    }

    /// The lines of which something is under review, and the rest is taken off.
    fn lines_in_review(&self) -> Vec<u32> {
        let open: Vec<u32> = self.reviewed().filter_map(|(line, _, _)| line.parse().ok()).collect();
        match self.word == Word::Reversed || open.is_empty() {
            true => Vec::new(),
            false => self.lines_where(|number| open.contains(&number) && self.decides_on(number)),
        }
    }

    /// Whether it decides on the whole of a line that another review left open, of which that paid nothing.
    fn ends_review(&self, review: &Said, number: u32) -> bool {
        let is_later = in_order(review) < in_order(self);
        if !is_later || !self.decides_on(number) || self.lines_in_review().contains(&number) {
            return false;
        }
        let of_lines = review.lines_in_review();
        let own = self.lines_where(|_| true);
        let taken: Money = own.iter().map(|&number| review.told_of(number)).sum();
        own.iter().all(|number| of_lines.contains(number)) && taken == self.charge
    }

    /// All that is taken off or open of a line.
    fn told_of(&self, number: u32) -> Money {
        let all = self.adjustments().chain(marked_in(&self.adjustments, PENDED));
        let of_line = all.filter(|(line, _, _)| line.parse() == Ok(number));
        of_line.map(|(_, _, amount)| amount).sum()
    }

    fn lines_where(&self, is_it: impl Fn(u32) -> bool) -> Vec<u32> {
        let lines = self.lines.iter().flatten().map(|line| line.number);
        let mut numbers: Vec<u32> = lines.filter(|&number| is_it(number)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Whether it speaks of lines, and all of them are of these.
    pub(super) fn speaks_of_none_but(&self, numbers: &[u32]) -> bool {
        let mut lines = self.lines.iter().flatten().peekable();
        lines.peek().is_some() && lines.all(|line| numbers.contains(&line.number))
    }

    /// What it says of some lines, or of all but these.
    pub(super) fn with_lines(&self, is_asked: impl Fn(u32) -> bool) -> Said {
        let parts = self.adjustments.split(", ").filter(|part| {
            let marked = [PENDED, LEFT].iter().find_map(|mark| part.strip_prefix(mark));
            let number = marked.unwrap_or(part).strip_prefix("line ");
            let number = number.and_then(|rest| rest.split(' ').next());
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

    /// The denial of one line, or what of it is denied as a copy, as if it had been said alone. `holds` is all that
    /// holds of the payer's words.
    fn line_gone(&self, number: u32, holds: &[&Said]) -> Said {
        if self.copies_in_part(number) && !self.goes_beside_copy(number, holds) {
            return self.copy_gone(number);
        }
        let of_line = self.with_lines(|one| one == number);
        let charge = of_line.adjustments().map(|(_, _, amount)| amount).sum();
        Said { charge, paid: Money::ZERO, whole_lines: vec![number], ..of_line }
    }

    fn copy_gone(&self, number: u32) -> Said {
        let of_line = |line: &str| line.parse() == Ok(number);
        let copies: Vec<(&str, &str, Money)> =
            self.copied_in_part().filter(|(line, _, _)| of_line(line)).collect();
        let told = copies.iter().map(|(line, code, amount)| format!("line {line} {code} {amount}"));
        Said {
            charge: copies.iter().map(|(_, _, amount)| *amount).sum(),
            paid: Money::ZERO,
            adjustments: told.collect::<Vec<_>>().join(", "),
            whole_lines: Vec::new(),
            lines: Some(vec![SaidOfLine { number, part: LinePart::CopyInPart }]),
            ..self.clone()
        }
    }

    /// Takes off it what it denied as copies of parts of lines, and gave way.
    fn drop_copies(&mut self, gone: &[&Said]) {
        for gone in gone {
            let copied = gone.lines.iter().flatten();
            let mut copied = copied.filter(|line| line.part == LinePart::CopyInPart);
            let Some(SaidOfLine { number, .. }) = copied.next() else { continue };
            let is_gone = |part: &&str| gone.adjustments.split(", ").any(|one| one == *part);
            let parts = self.adjustments.split(", ").filter(|part| !is_gone(part));
            self.adjustments = parts.collect::<Vec<&str>>().join(", ");
            let lines = self.lines.iter_mut().flatten();
            for line in lines.filter(|line| line.number == *number) {
                let is_denied = line.part == LinePart::DeniedBesideCopy;
                line.part = if is_denied { LinePart::SomeDenied } else { LinePart::Some };
            }
        }
    }

    /// The rest of it when some of its lines gave way.
    fn rest(&self, gone: &[&Said]) -> Said {
        let lines: Vec<u32> = gone.iter().flat_map(|one| &one.whole_lines).copied().collect();
        let charge = self.charge - gone.iter().map(|one| one.charge).sum::<Money>();
        let mut rest = self.with_lines(|one| !lines.contains(&one));
        if gone.iter().any(|one| one.left() > Money::ZERO) {
            let parts = rest.adjustments.split(", ").filter(|part| !part.starts_with(LEFT));
            rest.adjustments = parts.collect::<Vec<&str>>().join(", ");
        }
        rest.drop_copies(gone);
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
/// lines later, or on the same day otherwise than by a denial. With them what each leaves to other CLPs.
pub(super) fn given_way(holds: &[&Said]) -> Vec<Said> {
    let mut gone = Vec::new();
    for denial in holds {
        gone.extend(denial.left_out());
        for number in denial.denied_lines() {
            if holds.iter().any(|other| other.overrules(denial, number)) {
                gone.push(denial.line_gone(number, holds));
            }
        }
        for number in denial.lines_in_review() {
            if holds.iter().any(|other| other.ends_review(denial, number)) {
                let charge = denial.told_of(number);
                gone.push(Said { charge, ..denial.line_gone(number, holds) });
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

/// Whether all that a denial denies was decided on anew, otherwise than by denials alone, and this decides on
/// some of it; `None` where its lines do not tell.
pub(super) fn settles_lines(one: &Said, denial: &Said, holds: &[&Said]) -> Option<bool> {
    let lines = denial.denied_lines();
    let is_told = |&number: &u32| {
        let is_in_doubt = one.of_line(number).any(|part| part == LinePart::Some);
        !is_in_doubt || one.shares(number) || one.is_review() || denial.copies_in_part(number)
    };
    if lines.is_empty() || one.lines.is_none() || !lines.iter().all(is_told) {
        return None;
    }
    let overruling = |number: u32| {
        let all = holds.iter().copied().chain([one]);
        all.filter(move |other| other.overrules(denial, number))
    };
    let is_anew = |&number: &u32| {
        let is_it = |other: &Said| !other.denies(number) || other.is_beside_copy(denial, number);
        overruling(number).any(is_it)
    };
    let gone = lines.iter().filter(|&&number| overruling(number).next().is_some());
    let all: Vec<&Said> = holds.iter().copied().chain([one]).collect();
    let gone: Vec<Said> = gone.map(|&number| denial.line_gone(number, &all)).collect();
    let is_settled = left_of(denial, &gone).is_none_or(|left| left.word != Word::Denied);
    let is_its = lines.iter().any(|&number| one.overrules(denial, number));
    Some(is_settled && is_its && lines.iter().any(is_anew))
}

/// What of this speaks of the lines that a denial denies, once all of these are spoken of; all of it where the lines
/// do not tell.
pub(super) fn said_of_denied<'s>(denial: &Said, mut said: Vec<&'s Said>) -> Vec<&'s Said> {
    let Some(lines) = denial.lines_denied_of() else { return said };
    if said.iter().all(|one| one.is_by_lines()) {
        said.retain(|one| lines.iter().any(|&number| one.speaks_of(number)));
        if !lines.iter().all(|&number| said.iter().any(|one| one.speaks_of(number))) {
            said.clear();
        }
    }
    said
}

/// Whether each line of which a denial denies something was decided on anew, and this decides on one of them: as a
/// whole, or where more `is_beyond` the charge in a part. So it is where the lines of one of them do not tell.
pub(super) fn decides_on_denied(
    one: &Said,
    denial: &Said,
    holds: &[&Said],
    is_beyond: bool,
) -> bool {
    let Some(lines) = denial.lines_denied_of() else { return true };
    let decides = |other: &Said, number: u32| {
        let is_part = |part| matches!(part, LinePart::Some | LinePart::CopyInPart);
        let is_whole = other.decides_on(number) && !other.leaves_out(number);
        is_whole || is_beyond && other.of_line(number).any(is_part)
    };
    let others = holds.iter().filter(|other| {
        denial.paid_on <= other.paid_on && !other.is_at(&denial.identity, denial.offset)
    });
    let others: Vec<&Said> = others.copied().chain([one]).collect();
    let is_anew =
        |&number: &u32| others.iter().any(|other| !other.is_by_lines() || decides(other, number));
    let is_its = lines.iter().any(|&number| decides(one, number));
    !one.is_by_lines() || is_its && lines.iter().all(is_anew)
}
