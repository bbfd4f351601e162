//! Premium payment (820).
//!
//! The base standard only: what any guide of this set may narrow.

use super::super::row::{Guide, Loop, R, S, UNBOUNDED, inner};
use super::{may, must, must_up_to, table, up_to};

/// Premium payment (820).
pub static GUIDE: Guide = Guide {
    id: "005010X218",
    also: &["005010X218A1"],
    set: "820",
    group: "RA",
    name: "premium payment",
    table: table(
        "HEADER",
        R,
        1,
        "premium payment",
        &[
            must("ST"),
            must("BPR"),
            up_to(UNBOUNDED, "NTE"),
            may("TRN"),
            may("CUR"),
            up_to(UNBOUNDED, "REF"),
            up_to(UNBOUNDED, "DTM"),
            inner(&N1),
            inner(&ENT),
            inner(&TXP),
            inner(&DED),
            inner(&LX),
            inner(&N9),
            inner(&RYL),
            must("SE"),
        ],
    ),
};

static N1: Loop = table(
    "N1",
    S,
    UNBOUNDED,
    "party",
    &[
        must("N1"),
        up_to(UNBOUNDED, "N2"),
        up_to(UNBOUNDED, "N3"),
        may("N4"),
        up_to(UNBOUNDED, "REF"),
        up_to(UNBOUNDED, "PER"),
        may("RDM"),
        may("DTM"),
    ],
);

static ENT: Loop = table(
    "ENT",
    S,
    UNBOUNDED,
    "entity",
    &[must("ENT"), inner(&ENT_FA1), inner(&ENT_NM1), inner(&ENT_ADX), inner(&ENT_RMR)],
);

static ENT_FA1: Loop =
    table("FA1", S, UNBOUNDED, "accounting", &[must("FA1"), must_up_to(UNBOUNDED, "FA2")]);

static ENT_NM1: Loop = table(
    "NM1",
    S,
    UNBOUNDED,
    "entity type",
    &[
        must("NM1"),
        up_to(UNBOUNDED, "N2"),
        up_to(UNBOUNDED, "N3"),
        may("N4"),
        up_to(UNBOUNDED, "REF"),
        up_to(UNBOUNDED, "PER"),
    ],
);

static ENT_ADX: Loop = table(
    "ADX",
    S,
    UNBOUNDED,
    "adjustment",
    &[
        must("ADX"),
        up_to(UNBOUNDED, "NTE"),
        up_to(UNBOUNDED, "PER"),
        may("DTM"),
        inner(&ENT_ADX_REF),
        inner(&ENT_ADX_IT1),
        inner(&ENT_ADX_FA1),
    ],
);

static ENT_ADX_REF: Loop =
    table("REF", S, UNBOUNDED, "reference", &[must("REF"), up_to(UNBOUNDED, "DTM")]);

static ENT_ADX_IT1: Loop = table(
    "IT1",
    S,
    UNBOUNDED,
    "item",
    &[
        must("IT1"),
        may("RPA"),
        may("QTY"),
        inner(&ENT_ADX_IT1_REF),
        inner(&ENT_ADX_IT1_SAC),
        inner(&ENT_ADX_IT1_SLN),
    ],
);

static ENT_ADX_IT1_REF: Loop = table("REF", S, UNBOUNDED, "reference", &[must("REF"), may("DTM")]);

static ENT_ADX_IT1_SAC: Loop = table(
    "SAC",
    S,
    UNBOUNDED,
    "allowance or charge",
    &[must("SAC"), up_to(UNBOUNDED, "TXI"), up_to(10, "DTM")],
);

static ENT_ADX_IT1_SLN: Loop = table(
    "SLN",
    S,
    UNBOUNDED,
    "part of an item",
    &[must("SLN"), inner(&ENT_ADX_IT1_SLN_REF), inner(&ENT_ADX_IT1_SLN_SAC)],
);

static ENT_ADX_IT1_SLN_REF: Loop =
    table("REF", S, UNBOUNDED, "reference", &[must("REF"), up_to(UNBOUNDED, "DTM")]);

static ENT_ADX_IT1_SLN_SAC: Loop =
    table("SAC", S, UNBOUNDED, "allowance or charge", &[must("SAC"), up_to(UNBOUNDED, "TXI")]);

