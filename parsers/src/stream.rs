//! A file of any size, read a transaction set at a time.
//!
//! Bytes are pushed in as they come, and pieces come out in the order of the file. No more is kept
//! than the set that is being read, and of that no segment above [`SEGMENT_BYTES_MAX`]. What [`read`](crate::interchange::read) says of a whole file
//! and what the pieces say is the same; places count from the start of the stream.
//!
//! ```
//! use x12::stream::{Piece, Stream};
//!
//! let file = b"ISA*00*          *00*          *ZZ*A              *ZZ*B              *260301*0915*^*00501*000000001*0*T*:~\
//! GS*HC*AA*BB*20260301*0915*1*X*005010X222A1~\
//! ST*837*0001*005010X222A1~BHT*0019*00*1*20260301*0915*CH~SE*3*0001~\
//! ST*837*0002*005010X222A1~BHT*0019*00*2*20260301*0915*CH~SE*3*0002~\
//! GE*2*1~IEA*1*000000001~";
//!
//! let mut stream = Stream::new(1 << 20);
//! let mut sets = Vec::new();
//! for bytes in file.chunks(10).map(Some).chain([None]) {
//!     match bytes {
//!         Some(bytes) => stream.push(bytes),
//!         None => stream.finish(),
//!     }
//!     while let Some(piece) = stream.next_piece() {
//!         match piece {
//!             Piece::Set(set) => {
//!                 let (interchange, _group, set) = set.parts();
//!                 sets.push((interchange.set_header(set).offset(), set.segment_count()));
//!             }
//!             Piece::End(interchange) => assert!(interchange.faults.is_empty()),
//!             _ => {}
//!         }
//!     }
//! }
//! assert_eq!(sets, [(149, 3), (215, 3)]);
//! ```

use std::collections::VecDeque;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use memchr::memmem;

use crate::cutting::{Cutter, Next, binary_data_end, is_blank};
use crate::delimiters::{self, HEADER_LEN_MAX, Header};
use crate::envelope::{Nesting, check_header, stays_in_set};
use crate::fault::{Fault, Kind, Place, SetFault};
use crate::guide::row::Tag;
use crate::interchange::{Group, Interchange, Set, Source, Span, span};
use crate::wrap::{BEGINNING_LEN, Wrap};

/// What comes out of a stream, in the order of the file.
///
/// ```
/// use x12::stream::{Piece, pieces};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// let kinds: Vec<&str> = pieces(&file[..], 1 << 20).map(|piece| match piece.expect("memory gives it") {
///     Piece::Interchange(_) => "ISA",
///     Piece::Ta1(_) => "TA1",
///     Piece::Group(_) => "GS",
///     Piece::Set(_) => "ST to SE",
///     Piece::LargeSet(_) => "a set that is too large",
///     Piece::GroupEnd(_) => "GE",
///     Piece::End(_) => "IEA",
///     Piece::Stray(_) => "stray text",
/// }).collect();
/// assert_eq!(kinds, ["ISA", "GS", "ST to SE", "GE", "IEA"]);
/// ```
#[derive(Debug)]
pub enum Piece {
    /// An interchange begins: its ISA, and the faults of that.
    Interchange(Interchange),
    /// A TA1 of the interchange.
    Ta1(Interchange),
    /// A functional group begins: its GS. What is wrong with the group is said at its end.
    Group(Interchange),
    /// A whole set, in the interchange and the group that it stands in.
    Set(SetPiece),
    /// A set that is larger than was allowed, or that has a segment which is: its ST, and its SE if
    /// it has one. What stood between them was passed over.
    LargeSet(SetPiece),
    /// A functional group has ended; it has its faults now, but none of its sets.
    GroupEnd(Interchange),
    /// The interchange has ended; it has all of its faults now, and the segments that they are at,
    /// but none of its groups. A stream that keeps envelopes gives its [outline](Stream::outlining).
    End(Interchange),
    /// Text outside every interchange, blanks aside.
    Stray(Range<usize>),
}

