//! Dependencies of a guide: a value that calls for a segment or an element elsewhere, or rules it
//! out. In a file without a fault this takes no memory of its own past the first few claims.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Frame, Walker, row_slot};
use crate::check::is_one_of;
use crate::check::split::Cut;
use crate::fault::{ElementFault, Fault, Kind, Place, SegmentFault, Trigger};
use crate::guide;
use crate::guide::conditions::{self, Condition, Says, Target, Then, When};
use crate::guide::row::{Content, Element, Guide, Key, Loop, Row, Slot};
use crate::segment::part_of;

/// A dependency whose value was met, for as long as the loop of the value is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    rule: &'static Rule,
    trigger: Trigger,
    /// How deep the loop of the value lies.
    depth: usize,
}

/// A dependency, and the row of the guide that it speaks of.
#[derive(Debug)]
struct Rule {
    condition: &'static Condition,
    row: Option<Spoken>,
    /// The row that lifts it, in the loop of the value.
    unless: Option<Spoken>,
    /// Whether the rule before waits for the same value, so that it has been looked at.
    says_the_same: bool,
}

/// A row: the loop whose table has it, and the segment that fills it.
#[derive(Clone, Copy, Debug)]
struct Spoken {
    table: &'static Loop,
    row: usize,
    slot: &'static Slot,
}

/// The dependencies of one guide.
#[derive(Debug)]
pub(super) struct Dependencies {
    /// In the order of the tags that set them off.
    rules: Vec<Rule>,
}

/// One for each of the guides, in their order.
static ALL: LazyLock<Vec<Dependencies>> =
    LazyLock::new(|| guide::all().map(Dependencies::new).collect());

/// The dependencies of a guide.
pub(super) fn of(guide: &Guide) -> &'static Dependencies {
    let index = guide::all().position(|known| std::ptr::eq(known, guide));
    index.and_then(|index| ALL.get(index)).expect("every guide stands in the list of all")
}

/// What a segment in one row has to do with dependencies.
#[derive(Clone, Debug)]
pub(super) struct Touch {
    /// Those that start at its tag, among all of the guide.
    sets_off: Range<usize>,
    /// Whether some other value may rule it out.
    may_break: bool,
}

impl Dependencies {
    fn new(guide: &'static Guide) -> Dependencies {
        let mut rules: Vec<Rule> = conditions::of(guide)
            .map(|condition| {
                let find = |target| find_row(&guide.table, target);
                let (row, unless) = match &condition.then {
                    Then::Segment(target) | Then::NoSegment(target) => (find(target), None),
                    Then::NoSegmentUnless(target, other) => (find(target), find(other)),
                    Then::Element(..) | Then::OneOfParts(..) | Then::NoElement(..) => (None, None),
                };
                Rule { condition, row, unless, says_the_same: false }
            })
            .collect();
        rules.sort_by_key(|rule| rule.condition.when.tag);
        for index in 1..rules.len() {
            let before = &rules[index - 1].condition.when;
            rules[index].says_the_same = *before == rules[index].condition.when;
        }
        Dependencies { rules }
    }

    /// What a segment in this row may set off, and whether it may be ruled out.
    pub fn touch(&self, slot: &'static Slot, table: &Loop) -> Option<Touch> {
        let first = self.rules.partition_point(|rule| rule.condition.when.tag < slot.tag);
        let end = self.rules.partition_point(|rule| rule.condition.when.tag <= slot.tag);
        let is_here = |rule: &Rule| rule.condition.when.is_said_in(table);
        let sets_off = if self.rules[first..end].iter().any(is_here) { first..end } else { 0..0 };
        let may_break = self.rules.iter().any(|rule| rule.rules_out() && rule.is_of(slot));
        (may_break || !sets_off.is_empty()).then_some(Touch { sets_off, may_break })
    }

    /// Whether a dependency calls for something in a loop.
    pub fn call_for(&self, table: &Loop) -> bool {
        let is_here = |spoken: Spoken| std::ptr::eq(spoken.table, table);
        self.rules.iter().any(|rule| !rule.rules_out() && rule.row.is_some_and(is_here))
    }
}

impl Rule {
    /// Whether a segment may not stand, rather than having to.
    const fn rules_out(&self) -> bool {
        match self.condition.then {
            Then::NoSegment(_) | Then::NoSegmentUnless(..) => true,
            Then::Segment(_) => false,
            Then::Element(..) | Then::OneOfParts(..) | Then::NoElement(..) => false,
        }
    }

    /// Whether it speaks of segments in this row.
    fn is_of(&self, slot: &'static Slot) -> bool {
        self.row.is_some_and(|spoken| std::ptr::eq(spoken.slot, slot))
    }
}

impl When {
    fn is_said_in(&self, table: &Loop) -> bool {
        self.in_loop.is_empty() || self.in_loop == table.id
    }
}

