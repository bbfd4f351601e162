//! Bytes to interchanges: offsets only, and a list of what is wrong.
//!
//! Reading never fails and never stops at the first fault. Whatever does not belong to an
//! interchange is listed as stray, so that nothing goes unnoticed.
//!
//! A file may hold several interchanges, each with delimiters of its own, with line ends between
//! segments or without, cut into lines of one width or not.
//!
//! ```
//! use bytes::Bytes;
//! use x12::interchange::read;
//!
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/several.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! let reading = read(&file);
//! for interchange in &reading.interchanges {
//!     assert!(interchange.faults.is_empty());
//!     for group in &interchange.groups {
//!         for set in &group.sets {
//!             assert_eq!(interchange.set_segments(set).len() as u32, set.segment_count());
//!         }
//!     }
//! }
//! assert_eq!(reading.interchanges.len(), 3);
//! ```

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use memchr::{memchr_iter, memmem};

use crate::cutting::{Cutter, Next, is_blank, trim};
use crate::delimiters::{self, Delimiters, Header};
use crate::envelope;
use crate::fault::{Fault, InterchangeFault, Kind, Place};
use crate::guide::row::Tag;
use crate::segment::Segment;
use crate::wrap::Wrap;

/// A file, read: its interchanges, and the bytes that belong to none.
///
/// ```
/// use bytes::Bytes;
/// use x12::interchange::{Reading, read};
///
/// let Reading { interchanges, strays } = read(&Bytes::from_static(b"not X12 at all"));
/// assert!(interchanges.is_empty());
/// assert_eq!(strays, [0..14]);
/// ```
#[derive(Debug)]
pub struct Reading {
    /// In the order of the file.
    pub interchanges: Vec<Interchange>,
    /// Text outside every interchange, blanks aside.
    pub strays: Vec<Range<usize>>,
}

/// Text that lies within an interchange, without the line ends that cut it in lines of a fixed
/// width. Where line ends terminate segments, or stand between them, nothing was cut.
///
/// Nothing is copied when nothing was cut.
///
/// ```
/// use std::borrow::Cow;
/// use x12::interchange::without_cuts;
///
/// assert_eq!(without_cuts(b"N3*100 MA\r\nIN STREET~", b'~').as_ref(), b"N3*100 MAIN STREET~");
/// assert!(matches!(without_cuts(b"LX*1~\nLX*2~\n", b'~'), Cow::Borrowed(_)));
/// ```
pub fn without_cuts(text: &[u8], terminator: u8) -> Cow<'_, [u8]> {
    let is_line_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let is_cut = |span: Range<usize>| text[span].iter().any(is_line_end);
    if is_line_end(&terminator) || !split_segments(text, terminator).into_iter().any(is_cut) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.iter().copied().filter(|byte| !is_line_end(byte)).collect())
}

/// Where a segment stands, without its terminator and the blanks around it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub start: u32,
    pub end: u32,
}

/// One interchange, ISA to IEA.
///
/// It keeps the file that it came from, whose bytes are shared, and eight bytes for each segment.
///
/// ```
/// use bytes::Bytes;
/// use x12::interchange::Interchange;
///
/// /// ISA06, GS08 and ST02 of everything in it.
/// fn told(interchange: &Interchange) -> Vec<String> {
///     let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim().to_owned();
///     let mut told = vec![text(interchange.header().text(6))];
///     for group in &interchange.groups {
///         told.push(text(interchange.group_header(group).text(8)));
///         for set in &group.sets {
///             told.push(text(interchange.set_header(set).text(2)));
///             // Segment 2 of a set is the one behind ST.
///             assert_eq!(interchange.set_segment(set, 2).expect("a BHT").tag_bytes(), b"BHT");
///         }
///         assert!(interchange.group_trailer(group).is_some());
///     }
///     told
/// }
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/levels.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// assert_eq!(told(interchange), ["WILLOWCLINIC", "005010X222A1", "0001"]);
///
/// // Places are bytes of the file.
/// assert_eq!(interchange.span(), 0..interchange.trailer().expect("an IEA").end() + 1);
/// assert_eq!(interchange.bytes(), interchange.file()[interchange.span()]);
/// assert_eq!(interchange.delimiters().segment, b'~');
///
/// // Every segment, and those that stand in no set: ISA, GS, GE, IEA.
/// assert_eq!(interchange.all_segments().len(), interchange.segment_count());
/// assert_eq!(interchange.outside_sets().count(), 4);
/// assert_eq!(interchange.ta1s().count(), 0);
/// let set = &interchange.groups[0].sets[0];
/// assert_eq!(interchange.set_segments(set).last().expect("an SE").tag_bytes(), b"SE");
/// ```
#[derive(Debug)]
pub struct Interchange {
    source: Source,
    delimiters: Delimiters,
    /// Where it stands in the source's text.
    span: Range<usize>,
    segments: Vec<Span>,
    /// In the order of the file.
    pub groups: Vec<Group>,
    /// TA1 segments, as places in the list of segments.
    ta1s: Vec<u32>,
    /// What a TA1 has to say of it.
    pub faults: Vec<Fault>,
}

