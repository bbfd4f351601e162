//! The segments around transaction sets: the interchange (ISA, IEA), the functional group (GS, GE)
//! and the acknowledgment of an interchange (TA1).
//!
//! `envelope` reads them and finds their faults, most of which a TA1 answers, so that they are
//! walked by no loop. What they may hold stands here.
//!
//! ```
//! use x12::guide::control::ROWS;
//!
//! let tags: Vec<String> = ROWS.iter().map(|row| match row {
//!     x12::guide::row::Row::Segment(slot) => slot.tag.text(),
//!     x12::guide::row::Row::Inner(table) => table.id.to_owned(),
//! }).collect();
//! assert_eq!(tags, ["ISA", "TA1", "GS", "GE", "IEA"]);
//! ```

use super::elements::*;
use super::row::{Element, Loop, R, Row, S, UNBOUNDED, Usage, el, seg};
use super::shared::Values;

/// The segments, in their order.
pub static ROWS: &[Row] = &[
    seg("ISA", R, 1, "start of the interchange", ISA),
    seg("TA1", S, UNBOUNDED, "answer to an interchange", TA1),
    seg("GS", S, UNBOUNDED, "start of a functional group", GS),
    seg("GE", S, UNBOUNDED, "end of a functional group", GE),
    seg("IEA", R, 1, "end of the interchange", IEA),
];

/// The same as one table, in which a fault of a segment lies.
pub(crate) static TABLE: Loop =
    Loop { id: "", usage: Usage::Required, repeat_max: 1, name: "interchange", rows: ROWS };

/// ISA01: no authorization, or an agreed one.
pub(crate) static AUTHORIZATION_QUALIFIERS: Values = &["00", "03"];
/// ISA03: no password, or an agreed one.
pub(crate) static SECURITY_QUALIFIERS: Values = &["00", "01"];
/// ISA05 and ISA07: what kind of identifier a sender or receiver has.
pub(crate) static ID_QUALIFIERS: Values = &["01", "14", "20", "27", "28", "29", "30", "33", "ZZ"];
/// ISA12: the version of the envelope that we read and write.
pub(crate) static VERSIONS: Values = &["00501"];
/// ISA14: whether the sender asks for a TA1.
pub(crate) static ACKNOWLEDGMENT_REQUESTS: Values = &["0", "1"];
/// ISA15: production or test.
pub(crate) static USAGES: Values = &["P", "T"];
/// GS01: the kinds of group whose sets we read.
pub(crate) static GROUPS: Values = &["BE", "FA", "HB", "HC", "HI", "HN", "HP", "HR", "HS", "RA"];

static ISA: &[Element] = &[
    el(1, R, I01, "authorization qualifier").codes(AUTHORIZATION_QUALIFIERS),
    el(2, R, I02, "authorization"),
    el(3, R, I03, "security qualifier").codes(SECURITY_QUALIFIERS),
    el(4, R, I04, "security"),
    el(5, R, I05, "kind of sender id").codes(ID_QUALIFIERS),
    el(6, R, I06, "sender"),
    el(7, R, I05, "kind of receiver id").codes(ID_QUALIFIERS),
    el(8, R, I07, "receiver"),
    el(9, R, I08, "date"),
    el(10, R, I09, "time"),
    el(11, R, I65, "repetition separator"),
    el(12, R, I11, "version").codes(VERSIONS),
    el(13, R, I12, "control number"),
    el(14, R, I13, "acknowledgment wanted").codes(ACKNOWLEDGMENT_REQUESTS),
    el(15, R, I14, "production or test").codes(USAGES),
    el(16, R, I15, "component separator"),
];

static TA1: &[Element] = &[
    el(1, R, I12, "control number answered"),
    el(2, R, I08, "date answered"),
    el(3, R, I09, "time answered"),
    el(4, R, I17, "verdict").codes(&["A", "E", "R"]),
    el(5, R, I18, "note").codes(&[
        "000", "001", "002", "003", "004", "005", "006", "007", "008", "009", "010", "011", "012",
        "013", "014", "015", "016", "017", "018", "019", "020", "021", "022", "023", "024", "025",
        "026", "027", "028", "029", "030", "031",
    ]),
];

static GS: &[Element] = &[
    el(1, R, E479, "kind of group").codes(GROUPS),
    el(2, R, E142, "sender"),
    el(3, R, E124, "receiver"),
    el(4, R, E373, "date"),
    el(5, R, E337, "time"),
    el(6, R, E28, "group control number"),
    el(7, R, E455, "responsible agency").codes(&["X"]),
    el(8, R, E480, "guide"),
];

static GE: &[Element] =
    &[el(1, R, E97, "number of transaction sets"), el(2, R, E28, "group control number")];

static IEA: &[Element] =
    &[el(1, R, I16, "number of groups"), el(2, R, I12, "interchange control number")];