static ENT_ADX_FA1: Loop =
    table("FA1", S, UNBOUNDED, "accounting", &[must("FA1"), must_up_to(UNBOUNDED, "FA2")]);

static ENT_RMR: Loop = table(
    "RMR",
    S,
    UNBOUNDED,
    "open item",
    &[
        must("RMR"),
        up_to(UNBOUNDED, "NTE"),
        up_to(UNBOUNDED, "REF"),
        up_to(UNBOUNDED, "DTM"),
        may("VEH"),
        inner(&ENT_RMR_IT1),
        inner(&ENT_RMR_ADX),
        inner(&ENT_RMR_FA1),
    ],
);

static ENT_RMR_IT1: Loop = table(
    "IT1",
    S,
    UNBOUNDED,
    "item",
    &[
        must("IT1"),
        may("RPA"),
        may("QTY"),
        inner(&ENT_RMR_IT1_REF),
        inner(&ENT_RMR_IT1_SAC),
        inner(&ENT_RMR_IT1_SLN),
    ],
);

static ENT_RMR_IT1_REF: Loop = table("REF", S, UNBOUNDED, "reference", &[must("REF"), may("DTM")]);

static ENT_RMR_IT1_SAC: Loop =
    table("SAC", S, UNBOUNDED, "allowance or charge", &[must("SAC"), up_to(UNBOUNDED, "TXI")]);

static ENT_RMR_IT1_SLN: Loop = table(
    "SLN",
    S,
    UNBOUNDED,
    "part of an item",
    &[must("SLN"), inner(&ENT_RMR_IT1_SLN_REF), inner(&ENT_RMR_IT1_SLN_SAC)],
);

static ENT_RMR_IT1_SLN_REF: Loop =
    table("REF", S, UNBOUNDED, "reference", &[must("REF"), up_to(UNBOUNDED, "DTM")]);

static ENT_RMR_IT1_SLN_SAC: Loop =
    table("SAC", S, UNBOUNDED, "allowance or charge", &[must("SAC"), up_to(UNBOUNDED, "TXI")]);

static ENT_RMR_ADX: Loop = table(
    "ADX",
    S,
    UNBOUNDED,
    "adjustment",
    &[
        must("ADX"),
        up_to(UNBOUNDED, "NTE"),
        up_to(UNBOUNDED, "PER"),
        inner(&ENT_RMR_ADX_REF),
        inner(&ENT_RMR_ADX_IT1),
    ],
);

static ENT_RMR_ADX_REF: Loop =
    table("REF", S, UNBOUNDED, "reference", &[must("REF"), up_to(UNBOUNDED, "DTM")]);

static ENT_RMR_ADX_IT1: Loop = table(
    "IT1",
    S,
    UNBOUNDED,
    "item",
    &[
        must("IT1"),
        may("RPA"),
        may("QTY"),
        inner(&ENT_RMR_ADX_IT1_REF),
        inner(&ENT_RMR_ADX_IT1_SAC),
        inner(&ENT_RMR_ADX_IT1_SLN),
    ],
);

static ENT_RMR_ADX_IT1_REF: Loop =
    table("REF", S, UNBOUNDED, "reference", &[must("REF"), may("DTM")]);

static ENT_RMR_ADX_IT1_SAC: Loop = table(
    "SAC",
    S,
    UNBOUNDED,
    "allowance or charge",
    &[must("SAC"), up_to(UNBOUNDED, "TXI"), up_to(10, "DTM")],
);

static ENT_RMR_ADX_IT1_SLN: Loop = table(
    "SLN",
    S,
    UNBOUNDED,
    "part of an item",
    &[must("SLN"), inner(&ENT_RMR_ADX_IT1_SLN_REF), inner(&ENT_RMR_ADX_IT1_SLN_SAC)],
);

static ENT_RMR_ADX_IT1_SLN_REF: Loop =
    table("REF", S, UNBOUNDED, "reference", &[must("REF"), up_to(UNBOUNDED, "DTM")]);

