//! Which row of its guide is each segment? Loops, repeats, and what is missing.
//!
//! The walker goes forward in the table. For each segment it looks for a row whose qualifiers all
//! fit, in the innermost open loop first, then outward. No segment that is right fits two rows that
//! are open (`guide/ambiguity.rs` hunts for such pairs), so that it need not look ahead. Only when
//! no row fits does it look for the nearest explanation, so that one defect gives one fault:
//!
//! 1. the opening segment of a loop that was just opened without it: it came too late;
//! 2. the address of a party that could not stand here: the party has been faulted;
//! 3. a row that was passed by, with the same qualifier: the segment is out of sequence;
//! 4. a required row of the same tag that is still open: its qualifier is wrong, unless one that
//!    fits the row comes right behind;
//! 5. a row that was passed by, without qualifiers: the segment is out of sequence;
//! 6. a row of a loop whose opening segment is missing: that loop is opened for it;
//! 7. none: the segment is unexpected and is passed over.
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! # let reading = x12::interchange::read(&file);
//! # let interchange = &reading.interchanges[0];
//! # let group = &interchange.groups[0];
//! # let set = &group.sets[0];
//! let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
//! let walked = x12::walk::walk(interchange, set, guide);
//! assert!(walked.faults.is_empty());
//! for placed in &walked.placed {
//!     let indent = usize::from(placed.depth) * 2;
//!     println!("{:indent$}{} {:?} {}", "", placed.table.id, placed.slot.tag, placed.slot.name);
//! }
//! ```

mod depend;
mod explain;
mod layers;
mod outline;

use crate::check::split::{Cut, Splitter};
use crate::check::{CheckedRow, Checker, is_one_of};
use crate::fault::told::{Told, Untold};
use crate::fault::{Fault, Kind, Place, SegmentFault};
use crate::guide::row::{Guide, Key, Loop, Row, Slot, Tag, Usage};
use crate::interchange::{Interchange, Set};
use crate::scan::Tape;
use crate::segment::{Segment, part_of};
use depend::{Dependencies, Due};
use outline::{GuideOutline, Outline, RowOutline, Seen};

/// A transaction set laid against its guide.
///
/// ```
/// use x12::walk::Walked;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/segment-unknown.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let walked = x12::walk::walk(interchange, set, guide);
/// let is_placed = |fault: &x12::fault::Fault| walked.placed_at(fault.place.segment).is_some();
/// let Walked { placed, faults, untold } = &walked;
/// // What has no place in the guide has a fault instead.
/// assert!((placed.len() as u32) < set.segment_count() && !faults.iter().all(is_placed));
/// assert_eq!(untold.count(), 0);
/// assert_eq!(walked.placed_at(1).map(|st| st.slot.tag.text()).as_deref(), Some("ST"));
/// ```
#[derive(Debug)]
pub struct Walked {
    /// The segments that have a place in the guide, in the order of the file.
    pub placed: Vec<Placed>,
    /// What is wrong, in the order of the file: as much as is told one by one.
    pub faults: Vec<Fault>,
    /// What else is wrong.
    pub untold: Untold,
}

impl Walked {
    /// The segment with this number in its set, ST = 1; `None` when it has no place in the guide.
    pub fn placed_at(&self, number: u32) -> Option<&Placed> {
        // Where every segment before it has its place, it stands at its number.
        let likely = (number as usize).checked_sub(1).and_then(|at| self.placed.get(at));
        likely.filter(|placed| placed.number == number).or_else(|| {
            let found = self.placed.binary_search_by_key(&number, |placed| placed.number);
            found.ok().and_then(|at| self.placed.get(at))
        })
    }
}

