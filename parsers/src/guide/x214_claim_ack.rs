//! 005010X214, the claim acknowledgment (277CA).
//!
//! Read it beside the guide: loops in order, one line for each element. A position that is left
//! out is "not used". The names are ours.

use super::elements::*;
use super::row::{Element, Guide, Loop, R, S, UNBOUNDED, el, group, inner, keyed, seg};
use super::shared::*;

/// The claim acknowledgment.
pub static GUIDE: Guide = Guide {
    id: "005010X214",
    also: &["X214"],
    set: "277",
    group: "HN",
    name: "claim acknowledgment",
    table: Loop {
        id: "HEADER",
        usage: R,
        repeat_max: 1,
        name: "claim acknowledgment",
        rows: &[
            seg("ST", R, 1, "start of the transaction set", ST),
            seg("BHT", R, 1, "purpose and date of the file", BHT),
            inner(&SOURCE_LEVEL),
            trailer(),
        ],
    },
};

static ST: &[Element] = &[
    el(1, R, E143, "transaction set").codes(&["277"]),
    el(2, R, E329, "transaction set control number"),
    el(3, R, E1705, "guide").codes(&["005010X214"]),
];

static BHT: &[Element] = &[
    el(1, R, E1005, "arrangement of levels").codes(&["0085"]),
    el(2, R, E353, "purpose").codes(&["08"]),
    el(3, R, E127, "file number").at_most(30),
    el(4, R, E373, "date made"),
    el(5, R, E337, "time made"),
    el(6, R, E640, "kind of transaction").codes(&["TH"]),
];

// Who answers. Levels nest: receivers stand under their source, providers under their receiver,
// patients under their provider.

static SOURCE_LEVEL: Loop = Loop {
    id: "2000A",
    usage: R,
    repeat_max: 1,
    name: "source level",
    rows: &[
        keyed("HL", 3, &["20"], R, 1, "source level", HL_TOP),
        inner(&SOURCE),
        inner(&SOURCE_RECEIPT),
        inner(&RECEIVER_LEVEL),
    ],
};

static SOURCE: Loop = Loop {
    id: "2100A",
    usage: R,
    repeat_max: 1,
    name: "source",
    rows: &[keyed("NM1", 1, &["AY", "PR"], R, 1, "clearinghouse or payer", SOURCE_NAME)],
};

static SOURCE_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["2"]),
    el(3, R, E1035, "clearinghouse or payer"),
    el(8, R, E66, "identifier qualifier").codes(&["46", "FI", "PI", "XV"]),
    el(9, R, E67, "source identifier"),
];

static SOURCE_RECEIPT: Loop = Loop {
    id: "2200A",
    usage: R,
    repeat_max: 1,
    name: "receipt by the source",
    rows: &[
        seg("TRN", R, 1, "source trace number", TRN_SOURCE),
        date(&["050"], R, 1, "received by the source"),
        date(&["009"], R, 1, "processed by the source"),
    ],
};

static TRN_SOURCE: &[Element] =
    &[el(1, R, E481, "kind of trace").codes(&["1"]), el(2, R, E127, "trace number")];

// Who is answered: the sender of the claims.

static RECEIVER_LEVEL: Loop = Loop {
    id: "2000B",
    usage: R,
    repeat_max: 1,
    name: "receiver level",
    rows: &[
        keyed("HL", 3, &["21"], R, 1, "receiver level", HL_MIDDLE),
        inner(&RECEIVER),
        inner(&BATCH),
        inner(&PROVIDER_LEVEL),
    ],
};

static RECEIVER: Loop = Loop {
    id: "2100B",
    usage: R,
    repeat_max: 1,
    name: "receiver",
    rows: &[keyed("NM1", 1, &["41"], R, 1, "receiver", SENDER)],
};

static BATCH: Loop = Loop {
    id: "2200B",
    usage: R,
    repeat_max: 1,
    name: "batch answered",
    rows: &[
        seg("TRN", R, 1, "batch number", TRN_ANSWERED),
        seg("STC", R, UNBOUNDED, "batch status", STC_BATCH),
        quantity(&["90"], S, 1, "claims accepted"),
        quantity(&["AA"], S, 1, "claims rejected"),
        amount(&["YU"], S, 1, "charges accepted"),
        amount(&["YY"], S, 1, "charges rejected"),
    ],
};

static TRN_ANSWERED: &[Element] = &[
    el(1, R, E481, "kind of trace").codes(&["2"]),
    el(2, R, E127, "number given by the receiver"),
];

static STC_BATCH: &[Element] = &[
    group(1, R, "status", C043_BATCH),
    el(2, R, E373, "status date"),
    el(3, R, E306, "action").codes(&["U", "WQ"]),
    el(4, R, E782, "total charge"),
    group(10, S, "second status", C043_BATCH),
    group(11, S, "third status", C043_BATCH),
];

static C043_BATCH: &[Element] = &[
    el(1, R, E1271, "status category").from_set("claim-status-category"),
    el(2, R, E1271, "status").from_set("claim-status"),
    el(3, S, E98, "about whom").codes(&["36", "40", "41", "AY", "PR"]),
];

static PROVIDER_LEVEL: Loop = Loop {
    id: "2000C",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "billing provider level",
    rows: &[
        keyed("HL", 3, &["19"], R, 1, "billing provider level", HL_MIDDLE),
        inner(&BILLING_PROVIDER),
        inner(&PROVIDER_STATUS),
        inner(&PATIENT_LEVEL),
    ],
};

static BILLING_PROVIDER: Loop = Loop {
    id: "2100C",
    usage: R,
    repeat_max: 1,
    name: "billing provider",
    rows: &[keyed("NM1", 1, &["85"], R, 1, "billing provider", BILLING_PROVIDER_NAME)],
};

