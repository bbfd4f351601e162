//! One segment against its row: presence, length, characters, codes, dates.

mod sequence;
pub(crate) mod sieve;
pub(crate) mod split;

use crate::delimiters::Delimiters;
use crate::fault::told::Told;
use crate::fault::{ElementFault, Fault, Kind as FaultKind, Place};
use crate::guide::codes;
use crate::guide::row::{Codes, Content, Data, Element, Guide, Kind, Loop, Slot, Tag, Usage};
use crate::guide::segments::{Base, Note, Relation, base, notes_of};
use crate::scan::Tape;
use crate::segment::{Segment, is_same, part_of};
use crate::value::{Day, DayRange, is_npi, is_time};
use sequence::Sequence;
use sieve::Sieve;
use split::{Cut, Split, Splitter};

const HL: Tag = Tag::new(b"HL");
const LX: Tag = Tag::new(b"LX");
const CLM: Tag = Tag::new(b"CLM");

/// Data element 1250 says in which form 1251 writes its date.
const DATE_FORM: u16 = 1250;
const DATE_VALUE: u16 = 1251;

/// Data element 66: NM108.
const QUALIFIER: u16 = 66;

/// Data element 1705: ST03.
const GUIDE_NAME: u16 = 1705;

/// A 999 has two digits for the position of an element; no segment of the standard has more.
const ELEMENTS_MAX: usize = 99;

/// Checks the segments of one set, one after another.
#[derive(Debug)]
pub(crate) struct Checker {
    sequence: Sequence,
    /// For segments that are checked alone.
    tape: Tape,
}

impl Checker {
    pub(crate) fn new(guide: &Guide) -> Checker {
        Checker { sequence: Sequence::new(guide), tape: Tape::new() }
    }

    /// For segments that stand in no set.
    pub(crate) fn of_envelope() -> Checker {
        Checker { sequence: Sequence::default(), tape: Tape::new() }
    }

    /// Which of the open levels the HL02 of this segment names, the outermost being 0.
    pub(crate) fn level_named(&self, segment: &Cut<'_>) -> Option<usize> {
        self.sequence.level_named(segment.split.element(2))
    }

    /// Counts on as if the head of a loop, which is missing, had been there.
    pub(crate) fn assume(&mut self, head: Tag, level: usize, told: &mut Told) {
        self.sequence.assume(head, level, told);
    }

    /// Takes back what was assumed of a head: it came after all.
    pub(crate) fn forget(&mut self, head: Tag, level: usize) {
        self.sequence.forget(head, level);
    }

    /// A level came that has no place: what the open ones say of levels below cannot be held
    /// against them.
    pub(crate) fn forget_levels_below(&mut self) {
        self.sequence.forget_levels_below();
    }

    /// The set ends, and no level follows.
    pub(crate) fn finish(&mut self, told: &mut Told) {
        self.sequence.finish(told);
    }

    /// Checks a segment against its row. `level` says how many levels are open, for an HL its own
    /// included.
    pub(crate) fn check(
        &mut self,
        segment: &Cut<'_>,
        row: &CheckedRow<'_>,
        level: usize,
        told: &mut Told,
    ) {
        let is_clean = row.sieve.lets_through(&segment.split);
        if !is_clean || row.sieve.counts || cfg!(debug_assertions) {
            self.look_closely(segment, (row.slot, row.table), is_clean, Some(level), told);
        }
    }

    /// The same for a segment of no file, of which nothing is known yet; without a level, also not
    /// what came before it.
    pub(crate) fn check_alone(
        &mut self,
        segment: &Segment<'_>,
        row: (&'static Slot, &'static Loop),
        level: Option<usize>,
        told: &mut Told,
    ) {
        let mut tape = std::mem::take(&mut self.tape);
        tape.scan(segment.bytes(), segment.delimiters());
        let cut = Splitter::new(&tape, segment.start()).cut(*segment);
        self.look_closely(&cut, row, false, level, told);
        self.tape = tape;
    }

    fn look_closely(
        &mut self,
        cut: &Cut<'_>,
        (slot, table): (&'static Slot, &'static Loop),
        is_clean: bool,
        level: Option<usize>,
        told: &mut Told,
    ) {
        let known = told.faults.len();
        let base = base(slot.tag);
        let Cut { segment, split } = cut;
        let is_overfull = false;
        let mut findings = Findings { segment, split, slot, base, table, told, known, is_overfull };
        if !is_clean || cfg!(debug_assertions) {
            findings.check_elements();
            assert!(
                !is_clean || findings.told.faults.len() == known,
                "the sieve let through what has a fault: {:?}",
                findings.told.faults.last(),
            );
        }
        if let Some(level) = level {
            self.sequence.check(&mut findings, level);
        }
    }
}

