//! Rows, loops and element lists that the claims' guides (837) share.
//!
//! What differs between the guides by one code or one letter stands in each guide's own file.

use super::elements::*;
use super::row::{Element, Loop, R, S, el, group, keyed, seg};
use super::shared::*;

/// BHT.
pub static BHT: &[Element] = &[
    el(1, R, E1005, "arrangement of levels").codes(&["0019"]),
    el(2, R, E353, "original or repeat").codes(&["00", "18"]),
    el(3, R, E127, "file number").at_most(30),
    el(4, R, E373, "date made"),
    el(5, R, E337, "time made"),
    el(6, R, E640, "claims or encounters").codes(&["31", "CH", "RP"]),
];

/// Who sends the file.
pub static SUBMITTER: Loop = Loop {
    id: "1000A",
    usage: R,
    repeat_max: 1,
    name: "submitter",
    rows: &[
        keyed("NM1", 1, &["41"], R, 1, "submitter", SENDER),
        seg("PER", R, 2, "submitter contact", CONTACT),
    ],
};

/// Who receives the file.
pub static RECEIVER: Loop = Loop {
    id: "1000B",
    usage: R,
    repeat_max: 1,
    name: "receiver",
    rows: &[keyed("NM1", 1, &["40"], R, 1, "receiver", RECEIVER_NAME)],
};

static RECEIVER_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["2"]),
    el(3, R, E1035, "receiver"),
    el(8, R, E66, "identifier qualifier").codes(&["46"]),
    el(9, R, E67, "trading partner identifier"),
];

/// PRV of the billing provider.
pub static PRV_BILLING: &[Element] = &[
    el(1, R, E1221, "part played").codes(&["BI"]),
    el(2, R, E128, "code list").codes(&["PXC"]),
    el(3, R, E127, "taxonomy").from_set("taxonomy"),
];

/// CUR.
pub static CUR: &[Element] = &[
    el(1, R, E98, "whose currency").codes(&["85"]),
    el(2, R, E100, "currency").from_set("currency"),
];

/// The plan that is paid in place of the billing provider.
pub static PAY_TO_PLAN: Loop = Loop {
    id: "2010AC",
    usage: S,
    repeat_max: 1,
    name: "pay-to plan",
    rows: &[
        keyed("NM1", 1, &["PE"], R, 1, "pay-to plan", PAYER),
        street(R, "pay-to plan street"),
        city(R, "pay-to plan city"),
        reference(&["2U", "FY", "NF"], S, 1, "pay-to plan other number"),
        reference(&["EI"], R, 1, "pay-to plan tax number"),
    ],
};

/// In which turn a payer pays.
pub static PAYER_TURNS: Values = &["A", "B", "C", "D", "E", "F", "G", "H", "P", "S", "T", "U"];

/// Kinds of plans.
pub static PLAN_KINDS: Values = &[
    "11", "12", "13", "14", "15", "16", "17", "AM", "BL", "CH", "CI", "DS", "FI", "HM", "LM", "MA",
    "MB", "MC", "OF", "TV", "VA", "WC", "ZZ",
];

/// NM1 of the subscriber.
pub static SUBSCRIBER_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, R, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, S, E66, "identifier qualifier").codes(&["II", "MI"]),
    el(9, S, E67, "member number"),
];

/// DMG.
pub static DMG: &[Element] = &[
    el(1, R, E1250, "date format").codes(&["D8"]),
    el(2, R, E1251, "date of birth"),
    el(3, R, E1068, "sex").codes(&["F", "M", "U"]),
];

/// HL of a patient who is not the subscriber.
pub static HL_PATIENT: &[Element] = &[
    el(1, R, E628, "level number"),
    el(2, R, E734, "level above"),
    el(3, R, E735, "kind of level"),
    el(4, R, E736, "has levels below").codes(&["0"]),
];

/// NM1 of a patient who is not the subscriber.
pub static PATIENT_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1"]),
    el(3, R, E1035, "last name"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
];