/// A functional group, GS to GE.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/no-ge.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// let group: &x12::interchange::Group = &interchange.groups[0];
/// assert_eq!(group.sets.len(), 1);
/// assert_eq!(group.faults[0].kind.name(), "group-trailer-missing");
/// ```
#[derive(Debug)]
pub struct Group {
    pub(crate) header: u32,
    pub(crate) trailer: Option<u32>,
    /// In the order of the file.
    pub sets: Vec<Set>,
    /// How many sets it has had; a piece of a stream does not hold them all.
    pub(crate) set_count: usize,
    /// Whether every one of them was a 997.
    pub(crate) is_of_997: bool,
    /// What AK9 of a 999 has to say of it.
    pub faults: Vec<Fault>,
}

/// A transaction set, ST to SE.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/no-se.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// # let reading = x12::interchange::read(&file);
/// # let interchange = &reading.interchanges[0];
/// let set: &x12::interchange::Set = &interchange.groups[0].sets[0];
/// assert!(!set.has_trailer() && set.segment_count() > 20);
/// assert_eq!(set.faults[0].kind.name(), "set-trailer-missing");
/// ```
#[derive(Clone, Debug)]
pub struct Set {
    /// Its segments in the interchange's list, ST and SE included.
    pub(crate) segments: Range<u32>,
    pub(crate) has_trailer: bool,
    pub(crate) is_passed_over: bool,
    /// What IK5 of a 999 has to say of it.
    pub faults: Vec<Fault>,
}

/// The largest file that offsets of 32 bits can point into.
///
/// ```
/// assert_eq!(x12::interchange::FILE_BYTES_MAX, 4 * 1024 * 1024 * 1024 - 1);
/// ```
pub const FILE_BYTES_MAX: usize = u32::MAX as usize;

/// What is read: a file, a stretch of it without the line ends that cut it, or a piece of a stream.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub file: Bytes,
    pub text: Bytes,
    pub wrap: Option<Arc<Wrap>>,
    /// Of a piece of a stream: from which segment on its text stands how much further on in the
    /// stream. Header, group and set are side by side in a piece, and are not in the stream.
    pub moved: Vec<(u32, usize)>,
    /// Of an outline: where its interchange stands in the stream's text.
    pub stands: Option<Range<usize>>,
}

/// Reads a whole file. Bytes past `FILE_BYTES_MAX` are listed as stray.
///
/// The bytes are not copied, unless lines of a fixed width cut them. Time and memory grow with the file
/// and no faster, whatever stands in it.
///
/// ```
/// use bytes::Bytes;
/// use x12::interchange::read;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/cut-in-the-middle.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// let reading = read(&file);
/// let faults: Vec<&str> =
///     reading.interchanges[0].faults.iter().map(|fault| fault.kind.name()).collect();
/// assert_eq!(faults, ["ends-early"]);
/// ```
pub fn read(bytes: &Bytes) -> Reading {
    let mut reading = Reading { interchanges: Vec::new(), strays: Vec::new() };
    let readable = bytes.slice(..bytes.len().min(FILE_BYTES_MAX));
    let source =
        Source { file: bytes.clone(), text: readable, wrap: None, moved: Vec::new(), stands: None };
    read_all(&source, &mut reading);
    if FILE_BYTES_MAX < bytes.len() {
        reading.strays.push(FILE_BYTES_MAX..bytes.len());
    }
    reading
}

fn read_all(source: &Source, reading: &mut Reading) {
    let mut at = 0;
    while let Some((start, found)) = next_header(source, at) {
        source.note_stray(at..start, reading);
        at = match found {
            Found::Wrapped(wrap) => {
                let end = wrap.stretch().end;
                let (file, text) = (source.file.clone(), wrap.unwrap(&source.text));
                let wrap = Some(Arc::new(wrap));
                let source = Source { file, text, wrap, moved: Vec::new(), stands: None };
                read_all(&source, reading);
                end
            }
            Found::Interchange(header) => {
                let interchange = read_interchange(source, start, &header);
                let end = interchange.span.end;
                reading.interchanges.push(interchange);
                end
            }
        };
    }
    source.note_stray(at..source.text.len(), reading);
}

