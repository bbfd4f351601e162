//! An element by the trade's own words: `2300 CLM05-3`, `2310B PRV03`, `2300 REF*G1 REF02`.
//!
//! First the loop, then the segment, with its qualifiers where there are several of its tag, then
//! the element. A path may end with the segment, `2300 PWK`, or with the loop, `2310B`. What stands
//! in no guide of claims is refused.

use std::ops::Range;

use x12::guide;
use x12::guide::row::{Content, Loop, Row, Slot, Tag};
use x12::interchange::{Interchange, Set};
use x12::segment::{Field, Segment};
use x12::view::claim::{Claim, Kind, Line};
use x12::walk::{Placed, Walked};

/// A claim and the set that it stands in.
#[derive(Clone, Copy, Debug)]
pub struct Filed<'a> {
    pub claim: &'a Claim<'a>,
    pub interchange: &'a Interchange,
    pub set: &'a Set,
    pub walked: &'a Walked,
}

impl Filed<'_> {
    /// Whether the claim is a dependent's, and claims of the subscriber's own stand before it: the guides
    /// have them under one level, and there SBR02 speaks of the subscriber's own.
    pub fn subscriber_has_claims(&self) -> bool {
        let extent = &self.claim.extent;
        let next = self.interchange.set_segment(self.set, extent.subscriber.end);
        !extent.patient.is_empty() && next.is_some_and(|next| next.tag_bytes() == b"CLM")
    }
}

/// An element, a segment or a loop.
#[derive(Clone, Debug)]
pub struct Path {
    written: String,
    loop_id: String,
    /// `None` for the loop's own first segment.
    tag: Option<Tag>,
    qualifiers: Vec<String>,
    /// 0 for the whole segment.
    pub element: u8,
    /// 0 for the whole element.
    pub component: u8,
    /// The claims whose guides have it.
    pub kinds: Vec<Kind>,
}

impl Path {
    /// Reads a path; says what is wrong with one that is none.
    pub fn parse(written: &str) -> Result<Path, String> {
        let mut words = written.split_whitespace();
        let loop_id = words.next().unwrap_or_default().to_owned();
        let (mut segment, mut last) = (words.next(), words.next());
        if words.next().is_some() || loop_id.is_empty() {
            return Err(format!("{written:?} is no place in a claim; {EXAMPLES}"));
        }
        // `CLM05-3` names its segment itself.
        if last.is_none() && segment.is_some_and(|word| element_of(word).is_some()) {
            last = segment;
            segment = last.and_then(|word| word.get(..tag_len(word)));
        }
        let mut parts = segment.into_iter().flat_map(|word| word.split('*'));
        let tag = parts.next().map(str::to_owned);
        let qualifiers = parts.map(str::to_owned).collect();
        let (element, component) = match last.map(|word| (word, element_of(word))) {
            None => (0, 0),
            Some((word, Some(found))) if tag.as_deref() == word.get(..tag_len(word)) => found,
            Some((word, _)) => return Err(format!("{word:?} is no element; {EXAMPLES}")),
        };
        let tag = tag.map(|tag| Tag::new(tag.as_bytes()));
        let kinds = Vec::new();
        let written = written.to_owned();
        let mut path = Path { written, loop_id, tag, qualifiers, element, component, kinds };
        path.find_kinds()?;
        Ok(path)
    }

    /// As it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// Whether it stands in service lines, so that it is asked of each.
    pub fn is_of_line(&self) -> bool {
        self.loop_id.starts_with("24")
    }

    /// The tag of its segment, if it names one.
    pub fn tag(&self) -> Option<Tag> {
        self.tag
    }

