//! X12 to a JSON document.
//!
//! Each transaction is told by its guide, then written back and held against the segments that
//! came: what cannot be told stands as it came, so that nothing is lost. A segment that its row
//! cannot tell stands under `$segment`, one that no row takes under `unread`, and a transaction or an
//! interchange that goes together in no other way is a list of `segments`.
//!
//! ```
//! # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
//! # let file = bytes::Bytes::from_static(FILE);
//! let mut document = Vec::new();
//! let notices = x12::json::write::write(&x12::interchange::read(&file), &mut document);
//! assert!(notices.expect("memory takes it").is_empty());
//! ```

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::io::{self, Write};
use std::ops::Range;

use crate::fault::Place;
use crate::foresight::{Sets, Whole};
use crate::guide;
use crate::guide::row::{Guide, Tag};
use crate::interchange::{Group, Interchange, Reading, Set};
use crate::segment::Segment;
use crate::walk::{Placed, walk};

use super::envelope::{script_of, take_group, take_header, write_group, write_header};
use super::node::{Node, Pairs, new_line, write_text};
use super::problem::{Path, Problems};
use super::read::{FORMAT, implied_guide, kind_of, set_of};
use super::segment::{Encoding, Given, Pen, RAW, Script, canonical, take, take_node};
use super::set::{ORDER, implied_level};
use super::shape::{self, Entry, EntryKind, ObjectShape, raw_key};

/// Something of the file that is not told in the trade's words, and how it is kept.
///
/// ```
/// use x12::json::write::{Notice, write};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/broken/text-around.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// let mut document = Vec::new();
/// let notices: Vec<Notice> =
///     write(&x12::interchange::read(&file), &mut document).expect("memory takes it");
/// assert!(notices.iter().any(|notice| notice.what.contains("belong to no interchange")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Where it stands in the file.
    pub place: Place,
    /// What it is, and how it is kept.
    pub what: String,
}

/// Writes a file as a JSON document. Says what stands in it as it came, not in the trade's words.
///
/// ```
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let file = bytes::Bytes::from_static(FILE);
/// let mut document = Vec::new();
/// x12::json::write::write(&x12::interchange::read(&file), &mut document).expect("memory takes it");
/// let document = String::from_utf8(document).expect("text");
/// assert!(document.starts_with("{\n  \"format\": \"claimgate-x12/1\""));
/// ```
pub fn write(reading: &Reading, out: &mut dyn Write) -> io::Result<Vec<Notice>> {
    let mut notices = Vec::new();
    let mut tell = |notice| notices.push(notice);
    let mut document = Document::begin(out, &mut tell)?;
    for interchange in &reading.interchanges {
        let mut glance = Glance::default();
        for set in interchange.groups.iter().flat_map(|group| &group.sets) {
            glance.at(interchange, set);
        }
        document.interchange(interchange, glance, &mut Whole::of(interchange))?;
    }
    for stray in &reading.strays {
        document.stray(stray);
    }
    document.end()?;
    Ok(notices)
}

/// A document that is written an interchange at a time, whose sets come one after another.
///
/// ```
/// use std::io::Cursor;
/// use x12::foresight::{Foresight, Part};
/// use x12::json::write::{Document, Glance, write};
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/several.edi"));
/// let mut written = Vec::new();
/// let mut tell = |notice| panic!("{notice:?}");
/// let mut document = Document::begin(&mut written, &mut tell)?;
/// let mut file = Foresight::new([FILE; 4].map(Cursor::new), 1 << 20);
/// loop {
///     let mut glance = Glance::default();
///     match file.next_part(&mut |interchange, set| glance.at(interchange, set)) {
///         Some(Part::Interchange(outline)) => document.interchange(&outline, glance, &mut file)?,
///         Some(Part::Stray(stray)) => document.stray(&stray),
///         None => break,
///     }
/// }
/// document.end()?;
///
/// let mut at_once = Vec::new();
/// write(&x12::interchange::read(&FILE.into()), &mut at_once)?;
/// assert!(written == at_once);
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Document<'a> {
    out: &'a mut dyn Write,
    tell: &'a mut dyn FnMut(Notice),
    /// The interchanges so far.
    count: usize,
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Document").field("count", &self.count).finish_non_exhaustive()
    }
}