impl Source {
    fn note_stray(&self, range: Range<usize>, reading: &mut Reading) {
        let terminator = reading.interchanges.last().map(|before| before.delimiters.segment);
        let text = &self.text[range.clone()];
        let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
        // What is between two terminators is no segment, behind the trailer as before it.
        if !text.iter().all(|&byte| is_blank(byte) || Some(byte) == terminator) {
            reading.strays.push(self.range_in_file(range));
        }
    }

    /// How much further on a segment stands in what it was read from.
    #[inline]
    fn moved(&self, index: u32) -> usize {
        // Most of what is asked for stands in the last stretch: a set, behind its envelope.
        match self.moved.last() {
            Some(&(first, further)) if first <= index => further,
            Some(_) | None => {
                let begun = self.moved.partition_point(|&(first, _)| first <= index);
                begun.checked_sub(1).map_or(0, |last| self.moved[last].1)
            }
        }
    }

    fn range_in_file(&self, range: Range<usize>) -> Range<usize> {
        match &self.wrap {
            Some(wrap) => wrap.range_in_file(range),
            None => range,
        }
    }
}

/// What begins at a place where an interchange header stands.
enum Found {
    Interchange(Header),
    /// A stretch that is cut into lines of one width.
    Wrapped(Wrap),
}

/// The next place at or after `from` where an interchange header stands.
fn next_header(source: &Source, from: usize) -> Option<(usize, Found)> {
    let bytes = &source.text[..];
    memmem::find_iter(&bytes[from..], b"ISA").find_map(|found| {
        let start = from + found;
        let wrap = if source.wrap.is_none() { Wrap::find(bytes, start) } else { None };
        let found = match wrap {
            Some(wrap) => Found::Wrapped(wrap),
            None => Found::Interchange(delimiters::header(&bytes[start..])?),
        };
        Some((start, found))
    })
}

fn read_interchange(source: &Source, start: usize, header: &Header) -> Interchange {
    let body = start + header.len;
    let segments = vec![span(start, body - 1)];
    let mut interchange = Interchange::new(source.clone(), start..body, header, segments);
    let mut cutter = Cutter::new(header, body);
    let (end, ended) = loop {
        match cutter.next(&source.text, true) {
            Next::Segment(Range { start, end }) => interchange.segments.push(span(start, end)),
            Next::Trailer(trailer, end) => {
                interchange.segments.push(span(trailer.start, trailer.end));
                break (end, true);
            }
            Next::Header(cut, at) => {
                interchange.segments.extend(cut.map(|cut| span(cut.start, cut.end)));
                break (at, false);
            }
            Next::End | Next::Wait => break (source.text.len(), false),
        }
    };
    interchange.span.end = end;
    envelope::check_header(&mut interchange, header);
    envelope::nest(&mut interchange);
    if !ended {
        let end = interchange.span().end;
        interchange.report_end(end);
    }
    interchange
}

/// Cuts text that lies within an interchange into segments, blank ones left out.
///
/// ```
/// use x12::interchange::split_segments;
///
/// let text = b"LX*1~\r\n SV1*HC:99213~~";
/// let segments: Vec<&[u8]> = split_segments(text, b'~').into_iter().map(|at| &text[at]).collect();
/// assert_eq!(segments, [b"LX*1".as_slice(), b"SV1*HC:99213"]);
/// ```
pub fn split_segments(text: &[u8], terminator: u8) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    let mut from = 0;
    for end in memchr_iter(terminator, text).chain([text.len()]) {
        let span = trim(text, from..end, |byte| byte == terminator);
        if !span.is_empty() {
            spans.push(span);
        }
        from = end + 1;
    }
    spans
}

/// A place of a segment, where it is known that the text is shorter than 32 bits can count.
pub(crate) const fn span(start: usize, end: usize) -> Span {
    Span { start: start as u32, end: end as u32 }
}

impl Interchange {
    /// An interchange of which only this much is known.
    pub(crate) const fn new(
        source: Source,
        span: Range<usize>,
        header: &Header,
        segments: Vec<Span>,
    ) -> Interchange {
        Interchange {
            source,
            delimiters: header.delimiters,
            span,
            segments,
            groups: Vec::new(),
            ta1s: Vec::new(),
            faults: Vec::new(),
        }
    }

