//! What the base standard lets stand in a transaction set: which segments each of its loops has,
//! which of them it demands, and how often they may stand.
//!
//! A guide narrows this. A segment that is wrong by the guide and right here is a fault of the
//! guide alone, and a 999 has codes of its own for that. The standard numbers its loops as the
//! guides do, without their letters: 2010 is the loop of 2010AA, 2010AB and 2010BA.
//!
//! The facts are those of version 005010. Where the transcription that we read gives fewer runs
//! than a guide does, the guide's number stands.

use super::row::{Tag, UNBOUNDED};

/// A transaction set of the base standard.
#[derive(Debug)]
pub struct StandardSet {
    /// ST01.
    pub set: &'static str,
    /// Its loops; the header and the summary come first, under no number.
    pub loops: &'static [StandardLoop],
}

/// A loop of the base standard.
#[derive(Debug)]
pub struct StandardLoop {
    /// Four digits; empty for what stands in no loop.
    pub id: &'static str,
    /// The loop that it lies in.
    pub within: &'static str,
    /// How often it may stand in one run of the loop around it.
    pub repeat_max: u32,
    /// Its segments: first those before the loops inside it, then those behind them.
    pub rows: &'static [StandardRow],
    /// How many of them stand before the loops inside it.
    pub rows_before: usize,
}

/// Where the standard has a segment, seen from a place in a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Room {
    Nowhere,
    /// It should have come before.
    Behind,
    Ahead,
}

/// What came last in a loop.
#[derive(Clone, Copy, Debug)]
pub enum Last<'a> {
    Segment(Tag),
    /// A loop inside it, by the id that a guide gives it.
    Loop(&'a str),
}

/// A segment of a loop.
#[derive(Debug)]
pub struct StandardRow {
    pub tag: Tag,
    /// Whether the standard demands it wherever its loop stands.
    pub is_mandatory: bool,
    pub use_max: u32,
}

/// The set with this ST01, if its table is here.
pub fn find(set: &str) -> Option<&'static StandardSet> {
    ALL.iter().find(|known| known.set == set)
}

/// The standard's number of a guide's loop: `2010` of `2010AA`, nothing for the header.
pub fn number_of(loop_id: &str) -> &str {
    let digits = loop_id.bytes().take_while(u8::is_ascii_digit).count();
    loop_id.get(..digits).unwrap_or_default()
}

impl StandardSet {
    /// A loop, by the id that a guide gives it.
    pub fn table(&self, loop_id: &str) -> Option<&'static StandardLoop> {
        let number = number_of(loop_id);
        self.loops.iter().find(|table| table.id == number)
    }

    /// Whether the set has such a segment anywhere.
    pub fn has(&self, tag: Tag) -> bool {
        self.loops.iter().any(|table| table.row(tag).is_some())
    }

    /// Where such a segment may stand in this loop of a guide, or open a loop inside it.
    pub fn room(&self, loop_id: &str, last: Last<'_>, tag: Tag) -> Room {
        let Some(table) = self.table(loop_id) else { return Room::Nowhere };
        let opens = |inner: &StandardLoop| inner.rows.first().is_some_and(|head| head.tag == tag);
        let inside = self.loops.iter().enumerate().filter(|(_, inner)| {
            // The header, too, lies in no loop, but not in itself.
            inner.within == table.id && inner.id != table.id && opens(inner)
        });
        let loops = inside.map(|(index, _)| table.rows_before + index);
        let last = match last {
            Last::Segment(tag) => self.place_of(table, tag),
            Last::Loop(id) => {
                let number = number_of(id);
                let index = self.loops.iter().position(|inner| inner.id == number);
                index.map(|index| table.rows_before + index)
            }
        };
        let places = loops.chain(self.place_of(table, tag));
        let rooms =
            places.map(|place| if last <= Some(place) { Room::Ahead } else { Room::Behind });
        rooms.max().unwrap_or(Room::Nowhere)
    }

    /// The place of a segment among all that a loop has, the loops inside it counted.
    fn place_of(&self, table: &StandardLoop, tag: Tag) -> Option<usize> {
        let row = table.rows.iter().position(|row| row.tag == tag)?;
        Some(if row < table.rows_before { row } else { row + self.loops.len() })
    }

    /// Whether the standard itself demands such a segment in this loop of a guide.
    pub fn demands(&self, loop_id: &str, tag: Tag) -> bool {
        let row = self.table(loop_id).and_then(|table| table.row(tag));
        row.is_some_and(|row| row.is_mandatory)
    }
}

impl StandardLoop {
    /// The row of a segment; the first, where one tag has two.
    pub fn row(&self, tag: Tag) -> Option<&StandardRow> {
        self.rows.iter().find(|row| row.tag == tag)
    }
}