/// What has to be known of the sets of an interchange before the first of them is written.
///
/// ```
/// use x12::json::write::Glance;
///
/// # const FILE: &[u8] = include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/../testdata/professional/plain.edi"));
/// # let reading = x12::interchange::read(&FILE.into());
/// # let interchange = &reading.interchanges[0];
/// let mut glance = Glance::default();
/// glance.at(interchange, &interchange.groups[0].sets[0]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Glance {
    is_utf8: bool,
    is_plain: bool,
}

impl Default for Glance {
    fn default() -> Glance {
        Glance { is_utf8: true, is_plain: true }
    }
}

impl Glance {
    /// Takes a set in.
    pub fn at(&mut self, interchange: &Interchange, set: &Set) {
        self.at_all(interchange.set_segments(set));
    }

    fn at_all<'a>(&mut self, segments: impl Iterator<Item = Segment<'a>>) {
        for segment in segments {
            let bytes = segment.bytes();
            self.is_utf8 &= std::str::from_utf8(bytes).is_ok();
            // Binary data may hold what elsewhere ends a segment.
            self.is_plain &= memchr::memchr(segment.delimiters().segment, bytes).is_none();
        }
    }
}

impl<'a> Document<'a> {
    /// Begins a document; `tell` hears what stands in it as it came.
    pub fn begin(
        out: &'a mut dyn Write,
        tell: &'a mut dyn FnMut(Notice),
    ) -> io::Result<Document<'a>> {
        write!(out, "{{\n  \"format\": \"{FORMAT}\",\n  \"interchanges\": [")?;
        Ok(Document { out, tell, count: 0 })
    }

    /// Writes an interchange: all of it or its outline, and its sets one after another.
    pub fn interchange(
        &mut self,
        interchange: &Interchange,
        mut glance: Glance,
        sets: &mut dyn Sets,
    ) -> io::Result<()> {
        glance.at_all(interchange.outside_sets());
        self.out.write_all(if self.count == 0 { b"" } else { b"," })?;
        self.count += 1;
        new_line(2, self.out)?;
        write_interchange(interchange, glance, sets, self.tell, self.out)
    }

    /// Says of text outside every interchange that it is left out.
    pub fn stray(&mut self, stray: &Range<usize>) {
        let what = format!("{} bytes that belong to no interchange are left out", stray.len());
        let place = Place { offset: stray.start, ..Place::default() };
        (self.tell)(Notice { place, what });
    }

    /// Ends the document.
    pub fn end(self) -> io::Result<()> {
        self.out.write_all(b"\n  ]\n}\n")
    }
}

/// Writes `key: value` lines of an object that goes on.
fn write_pairs(pairs: &Pairs<'_>, indent: usize, out: &mut dyn Write) -> io::Result<()> {
    for (index, (key, value)) in pairs.iter().enumerate() {
        out.write_all(if index == 0 { b"" } else { b"," })?;
        new_line(indent, out)?;
        write_text(key, out)?;
        out.write_all(b": ")?;
        value.write(indent, out)?;
    }
    Ok(())
}