    /// The delimiters of this interchange.
    pub const fn delimiters(&self) -> Delimiters {
        self.delimiters
    }

    /// Where it stands in the file, from ISA to the end of IEA.
    pub fn span(&self) -> Range<usize> {
        self.source.range_in_file(self.source.stands.clone().unwrap_or(self.span.clone()))
    }

    /// Its bytes as they came.
    pub fn bytes(&self) -> Bytes {
        self.source.file.slice(self.source.range_in_file(self.span.clone()))
    }

    /// Bytes of the file without the line ends that cut this interchange, if lines cut it.
    pub(crate) fn unwrapped(&self, mut bytes: Vec<u8>) -> Vec<u8> {
        if self.source.wrap.is_some() {
            bytes.retain(|byte| !matches!(byte, b'\r' | b'\n'));
        }
        bytes
    }

    /// Its text: its bytes without the line ends that cut it, if lines cut it.
    pub(crate) fn text(&self) -> &[u8] {
        &self.source.text[self.span.clone()]
    }

    /// The whole file that it stands in; places are offsets into this.
    pub const fn file(&self) -> &Bytes {
        &self.source.file
    }

    /// How many segments it has, the envelope included.
    pub const fn segment_count(&self) -> usize {
        self.segments.len()
    }

    /// The ISA.
    pub fn header(&self) -> Segment<'_> {
        self.segment(0, 0)
    }

    /// The TA1 segments that it carries.
    pub fn ta1s(&self) -> impl Iterator<Item = Segment<'_>> {
        self.ta1s.iter().map(|&index| self.segment(index, 0))
    }

    /// What is wrong with the TA1 segments that it carries: values that are missing, in another form
    /// or no code. They reject nothing.
    ///
    /// ```
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/answers/ta1-alone.edi"));
    /// let text = String::from_utf8_lossy(FILE).replace("*A*000~", "*Q*000~");
    /// let reading = x12::interchange::read(&text.into());
    /// let faults = reading.interchanges[0].ta1_faults();
    /// assert_eq!((faults.len(), faults[0].kind.name()), (1, "code-invalid"));
    /// assert!(reading.interchanges[0].faults.is_empty());
    /// ```
    pub fn ta1_faults(&self) -> Vec<Fault> {
        envelope::ta1_faults(self)
    }

    /// The segments that stand in no transaction set: the envelope, TA1s, and what has strayed.
    pub fn outside_sets(&self) -> impl Iterator<Item = Segment<'_>> {
        let mut sets = self.groups.iter().flat_map(|group| &group.sets).peekable();
        let count = self.segments.len() as u32;
        let mut next = 0;
        std::iter::from_fn(move || {
            while let Some(set) = sets.next_if(|set| set.segments.contains(&next)) {
                next = set.segments.end;
            }
            let segment = (next < count).then(|| self.segment(next, 0))?;
            next += 1;
            Some(segment)
        })
    }

    /// All of its segments, ISA to IEA, those that stand in no envelope too.
    pub fn all_segments(&self) -> impl ExactSizeIterator<Item = Segment<'_>> {
        (0..self.segments.len() as u32).map(|index| self.segment(index, 0))
    }

    /// The IEA, if it has one.
    pub fn trailer(&self) -> Option<Segment<'_>> {
        let last = self.all_segments().last()?;
        (last.tag() == Tag::new(b"IEA")).then_some(last)
    }

    /// The GS of a group.
    pub fn group_header(&self, group: &Group) -> Segment<'_> {
        self.segment(group.header, 0)
    }

    /// The GE of a group, if it has one.
    pub fn group_trailer(&self, group: &Group) -> Option<Segment<'_>> {
        group.trailer.map(|index| self.segment(index, 0))
    }

    /// The segments of a set, ST to SE, numbered from 1.
    pub fn set_segments(&self, set: &Set) -> impl ExactSizeIterator<Item = Segment<'_>> {
        let first = set.segments.start;
        let count = set.segments.len() as u32;
        (0..count).map(move |index| self.segment(first + index, index + 1))
    }

    /// The set in stretches of so many segments: the segments, their text in one piece with all
    /// that stands between them, and where that starts in the source's text.
    pub(crate) fn stretches(
        &self,
        set: &Set,
        segments_max: u32,
    ) -> impl Iterator<Item = (impl Iterator<Item = Segment<'_>>, &[u8], usize)> {
        self.stretches_in(set.segments.clone(), segments_max)
    }

    /// The same of all segments behind the ISA.
    pub(crate) fn stretches_of_all(
        &self,
        segments_max: u32,
    ) -> impl Iterator<Item = (impl Iterator<Item = Segment<'_>>, &[u8], usize)> {
        self.stretches_in(1..self.segments.len() as u32, segments_max)
    }

    fn stretches_in(
        &self,
        Range { start: first, end }: Range<u32>,
        segments_max: u32,
    ) -> impl Iterator<Item = (impl Iterator<Item = Segment<'_>>, &[u8], usize)> {
        (first..end).step_by(segments_max as usize).map(move |from| {
            let to = end.min(from + segments_max);
            let start = self.segments[from as usize].start as usize;
            let text = &self.source.text[start..self.segments[to as usize - 1].end as usize];
            let start = start + self.source.moved(from);
            ((from..to).map(move |index| self.segment(index, index - first + 1)), text, start)
        })
    }

    /// Segment `number` of a set, ST = 1.
    pub fn set_segment(&self, set: &Set, number: u32) -> Option<Segment<'_>> {
        let index = set.segments.start + number.checked_sub(1)?;
        (index < set.segments.end).then(|| self.segment(index, number))
    }

    /// The ST of a set.
    pub fn set_header(&self, set: &Set) -> Segment<'_> {
        self.segment(set.segments.start, 1)
    }

    pub(crate) fn segment(&self, index: u32, number: u32) -> Segment<'_> {
        let Span { start, end } = self.segments[index as usize];
        let (start, end) = (start as usize, end as usize);
        let text = &self.source.text[start..end];
        let start = start + self.source.moved(index);
        Segment::new(text, start, number, self.delimiters).cut_by(self.source.wrap.as_deref())
    }

    /// The byte at which a segment starts.
    #[inline]
    pub(crate) fn first_byte(&self, index: u32) -> Option<u8> {
        self.source.text.get(self.segments[index as usize].start as usize).copied()
    }

    /// What stands between a segment and the next: its terminator and the layout.
    pub(crate) fn gap_after(&self, index: u32) -> &[u8] {
        let index = index as usize;
        let next = self.segments.get(index + 1).map_or(self.span.end, |next| next.start as usize);
        &self.source.text[self.segments[index].end as usize..next]
    }

    pub(crate) fn push_ta1(&mut self, index: u32) {
        self.ta1s.push(index);
    }

    /// Says that it ends, without an IEA, at a byte of the file.
    pub(crate) fn report_end(&mut self, end: usize) {
        self.report(InterchangeFault::EndsEarly, end, Tag::new(b"IEA"));
    }

    pub(crate) fn report(&mut self, fault: InterchangeFault, offset: usize, tag: Tag) {
        self.report_at(fault, Place { offset, ..Place::default() }, tag);
    }

    pub(crate) fn report_at(&mut self, fault: InterchangeFault, place: Place, tag: Tag) {
        // One note of a kind says it, for each element that it is of.
        let kind = Kind::Interchange(fault);
        let is_same = |known: &Fault| known.kind == kind && known.place.element == place.element;
        if !self.faults.iter().any(is_same) {
            self.faults.push(Fault { kind, place, loop_id: "", tag, name: "" });
        }
    }
}