/// One set, as a whole file would have it that holds no other.
///
/// ```
/// use x12::stream::{Piece, SetPiece, pieces};
///
/// /// How many faults a set has, by its guide.
/// fn faults_in(piece: &SetPiece) -> usize {
///     let (interchange, _, set) = piece.parts();
///     let guide = x12::guide::find("005010X222A1", "837").expect("the professional claim");
///     x12::walk::walk(interchange, set, guide).faults.len()
/// }
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// for piece in pieces(&file[..], 1 << 20) {
///     if let Piece::Set(set) = piece.expect("memory gives it") {
///         assert_eq!(faults_in(&set), 0);
///     }
/// }
/// ```
#[derive(Debug)]
pub struct SetPiece {
    interchange: Interchange,
}

impl SetPiece {
    /// The interchange, the group and the set.
    pub fn parts(&self) -> (&Interchange, &Group, &Set) {
        let group = self.interchange.groups.first().expect("a piece is made with its group");
        let set = group.sets.first().expect("a piece is made with its set");
        (&self.interchange, group, set)
    }
}

/// Takes bytes and gives pieces.
///
/// ```
/// use x12::stream::{Piece, Stream};
///
/// let mut stream = Stream::new(1 << 20);
/// stream.push(b"no X12");
/// assert!(stream.next_piece().is_none(), "more may come");
/// stream.finish();
/// assert!(matches!(stream.next_piece(), Some(Piece::Stray(stray)) if stray == (0..6)));
/// ```
#[derive(Debug)]
pub struct Stream {
    set_bytes_max: usize,
    keeps_envelopes: bool,
    /// What has come; all before `at` is done with.
    window: Vec<u8>,
    at: usize,
    /// Where `window[at]` stands in the stream.
    place: usize,
    is_last: bool,
    state: State,
    ready: VecDeque<Piece>,
    /// How lines cut the stretch that this reads the text of.
    wrap: Option<Arc<Wrap>>,
}

#[derive(Debug)]
enum State {
    Between(Gap),
    Inside(Box<Open>),
    /// In a stretch that lines cut: its text is read by a stream of its own.
    Wrapped(Box<Stream>, Arc<Wrap>),
}

/// What stands between interchanges.
#[derive(Debug)]
struct Gap {
    start: usize,
    len: usize,
    /// How many bytes of a byte order mark it begins with.
    mark: usize,
    /// What ended the segments of the interchange before.
    terminator: Option<u8>,
    is_junk: bool,
}

const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];

/// The largest segment that a stream takes, binary data aside. The longest that a guide has room for
/// are far below; what is larger has lost its terminator. It is a fault of its set, the set is passed
/// over, and what follows its terminator is read on. As much may stand between two segments.
///
/// ```
/// use x12::stream::{Piece, SEGMENT_BYTES_MAX, pieces};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// let text = String::from_utf8_lossy(FILE);
/// let text = text.replacen("BHT*", &("NTE*".to_owned() + &"x".repeat(2 * SEGMENT_BYTES_MAX) + "~BHT*"), 1);
/// let large = pieces(text.as_bytes(), 1 << 24).find_map(|piece| match piece.expect("memory gives it") {
///     Piece::LargeSet(set) => set.parts().2.faults.last().copied(),
///     _ => None,
/// });
/// let fault = large.expect("a set that is too large");
/// assert_eq!((fault.kind.name(), fault.place.segment), ("segment-too-large", 2));
/// ```
pub const SEGMENT_BYTES_MAX: usize = 1 << 20;

/// So much of a segment is kept that stands in no set: each piece has a copy of its group's.
const CONTROL_BYTES_MAX: usize = 4 << 10;

/// Segments of a set are counted as so many bytes at least, as each takes memory of its own.
const SEGMENT_BYTES_MIN: usize = 16;

/// Whether to go on without more bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    On,
    Wait,
}

impl Stream {
    /// A stream whose sets have so many bytes at most; a larger one is passed over, and said so.
    pub fn new(set_bytes_max: usize) -> Stream {
        Stream {
            set_bytes_max,
            keeps_envelopes: false,
            window: Vec::new(),
            at: 0,
            place: 0,
            is_last: false,
            state: State::Between(Gap::starting_at(0, None)),
            ready: VecDeque::new(),
            wrap: None,
        }
    }