fn write_interchange(
    interchange: &Interchange,
    glance: Glance,
    sets: &mut dyn Sets,
    tell: &mut dyn FnMut(Notice),
    out: &mut dyn Write,
) -> io::Result<()> {
    let encoding = encoding(interchange, glance);
    let script = Script { delimiters: interchange.delimiters(), encoding };
    let mut pairs = take_header(&interchange.header(), script);
    let is_nested = glance.is_plain && is_nested(interchange);
    if !is_nested || !header_returns(interchange, &pairs, script) {
        let what =
            "the envelopes do not nest, or hold what none may; the interchange stands as it came";
        tell(notice(&interchange.header(), what));
        pairs.retain(|(key, _)| key == "encoding");
        let text = interchange.unwrapped(sets.bytes(interchange.span()));
        let text = script.encoding.decode(&text).into_owned();
        pairs.push(("text".into(), Node::text(text)));
        return Node::Object(pairs).write(2, out);
    }
    let ta1s = interchange.ta1s().map(|ta1| Node::Text(script.encoding.decode(ta1.bytes())));
    let ta1s: Vec<Node<'_>> = ta1s.collect();
    if !ta1s.is_empty() {
        pairs.push(("interchange_acknowledgments".into(), Node::List(ta1s)));
    }
    out.write_all(b"{")?;
    write_pairs(&pairs, 3, out)?;
    out.write_all(b",")?;
    new_line(3, out)?;
    out.write_all(b"\"groups\": [")?;
    for (index, group) in interchange.groups.iter().enumerate() {
        out.write_all(if index == 0 { b"" } else { b"," })?;
        new_line(4, out)?;
        write_group_object(interchange, group, script, sets, tell, out)?;
    }
    if !interchange.groups.is_empty() {
        new_line(3, out)?;
    }
    out.write_all(b"]")?;
    let number = String::from_utf8_lossy(interchange.header().text(13)).into_owned();
    let expected = format!("IEA*{}*{number}", interchange.groups.len());
    write_trailer(interchange.trailer().as_ref(), &expected, script, 3, out)?;
    new_line(2, out)?;
    out.write_all(b"}")
}

fn write_group_object(
    interchange: &Interchange,
    group: &Group,
    script: Script,
    sets: &mut dyn Sets,
    tell: &mut dyn FnMut(Notice),
    out: &mut dyn Write,
) -> io::Result<()> {
    let header = interchange.group_header(group);
    let version = String::from_utf8_lossy(header.text(8)).into_owned();
    out.write_all(b"{")?;
    write_pairs(&take_group(&header, kind_of(&version), script), 5, out)?;
    out.write_all(b",")?;
    new_line(5, out)?;
    out.write_all(b"\"transactions\": [")?;
    let mut index = 0;
    sets.next_group(&mut |interchange, _, set| {
        out.write_all(if index == 0 { b"" } else { b"," })?;
        new_line(6, out)?;
        let mut notices = Vec::new();
        let reader = SetReader { interchange, set, script, version: &version, index };
        reader.node(&mut notices).write(6, out)?;
        notices.into_iter().for_each(&mut *tell);
        index += 1;
        Ok(())
    })?;
    if group.set_count() > 0 {
        new_line(5, out)?;
    }
    out.write_all(b"]")?;
    let number = String::from_utf8_lossy(header.text(6)).into_owned();
    let expected = format!("GE*{}*{number}", group.set_count());
    write_trailer(interchange.group_trailer(group).as_ref(), &expected, script, 5, out)?;
    new_line(4, out)?;
    out.write_all(b"}")
}

/// Writes a trailer that says something else than what follows from the rest.
fn write_trailer(
    trailer: Option<&Segment<'_>>,
    expected: &str,
    script: Script,
    indent: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let raw = trailer.map_or(&[][..], |trailer| trailer.bytes());
    if is_expected(raw, expected, script) {
        return Ok(());
    }
    out.write_all(b",")?;
    new_line(indent, out)?;
    out.write_all(b"\"trailer\": ")?;
    write_text(&script.encoding.decode(raw), out)
}

/// Whether a trailer says what the counts say; the expected one is written in our delimiters.
fn is_expected(raw: &[u8], expected: &str, script: Script) -> bool {
    let separator = script.delimiters.element;
    let raw = canonical(raw, script.delimiters);
    raw.split(|&byte| byte == separator).eq(expected.split('*').map(str::as_bytes))
}

fn encoding(interchange: &Interchange, glance: Glance) -> Encoding {
    let delimiters = interchange.delimiters();
    let all = [delimiters.element, delimiters.component, delimiters.segment];
    let is_ascii = all.iter().chain(&delimiters.repetition).all(u8::is_ascii);
    match is_ascii && glance.is_utf8 {
        true => Encoding::Utf8,
        false => Encoding::Latin1,
    }
}