const fn must(tag: &str, use_max: u32) -> StandardRow {
    StandardRow { tag: Tag::new(tag.as_bytes()), is_mandatory: true, use_max }
}

const fn may(tag: &str, use_max: u32) -> StandardRow {
    StandardRow { tag: Tag::new(tag.as_bytes()), is_mandatory: false, use_max }
}

const fn in_loop(
    id: &'static str,
    within: &'static str,
    repeat_max: u32,
    rows: &'static [StandardRow],
) -> StandardLoop {
    StandardLoop { id, within, repeat_max, rows, rows_before: rows.len() }
}

/// A loop whose rows from this one on stand behind the loops inside it.
const fn with_loops_before(row: usize, table: StandardLoop) -> StandardLoop {
    StandardLoop { rows_before: row, ..table }
}

static ALL: &[StandardSet] = &[
    StandardSet { set: "837", loops: CLAIM },
    StandardSet { set: "835", loops: REMITTANCE },
    StandardSet { set: "277", loops: CLAIM_STATUS },
    StandardSet { set: "999", loops: IMPLEMENTATION_ACK },
];

static CLAIM: &[StandardLoop] = &[
    with_loops_before(
        3,
        in_loop("", "", 1, &[must("ST", 1), must("BHT", 1), may("REF", 3), must("SE", 1)]),
    ),
    in_loop(
        "1000",
        "",
        10,
        &[may("NM1", 1), may("N2", 2), may("N3", 2), may("N4", 1), may("REF", 2), may("PER", 2)],
    ),
    in_loop(
        "2000",
        "",
        UNBOUNDED,
        &[must("HL", 1), may("PRV", 1), may("SBR", 1), may("PAT", 1), may("DTP", 5), may("CUR", 1)],
    ),
    in_loop(
        "2010",
        "2000",
        10,
        &[
            may("NM1", 1),
            may("N2", 2),
            may("N3", 2),
            may("N4", 1),
            may("DMG", 1),
            may("REF", 20),
            may("PER", 2),
        ],
    ),
    in_loop(
        "2300",
        "2000",
        100,
        &[
            may("CLM", 1),
            may("DTP", 150),
            may("CL1", 1),
            may("DN1", 1),
            may("DN2", 35),
            may("PWK", 10),
            may("CN1", 1),
            may("DSB", 1),
            may("UR", 1),
            may("AMT", 40),
            may("REF", 30),
            may("K3", 10),
            may("NTE", 20),
            may("CR1", 1),
            may("CR2", 1),
            may("CR3", 1),
            may("CR4", 3),
            may("CR5", 1),
            may("CR6", 1),
            may("CR8", 9),
            may("CRC", 100),
            may("HI", 25),
            may("QTY", 10),
            may("HCP", 1),
        ],
    ),
    in_loop("2305", "2300", 6, &[may("CR7", 1), may("HSD", 12)]),
    in_loop(
        "2310",
        "2300",
        9,
        &[
            may("NM1", 1),
            may("PRV", 1),
            may("N2", 2),
            may("N3", 2),
            may("N4", 1),
            may("REF", 20),
            may("PER", 2),
        ],
    ),
    in_loop(
        "2320",
        "2300",
        10,
        &[
            may("SBR", 1),
            may("CAS", 99),
            may("AMT", 15),
            may("DMG", 1),
            may("OI", 1),
            may("MIA", 1),
            may("MOA", 1),
        ],
    ),
    in_loop(
        "2330",
        "2320",
        10,
        &[
            may("NM1", 1),
            may("N2", 2),
            may("N3", 2),
            may("N4", 1),
            may("PER", 2),
            may("DTP", 9),
            may("REF", UNBOUNDED),
        ],
    ),
    in_loop(
        "2400",
        "2300",
        UNBOUNDED,
        &[
            may("LX", 1),
            may("SV1", 1),
            may("SV2", 1),
            may("SV3", 1),
            may("TOO", 32),
            may("SV4", 1),
            may("SV5", 1),
            may("SV6", 1),
            may("SV7", 1),
            may("HI", 25),
            may("PWK", 10),
            may("CR1", 1),
            may("CR2", 5),
            may("CR3", 1),
            may("CR4", 3),
            may("CR5", 1),
            may("CRC", 3),
            may("DTP", 15),
            may("QTY", 5),
            may("MEA", 20),
            may("CN1", 1),
            may("REF", 30),
            may("AMT", 15),
            may("K3", 10),
            may("NTE", 10),
            may("PS1", 1),
            may("IMM", UNBOUNDED),
            may("HSD", 1),
            may("HCP", 1),
        ],
    ),
    in_loop("2410", "2400", UNBOUNDED, &[may("LIN", 1), may("CTP", 1), may("REF", 1)]),
    in_loop(
        "2420",
        "2400",
        10,
        &[
            may("NM1", 1),
            may("PRV", 1),
            may("N2", 2),
            may("N3", 2),
            may("N4", 1),
            may("REF", 20),
            may("PER", 2),
        ],
    ),
    in_loop(
        "2430",
        "2400",
        UNBOUNDED,
        &[may("SVD", 1), may("CAS", 99), may("DTP", 9), may("AMT", 20)],
    ),
    in_loop("2440", "2400", UNBOUNDED, &[may("LQ", 1), must("FRM", 99)]),
];

