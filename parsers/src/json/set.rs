//! One transaction, from JSON to segments.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use crate::check::Checker;
use crate::fault::told::Told;
use crate::fault::{ElementFault, Fault, Kind};
use crate::guide::row::{Codes, Guide, Kind as Form, Loop, Tag};
use crate::segment::Segment;

use super::dates::{NO_DAY, NO_TIME};
use super::fields::{SegmentShape, Value};
use super::node::{Node, Pairs};
use super::problem::{Path, X12Place};
use super::segment::{Given, Pen};
use super::shape::{self, Entry, EntryKind, ObjectShape, raw_key};

/// Keys that tell of the transaction as a whole.
pub(super) const SET_KEYS: [&str; 6] =
    ["set", "guide", "control_number", "unread", "segments", "trailer"];

/// The key that tells the order of what may come in any order, where keys alone cannot.
pub(super) const ORDER: &str = "$order";

const HL: Tag = Tag::new(b"HL");
const LX: Tag = Tag::new(b"LX");

/// Writes the segments of one transaction.
#[derive(Debug)]
pub(super) struct SetPen<'p> {
    pen: &'p mut Pen,
    guide: &'static Guide,
    /// Held against every segment; left out when only the segments are wanted.
    checker: Option<Checker>,
    out: Vec<u8>,
    /// How many segments there are.
    count: u32,
    /// HL01 of the levels that are open, and how many levels there were.
    levels: Vec<Vec<u8>>,
    level_count: u32,
    /// Segments that no row of the guide takes, by their place in the transaction.
    unread: BTreeMap<u32, Vec<u8>>,
    /// Segments whose place in the document is asked for, and what is found.
    wanted: BTreeSet<u32>,
    pub found: BTreeMap<u32, (String, Option<&'static SegmentShape>)>,
}

/// What is written of a transaction.
#[derive(Debug)]
pub(super) struct WrittenSet {
    pub bytes: Vec<u8>,
    pub segments: u32,
    pub found: BTreeMap<u32, (String, Option<&'static SegmentShape>)>,
}

impl<'p> SetPen<'p> {
    pub fn new(pen: &'p mut Pen, guide: &'static Guide, is_checked: bool) -> SetPen<'p> {
        let checker = is_checked.then(|| Checker::new(guide));
        SetPen {
            pen,
            guide,
            checker,
            out: Vec::new(),
            count: 0,
            levels: Vec::new(),
            level_count: 0,
            unread: BTreeMap::new(),
            wanted: BTreeSet::new(),
            found: BTreeMap::new(),
        }
    }