    /// The same stream, but at the end of each interchange it gives an outline of it: what reading
    /// the whole file gives, without the sets. All segments outside sets are there, all groups with
    /// their faults, and how many sets each has.
    ///
    /// ```
    /// use x12::stream::{Piece, Stream};
    ///
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
    /// let mut stream = Stream::new(1 << 20).outlining();
    /// stream.push(FILE);
    /// stream.finish();
    /// let mut pieces = std::iter::from_fn(|| stream.next_piece());
    /// let outline = pieces.find_map(|piece| match piece {
    ///     Piece::End(outline) => Some(outline),
    ///     _ => None,
    /// });
    /// let outline = outline.expect("one interchange");
    /// assert_eq!(outline.segment_count(), 4, "ISA, GS, GE, IEA");
    /// assert_eq!((outline.groups[0].set_count(), outline.groups[0].sets.len()), (1, 0));
    /// ```
    #[must_use]
    pub fn outlining(mut self) -> Stream {
        self.keeps_envelopes = true;
        self
    }

    /// Takes the bytes that follow those before.
    pub fn push(&mut self, bytes: &[u8]) {
        assert!(!self.is_last, "nothing follows the end");
        self.window.drain(..self.at);
        self.at = 0;
        self.window.extend_from_slice(bytes);
    }

    /// Says that nothing more will come.
    pub const fn finish(&mut self) {
        self.is_last = true;
    }

    /// The next piece of what has come so far.
    pub fn next_piece(&mut self) -> Option<Piece> {
        while self.ready.is_empty() {
            if self.step() == Step::Wait {
                break;
            }
        }
        self.ready.pop_front()
    }

    fn text(&self) -> &[u8] {
        &self.window[self.at..]
    }

    fn consume(&mut self, count: usize) {
        self.at += count;
        self.place += count;
    }

    fn step(&mut self) -> Step {
        let state = std::mem::replace(&mut self.state, State::Between(Gap::starting_at(0, None)));
        match state {
            State::Between(gap) => self.between(gap),
            State::Inside(open) => self.inside(open),
            State::Wrapped(inner, wrap) => self.wrapped(inner, wrap),
        }
    }

    /// Looks for the next header.
    fn between(&mut self, mut gap: Gap) -> Step {
        let text = &self.window[self.at..];
        let Some(start) = memmem::find(text, b"ISA") else {
            // The start of the word may have come.
            let kept = if self.is_last { 0 } else { 2 };
            let passed = text.len().saturating_sub(kept);
            gap.pass(&text[..passed]);
            self.consume(passed);
            if self.is_last {
                self.tell_of(&gap);
                gap = Gap::starting_at(self.place, gap.terminator);
            }
            self.state = State::Between(gap);
            return Step::Wait;
        };
        gap.pass(&text[..start]);
        let text = &text[start..];
        let needed = if self.wrap.is_none() { BEGINNING_LEN } else { HEADER_LEN_MAX };
        if text.len() < needed && !self.is_last {
            self.consume(start);
            self.state = State::Between(gap);
            return Step::Wait;
        }
        let wrap = if self.wrap.is_none() { Wrap::begin(text, 0) } else { None };
        let header = if wrap.is_none() { delimiters::header(text) } else { None };
        self.consume(start);
        if let Some(wrap) = wrap {
            self.tell_of(&gap);
            let wrap = Arc::new(wrap.begun_at(self.place));
            let mut inner = Stream::new(self.set_bytes_max);
            inner.wrap = Some(wrap.clone());
            inner.keeps_envelopes = self.keeps_envelopes;
            self.state = State::Wrapped(Box::new(inner), wrap);
        } else if let Some(header) = header {
            self.tell_of(&gap);
            self.open(&header);
        } else {
            gap.pass(&self.window[self.at..=self.at]);
            self.consume(1);
            self.state = State::Between(gap);
        }
        Step::On
    }

    fn tell_of(&mut self, gap: &Gap) {
        if gap.is_stray() {
            let range = gap.start..gap.start + gap.len;
            let range = match &self.wrap {
                Some(wrap) => wrap.range_in_file(range),
                None => range,
            };
            self.ready.push_back(Piece::Stray(range));
        }
    }