static REMITTANCE: &[StandardLoop] = &[
    with_loops_before(
        7,
        in_loop(
            "",
            "",
            1,
            &[
                must("ST", 1),
                must("BPR", 1),
                may("NTE", UNBOUNDED),
                may("TRN", 1),
                may("CUR", 1),
                may("REF", UNBOUNDED),
                may("DTM", UNBOUNDED),
                may("PLB", UNBOUNDED),
                must("SE", 1),
            ],
        ),
    ),
    in_loop(
        "1000",
        "",
        200,
        &[
            may("N1", 1),
            may("N2", UNBOUNDED),
            may("N3", UNBOUNDED),
            may("N4", 1),
            may("REF", UNBOUNDED),
            may("PER", UNBOUNDED),
            may("RDM", 1),
            may("DTM", 1),
        ],
    ),
    in_loop("2000", "", UNBOUNDED, &[may("LX", 1), may("TS3", 1), may("TS2", 1)]),
    in_loop(
        "2100",
        "2000",
        UNBOUNDED,
        &[
            must("CLP", 1),
            may("CAS", 99),
            must("NM1", 9),
            may("MIA", 1),
            may("MOA", 1),
            may("REF", 99),
            may("DTM", 9),
            may("PER", 3),
            may("AMT", 20),
            may("QTY", 20),
        ],
    ),
    in_loop(
        "2110",
        "2100",
        999,
        &[
            may("SVC", 1),
            may("DTM", 9),
            may("CAS", 99),
            may("REF", 99),
            may("AMT", 20),
            may("QTY", 20),
            may("LQ", 99),
        ],
    ),
];

static CLAIM_STATUS: &[StandardLoop] = &[
    with_loops_before(
        3,
        in_loop("", "", 1, &[must("ST", 1), must("BHT", 1), may("REF", 10), must("SE", 1)]),
    ),
    in_loop(
        "1000",
        "",
        UNBOUNDED,
        &[may("NM1", 1), may("N2", 2), may("N3", 2), may("N4", 1), may("REF", 2), may("PER", 1)],
    ),
    in_loop("2000", "", UNBOUNDED, &[must("HL", 1), may("SBR", 1), may("PAT", 1), may("DMG", 1)]),
    in_loop("2100", "2000", UNBOUNDED, &[may("NM1", 1), may("N3", 2), may("N4", 1), may("PER", 1)]),
    in_loop(
        "2200",
        "2000",
        UNBOUNDED,
        &[
            may("TRN", 1),
            may("STC", 1),
            may("REF", UNBOUNDED),
            may("DTP", 2),
            may("QTY", 5),
            may("AMT", 5),
        ],
    ),
    in_loop(
        "2210",
        "2200",
        UNBOUNDED,
        &[may("PWK", 1), may("PER", 1), may("N1", 1), may("N3", 1), may("N4", 1)],
    ),
    in_loop(
        "2220",
        "2200",
        UNBOUNDED,
        &[may("SVC", 1), may("STC", UNBOUNDED), may("REF", 1), may("DTP", 1)],
    ),
    in_loop(
        "2225",
        "2220",
        UNBOUNDED,
        &[may("PWK", 1), may("PER", 1), may("N1", 1), may("N2", 1), may("N3", 1)],
    ),
];

static IMPLEMENTATION_ACK: &[StandardLoop] = &[
    with_loops_before(
        2,
        in_loop("", "", 1, &[must("ST", 1), must("AK1", 1), must("AK9", 1), must("SE", 1)]),
    ),
    with_loops_before(1, in_loop("2000", "", UNBOUNDED, &[may("AK2", 1), must("IK5", 1)])),
    in_loop("2100", "2000", UNBOUNDED, &[may("IK3", 1), may("CTX", 10)]),
    in_loop("2110", "2100", UNBOUNDED, &[may("IK4", 1), may("CTX", 10)]),
];