/// Whether every segment stands in its envelope, so that the document has a place for it. An outline
/// has neither the sets nor their segments, so that it says the same.
fn is_nested(interchange: &Interchange) -> bool {
    let ta1s = interchange.ta1s().count();
    let mut expected = 1 + ta1s;
    for group in &interchange.groups {
        expected += 1 + usize::from(interchange.group_trailer(group).is_some());
        expected += group.sets.iter().map(|set| set.segment_count() as usize).sum::<usize>();
    }
    expected += usize::from(interchange.trailer().is_some());
    let first_group = interchange.groups.first().map(|group| interchange.group_header(group));
    let first_group = first_group.map_or(usize::MAX, |header| header.offset());
    let in_order = interchange.ta1s().all(|ta1| ta1.offset() < first_group);
    in_order && expected == interchange.segment_count()
}

/// Whether ISA and every GS can be written back as they came.
fn header_returns(interchange: &Interchange, pairs: &Pairs<'_>, script: Script) -> bool {
    let mut pen = Pen::new(script, Problems::silent());
    let written = write_header(pairs, &mut pen, &Path::TOP);
    let separator = script.delimiters.element;
    let trimmed = |bytes: &[u8]| -> Vec<Vec<u8>> {
        bytes.split(|&byte| byte == separator).map(|text| text.trim_ascii_end().to_vec()).collect()
    };
    let header = interchange.header();
    let groups_return = interchange.groups.iter().all(|group| {
        let header = interchange.group_header(group);
        let version = String::from_utf8_lossy(header.text(8)).into_owned();
        let kind = kind_of(&version);
        let pairs = take_group(&header, kind, script);
        let written = write_group(&pairs, kind, &mut pen, &Path::TOP);
        written == canonical(header.bytes(), script.delimiters)
    });
    let returned = script_of(pairs, &mut pen, &Path::TOP);
    returned.delimiters == script.delimiters
        && groups_return
        && trimmed(&written) == trimmed(header.bytes())
        && pen.problems.is_empty()
}

fn notice(segment: &Segment<'_>, what: impl Into<String>) -> Notice {
    Notice { place: segment.place(0, 0), what: what.into() }
}

/// Tells one transaction.
struct SetReader<'i> {
    interchange: &'i Interchange,
    set: &'i Set,
    script: Script,
    /// GS08.
    version: &'i str,
    /// Its place in the group.
    index: usize,
}

/// A loop that was found, with what stands in it in the order of the file.
struct Instance {
    shape: &'static ObjectShape,
    items: Vec<Item>,
}

struct Item {
    /// The row, by its place among the entries of the shape.
    entry: usize,
    found: Found,
}

enum Found {
    Segment(u32),
    Loop(Instance),
}