    fn open(&mut self, header: &Header) {
        let isa = self.text()[..header.len].to_vec();
        let isa = Kept { len: isa.len() - 1, text: isa, place: self.place };
        let mut outline = self.keeps_envelopes.then(Outline::default);
        if let Some(outline) = &mut outline {
            outline.push(&isa);
        }
        let mut open = Open {
            header: *header,
            wrap: self.wrap.clone(),
            isa,
            outline,
            gs: None,
            spans: Vec::new(),
            large: None,
            too_large: None,
            faults: Vec::new(),
            faulty: Vec::new(),
            nesting: Nesting::default(),
            cutter: Cutter::new(header, 0),
        };
        self.consume(header.len);
        let mut interchange = open.piece(&[]);
        check_header(&mut interchange, header);
        open.faults.clone_from(&interchange.faults);
        self.ready.push_back(Piece::Interchange(interchange));
        self.state = State::Inside(Box::new(open));
    }

    /// Reads segments until something is ready.
    fn inside(&mut self, mut open: Box<Open>) -> Step {
        loop {
            let next = match open.cutter.next(self.text(), self.is_last) {
                Next::Wait => self.wait(&mut open),
                next => next,
            };
            let text = &self.window[self.at..];
            let next_starts = open.cutter.from().min(text.len());
            let (segment, end, ended) = match next {
                Next::Wait => {
                    self.state = State::Inside(open);
                    return Step::Wait;
                }
                Next::Segment(segment) if open.is_in_set(&text[segment.clone()]) => {
                    self.keep(&mut open, segment, next_starts);
                    continue;
                }
                Next::Segment(segment) => {
                    self.control(&mut open, segment, next_starts);
                    self.state = State::Inside(open);
                    return Step::On;
                }
                Next::Trailer(segment, end) => (Some(segment), end, true),
                Next::Header(cut, at) => (cut, at, false),
                Next::End => (None, text.len(), false),
            };
            let end_place = self.place + end;
            match segment {
                Some(segment) if open.is_in_set(&text[segment.clone()]) => {
                    self.keep(&mut open, segment, end);
                }
                Some(segment) => self.control(&mut open, segment, end),
                None => {}
            }
            self.end(*open, end_place, ended);
            return Step::On;
        }
    }

    /// Lets go of blanks, and of what is too large, while more has to come.
    fn wait(&mut self, open: &mut Open) -> Next {
        let from = open.cutter.from();
        self.look_at_gap(open, from);
        if open.nesting.open_set.is_none() || open.large.is_some() {
            self.done_with(open, from);
        }
        open.cutter.cut_off(self.text(), SEGMENT_BYTES_MAX + 1)
    }

    /// Takes a segment of the open set.
    fn keep(&mut self, open: &mut Open, segment: Range<usize>, next_starts: usize) {
        let before = open.spans.last().map_or(segment.start, |last| last.end as usize);
        if SEGMENT_BYTES_MAX < segment.end - before {
            self.look_at_gap(open, segment.start);
            self.look_at_size(open, &segment);
        }
        open.spans.push(span(segment.start, segment.end));
        let segments_max = self.set_bytes_max / SEGMENT_BYTES_MIN;
        if self.set_bytes_max < segment.end || segments_max < open.spans.len() {
            self.pass_over_set(open);
        }
        if let Some(large) = &mut open.large {
            large.count += open.spans.len() as u32;
            open.spans.clear();
            self.done_with(open, next_starts);
        }
    }

    /// Looks whether a segment of the open set, which is to be taken, is too large.
    #[cold]
    fn look_at_size(&mut self, open: &mut Open, segment: &Range<usize>) {
        let text = &self.text()[segment.clone()];
        if segment.len() <= SEGMENT_BYTES_MAX || open.is_binary_data(text) {
            return;
        }
        let (tag, kind) = (open.tag_of(text), Kind::Set(SetFault::SegmentTooLarge));
        let before = open.large.as_ref().map_or(open.spans.len() as u32, |large| large.count);
        let offset = self.place + segment.start;
        let offset = self.wrap.as_ref().map_or(offset, |wrap| wrap.offset_in_file(offset));
        let place = Place { offset, segment: before + 1, ..Place::default() };
        // The first says it.
        open.too_large.get_or_insert(Fault { kind, place, loop_id: "", tag, name: "" });
        self.pass_over_set(open);
    }

