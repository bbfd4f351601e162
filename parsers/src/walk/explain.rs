//! A segment for which no row is open: the nearest explanation, and how to go on.

use super::{
    Frame, HL, PARTIES, PARTY_DETAILS, Spot, Walker, row_max, row_slot, row_tag, row_usage,
};
use crate::check::is_one_of;
use crate::check::split::Cut;
use crate::fault::{ElementFault, Fault, Kind, Place, SegmentFault};
use crate::guide::row::{Codes, Element, Key, Loop, Row, Slot, Tag, Usage};
use crate::guide::segments::base;
use crate::segment::Segment;

/// A list of codes, such as the diagnoses.
const LIST: Tag = Tag::new(b"HI");

/// How many segments are looked at behind one that has no row; a party has fewer.
const LOOKED_AT_BEHIND: u32 = 16;

impl Walker<'_> {
    /// No row fits: finds the nearest reason, and goes on as if the segment were right.
    pub(super) fn explain(&mut self, segment: &Cut<'_>, tag: Tag) {
        let keyed = |row: &'static Row| row_slot(row).keys.iter().any(|key| key.position > 0);
        let mut depths = (0..self.frames.len()).rev();
        let passed = depths.find_map(|depth| self.find_passed(depth, segment, tag, keyed));
        if let Some(spot) = passed {
            return self.fill_out_of_sequence(spot, segment, tag);
        }
        if let Some(spot) =
            self.find_level(segment, tag).or_else(|| self.find_misqualified(segment, tag))
        {
            return self.fill(spot, segment, tag);
        }
        let mut may_close = true;
        for depth in (0..self.frames.len()).rev() {
            let path = self.find_headless(depth, segment, tag).filter(|_| may_close);
            let spot = self.find_passed(depth, segment, tag, |row| matches!(row, Row::Segment(_)));
            match (path, spot) {
                (Some(path), Some(spot)) if !self.is_likelier(depth, path, spot) => {
                    return self.fill_out_of_sequence(spot, segment, tag);
                }
                (Some(path), _) => return self.open_headless(depth, path, segment, tag),
                (None, Some(spot)) => return self.fill_out_of_sequence(spot, segment, tag),
                (None, None) => {}
            }
            // A loop that lacks something is not over, for all that one segment says.
            may_close &= self.first_missing(&self.frames[depth]).is_none();
        }
        self.report_stray(segment, tag, true);
        self.after_stray_party = PARTIES.contains(&tag);
    }

    /// A segment for which the guide has no row here. Without the value that says what it is for,
    /// nobody knows whether the guide has one: X12 demands that value, and that it lacks is told.
    pub(super) fn report_stray(&mut self, segment: &Cut<'_>, tag: Tag, is_of_guide: bool) {
        let kind = self.stray_kind(tag, is_of_guide);
        let known = self.told.faults.len();
        if kind == SegmentFault::NotUsed {
            self.report_mandatory(segment, tag);
        }
        let lacks_kind = self.told.faults.len() > known && segment.split.element(1).is_empty();
        if !lacks_kind || !self.is_used_here(tag) {
            self.report(kind, segment, tag, "");
        }
    }

    /// Says which values a segment lacks that X12 demands of it wherever it stands.
    fn report_mandatory(&mut self, segment: &Cut<'_>, tag: Tag) {
        let loop_id = self.frames.last().map_or("", |frame| frame.table.id);
        let elements = base(tag).map_or(&[][..], |base| base.elements);
        let is_blank = (1..segment.split.count()).all(|n| segment.split.element(n).is_empty());
        if let Some(first) = elements.first().filter(|_| is_blank) {
            // Whatever else it lacks, the first value says what it is for.
            let kind = Kind::Element(match first.usage {
                Usage::Required => ElementFault::Missing,
                Usage::Situational => ElementFault::ConditionalMissing,
            });
            let place = segment.place(usize::from(first.position), 0);
            return self.told.push(Fault { kind, place, loop_id, tag, name: first.name });
        }
        for element in elements {
            let position = usize::from(element.position);
            if element.usage == Usage::Required && segment.split.element(position).is_empty() {
                let kind = Kind::Element(ElementFault::Missing);
                let place = segment.place(position, 0);
                self.told.push(Fault { kind, place, loop_id, tag, name: element.name });
            }
        }
    }

    /// A required row of this tag that is still empty: the segment can only be meant for it. So too
    /// the only list of codes of a claim. Or a row with two qualifiers, of which one fits.
    fn find_misqualified(&self, segment: &Cut<'_>, tag: Tag) -> Option<Spot> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for row in Self::rows_ahead(frame, depth == 0) {
                let entry = &frame.table.rows[row];
                let half_fits = || {
                    let fits = |key: &Key| key.position > 0 && self.key_fits(segment, key);
                    row_slot(entry).keys.iter().any(fits)
                };
                if row_tag(entry) == tag
                    && (self.is_missing(frame, row) || half_fits() || self.is_only_list(frame, row))
                {
                    let room = row_max(entry).saturating_sub(self.counts[frame.counts + row].uses);
                    let is_stray = room == 1 && self.comes_behind(segment, row_slot(entry));
                    return (!is_stray).then_some(Spot { depth, row });
                }
            }
            // A required row further on hides what lies outside this loop.
            if self.first_missing(frame).is_some() {
                return None;
            }
        }
        None
    }

    /// Whether a segment that fits the row comes right behind this one of the same tag: with none
    /// but such, and what is said of a party, in between.
    fn comes_behind(&self, segment: &Segment<'_>, slot: &Slot) -> bool {
        let number = segment.number();
        let behind = (number + 1..=number.saturating_add(LOOKED_AT_BEHIND))
            .map_while(|number| self.interchange.set_segment(self.set, number));
        let is_party = PARTIES.contains(&slot.tag);
        let mut near = behind.take_while(|next| {
            next.tag() == slot.tag || is_party && PARTY_DETAILS.contains(&next.tag())
        });
        near.any(|next| next.tag() == slot.tag && self.keys_fit(&next, slot))
    }

    /// Whether it is the only row for lists of codes (HI) in its loop, and still empty.
    fn is_only_list(&self, frame: &Frame, row: usize) -> bool {
        let rows = frame.table.rows;
        row_tag(&rows[row]) == LIST
            && rows.iter().filter(|row| row_tag(row) == LIST).count() == 1
            && self.counts[frame.counts + row].uses == 0
    }

    /// A level whose kind is wrong, HL03: the level that it names as its parent, HL02, tells
    /// where it belongs. Where that is blank too, a level that has to come is the likeliest; else
    /// it is an outermost one.
    fn find_level(&self, segment: &Cut<'_>, tag: Tag) -> Option<Spot> {
        if tag != HL {
            return None;
        }
        let depth = match self.checker.level_named(segment) {
            None if segment.split.element(2).is_empty() => {
                return self.find_due_level().or_else(|| self.find_parentless_level(segment));
            }
            None => return None,
            Some(level) => {
                let is_level = |&(_, frame): &(usize, &Frame)| frame.table.head().tag == HL;
                self.frames.iter().enumerate().filter(is_level).nth(level)?.0
            }
        };
        let rows = self.frames.get(depth)?.table.rows;
        let row = rows.iter().position(|row| matches!(row, Row::Inner(_)) && row_tag(row) == HL)?;
        Some(Spot { depth, row })
    }

    /// A required level that is still empty, in the innermost loop that has one.
    fn find_due_level(&self) -> Option<Spot> {
        self.frames.iter().enumerate().rev().find_map(|(depth, frame)| {
            let is_due =
                |&row: &usize| row_tag(&frame.table.rows[row]) == HL && self.is_missing(frame, row);
            let row = Self::rows_ahead(frame, depth == 0).find(is_due)?;
            Some(Spot { depth, row })
        })
    }

    /// An outermost level, unless there is no room for another, or this one says that no level
    /// follows it (HL04 is 0); then the innermost that may stand here.
    fn find_parentless_level(&self, segment: &Cut<'_>) -> Option<Spot> {
        let has_children = segment.split.element(4) != b"0";
        let in_frame = |depth: usize| {
            let frame = self.frames.get(depth)?;
            let mut rows = frame.table.rows.iter().enumerate();
            let (row, _) = rows.find(|&(row, entry)| {
                let has_room = self.counts[frame.counts + row].uses < row_max(entry);
                matches!(entry, Row::Inner(_)) && row_tag(entry) == HL && has_room
            })?;
            Some(Spot { depth, row })
        };
        let outermost = in_frame(0).filter(|_| has_children);
        outermost.or_else(|| (0..self.frames.len()).rev().find_map(in_frame))
    }

    /// A row of the loop at `depth` that was passed by and has room.
    fn find_passed(
        &self,
        depth: usize,
        segment: &Cut<'_>,
        tag: Tag,
        is_meant: impl Fn(&'static Row) -> bool,
    ) -> Option<Spot> {
        let frame = &self.frames[depth];
        let mut passed = 1..frame.at.min(frame.table.rows.len());
        let row = passed.find(|&row| {
            let entry = &frame.table.rows[row];
            let slot = row_slot(entry);
            let has_room = self.counts[frame.counts + row].uses < row_max(entry);
            slot.tag == tag && has_room && is_meant(entry) && self.keys_fit(segment, slot)
        })?;
        Some(Spot { depth, row })
    }

    /// The rows that lead to a place for the segment inside a loop that was not opened: the one
    /// that is due next and has to come, or else the only one that has such a row. Parties have
    /// names and addresses alike, and a guess among them would open the wrong one.
    fn find_headless(&self, depth: usize, segment: &Cut<'_>, tag: Tag) -> Option<[usize; 2]> {
        let frame = &self.frames[depth];
        let mut found = None;
        let mut is_only_one = true;
        for row in Self::rows_ahead(frame, depth == 0) {
            let is_due = self.is_missing(frame, row);
            if let Row::Inner(table) = frame.table.rows[row]
                && self.counts[frame.counts + row].uses < table.repeat_max
                && let Some(inner) = self.find_inside(table, is_due, segment, tag)
            {
                if is_due {
                    return Some([row, inner]);
                }
                is_only_one = found.is_none();
                found = found.or(Some([row, inner]));
            }
            // What lies behind a row that has to come is not due yet.
            if is_due {
                break;
            }
        }
        found.filter(|_| is_only_one)
    }

    /// Whether the first element has one of the row's codes: a row without a qualifier may still say
    /// by its only code what it is for.
    fn first_code_fits(segment: &Cut<'_>, slot: &Slot) -> bool {
        match slot.elements.first() {
            Some(Element { position, codes: Codes::Listed(codes), .. }) => {
                is_one_of(codes, segment.split.element(usize::from(*position)))
            }
            Some(_) | None => true,
        }
    }

    /// A row of this loop that fits. One that would skip what has to come before is too far a
    /// guess, unless the loop is due: a stray reference must not open a claim.
    fn find_inside(
        &self,
        table: &'static Loop,
        is_due: bool,
        segment: &Cut<'_>,
        tag: Tag,
    ) -> Option<usize> {
        let mut has_skipped = false;
        for (inner, row) in table.rows.iter().enumerate().skip(1) {
            let slot = row_slot(row);
            let may_stand = !has_skipped || is_due && matches!(row, Row::Segment(_));
            if may_stand
                && slot.tag == tag
                && self.keys_fit(segment, slot)
                && Self::first_code_fits(segment, slot)
            {
                return Some(inner);
            }
            has_skipped |= row_usage(row) == Usage::Required;
        }
        None
    }

    /// Whether a segment rather belongs to a loop that was not opened than to a row passed by:
    /// the loop cannot do without it, and the row can, or has had it.
    fn is_likelier(&self, depth: usize, [row, inner]: [usize; 2], passed: Spot) -> bool {
        let frame = &self.frames[depth];
        let is_needed = match frame.table.rows[row] {
            Row::Inner(table) => row_usage(&table.rows[inner]) == Usage::Required,
            Row::Segment(_) => false,
        };
        is_needed && !self.is_missing(frame, passed.row)
    }

    fn open_headless(
        &mut self,
        depth: usize,
        [row, inner]: [usize; 2],
        segment: &Cut<'_>,
        tag: Tag,
    ) {
        self.close_to(depth);
        let Row::Inner(table) = self.frames[depth].table.rows[row] else { return };
        let head = table.head();
        let fault = self.told.faults.len();
        let place =
            Place { segment: segment.number(), offset: segment.offset(), ..Place::default() };
        self.told.push(Fault {
            // In the standard, too, a loop begins with its first segment.
            kind: Kind::Segment(SegmentFault::MandatoryMissing),
            place,
            loop_id: table.id,
            tag: head.tag,
            name: head.name,
        });
        self.enter(depth, row, segment);
        let opened = self.frames.len() - 1;
        self.frames[opened].headless = Some(fault);
        let level = self.level();
        self.checker.assume(head.tag, level, &mut self.told);
        // The head is accounted for; what follows is judged on its own.
        if let Some(count) = self.counts.get_mut(self.frames[opened].counts) {
            count.uses = 1;
            count.last_number = segment.number();
            count.last_offset = segment.offset();
            self.frames[opened].last = (segment.number(), segment.offset());
        }
        self.fill(Spot { depth: opened, row: inner }, segment, tag);
    }

    /// The head of a loop that was opened without it by the segment before: the two were swapped.
    #[inline]
    pub(super) fn take_late_head(&mut self, segment: &Cut<'_>, tag: Tag) -> bool {
        // A loop without its head has been faulted.
        if self.told.faults.is_empty() {
            return false;
        }
        // The loop, or the one inside it that its second row opens.
        let innermost = self.frames.len() - 1;
        let depths = [innermost, innermost.saturating_sub(1)];
        if self.frames[innermost].segments != 1 {
            return false;
        }
        let headless = depths.into_iter().find_map(|depth| {
            let frame = &self.frames[depth];
            let is_first = depth == innermost || frame.segments == 0;
            frame.headless.filter(|_| is_first).map(|fault| (depth, fault))
        });
        let Some((depth, fault)) = headless else { return false };
        let Frame { table, outline, .. } = self.frames[depth];
        let head = table.head();
        if head.tag != tag || !self.keys_fit(segment, head) {
            return false;
        }
        if let Some(fault) = self.told.faults.get_mut(fault) {
            fault.kind = Kind::Segment(SegmentFault::OutOfSequence);
            fault.place.segment = segment.number();
            fault.place.offset = segment.offset();
        }
        self.checker.forget(tag, self.level());
        if depth == innermost {
            // What should have come before may still come.
            self.frames[depth].at = 0;
        }
        self.place(head, table, &outline.rows[0], true, segment);
        true
    }

    fn fill_out_of_sequence(&mut self, spot: Spot, segment: &Cut<'_>, tag: Tag) {
        self.report(SegmentFault::OutOfSequence, segment, tag, self.row_name(spot));
        let frame = &self.frames[spot.depth];
        match frame.table.rows[spot.row] {
            Row::Segment(_) => {
                // What stands before it in the guide came too early; go on from here.
                if spot.depth + 1 == self.frames.len() {
                    self.frames[spot.depth].at = spot.row;
                }
                self.fill_in_place(spot, segment);
            }
            // Its loop is behind us; all that is known of it is that it is not missing.
            Row::Inner(_) => {
                let count = &mut self.counts[frame.counts + spot.row];
                count.uses = count.uses.saturating_add(1);
            }
        }
    }
}
