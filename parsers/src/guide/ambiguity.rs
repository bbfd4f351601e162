//! The hunt for segments that fit two rows at once.
//!
//! While a loop is open, a segment may fill a row of it, or one of the loops around it that lies
//! further on. If it fits both by all their qualifiers, only what follows could tell which is meant.
//! No guide of ours has such a pair, so that the walker never has to look ahead: it takes the
//! innermost row that has room. A table that brings a pair in fails here, until it is settled.

use std::collections::BTreeSet;

use super::all;
use super::elements::E128;
use super::row::{Element, Guide, Loop, R, Row, S, Slot, el, inner, keyed, seg};

/// Whether some segment fits both rows: no qualifier tells them apart.
pub(super) fn overlap(a: &Slot, b: &Slot) -> bool {
    let apart = |a: &Slot, b: &Slot| {
        a.keys.iter().filter(|key| key.position != 0).any(|key| {
            b.keys.iter().any(|other| {
                (other.position, other.component) == (key.position, key.component)
                    && !key.codes.iter().any(|code| other.codes.contains(code))
            })
        })
    };
    a.tag == b.tag && !apart(a, b)
}

const fn slot_of(row: &'static Row) -> &'static Slot {
    match row {
        Row::Segment(slot) => slot,
        Row::Inner(table) => table.head(),
    }
}

/// Rows that may still be filled when the row at `at` was the last: those behind it, and those
/// beside it that have its tag.
fn rows_ahead(table: &'static Loop, at: usize) -> impl Iterator<Item = &'static Row> {
    let tag = table.rows.get(at).map(|row| slot_of(row).tag);
    let mut start = at;
    while start > 1 && table.rows.get(start - 1).map(|row| slot_of(row).tag) == tag {
        start -= 1;
    }
    table.rows.iter().skip(start)
}

/// A row that may be filled, and where it lies.
struct Open {
    place: String,
    slot: &'static Slot,
}

fn open(table: &Loop, row: &'static Row) -> Open {
    let slot = slot_of(row);
    let key = slot.keys.first().and_then(|key| key.codes.first()).copied().unwrap_or_default();
    let id = match row {
        Row::Segment(_) => table.id,
        Row::Inner(inner) => inner.id,
    };
    Open { place: format!("{id} {} {key}", slot.tag.text()), slot }
}

/// Pairs of rows that one segment fits while the loop `table` is open inside `around`.
fn hunt(table: &'static Loop, around: &[Open], found: &mut BTreeSet<String>) {
    let inner: Vec<Open> = table.rows.iter().skip(1).map(|row| open(table, row)).collect();
    let all: Vec<&Open> = inner.iter().chain(around).collect();
    // Two rows of one loop are told apart by `no_segment_fits_two_rows_of_a_loop`.
    for (index, a) in all.iter().enumerate() {
        for b in all.iter().skip((index + 1).max(inner.len())) {
            if overlap(a.slot, b.slot) {
                found.insert(format!("{} | {}", a.place.trim_end(), b.place.trim_end()));
            }
        }
    }
    for (at, row) in table.rows.iter().enumerate() {
        if let Row::Inner(below) = row {
            let mut outer: Vec<Open> = rows_ahead(table, at).map(|row| open(table, row)).collect();
            outer.extend(around.iter().map(|open| Open { place: open.place.clone(), ..*open }));
            hunt(below, &outer, found);
        }
    }
}

fn pairs(guide: &'static Guide) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    hunt(&guide.table, &[], &mut found);
    found
}

/// Pairs of which the inner row is meant whatever follows: the set, the pair, and why.
const SETTLED: [(&str, &str, &str); 1] =
    [("271", "2120 NM1 | 2100 NM1", "a level has one party; others stand in its benefits")];

#[test]
fn no_segment_fits_two_open_rows() {
    let mut left: Vec<_> = SETTLED.iter().map(|&(set, pair, _)| (set, pair.to_owned())).collect();
    for guide in all() {
        for pair in pairs(guide) {
            let settled = left.iter().position(|known| *known == (guide.set, pair.clone()));
            let settled = settled.unwrap_or_else(|| panic!("{}: {pair}", guide.id));
            left.remove(settled);
        }
    }
    assert!(left.is_empty(), "settled, and not there: {left:?}");
}

#[test]
fn the_hunt_finds_what_it_hunts() {
    const FIRST: &[Element] = &[el(1, R, E128, "kind of number")];
    static PARTY: Loop = Loop {
        id: "2100",
        usage: S,
        repeat_max: 1,
        name: "a party with a number of its own",
        rows: &[
            keyed("NM1", 1, &["85", "87"], R, 1, "party", FIRST),
            keyed("REF", 1, &["G1"], S, 1, "number", FIRST),
        ],
    };
    static AROUND: Guide = Guide {
        id: "",
        also: &[],
        set: "",
        group: "",
        name: "",
        table: Loop {
            id: "2000",
            usage: R,
            repeat_max: 1,
            name: "what lies around it",
            rows: &[
                seg("HL", R, 1, "level", FIRST),
                inner(&PARTY),
                keyed("REF", 1, &["9F"], S, 1, "another number", FIRST),
                keyed("REF", 1, &["9A", "G1"], S, 1, "the same number", FIRST),
            ],
        },
    };
    let found: Vec<String> = pairs(&AROUND).into_iter().collect();
    assert_eq!(found, ["2100 REF G1 | 2000 REF 9A"]);
}