    /// Says that the open set is too large, unless that is known.
    fn pass_over_set(&mut self, open: &mut Open) {
        if open.large.is_none()
            && let Some(st) = open.spans.first()
        {
            let st = st.start as usize..st.end as usize;
            let count = open.spans.len() as u32;
            open.large = Some(Large { st: self.kept(st.clone(), st.end), count });
            open.spans.clear();
        }
    }

    /// Looks whether more than is kept stands in the open set before a segment.
    fn look_at_gap(&mut self, open: &mut Open, segment_starts: usize) {
        let before = open.spans.last().map_or(segment_starts, |last| last.end as usize);
        if SEGMENT_BYTES_MAX < segment_starts.saturating_sub(before) {
            self.pass_over_set(open);
        }
    }

    /// Takes a segment that opens or closes an envelope, or stands in no set.
    fn control(&mut self, open: &mut Open, segment: Range<usize>, next_starts: usize) {
        let tag = open.tag_of(&self.text()[segment.clone()]);
        self.look_at_gap(open, segment.start);
        let mut segment = segment.start..segment.end.min(segment.start + CONTROL_BYTES_MAX);
        let mut next_starts = next_starts;
        if open.nesting.open_set.is_some() {
            if tag == SE {
                return self.close_set(open, Some(segment), next_starts);
            }
            let before = segment.start;
            self.close_set(open, None, before);
            segment = 0..segment.end - before;
            next_starts -= before;
        }
        if tag == ST && open.nesting.open_group.is_some() {
            self.done_with(open, segment.start);
            open.nesting.open_set = Some(open.head_count());
            open.spans.push(span(0, segment.len()));
            return;
        }
        let kept = self.kept(segment.clone(), next_starts.min(segment.start + CONTROL_BYTES_MAX));
        let mut interchange = open.piece(&[kept.as_part(&[span(0, kept.len)])]);
        let index = interchange.segment_count() as u32 - 1;
        let had_faults = open.faults.len();
        open.nesting.take(&mut interchange, index);
        open.faults.clone_from(&interchange.faults);
        if let Some(outline) = &mut open.outline {
            outline.take(&kept, tag, &interchange);
        }
        if interchange.ta1s().next().is_some() {
            self.ready.push_back(Piece::Ta1(interchange));
        } else if !interchange.groups.is_empty() {
            self.ready.push_back(Piece::GroupEnd(interchange));
        }
        if tag == GS {
            open.gs = Some(kept);
            // In the pieces, the GS always follows the ISA.
            if let Some(group) = &mut open.nesting.open_group {
                group.header = 1;
            }
            self.ready.push_back(Piece::Group(open.piece(&[])));
        } else if had_faults < open.faults.len() || tag == IEA {
            open.faulty.push(kept);
        }
        self.done_with(open, next_starts);
    }

    /// Gives the open set away, with its SE or without one.
    fn close_set(&mut self, open: &mut Open, se: Option<Range<usize>>, end: usize) {
        let (trailer, is_large) = (se.is_some(), open.large.is_some());
        let mut interchange = match open.large.take() {
            Some(large) => {
                let se = se.map(|se| self.kept(se, end));
                open.nesting.dropped = large.count - 1;
                let kept = [Some(large.st), se];
                let spans = kept.each_ref().map(|one| one.as_ref().map(|one| [span(0, one.len)]));
                let both = kept.iter().flatten().zip(spans.iter().flatten());
                open.piece(&both.map(|(one, spans)| one.as_part(spans)).collect::<Vec<_>>())
            }
            None => {
                open.spans.extend(se.map(|se| span(se.start, se.end)));
                let text = &self.window[self.at..self.at + end];
                open.piece(&[(text, self.place, &open.spans)])
            }
        };
        open.spans.clear();
        let count = interchange.segment_count() as u32;
        open.nesting.close_set(&interchange, count, trailer.then(|| count - 1));
        let group = open.nesting.open_group.as_mut().expect("a set is open in a group alone");
        interchange.groups.push(Group {
            header: group.header,
            trailer: None,
            sets: std::mem::take(&mut group.sets),
            set_count: group.set_count,
            is_of_997: group.is_of_997,
            faults: Vec::new(),
        });
        let too_large = open.too_large.take();
        if let Some(set) = interchange.groups.last_mut().and_then(|group| group.sets.last_mut()) {
            set.faults.extend(too_large);
        }
        let set = SetPiece { interchange };
        self.ready.push_back(match is_large {
            true => Piece::LargeSet(set),
            false => Piece::Set(set),
        });
        self.done_with(open, end);
    }