/// A row that a segment is checked against.
pub(crate) struct CheckedRow<'a> {
    pub slot: &'static Slot,
    pub table: &'static Loop,
    pub sieve: &'a Sieve,
}

/// What is wrong by a dependency, and where, if anything is.
fn broken(note: &Note, there: impl Fn(&&u8) -> bool) -> Option<(ElementFault, u8)> {
    let (first, others) = note.positions.split_first()?;
    let count = note.positions.iter().filter(&there).count();
    let wrong = match note.relation {
        Relation::Paired if count > 0 => note.positions.iter().find(|p| !there(p)),
        Relation::AtLeastOne if count == 0 => Some(first),
        Relation::Exclusive if count > 1 => others.iter().find(&there),
        Relation::Conditional if there(&first) => others.iter().find(|p| !there(p)),
        Relation::ListConditional if there(&first) && count == 1 => others.first(),
        Relation::Paired
        | Relation::AtLeastOne
        | Relation::Exclusive
        | Relation::Conditional
        | Relation::ListConditional => None,
    };
    let fault = match note.relation {
        Relation::Exclusive => ElementFault::Excluded,
        Relation::Paired
        | Relation::AtLeastOne
        | Relation::Conditional
        | Relation::ListConditional => ElementFault::ConditionalMissing,
    };
    wrong.map(|&position| (fault, position))
}

/// Where faults of one segment go.
struct Findings<'a, 'b> {
    segment: &'a Segment<'a>,
    split: &'a Split<'a>,
    slot: &'static Slot,
    base: Option<&'static Base>,
    table: &'static Loop,
    told: &'b mut Told,
    /// How many faults there were before this segment.
    known: usize,
    /// Whether it was said that the segment has too many elements.
    is_overfull: bool,
}

impl Findings<'_, '_> {
    /// The close look, which says all that is wrong.
    fn check_elements(&mut self) {
        let (split, known) = (self.split, self.told.faults.len());
        let mut expected = self.slot.elements.iter().peekable();
        let mut date_form: &[u8] = &[];
        for n in 1..split.count() {
            let text = split.element(n);
            match expected.next_if(|element| usize::from(element.position) <= n) {
                Some(element) => {
                    self.check_element(element, text, date_form);
                    if matches!(element.content, Content::Simple(data) if data.number == DATE_FORM)
                    {
                        date_form = text;
                    }
                }
                None if text.is_empty() => {}
                None => self.check_surplus(n, text, date_form),
            }
        }
        for element in expected.filter(|element| element.usage == Usage::Required) {
            self.report(ElementFault::Missing, element, 0, 0);
        }
        for note in self.base.map_or(&[][..], |base| base.notes) {
            self.check_note(note, known);
        }
        // X12 has no segment without a value: one of them all has to be there.
        let is_blank = (1..split.count()).all(|n| split.element(n).is_empty());
        if is_blank && self.told.faults.len() == known {
            let first = self.slot.elements.first();
            let (position, name) = first.map_or((1, ""), |first| (first.position, first.name));
            self.report_at(ElementFault::ConditionalMissing, position, 0, 0, name);
        }
    }

    /// The standard's own dependencies between elements of one segment, of whose faults there are
    /// those from `known` on.
    fn check_note(&mut self, note: &Note, known: usize) {
        let split = self.split;
        let there = |&&position: &&u8| !split.element(usize::from(position)).is_empty();
        let Some((fault, position)) = broken(note, there) else { return };
        // What is one place off is missing from its own, and needs saying once.
        let displaced = FaultKind::Element(ElementFault::Displaced);
        if self.told.faults.iter().skip(known).any(|told| told.kind == displaced) {
            return;
        }
        let elements = self.slot.elements;
        let is_in_row = |p: &u8| elements.iter().any(|element| element.position == *p);
        let is_stray = note.positions.iter().any(|p| there(&p) && !is_in_row(p));
        let rule = elements.iter().find(|element| element.position == position);
        let by_base = self.base.and_then(|base| base.element(position));
        self.report_broken(fault, rule, by_base, is_stray, (position, 0, 0), known);
    }