/// Why a transaction is not told by its guide.
struct NotTold(&'static str);

impl<'i> SetReader<'i> {
    fn node(&self, notices: &mut Vec<Notice>) -> Node<'i> {
        let st = self.interchange.set_header(self.set);
        match self.told(notices) {
            Ok(node) => node,
            Err(NotTold(why)) => {
                notices.push(notice(&st, format!("{why}; the transaction stands as it came")));
                let pairs = vec![
                    ("set".into(), Node::Text(self.script.encoding.decode(st.text(1)))),
                    ("control_number".into(), Node::Text(self.script.encoding.decode(st.text(2)))),
                    ("segments".into(), self.raw_segments()),
                ];
                Node::Object(pairs)
            }
        }
    }

    fn raw_segments(&self) -> Node<'i> {
        let segments = self.interchange.set_segments(self.set);
        Node::List(segments.map(|segment| self.raw(&segment)).collect())
    }

    fn raw(&self, segment: &Segment<'i>) -> Node<'i> {
        Node::Text(self.script.encoding.decode(segment.bytes()))
    }

    fn told(&self, notices: &mut Vec<Notice>) -> Result<Node<'i>, NotTold> {
        let st = self.interchange.set_header(self.set);
        let own = std::str::from_utf8(st.text(3)).unwrap_or_default();
        let version = if own.is_empty() { self.version } else { own };
        let kind = std::str::from_utf8(st.text(1)).unwrap_or_default();
        let guide = guide::find_written(version, kind)
            .ok_or(NotTold("there is no table for this transaction"))?;
        let walked = walk(self.interchange, self.set, guide);
        let root = nest(shape::of(guide), &walked.placed)
            .ok_or(NotTold("a loop is not opened by its first segment"))?;
        let placed: BTreeSet<u32> = walked.placed.iter().map(|placed| placed.number).collect();
        let is_end = |number: u32| {
            number == 1 || (number == self.set.segment_count() && self.set.has_trailer())
        };
        let unread: Vec<u32> = (1..=self.set.segment_count())
            .filter(|number| !placed.contains(number) && !is_end(*number))
            .collect();
        // Most are told at the first go; only then is each segment held against what came.
        if unread.is_empty() {
            let node = self.told_with(guide, &root, &[], None);
            if let Some(node) = node
                && self.returns(&node)
            {
                return Ok(node);
            }
        }
        let mut kept = Vec::new();
        let node = self.told_with(guide, &root, &unread, Some(&mut kept));
        match node {
            Some(node) if self.returns(&node) => {
                for number in &unread {
                    kept.push((
                        *number,
                        "this segment has no place in the guide; it is kept under `unread`",
                    ));
                }
                kept.sort_unstable();
                notices.extend(kept.into_iter().filter_map(|(number, what)| {
                    Some(notice(&self.interchange.set_segment(self.set, number)?, what))
                }));
                Ok(node)
            }
            Some(_) | None => {
                Err(NotTold("its segments go together as the guide does not foresee"))
            }
        }
    }

    /// The transaction by its guide. With `kept`, each segment is written back at once, and stands
    /// as it came when that gives another.
    fn told_with(
        &self,
        guide: &'static Guide,
        root: &Instance,
        unread: &[u32],
        kept: Option<&mut Vec<(u32, &'static str)>>,
    ) -> Option<Node<'i>> {
        let st = self.interchange.set_header(self.set);
        let decode = |text: &'i [u8]| self.script.encoding.decode(text);
        let mut pairs: Pairs<'i> = vec![
            ("set".into(), Node::Text(decode(st.text(1)))),
            ("control_number".into(), Node::Text(decode(st.text(2)))),
        ];
        if st.text(3) != implied_guide(guide, self.version).as_bytes() {
            pairs.push(("guide".into(), Node::Text(decode(st.text(3)))));
        }
        let mut teller = Teller { reader: self, kept, levels: Vec::new(), level_count: 0 };
        teller.tell(root, 0, &mut pairs)?;
        if !unread.is_empty() {
            let items = unread.iter().filter_map(|&number| {
                let segment = self.interchange.set_segment(self.set, number)?;
                let pairs = vec![
                    ("position".into(), Node::number(number)),
                    ("segment".into(), self.raw(&segment)),
                ];
                Some(Node::Object(pairs))
            });
            pairs.push(("unread".into(), Node::List(items.collect())));
        }
        let count = self.set.segment_count() + u32::from(!self.set.has_trailer());
        let number = String::from_utf8_lossy(st.text(2)).into_owned();
        let trailer = if self.set.has_trailer() {
            self.interchange.set_segment(self.set, self.set.segment_count())
        } else {
            None
        };
        let raw = trailer.map_or(&[][..], |trailer| trailer.bytes());
        if !is_expected(raw, &format!("SE*{count}*{number}"), self.script) {
            pairs.push(("trailer".into(), Node::Text(decode(raw))));
        }
        Some(Node::Object(pairs))
    }

    /// Whether the node, written again, gives the segments that came.
    fn returns(&self, node: &Node<'i>) -> bool {
        let Node::Object(pairs) = node else { return false };
        let mut pen = Pen::new(self.script, Problems::silent());
        let top = &Path::TOP;
        let written = set_of(pairs, self.version, self.index, &mut pen, top, BTreeSet::new());
        let Some(written) = written else { return false };
        let delimiters = self.script.delimiters;
        let mut rest = &written.bytes[..];
        let count = self.set.segment_count() - u32::from(self.set.has_trailer());
        for segment in self.interchange.set_segments(self.set).take(count as usize) {
            let came = canonical(segment.bytes(), delimiters);
            let Some(after) = rest.strip_prefix(&came[..]) else { return false };
            let Some(after) = after.strip_prefix(&[delimiters.segment]) else { return false };
            rest = after;
        }
        rest.is_empty() && pen.problems.is_writable()
    }
}

