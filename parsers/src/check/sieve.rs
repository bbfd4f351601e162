//! A row of a guide as a sieve: what it lets through is surely clean, and most segments are.
//!
//! The close look of `check` finds every fault and says where it stands. Most files have none, so
//! that this is asked first: is there any at all? It knows the same row, laid out for the one
//! question: rules by position, codes as numbers, dependencies as bits. Of what it is not sure
//! it lets nothing through, and the close look has the say. So a rule that is added to the
//! close look has to be known here, or be held back as [`Form::Unsure`]. In a debug build all that
//! goes through is looked at closely as well, and has to turn out clean.

use crate::guide::row::{Codes, Content, Data, Element, Kind, Slot, Usage};
use crate::guide::segments::{Base, Note, Relation, base, notes_of};
use crate::segment::part_of;
use crate::value::is_time;

use super::split::Split;
use super::{CLM, DATE_FORM, DATE_VALUE, HL, LX, is_date, judge_date};

/// One row.
#[derive(Debug)]
pub(crate) struct Sieve {
    /// By position; the tag has none, and what stands past the last is not used.
    rules: Box<[Rule]>,
    /// Positions that must be filled, a bit for each.
    required: u64,
    dependencies: Box<[Dependency]>,
    /// Whether the segment counts something, which has to be followed through the set.
    pub counts: bool,
}

/// What may stand at one position, or in one part of a composite.
#[derive(Debug)]
struct Rule {
    form: Form,
    /// Whether only some codes may stand here.
    is_coded: bool,
    /// Of a date whose form another position names: which; 0 where none does.
    date_form: u8,
    len_min: u16,
    len_max: u16,
    /// The first of the codes, as the number that its bytes are: mostly it is the one, and often
    /// there are no others.
    code: u64,
    other_codes: Box<[u64]>,
    /// Of a composite.
    parts: Option<Box<Parts>>,
}

/// The parts of a composite. They lie apart, for few elements have any.
#[derive(Debug)]
struct Parts {
    /// By position, as the elements of a row.
    rules: Box<[Rule]>,
    required: u64,
    dependencies: Box<[Dependency]>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Nothing may stand here.
    NotUsed,
    Text,
    /// Text that is one of some codes, each of a length that fits.
    Code,
    Whole,
    Decimal,
    Day,
    Time,
    /// A date whose form an element before it names.
    DateValue,
    Composite,
    /// Only the close look can tell.
    Unsure,
}

/// The standard's dependencies between elements, as bits of positions.
#[derive(Debug)]
struct Dependency {
    relation: Relation,
    first: u64,
    all: u64,
}

/// Positions are bits of a `u64`; the standard has no segment with so many elements.
const POSITIONS_MAX: usize = 63;

/// Codes are compared as numbers of eight bytes.
const CODE_LEN_MAX: usize = 8;

impl Sieve {
    pub(crate) fn new(slot: &Slot) -> Sieve {
        let base = base(slot.tag);
        let of = |element: &Element| match element.content {
            Content::Simple(data) => {
                Rule::of_value(element, &data, keys_of(slot, element.position, 0))
            }
            Content::Composite(parts) => Rule::of_composite(element, parts, slot, base),
        };
        Sieve {
            rules: by_position(slot.elements, of),
            required: required(slot.elements),
            dependencies: dependencies(base.map_or(&[], |base| base.notes), slot.elements),
            counts: [HL, LX, CLM].contains(&slot.tag),
        }
    }

    /// Whether the segment is surely without a fault.
    pub(crate) fn lets_through(&self, split: &Split<'_>) -> bool {
        let Some(rules) = self.rules.get(1..split.count()) else { return false };
        if split.is_unusual {
            return false;
        }
        let mut filled = 0u64;
        let mut inner = split.inner;
        let mut start = split.end_of(0) + 1;
        for (rule, n) in rules.iter().zip(1..) {
            let span = (start, split.end_of(n));
            start = span.1 + 1;
            if span.0 == span.1 {
                continue;
            }
            filled |= 1 << n;
            let fits = match &rule.parts {
                Some(parts) => parts.fit(split, span, &mut inner),
                None if split.stands_before(inner, span.1) => false,
                None => rule.fits(split.text, span, || split.element(usize::from(rule.date_form))),
            };
            if !fits {
                return false;
            }
        }
        // A segment has one value at least.
        filled != 0
            && self.required & !filled == 0
            && self.dependencies.iter().all(|one| one.holds(filled))
    }
}

/// Lays elements out by their position, with nothing at 0.
fn by_position(elements: &'static [Element], of: impl Fn(&Element) -> Rule) -> Box<[Rule]> {
    let mut rules = vec![Rule::empty(Form::NotUsed)];
    let mut date_form = 0;
    for element in elements {
        let position = usize::from(element.position);
        // What stands twice, or past the bits, is for the close look.
        let is_odd = position < rules.len() || position > POSITIONS_MAX;
        if is_odd {
            return Box::new([]);
        }
        rules.resize_with(position, || Rule::empty(Form::NotUsed));
        rules.push(Rule { date_form, ..of(element) });
        if matches!(element.content, Content::Simple(data) if data.number == DATE_FORM) {
            date_form = element.position;
        }
    }
    rules.into()
}

