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

use super::depend::{self, Dependencies, Touch};
use super::{row_max, row_slot, row_tag, row_usage};

/// What a guide says, in short.
#[derive(Debug)]
pub(super) struct GuideOutline {
    pub root: Outline,
    /// Every tag of the guide; its index stands for it in the loops.
    tags: Vec<Tag>,
    /// The indexes of the tags, each at its hash or behind it, where the place was taken.
    places: [u8; PLACES],
}

/// What a loop's table says, in short.
#[derive(Debug)]
pub(super) struct Outline {
    /// The rows that must not be empty.
    pub required: Vec<usize>,
    pub rows: Vec<RowOutline>,
    /// Whether a value elsewhere may call for a segment of this loop.
    pub is_called_for: bool,
    /// The rows of each tag of the guide, as a piece of `candidates`.
    by_tag: Vec<Range<u16>>,
    /// The tags that it has any rows of, as bits; the first and the sixty-fifth share one.
    tags: u64,
    /// Rows by tag, and those of a tag in their order.
    candidates: Vec<Candidate>,
    /// Further codes of all qualifiers, as the numbers that their bytes are.
    codes: Vec<u64>,
    /// Those that are too long for a number: `SITUATIONAL TRIGGER` in a CTX.
    long_codes: Vec<&'static [&'static str]>,
}

#[derive(Debug)]
pub(super) struct RowOutline {
    /// The first of the neighbouring rows with the same tag: they may come in any order.
    pub run: usize,
    /// What tells that a segment in this row is clean; for a loop, its head.
    pub sieve: Sieve,
    /// The dependencies of the guide that a segment in this row may set off or break, if any.
    pub touch: Option<Touch>,
    /// The loop, if the row is one.
    pub inner: Option<Box<Outline>>,
}

/// A row that a segment with its tag may fill.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub row: u16,
    pub repeat_max: u32,
    keys: [PackedKey; 2],
}

/// A qualifier; at position 0 one that every segment has.
#[derive(Clone, Copy, Debug)]
struct PackedKey {
    position: u8,
    component: u8,
    /// Its first code, mostly the only one; 0 if that is too long for a number.
    code: u64,
    /// Its further codes in the outline's list.
    others: (u16, u16),
    /// All of its codes, if some are too long for a number.
    long: Option<u16>,
}

/// A value of a segment that was looked at already: rows of one tag mostly have their qualifiers
/// at one place.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Seen {
    position: u8,
    component: u8,
    span: (usize, usize),
    /// As a number; 0, which is no code, if it is too long for one, or empty.
    code: u64,
}

impl Seen {
    #[inline(never)]
    fn look(split: &Split<'_>, position: u8, component: u8) -> Seen {
        let span = split.part(usize::from(position), usize::from(component));
        Seen { position, component, span, code: packed(split.text, span).unwrap_or(0) }
    }
}

/// One for each of the guides, in their order.
static ALL: LazyLock<Vec<GuideOutline>> =
    LazyLock::new(|| guide::all().map(GuideOutline::new).collect());

/// The outline of a guide.
pub(super) fn of(guide: &Guide) -> &'static GuideOutline {
    let index = guide::all().position(|known| std::ptr::eq(known, guide));
    index.and_then(|index| ALL.get(index)).expect("every guide stands in the list of all")
}

/// Many more than a guide has tags, so that few of them meet.
const PLACES: usize = 512;
const FREE: u8 = u8::MAX;

const TAG_BITS: usize = 64;

impl GuideOutline {
    fn new(guide: &'static Guide) -> GuideOutline {
        let mut tags = Vec::new();
        collect_tags(&guide.table, &mut tags);
        assert!(tags.len() < usize::from(FREE), "more tags than an index can tell apart");
        let mut places = [FREE; PLACES];
        for (index, &tag) in tags.iter().enumerate() {
            let mut place = place_of(tag);
            while places[place] != FREE {
                place = (place + 1) % PLACES;
            }
            places[place] = index as u8;
        }
        let of = Whole { tags: &tags, dependencies: depend::of(guide) };
        GuideOutline { root: Outline::new(&guide.table, &of), tags, places }
    }

    /// The index of a tag, if the guide has it.
    pub fn index_of(&self, tag: Tag) -> Option<usize> {
        let mut place = place_of(tag);
        while let Some(&known) = self.tags.get(usize::from(self.places[place])) {
            if known == tag {
                return Some(usize::from(self.places[place]));
            }
            place = (place + 1) % PLACES;
        }
        None
    }
}

/// Where a tag is looked for first: the golden ratio scatters numbers that are alike.
fn place_of(tag: Tag) -> usize {
    const SCATTER: u32 = 0x9E37_79B1;
    (tag.number().wrapping_mul(SCATTER) >> 16) as usize % PLACES
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

/// What the outlines of all loops of a guide are made with.
struct Whole<'a> {
    tags: &'a [Tag],
    dependencies: &'static Dependencies,
}