    /// Gives the end of an interchange away, which stands at `end_place`.
    fn end(&mut self, mut open: Open, end_place: usize, ended: bool) {
        if open.nesting.open_set.is_some() {
            self.close_set(&mut open, None, end_place - self.place);
        }
        if open.nesting.open_group.is_some() {
            let mut interchange = open.piece(&[]);
            open.nesting.close_group(&mut interchange, open.head_count(), None);
            open.faults.clone_from(&interchange.faults);
            if let Some(outline) = &mut open.outline {
                outline.end_group(&interchange, None);
            }
            self.ready.push_back(Piece::GroupEnd(interchange));
        }
        let mut interchange = match open.outline.take() {
            Some(outline) => outline.finish(&open, end_place),
            None => {
                let spans: Vec<Span> = open.faulty.iter().map(|one| span(0, one.len)).collect();
                let parts = open.faulty.iter().zip(&spans);
                let parts = parts.map(|(one, at)| one.as_part(std::slice::from_ref(at)));
                open.piece_of(None, &parts.collect::<Vec<_>>())
            }
        };
        open.nesting.spare_old_acknowledgments(&mut interchange);
        if !ended {
            interchange.report_end(match &self.wrap {
                Some(wrap) => wrap.range_in_file(open.isa.place..end_place).end,
                None => end_place,
            });
        }
        self.ready.push_back(Piece::End(interchange));
        self.consume(end_place - self.place);
        let terminator = Some(open.header.delimiters.segment);
        self.state = State::Between(Gap::starting_at(self.place, terminator));
    }

    /// What ended the segments of the interchange that was read last.
    const fn terminator_before(&self) -> Option<u8> {
        match &self.state {
            State::Between(gap) => gap.terminator,
            State::Inside(_) | State::Wrapped(..) => None,
        }
    }

    /// Passes over text that has been cut into segments.
    fn done_with(&mut self, open: &mut Open, count: usize) {
        open.cutter.rebase(count);
        self.consume(count);
    }

    /// A segment, with all up to where the next one starts.
    fn kept(&self, segment: Range<usize>, next_starts: usize) -> Kept {
        let text = self.text()[segment.start..next_starts.max(segment.end)].to_vec();
        Kept { text, len: segment.len(), place: self.place + segment.start }
    }

    /// Reads a stretch that lines cut.
    fn wrapped(&mut self, mut inner: Box<Stream>, wrap: Arc<Wrap>) -> Step {
        let mut joined = Vec::new();
        let mut taken = 0;
        let mut is_over = false;
        while !is_over && let Some(line) = wrap.next_line(&self.text()[taken..], self.is_last) {
            let (len, with_end, is_last) = line;
            joined.extend_from_slice(&self.text()[taken..taken + len]);
            taken += with_end;
            is_over = is_last;
        }
        self.consume(taken);
        inner.push(&joined);
        if is_over {
            inner.finish();
        }
        while let Some(piece) = inner.next_piece() {
            self.ready.push_back(piece);
        }
        self.state = match is_over {
            true => State::Between(Gap::starting_at(self.place, inner.terminator_before())),
            false => State::Wrapped(inner, wrap),
        };
        if taken == 0 && !is_over { Step::Wait } else { Step::On }
    }
}

const GS: Tag = Tag::new(b"GS");
const ST: Tag = Tag::new(b"ST");
const SE: Tag = Tag::new(b"SE");
const IEA: Tag = Tag::new(b"IEA");

/// An interchange that is being read.
#[derive(Debug)]
struct Open {
    header: Header,
    wrap: Option<Arc<Wrap>>,
    isa: Kept,
    /// The GS that came last.
    gs: Option<Kept>,
    /// The segments of the open set, which starts the text.
    spans: Vec<Span>,
    large: Option<Large>,
    /// The first segment of the open set that is too large.
    too_large: Option<Fault>,
    /// What is wrong with the interchange so far.
    faults: Vec<Fault>,
    /// The segments at which they were found, and the IEA.
    faulty: Vec<Kept>,
    outline: Option<Outline>,
    nesting: Nesting,
    cutter: Cutter,
}