/// The row that a dependency speaks of: that of a segment, or that of the loop which it opens.
fn find_row(table: &'static Loop, target: &Target) -> Option<Spoken> {
    table.rows.iter().enumerate().find_map(|(row, entry)| {
        let slot = row_slot(entry);
        let fits = slot.tag == target.tag && has_key(slot, target.qualifier);
        match entry {
            Row::Segment(_) if fits && table.id == target.in_loop && row > 0 => {
                Some(Spoken { table, row, slot })
            }
            Row::Segment(_) => None,
            Row::Inner(inner) if fits && inner.id == target.in_loop => {
                Some(Spoken { table, row, slot })
            }
            Row::Inner(inner) => find_row(inner, target),
        }
    })
}

fn has_key(slot: &Slot, qualifier: &str) -> bool {
    let lists = |key: &Key| key.codes.contains(&qualifier);
    qualifier.is_empty() || slot.keys.first().is_some_and(lists)
}

impl Walker<'_> {
    /// Looks whether a segment that has found its row sets off a dependency, or breaks one. Most
    /// rows have to do with none, and it is not asked of them.
    #[inline(never)]
    pub(super) fn depend(
        &mut self,
        segment: &Cut<'_>,
        slot: &'static Slot,
        table: &'static Loop,
        touch: &Touch,
    ) {
        if touch.may_break {
            self.refuse(segment, slot, table);
        }
        let mut said = None;
        for rule in &self.dependencies.rules[touch.sets_off.clone()] {
            let when = &rule.condition.when;
            if !when.is_said_in(table) {
                continue;
            }
            if !rule.says_the_same {
                said = self.says(segment, rule.condition);
            }
            let Some(component) = said else { continue };
            let trigger = || {
                let place = place_of(segment, when.element, component);
                let (condition, tag) = (rule.condition.name, slot.tag);
                Trigger { condition, tag, loop_id: table.id, place }
            };
            let (kind, at) = match rule.condition.then {
                Then::Segment(_) | Then::NoSegment(_) | Then::NoSegmentUnless(..) => {
                    let depth = self.frames.len() - 1;
                    self.dues.push(Due { rule, trigger: trigger(), depth });
                    continue;
                }
                Then::Element(element, part) if self.text_at(segment, element, part).is_empty() => {
                    (ElementFault::DependentMissing(trigger()), (element, part))
                }
                Then::OneOfParts(element, part, other)
                    if self.text_at(segment, element, part).is_empty()
                        && self.text_at(segment, element, other).is_empty() =>
                {
                    (ElementFault::DependentMissing(trigger()), (element, part))
                }
                Then::NoElement(element, part)
                    if !self.text_at(segment, element, part).is_empty() =>
                {
                    (ElementFault::DependentNotUsed(trigger()), (element, part))
                }
                Then::Element(..) | Then::OneOfParts(..) | Then::NoElement(..) => continue,
            };
            self.report_element(kind, segment, slot, table, at);
        }
    }

    /// The part of the element that says what a dependency waits for; 0 for the whole.
    fn says(&self, segment: &Cut<'_>, condition: &Condition) -> Option<u8> {
        let when = &condition.when;
        let element = segment.split.element(usize::from(when.element));
        if element.is_empty() && matches!(when.says, Says::OneOf(_)) {
            return None;
        }
        let fits = |text: &[u8]| match when.says {
            Says::OneOf(codes) => is_one_of(codes, text),
            Says::Nothing => text.is_empty(),
        };
        let separator = segment.delimiters().component;
        let part = |part: &&u8| fits(part_of(element, separator, usize::from(**part)));
        match when.parts {
            [] => fits(element).then_some(0),
            parts => parts.iter().find(part).copied(),
        }
    }

    /// A segment that a value before it rules out.
    fn refuse(&mut self, segment: &Cut<'_>, slot: &'static Slot, table: &'static Loop) {
        let is_ruled_out = |due: &&Due| {
            due.rule.rules_out()
                && due.rule.is_of(slot)
                && !due.rule.unless.is_some_and(|other| self.is_filled(due.depth, other))
        };
        if let Some(due) = self.dues.iter().find(is_ruled_out) {
            let kind = SegmentFault::DependentNotUsed(due.trigger);
            self.report_of(kind, segment, slot.tag, table.id, slot.name);
        }
    }

    /// Whether a row of the open loop at `depth` has been filled.
    fn is_filled(&self, depth: usize, spoken: Spoken) -> bool {
        self.frames.get(depth).is_some_and(|frame| {
            let count = self.counts.get(frame.counts + spoken.row);
            std::ptr::eq(frame.table, spoken.table) && count.is_some_and(|count| count.uses > 0)
        })
    }

    /// Says what a loop lacks that a value called for, and forgets the values of the loop.
    pub(super) fn settle(&mut self, frame: &Frame) {
        if frame.outline.is_called_for {
            self.settle_dues(frame);
        }
        self.forget_dues();
    }

    fn settle_dues(&mut self, frame: &Frame) {
        for index in 0..self.dues.len() {
            let due = self.dues[index];
            let Some(spoken) = due.rule.row else { continue };
            let is_wanted = matches!(due.rule.condition.then, Then::Segment(_))
                && std::ptr::eq(spoken.table, frame.table)
                && self.counts.get(frame.counts + spoken.row).is_some_and(|count| count.uses == 0);
            if is_wanted {
                self.report_wanted(frame, due, spoken);
            }
        }
    }

    /// Forgets the values of loops that are closed.
    pub(super) fn forget_dues(&mut self) {
        let depth = self.frames.len();
        while self.dues.last().is_some_and(|due| due.depth >= depth) {
            self.dues.pop();
        }
    }

    fn report_wanted(&mut self, frame: &Frame, due: Due, spoken: Spoken) {
        let (segment, offset) = self.last_before(frame, spoken.row);
        let loop_id = match &spoken.table.rows[spoken.row] {
            Row::Segment(_) => spoken.table.id,
            Row::Inner(inner) => inner.id,
        };
        self.told.push(Fault {
            kind: Kind::Segment(SegmentFault::DependentMissing(due.trigger)),
            place: Place { offset, segment, ..Place::default() },
            loop_id,
            tag: spoken.slot.tag,
            name: spoken.slot.name,
        });
    }

    fn text_at<'a>(&self, segment: &Cut<'a>, element: u8, part: u8) -> &'a [u8] {
        let text = segment.split.element(usize::from(element));
        match part {
            0 => text,
            part => part_of(text, segment.delimiters().component, usize::from(part)),
        }
    }

    /// Notes a fault of an element, unless its row has no such element, or the element has been
    /// faulted already.
    fn report_element(
        &mut self,
        kind: ElementFault,
        segment: &Cut<'_>,
        slot: &'static Slot,
        table: &'static Loop,
        (element, part): (u8, u8),
    ) {
        let Some(named) = element_of(slot, element, part) else { return };
        let number = segment.number();
        let is_told =
            |fault: &Fault| (fault.place.element, fault.place.component) == (element, part);
        let faults = self.told.faults.iter().rev();
        if faults.take_while(|fault| fault.place.segment == number).any(is_told) {
            return;
        }
        let place = segment.place(usize::from(element), usize::from(part));
        let kind = Kind::Element(kind);
        self.told.push(Fault { kind, place, loop_id: table.id, tag: slot.tag, name: named.name });
    }
}

