//! 997, the functional acknowledgment: what groups were answered with before there was a 999, and
//! what some payers still send.
//!
//! Senders seldom follow a guide with it (there is one, 005010X230), so this is the base standard,
//! of 004010 and of 005010 together: what the later one added may be missing. The names are ours.

use super::elements::*;
use super::row::{Element, Guide, Loop, R, S, UNBOUNDED, el, group, inner, seg};
use super::shared::*;

/// The functional acknowledgment.
pub static GUIDE: Guide = Guide {
    id: "005010",
    also: &["004010", "005010X230", "005010X230A1"],
    set: "997",
    group: "FA",
    name: "functional acknowledgment",
    table: Loop {
        id: "HEADER",
        usage: R,
        repeat_max: 1,
        name: "acknowledgment of a functional group",
        rows: &[
            seg("ST", R, 1, "start of the transaction set", ST),
            seg("AK1", R, 1, "functional group answered", AK1),
            inner(&TRANSACTION_SET),
            seg("AK9", R, 1, "verdict on the functional group", AK9),
            trailer(),
        ],
    },
};

static ST: &[Element] = &[
    el(1, R, E143, "transaction set").codes(&["997"]),
    el(2, R, E329, "transaction set control number"),
    el(3, S, E1705, "guide"),
];

static AK1: &[Element] = &[
    el(1, R, E479, "kind of group"),
    el(2, R, E28, "group control number"),
    el(3, S, E480, "group version"),
];

static TRANSACTION_SET: Loop = Loop {
    id: "AK2",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "transaction set answered",
    rows: &[
        seg("AK2", R, 1, "transaction set answered", AK2),
        inner(&SEGMENT),
        seg("AK5", R, 1, "verdict on the transaction set", AK5),
    ],
};

static AK2: &[Element] = &[
    el(1, R, E143, "transaction set"),
    el(2, R, E329, "transaction set control number"),
    el(3, S, E1705, "guide"),
];

static SEGMENT: Loop = Loop {
    id: "AK3",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "segment in error",
    rows: &[seg("AK3", R, 1, "segment in error", AK3), seg("AK4", S, 99, "element in error", AK4)],
};

static AK3: &[Element] = &[
    el(1, R, E721, "segment"),
    el(2, R, E719, "segment position"),
    el(3, S, E447, "loop"),
    el(4, S, E720, "error").codes(&["1", "2", "3", "4", "5", "6", "7", "8"]),
];

static AK4: &[Element] = &[
    group(1, R, "place in the segment", C030),
    el(2, S, E725, "element number"),
    el(3, R, E723, "error").codes(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12", "13"]),
    el(4, S, E724, "wrong value"),
];

static C030: &[Element] = &[
    el(1, R, E722, "element position"),
    el(2, S, E1528, "component position"),
    el(3, S, E1686, "repetition"),
];

static AK5: &[Element] = &[
    el(1, R, E717, "verdict").codes(&["A", "E", "M", "R", "W", "X"]),
    el(2, S, E718, "first error").codes(SET_ERRORS),
    el(3, S, E718, "second error").codes(SET_ERRORS),
    el(4, S, E718, "third error").codes(SET_ERRORS),
    el(5, S, E718, "fourth error").codes(SET_ERRORS),
    el(6, S, E718, "fifth error").codes(SET_ERRORS),
];

static SET_ERRORS: Values = &[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "15", "16", "17", "18",
    "19", "23", "24", "25", "26", "27",
];

static AK9: &[Element] = &[
    el(1, R, E715, "verdict").codes(&["A", "E", "M", "P", "R", "W", "X"]),
    el(2, R, E97, "transaction sets announced"),
    el(3, R, E123, "transaction sets received"),
    el(4, R, E2, "transaction sets accepted"),
    el(5, S, E716, "first error").codes(GROUP_ERRORS),
    el(6, S, E716, "second error").codes(GROUP_ERRORS),
    el(7, S, E716, "third error").codes(GROUP_ERRORS),
    el(8, S, E716, "fourth error").codes(GROUP_ERRORS),
    el(9, S, E716, "fifth error").codes(GROUP_ERRORS),
];

static GROUP_ERRORS: Values = &[
    "1", "2", "3", "4", "5", "6", "10", "11", "12", "13", "14", "15", "16", "17", "18", "19", "23",
    "24", "25", "26",
];