fn required(elements: &[Element]) -> u64 {
    let required = elements.iter().filter(|element| element.usage == Usage::Required);
    required.fold(0, |bits, element| bits | bit(element.position))
}

fn bit(position: u8) -> u64 {
    1u64.checked_shl(u32::from(position)).unwrap_or_default()
}

/// What the row's own qualifiers let stand at a position.
fn keys_of(slot: &Slot, position: u8, component: u8) -> Option<Vec<&'static str>> {
    let mut keys =
        slot.keys.iter().filter(|key| key.position == position && key.component == component);
    let mut codes = keys.next()?.codes.to_vec();
    for key in keys {
        codes.retain(|code| key.codes.contains(code));
    }
    Some(codes)
}

impl Rule {
    fn empty(form: Form) -> Rule {
        Rule {
            form,
            len_min: 0,
            len_max: 0,
            is_coded: false,
            date_form: 0,
            code: 0,
            other_codes: Box::default(),
            parts: None,
        }
    }

    fn of_value(element: &Element, data: &Data, keys: Option<Vec<&'static str>>) -> Rule {
        let listed = match element.codes {
            Codes::Listed(codes) => Some(codes),
            Codes::Any | Codes::Set(_) => None,
        };
        let codes = match (listed, keys) {
            (None, None) => None,
            (Some(codes), None) => Some(codes.to_vec()),
            (None, Some(keys)) => Some(keys),
            (Some(codes), Some(mut keys)) => {
                keys.retain(|key| codes.contains(key));
                Some(keys)
            }
        };
        let len_max = match element.guide_len_max {
            0 => data.len_max,
            guide_len_max => guide_len_max,
        };
        let is_coded = codes.is_some();
        let lengths = usize::from(data.len_min)..=usize::from(len_max);
        let codes =
            codes.unwrap_or_default().into_iter().filter(|code| lengths.contains(&code.len()));
        // A code that is too long for a number is not found, and so is left to the close look.
        let mut codes = codes.filter_map(|code| packed(code.as_bytes(), (0, code.len())));
        let form = match data.kind {
            _ if data.number == DATE_VALUE => Form::DateValue,
            Kind::AN | Kind::ID if is_coded => Form::Code,
            Kind::AN | Kind::ID => Form::Text,
            Kind::DT => Form::Day,
            Kind::TM => Form::Time,
            Kind::N0 => Form::Whole,
            Kind::R => Form::Decimal,
        };
        Rule {
            len_min: data.len_min,
            len_max,
            is_coded,
            code: codes.next().unwrap_or(0),
            other_codes: codes.collect(),
            ..Rule::empty(form)
        }
    }

    fn of_composite(
        element: &Element,
        parts: &'static [Element],
        slot: &Slot,
        base: Option<&Base>,
    ) -> Rule {
        let by_base = base.and_then(|base| base.element(element.position));
        let notes = match by_base.map(|element| element.content) {
            Some(Content::Composite(parts)) => notes_of(parts),
            Some(Content::Simple(_)) | None => notes_of(parts),
        };
        let of = |part: &Element| match part.content {
            Content::Simple(data) => {
                Rule::of_value(part, &data, keys_of(slot, element.position, part.position))
            }
            Content::Composite(_) => Rule::empty(Form::Unsure),
        };
        let parts = Parts {
            rules: by_position(parts, of),
            required: required(parts),
            dependencies: dependencies(notes, parts),
        };
        Rule { parts: Some(Box::new(parts)), ..Rule::empty(Form::Composite) }
    }

    /// Whether the value at `span` of a text is right; it is not empty. `date_form` gives the form of
    /// a date that another value names.
    #[inline]
    fn fits<'a>(
        &self,
        text: &'a [u8],
        span: (usize, usize),
        date_form: impl FnOnce() -> &'a [u8],
    ) -> bool {
        // Text and codes are asked of most, and cost less than to call what asks the others.
        match self.form {
            // What begins with a blank may be nothing else.
            Form::Text => self.has_room(span.1 - span.0) && text[span.0] != b' ',
            Form::Code => self.lists(text, span),
            Form::Whole
            | Form::Decimal
            | Form::Day
            | Form::Time
            | Form::DateValue
            | Form::NotUsed
            | Form::Composite
            | Form::Unsure => self.value_fits(text, span, date_form),
        }
    }

    #[inline]
    fn lists(&self, text: &[u8], span: (usize, usize)) -> bool {
        packed(text, span).is_some_and(|code| code == self.code || self.lists_among_others(code))
    }

    #[inline(never)]
    fn lists_among_others(&self, code: u64) -> bool {
        self.other_codes.contains(&code)
    }

    #[inline]
    fn has_room(&self, len: usize) -> bool {
        usize::from(self.len_min) <= len && len <= usize::from(self.len_max)
    }

    #[inline(never)]
    fn value_fits<'a>(
        &self,
        text: &'a [u8],
        span: (usize, usize),
        date_form: impl FnOnce() -> &'a [u8],
    ) -> bool {
        if self.is_coded && !self.lists(text, span) {
            return false;
        }
        let text = &text[span.0..span.1];
        match self.form {
            Form::Text | Form::Code => self.has_room(text.len()) && text.first() != Some(&b' '),
            Form::Whole => self.has_room(text.len()) && text.iter().all(u8::is_ascii_digit),
            Form::Decimal => digits_of(text).is_some_and(|digits| self.has_room(digits)),
            Form::Day => self.has_room(text.len()) && is_date(text),
            Form::Time => self.has_room(text.len()) && is_time(text),
            Form::DateValue => {
                let date_form = if self.date_form == 0 { &[] } else { date_form() };
                let begins = text.first() != Some(&b' ');
                begins && self.has_room(text.len()) && judge_date(date_form, text).is_none()
            }
            Form::NotUsed | Form::Composite | Form::Unsure => false,
        }
    }
}