/// PWK.
pub static PWK: &[Element] = &[
    el(1, R, E755, "kind of document").codes(REPORT_KINDS),
    el(2, R, E756, "way it travels").codes(REPORT_WAYS),
    el(5, S, E66, "identifier qualifier").codes(&["AC"]),
    el(6, S, E67, "attachment control number").at_most(50),
];

/// Kinds of documents.
pub static REPORT_KINDS: Values = &[
    "03", "04", "05", "06", "07", "08", "09", "10", "11", "13", "15", "21", "A3", "A4", "AM", "AS",
    "B2", "B3", "B4", "BR", "BS", "BT", "CB", "CK", "CT", "D2", "DA", "DB", "DG", "DJ", "DS", "EB",
    "HC", "HR", "I5", "IR", "LA", "M1", "MT", "NN", "OB", "OC", "OD", "OE", "OX", "OZ", "P4", "P5",
    "PE", "PN", "PO", "PQ", "PY", "PZ", "RB", "RR", "RT", "RX", "SG", "V5", "XP",
];

/// Ways in which documents travel.
pub static REPORT_WAYS: Values = &["AA", "BM", "EL", "EM", "FT", "FX"];

/// CN1.
pub static CN1: &[Element] = &[
    el(1, R, E1166, "kind of contract").codes(CONTRACT_KINDS),
    el(2, S, E782, "contract amount"),
    el(3, S, E332, "contract percentage"),
    el(4, S, E127, "contract code"),
    el(5, S, E338, "discount percentage"),
    el(6, S, E799, "contract version"),
];

static CONTRACT_KINDS: Values = &["01", "02", "03", "04", "05", "06", "09"];

/// REF with the reason why a service was given without authorization.
pub static REF_EXCEPTION: &[Element] = &[
    el(1, R, E128, "which reference").codes(&["4N"]),
    el(2, R, E127, "reason").codes(&["1", "2", "3", "4", "5", "6", "7"]),
];

/// K3.
pub static K3: &[Element] = &[el(1, R, E449, "fixed-format text")];

/// NTE.
pub static NTE: &[Element] = &[el(1, R, E363, "about"), el(2, R, E352, "note")];

/// CRC with the referral out of a child screening.
pub static CRC_SCREENING: &[Element] = &[
    el(1, R, E1136, "about").codes(&["ZZ"]),
    el(2, R, E1073, "referral given").codes(&["N", "Y"]),
    el(3, R, E1321, "first condition").codes(&["AV", "NU", "S2", "ST"]),
    el(4, S, E1321, "second condition").codes(&["AV", "NU", "S2", "ST"]),
    el(5, S, E1321, "third condition").codes(&["AV", "NU", "S2", "ST"]),
];

/// Why a repricer rejected a claim or line.
pub static PRICING_REJECTS: Values = &["T1", "T2", "T3", "T4", "T5", "T6"];

/// CAS of another payer.
pub static CAS: &[Element] = &adjustments(&["CO", "CR", "OA", "PI", "PR"]);

/// NM1 of the subscriber of another payer.
pub static OTHER_SUBSCRIBER_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, R, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, R, E66, "identifier qualifier").codes(&["II", "MI"]),
    el(9, R, E67, "member number"),
];

/// REF that says that another payer adjusted the claim.
pub static REF_ADJUSTED: &[Element] =
    &[el(1, R, E128, "which reference").codes(&["T4"]), el(2, R, E127, "adjusted").codes(&["Y"])];

/// LX.
pub static LX: &[Element] = &[el(1, R, E554, "line number")];

/// REF with the line control number.
pub static REF_LINE: &[Element] = &[
    el(1, R, E128, "which reference").codes(&["6R"]),
    el(2, R, E127, "line control number").at_most(30),
];

/// CTP of a drug.
pub static CTP: &[Element] = &[el(4, R, E380, "drug quantity"), group(5, R, "unit", C001)];

static C001: &[Element] = &[el(1, R, E355, "unit").codes(&["F2", "GR", "ME", "ML", "UN"])];
