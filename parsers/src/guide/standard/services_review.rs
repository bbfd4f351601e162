//! Services review, the request and the response alike (278).
//!
//! The base standard only: what any guide of this set may narrow.

use super::super::row::{Guide, Loop, R, S, UNBOUNDED, inner};
use super::{may, must, table, up_to};

/// Services review (278).
pub static GUIDE: Guide = Guide {
    id: "005010X217",
    also: &[],
    set: "278",
    group: "HI",
    name: "services review",
    table: table(
        "HEADER",
        R,
        1,
        "services review",
        &[must("ST"), must("BHT"), inner(&HL), must("SE")],
    ),
};

static HL: Loop = table(
    "2000",
    R,
    UNBOUNDED,
    "level",
    &[
        must("HL"),
        up_to(9, "TRN"),
        up_to(9, "AAA"),
        may("UM"),
        may("HCR"),
        up_to(9, "REF"),
        up_to(9, "DTP"),
        may("HI"),
        may("SV1"),
        may("SV2"),
        may("SV3"),
        up_to(32, "TOO"),
        may("HSD"),
        up_to(9, "CRC"),
        may("CL1"),
        may("CR1"),
        may("CR2"),
        may("CR4"),
        may("CR5"),
        may("CR6"),
        may("CR7"),
        may("CR8"),
        up_to(UNBOUNDED, "PWK"),
        may("MSG"),
        inner(&HL_NM1),
    ],
);

static HL_NM1: Loop = table(
    "2010",
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
        up_to(9, "DTP"),
    ],
);