    /// Also says where these segments stand in the document.
    pub fn finding(mut self, wanted: BTreeSet<u32>) -> SetPen<'p> {
        self.wanted = wanted;
        self
    }

    /// Everything from behind ST to before SE.
    pub fn write(mut self, pairs: &Pairs<'_>, st: &[u8], at: &Path<'_>) -> WrittenSet {
        self.take_unread(pairs, at);
        self.push(st);
        let shape = shape::of(self.guide);
        self.check_keys(shape, pairs, &SET_KEYS, at);
        self.entries(shape, pairs, 0, at);
        // What is unread may stand at the end.
        while let Some((_, raw)) = self.unread.pop_first() {
            self.push_plain(&raw);
        }
        WrittenSet { bytes: self.out, segments: self.count, found: self.found }
    }

    fn take_unread(&mut self, pairs: &Pairs<'_>, at: &Path<'_>) {
        const KEYS: [&str; 2] = ["position", "segment"];
        let Some((_, unread)) = pairs.iter().find(|(key, _)| key == "unread") else { return };
        let at = &at.key("unread");
        let Node::List(items) = unread else { return self.pen.expected("a list", unread, at) };
        for (index, item) in items.iter().enumerate() {
            let at = &at.index(index);
            let Node::Object(pairs) = item else {
                self.pen.expected("an object", item, at);
                continue;
            };
            self.pen.check_keys(pairs, |key| KEYS.contains(&key), || KEYS.into_iter(), at);
            let value = |key: &str| pairs.iter().find(|(known, _)| known == key);
            let position = match value("position") {
                Some((_, Node::Number(digits))) => digits.parse::<u32>().ok(),
                Some(_) | None => None,
            };
            let (Some(position), Some((_, segment))) = (position, value("segment")) else {
                let what = "`position`, a number, and `segment` are both expected here";
                self.pen.note(at, what);
                continue;
            };
            let raw = self.pen.raw(segment, &at.key("segment"));
            // ST is the first.
            if position < 2 {
                self.pen
                    .note(&at.key("position"), "ST stands first; 2 is the first place behind it");
            } else if self.unread.insert(position, raw).is_some() {
                let what = "another segment of `unread` has this position; each has one of its own";
                self.pen.note(&at.key("position"), what);
            }
        }
    }

    fn check_keys(
        &mut self,
        shape: &ObjectShape,
        pairs: &Pairs<'_>,
        others: &[&str],
        at: &Path<'_>,
    ) {
        let is_known =
            |key: &str| shape.entry_of(key).is_some() || key == ORDER || others.contains(&key);
        let keys = || shape.names().chain(others.iter().copied());
        self.pen.check_keys(pairs, is_known, keys, at);
    }

    /// A loop as an object; `index` is its place among its like.
    fn object(
        &mut self,
        shape: &'static ObjectShape,
        node: &Node<'_>,
        index: usize,
        at: &Path<'_>,
    ) {
        let Node::Object(pairs) = node else { return self.pen.expected("an object", node, at) };
        self.check_keys(shape, pairs, &[], at);
        self.entries(shape, pairs, index, at);
        if shape.is_level() {
            self.levels.pop();
        }
    }

    /// The rows of a loop: in the order of the table; rows that may come in any order, in the
    /// order of the document.
    fn entries(
        &mut self,
        shape: &'static ObjectShape,
        pairs: &Pairs<'_>,
        index: usize,
        at: &Path<'_>,
    ) {
        let mut seen = vec![usize::MAX; shape.entries.len()];
        for (place, (key, node)) in pairs.iter().enumerate() {
            if let Some(entry) = shape.entry_of(key)
                && *node != Node::Null
            {
                seen[entry] = seen[entry].min(place);
            }
        }
        let mut order: Vec<usize> = (0..shape.entries.len()).collect();
        order.sort_by_key(|&entry| (shape.entries[entry].run, seen[entry]));
        let told = self.told_order(shape, pairs, at);
        // Looked up once, however long the lists and the object are.
        let items: Vec<&[Node<'_>]> =
            shape.entries.iter().map(|entry| items_of(entry, pairs)).collect();
        let mut written = vec![0; shape.entries.len()];
        let mut run_told = 0;
        for place in order {
            let entry = &shape.entries[place];
            if run_told < entry.run {
                run_told = entry.run;
                for &next in told.iter().filter(|&&next| shape.entries[next].run == run_told) {
                    let item = written[next];
                    written[next] += 1;
                    self.item(&shape.entries[next], items[next], item, at);
                }
            }
            let has_keys = seen[place] != usize::MAX;
            match &entry.kind {
                EntryKind::Envelope => {}
                EntryKind::Hoisted(segment) => {
                    if has_keys || entry.is_required() {
                        self.hoisted(shape, segment, pairs, index, at);
                    }
                }
                EntryKind::Merged(object) => self.entries(object, pairs, index, at),
                EntryKind::Segment { key, .. } | EntryKind::Loop { key, .. } => {
                    self.check_count(shape.table, entry, pairs, key, at);
                    for item in written[place]..items[place].len() {
                        self.item(entry, items[place], item, at);
                    }
                }
            }
        }
    }

    fn told_order(&mut self, shape: &ObjectShape, pairs: &Pairs<'_>, at: &Path<'_>) -> Vec<usize> {
        let Some((_, told)) = pairs.iter().find(|(key, _)| key == ORDER) else {
            return Vec::new();
        };
        let at = &at.key(ORDER);
        let Node::List(keys) = told else {
            self.pen.expected("a list", told, at);
            return Vec::new();
        };
        let mut order = Vec::with_capacity(keys.len());
        for (index, key) in keys.iter().enumerate() {
            let entry = match key {
                Node::Text(key) => shape.entry_of(key),
                Node::Null | Node::Bool(_) | Node::Number(_) | Node::List(_) | Node::Object(_) => {
                    None
                }
            };
            match entry {
                Some(entry) => order.push(entry),
                None => self.pen.problems.note(
                    &at.index(index),
                    None,
                    "a key of this object is expected here",
                ),
            }
        }
        order
    }

    /// How often a row may stand, and whether it must.
    fn check_count(
        &mut self,
        table: &'static Loop,
        entry: &Entry,
        pairs: &Pairs<'_>,
        key: &str,
        at: &Path<'_>,
    ) {
        if let Some(node) = find(pairs, key)
            && entry.is_list()
            && !matches!(node, Node::List(_))
        {
            self.pen.expected("a list", node, &at.key(key));
            return;
        }
        let count = items_of(entry, pairs).len();
        let is_missing = count == 0 && entry.is_required();
        let is_many = (entry.use_max as usize) < count;
        if !is_missing && !is_many {
            return;
        }
        let (loop_id, tag, name) = match &entry.kind {
            EntryKind::Loop { object, .. } | EntryKind::Merged(object) => {
                (object.table.id, object.table.head().tag, object.table.name)
            }
            EntryKind::Segment { segment, .. } | EntryKind::Hoisted(segment) => {
                (table.id, segment.slot.tag, segment.slot.name)
            }
            EntryKind::Envelope => return,
        };
        let place = X12Place { loop_id, tag, element: 0, component: 0 };
        let at = at.key(key);
        if is_missing {
            let what = format!("the guide requires this ({name}); add it");
            self.pen.problems.forbid(|| at.to_string(), place, what);
        } else {
            let what = format!("the guide has room for {} here; leave the rest out", entry.use_max);
            let path = || at.index(entry.use_max as usize).to_string();
            self.pen.problems.forbid(path, place, what);
        }
    }

    /// One segment or loop under a key of its own.
    fn item(&mut self, entry: &'static Entry, items: &[Node<'_>], item: usize, at: &Path<'_>) {
        let Some(node) = items.get(item) else { return };
        let Some(key) = entry.key() else { return };
        let at = &at.key(key);
        let in_list = &at.index(item);
        let at = if entry.is_list() { in_list } else { at };
        match &entry.kind {
            EntryKind::Segment { segment, .. } => {
                let told_before = self.pen.problems.len();
                let bytes = self.pen.segment_of_node(segment, node, at);
                self.push_checked(&bytes, segment, told_before, at);
            }
            EntryKind::Loop { object, .. } => self.object(object, node, item, at),
            EntryKind::Envelope | EntryKind::Hoisted(_) | EntryKind::Merged(_) => {}
        }
    }

    /// A segment whose elements are keys of the loop's object.
    fn hoisted(
        &mut self,
        shape: &'static ObjectShape,
        segment: &'static SegmentShape,
        pairs: &Pairs<'_>,
        index: usize,
        at: &Path<'_>,
    ) {
        let tag = segment.slot.tag;
        let raw = raw_key(tag);
        let told_before = self.pen.problems.len();
        let bytes = if let Some(node) = find(pairs, &raw) {
            self.pen.raw(node, &at.key(&raw))
        } else {
            let implied = self.implied(shape, tag, pairs, index);
            self.pen.segment(segment, Given::Pairs(pairs), &implied, at)
        };
        if tag == HL {
            self.level_count += 1;
            let separator = self.pen.script.delimiters.element;
            let number = bytes.split(|&byte| byte == separator).nth(1).unwrap_or_default();
            self.levels.push(number.to_vec());
        }
        self.push_checked(&bytes, segment, told_before, at);
    }

    /// What a counter says of itself.
    fn implied(
        &self,
        shape: &ObjectShape,
        tag: Tag,
        pairs: &Pairs<'_>,
        index: usize,
    ) -> Vec<(u8, String)> {
        if tag == LX {
            return vec![(1, (index + 1).to_string())];
        }
        if tag != HL {
            return Vec::new();
        }
        let has_inner = shape.entries.iter().any(|entry| match &entry.kind {
            EntryKind::Loop { object, .. } => {
                object.is_level() && !items_of(entry, pairs).is_empty()
            }
            EntryKind::Envelope
            | EntryKind::Hoisted(_)
            | EntryKind::Segment { .. }
            | EntryKind::Merged(_) => false,
        });
        let outer = self.levels.last().map(|number| String::from_utf8_lossy(number).into_owned());
        implied_level(self.level_count + 1, outer.unwrap_or_default(), has_inner)
    }

    fn push_checked(
        &mut self,
        bytes: &[u8],
        shape: &'static SegmentShape,
        told_before: usize,
        at: &Path<'_>,
    ) {
        let start = self.out.len();
        self.push(bytes);
        if self.wanted.contains(&self.count) {
            self.found.insert(self.count, (at.to_string(), Some(shape)));
        }
        let Some(checker) = &mut self.checker else { return };
        let segment = Segment::new(bytes, start, self.count, self.pen.script.delimiters);
        let mut told = Told::default();
        let row = (shape.slot, shape.table);
        checker.check_alone(&segment, row, Some(self.levels.len()), &mut told);
        for fault in told.faults {
            let said = describe(&fault, shape);
            let path = format!("{at}{}", said.path);
            // A value that cannot be written is missing only for that.
            if !self.pen.problems.is_told(told_before, &path) {
                self.pen.problems.forbid(|| path, said.place, said.what);
            }
        }
    }

    /// A segment, and before it what is unread and stands there.
    fn push(&mut self, bytes: &[u8]) {
        while let Some(raw) = self.unread.remove(&(self.count + 1)) {
            self.push_plain(&raw);
        }
        self.push_plain(bytes);
    }

    fn push_plain(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
        self.out.push(self.pen.script.delimiters.segment);
        self.count += 1;
    }
}

