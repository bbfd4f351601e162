//! 005010X231A1, the implementation acknowledgment (999).
//!
//! Read it beside the guide: loops in order, one line for each element. A position that is left
//! out is "not used". The names are ours.

use super::elements::*;
use super::row::{Element, Guide, Loop, R, S, UNBOUNDED, el, group, inner, keyed, seg};
use super::shared::*;

/// The implementation acknowledgment.
pub static GUIDE: Guide = Guide {
    id: "005010X231A1",
    also: &["005010X231", "X231", "X231A1"],
    set: "999",
    group: "FA",
    name: "implementation acknowledgment",
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
    el(1, R, E143, "transaction set").codes(&["999"]),
    el(2, R, E329, "transaction set control number"),
    el(3, R, E1705, "guide").codes(&["005010X231A1", "005010X231"]),
];

/// The guide lists the groups and sets of its trade in AK101 and AK201. But both repeat what was
/// sent, and one that nobody knows is just what is rejected (AK905 1, IK502 6): no fault is found
/// in the answer for it.
static AK1: &[Element] = &[
    el(1, R, E479, "kind of group"),
    el(2, R, E28, "group control number"),
    el(3, R, E480, "group version"),
];

static TRANSACTION_SET: Loop = Loop {
    id: "2000",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "transaction set answered",
    rows: &[
        seg("AK2", R, 1, "transaction set answered", AK2),
        inner(&SEGMENT),
        seg("IK5", R, 1, "verdict on the transaction set", IK5),
    ],
};

/// AK201 has no codes: see AK1.
static AK2: &[Element] = &[
    el(1, R, E143, "transaction set"),
    el(2, R, E329, "transaction set control number"),
    el(3, S, E1705, "guide"),
];

static SEGMENT: Loop = Loop {
    id: "2100",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "segment in error",
    rows: &[
        seg("IK3", R, 1, "segment in error", IK3),
        keyed("CTX", 1, TRIGGER, S, 9, "what made the segment wrong", CTX).in_component(1),
        keyed("CTX", 1, BUSINESS_UNITS, S, 1, "whose data it is", CTX_UNIT).in_component(1),
        inner(&ELEMENT),
    ],
};

static TRIGGER: Values = &["SITUATIONAL TRIGGER"];

static BUSINESS_UNITS: Values = &[
    "CLM01",
    "ENT01",
    "NM109",
    "PATIENT NAME NM109",
    "SUBSCRIBER NAME NM109",
    "SUBSCRIBER NUMBER REF02",
    "TRN02",
];

static IK3: &[Element] = &[
    el(1, R, E721, "segment"),
    el(2, R, E719, "segment position"),
    el(3, S, E447, "loop"),
    el(4, R, E620, "error")
        .codes(&["1", "2", "3", "4", "5", "6", "7", "8", "I4", "I6", "I7", "I8", "I9"]),
];

static CTX: &[Element] = &[
    group(1, R, "context", C998_TRIGGER).repeats(10),
    el(2, R, E721, "segment"),
    el(3, R, E719, "segment position"),
    el(4, S, E447, "loop"),
    group(5, S, "place in the segment", C030),
    group(6, S, "element number", C999),
];

static C998_TRIGGER: &[Element] = &[el(1, R, E9999, "kind of context").codes(TRIGGER)];

static CTX_UNIT: &[Element] =
    &[group(1, R, "context", C998_UNIT).repeats(10), group(5, S, "place in the segment", C030)];

static C998_UNIT: &[Element] =
    &[el(1, R, E9999, "identifier qualifier").codes(BUSINESS_UNITS), el(2, R, E9998, "identifier")];

static C030: &[Element] = &[
    el(1, R, E722, "element position"),
    el(2, S, E1528, "component position"),
    el(3, S, E1686, "repetition"),
];

static C999: &[Element] = &[el(1, R, E725, "element number"), el(2, S, E725, "component number")];

static ELEMENT: Loop = Loop {
    id: "2110",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "element in error",
    rows: &[
        seg("IK4", R, 1, "element in error", IK4),
        keyed("CTX", 1, TRIGGER, S, 10, "what made the element wrong", CTX).in_component(1),
    ],
};

static IK4: &[Element] = &[
    group(1, R, "place in the segment", C030),
    el(2, S, E725, "element number"),
    el(3, R, E621, "error").codes(&[
        "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "12", "13", "I6", "I9", "I10", "I11",
        "I12", "I13",
    ]),
    el(4, S, E724, "wrong value"),
];

static IK5: &[Element] = &[
    el(1, R, E717, "verdict").codes(&["A", "E", "M", "R", "W", "X"]),
    el(2, S, E618, "first error").codes(SET_ERRORS),
    el(3, S, E618, "second error").codes(SET_ERRORS),
    el(4, S, E618, "third error").codes(SET_ERRORS),
    el(5, S, E618, "fourth error").codes(SET_ERRORS),
    el(6, S, E618, "fifth error").codes(SET_ERRORS),
];

static SET_ERRORS: Values = &[
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "15", "16", "17", "18",
    "19", "23", "24", "25", "26", "27", "I5", "I6",
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
