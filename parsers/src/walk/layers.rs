//! Which layer does a fault break, X12 itself or the guide? Asked only when something is wrong.

use super::{Frame, Walker, row_slot, row_tag};
use crate::fault::SegmentFault;
use crate::guide::row::{Loop, Row, Tag};
use crate::guide::segments::is_x12_tag;
use crate::guide::standard::is_standard;
use crate::guide::standard_sets::{Last, Room, StandardSet, find, number_of};

impl Walker<'_> {
    /// The set by the base standard, beside its guide; nothing where that is all there is.
    fn standard(&self) -> Option<&'static StandardSet> {
        if self.has_no_guide() { None } else { find(self.guide.set) }
    }

    /// Whether the table is the base standard's own: whatever breaks it breaks X12.
    fn has_no_guide(&self) -> bool {
        is_standard(self.guide)
    }

    /// What a required row is called that stayed empty.
    pub(super) fn missing_kind(&self, frame: &Frame, row: usize) -> SegmentFault {
        let Some(entry) = frame.table.rows.get(row) else { return SegmentFault::Missing };
        let demands = |loop_id| {
            self.standard().is_some_and(|standard| standard.demands(loop_id, row_tag(entry)))
        };
        match entry {
            _ if self.has_no_guide() => SegmentFault::MandatoryMissing,
            // Another row of the same tag may have what the standard asks.
            Row::Segment(slot) if self.uses_of_tag(frame, slot.tag) > 0 => SegmentFault::Missing,
            Row::Segment(_) if demands(frame.table.id) => SegmentFault::MandatoryMissing,
            Row::Segment(_) => SegmentFault::Missing,
            // Where a run of the standard's loop is open, the standard has what it asks.
            Row::Inner(table) if number_of(table.id) == number_of(frame.table.id) => {
                SegmentFault::LoopMissing
            }
            Row::Inner(table) if demands(table.id) => SegmentFault::MandatoryMissing,
            Row::Inner(_) => SegmentFault::LoopMissing,
        }
    }

    /// What a segment is called that stands more often than its row allows.
    pub(super) fn surplus_kind(&self, frame: &Frame, tag: Tag) -> SegmentFault {
        let table = self.standard().and_then(|standard| standard.table(frame.table.id));
        match table.and_then(|table| table.row(tag)) {
            _ if self.has_no_guide() => SegmentFault::OverMaximum,
            Some(row) if self.uses_of_tag(frame, tag) > row.use_max => SegmentFault::OverMaximum,
            Some(_) | None => SegmentFault::TooOften,
        }
    }

    /// What one run more of a loop is called that has had all that the guide gives it.
    pub(super) fn surplus_loop_kind(&self, frame: &Frame, table: &Loop) -> SegmentFault {
        let number = number_of(table.id);
        let runs = frame.table.rows.iter().enumerate().filter_map(|(row, entry)| match entry {
            Row::Inner(other) if number_of(other.id) == number => Some(self.uses(frame, row)),
            Row::Inner(_) | Row::Segment(_) => None,
        });
        let runs = runs.fold(1, u32::saturating_add);
        match self.standard().and_then(|standard| standard.table(table.id)) {
            _ if self.has_no_guide() => SegmentFault::LoopOverMaximum,
            Some(standard) if runs > standard.repeat_max => SegmentFault::LoopOverMaximum,
            Some(_) | None => SegmentFault::LoopTooOften,
        }
    }

    /// What a segment is called for which the guide has no row here.
    pub(super) fn stray_kind(&self, tag: Tag, is_of_guide: bool) -> SegmentFault {
        let Some(standard) = self.standard() else {
            return match (is_of_guide, is_x12_tag(tag)) {
                (true, _) => SegmentFault::Unexpected,
                (false, true) => SegmentFault::NotInSet,
                (false, false) => SegmentFault::TagUnknown,
            };
        };
        match self.room(standard, tag) {
            Room::Behind if self.is_used_here(tag) => SegmentFault::OutOfSequence,
            // What the guide has no use for is not mended by moving it.
            Room::Ahead | Room::Behind => SegmentFault::NotUsed,
            Room::Nowhere if is_of_guide || standard.has(tag) => SegmentFault::Unexpected,
            Room::Nowhere if is_x12_tag(tag) => SegmentFault::NotInSet,
            Room::Nowhere => SegmentFault::TagUnknown,
        }
    }

    /// Whether the guide has such a segment, whatever its qualifier, in a loop that is open.
    pub(super) fn is_used_here(&self, tag: Tag) -> bool {
        let has_rows = |frame: &Frame, tag| !frame.outline.candidates(tag).is_empty();
        let tag = self.outline.index_of(tag);
        tag.is_some_and(|tag| self.frames.iter().any(|frame| has_rows(frame, tag)))
    }

    /// Where the standard has such a segment in the loops that are open.
    fn room(&self, standard: &StandardSet, tag: Tag) -> Room {
        let rooms = self.frames.iter().filter_map(|frame| {
            let last = match &frame.table.rows.get(frame.at)? {
                Row::Segment(slot) => Last::Segment(slot.tag),
                // The standard has its levels side by side: it is this one that is open.
                Row::Inner(table) if number_of(table.id) == number_of(frame.table.id) => {
                    return None;
                }
                Row::Inner(table) => Last::Loop(table.id),
            };
            Some(standard.room(frame.table.id, last, tag))
        });
        rooms.max().unwrap_or(Room::Nowhere)
    }

    fn uses(&self, frame: &Frame, row: usize) -> u32 {
        self.counts.get(frame.counts + row).map_or(0, |count| count.uses)
    }

    /// How many segments of one tag stand in this run of a loop, by all its rows.
    fn uses_of_tag(&self, frame: &Frame, tag: Tag) -> u32 {
        let rows = frame.table.rows.iter().enumerate();
        let rows = rows.filter(|(_, row)| matches!(row, Row::Segment(_)));
        rows.filter(|(_, row)| row_slot(row).tag == tag)
            .fold(0, |sum, (row, _)| sum.saturating_add(self.uses(frame, row)))
    }
}
