//! Claim status: the request (276) and the response (277).
//!
//! The base standard only: what any guide of this set may narrow.

use super::super::row::{Guide, Loop, R, S, UNBOUNDED, inner};
use super::{may, must, table, up_to};

/// Claim status request (276).
pub static REQUEST_GUIDE: Guide = Guide {
    id: "005010X212",
    also: &[],
    set: "276",
    group: "HR",
    name: "claim status request",
    table: table(
        "HEADER",
        R,
        1,
        "claim status request",
        &[
            must("ST"),
            must("BHT"),
            up_to(10, "REF"),
            inner(&REQUEST_NM1),
            inner(&REQUEST_HL),
            must("SE"),
        ],
    ),
};

static REQUEST_NM1: Loop = table(
    "1000",
    S,
    UNBOUNDED,
    "person or organization of the header",
    &[must("NM1"), up_to(2, "N2"), up_to(2, "N3"), may("N4"), up_to(2, "REF"), may("PER")],
);

static REQUEST_HL: Loop = table(
    "2000",
    R,
    UNBOUNDED,
    "level",
    &[
        must("HL"),
        may("SBR"),
        may("PAT"),
        may("DMG"),
        inner(&REQUEST_HL_NM1),
        inner(&REQUEST_HL_TRN),
    ],
);

static REQUEST_HL_NM1: Loop = table(
    "2100",
    S,
    UNBOUNDED,
    "entity type",
    &[must("NM1"), up_to(2, "N3"), may("N4"), may("PER")],
);

static REQUEST_HL_TRN: Loop = table(
    "2200",
    S,
    UNBOUNDED,
    "claim",
    &[must("TRN"), up_to(9, "REF"), may("AMT"), up_to(2, "DTP"), inner(&REQUEST_HL_TRN_SVC)],
);

static REQUEST_HL_TRN_SVC: Loop =
    table("2210", S, UNBOUNDED, "service", &[must("SVC"), may("REF"), may("DTP")]);

/// Claim status response (277).
pub static RESPONSE_GUIDE: Guide = Guide {
    id: "005010X212",
    also: &[],
    set: "277",
    group: "HN",
    name: "claim status response",
    table: table(
        "HEADER",
        R,
        1,
        "claim status response",
        &[
            must("ST"),
            must("BHT"),
            up_to(10, "REF"),
            inner(&RESPONSE_NM1),
            inner(&RESPONSE_HL),
            must("SE"),
        ],
    ),
};

static RESPONSE_NM1: Loop = table(
    "1000",
    S,
    UNBOUNDED,
    "person or organization of the header",
    &[must("NM1"), up_to(2, "N2"), up_to(2, "N3"), may("N4"), up_to(2, "REF"), may("PER")],
);

static RESPONSE_HL: Loop = table(
    "2000",
    R,
    UNBOUNDED,
    "level",
    &[
        must("HL"),
        may("SBR"),
        may("PAT"),
        may("DMG"),
        inner(&RESPONSE_HL_NM1),
        inner(&RESPONSE_HL_TRN),
    ],
);

static RESPONSE_HL_NM1: Loop = table(
    "2100",
    S,
    UNBOUNDED,
    "entity type",
    &[must("NM1"), up_to(2, "N3"), may("N4"), may("PER")],
);

static RESPONSE_HL_TRN: Loop = table(
    "2200",
    S,
    UNBOUNDED,
    "claim",
    &[
        must("TRN"),
        up_to(UNBOUNDED, "STC"),
        up_to(UNBOUNDED, "REF"),
        up_to(2, "DTP"),
        up_to(5, "QTY"),
        up_to(5, "AMT"),
        inner(&RESPONSE_HL_TRN_PWK),
        inner(&RESPONSE_HL_TRN_SVC),
    ],
);

static RESPONSE_HL_TRN_PWK: Loop = table(
    "2210",
    S,
    UNBOUNDED,
    "papers on the claim",
    &[must("PWK"), may("PER"), may("N1"), may("N3"), may("N4")],
);

static RESPONSE_HL_TRN_SVC: Loop = table(
    "2220",
    S,
    UNBOUNDED,
    "service",
    &[
        must("SVC"),
        up_to(UNBOUNDED, "STC"),
        may("REF"),
        may("DTP"),
        inner(&RESPONSE_HL_TRN_SVC_PWK),
    ],
);

static RESPONSE_HL_TRN_SVC_PWK: Loop = table(
    "2225",
    S,
    UNBOUNDED,
    "papers on the service",
    &[must("PWK"), may("PER"), may("N1"), may("N2"), may("N3"), may("N4")],
);
