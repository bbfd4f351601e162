//! Which row of its guide is each segment? Loops, repeats, and what is missing.
//!
//! The walker goes forward in the table. For each segment it looks for a row whose qualifiers all
//! fit, in the innermost open loop first, then outward. Only when no row fits does it look for
//! the nearest explanation, so that one defect gives one fault:
//!
//! 1. a required row of the same tag that is still open: its qualifier is wrong;
//! 2. a row that was already passed: the segment is out of sequence;
//! 3. a row of a loop whose opening segment is missing: that loop is opened for it;
//! 4. none: the segment is unexpected and is passed over.

use crate::check::Checker;
use crate::fault::{Fault, Kind, Place, SegmentFault};
use crate::guide::row::{Guide, Key, Loop, Row, Slot, Tag, Usage};
use crate::guide::segments::is_x12_tag;
use crate::interchange::{Interchange, Set};
use crate::segment::{Segment, part_of};

/// A transaction set laid against its guide.
#[derive(Debug)]
pub struct Walked {
    /// The segments that have a place in the guide, in the order of the file.
    pub placed: Vec<Placed>,
    /// What is wrong, in the order of the file.
    pub faults: Vec<Fault>,
}

/// A segment and its row.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Its number in the set, ST = 1.
    pub number: u32,
    pub slot: &'static Slot,
    pub table: &'static Loop,
    /// Whether it opens a new run of its loop.
    pub opens: bool,
    /// How many loops it lies in; 0 in the header.
    pub depth: u8,
}

/// Faults that one set may report; past this a file is noise, and memory is for claims.
pub const FAULTS_MAX: usize = 10_000;

/// Lays a transaction set against its guide and checks every element on the way.
pub fn walk(interchange: &Interchange, set: &Set, guide: &'static Guide) -> Walked {
    let mut walker = Walker::new(guide, set.segment_count());
    for segment in interchange.set_segments(set) {
        walker.step(&segment);
    }
    walker.finish(set.has_trailer())
}

/// A loop that is open.
#[derive(Debug)]
struct Frame {
    table: &'static Loop,
    /// The row that was filled last.
    at: usize,
    /// Where this run's counts start in `Walker::counts`.
    counts: usize,
}

/// How often a row was filled, and the last segment in it.
#[derive(Clone, Copy, Debug, Default)]
struct Count {
    uses: u32,
    last_number: u32,
    last_offset: usize,
}

/// A row in an open loop.
#[derive(Clone, Copy)]
struct Spot {
    depth: usize,
    row: usize,
}

struct Walker {
    frames: Vec<Frame>,
    counts: Vec<Count>,
    checker: Checker,
    walked: Walked,
}

impl Walker {
    fn new(guide: &'static Guide, segment_count: u32) -> Walker {
        let root = Frame { table: &guide.table, at: 0, counts: 0 };
        Walker {
            frames: vec![root],
            counts: vec![Count::default(); guide.table.rows.len()],
            checker: Checker::new(guide),
            walked: Walked {
                placed: Vec::with_capacity(segment_count as usize),
                faults: Vec::new(),
            },
        }
    }

    fn step(&mut self, segment: &Segment<'_>) {
        self.checker.split(segment);
        let tag = segment.tag();
        if let Some(spot) = self.find_open(segment, tag).or_else(|| self.find_full(segment, tag)) {
            return self.fill(spot, segment, tag);
        }
        if let Some(spot) = self.find_misqualified(tag) {
            return self.fill(spot, segment, tag);
        }
        if let Some(spot) = self.find_passed(segment, tag) {
            self.report(SegmentFault::OutOfSequence, segment, tag, self.row_name(spot));
            return self.fill_in_place(spot, segment);
        }
        if let Some((depth, path)) = self.find_headless(segment, tag) {
            return self.open_headless(depth, &path, segment, tag);
        }
        let known = if is_x12_tag(tag) { self.in_guide(tag) } else { None };
        match known {
            None => self.report(SegmentFault::TagUnknown, segment, tag, ""),
            Some(false) => self.report(SegmentFault::NotInSet, segment, tag, ""),
            Some(true) => self.report(SegmentFault::Unexpected, segment, tag, ""),
        }
    }