static BILLING_PROVIDER_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, R, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, R, E66, "identifier qualifier").codes(&["FI", "SV", "XX"]),
    el(9, R, E67, "billing provider identifier"),
];

static PROVIDER_STATUS: Loop = Loop {
    id: "2200C",
    usage: S,
    repeat_max: 1,
    name: "status of the billing provider",
    rows: &[
        seg("TRN", R, 1, "billing provider trace number", TRN_SOURCE),
        seg("STC", S, UNBOUNDED, "billing provider status", STC_PROVIDER),
        reference(&["0B", "1G", "G2", "LU", "SY", "TJ"], S, 3, "billing provider other number"),
        quantity(&["QA"], S, 1, "claims accepted"),
        quantity(&["QC"], S, 1, "claims rejected"),
        amount(&["YU"], S, 1, "charges accepted"),
        amount(&["YY"], S, 1, "charges rejected"),
    ],
};

static STC_PROVIDER: &[Element] = &[
    group(1, R, "status", C043_PROVIDER),
    el(3, R, E306, "action").codes(&["U", "WQ"]),
    el(4, R, E782, "total charge"),
    group(10, S, "second status", C043_PROVIDER),
    group(11, S, "third status", C043_PROVIDER),
];

static C043_PROVIDER: &[Element] = &[
    el(1, R, E1271, "status category").from_set("claim-status-category"),
    el(2, R, E1271, "status").from_set("claim-status"),
    el(3, S, E98, "about whom").codes(&["36", "40", "41", "77", "82", "85", "87", "AY", "PR"]),
];

// Claims stand under their patient.

static PATIENT_LEVEL: Loop = Loop {
    id: "2000D",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "patient level",
    rows: &[
        keyed("HL", 3, &["PT"], R, 1, "patient level", HL_PATIENT),
        inner(&PATIENT),
        inner(&CLAIM_STATUS),
    ],
};

static HL_PATIENT: &[Element] = &[
    el(1, R, E628, "level number"),
    el(2, R, E734, "level above"),
    el(3, R, E735, "kind of level"),
];

static PATIENT: Loop = Loop {
    id: "2100D",
    usage: R,
    repeat_max: 1,
    name: "patient",
    rows: &[keyed("NM1", 1, &["QC"], R, 1, "patient", PATIENT_NAME)],
};

static PATIENT_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1"]),
    el(3, R, E1035, "last name"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, R, E66, "identifier qualifier").codes(&["II", "MI"]),
    el(9, R, E67, "member number"),
];

/// What the source says about one claim.
pub static CLAIM_STATUS: Loop = Loop {
    id: "2200D",
    usage: R,
    repeat_max: UNBOUNDED,
    name: "claim status",
    rows: &[
        seg("TRN", R, 1, "patient control number", TRN_ANSWERED),
        seg("STC", R, UNBOUNDED, "claim status", STC_CLAIM),
        reference(&["1K"], S, 3, "payer claim control number"),
        reference(&["D9"], S, 3, "clearinghouse trace number"),
        reference(&["BLT"], S, 3, "type of bill"),
        date_or_range(&["472"], R, 1, "service"),
        inner(&LINE_STATUS),
    ],
};

static STC_CLAIM: &[Element] = &[
    group(1, R, "status", C043_CLAIM),
    el(2, R, E373, "status date"),
    el(3, R, E306, "action").codes(&["U", "WQ"]),
    el(4, R, E782, "total charge"),
    group(10, S, "second status", C043_CLAIM),
    group(11, S, "third status", C043_CLAIM),
    el(12, S, E933, "message"),
];

static C043_CLAIM: &[Element] = &[
    el(1, R, E1271, "status category").from_set("claim-status-category"),
    el(2, R, E1271, "status").from_set("claim-status"),
    el(3, S, E98, "about whom").codes(CLAIM_PARTIES),
];

static CLAIM_PARTIES: Values = &[
    "03", "1P", "1Z", "40", "41", "71", "72", "73", "77", "82", "85", "87", "DK", "DN", "DQ", "FA",
    "GB", "HK", "IL", "LI", "MSC", "PR", "PRP", "QB", "QC", "QD", "SEP", "TL", "TTP", "TU",
];

/// What the source says about one service line.
pub static LINE_STATUS: Loop = Loop {
    id: "2220D",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "line status",
    rows: &[
        seg("SVC", R, 1, "service line", SVC),
        seg("STC", R, UNBOUNDED, "line status", STC_LINE),
        reference(&["FJ"], R, 1, "line control number"),
        reference(&["XZ"], S, 1, "prescription number"),
        date_or_range(&["472"], S, 1, "service"),
    ],
};

static SVC: &[Element] = &[
    group(1, R, "procedure", C003),
    el(2, R, E782, "line charge"),
    el(4, S, E234, "revenue code"),
    el(7, S, E380, "units"),
];

static C003: &[Element] = &[
    el(1, R, E235, "code list").codes(&["AD", "ER", "HC", "HP", "IV", "NU", "WK"]),
    el(2, R, E234, "procedure"),
    el(3, S, E1339, "first modifier"),
    el(4, S, E1339, "second modifier"),
    el(5, S, E1339, "third modifier"),
    el(6, S, E1339, "fourth modifier"),
];

static STC_LINE: &[Element] = &[
    group(1, R, "status", C043_CLAIM),
    el(3, R, E306, "action").codes(&["U"]),
    group(10, S, "second status", C043_CLAIM),
    group(11, S, "third status", C043_CLAIM),
    el(12, S, E933, "message"),
];