    /// Says that a dependency of the standard is broken at a place (element, part, repetition),
    /// once. `is_stray` says whether a value has part in it for which the guide has no use: the
    /// guide's own row keeps the dependencies.
    fn report_broken(
        &mut self,
        fault: ElementFault,
        rule: Option<&Element>,
        by_base: Option<&Element>,
        is_stray: bool,
        (position, component, repeat): (u8, u8, u16),
        known: usize,
    ) {
        let is_missing = fault == ElementFault::ConditionalMissing;
        let stands_there = |place: &Place| {
            (place.element, place.component, place.repeat) == (position, component, repeat)
        };
        let told = self.told.faults.iter_mut().skip(known).find(|told| {
            let kinds = [ElementFault::Missing, ElementFault::ConditionalMissing];
            stands_there(&told.place)
                && kinds.iter().any(|&kind| told.kind == FaultKind::Element(kind))
        });
        match (told, rule) {
            // What X12 demands in any case needs no other value to call for it.
            (Some(told), _) if is_missing => {
                if by_base.is_none_or(|element| element.usage != Usage::Required) {
                    told.kind = FaultKind::Element(fault);
                }
            }
            (_, Some(rule)) if rule.usage != Usage::Required => {
                self.report_at(fault, position, component, repeat, rule.name);
            }
            (_, None) if is_missing && is_stray => {
                self.report_at(fault, position, component, repeat, "");
            }
            // What the row calls for or rules out has been said already.
            (Some(_) | None, Some(_) | None) => {}
        }
    }

    fn report(&mut self, fault: ElementFault, element: &Element, component: u8, repeat: u16) {
        self.report_at(fault, element.position, component, repeat, element.name);
    }

    fn report_at(
        &mut self,
        fault: ElementFault,
        position: u8,
        component: u8,
        repeat: u16,
        name: &'static str,
    ) {
        let n = usize::from(position);
        let (start, end) = match n < self.split.count() {
            true => self.split.span(n),
            // What is absent would stand at the segment's end.
            false => (self.split.text.len(), self.split.text.len()),
        };
        let place = self.segment.place_in(start..end, position, component, repeat);
        self.told.push(Fault {
            kind: FaultKind::Element(fault),
            place,
            loop_id: self.table.id,
            tag: self.slot.tag,
            name,
        });
    }

    /// An element that the row does not use: faulted for that, and its form by the base.
    fn check_surplus(&mut self, n: usize, text: &[u8], date_form: &[u8]) {
        let position = u8::try_from(n).unwrap_or(u8::MAX);
        let in_standard = self.base.is_none_or(|base| n <= base.elements.len());
        if in_standard && n <= ELEMENTS_MAX {
            self.report_at(ElementFault::NotUsed, position, 0, 0, "");
            if let Some(element) = self.base.and_then(|base| base.element(position)) {
                self.check_element(element, text, date_form);
            }
        } else if !self.is_overfull {
            // Once says it: a separator stands where it should not, and moves all that follows.
            self.is_overfull = true;
            self.report_at(ElementFault::TooMany, position, 0, 0, "");
        }
    }

    fn check_element(&mut self, element: &Element, text: &[u8], date_form: &[u8]) {
        if text.is_empty() {
            if element.usage == Usage::Required {
                self.report(ElementFault::Missing, element, 0, 0);
            }
            return;
        }
        let Delimiters { component, repetition, .. } = self.segment.delimiters();
        let separator = repetition.filter(|&separator| separator != component);
        let is_separator = |&byte: &u8| Some(byte) == separator;
        if self.split.inner.is_empty() || !text.iter().any(is_separator) {
            return self.check_content(element, text, 0, date_form);
        }
        for (index, repeat) in text.split(is_separator).enumerate() {
            let number = u16::try_from(index + 1).unwrap_or(u16::MAX);
            if number > element.repeat_max {
                return self.report(ElementFault::TooManyRepeats, element, 0, number);
            }
            self.check_content(element, repeat, number, date_form);
        }
    }

    fn check_content(&mut self, element: &Element, text: &[u8], repeat: u16, date_form: &[u8]) {
        match element.content {
            Content::Simple(data) => {
                if let Some(fault) = self.judge(element, &data, text, date_form) {
                    self.report(fault, element, 0, repeat);
                } else if !self.key_allows(element.position, 0, text) {
                    self.report(wrong_code(&data, text), element, 0, repeat);
                }
            }
            Content::Composite(parts) => self.check_composite(element, parts, text, repeat),
        }
    }

