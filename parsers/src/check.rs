//! One segment against its row: presence, length, characters, codes, dates.

pub(crate) mod sieve;
pub(crate) mod split;

use crate::delimiters::Delimiters;
use crate::fault::told::Told;
use crate::fault::{ElementFault, Fault, Kind as FaultKind, Place};
use crate::guide::codes;
use crate::guide::row::{Codes, Content, Data, Element, Guide, Kind, Loop, Slot, Tag, Usage};
use crate::guide::segments::{Base, Note, Relation, base, notes_of};
use crate::guide::standard::is_standard;
use crate::scan::Tape;
use crate::segment::{Segment, is_same, part_of};
use crate::value::{Day, DayRange, is_time};
use sieve::Sieve;
use split::{Cut, Split, Splitter};

const HL: Tag = Tag::new(b"HL");
const LX: Tag = Tag::new(b"LX");
const CLM: Tag = Tag::new(b"CLM");

/// Data element 1250 says in which form 1251 writes its date.
const DATE_FORM: u16 = 1250;
const DATE_VALUE: u16 = 1251;

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
        let counts_lines = guide.set == "837";
        Checker {
            sequence: Sequence {
                counts_lines,
                is_flat: is_standard(guide),
                levels: Vec::new(),
                last_level: 0,
                last_line: 0,
            },
            tape: Tape::new(),
        }
    }

    /// For segments that stand in no set.
    pub(crate) fn of_envelope() -> Checker {
        let (levels, last_level, last_line) = (Vec::new(), 0, 0);
        let sequence =
            Sequence { counts_lines: false, is_flat: true, levels, last_level, last_line };
        Checker { sequence, tape: Tape::new() }
    }

    /// Which of the open levels the HL02 of this segment names, the outermost being 0.
    pub(crate) fn level_named(&self, segment: &Cut<'_>) -> Option<usize> {
        let parent = segment.split.element(2);
        self.sequence.levels.iter().position(|level| level.is_named(parent))
    }

    /// Counts on as if the head of a loop, which is missing, had been there.
    pub(crate) fn assume(&mut self, head: Tag, level: usize, told: &mut Told) {
        match head {
            HL => {
                let number = self.sequence.last_level.saturating_add(1);
                self.sequence.open_level(Level { number, name: None, below: None }, level, told);
            }
            LX => self.sequence.last_line = self.sequence.last_line.saturating_add(1),
            CLM => self.sequence.last_line = 0,
            _ => {}
        }
    }

    /// Takes back what was assumed of a head: it came after all.
    pub(crate) fn forget(&mut self, head: Tag, level: usize) {
        match head {
            HL => {
                self.sequence.levels.truncate(level.saturating_sub(1));
                self.sequence.last_level = self.sequence.last_level.saturating_sub(1);
            }
            LX => self.sequence.last_line = self.sequence.last_line.saturating_sub(1),
            _ => {}
        }
    }

    /// A level came that has no place: what the open ones say of levels below cannot be held
    /// against them.
    pub(crate) fn forget_levels_below(&mut self) {
        for level in &mut self.sequence.levels {
            level.below = None;
        }
    }

    /// The set ends, and no level follows.
    pub(crate) fn finish(&mut self, told: &mut Told) {
        self.sequence.close_levels(0, told);
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
            self.look_closely(segment, (row.slot, row.table), is_clean, level, told);
        }
    }

    /// The same for a segment of no file, of which nothing is known yet.
    pub(crate) fn check_alone(
        &mut self,
        segment: &Segment<'_>,
        row: (&'static Slot, &'static Loop),
        level: usize,
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
        level: usize,
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
        self.sequence.check(&mut findings, level);
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
    }

    /// The standard's own dependencies between elements of one segment, of whose faults there are
    /// those from `known` on.
    fn check_note(&mut self, note: &Note, known: usize) {
        let split = self.split;
        let there = |&&position: &&u8| !split.element(usize::from(position)).is_empty();
        let Some((fault, position)) = broken(note, there) else { return };
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
            return Some(ElementFault::TooLong);
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

/// A level, HL.
#[derive(Debug)]
struct Level {
    /// HL01.
    number: u32,
    /// What stands there in its place, if it is no number: levels below name this one by it.
    name: Option<Vec<u8>>,
    /// Whether HL04 says that levels follow below, and the fault that it is if it is not so; only
    /// where the guide leaves it to the sender, and until it is known.
    below: Option<(bool, Fault)>,
}

/// Numbers that must follow one another through a set: HL01 in all of it, LX01 within a claim.
#[derive(Debug)]
struct Sequence {
    counts_lines: bool,
    /// Levels stand side by side: the base standard does not say which may hang under which.
    is_flat: bool,
    /// The levels that are open, outermost first.
    levels: Vec<Level>,
    last_level: u32,
    last_line: u32,
}

impl Level {
    /// Whether an HL02 names this level.
    fn is_named(&self, parent: &[u8]) -> bool {
        number(parent) == Some(self.number) || self.name.as_deref() == Some(parent)
    }
}

impl Sequence {
    fn check(&mut self, findings: &mut Findings<'_, '_>, level: usize) {
        match findings.slot.tag {
            HL if self.is_flat => self.check_level_above(findings),
            HL => self.check_level(findings, level),
            LX if self.counts_lines => {
                let next = self.last_line.saturating_add(1);
                let number = number(findings.segment.text(1));
                if number != Some(next) {
                    findings.report_sequence(1);
                }
                self.last_line = number.unwrap_or(next);
            }
            CLM => self.last_line = 0,
            _ => {}
        }
    }

    fn check_level(&mut self, findings: &mut Findings<'_, '_>, level: usize) {
        let next = self.last_level.saturating_add(1);
        let said = findings.segment.text(1);
        let named = number(said);
        let follows = named == Some(next);
        if !follows {
            findings.report_sequence(1);
        }
        // What is misnumbered is believed from here on, so that one slip is one fault.
        let number = named.unwrap_or(next);
        let name = (named.is_none() && !said.is_empty()).then(|| said.to_vec());
        let below = findings.says_below();
        self.open_level(Level { number, name, below }, level, findings.told);
        // A claim goes to the level that it stands under, so that HL02 has to say the same.
        let above = self.levels.iter().rev().nth(1);
        let parent = findings.segment.text(2);
        let is_above = above.is_some_and(|above| above.is_named(parent));
        if follows && !parent.is_empty() && !is_above {
            findings.report_sequence(2);
        }
    }

    /// In the base standard an HL01 is any number that is new, and HL02 names one that came.
    fn check_level_above(&mut self, findings: &mut Findings<'_, '_>) {
        let above = findings.segment.text(2);
        if !above.is_empty() && number(above).is_some_and(|above| self.last_level < above) {
            findings.report_sequence(2);
        }
        // What is no number is not compared, and nor is what comes after it.
        let named = number(findings.segment.text(1)).unwrap_or(u32::MAX);
        self.last_level = self.last_level.max(named);
    }

    /// Opens a level inside the `level - 1` that stay open.
    fn open_level(&mut self, opened: Level, level: usize, told: &mut Told) {
        self.close_levels(level.saturating_sub(1), told);
        if let Some((false, fault)) = self.levels.last_mut().and_then(|above| above.below.take()) {
            told.push(fault);
        }
        self.last_level = opened.number;
        self.levels.push(opened);
    }

    /// Closes all levels but the outermost so many.
    fn close_levels(&mut self, kept: usize, told: &mut Told) {
        for level in self.levels.drain(kept.min(self.levels.len())..) {
            if let Some((true, fault)) = level.below {
                told.push(fault);
            }
        }
    }
}

impl Findings<'_, '_> {
    /// What HL04 says, where the guide has codes for both.
    fn says_below(&self) -> Option<(bool, Fault)> {
        const LEVELS_BELOW: u8 = 4;
        let element = self.slot.elements.iter().find(|one| one.position == LEVELS_BELOW)?;
        let says = match (element.codes, self.segment.text(LEVELS_BELOW.into())) {
            (Codes::Listed([_, _]), b"0") => false,
            (Codes::Listed([_, _]), b"1") => true,
            _ => return None,
        };
        let fault = Fault {
            kind: FaultKind::Element(ElementFault::LevelsBelowDiffer),
            place: self.segment.place(LEVELS_BELOW.into(), 0),
            loop_id: self.table.id,
            tag: self.slot.tag,
            name: element.name,
        };
        Some((says, fault))
    }

    fn report_sequence(&mut self, position: u8) {
        let named = self.slot.elements.iter().find(|element| element.position == position);
        let faults = &self.told.faults[self.known.min(self.told.faults.len())..];
        let is_told = faults.iter().any(|fault| fault.place.element == position);
        // A position that the row does not use has been faulted for that, and so has a wrong form.
        if let Some(element) = named.filter(|_| !is_told) {
            self.report(ElementFault::NumberOutOfSequence, element, 0, 0);
        }
    }
}

/// A number that counts: digits alone.
fn number(text: &[u8]) -> Option<u32> {
    let digits = text.iter().all(u8::is_ascii_digit).then_some(text)?;
    std::str::from_utf8(digits).ok()?.parse().ok().filter(|&number| number < u32::MAX)
}