/// The loops of a transaction, as its segments open them.
fn nest(root: &'static ObjectShape, placed: &[Placed]) -> Option<Instance> {
    let mut open = vec![Instance { shape: root, items: Vec::new() }];
    let mut entries: Vec<usize> = Vec::new();
    let close = |open: &mut Vec<Instance>, entries: &mut Vec<usize>, depth: usize| {
        while depth < open.len() {
            let Some((instance, entry)) = open.pop().zip(entries.pop()) else { return };
            if let Some(outer) = open.last_mut() {
                outer.items.push(Item { entry, found: Found::Loop(instance) });
            }
        }
    };
    for segment in placed {
        let depth = usize::from(segment.depth);
        let is_inner = segment.opens && depth > 0;
        close(&mut open, &mut entries, if is_inner { depth } else { depth + 1 });
        if is_inner {
            let outer = open.last()?.shape;
            let entry = outer.entry_within(segment.table)?;
            let shape = match &outer.entries.get(entry)?.kind {
                EntryKind::Merged(object) | EntryKind::Loop { object, .. } => object,
                EntryKind::Envelope | EntryKind::Hoisted(_) | EntryKind::Segment { .. } => {
                    return None;
                }
            };
            entries.push(entry);
            open.push(Instance { shape, items: Vec::new() });
        }
        if open.len() != depth + 1 {
            return None;
        }
        let innermost = open.last_mut()?;
        if is_envelope(segment.slot.tag) {
            continue;
        }
        let entry = innermost.shape.entry_with(segment.slot)?;
        innermost.items.push(Item { entry, found: Found::Segment(segment.number) });
    }
    close(&mut open, &mut entries, 1);
    open.pop()
}

fn is_envelope(tag: Tag) -> bool {
    tag == Tag::new(b"ST") || tag == Tag::new(b"SE")
}

/// Turns loops into objects.
struct Teller<'r, 'i> {
    reader: &'r SetReader<'i>,
    /// Segments that stand as they came, when that is asked for.
    kept: Option<&'r mut Vec<(u32, &'static str)>>,
    /// HL01 of the levels that are open.
    levels: Vec<Vec<u8>>,
    level_count: u32,
}