    /// Rows from the run that `frame` stands in to the end of its loop. The opening row is left
    /// out: another such segment opens another run, and that is for the loop outside.
    fn rows_ahead(frame: &Frame, is_root: bool) -> std::ops::Range<usize> {
        let first = if is_root { 0 } else { 1 };
        let rows = frame.table.rows;
        let run_tag = rows.get(frame.at).map(row_tag);
        let mut start = frame.at;
        while start > first && rows.get(start - 1).map(row_tag) == run_tag {
            start -= 1;
        }
        start.max(first)..rows.len()
    }

    /// The nearest row ahead that fits and has room.
    fn find_open(&self, segment: &Segment<'_>, tag: Tag) -> Option<Spot> {
        self.find_ahead(segment, tag, |count, use_max| count.uses < use_max)
    }

    /// The nearest row ahead that fits, though it is full.
    fn find_full(&self, segment: &Segment<'_>, tag: Tag) -> Option<Spot> {
        self.find_ahead(segment, tag, |_, _| true)
    }

    fn find_ahead(
        &self,
        segment: &Segment<'_>,
        tag: Tag,
        has_room: impl Fn(&Count, u32) -> bool,
    ) -> Option<Spot> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for row in Self::rows_ahead(frame, depth == 0) {
                let entry = &frame.table.rows[row];
                if row_tag(entry) != tag {
                    continue;
                }
                let count = &self.counts[frame.counts + row];
                if has_room(count, row_max(entry)) && self.keys_fit(segment, row_slot(entry)) {
                    return Some(Spot { depth, row });
                }
            }
        }
        None
    }

    /// A required row of this tag that is still empty: the segment can only be meant for it.
    fn find_misqualified(&self, tag: Tag) -> Option<Spot> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for row in Self::rows_ahead(frame, depth == 0) {
                let entry = &frame.table.rows[row];
                let is_empty = self.counts[frame.counts + row].uses == 0;
                if row_tag(entry) == tag && is_empty && row_usage(entry) == Usage::Required {
                    return Some(Spot { depth, row });
                }
            }
            // A required row further on hides what lies outside this loop.
            if self.first_missing(frame).is_some() {
                return None;
            }
        }
        None
    }

    /// A row of an open loop that was passed by.
    fn find_passed(&self, segment: &Segment<'_>, tag: Tag) -> Option<Spot> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for row in 1..frame.at.min(frame.table.rows.len()) {
                if let Row::Segment(slot) = &frame.table.rows[row]
                    && slot.tag == tag
                    && self.keys_fit(segment, slot)
                {
                    return Some(Spot { depth, row });
                }
            }
        }
        None
    }

    /// A row inside a loop ahead that was never opened: the rows that lead to it.
    fn find_headless(&self, segment: &Segment<'_>, tag: Tag) -> Option<(usize, Vec<usize>)> {
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            for row in Self::rows_ahead(frame, depth == 0) {
                let Row::Inner(table) = frame.table.rows[row] else { continue };
                let count = &self.counts[frame.counts + row];
                if count.uses >= table.repeat_max {
                    continue;
                }
                // Party loops have names and addresses alike, so only a row with a qualifier of
                // its own, or a tag that no sibling has, tells which loop is meant.
                let telling = |slot: &Slot| slot.tag == tag && self.keys_fit(segment, slot);
                let found =
                    table.rows.iter().enumerate().skip(1).find_map(|(inner, entry)| match entry {
                        Row::Segment(slot) if telling(slot) => Some(vec![row, inner]),
                        Row::Inner(below) if telling(below.head()) => Some(vec![row, inner]),
                        Row::Segment(_) | Row::Inner(_) => None,
                    });
                if let Some(path) = found {
                    return Some((depth, path));
                }
            }
        }
        None
    }

    fn open_headless(&mut self, depth: usize, path: &[usize], segment: &Segment<'_>, tag: Tag) {
        let &[row, inner] = path else { return };
        self.close_to(depth);
        let Row::Inner(table) = self.frames[depth].table.rows[row] else { return };
        let head = table.head();
        self.walked.faults.push(Fault {
            kind: Kind::Segment(SegmentFault::Missing),
            place: Place {
                segment: segment.number(),
                offset: segment.offset(),
                ..Place::default()
            },
            loop_id: table.id,
            tag: head.tag,
            name: head.name,
        });
        self.enter(depth, row, segment);
        let opened = self.frames.len() - 1;
        // The head is accounted for; what follows is judged on its own.
        if let Some(count) = self.counts.get_mut(self.frames[opened].counts) {
            count.uses = 1;
            count.last_number = segment.number();
            count.last_offset = segment.offset();
        }
        self.fill(Spot { depth: opened, row: inner }, segment, tag);
    }

    fn fill(&mut self, spot: Spot, segment: &Segment<'_>, tag: Tag) {
        self.close_to(spot.depth);
        match self.frames[spot.depth].table.rows[spot.row] {
            Row::Segment(_) => {
                self.frames[spot.depth].at = spot.row;
                self.fill_in_place(spot, segment);
            }
            Row::Inner(table) => {
                let count = self.counts[self.frames[spot.depth].counts + spot.row];
                if count.uses >= table.repeat_max {
                    self.report(SegmentFault::LoopTooOften, segment, tag, table.name);
                }
                self.enter(spot.depth, spot.row, segment);
                self.fill_head(segment);
            }
        }
    }

    /// Takes a segment into its row without moving on.
    fn fill_in_place(&mut self, spot: Spot, segment: &Segment<'_>) {
        let frame = &self.frames[spot.depth];
        let table = frame.table;
        let Row::Segment(slot) = &table.rows[spot.row] else { return };
        let count = &mut self.counts[frame.counts + spot.row];
        count.uses = count.uses.saturating_add(1);
        count.last_number = segment.number();
        count.last_offset = segment.offset() + segment.bytes().len();
        if count.uses > slot.use_max {
            self.report(SegmentFault::TooOften, segment, slot.tag, slot.name);
        }
        self.place(slot, table, spot.row == 0, segment);
    }

    fn fill_head(&mut self, segment: &Segment<'_>) {
        let depth = self.frames.len() - 1;
        self.fill_in_place(Spot { depth, row: 0 }, segment);
    }

    fn place(
        &mut self,
        slot: &'static Slot,
        table: &'static Loop,
        opens: bool,
        segment: &Segment<'_>,
    ) {
        let depth = u8::try_from(self.frames.len() - 1).unwrap_or(u8::MAX);
        self.walked.placed.push(Placed { number: segment.number(), slot, table, opens, depth });
        self.checker.check(segment, slot, table, &mut self.walked.faults);
    }

    /// Opens the loop at `row` of the frame at `depth`.
    fn enter(&mut self, depth: usize, row: usize, segment: &Segment<'_>) {
        let Row::Inner(table) = self.frames[depth].table.rows[row] else { return };
        self.frames[depth].at = row;
        let count = &mut self.counts[self.frames[depth].counts + row];
        count.uses = count.uses.saturating_add(1);
        count.last_number = segment.number();
        let counts = self.counts.len();
        self.counts.resize(counts + table.rows.len(), Count::default());
        self.frames.push(Frame { table, at: 0, counts });
    }

    /// Closes loops until the one at `depth` is innermost, and says what they lack.
    fn close_to(&mut self, depth: usize) {
        while self.frames.len() > depth + 1 {
            self.close_innermost();
        }
    }

    fn close_innermost(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.report_missing(&frame);
        let last = self
            .counts
            .iter()
            .skip(frame.counts)
            .map(|count| (count.last_number, count.last_offset));
        let last = last.max().unwrap_or_default();
        self.counts.truncate(frame.counts);
        if let Some(outer) = self.frames.last()
            && let Some(count) = self.counts.get_mut(outer.counts + outer.at)
        {
            (count.last_number, count.last_offset) = last.max((count.last_number, 0));
        }
    }

    /// The first required row of a loop that is empty.
    fn first_missing(&self, frame: &Frame) -> Option<usize> {
        (0..frame.table.rows.len()).find(|&row| self.is_missing(frame, row))
    }

    fn is_missing(&self, frame: &Frame, row: usize) -> bool {
        let is_empty = self.counts[frame.counts + row].uses == 0;
        is_empty && row_usage(&frame.table.rows[row]) == Usage::Required
    }

    fn report_missing(&mut self, frame: &Frame) {
        for row in 0..frame.table.rows.len() {
            if !self.is_missing(frame, row) {
                continue;
            }
            let before = &self.counts[frame.counts..frame.counts + row];
            let after = before
                .iter()
                .map(|count| (count.last_number, count.last_offset))
                .max()
                .unwrap_or_default();
            let (kind, loop_id, slot, name) = match &frame.table.rows[row] {
                Row::Segment(slot) => (SegmentFault::Missing, frame.table.id, slot, slot.name),
                Row::Inner(table) if table.repeat_max == 1 => {
                    (SegmentFault::Missing, table.id, table.head(), table.name)
                }
                Row::Inner(table) => {
                    (SegmentFault::LoopMissing, table.id, table.head(), table.name)
                }
            };
            self.walked.faults.push(Fault {
                kind: Kind::Segment(kind),
                place: Place { segment: after.0, offset: after.1, ..Place::default() },
                loop_id,
                tag: slot.tag,
                name,
            });
        }
    }

    fn finish(mut self, has_trailer: bool) -> Walked {
        self.close_to(0);
        if let Some(mut root) = self.frames.pop() {
            // The envelope has said already that the SE is missing.
            if !has_trailer && let Some(count) = self.counts.last_mut() {
                count.uses = 1;
            }
            root.at = root.table.rows.len();
            self.report_missing(&root);
        }
        let mut walked = self.walked;
        walked.faults.sort_by_key(|fault| (fault.place.segment, fault.place.offset));
        walked.faults.truncate(FAULTS_MAX);
        walked
    }

    fn report(&mut self, fault: SegmentFault, segment: &Segment<'_>, tag: Tag, name: &'static str) {
        let table = self.frames.last().map_or("", |frame| frame.table.id);
        self.walked.faults.push(Fault {
            kind: Kind::Segment(fault),
            place: Place {
                segment: segment.number(),
                offset: segment.offset(),
                ..Place::default()
            },
            loop_id: table,
            tag,
            name,
        });
    }

    fn row_name(&self, spot: Spot) -> &'static str {
        row_slot(&self.frames[spot.depth].table.rows[spot.row]).name
    }

    fn keys_fit(&self, segment: &Segment<'_>, slot: &Slot) -> bool {
        slot.keys.iter().all(|key| self.key_fits(segment, key))
    }

    fn key_fits(&self, segment: &Segment<'_>, key: &Key) -> bool {
        if key.position == 0 {
            return true;
        }
        let element = self.checker.element(segment, usize::from(key.position));
        let text = match key.component {
            0 => element,
            part => part_of(element, segment.delimiters().component, usize::from(part)),
        };
        key.codes.iter().any(|code| code.as_bytes() == text)
    }

    /// Whether any row of the guide has this tag.
    fn in_guide(&self, tag: Tag) -> Option<bool> {
        self.frames.first().map(|root| table_has(root.table, tag))
    }
}

fn table_has(table: &Loop, tag: Tag) -> bool {
    table.rows.iter().any(|row| match row {
        Row::Segment(slot) => slot.tag == tag,
        Row::Inner(inner) => table_has(inner, tag),
    })
}

fn row_slot(row: &'static Row) -> &'static Slot {
    match row {
        Row::Segment(slot) => slot,
        Row::Inner(table) => table.head(),
    }
}

fn row_tag(row: &'static Row) -> Tag {
    row_slot(row).tag
}

fn row_usage(row: &Row) -> Usage {
    match row {
        Row::Segment(slot) => slot.usage,
        Row::Inner(table) => table.usage,
    }
}

fn row_max(row: &Row) -> u32 {
    match row {
        Row::Segment(slot) => slot.use_max,
        Row::Inner(table) => table.repeat_max,
    }
}