/// HL01, HL02 and HL04 as they follow from what was before.
pub(super) fn implied_level(number: u32, outer: String, has_inner: bool) -> Vec<(u8, String)> {
    let has_inner = if has_inner { "1" } else { "0" };
    vec![(1, number.to_string()), (2, outer), (4, has_inner.to_owned())]
}

/// What stands under an entry's key: the list, or the one value.
fn items_of<'n, 'a>(entry: &Entry, pairs: &'n [(Cow<'a, str>, Node<'a>)]) -> &'n [Node<'a>] {
    match entry.key().and_then(|key| find(pairs, key)) {
        Some(Node::List(items)) if entry.is_list() => items,
        Some(_) if entry.is_list() => &[],
        Some(node) => std::slice::from_ref(node),
        None => &[],
    }
}

fn find<'n, 'a>(pairs: &'n [(Cow<'a, str>, Node<'a>)], key: &str) -> Option<&'n Node<'a>> {
    let found = pairs.iter().find(|(known, _)| known == key).map(|(_, node)| node);
    found.filter(|node| **node != Node::Null)
}

/// Said of a value that is no day, or no time, whatever X12 has against it first.
fn no_day_or_time(fault: Kind, value: Option<Value>) -> Option<&'static str> {
    let form = value.map(|value| value.data.kind);
    match (fault, form) {
        (Kind::Element(ElementFault::DateInvalid), _) => Some(NO_DAY),
        (Kind::Element(ElementFault::TimeInvalid), _) => Some(NO_TIME),
        (
            Kind::Element(
                ElementFault::CharacterInvalid | ElementFault::TooLong | ElementFault::TooShort,
            ),
            Some(form),
        ) => match form {
            Form::DT => Some(NO_DAY),
            Form::TM => Some(NO_TIME),
            Form::AN | Form::ID | Form::N0 | Form::R => None,
        },
        _ => None,
    }
}