/// A segment and its row.
///
/// ```
/// use x12::delimiters::Delimiters;
/// use x12::segment::Segment;
/// use x12::walk::Placed;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// # let version = String::from_utf8_lossy(interchange.group_header(group).text(8));
/// # let number = String::from_utf8_lossy(interchange.set_header(set).text(1));
/// # let guide = x12::guide::find(&version, &number).expect("a guide");
/// # let walked = x12::walk::walk(interchange, set, guide);
/// let is_claim = |placed: &&Placed| placed.opens && placed.table.id == "2300";
/// let claims: Vec<u32> = walked.placed.iter().filter(is_claim).map(|placed| placed.number).collect();
/// assert_eq!(claims[..2], [19, 24]);
///
/// let clm: &Placed = walked.placed.iter().find(is_claim).expect("a claim");
/// assert_eq!((clm.slot.name, clm.depth), ("claim", 3));
///
/// // Would another segment do in its place?
/// let edited = Segment::new(b"CLM**120***11:B:1*Y*A*Y*Y", 0, clm.number, Delimiters::OURS);
/// assert_eq!(clm.faults_of(&edited).len(), 1);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    /// Its number in the set, ST = 1.
    pub number: u32,
    /// The row that it fills.
    pub slot: &'static Slot,
    /// The loop that the row is of.
    pub table: &'static Loop,
    /// Whether it opens a new run of its loop.
    pub opens: bool,
    /// How many loops it lies in; 0 in the header.
    pub depth: u8,
}

impl Placed {
    /// What is wrong with a segment that stands in this place instead, by its row alone.
    pub fn faults_of(&self, segment: &Segment<'_>) -> Vec<Fault> {
        let mut told = Told::default();
        let row = (self.slot, self.table);
        Checker::of_envelope().check_alone(segment, row, None, &mut told);
        told.faults
    }
}

/// Faults of one set that are told one by one; past this a file is noise, and memory is for claims.
/// Of the rest it is known at which segments they stand.
///
/// ```
/// assert_eq!(x12::walk::FAULTS_MAX, 10_000);
/// ```
pub const FAULTS_MAX: usize = 10_000;

/// Lays a transaction set against its guide and checks every element on the way.
///
/// Conditions that span segments ("if the patient is another, then who") are partly the guide's and
/// found here, partly a matter of rules outside this crate. The set may be of any quality; time is
/// linear in its length.
///
/// ```
/// use x12::fault::{Kind, SegmentFault};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/segment-unknown.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let walked = x12::walk::walk(interchange, set, guide);
/// let unknown = Kind::Segment(SegmentFault::TagUnknown);
/// let fault = walked.faults.iter().find(|fault| fault.kind == unknown).expect("a fault");
/// let segment = interchange.set_segment(set, fault.place.segment).expect("where it says");
/// assert_eq!(segment.offset(), fault.place.offset);
/// ```
pub fn walk(interchange: &Interchange, set: &Set, guide: &'static Guide) -> Walked {
    let mut placed = Vec::with_capacity(set.segment_count() as usize);
    let (faults, untold) = walk_each(interchange, set, guide, |one| placed.push(one));
    Walked { placed, faults, untold }
}

/// The same, with each segment's place given to `sink` as it is found. So a set of any size is
/// checked without a list of its segments.
///
/// ```
/// use x12::walk::walk_each;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// # let group = &interchange.groups[0];
/// # let set = &group.sets[0];
/// let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
/// let mut claims = 0;
/// let (faults, untold) = walk_each(interchange, set, guide, |placed| {
///     claims += u32::from(placed.opens && placed.table.id == "2300");
/// });
/// assert_eq!((claims, faults.len(), untold.count()), (6, 0, 0));
/// ```
pub fn walk_each(
    interchange: &Interchange,
    set: &Set,
    guide: &'static Guide,
    mut sink: impl FnMut(Placed),
) -> (Vec<Fault>, Untold) {
    let mut walker = Walker::new(guide, interchange, set);
    let mut tape = Tape::new();
    for (segments, text, start) in interchange.stretches(set, STRETCH_SEGMENTS) {
        tape.scan(text, interchange.delimiters());
        let mut splitter = Splitter::new(&tape, start);
        for segment in segments {
            walker.step(&splitter.cut(segment));
            if let Some(placed) = walker.placed.take() {
                sink(placed);
            }
        }
    }
    walker.finish(set.has_trailer())
}

/// Segments whose delimiters are looked for at once: few enough that their text stays at hand
/// until they are checked.
const STRETCH_SEGMENTS: u32 = 512;

/// A loop that is open.
#[derive(Debug)]
struct Frame {
    table: &'static Loop,
    outline: &'static Outline,
    /// The row that was filled last.
    at: usize,
    /// Where this run's counts start in `Walker::counts`.
    counts: usize,
    /// How many segments were taken while this loop was innermost.
    segments: u32,
    /// The fault that says that this run has no head.
    headless: Option<usize>,
    /// The last segment of this run: its number, and where it ends.
    last: (u32, usize),
}