    /// Its segments in a claim, or in one line of it, in the order of the file.
    pub fn segments<'a>(
        &self,
        filed: &Filed<'a>,
        line: Option<&Line<'a>>,
    ) -> impl Iterator<Item = Segment<'a>> {
        self.placed(filed, line, |placed| self.fits(placed))
            .filter(|segment| self.is_qualified(segment))
    }

    /// Its values in a claim, or in one line of it: where the segment stands, the value may still
    /// be absent.
    pub fn fields<'a>(
        &self,
        filed: &Filed<'a>,
        line: Option<&Line<'a>>,
    ) -> impl Iterator<Item = Field<'a>> {
        self.segments(filed, line).map(|segment| self.field(&segment))
    }

    /// Steps of a condition that looking it up counts as: it goes through segments and lines, and
    /// each takes a small part of a step.
    pub fn steps(&self, filed: &Filed<'_>, line: Option<&Line<'_>>) -> usize {
        let segments: usize = self.ranges(filed, line).iter().map(ExactSizeIterator::len).sum();
        (segments + filed.claim.lines.len()) / SEGMENTS_PER_STEP
    }

    /// The value in one of its segments.
    pub fn field<'a>(&self, segment: &Segment<'a>) -> Field<'a> {
        match (self.element, self.component) {
            (0, _) => Field::new(segment.bytes(), segment.place(0, 0)),
            (element, 0) => segment.field(usize::from(element)),
            (element, component) => segment.field_part(element.into(), component.into()),
        }
    }

    /// The segments in which the loop that holds it opens: what stands there lacks the rest.
    pub fn openings<'a>(
        &self,
        filed: &Filed<'a>,
        line: Option<&Line<'a>>,
    ) -> impl Iterator<Item = Segment<'a>> {
        self.placed(filed, line, |placed| placed.opens && placed.table.id == self.loop_id)
    }

    /// The segments of a claim, or of one line of it, that stand where a segment of the path may.
    fn placed<'a>(
        &self,
        filed: &Filed<'a>,
        line: Option<&Line<'a>>,
        is_wanted: impl Fn(&Placed) -> bool,
    ) -> impl Iterator<Item = Segment<'a>> {
        let Filed { interchange, set, walked, .. } = *filed;
        let ranges = self.ranges(filed, line);
        ranges
            .into_iter()
            .flat_map(move |range| placed_in(walked, range))
            .filter(move |placed| is_wanted(placed))
            .filter_map(move |placed| interchange.set_segment(set, placed.number))
    }

    fn ranges(&self, filed: &Filed<'_>, line: Option<&Line<'_>>) -> [Range<u32>; 4] {
        let extent = &filed.claim.extent;
        match line.filter(|_| self.is_of_line()) {
            Some(line) => {
                let start = line.place.segment;
                let next = filed.claim.lines.iter().map(|line| line.place.segment);
                let end = next.filter(|&next| start < next).min();
                [start..end.unwrap_or(extent.claim.end), 0..0, 0..0, 0..0]
            }
            None if self.loop_id.starts_with("1000") => [0..extent.billing.start, 0..0, 0..0, 0..0],
            None => [
                extent.billing.clone(),
                extent.subscriber.clone(),
                extent.patient.clone(),
                extent.claim.clone(),
            ],
        }
    }

    fn fits(&self, placed: &Placed) -> bool {
        placed.table.id == self.loop_id
            && match self.tag {
                Some(tag) => placed.slot.tag.is(tag),
                None => placed.opens,
            }
    }

    /// Qualifiers stand where the guide has them: in REF01, or in NM101.
    fn is_qualified(&self, segment: &Segment<'_>) -> bool {
        let mut qualifiers = (1..).zip(&self.qualifiers);
        qualifiers.all(|(at, qualifier)| {
            let value = segment.field(at);
            value.is(qualifier) || segment.field_part(at, 1).is(qualifier)
        })
    }

    fn find_kinds(&mut self) -> Result<(), String> {
        let guides = guide::ALL.iter().filter_map(|guide| Some((Kind::of_guide(guide)?, *guide)));
        let (mut has_loop, mut has_segment) = (false, false);
        let mut kinds = Vec::new();
        for (kind, guide) in guides {
            let mut slots = Vec::new();
            has_loop |= self.collect(&guide.table, &mut slots);
            let named = slots.iter().filter(|slot| self.tag.is_none_or(|tag| slot.tag.is(tag)));
            let named: Vec<&Slot> = named.copied().filter(|slot| self.takes(slot)).collect();
            has_segment |= !named.is_empty();
            if named.iter().any(|slot| self.has_element(slot)) {
                kinds.push(kind);
            }
        }
        self.kinds = kinds;
        let (written, loop_id) = (&self.written, &self.loop_id);
        match () {
            () if !self.kinds.is_empty() => Ok(()),
            () if !has_loop => Err(format!("{written:?}: no guide of claims has a loop {loop_id}")),
            () if !has_segment => {
                Err(format!("{written:?}: loop {loop_id} has no such segment in any guide"))
            }
            () => Err(format!("{written:?}: the segment has no such element in any guide")),
        }
    }

    /// Collects the rows of the loop; whether there is one.
    fn collect(&self, table: &'static Loop, slots: &mut Vec<&'static Slot>) -> bool {
        let mut is_here = table.id == self.loop_id;
        for row in table.rows {
            match row {
                Row::Segment(slot) if table.id == self.loop_id => slots.push(slot),
                Row::Segment(_) => {}
                Row::Inner(inner) => is_here |= self.collect(inner, slots),
            }
        }
        is_here
    }

    /// Whether the row allows these qualifiers.
    fn takes(&self, slot: &Slot) -> bool {
        (1u8..).zip(&self.qualifiers).all(|(at, qualifier)| {
            let mut keys = slot.keys.iter().filter(|key| key.position == at);
            keys.all(|key| key.codes.contains(&&**qualifier))
        })
    }

    fn has_element(&self, slot: &Slot) -> bool {
        let element = slot.elements.iter().find(|element| element.position == self.element);
        match (element, self.component) {
            _ if self.element == 0 => true,
            (None, _) => false,
            (Some(_), 0) => true,
            (Some(element), component) => match element.content {
                Content::Simple(_) => false,
                Content::Composite(parts) => parts.iter().any(|part| part.position == component),
            },
        }
    }
}

/// Segments that are passed over while a condition takes a step.
const SEGMENTS_PER_STEP: usize = 64;

const EXAMPLES: &str = "write one such as 2300 CLM05-3, 2310B PRV03, 2300 REF*G1 REF02 or 2300 PWK";

/// `CLM` of `CLM05-3`.
fn tag_len(word: &str) -> usize {
    word.split('-').next().unwrap_or_default().len().saturating_sub(2)
}

/// `CLM05-3` as element and component; `None` when it is none.
fn element_of(word: &str) -> Option<(u8, u8)> {
    let (element, component) = match word.split_once('-') {
        Some((element, component)) => (element, component.parse().ok()?),
        None => (word, 0),
    };
    let digits = element.get(tag_len(word)..)?;
    // `PWK`, `N3` and `CR1` are segments.
    let is_element = (4..=5).contains(&element.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits.parse().ok().filter(|_| is_element)?;
    (number > 0).then_some((number, component))
}

fn placed_in(walked: &Walked, range: Range<u32>) -> impl Iterator<Item = &Placed> {
    let first = walked.placed.partition_point(|placed| placed.number < range.start);
    let rest = walked.placed.iter().skip(first);
    rest.take_while(move |placed| placed.number < range.end)
}