impl Set {
    /// How many segments it has, ST and SE included.
    pub const fn segment_count(&self) -> u32 {
        self.segments.end - self.segments.start
    }

    /// Whether it is closed by an SE.
    pub const fn has_trailer(&self) -> bool {
        self.has_trailer
    }

    /// Whether it is larger than a stream was allowed to take: what stood between its ST and its SE
    /// is not there.
    ///
    /// ```
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
    /// # let reading = x12::interchange::read(&FILE.into());
    /// let group = &reading.interchanges[0].groups[0];
    /// assert!(!group.sets[0].is_passed_over());
    /// ```
    pub const fn is_passed_over(&self) -> bool {
        self.is_passed_over
    }
}

impl Group {
    /// How many sets it has, those too that an outline of it does not hold.
    ///
    /// ```
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
    /// # let reading = x12::interchange::read(&FILE.into());
    /// let group = &reading.interchanges[0].groups[0];
    /// assert!(group.set_count() == group.sets.len());
    /// ```
    pub const fn set_count(&self) -> usize {
        self.set_count
    }

    /// Whether each of its sets is a 997, the older answer to a group.
    ///
    /// ```
    /// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
    /// # let reading = x12::interchange::read(&FILE.into());
    /// let group = &reading.interchanges[0].groups[0];
    /// assert!(!group.is_of_997());
    /// ```
    pub const fn is_of_997(&self) -> bool {
        self.is_of_997
    }
}
