//! Benefit enrollment (834).
//!
//! The base standard only: what any guide of this set may narrow.

use super::super::row::{Guide, Loop, R, S, UNBOUNDED, inner};
use super::{may, must, must_up_to, table, up_to};

/// Benefit enrollment (834).
pub static GUIDE: Guide = Guide {
    id: "005010X220A1",
    also: &["005010X220"],
    set: "834",
    group: "BE",
    name: "benefit enrollment",
    table: table(
        "HEADER",
        R,
        1,
        "benefit enrollment",
        &[
            must("ST"),
            must("BGN"),
            up_to(UNBOUNDED, "REF"),
            up_to(UNBOUNDED, "DTP"),
            up_to(UNBOUNDED, "AMT"),
            up_to(UNBOUNDED, "QTY"),
            inner(&N1),
            inner(&INS),
            must("SE"),
        ],
    ),
};

static N1: Loop = table(
    "1000",
    R,
    UNBOUNDED,
    "party",
    &[must("N1"), up_to(2, "N2"), up_to(2, "N3"), may("N4"), up_to(3, "PER"), inner(&N1_ACT)],
);

static N1_ACT: Loop = table(
    "1100",
    S,
    10,
    "account",
    &[must("ACT"), up_to(5, "REF"), may("N3"), may("N4"), up_to(5, "PER"), may("DTP"), may("AMT")],
);

static INS: Loop = table(
    "2000",
    S,
    UNBOUNDED,
    "insured",
    &[
        must("INS"),
        must_up_to(UNBOUNDED, "REF"),
        up_to(UNBOUNDED, "DTP"),
        inner(&INS_NM1),
        inner(&INS_DSB),
        inner(&INS_HD),
        inner(&INS_LC),
        inner(&INS_FSA),
        inner(&INS_RP),
        inner(&INS_LS),
    ],
);

static INS_NM1: Loop = table(
    "2100",
    S,
    UNBOUNDED,
    "entity type",
    &[
        must("NM1"),
        may("PER"),
        may("N3"),
        may("N4"),
        may("DMG"),
        may("PM"),
        up_to(UNBOUNDED, "EC"),
        may("ICM"),
        up_to(10, "AMT"),
        may("HLH"),
        up_to(10, "HI"),
        up_to(UNBOUNDED, "LUI"),
    ],
);

static INS_DSB: Loop =
    table("2200", S, 4, "disability", &[must("DSB"), up_to(10, "DTP"), up_to(10, "AD1")]);

static INS_HD: Loop = table(
    "2300",
    S,
    99,
    "health coverage",
    &[
        must("HD"),
        up_to(10, "DTP"),
        up_to(3, "AMT"),
        up_to(5, "REF"),
        up_to(UNBOUNDED, "IDC"),
        inner(&INS_HD_LX),
        inner(&INS_HD_COB),
    ],
);

static INS_HD_LX: Loop = table(
    "2310",
    S,
    30,
    "provider",
    &[
        must("LX"),
        may("NM1"),
        up_to(3, "N1"),
        may("N2"),
        up_to(2, "N3"),
        up_to(2, "N4"),
        up_to(2, "PER"),
        may("PRV"),
        up_to(6, "DTP"),
        may("PLA"),
    ],
);

static INS_HD_COB: Loop = table(
    "2320",
    S,
    5,
    "coordination of benefits",
    &[must("COB"), up_to(UNBOUNDED, "REF"), up_to(2, "DTP"), inner(&INS_HD_COB_NM1)],
);

static INS_HD_COB_NM1: Loop = table(
    "2330",
    S,
    3,
    "other insurer",
    &[must("NM1"), may("N2"), up_to(2, "N3"), may("N4"), may("PER")],
);

static INS_LC: Loop = table(
    "2400",
    S,
    10,
    "life coverage",
    &[must("LC"), up_to(5, "AMT"), up_to(2, "DTP"), up_to(UNBOUNDED, "REF"), inner(&INS_LC_BEN)],
);

static INS_LC_BEN: Loop = table(
    "2410",
    S,
    20,
    "beneficiary or owner",
    &[must("BEN"), may("NM1"), may("N1"), may("N2"), may("N3"), may("N4"), may("DMG")],
);

static INS_FSA: Loop = table(
    "2500",
    S,
    5,
    "tax advantage account",
    &[must("FSA"), up_to(10, "AMT"), up_to(10, "DTP"), up_to(UNBOUNDED, "REF")],
);

static INS_RP: Loop = table(
    "2600",
    S,
    UNBOUNDED,
    "retirement product",
    &[
        must("RP"),
        up_to(UNBOUNDED, "DTP"),
        up_to(UNBOUNDED, "REF"),
        up_to(UNBOUNDED, "INV"),
        up_to(20, "AMT"),
        up_to(20, "QTY"),
        up_to(3, "K3"),
        may("REL"),
        inner(&INS_RP_NM1),
        inner(&INS_RP_FC),
        inner(&INS_RP_AIN),
    ],
);

static INS_RP_NM1: Loop = table(
    "2610",
    S,
    UNBOUNDED,
    "entity type",
    &[
        must("NM1"),
        may("N2"),
        may("DMG"),
        may("BEN"),
        up_to(UNBOUNDED, "REF"),
        inner(&INS_RP_NM1_NX1),
    ],
);

static INS_RP_NM1_NX1: Loop = table(
    "2620",
    S,
    UNBOUNDED,
    "property or entity",
    &[must("NX1"), may("N3"), may("N4"), up_to(UNBOUNDED, "DTP")],
);

static INS_RP_FC: Loop = table(
    "2630",
    S,
    UNBOUNDED,
    "financial contribution",
    &[must("FC"), up_to(UNBOUNDED, "DTP"), inner(&INS_RP_FC_INV)],
);

static INS_RP_FC_INV: Loop = table(
    "2640",
    S,
    UNBOUNDED,
    "investment vehicle",
    &[
        must("INV"),
        up_to(UNBOUNDED, "DTP"),
        up_to(UNBOUNDED, "QTY"),
        up_to(UNBOUNDED, "ENT"),
        up_to(UNBOUNDED, "REF"),
        up_to(20, "AMT"),
        up_to(3, "K3"),
    ],
);

static INS_RP_AIN: Loop = table(
    "2650",
    S,
    UNBOUNDED,
    "income",
    &[must("AIN"), up_to(UNBOUNDED, "QTY"), up_to(UNBOUNDED, "DTP")],
);

static INS_LS: Loop =
    table("2700", S, 1, "bounded loop", &[must("LS"), inner(&INS_LS_LX), must("LE")]);

static INS_LS_LX: Loop =
    table("2710", R, UNBOUNDED, "reporting category", &[must("LX"), inner(&INS_LS_LX_N1)]);

static INS_LS_LX_N1: Loop = table(
    "2750",
    S,
    UNBOUNDED,
    "reporting category in detail",
    &[must("N1"), up_to(16, "REF"), may("DTP")],
);