impl Outline {
    fn new(table: &'static Loop, whole: &Whole<'_>) -> Outline {
        let is_required = |&row: &usize| row_usage(&table.rows[row]) == Usage::Required;
        let tags: Vec<Tag> = table.rows.iter().map(row_tag).collect();
        let run_of = |row: usize| {
            let others = tags[..row].iter().rposition(|&tag| tag != tags[row]);
            others.map_or(0, |other| other + 1)
        };
        let outline_of = |(number, row): (usize, &'static Row)| RowOutline {
            run: run_of(number),
            sieve: Sieve::new(row_slot(row)),
            touch: match row {
                Row::Segment(slot) => whole.dependencies.touch(slot, table),
                // Its head has a row of its own.
                Row::Inner(_) => None,
            },
            inner: match row {
                Row::Segment(_) => None,
                Row::Inner(table) => Some(Box::new(Outline::new(table, whole))),
            },
        };
        let mut outline = Outline {
            required: (0..table.rows.len()).filter(is_required).collect(),
            rows: table.rows.iter().enumerate().map(outline_of).collect(),
            is_called_for: whole.dependencies.call_for(table),
            by_tag: Vec::new(),
            tags: 0,
            candidates: Vec::new(),
            codes: Vec::new(),
            long_codes: Vec::new(),
        };
        for (index, wanted) in whole.tags.iter().enumerate() {
            let first = outline.candidates.len() as u16;
            for row in (0..tags.len()).filter(|&row| tags[row] == *wanted) {
                outline.add_candidate(row, &table.rows[row]);
            }
            let end = outline.candidates.len() as u16;
            outline.tags |= u64::from(first < end) << (index % TAG_BITS);
            outline.by_tag.push(first..end);
        }
        outline
    }

    fn add_candidate(&mut self, number: usize, row: &'static Row) {
        let keys = row_slot(row).keys.map(|key| self.add_key(key));
        self.candidates.push(Candidate { row: number as u16, repeat_max: row_max(row), keys });
    }

    fn add_key(&mut self, key: Key) -> PackedKey {
        let packed_code = |code: &&str| packed(code.as_bytes(), (0, code.len()));
        let mut packed = key.codes.iter().map(packed_code);
        let code = packed.next().flatten().unwrap_or(0);
        let first = self.codes.len() as u16;
        self.codes.extend(packed.flatten());
        let others = (first, self.codes.len() as u16);
        let is_long = |code: &&str| packed_code(code).is_none();
        let long = key.codes.iter().any(is_long).then(|| {
            self.long_codes.push(key.codes);
            self.long_codes.len() as u16 - 1
        });
        let Key { position, component, .. } = key;
        PackedKey { position, component, code, others, long }
    }

    /// Whether it may have rows with this tag.
    #[inline]
    pub const fn may_have(&self, tag: usize) -> bool {
        self.tags >> (tag % TAG_BITS) & 1 == 1
    }

    /// The rows with this tag.
    #[inline]
    pub fn candidates(&self, tag: usize) -> &[Candidate] {
        let Range { start, end } = self.by_tag[tag].clone();
        &self.candidates[usize::from(start)..usize::from(end)]
    }

    /// Whether all qualifiers of the row fit the segment.
    #[inline]
    pub fn fits(&self, candidate: &Candidate, split: &Split<'_>, seen: &mut Seen) -> bool {
        let [first, second] = &candidate.keys;
        (first.position == 0 || self.key_fits(first, split, seen))
            && (second.position == 0 || self.key_fits(second, split, seen))
    }

    #[inline]
    fn key_fits(&self, key: &PackedKey, split: &Split<'_>, seen: &mut Seen) -> bool {
        if (seen.position, seen.component) != (key.position, key.component) {
            *seen = Seen::look(split, key.position, key.component);
        }
        match (seen.code, key.long) {
            (0, None) => false,
            (0, Some(long)) => self.is_long_code(usize::from(long), split, seen.span),
            (code, _) => code == key.code || self.lists(key.others, code),
        }
    }

    #[inline]
    fn lists(&self, (first, end): (u16, u16), code: u64) -> bool {
        first < end && self.codes[usize::from(first)..usize::from(end)].contains(&code)
    }

    #[cold]
    fn is_long_code(&self, long: usize, split: &Split<'_>, (start, end): (usize, usize)) -> bool {
        is_one_of(self.long_codes[long], &split.text[start..end])
    }

    /// The loop at a row.
    pub fn inner(&self, row: usize) -> Option<&Outline> {
        self.rows.get(row).and_then(|row| row.inner.as_deref())
    }
}