impl<'i> Teller<'_, 'i> {
    /// The keys of a loop; `index` is its place among its like.
    fn tell(&mut self, found: &Instance, index: usize, pairs: &mut Pairs<'i>) -> Option<()> {
        let shape = found.shape;
        // Where the list or the value of each entry stands among the pairs.
        let mut places: Vec<Option<usize>> = vec![None; shape.entries.len()];
        for item in &found.items {
            let entry = &shape.entries[item.entry];
            match (&entry.kind, &item.found) {
                (EntryKind::Hoisted(segment), Found::Segment(number)) => {
                    let came = self.segment(*number)?;
                    let tag = segment.slot.tag;
                    let implied = self.implied(found, tag, index);
                    if tag == Tag::new(b"HL") {
                        self.level_count += 1;
                        self.levels.push(came.text(1).to_vec());
                    }
                    let mut own = Vec::new();
                    take(segment, &came, self.reader.script, &implied, &mut own);
                    if self.kept.is_some() {
                        let given = Given::Pairs(&own);
                        let written = self.pen().segment(segment, given, &implied, &Path::TOP);
                        if !self.is_same(&written, &came) {
                            self.keep(*number);
                            own = vec![(Cow::Owned(raw_key(tag)), self.reader.raw(&came))];
                        }
                    }
                    pairs.append(&mut own);
                }
                (EntryKind::Segment { key, segment }, Found::Segment(number)) => {
                    let came = self.segment(*number)?;
                    let mut node = take_node(segment, &came, self.reader.script);
                    if self.kept.is_some() {
                        let written = self.pen().segment_of_node(segment, &node, &Path::TOP);
                        if !self.is_same(&written, &came) {
                            self.keep(*number);
                            node = Node::Object(vec![(RAW.into(), self.reader.raw(&came))]);
                        }
                    }
                    put(entry, key, node, &mut places[item.entry], pairs)?;
                }
                (EntryKind::Merged(_), Found::Loop(inner)) => self.tell(inner, 0, pairs)?,
                (EntryKind::Loop { key, object }, Found::Loop(inner)) => {
                    let count = places[item.entry].and_then(|place| pairs.get(place));
                    let before = match count {
                        Some((_, Node::List(items))) => items.len(),
                        Some(_) | None => 0,
                    };
                    let mut own = Vec::new();
                    self.tell(inner, before, &mut own)?;
                    if object.is_level() {
                        self.levels.pop();
                    }
                    put(entry, key, Node::Object(own), &mut places[item.entry], pairs)?;
                }
                _ => return None,
            }
        }
        tell_order(found, pairs);
        Some(())
    }

    fn segment(&self, number: u32) -> Option<Segment<'i>> {
        self.reader.interchange.set_segment(self.reader.set, number)
    }

    fn pen(&self) -> Pen {
        Pen::new(self.reader.script, Problems::silent())
    }

    fn is_same(&self, written: &[u8], came: &Segment<'_>) -> bool {
        written == canonical(came.bytes(), self.reader.script.delimiters)
    }

    fn keep(&mut self, number: u32) {
        if let Some(kept) = &mut self.kept {
            let what = "the guide's row cannot tell all of this segment; it stands as it came";
            kept.push((number, what));
        }
    }

    fn implied(&self, found: &Instance, tag: Tag, index: usize) -> Vec<(u8, String)> {
        if tag == Tag::new(b"LX") {
            return vec![(1, (index + 1).to_string())];
        }
        if tag != Tag::new(b"HL") {
            return Vec::new();
        }
        let is_level = |item: &Item| match &item.found {
            Found::Loop(inner) => inner.shape.is_level(),
            Found::Segment(_) => false,
        };
        let outer = self.levels.last().map(|number| String::from_utf8_lossy(number).into_owned());
        let has_inner = found.items.iter().any(is_level);
        implied_level(self.level_count + 1, outer.unwrap_or_default(), has_inner)
    }
}

/// Puts a value under its key: into the list there, or as the one that may be.
fn put<'i>(
    entry: &Entry,
    key: &'static str,
    node: Node<'i>,
    place: &mut Option<usize>,
    pairs: &mut Pairs<'i>,
) -> Option<()> {
    match (*place, entry.is_list()) {
        (None, is_list) => {
            *place = Some(pairs.len());
            let node = if is_list { Node::List(vec![node]) } else { node };
            pairs.push((Cow::Borrowed(key), node));
        }
        (Some(at), true) => match pairs.get_mut(at) {
            Some((_, Node::List(items))) => items.push(node),
            Some(_) | None => return None,
        },
        (Some(_), false) => return None,
    }
    Some(())
}

/// Adds the order of what keys cannot tell: lists of one run whose items come in turns.
fn tell_order(found: &Instance, pairs: &mut Pairs<'_>) {
    let entries = &found.shape.entries;
    let mut runs = BTreeSet::new();
    let mut start = 0;
    while let Some(first) = found.items.get(start) {
        let run = entries[first.entry].run;
        let of_run = |item: &&Item| entries[item.entry].run == run;
        let items: Vec<usize> =
            found.items[start..].iter().take_while(of_run).map(|item| item.entry).collect();
        start += items.len();
        // Each entry's items stand together, or else their order must be told.
        let mut seen = BTreeSet::new();
        let is_apart = items.iter().enumerate().any(|(at, &entry)| {
            let is_new = seen.insert(entry);
            !is_new && items.get(at.wrapping_sub(1)) != Some(&entry)
        });
        if is_apart {
            runs.insert(run);
        }
    }
    if runs.is_empty() {
        return;
    }
    let told = found.items.iter().map(|item| &entries[item.entry]);
    let keys = told.filter(|entry| runs.contains(&entry.run)).filter_map(Entry::key);
    let keys: Vec<Node<'_>> = keys.map(Node::text).collect();
    pairs.push((Cow::Borrowed(ORDER), Node::List(keys)));
}