impl Frame {
    const fn new(table: &'static Loop, outline: &'static Outline, counts: usize) -> Frame {
        Frame { table, outline, at: 0, counts, segments: 0, headless: None, last: (0, 0) }
    }
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

const HL: Tag = Tag::new(b"HL");

/// Segments that begin what is said of a party, and those that may follow.
const PARTIES: [Tag; 4] = [Tag::new(b"NM1"), Tag::new(b"N1"), Tag::new(b"N3"), Tag::new(b"N4")];
const PARTY_DETAILS: [Tag; 7] = [
    Tag::new(b"N2"),
    Tag::new(b"N3"),
    Tag::new(b"N4"),
    Tag::new(b"PER"),
    Tag::new(b"REF"),
    Tag::new(b"PRV"),
    Tag::new(b"DMG"),
];

struct Walker<'a> {
    interchange: &'a Interchange,
    set: &'a Set,
    guide: &'static Guide,
    outline: &'static GuideOutline,
    frames: Vec<Frame>,
    counts: Vec<Count>,
    checker: Checker,
    dependencies: &'static Dependencies,
    /// What values that were met call for, innermost loops last.
    dues: Vec<Due>,
    /// Whether the segment before is a party that could not stand here, or a detail of one.
    after_stray_party: bool,
    /// The place of the last segment, if it has one.
    placed: Option<Placed>,
    told: Told,
}

