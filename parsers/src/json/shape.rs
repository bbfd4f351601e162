//! The guide tables as JSON objects: which key stands for which row, element and part.
//!
//! A loop is an object. Its opening segment has no object of its own: its elements are keys of the
//! loop. So are the street, the city and the birth date of a party, and the first segment behind a
//! counter (SBR behind HL, SV1 behind LX). A level of the 837, such as "subscriber level", and the
//! party that it is about are one object. Every other row is a key with a value, with an object, or,
//! where the guide allows more than one, with a list.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::guide;
use crate::guide::row::{Content, Data, Element, Guide, Loop, Row, Slot, Tag, Usage};

use super::fields::SegmentShape;
use super::names::{plural, snake, within};
use super::set::SET_KEYS;

/// One object of the document.
#[derive(Debug)]
pub(super) struct ObjectShape {
    pub table: &'static Loop,
    /// In the order of the table.
    pub entries: Vec<Entry>,
    /// All keys, in the order of the table, and which entry each belongs to.
    names: Vec<String>,
    keys: HashMap<String, usize>,
}

/// A row of a loop, and how it stands in the object.
#[derive(Debug)]
pub(super) struct Entry {
    /// Neighbours of one tag are one run: the standard lets them come in any order.
    pub run: usize,
    pub usage: Usage,
    pub use_max: u32,
    pub kind: EntryKind,
}

#[derive(Debug)]
pub(super) enum EntryKind {
    /// ST and SE, which the document tells of the whole transaction.
    Envelope,
    /// A segment whose elements are keys of this object.
    Hoisted(SegmentShape),
    Segment {
        key: String,
        segment: SegmentShape,
    },
    /// A loop whose keys are keys of this object.
    Merged(Box<ObjectShape>),
    Loop {
        key: String,
        object: Box<ObjectShape>,
    },
}

impl Entry {
    /// Whether the key holds a list.
    pub const fn is_list(&self) -> bool {
        1 < self.use_max
    }

    pub const fn is_required(&self) -> bool {
        matches!(self.usage, Usage::Required)
    }

    /// The key, if the entry has one of its own.
    pub fn key(&self) -> Option<&str> {
        match &self.kind {
            EntryKind::Segment { key, .. } | EntryKind::Loop { key, .. } => Some(key),
            EntryKind::Envelope | EntryKind::Hoisted(_) | EntryKind::Merged(_) => None,
        }
    }
}

const HL: Tag = Tag::new(b"HL");
const LX: Tag = Tag::new(b"LX");
const ST: Tag = Tag::new(b"ST");
const SE: Tag = Tag::new(b"SE");

/// What is said of a party itself, in segments that stand once.
const HOISTED: [Tag; 3] = [Tag::new(b"N3"), Tag::new(b"N4"), Tag::new(b"DMG")];

/// Loops that the trade calls by a shorter name.
const SHORT_NAMES: [(&str, &str); 4] = [
    ("service line", "line"),
    ("claim payment", "claim"),
    ("service payment", "service"),
    ("transaction set answered", "transaction set"),
];

/// The shape of a guide's transactions. One for each of the guides, made when first asked for.
pub(super) fn of(guide: &Guide) -> &'static ObjectShape {
    static ALL: LazyLock<Vec<ObjectShape>> = LazyLock::new(|| {
        guide::ALL.iter().map(|guide| ObjectShape::new(&guide.table, &[])).collect()
    });
    let index = guide::ALL.iter().position(|known| std::ptr::eq(*known, guide));
    index.and_then(|index| ALL.get(index)).expect("every guide stands in the list of all")
}

impl ObjectShape {
    fn new(table: &'static Loop, around: &[&str]) -> ObjectShape {
        let mut around = around.to_vec();
        // A whole transaction is not said again in its keys, and so is not left out of them.
        if table.head().tag != ST {
            around.push(short_name(table));
            around.extend(table.name.strip_suffix(" level"));
        }
        let mut entries: Vec<Entry> = Vec::with_capacity(table.rows.len());
        let mut last_tag = None;
        for (at, row) in table.rows.iter().enumerate() {
            let tag = slot_of(row).tag;
            let run = entries.last().map_or(0, |last| last.run);
            let run = if last_tag == Some(tag) { run } else { run + 1 };
            last_tag = Some(tag);
            entries.push(match row {
                Row::Segment(slot) => segment_entry(table, at, slot, run, &around),
                Row::Inner(inner) => loop_entry(table, inner, run, &around),
            });
        }
        let mut names = Vec::new();
        let mut keys = HashMap::new();
        for (index, entry) in entries.iter().enumerate() {
            for key in entry.all_keys() {
                keys.entry(key.clone()).or_insert(index);
                names.push(key);
            }
        }
        ObjectShape { table, entries, names, keys }
    }

    /// The entry that a key belongs to.
    pub fn entry_of(&self, key: &str) -> Option<usize> {
        self.keys.get(key).copied()
    }

    /// All keys, in the order of the table.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The entry of a row.
    pub fn entry_with(&self, slot: &'static Slot) -> Option<usize> {
        self.entries.iter().position(|entry| match &entry.kind {
            EntryKind::Hoisted(segment) | EntryKind::Segment { segment, .. } => {
                std::ptr::eq(segment.slot, slot)
            }
            EntryKind::Envelope | EntryKind::Merged(_) | EntryKind::Loop { .. } => false,
        })
    }

