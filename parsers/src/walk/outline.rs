//! Guides as the walker looks at them most. Rows are large, and a segment may be held against a
//! hundred of them before one fits: here are their tags, their qualifiers as numbers, and for each
//! tag the rows that have it.

use std::ops::Range;
use std::sync::LazyLock;

use crate::check::is_one_of;
use crate::check::sieve::{Sieve, packed};
use crate::check::split::Split;
use crate::guide;
use crate::guide::row::{Guide, Key, Loop, Row, Tag, Usage};

use super::{row_max, row_slot, row_tag, row_usage};

/// What a guide says, in short.
#[derive(Debug)]
pub(super) struct GuideOutline {
    pub root: Outline,
    /// Every tag of the guide; its index stands for it in the loops.
    tags: Vec<Tag>,
    /// For each hash of a tag the index of the tag that has it, or `NO_TAG`.
    by_hash: [u8; HASHES],
    /// What tags are multiplied with, so that no two of the guide have one hash.
    factor: u32,
}

/// What a loop's table says, in short.
#[derive(Debug)]
pub(super) struct Outline {
    /// The rows that must not be empty.
    pub required: Vec<usize>,
    pub rows: Vec<RowOutline>,
    /// The rows of each tag of the guide, as a piece of `listed`.
    by_tag: Vec<Range<u16>>,
    listed: Vec<u16>,
}

#[derive(Debug)]
pub(super) struct RowOutline {
    /// The first of the neighbouring rows with the same tag: they may come in any order.
    pub run: usize,
    pub repeat_max: u32,
    keys: Vec<PackedKey>,
    /// What tells that a segment in this row is clean; for a loop, its head.
    pub sieve: Sieve,
    /// The loop, if the row is one.
    pub inner: Option<Outline>,
}

/// A qualifier, its codes as the numbers that their bytes are.
#[derive(Debug)]
struct PackedKey {
    position: usize,
    component: usize,
    codes: Vec<u64>,
    /// Codes that are too long for a number: `SITUATIONAL TRIGGER` in a CTX.
    long: Vec<&'static str>,
}

/// One for each of the guides, in their order.
static ALL: LazyLock<Vec<GuideOutline>> =
    LazyLock::new(|| guide::ALL.iter().map(|guide| GuideOutline::new(guide)).collect());

/// The outline of a guide.
pub(super) fn of(guide: &Guide) -> &'static GuideOutline {
    let index = guide::ALL.iter().position(|known| std::ptr::eq(*known, guide));
    index.and_then(|index| ALL.get(index)).expect("every guide stands in the list of all")
}

const HASHES: usize = 256;
const NO_TAG: u8 = u8::MAX;

impl GuideOutline {
    fn new(guide: &'static Guide) -> GuideOutline {
        let mut tags = Vec::new();
        collect_tags(&guide.table, &mut tags);
        assert!(tags.len() < usize::from(NO_TAG), "more tags than an index can tell apart");
        let (factor, by_hash) = (1..u32::MAX)
            .step_by(2)
            .find_map(|factor| Some((factor, hash_all(&tags, factor)?)))
            .expect("so few tags have a factor that tells them apart");
        GuideOutline { root: Outline::new(&guide.table, &tags), tags, by_hash, factor }
    }

    /// The index of a tag, if the guide has it.
    pub fn index_of(&self, tag: Tag) -> Option<usize> {
        let index = usize::from(self.by_hash[hash(tag, self.factor)]);
        (self.tags.get(index) == Some(&tag)).then_some(index)
    }
}

fn hash(tag: Tag, factor: u32) -> usize {
    (tag.number().wrapping_mul(factor) >> 24) as usize
}

/// Where each tag goes, if no two go to the same place.
fn hash_all(tags: &[Tag], factor: u32) -> Option<[u8; HASHES]> {
    let mut by_hash = [NO_TAG; HASHES];
    for (index, &tag) in tags.iter().enumerate() {
        let place = &mut by_hash[hash(tag, factor)];
        if *place != NO_TAG {
            return None;
        }
        *place = index as u8;
    }
    Some(by_hash)
}

fn collect_tags(table: &Loop, tags: &mut Vec<Tag>) {
    for row in table.rows {
        match row {
            Row::Segment(slot) if !tags.contains(&slot.tag) => tags.push(slot.tag),
            Row::Segment(_) => {}
            Row::Inner(inner) => collect_tags(inner, tags),
        }
    }
}

impl Outline {
    fn new(table: &'static Loop, all: &[Tag]) -> Outline {
        let is_required = |&row: &usize| row_usage(&table.rows[row]) == Usage::Required;
        let tags: Vec<Tag> = table.rows.iter().map(row_tag).collect();
        let run_of = |row: usize| {
            let others = tags[..row].iter().rposition(|&tag| tag != tags[row]);
            others.map_or(0, |other| other + 1)
        };
        let outline_of = |(number, row): (usize, &'static Row)| RowOutline {
            run: run_of(number),
            repeat_max: row_max(row),
            keys: row_slot(row).keys.iter().filter_map(PackedKey::new).collect(),
            sieve: Sieve::new(row_slot(row)),
            inner: match row {
                Row::Segment(_) => None,
                Row::Inner(table) => Some(Outline::new(table, all)),
            },
        };
        let rows = table.rows.iter().enumerate().map(outline_of).collect();
        let (mut by_tag, mut listed) = (Vec::new(), Vec::new());
        for wanted in all {
            let first = listed.len() as u16;
            let found = tags.iter().enumerate().filter(|(_, tag)| *tag == wanted);
            listed.extend(found.map(|(row, _)| row as u16));
            by_tag.push(first..listed.len() as u16);
        }
        let required = (0..table.rows.len()).filter(is_required).collect();
        Outline { required, rows, by_tag, listed }
    }

    /// The rows with this tag, from `first` on.
    pub fn rows_with(&self, tag: usize, first: usize) -> impl Iterator<Item = usize> {
        let Range { start, end } = self.by_tag[tag].clone();
        let rows = &self.listed[usize::from(start)..usize::from(end)];
        rows.iter().map(|&row| usize::from(row)).skip_while(move |&row| row < first)
    }

    /// The loop at a row.
    pub fn inner(&self, row: usize) -> Option<&Outline> {
        self.rows.get(row).and_then(|row| row.inner.as_ref())
    }
}

impl RowOutline {
    /// Whether all qualifiers of the row fit the segment.
    pub fn keys_fit(&self, split: &Split<'_>) -> bool {
        self.keys.iter().all(|key| {
            let span = split.part(key.position, key.component);
            match packed(split.text, span) {
                Some(code) => key.codes.contains(&code),
                None => is_one_of(&key.long, &split.text[span.0..span.1]),
            }
        })
    }
}

impl PackedKey {
    /// None for a key that every segment has.
    fn new(key: &Key) -> Option<PackedKey> {
        let pack = |code: &str| packed(code.as_bytes(), (0, code.len()));
        let is_long = |code: &&str| pack(code).is_none();
        (key.position > 0).then(|| PackedKey {
            position: usize::from(key.position),
            component: usize::from(key.component),
            codes: key.codes.iter().filter_map(|code| pack(code)).collect(),
            long: key.codes.iter().copied().filter(is_long).collect(),
        })
    }
}