impl<'a> Walker<'a> {
    fn new(guide: &'static Guide, interchange: &'a Interchange, set: &'a Set) -> Walker<'a> {
        let outline = outline::of(guide);
        let root = Frame::new(&guide.table, &outline.root, 0);
        Walker {
            interchange,
            set,
            guide,
            outline,
            frames: vec![root],
            counts: vec![Count::default(); guide.table.rows.len()],
            checker: Checker::new(guide),
            dependencies: depend::of(guide),
            dues: Vec::new(),
            after_stray_party: false,
            placed: None,
            told: Told::default(),
        }
    }

    fn step(&mut self, segment: &Cut<'_>) {
        let tag = Tag::new(segment.split.element(0));
        if self.take_late_head(segment, tag) {
            return;
        }
        if let Some(spot) = self.find_open(segment, tag) {
            return self.fill(spot, segment, tag);
        }
        // The party has been faulted already.
        if self.after_stray_party && PARTY_DETAILS.contains(&tag) {
            return;
        }
        if let Some(spot) = self.find_full(segment, tag) {
            return self.fill(spot, segment, tag);
        }
        if self.outline.index_of(tag).is_some() {
            self.explain(segment, tag);
            if tag == HL && self.placed.is_none() {
                self.checker.forget_levels_below();
            }
            return;
        }
        self.report_stray(segment, tag, false);
        // A tag in small letters, or with blanks, is wrong, but it is clear what is meant.
        let meant = Tag::new(&segment.tag_bytes().trim_ascii().to_ascii_uppercase());
        if meant != tag
            && let Some(spot) = self.find_open(segment, meant)
        {
            self.fill(spot, segment, meant);
        }
    }

    /// Rows from the run that `frame` stands in to the end of its loop. The opening row is left
    /// out: another such segment opens another run, and that is for the loop outside.
    fn rows_ahead(frame: &Frame, is_root: bool) -> std::ops::Range<usize> {
        let first = if is_root { 0 } else { 1 };
        let rows = &frame.outline.rows;
        rows.get(frame.at).map_or(frame.at, |row| row.run).max(first)..rows.len()
    }

    /// The nearest row ahead that fits and has room.
    fn find_open(&self, segment: &Cut<'_>, tag: Tag) -> Option<Spot> {
        self.find_ahead(segment, tag, |count, use_max| count.uses < use_max)
    }

    /// The nearest row ahead that fits, though it is full.
    fn find_full(&self, segment: &Cut<'_>, tag: Tag) -> Option<Spot> {
        self.find_ahead(segment, tag, |_, _| true)
    }

    fn find_ahead(
        &self,
        segment: &Cut<'_>,
        tag: Tag,
        has_room: impl Fn(&Count, u32) -> bool,
    ) -> Option<Spot> {
        let tag = self.outline.index_of(tag)?;
        let mut seen = Seen::default();
        for (depth, frame) in self.frames.iter().enumerate().rev() {
            if !frame.outline.may_have(tag) {
                continue;
            }
            let first = Self::rows_ahead(frame, depth == 0).start;
            for candidate in frame.outline.candidates(tag) {
                let row = usize::from(candidate.row);
                if row >= first
                    && frame.outline.fits(candidate, &segment.split, &mut seen)
                    && has_room(&self.counts[frame.counts + row], candidate.repeat_max)
                {
                    return Some(Spot { depth, row });
                }
            }
        }
        None
    }

    fn fill(&mut self, spot: Spot, segment: &Cut<'_>, tag: Tag) {
        self.after_stray_party = self.after_stray_party && PARTY_DETAILS.contains(&tag);
        let Row::Inner(table) = self.frames[spot.depth].table.rows[spot.row] else {
            self.close_to(spot.depth);
            self.frames[spot.depth].at = spot.row;
            return self.fill_in_place(spot, segment);
        };
        let is_twice = self.is_bare_run_of(spot);
        let count = self.counts[self.frames[spot.depth].counts + spot.row];
        if count.uses >= table.repeat_max {
            let kind = self.surplus_loop_kind(&self.frames[spot.depth], table);
            self.report_of(kind, segment, tag, table.id, table.name);
            // A head that stands twice opens nothing new.
            if is_twice {
                return;
            }
        }
        if is_twice && let Some(frame) = self.frames.pop() {
            // The first says it: nothing of the earlier one is there.
            self.report_missing(&frame, 1);
            self.counts.truncate(frame.counts);
            self.forget_dues();
            self.checker.forget_levels_below();
        }
        self.close_to(spot.depth);
        self.enter(spot.depth, spot.row, segment);
        self.fill_head(segment);
    }

    /// Whether the innermost loop is a run of the loop at `spot` that has its head and no more.
    fn is_bare_run_of(&self, spot: Spot) -> bool {
        let Some(frame) = self.frames.last() else { return false };
        let is_run = match self.frames[spot.depth].table.rows[spot.row] {
            Row::Inner(table) => std::ptr::eq(table, frame.table),
            Row::Segment(_) => false,
        };
        is_run && self.frames.len() == spot.depth + 2 && frame.segments == 1
    }

    /// Takes a segment into its row without moving on.
    fn fill_in_place(&mut self, spot: Spot, segment: &Cut<'_>) {
        let frame = &mut self.frames[spot.depth];
        let (table, outline) = (frame.table, &frame.outline.rows[spot.row]);
        let Row::Segment(slot) = &table.rows[spot.row] else { return };
        let (last_number, last_offset) = (segment.number(), segment.end());
        // Segments come in their order, so that this is the last.
        frame.last = (last_number, last_offset);
        let count = &mut self.counts[frame.counts + spot.row];
        let uses = count.uses.saturating_add(1);
        *count = Count { uses, last_number, last_offset };
        if uses > slot.use_max {
            let kind = self.surplus_kind(&self.frames[spot.depth], slot.tag);
            self.report(kind, segment, slot.tag, slot.name);
        }
        self.place(slot, table, outline, spot.row == 0, segment);
    }

    fn fill_head(&mut self, segment: &Cut<'_>) {
        let depth = self.frames.len() - 1;
        self.fill_in_place(Spot { depth, row: 0 }, segment);
    }

    #[inline]
    fn place(
        &mut self,
        slot: &'static Slot,
        table: &'static Loop,
        outline: &'static RowOutline,
        opens: bool,
        segment: &Cut<'_>,
    ) {
        let depth = u8::try_from(self.frames.len() - 1).unwrap_or(u8::MAX);
        self.placed = Some(Placed { number: segment.number(), slot, table, opens, depth });
        if let Some(frame) = self.frames.last_mut() {
            frame.segments = frame.segments.saturating_add(1);
        }
        let level = if slot.tag == HL { self.level() } else { 0 };
        let row = CheckedRow { slot, table, sieve: &outline.sieve };
        self.checker.check(segment, &row, level, &mut self.told);
        if let Some(touch) = &outline.touch {
            self.depend(segment, slot, table, touch);
        }
    }

    /// Opens the loop at `row` of the frame at `depth`.
    fn enter(&mut self, depth: usize, row: usize, segment: &Cut<'_>) {
        let Row::Inner(table) = self.frames[depth].table.rows[row] else { return };
        let Some(outline) = self.frames[depth].outline.inner(row) else { return };
        self.frames[depth].at = row;
        let count = &mut self.counts[self.frames[depth].counts + row];
        count.uses = count.uses.saturating_add(1);
        count.last_number = segment.number();
        let counts = self.counts.len();
        self.counts.resize(counts + table.rows.len(), Count::default());
        self.frames.push(Frame::new(table, outline, counts));
    }

    /// Closes loops until the one at `depth` is innermost, and says what they lack.
    #[inline]
    fn close_to(&mut self, depth: usize) {
        while self.frames.len() > depth + 1 {
            self.close_innermost();
        }
    }

    #[inline(never)]
    fn close_innermost(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        self.report_missing(&frame, usize::MAX);
        self.settle(&frame);
        self.counts.truncate(frame.counts);
        if let Some(outer) = self.frames.last_mut()
            && let Some(count) = self.counts.get_mut(outer.counts + outer.at)
        {
            let last = frame.last.max((count.last_number, 0));
            (count.last_number, count.last_offset) = last;
            outer.last = outer.last.max(last);
        }
    }

    /// The first required row of a loop that is empty.
    fn first_missing(&self, frame: &Frame) -> Option<usize> {
        self.missing(frame).next()
    }

    /// The required rows of a loop that are empty.
    fn missing(&self, frame: &Frame) -> impl Iterator<Item = usize> {
        let is_empty = |&row: &usize| self.counts[frame.counts + row].uses == 0;
        frame.outline.required.iter().copied().filter(is_empty)
    }

    fn is_missing(&self, frame: &Frame, row: usize) -> bool {
        let is_empty = self.counts[frame.counts + row].uses == 0;
        is_empty && row_usage(&frame.table.rows[row]) == Usage::Required
    }

    /// Says which required rows of a loop are empty, `faults_max` of them.
    fn report_missing(&mut self, frame: &Frame, faults_max: usize) {
        // Of most loops nothing is.
        if self.first_missing(frame).is_none() {
            return;
        }
        let missing: Vec<usize> = self.missing(frame).take(faults_max).collect();
        for row in missing {
            let (segment, offset) = self.last_before(frame, row);
            let kind = self.missing_kind(frame, row);
            let (loop_id, slot, name) = match &frame.table.rows[row] {
                Row::Segment(slot) => (frame.table.id, slot, slot.name),
                Row::Inner(table) => (table.id, table.head(), table.name),
            };
            self.told.push(Fault {
                kind: Kind::Segment(kind),
                place: Place { offset, segment, ..Place::default() },
                loop_id,
                tag: slot.tag,
                name,
            });
        }
    }

    /// The last segment of the rows before this one, and where it ends: what is missing would
    /// stand behind it.
    fn last_before(&self, frame: &Frame, row: usize) -> (u32, usize) {
        let before = &self.counts[frame.counts..frame.counts + row];
        let last = before.iter().map(|count| (count.last_number, count.last_offset)).max();
        last.unwrap_or_default()
    }

    fn finish(mut self, has_trailer: bool) -> (Vec<Fault>, Untold) {
        self.close_to(0);
        self.checker.finish(&mut self.told);
        if let Some(mut root) = self.frames.pop() {
            // The envelope has said already that the SE is missing.
            if !has_trailer && let Some(count) = self.counts.last_mut() {
                count.uses = 1;
            }
            root.at = root.table.rows.len();
            self.report_missing(&root, usize::MAX);
        }
        self.told.finish()
    }

    fn report(&mut self, fault: SegmentFault, segment: &Cut<'_>, tag: Tag, name: &'static str) {
        let table = self.frames.last().map_or("", |frame| frame.table.id);
        self.report_of(fault, segment, tag, table, name);
    }

    fn report_of(
        &mut self,
        fault: SegmentFault,
        segment: &Cut<'_>,
        tag: Tag,
        loop_id: &'static str,
        name: &'static str,
    ) {
        let place =
            Place { segment: segment.number(), offset: segment.offset(), ..Place::default() };
        self.told.push(Fault { kind: Kind::Segment(fault), place, loop_id, tag, name });
    }

    /// How many levels are open, HL in HL.
    fn level(&self) -> usize {
        self.frames.iter().filter(|frame| frame.table.head().tag == HL).count()
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
        let element = segment.repeats(usize::from(key.position)).next().unwrap_or_default();
        let text = match key.component {
            0 => element,
            part => part_of(element, segment.delimiters().component, usize::from(part)),
        };
        is_one_of(key.codes, text)
    }
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