    /// The entry of a loop in this one.
    pub fn entry_within(&self, table: &'static Loop) -> Option<usize> {
        self.entries.iter().position(|entry| match &entry.kind {
            EntryKind::Merged(object) | EntryKind::Loop { object, .. } => {
                std::ptr::eq(object.table, table)
            }
            EntryKind::Envelope | EntryKind::Hoisted(_) | EntryKind::Segment { .. } => false,
        })
    }

    /// Whether this is a level, or another loop that counts itself.
    pub fn is_level(&self) -> bool {
        self.table.head().tag == HL
    }
}

impl Entry {
    fn all_keys(&self) -> Vec<String> {
        match &self.kind {
            EntryKind::Envelope => Vec::new(),
            EntryKind::Hoisted(segment) => {
                let keys = segment.fields.iter().map(|field| field.key.clone());
                keys.chain([raw_key(segment.slot.tag)]).collect()
            }
            EntryKind::Segment { key, .. } | EntryKind::Loop { key, .. } => vec![key.clone()],
            EntryKind::Merged(object) => object.names.clone(),
        }
    }
}

/// The key under which a hoisted segment stands that its elements cannot tell.
pub(super) fn raw_key(tag: Tag) -> String {
    format!("${}", tag.text())
}

fn slot_of(row: &'static Row) -> &'static Slot {
    match row {
        Row::Segment(slot) => slot,
        Row::Inner(table) => table.head(),
    }
}

fn short_name(table: &Loop) -> &'static str {
    let short = SHORT_NAMES.iter().find(|(name, _)| *name == table.name);
    short.map_or(table.name, |(_, short)| short)
}

fn segment_entry(
    table: &'static Loop,
    at: usize,
    slot: &'static Slot,
    run: usize,
    around: &[&str],
) -> Entry {
    let kind = if slot.tag == ST || slot.tag == SE {
        EntryKind::Envelope
    } else if is_hoisted(table, at, slot) {
        EntryKind::Hoisted(SegmentShape::new(table, slot, true, &|element| {
            hoisted_name(slot, element, around)
        }))
    } else {
        let row_around: Vec<&str> = around.iter().copied().chain([slot.name]).collect();
        let name_of = |element: &Element| name_within(slot, element, &row_around);
        EntryKind::Segment {
            key: row_key(slot, around),
            segment: SegmentShape::new(table, slot, false, &name_of),
        }
    };
    Entry { run, usage: slot.usage, use_max: slot.use_max, kind }
}

/// The opening segment, the one behind a counter, and what is said of a party itself.
fn is_hoisted(table: &Loop, at: usize, slot: &Slot) -> bool {
    let is_single = slot.use_max == 1;
    let counts = [HL, LX, ST].contains(&table.head().tag);
    let is_first = at == 0 || (at == 1 && counts && slot.usage == Usage::Required);
    is_single && (is_first || HOISTED.contains(&slot.tag))
}

/// The name of an element in the object of its loop; counters keep theirs.
fn hoisted_name(slot: &Slot, element: &Element, around: &[&str]) -> String {
    let short = name_within(slot, element, around);
    let is_taken = SET_KEYS.contains(&&*snake(&short));
    let is_counter = slot.tag == HL || slot.tag == LX;
    if is_taken || is_counter { element.name.to_owned() } else { short }
}

/// The name of an element; a party's own name is "name".
fn name_within(slot: &Slot, element: &Element, around: &[&str]) -> String {
    const NAMES: [u16; 2] = [93, 1035];
    let is_name = |data: Data| NAMES.contains(&data.number) && !element.name.starts_with("last");
    let names_party = [Tag::new(b"NM1"), Tag::new(b"N1")].contains(&slot.tag);
    match element.content {
        Content::Simple(data) if names_party && is_name(data) => "name".to_owned(),
        Content::Simple(_) | Content::Composite(_) => within(element.name, around).to_owned(),
    }
}

fn row_key(slot: &Slot, around: &[&str]) -> String {
    let name = within(slot.name, around);
    let is_date = [Tag::new(b"DTP"), Tag::new(b"DTM")].contains(&slot.tag);
    let says_date = name.split(' ').any(|word| ["date", "dates", "hour"].contains(&word));
    let is_list = 1 < slot.use_max;
    snake(&match (is_date && !says_date, is_list) {
        (true, true) => format!("{name} dates"),
        (true, false) => format!("{name} date"),
        (false, true) => plural(name),
        (false, false) => name.to_owned(),
    })
}

fn loop_entry(outer: &Loop, table: &'static Loop, run: usize, around: &[&str]) -> Entry {
    let is_single = table.repeat_max == 1;
    let is_of_level = outer.name.strip_suffix(" level") == Some(table.name);
    let kind = if is_of_level && is_single && table.usage == Usage::Required {
        EntryKind::Merged(Box::new(ObjectShape::new(table, around)))
    } else {
        let name = short_name(table);
        let name = within(name.strip_suffix(" level").unwrap_or(name), around);
        let key = snake(&if is_single { name.to_owned() } else { plural(name) });
        EntryKind::Loop { key, object: Box::new(ObjectShape::new(table, &[])) }
    };
    Entry { run, usage: table.usage, use_max: table.repeat_max, kind }
}