    fn check_composite(
        &mut self,
        element: &Element,
        parts: &'static [Element],
        text: &[u8],
        repeat: u16,
    ) {
        let known = self.told.faults.len();
        let separator = self.segment.delimiters().component;
        let mut date_form: &[u8] = &[];
        let mut expected = parts.iter().peekable();
        for (index, part) in text.split(|&byte| byte == separator).enumerate() {
            let m = u8::try_from(index + 1).unwrap_or(u8::MAX);
            let Some(rule) = expected.next_if(|rule| rule.position <= m) else {
                if !part.is_empty() {
                    let in_standard = self.parts_of_base(element.position, parts);
                    let Some(by_base) = in_standard.get(index) else {
                        let (fault, position) = (ElementFault::TooManyParts, element.position);
                        return self.report_at(fault, position, m, repeat, element.name);
                    };
                    let fault = ElementFault::NotUsed;
                    self.report_at(fault, element.position, m, repeat, element.name);
                    self.check_part(element, by_base, part, repeat, date_form);
                }
                continue;
            };
            self.check_part(element, rule, part, repeat, date_form);
            if matches!(rule.content, Content::Simple(data) if data.number == DATE_FORM) {
                date_form = part;
            }
        }
        for rule in expected.filter(|rule| rule.usage == Usage::Required) {
            let fault = ElementFault::Missing;
            self.report_at(fault, element.position, rule.position, repeat, rule.name);
        }
        self.check_notes_of_parts(element, parts, text, repeat, known);
    }

    /// The parts that the standard gives the composite at `position`; of the row's, if it knows none.
    fn parts_of_base(&self, position: u8, parts: &'static [Element]) -> &'static [Element] {
        match self.base.and_then(|base| base.element(position)).map(|element| element.content) {
            Some(Content::Composite(parts)) => parts,
            Some(Content::Simple(_)) | None => parts,
        }
    }

    /// The standard's own dependencies between parts of one composite.
    fn check_notes_of_parts(
        &mut self,
        element: &Element,
        parts: &'static [Element],
        text: &[u8],
        repeat: u16,
        known: usize,
    ) {
        let separator = self.segment.delimiters().component;
        let in_standard = self.parts_of_base(element.position, parts);
        for note in notes_of(in_standard) {
            let there = |&&part: &&u8| !part_of(text, separator, usize::from(part)).is_empty();
            let Some((fault, position)) = broken(note, there) else { continue };
            let is_in_row = |p: &u8| parts.iter().any(|rule| rule.position == *p);
            let is_stray = note.positions.iter().any(|p| there(&p) && !is_in_row(p));
            let of = |rules: &'static [Element]| rules.iter().find(|it| it.position == position);
            let place = (element.position, position, repeat);
            self.report_broken(fault, of(parts), of(in_standard), is_stray, place, known);
        }
    }

    fn check_part(
        &mut self,
        element: &Element,
        rule: &Element,
        part: &[u8],
        repeat: u16,
        date_form: &[u8],
    ) {
        let fault = match rule.content {
            Content::Simple(_) if part.is_empty() => {
                (rule.usage == Usage::Required).then_some(ElementFault::Missing)
            }
            Content::Simple(data) => self.judge(rule, &data, part, date_form).or_else(|| {
                let fits = self.key_allows(element.position, rule.position, part);
                (!fits).then(|| wrong_code(&data, part))
            }),
            // No composite of the standard holds another.
            Content::Composite(_) => None,
        };
        if let Some(fault) = fault {
            self.report_at(fault, element.position, rule.position, repeat, rule.name);
        }
    }

    /// The row's own qualifiers: only a segment that was taken for lack of better breaks one.
    fn key_allows(&self, position: u8, component: u8, text: &[u8]) -> bool {
        self.slot
            .keys
            .iter()
            .filter(|key| key.position == position && key.component == component)
            .all(|key| is_one_of(key.codes, text))
    }

    /// The first thing that is wrong with a value.
    fn judge(
        &self,
        element: &Element,
        data: &Data,
        text: &[u8],
        date_form: &[u8],
    ) -> Option<ElementFault> {
        let component = self.segment.delimiters().component;
        let may_hold_it = !self.split.inner.is_empty();
        if may_hold_it && text.contains(&component) && self.segment.tag() != Tag::new(b"ISA") {
            return Some(ElementFault::TooManyParts);
        }
        let is_plain = !self.split.is_unusual && matches!(data.kind, Kind::AN | Kind::ID);
        let len = if is_plain { text.len() } else { counted_len(data.kind, text) };
        let len_max = match element.guide_len_max {
            0 => data.len_max,
            guide_len_max => guide_len_max,
        };
        if !is_plain && !characters_fit(data.kind, text) {
            return Some(ElementFault::CharacterInvalid);
        }
        // X12 text has one character at least that is no blank; of a code it is said below.
        if text.first() == Some(&b' ') && self.is_blank(element, text) {
            return Some(ElementFault::CharacterInvalid);
        }
        if len > usize::from(len_max) {
            let is_displaced = data.number == QUALIFIER && is_npi(text);
            return Some(match is_displaced {
                true => ElementFault::Displaced,
                false => ElementFault::TooLong,
            });
        }
        if len < usize::from(data.len_min) {
            return Some(ElementFault::TooShort);
        }
        if let Codes::Listed(codes) = element.codes
            && !is_one_of(codes, text)
        {
            return Some(wrong_code(data, text));
        }
        match data.kind {
            Kind::DT => (!is_date(text)).then_some(ElementFault::DateInvalid),
            Kind::TM => (!is_time(text)).then_some(ElementFault::TimeInvalid),
            _ if data.number == DATE_VALUE => judge_date(date_form, text),
            Kind::AN | Kind::ID | Kind::N0 | Kind::R => None,
        }
    }
}

impl Findings<'_, '_> {
    /// Whether a text is nothing but blanks. An ISA is filled up with them.
    fn is_blank(&self, element: &Element, text: &[u8]) -> bool {
        let is_listed = matches!(element.codes, Codes::Listed(_));
        let is_fixed = self.segment.tag() == Tag::new(b"ISA");
        !is_listed && !is_fixed && text.iter().all(|&byte| byte == b' ')
    }
}

/// What a code is called that the guide does not list. The name of a guide is free text to X12.
fn wrong_code(data: &Data, text: &[u8]) -> ElementFault {
    match data.number == GUIDE_NAME || codes::is_known(data.number, text) {
        true => ElementFault::CodeNotUsed,
        false => ElementFault::CodeInvalid,
    }
}

/// Whether a list has this code.
pub(crate) fn is_one_of(codes: &[&str], text: &[u8]) -> bool {
    codes.iter().any(|code| is_same(text, code))
}

/// The length that the standard counts: characters, and in numbers only their digits.
fn counted_len(kind: Kind, text: &[u8]) -> usize {
    match kind {
        Kind::R | Kind::N0 => text.iter().filter(|byte| byte.is_ascii_digit()).count(),
        Kind::AN | Kind::ID | Kind::DT | Kind::TM => character_count(text),
    }
}

/// How many characters a value has; a byte that is not UTF-8 is one, as in Latin-1.
pub(crate) fn character_count(text: &[u8]) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let chunks = text.utf8_chunks();
    chunks.map(|chunk| chunk.valid().chars().count() + chunk.invalid().len()).sum()
}