/// What an interchange is without its sets, as far as it has come.
#[derive(Debug, Default)]
struct Outline {
    text: Vec<u8>,
    segments: Vec<Span>,
    moved: Vec<(u32, usize)>,
    groups: Vec<Group>,
    /// The GS that came last.
    gs: u32,
    ta1s: Vec<u32>,
}

impl Outline {
    fn push(&mut self, kept: &Kept) -> u32 {
        let (start, index) = (self.text.len(), self.segments.len() as u32);
        self.text.extend_from_slice(&kept.text[..kept.len]);
        self.segments.push(span(start, start + kept.len));
        self.moved.push((index, kept.place - start));
        index
    }

    /// Takes a segment that stands outside sets, with what became of it in its piece.
    fn take(&mut self, kept: &Kept, tag: Tag, piece: &Interchange) {
        let index = self.push(kept);
        if piece.ta1s().next().is_some() {
            self.ta1s.push(index);
        }
        self.end_group(piece, Some(index));
        if tag == GS {
            self.gs = index;
        }
    }

    /// Takes the group that has ended in a piece, if one has.
    fn end_group(&mut self, piece: &Interchange, trailer: Option<u32>) {
        self.groups.extend(piece.groups.iter().map(|group| Group {
            header: self.gs,
            trailer: group.trailer.and(trailer),
            sets: Vec::new(),
            set_count: group.set_count,
            is_of_997: group.is_of_997,
            faults: group.faults.clone(),
        }));
    }

    fn finish(self, open: &Open, end_place: usize) -> Interchange {
        let text = Bytes::from(self.text);
        let (file, whole) = (text.clone(), 0..text.len());
        let (wrap, stands) = (open.wrap.clone(), Some(open.isa.place..end_place));
        let source = Source { file, text, wrap, moved: self.moved, stands };
        let mut interchange = Interchange::new(source, whole, &open.header, self.segments);
        interchange.groups = self.groups;
        interchange.faults.clone_from(&open.faults);
        for ta1 in self.ta1s {
            interchange.push_ta1(ta1);
        }
        interchange
    }
}

/// A segment that is kept, with what stands behind it.
#[derive(Debug)]
struct Kept {
    text: Vec<u8>,
    len: usize,
    place: usize,
}

/// An open set that is larger than is taken.
#[derive(Debug)]
struct Large {
    st: Kept,
    /// The segments of it so far.
    count: u32,
}

/// Text, where it stands in the stream, and its segments.
type Part<'a> = (&'a [u8], usize, &'a [Span]);

impl Kept {
    fn as_part<'a>(&'a self, spans: &'a [Span]) -> Part<'a> {
        (&self.text, self.place, spans)
    }
}

impl Open {
    fn tag_of(&self, segment: &[u8]) -> Tag {
        let element = self.header.delimiters.element;
        Tag::new(segment.split(|&byte| byte == element).next().unwrap_or_default())
    }

    /// Whether a segment is binary data to its end, which may be larger than another.
    fn is_binary_data(&self, segment: &[u8]) -> bool {
        binary_data_end(segment, self.header.delimiters) == Some(segment.len())
    }

    /// Whether a segment is one of an open set, and neither opens nor closes anything.
    fn is_in_set(&self, segment: &[u8]) -> bool {
        self.nesting.open_set.is_some() && stays_in_set(self.tag_of(segment))
    }

    /// The segments that each piece begins with: ISA, and GS if there has been one.
    fn head_count(&self) -> u32 {
        1 + u32::from(self.gs.is_some())
    }

