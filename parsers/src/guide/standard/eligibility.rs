//! Eligibility: the inquiry (270) and the answer (271).
//!
//! The base standard only: what any guide of this set may narrow.

use super::super::row::{Guide, Loop, R, S, UNBOUNDED, inner};
use super::{may, must, table, up_to};

/// Eligibility inquiry (270).
pub static INQUIRY_GUIDE: Guide = Guide {
    id: "005010X279A1",
    also: &["005010X279"],
    set: "270",
    group: "HS",
    name: "eligibility inquiry",
    table: table(
        "HEADER",
        R,
        1,
        "eligibility inquiry",
        &[must("ST"), must("BHT"), inner(&INQUIRY_HL), must("SE")],
    ),
};

static INQUIRY_HL: Loop =
    table("2000", R, UNBOUNDED, "level", &[must("HL"), up_to(9, "TRN"), inner(&INQUIRY_HL_NM1)]);

static INQUIRY_HL_NM1: Loop = table(
    "2100",
    R,
    UNBOUNDED,
    "entity type",
    &[
        must("NM1"),
        up_to(9, "REF"),
        may("N2"),
        may("N3"),
        may("N4"),
        up_to(3, "PER"),
        may("PRV"),
        may("DMG"),
        may("INS"),
        may("HI"),
        up_to(9, "DTP"),
        up_to(9, "MPI"),
        inner(&INQUIRY_HL_NM1_EQ),
    ],
);

static INQUIRY_HL_NM1_EQ: Loop = table(
    "2110",
    S,
    99,
    "eligibility or benefit asked for",
    &[
        must("EQ"),
        up_to(2, "AMT"),
        may("VEH"),
        may("PDR"),
        may("PDP"),
        up_to(10, "III"),
        may("REF"),
        up_to(9, "DTP"),
    ],
);

/// Eligibility answer (271).
pub static ANSWER_GUIDE: Guide = Guide {
    id: "005010X279A1",
    also: &["005010X279"],
    set: "271",
    group: "HB",
    name: "eligibility answer",
    table: table(
        "HEADER",
        R,
        1,
        "eligibility answer",
        &[must("ST"), must("BHT"), inner(&ANSWER_HL), must("SE")],
    ),
};

static ANSWER_HL: Loop = table(
    "2000",
    R,
    UNBOUNDED,
    "level",
    &[must("HL"), up_to(9, "TRN"), up_to(9, "AAA"), inner(&ANSWER_HL_NM1)],
);

static ANSWER_HL_NM1: Loop = table(
    "2100",
    S,
    UNBOUNDED,
    "entity type",
    &[
        must("NM1"),
        up_to(9, "REF"),
        may("N2"),
        may("N3"),
        may("N4"),
        up_to(3, "PER"),
        up_to(9, "AAA"),
        may("PRV"),
        may("DMG"),
        may("INS"),
        may("HI"),
        up_to(9, "DTP"),
        up_to(9, "LUI"),
        up_to(9, "MPI"),
        inner(&ANSWER_HL_NM1_EB),
    ],
);

static ANSWER_HL_NM1_EB: Loop = table(
    "2110",
    S,
    UNBOUNDED,
    "eligibility or benefit",
    &[
        must("EB"),
        up_to(9, "HSD"),
        up_to(9, "REF"),
        up_to(20, "DTP"),
        up_to(9, "AAA"),
        may("VEH"),
        may("PID"),
        may("PDR"),
        may("PDP"),
        may("LIN"),
        may("EM"),
        may("SD1"),
        may("PKD"),
        up_to(10, "MSG"),
        inner(&ANSWER_HL_NM1_EB_III),
        inner(&ANSWER_HL_NM1_EB_LS),
    ],
);

static ANSWER_HL_NM1_EB_III: Loop = table(
    "2115",
    S,
    UNBOUNDED,
    "further information",
    &[
        must("III"),
        up_to(5, "DTP"),
        up_to(5, "AMT"),
        up_to(5, "PCT"),
        inner(&ANSWER_HL_NM1_EB_III_LQ),
    ],
);

static ANSWER_HL_NM1_EB_III_LQ: Loop = table(
    "2117",
    S,
    UNBOUNDED,
    "code from a list",
    &[must("LQ"), up_to(5, "AMT"), up_to(5, "PCT")],
);

static ANSWER_HL_NM1_EB_LS: Loop =
    table("2120", S, 1, "bounded loop", &[must("LS"), inner(&ANSWER_HL_NM1_EB_LS_NM1), must("LE")]);

static ANSWER_HL_NM1_EB_LS_NM1: Loop = table(
    "2120",
    R,
    UNBOUNDED,
    "entity that the benefit concerns",
    &[must("NM1"), may("N2"), may("N3"), may("N4"), up_to(3, "PER"), may("PRV")],
);