impl Parts {
    /// Whether all parts of a composite are right. `inner` is moved behind its separators.
    #[inline(never)]
    fn fit(&self, split: &Split<'_>, span: (usize, usize), inner: &mut &[u32]) -> bool {
        let (mut start, end) = span;
        let whole = &split.text[start..end];
        let mut filled = 0u64;
        for (m, rule) in self.rules.iter().enumerate().skip(1) {
            let part_end = split.take_before(inner, end);
            // A repetition is for the close look.
            if part_end.is_some_and(|at| split.text[at] != split.component) {
                return false;
            }
            let span = (start, part_end.unwrap_or(end));
            if span.0 < span.1 {
                filled |= 1 << m;
                let date_form = || part_of(whole, split.component, usize::from(rule.date_form));
                if !rule.fits(split.text, span, date_form) {
                    return false;
                }
            }
            match part_end {
                Some(at) => start = at + 1,
                None => {
                    return self.required & !filled == 0
                        && self.dependencies.iter().all(|one| one.holds(filled));
                }
            }
        }
        // There are more parts than the row knows.
        false
    }
}

/// The dependencies of these elements that are not kept of themselves, by whoever fills what is
/// required and nothing that is not used.
fn dependencies(notes: &[Note], elements: &[Element]) -> Box<[Dependency]> {
    let used = elements.iter().fold(0, |bits, element| bits | bit(element.position));
    let required = required(elements);
    let all = notes.iter().map(Dependency::of);
    all.filter(|one| !one.holds_for_all(required, used)).collect()
}

impl Dependency {
    fn of(note: &Note) -> Dependency {
        let all = note.positions.iter().fold(0, |bits, &position| bits | bit(position));
        let first = note.positions.first().map_or(0, |&position| bit(position));
        Dependency { relation: note.relation, first, all }
    }

    /// Whether it holds whatever is filled, as long as all of `required` is, and only of `used`.
    fn holds_for_all(&self, required: u64, used: u64) -> bool {
        let others = self.all & !self.first;
        let (required, used) = (self.all & required, self.all & used);
        match self.relation {
            Relation::Paired => required == self.all || used == 0,
            Relation::AtLeastOne => required != 0,
            Relation::Exclusive => used & used.wrapping_sub(1) == 0,
            Relation::Conditional => required & others == others || used & self.first == 0,
            Relation::ListConditional => required & others != 0 || used & self.first == 0,
        }
    }

    fn holds(&self, filled: u64) -> bool {
        let there = filled & self.all;
        match self.relation {
            Relation::Paired => there == 0 || there == self.all,
            Relation::AtLeastOne => there != 0,
            Relation::Exclusive => there & there.wrapping_sub(1) == 0,
            Relation::Conditional => there & self.first == 0 || there == self.all,
            Relation::ListConditional => there != self.first,
        }
    }
}

/// The text at `span` as one number, if it is as short as a code.
#[inline]
pub(crate) fn packed(text: &[u8], (start, end): (usize, usize)) -> Option<u64> {
    let len = end - start;
    if len == 0 || len > CODE_LEN_MAX {
        return None;
    }
    // Eight bytes are read at once: those that begin with the code, and what follows it is masked;
    // near the end of the segment those that end with it, and what is before it is shifted out.
    let others = 8 * (CODE_LEN_MAX - len);
    if let Some(&eight) = text[start..].first_chunk() {
        return Some(u64::from_le_bytes(eight) & u64::MAX >> others);
    }
    Some(match text[..end].last_chunk() {
        Some(&eight) => u64::from_le_bytes(eight) >> others,
        None => {
            text[start..end].iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte))
        }
    })
}

/// How many digits a decimal number has; none when it is not written as one.
fn digits_of(text: &[u8]) -> Option<usize> {
    let number = text.strip_prefix(b"-").unwrap_or(text);
    let (mut digits, mut points) = (0, 0);
    for &byte in number {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'.' => points += 1,
            _ => return None,
        }
    }
    (digits > 0 && points <= 1).then_some(digits)
}