    /// A piece with its header, the group's, and these parts.
    fn piece(&self, parts: &[Part<'_>]) -> Interchange {
        self.piece_of(self.gs.as_ref(), parts)
    }

    fn piece_of(&self, gs: Option<&Kept>, parts: &[Part<'_>]) -> Interchange {
        let len: usize = parts.iter().map(|part| part.0.len()).sum();
        let count: usize = parts.iter().map(|part| part.2.len()).sum();
        let mut text = Vec::with_capacity(len + self.isa.text.len() * 2);
        let mut segments = Vec::with_capacity(count + 2);
        let mut moved = Vec::with_capacity(parts.len() + 2);
        let (isa, gs_span) = (span(0, self.isa.len), gs.map(|gs| span(0, gs.len)));
        let gs = gs.zip(gs_span.as_ref());
        let gs = gs.map(|(gs, span)| gs.as_part(std::slice::from_ref(span)));
        let head = [self.isa.as_part(std::slice::from_ref(&isa))].into_iter().chain(gs);
        for (bytes, place, spans) in head.chain(parts.iter().copied()) {
            let start = text.len();
            moved.push((segments.len() as u32, place - start));
            let further = |at: u32| start + at as usize;
            segments.extend(spans.iter().map(|at| span(further(at.start), further(at.end))));
            text.extend_from_slice(bytes);
        }
        let text = Bytes::from(text);
        let (file, whole) = (text.clone(), 0..text.len());
        let source = Source { file, text, wrap: self.wrap.clone(), moved, stands: None };
        let mut interchange = Interchange::new(source, whole, &self.header, segments);
        interchange.faults.clone_from(&self.faults);
        interchange
    }
}

impl Gap {
    const fn starting_at(start: usize, terminator: Option<u8>) -> Gap {
        Gap { start, len: 0, mark: 0, terminator, is_junk: false }
    }

    fn pass(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            if self.mark == self.len && BYTE_ORDER_MARK.get(self.len) == Some(&byte) {
                self.mark += 1;
            } else {
                self.is_junk |= !is_blank(byte) && Some(byte) != self.terminator;
            }
            self.len += 1;
        }
    }

    /// Whether something stands there that is not blank; part of a mark is no mark.
    const fn is_stray(&self) -> bool {
        self.is_junk || matches!(self.mark, 1 | 2)
    }
}

/// The pieces of what a reader gives.
///
/// It gives an error of the reader once for each time that it meets one.
///
/// ```
/// use x12::stream::{Pieces, pieces};
///
/// let mut pieces: Pieces<&[u8]> = pieces(b"".as_slice(), 1 << 20);
/// assert!(pieces.next().is_none());
/// ```
#[derive(Debug)]
pub struct Pieces<R> {
    reader: R,
    stream: Stream,
    buffer: Box<[u8]>,
}

/// Reads all that `reader` gives; a set has so many bytes at most.
///
/// ```
/// use x12::stream::{Piece, pieces};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/several.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// let ends = pieces(&file[..], 1 << 20).filter(|piece| matches!(piece, Ok(Piece::End(_))));
/// assert_eq!(ends.count(), 3);
/// ```
pub fn pieces<R: Read>(reader: R, set_bytes_max: usize) -> Pieces<R> {
    let buffer = vec![0; READ_BYTES].into();
    Pieces { reader, stream: Stream::new(set_bytes_max), buffer }
}

impl<R> Pieces<R> {
    /// The same pieces, but each interchange ends with its outline, as
    /// [`Stream::outlining`] has it.
    ///
    /// ```
    /// use x12::stream::{Piece, pieces};
    ///
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/several.edi"));
    /// for piece in pieces(FILE, 1 << 20).outlining() {
    ///     if let Piece::End(outline) = piece.expect("memory gives it") {
    ///         assert!(!outline.groups.is_empty());
    ///     }
    /// }
    /// ```
    #[must_use]
    pub fn outlining(mut self) -> Pieces<R> {
        self.stream = self.stream.outlining();
        self
    }
}

/// How much is read at once: so little that it is still in the processor's cache when it is read.
const READ_BYTES: usize = 256 << 10;

impl<R: Read> Iterator for Pieces<R> {
    type Item = io::Result<Piece>;

    fn next(&mut self) -> Option<io::Result<Piece>> {
        loop {
            if let Some(piece) = self.stream.next_piece() {
                return Some(Ok(piece));
            }
            if self.stream.is_last {
                return None;
            }
            match self.reader.read(&mut self.buffer) {
                Ok(0) => self.stream.finish(),
                Ok(count) => self.stream.push(&self.buffer[..count]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