static ENT_RMR_ADX_IT1_SLN_SAC: Loop =
    table("SAC", S, UNBOUNDED, "allowance or charge", &[must("SAC"), up_to(UNBOUNDED, "TXI")]);

static ENT_RMR_FA1: Loop =
    table("FA1", S, UNBOUNDED, "accounting", &[must("FA1"), must_up_to(UNBOUNDED, "FA2")]);

static TXP: Loop = table(
    "TXP",
    S,
    UNBOUNDED,
    "tax payment",
    &[must("TXP"), up_to(UNBOUNDED, "TXI"), up_to(UNBOUNDED, "REF"), up_to(UNBOUNDED, "DTM")],
);

static DED: Loop = table("DED", S, UNBOUNDED, "deductions", &[must("DED")]);

static LX: Loop = table(
    "LX",
    S,
    UNBOUNDED,
    "line",
    &[must("LX"), up_to(UNBOUNDED, "REF"), up_to(UNBOUNDED, "TRN"), inner(&LX_NM1)],
);

static LX_NM1: Loop = table(
    "NM1",
    S,
    UNBOUNDED,
    "entity type",
    &[must("NM1"), up_to(UNBOUNDED, "REF"), may("G53"), inner(&LX_NM1_AIN), inner(&LX_NM1_PEN)],
);

static LX_NM1_AIN: Loop = table(
    "AIN",
    S,
    UNBOUNDED,
    "income",
    &[must("AIN"), up_to(UNBOUNDED, "QTY"), up_to(UNBOUNDED, "DTP")],
);

static LX_NM1_PEN: Loop = table(
    "PEN",
    S,
    UNBOUNDED,
    "pension",
    &[must("PEN"), up_to(UNBOUNDED, "AMT"), up_to(UNBOUNDED, "DTP"), inner(&LX_NM1_PEN_INV)],
);

static LX_NM1_PEN_INV: Loop =
    table("INV", S, UNBOUNDED, "investment vehicle", &[must("INV"), up_to(UNBOUNDED, "DTP")]);

static N9: Loop = table(
    "N9",
    S,
    UNBOUNDED,
    "reference with date",
    &[must("N9"), up_to(UNBOUNDED, "REF"), inner(&N9_AMT), inner(&N9_N1)],
);

static N9_AMT: Loop = table("AMT", S, UNBOUNDED, "amount", &[must("AMT"), up_to(UNBOUNDED, "REF")]);

static N9_N1: Loop =
    table("N1", S, UNBOUNDED, "party", &[must("N1"), up_to(UNBOUNDED, "REF"), inner(&N9_N1_EMS)]);

static N9_N1_EMS: Loop = table(
    "EMS",
    S,
    UNBOUNDED,
    "employment position",
    &[must("EMS"), up_to(UNBOUNDED, "ATN"), up_to(UNBOUNDED, "AIN"), up_to(UNBOUNDED, "PYD")],
);

static RYL: Loop = table("RYL", S, UNBOUNDED, "royalty", &[must("RYL"), inner(&RYL_NM1)]);

static RYL_NM1: Loop = table(
    "NM1",
    S,
    UNBOUNDED,
    "entity type",
    &[must("NM1"), inner(&RYL_NM1_LOC), inner(&RYL_NM1_ASM)],
);

static RYL_NM1_LOC: Loop =
    table("LOC", S, UNBOUNDED, "location", &[must("LOC"), inner(&RYL_NM1_LOC_PID)]);

static RYL_NM1_LOC_PID: Loop =
    table("PID", S, UNBOUNDED, "product", &[must("PID"), may("DTM"), inner(&RYL_NM1_LOC_PID_PCT)]);

static RYL_NM1_LOC_PID_PCT: Loop = table(
    "PCT",
    S,
    UNBOUNDED,
    "percentage",
    &[must("PCT"), may("QTY"), inner(&RYL_NM1_LOC_PID_PCT_AMT)],
);

static RYL_NM1_LOC_PID_PCT_AMT: Loop =
    table("AMT", S, UNBOUNDED, "amount", &[must("AMT"), up_to(UNBOUNDED, "ADX")]);

static RYL_NM1_ASM: Loop = table("ASM", S, 1, "settlement", &[must("ASM"), may("ADX")]);