/// The place of an element, or of a part of it.
fn place_of(segment: &Cut<'_>, element: u8, part: u8) -> Place {
    let end = segment.bytes().len();
    let (start, end) = match usize::from(element) {
        n if n < segment.split.count() => segment.split.span(n),
        _ => (end, end),
    };
    segment.place_in(start..end, element, part, 0)
}

/// The element of a row, or a part of it, if the guide uses it there.
fn element_of(slot: &'static Slot, element: u8, part: u8) -> Option<&'static Element> {
    let element = slot.elements.iter().find(|known| known.position == element)?;
    match element.content {
        Content::Composite(parts) if part > 0 => parts.iter().find(|known| known.position == part),
        Content::Composite(_) | Content::Simple(_) => Some(element),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every row of a guide, with the loop that has it.
    fn rows(table: &'static Loop) -> Vec<(&'static Loop, &'static Slot)> {
        let rows = table.rows.iter().flat_map(|row| match row {
            Row::Segment(slot) => vec![(table, slot)],
            Row::Inner(inner) => rows(inner),
        });
        rows.collect()
    }

    #[test]
    fn dependencies_speak_of_what_their_guides_have() {
        for guide in guide::all() {
            for rule in &of(guide).rules {
                let (name, when) = (rule.condition.name, &rule.condition.when);
                let place = format!("{} {name}", guide.id);
                let is_there = |(table, slot): &(&Loop, &Slot)| {
                    let is_loop = when.in_loop.is_empty() || when.in_loop == table.id;
                    is_loop && slot.tag == when.tag
                };
                let mut at: Vec<_> = rows(&guide.table).into_iter().filter(is_there).collect();
                let part = when.parts.first().copied().unwrap_or_default();
                at.retain(|(_, slot)| element_of(slot, when.element, part).is_some());
                assert!(!at.is_empty(), "{place}: the value has no place");
                let has = |element, part| {
                    at.iter().any(|(_, slot)| element_of(slot, element, part).is_some())
                };
                let is_whole = match rule.condition.then {
                    Then::Segment(_) | Then::NoSegment(_) => rule.row.is_some(),
                    Then::NoSegmentUnless(..) => rule.row.is_some() && rule.unless.is_some(),
                    Then::Element(element, part) | Then::NoElement(element, part) => {
                        has(element, part)
                    }
                    Then::OneOfParts(element, part, other) => {
                        has(element, part) && has(element, other)
                    }
                };
                assert!(is_whole, "{place}: what follows has no place");
            }
        }
    }
}