fn characters_fit(kind: Kind, text: &[u8]) -> bool {
    match kind {
        // Names come in every alphabet; only control characters never belong in one.
        Kind::AN | Kind::ID => text.iter().all(|&byte| byte >= b' ' && byte != 0x7F),
        Kind::DT | Kind::TM => text.iter().all(u8::is_ascii_digit),
        Kind::N0 => digits_fit(text, false),
        Kind::R => digits_fit(text, true),
    }
}

/// An optional minus, digits, and at most one point where one may stand.
fn digits_fit(text: &[u8], with_point: bool) -> bool {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    let points = digits.iter().filter(|&&byte| byte == b'.').count();
    let others = digits.iter().any(|&byte| !byte.is_ascii_digit() && byte != b'.');
    let has_digit = digits.len() > points;
    has_digit && !others && points <= usize::from(with_point)
}

fn is_date(text: &[u8]) -> bool {
    match text.len() {
        6 => Day::parse_short(text).is_some(),
        _ => Day::parse(text).is_some(),
    }
}

fn judge_date(form: &[u8], text: &[u8]) -> Option<ElementFault> {
    let (fits, fault) = match form {
        b"D8" | b"RD8" => {
            let runs_forward = |range: DayRange| range.from <= range.to;
            let fits = DayRange::parse(form, text).is_some_and(runs_forward);
            (fits, ElementFault::DateInvalid)
        }
        b"TM" => (is_time(text), ElementFault::TimeInvalid),
        b"DT" => {
            let (day, time) = text.split_at(text.len().min(8));
            (Day::parse(day).is_some() && is_time(time), ElementFault::DateInvalid)
        }
        // A form that is not known has been faulted itself.
        _ => (true, ElementFault::DateInvalid),
    };
    (!fits).then_some(fault)
}