/// A fault in the words of the document.
#[derive(Debug)]
pub(super) struct Described {
    /// What follows the path of the segment.
    pub path: String,
    pub place: X12Place,
    pub what: String,
}

/// Says where in a segment's JSON a fault lies, and what may stand there instead.
pub(super) fn describe(fault: &Fault, shape: &SegmentShape) -> Described {
    let found = &fault.place;
    let place = X12Place {
        loop_id: fault.loop_id,
        tag: fault.tag,
        element: found.element,
        component: found.component,
    };
    let spot = shape.spot_of(found.element, found.component, found.repeat);
    let name = if fault.name.is_empty() { String::new() } else { format!("{}: ", fault.name) };
    if let Some(what) = no_day_or_time(fault.kind, spot.value) {
        return Described { path: spot.path, place, what: format!("{name}{what}") };
    }
    let more = match (fault.kind, spot.value) {
        (Kind::Element(ElementFault::CodeInvalid), Some(value)) => match value.codes {
            Codes::Listed(codes) => format!("; allowed are {}", codes.join(", ")),
            Codes::Set(set) => format!("; the codes are those of the set {set}"),
            Codes::Any => String::new(),
        },
        (Kind::Element(ElementFault::TooLong), Some(value)) => {
            let len_max = match value.element.guide_len_max {
                0 => value.data.len_max,
                len_max => len_max,
            };
            format!("; there is room for {len_max} characters")
        }
        (Kind::Element(ElementFault::TooShort), Some(value)) => {
            format!("; {} characters at least", value.data.len_min)
        }
        _ => String::new(),
    };
    let what = format!("{name}{}; {}{more}", fault.kind.sentence(), fault.kind.fix());
    Described { path: spot.path, place, what }
}
