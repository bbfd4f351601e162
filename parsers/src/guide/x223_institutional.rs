//! 005010X223A2 and A3, the institutional claim (837I).
//!
//! Read it beside the guide: loops in order, one line for each element. A position that is left
//! out is "not used". The names are ours.
//!
//! A3 is held to the same table: it asks for the kind of plan (SBR09) in every SBR, and A2 in some.

use super::elements::*;
use super::row::{Element, Guide, Loop, R, S, UNBOUNDED, el, group, inner, keyed, seg};
use super::shared::*;
use super::shared_claims::*;

/// The institutional claim.
pub static GUIDE: Guide = Guide {
    id: "005010X223A2",
    also: &["005010X223", "005010X223A1", "005010X223A3", "X223", "X223A1", "X223A2", "X223A3"],
    set: "837",
    group: "HC",
    name: "institutional claim",
    table: Loop {
        id: "HEADER",
        usage: R,
        repeat_max: 1,
        name: "institutional claims",
        rows: &[
            seg("ST", R, 1, "start of the transaction set", ST),
            seg("BHT", R, 1, "purpose and date of the file", BHT),
            inner(&SUBMITTER),
            inner(&RECEIVER),
            inner(&BILLING_LEVEL),
            trailer(),
        ],
    },
};

static ST: &[Element] = &[
    el(1, R, E143, "transaction set").codes(&["837"]),
    el(2, R, E329, "transaction set control number"),
    el(3, R, E1705, "guide").codes(&["005010X223A2", "005010X223", "005010X223A1", "005010X223A3"]),
];

// The billing provider's level. Levels nest: subscribers stand under their billing provider,
// patients under their subscriber.

static BILLING_LEVEL: Loop = Loop {
    id: "2000A",
    usage: R,
    repeat_max: UNBOUNDED,
    name: "billing provider level",
    rows: &[
        keyed("HL", 3, &["20"], R, 1, "billing provider level", HL_TOP),
        seg("PRV", S, 1, "billing provider specialty", PRV_BILLING),
        seg("CUR", S, 1, "foreign currency", CUR),
        inner(&BILLING_PROVIDER),
        inner(&PAY_TO_ADDRESS),
        inner(&PAY_TO_PLAN),
        inner(&SUBSCRIBER_LEVEL),
    ],
};

// Only an organization bills institutional claims, so its tax number is an employer's.
static BILLING_PROVIDER: Loop = Loop {
    id: "2010AA",
    usage: R,
    repeat_max: 1,
    name: "billing provider",
    rows: &[
        keyed("NM1", 1, &["85"], R, 1, "billing provider", BILLING_NAME),
        street(R, "billing provider street"),
        city(R, "billing provider city"),
        reference(&["EI"], R, 1, "billing provider tax number"),
        seg("PER", S, 2, "billing provider contact", CONTACT),
    ],
};

static BILLING_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["2"]),
    el(3, R, E1035, "organization"),
    el(8, S, E66, "identifier qualifier").codes(&["XX"]),
    el(9, S, E67, "npi"),
];

static PAY_TO_ADDRESS: Loop = Loop {
    id: "2010AB",
    usage: S,
    repeat_max: 1,
    name: "pay-to address",
    rows: &[
        keyed("NM1", 1, &["87"], R, 1, "pay-to address", UNNAMED_PLACE),
        street(R, "pay-to street"),
        city(R, "pay-to city"),
    ],
};

// The subscriber's level.

static SUBSCRIBER_LEVEL: Loop = Loop {
    id: "2000B",
    usage: R,
    repeat_max: UNBOUNDED,
    name: "subscriber level",
    rows: &[
        keyed("HL", 3, &["22"], R, 1, "subscriber level", HL_MIDDLE),
        seg("SBR", R, 1, "coverage with this payer", SBR),
        inner(&SUBSCRIBER),
        inner(&CLAIM_PAYER),
        inner(&CLAIM),
        inner(&PATIENT_LEVEL),
    ],
};

static SBR: &[Element] = &[
    el(1, R, E1138, "payer responsibility").codes(PAYER_TURNS),
    el(2, S, E1069, "relationship to the subscriber").codes(&["18"]),
    el(3, S, E127, "group or policy number"),
    el(4, S, E93, "group"),
    el(9, S, E1032, "claim filing indicator").codes(PLAN_KINDS),
];

static SUBSCRIBER: Loop = Loop {
    id: "2010BA",
    usage: R,
    repeat_max: 1,
    name: "subscriber",
    rows: &[
        keyed("NM1", 1, &["IL"], R, 1, "subscriber", SUBSCRIBER_NAME),
        street(S, "subscriber street"),
        city(S, "subscriber city"),
        seg("DMG", S, 1, "subscriber birth and sex", DMG),
        reference(&["SY"], S, 1, "subscriber social security number"),
        reference(&["Y4"], S, 1, "property and casualty claim number"),
    ],
};

static CLAIM_PAYER: Loop = Loop {
    id: "2010BB",
    usage: R,
    repeat_max: 1,
    name: "payer",
    rows: &[
        keyed("NM1", 1, &["PR"], R, 1, "payer", PAYER),
        street(S, "payer street"),
        city(S, "payer city"),
        reference(&["2U", "EI", "FY", "NF"], S, 3, "payer other number"),
        reference(&["G2", "LU"], S, 1, "billing provider number with this payer"),
    ],
};

// The patient's level, when the patient is not the subscriber.

static PATIENT_LEVEL: Loop = Loop {
    id: "2000C",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "patient level",
    rows: &[
        keyed("HL", 3, &["23"], R, 1, "patient level", HL_PATIENT),
        seg("PAT", R, 1, "relationship to the subscriber", PAT_PATIENT),
        inner(&PATIENT),
        inner(&CLAIM),
    ],
};

static PAT_PATIENT: &[Element] = &[el(1, R, E1069, "relationship to the subscriber")
    .codes(&["01", "19", "20", "21", "39", "40", "53", "G8"])];

static PATIENT: Loop = Loop {
    id: "2010CA",
    usage: R,
    repeat_max: 1,
    name: "patient",
    rows: &[
        keyed("NM1", 1, &["QC"], R, 1, "patient", PATIENT_NAME),
        street(R, "patient street"),
        city(R, "patient city"),
        seg("DMG", R, 1, "patient birth and sex", DMG),
        reference(&["Y4"], S, 1, "property and casualty claim number"),
        reference(&["1W", "SY"], S, 1, "property and casualty patient number"),
    ],
};

/// One claim. The same table hangs under the subscriber (2000B) and under the patient (2000C).
pub static CLAIM: Loop = Loop {
    id: "2300",
    // Under a patient it is required; under a subscriber only when the subscriber is the patient.
    usage: S,
    repeat_max: 100,
    name: "claim",
    rows: &[
        seg("CLM", R, 1, "claim", CLM),
        keyed("DTP", 1, &["096"], S, 1, "discharge hour", HOUR),
        keyed("DTP", 1, &["434"], R, 1, "statement dates", RANGE),
        keyed("DTP", 1, &["435"], S, 1, "admission", DAY_OR_HOUR),
        date(&["050"], S, 1, "received by the repricer"),
        seg("CL1", R, 1, "admission and patient status", CL1),
        seg("PWK", S, 10, "claim attachment", PWK),
        seg("CN1", S, 1, "contract", CN1),
        amount(&["F3"], S, 1, "estimated share of the patient"),
        keyed("REF", 1, &["4N"], S, 1, "why given without authorization", REF_EXCEPTION),
        reference(&["9F"], S, 1, "referral number"),
        reference(&["G1"], S, 1, "prior authorization number"),
        reference(&["F8"], S, 1, "payer claim control number"),
        reference(&["9A"], S, 1, "repriced claim number"),
        reference(&["9C"], S, 1, "adjusted repriced claim number"),
        reference(&["LX"], S, 5, "investigational device number"),
        keyed("REF", 1, &["D9"], S, 1, "clearinghouse trace number", REF_TRACE),
        keyed("REF", 1, &["LU"], S, 1, "state of the accident", REF_ACCIDENT),
        reference(&["EA"], S, 1, "medical record number"),
        reference(&["P4"], S, 1, "demonstration project"),
        reference(&["G4"], S, 1, "peer review approval number"),
        seg("K3", S, 10, "text for a regulator", K3),
        keyed("NTE", 1, NOTES, S, 10, "claim note", NTE),
        keyed("NTE", 1, &["ADD"], S, 1, "billing note", NTE),
        keyed("CRC", 1, &["ZZ"], S, 1, "child screening referral", CRC_SCREENING),
        keyed("HI", 1, &["ABK", "BK"], R, 1, "principal diagnosis", HI_PRINCIPAL).in_component(1),
        keyed("HI", 1, &["ABJ", "BJ"], S, 1, "admitting diagnosis", HI_ADMITTING).in_component(1),
        keyed("HI", 1, &["APR", "PR"], S, 1, "reasons for the visit", HI_REASONS).in_component(1),
        keyed("HI", 1, &["ABN", "BN"], S, 1, "external causes", HI_CAUSES).in_component(1),
        keyed("HI", 1, &["DR"], S, 1, "diagnosis related group", HI_DRG).in_component(1),
        keyed("HI", 1, &["ABF", "BF"], S, 2, "other diagnoses", HI_DIAGNOSES).in_component(1),
        keyed("HI", 1, PRINCIPAL_PROCEDURES, S, 1, "principal procedure", HI_PROCEDURE)
            .in_component(1),
        keyed("HI", 1, &["BBQ", "BQ"], S, 2, "other procedures", HI_PROCEDURES).in_component(1),
        keyed("HI", 1, &["BI"], S, 2, "occurrence spans", HI_SPANS).in_component(1),
        keyed("HI", 1, &["BH"], S, 2, "occurrences", HI_OCCURRENCES).in_component(1),
        keyed("HI", 1, &["BE"], S, 2, "values", HI_VALUES).in_component(1),
        keyed("HI", 1, &["BG"], S, 2, "conditions", HI_CONDITIONS).in_component(1),
        keyed("HI", 1, &["TC"], S, 2, "treatments", HI_TREATMENTS).in_component(1),
        seg("HCP", S, 1, "claim pricing", HCP_CLAIM),
        inner(&ATTENDING_PROVIDER),
        inner(&OPERATING_PHYSICIAN),
        inner(&OTHER_OPERATING_PHYSICIAN),
        inner(&RENDERING_PROVIDER),
        inner(&SERVICE_FACILITY),
        inner(&REFERRING_PROVIDER),
        inner(&OTHER_COVERAGE),
        inner(&SERVICE_LINE),
    ],
};

static CLM: &[Element] = &[
    el(1, R, E1028, "patient control number").at_most(20),
    el(2, R, E782, "total charge"),
    group(5, R, "type of bill", C023),
    el(7, R, E1359, "assignment").codes(&["A", "B", "C"]),
    el(8, R, E1073, "benefits assigned").codes(&["N", "W", "Y"]),
    el(9, R, E1363, "release of information").codes(&["I", "Y"]),
    el(20, S, E1514, "delay reason")
        .codes(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "15"]),
];

// The first two digits of the type of bill, and its third.
static C023: &[Element] = &[
    el(1, R, E1331, "facility type"),
    el(2, R, E1332, "facility code qualifier").codes(&["A"]),
    el(3, R, E1325, "claim frequency").from_set("claim-frequency"),
];

static HOUR: &[Element] = &[
    el(1, R, E374, "which date"),
    el(2, R, E1250, "date format").codes(&["TM"]),
    el(3, R, E1251, "hour"),
];

static RANGE: &[Element] = &[
    el(1, R, E374, "which date"),
    el(2, R, E1250, "date format").codes(&["RD8"]),
    el(3, R, E1251, "range"),
];

static DAY_OR_HOUR: &[Element] = &[
    el(1, R, E374, "which date"),
    el(2, R, E1250, "date format").codes(&["D8", "DT"]),
    el(3, R, E1251, "date, or date and hour"),
];

// The source of an admission has its condition in the guide; type and status are always there.
static CL1: &[Element] = &[
    el(1, R, E1315, "type of admission"),
    el(2, S, E1314, "source of admission"),
    el(3, R, E1352, "patient status"),
];

static REF_TRACE: &[Element] = &[
    el(1, R, E128, "which reference").codes(&["D9"]),
    el(2, R, E127, "clearinghouse trace number").at_most(20),
];

static REF_ACCIDENT: &[Element] = &[
    el(1, R, E128, "which reference").codes(&["LU"]),
    el(2, R, E127, "state of the accident").from_set("state"),
];

static NOTES: Values = &[
    "ALG", "DCP", "DGN", "DME", "MED", "NTR", "ODT", "RHB", "RLH", "RNH", "SET", "SFM", "SPT",
    "UPI",
];

// Codes of the claim: diagnoses, procedures, and what the national uniform billing committee lists.

static HI_PRINCIPAL: &[Element] = &[group(1, R, "principal diagnosis", C022_PRINCIPAL)];

static C022_PRINCIPAL: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["ABK", "BK"]),
    el(2, R, E1271, "diagnosis"),
    el(9, S, E1073, "present on admission").codes(PRESENT),
];

static PRESENT: Values = &["N", "U", "W", "Y"];

static HI_ADMITTING: &[Element] = &[group(1, R, "admitting diagnosis", C022_ADMITTING)];

static C022_ADMITTING: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["ABJ", "BJ"]), el(2, R, E1271, "diagnosis")];

static HI_REASONS: &[Element] = &[
    group(1, R, "reason 1", C022_REASON),
    group(2, S, "reason 2", C022_REASON),
    group(3, S, "reason 3", C022_REASON),
];

static C022_REASON: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["APR", "PR"]), el(2, R, E1271, "diagnosis")];

static HI_CAUSES: &[Element] = &[
    group(1, R, "external cause 1", C022_CAUSE),
    group(2, S, "external cause 2", C022_CAUSE),
    group(3, S, "external cause 3", C022_CAUSE),
    group(4, S, "external cause 4", C022_CAUSE),
    group(5, S, "external cause 5", C022_CAUSE),
    group(6, S, "external cause 6", C022_CAUSE),
    group(7, S, "external cause 7", C022_CAUSE),
    group(8, S, "external cause 8", C022_CAUSE),
    group(9, S, "external cause 9", C022_CAUSE),
    group(10, S, "external cause 10", C022_CAUSE),
    group(11, S, "external cause 11", C022_CAUSE),
    group(12, S, "external cause 12", C022_CAUSE),
];

static C022_CAUSE: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["ABN", "BN"]),
    el(2, R, E1271, "diagnosis"),
    el(9, S, E1073, "present on admission").codes(PRESENT),
];

static HI_DRG: &[Element] = &[group(1, R, "diagnosis related group", C022_DRG)];

static C022_DRG: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["DR"]), el(2, R, E1271, "diagnosis related group")];

static HI_DIAGNOSES: &[Element] = &[
    group(1, R, "other diagnosis 1", C022_DIAGNOSIS),
    group(2, S, "other diagnosis 2", C022_DIAGNOSIS),
    group(3, S, "other diagnosis 3", C022_DIAGNOSIS),
    group(4, S, "other diagnosis 4", C022_DIAGNOSIS),
    group(5, S, "other diagnosis 5", C022_DIAGNOSIS),
    group(6, S, "other diagnosis 6", C022_DIAGNOSIS),
    group(7, S, "other diagnosis 7", C022_DIAGNOSIS),
    group(8, S, "other diagnosis 8", C022_DIAGNOSIS),
    group(9, S, "other diagnosis 9", C022_DIAGNOSIS),
    group(10, S, "other diagnosis 10", C022_DIAGNOSIS),
    group(11, S, "other diagnosis 11", C022_DIAGNOSIS),
    group(12, S, "other diagnosis 12", C022_DIAGNOSIS),
];

static C022_DIAGNOSIS: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["ABF", "BF"]),
    el(2, R, E1271, "diagnosis"),
    el(9, S, E1073, "present on admission").codes(PRESENT),
];

static PRINCIPAL_PROCEDURES: Values = &["BBR", "BR", "CAH"];

static HI_PROCEDURE: &[Element] = &[group(1, R, "principal procedure", C022_PRINCIPAL_PROCEDURE)];

static C022_PRINCIPAL_PROCEDURE: &[Element] = &[
    el(1, R, E1270, "code list").codes(PRINCIPAL_PROCEDURES),
    el(2, R, E1271, "procedure"),
    el(3, R, E1250, "date format").codes(&["D8"]),
    el(4, R, E1251, "date"),
];

static HI_PROCEDURES: &[Element] = &[
    group(1, R, "other procedure 1", C022_PROCEDURE),
    group(2, S, "other procedure 2", C022_PROCEDURE),
    group(3, S, "other procedure 3", C022_PROCEDURE),
    group(4, S, "other procedure 4", C022_PROCEDURE),
    group(5, S, "other procedure 5", C022_PROCEDURE),
    group(6, S, "other procedure 6", C022_PROCEDURE),
    group(7, S, "other procedure 7", C022_PROCEDURE),
    group(8, S, "other procedure 8", C022_PROCEDURE),
    group(9, S, "other procedure 9", C022_PROCEDURE),
    group(10, S, "other procedure 10", C022_PROCEDURE),
    group(11, S, "other procedure 11", C022_PROCEDURE),
    group(12, S, "other procedure 12", C022_PROCEDURE),
];

static C022_PROCEDURE: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["BBQ", "BQ"]),
    el(2, R, E1271, "procedure"),
    el(3, R, E1250, "date format").codes(&["D8"]),
    el(4, R, E1251, "date"),
];

static HI_SPANS: &[Element] = &[
    group(1, R, "occurrence span 1", C022_SPAN),
    group(2, S, "occurrence span 2", C022_SPAN),
    group(3, S, "occurrence span 3", C022_SPAN),
    group(4, S, "occurrence span 4", C022_SPAN),
    group(5, S, "occurrence span 5", C022_SPAN),
    group(6, S, "occurrence span 6", C022_SPAN),
    group(7, S, "occurrence span 7", C022_SPAN),
    group(8, S, "occurrence span 8", C022_SPAN),
    group(9, S, "occurrence span 9", C022_SPAN),
    group(10, S, "occurrence span 10", C022_SPAN),
    group(11, S, "occurrence span 11", C022_SPAN),
    group(12, S, "occurrence span 12", C022_SPAN),
];

static C022_SPAN: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["BI"]),
    el(2, R, E1271, "occurrence span"),
    el(3, R, E1250, "date format").codes(&["RD8"]),
    el(4, R, E1251, "range"),
];

static HI_OCCURRENCES: &[Element] = &[
    group(1, R, "occurrence 1", C022_OCCURRENCE),
    group(2, S, "occurrence 2", C022_OCCURRENCE),
    group(3, S, "occurrence 3", C022_OCCURRENCE),
    group(4, S, "occurrence 4", C022_OCCURRENCE),
    group(5, S, "occurrence 5", C022_OCCURRENCE),
    group(6, S, "occurrence 6", C022_OCCURRENCE),
    group(7, S, "occurrence 7", C022_OCCURRENCE),
    group(8, S, "occurrence 8", C022_OCCURRENCE),
    group(9, S, "occurrence 9", C022_OCCURRENCE),
    group(10, S, "occurrence 10", C022_OCCURRENCE),
    group(11, S, "occurrence 11", C022_OCCURRENCE),
    group(12, S, "occurrence 12", C022_OCCURRENCE),
];

static C022_OCCURRENCE: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["BH"]),
    el(2, R, E1271, "occurrence"),
    el(3, R, E1250, "date format").codes(&["D8"]),
    el(4, R, E1251, "date"),
];

static HI_VALUES: &[Element] = &[
    group(1, R, "value 1", C022_VALUE),
    group(2, S, "value 2", C022_VALUE),
    group(3, S, "value 3", C022_VALUE),
    group(4, S, "value 4", C022_VALUE),
    group(5, S, "value 5", C022_VALUE),
    group(6, S, "value 6", C022_VALUE),
    group(7, S, "value 7", C022_VALUE),
    group(8, S, "value 8", C022_VALUE),
    group(9, S, "value 9", C022_VALUE),
    group(10, S, "value 10", C022_VALUE),
    group(11, S, "value 11", C022_VALUE),
    group(12, S, "value 12", C022_VALUE),
];

static C022_VALUE: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["BE"]),
    el(2, R, E1271, "value"),
    el(5, R, E782, "amount"),
];

static HI_CONDITIONS: &[Element] = &[
    group(1, R, "condition 1", C022_CONDITION),
    group(2, S, "condition 2", C022_CONDITION),
    group(3, S, "condition 3", C022_CONDITION),
    group(4, S, "condition 4", C022_CONDITION),
    group(5, S, "condition 5", C022_CONDITION),
    group(6, S, "condition 6", C022_CONDITION),
    group(7, S, "condition 7", C022_CONDITION),
    group(8, S, "condition 8", C022_CONDITION),
    group(9, S, "condition 9", C022_CONDITION),
    group(10, S, "condition 10", C022_CONDITION),
    group(11, S, "condition 11", C022_CONDITION),
    group(12, S, "condition 12", C022_CONDITION),
];

static C022_CONDITION: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["BG"]),
    el(2, R, E1271, "condition").from_set("condition"),
];

static HI_TREATMENTS: &[Element] = &[
    group(1, R, "treatment 1", C022_TREATMENT),
    group(2, S, "treatment 2", C022_TREATMENT),
    group(3, S, "treatment 3", C022_TREATMENT),
    group(4, S, "treatment 4", C022_TREATMENT),
    group(5, S, "treatment 5", C022_TREATMENT),
    group(6, S, "treatment 6", C022_TREATMENT),
    group(7, S, "treatment 7", C022_TREATMENT),
    group(8, S, "treatment 8", C022_TREATMENT),
    group(9, S, "treatment 9", C022_TREATMENT),
    group(10, S, "treatment 10", C022_TREATMENT),
    group(11, S, "treatment 11", C022_TREATMENT),
    group(12, S, "treatment 12", C022_TREATMENT),
];

static C022_TREATMENT: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["TC"]), el(2, R, E1271, "treatment")];

static HCP_CLAIM: &[Element] = &[
    el(1, R, E1473, "pricing method").codes(PRICING_METHODS),
    el(2, R, E782, "allowed amount"),
    el(3, S, E782, "saved amount"),
    el(4, S, E127, "repricer"),
    el(5, S, E118, "per diem or flat rate"),
    el(6, S, E127, "approved patient group"),
    el(7, S, E782, "amount for the patient group"),
    el(8, S, E234, "approved revenue code"),
    el(11, S, E355, "unit").codes(&["DA", "UN"]),
    el(12, S, E380, "approved units"),
    el(13, S, E901, "reject reason").codes(PRICING_REJECTS),
    el(14, S, E1526, "terms met").codes(&["1", "2", "3", "4", "5"]),
    el(15, S, E1527, "exception").codes(&["1", "2", "3", "4", "5", "6"]),
];

static PRICING_METHODS: Values =
    &["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14"];

// Providers and places of the claim.

static ATTENDING_PROVIDER: Loop = Loop {
    id: "2310A",
    usage: S,
    repeat_max: 1,
    name: "attending provider",
    rows: &[
        keyed("NM1", 1, &["71"], R, 1, "attending provider", PROVIDER_PERSON),
        seg("PRV", S, 1, "attending provider specialty", PRV_ATTENDING),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "attending provider other number"),
    ],
};

static PRV_ATTENDING: &[Element] = &[
    el(1, R, E1221, "part played").codes(&["AT"]),
    el(2, R, E128, "code list").codes(&["PXC"]),
    el(3, R, E127, "taxonomy").from_set("taxonomy"),
];

static OPERATING_PHYSICIAN: Loop = Loop {
    id: "2310B",
    usage: S,
    repeat_max: 1,
    name: "operating physician",
    rows: &[
        keyed("NM1", 1, &["72"], R, 1, "operating physician", PROVIDER_PERSON),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "operating physician other number"),
    ],
};

static OTHER_OPERATING_PHYSICIAN: Loop = Loop {
    id: "2310C",
    usage: S,
    repeat_max: 1,
    name: "other operating physician",
    rows: &[
        keyed("NM1", 1, &["ZZ"], R, 1, "other operating physician", PROVIDER_PERSON),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "other operating physician other number"),
    ],
};

static RENDERING_PROVIDER: Loop = Loop {
    id: "2310D",
    usage: S,
    repeat_max: 1,
    name: "rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "rendering provider", PROVIDER_PERSON),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "rendering provider other number"),
    ],
};

static SERVICE_FACILITY: Loop = Loop {
    id: "2310E",
    usage: S,
    repeat_max: 1,
    name: "service facility",
    rows: &[
        keyed("NM1", 1, &["77"], R, 1, "service facility", FACILITY),
        street(R, "service facility street"),
        city(R, "service facility city"),
        reference(&["0B", "G2", "LU"], S, 3, "service facility other number"),
    ],
};

static REFERRING_PROVIDER: Loop = Loop {
    id: "2310F",
    usage: S,
    repeat_max: 1,
    name: "referring provider",
    rows: &[
        keyed("NM1", 1, &["DN"], R, 1, "referring provider", PROVIDER_PERSON),
        reference(&["0B", "1G", "G2"], S, 3, "referring provider other number"),
    ],
};

// What other payers cover, have paid, and call the parties.

static OTHER_COVERAGE: Loop = Loop {
    id: "2320",
    usage: S,
    repeat_max: 10,
    name: "other coverage",
    rows: &[
        seg("SBR", R, 1, "coverage with another payer", SBR_OTHER),
        seg("CAS", S, 5, "claim adjustments", CAS),
        amount(&["D"], S, 1, "paid by the other payer"),
        amount(&["EAF"], S, 1, "remaining patient liability"),
        amount(&["A8"], S, 1, "not covered by the other payer"),
        seg("OI", R, 1, "terms of the other coverage", OI),
        seg("MIA", S, 1, "inpatient adjudication", MIA),
        seg("MOA", S, 1, "outpatient adjudication", MOA),
        inner(&OTHER_SUBSCRIBER),
        inner(&OTHER_PAYER),
        inner(&OTHER_PAYER_ATTENDING),
        inner(&OTHER_PAYER_OPERATING),
        inner(&OTHER_PAYER_OTHER_OPERATING),
        inner(&OTHER_PAYER_FACILITY),
        inner(&OTHER_PAYER_RENDERING),
        inner(&OTHER_PAYER_REFERRING),
        inner(&OTHER_PAYER_BILLING),
    ],
};

static SBR_OTHER: &[Element] = &[
    el(1, R, E1138, "payer responsibility").codes(PAYER_TURNS),
    el(2, R, E1069, "relationship to the subscriber")
        .codes(&["01", "18", "19", "20", "21", "39", "40", "53", "G8"]),
    el(3, S, E127, "group or policy number"),
    el(4, S, E93, "group"),
    el(9, S, E1032, "claim filing indicator").codes(PLAN_KINDS),
];

static OI: &[Element] = &[
    el(3, R, E1073, "benefits assigned").codes(&["N", "W", "Y"]),
    el(6, R, E1363, "release of information").codes(&["I", "Y"]),
];

// As the remittance has it, but for the second element, which claims do not use.
static MIA: &[Element] = &[
    el(1, R, E380, "covered days or visits"),
    el(3, S, E380, "lifetime psychiatric days"),
    el(4, S, E782, "drg amount"),
    el(5, S, E127, "first remark").from_set("remark"),
    el(6, S, E782, "disproportionate share"),
    el(7, S, E782, "passed through, payers before medicare"),
    el(8, S, E782, "capital"),
    el(9, S, E782, "capital, federal specific drg"),
    el(10, S, E782, "capital, hospital specific drg"),
    el(11, S, E782, "capital, disproportionate share"),
    el(12, S, E782, "old capital"),
    el(13, S, E782, "capital, indirect medical education"),
    el(14, S, E782, "operating, hospital specific drg"),
    el(15, S, E380, "cost report days"),
    el(16, S, E782, "operating, federal specific drg"),
    el(17, S, E782, "capital outlier"),
    el(18, S, E782, "indirect teaching"),
    el(19, S, E782, "professional part not payable"),
    el(20, S, E127, "second remark").from_set("remark"),
    el(21, S, E127, "third remark").from_set("remark"),
    el(22, S, E127, "fourth remark").from_set("remark"),
    el(23, S, E127, "fifth remark").from_set("remark"),
    el(24, S, E782, "capital exception"),
];

static OTHER_SUBSCRIBER: Loop = Loop {
    id: "2330A",
    usage: R,
    repeat_max: 1,
    name: "other subscriber",
    rows: &[
        keyed("NM1", 1, &["IL"], R, 1, "other subscriber", OTHER_SUBSCRIBER_NAME),
        street(S, "other subscriber street"),
        city(S, "other subscriber city"),
        reference(&["SY"], S, 2, "other subscriber social security number"),
    ],
};

static OTHER_PAYER: Loop = Loop {
    id: "2330B",
    usage: R,
    repeat_max: 1,
    name: "other payer",
    rows: &[
        keyed("NM1", 1, &["PR"], R, 1, "other payer", PAYER),
        street(S, "other payer street"),
        city(S, "other payer city"),
        date(&["573"], S, 1, "other payer paid the claim"),
        reference(&["2U", "EI", "FY", "NF"], S, 2, "other payer other number"),
        reference(&["G1"], S, 1, "other payer prior authorization number"),
        reference(&["9F"], S, 1, "other payer referral number"),
        keyed("REF", 1, &["T4"], S, 1, "other payer adjusted the claim", REF_ADJUSTED),
        reference(&["F8"], S, 1, "other payer claim control number"),
    ],
};

static OTHER_PAYER_ATTENDING: Loop = Loop {
    id: "2330C",
    usage: S,
    repeat_max: 1,
    name: "other payer attending provider",
    rows: &[
        keyed("NM1", 1, &["71"], R, 1, "other payer attending provider", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2", "LU"], R, 4, "attending number with the other payer"),
    ],
};

static OTHER_PAYER_OPERATING: Loop = Loop {
    id: "2330D",
    usage: S,
    repeat_max: 1,
    name: "other payer operating physician",
    rows: &[
        keyed("NM1", 1, &["72"], R, 1, "other payer operating physician", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2", "LU"], R, 4, "operating number with the other payer"),
    ],
};

static OTHER_PAYER_OTHER_OPERATING: Loop = Loop {
    id: "2330E",
    usage: S,
    repeat_max: 1,
    name: "other payer other operating physician",
    rows: &[
        keyed("NM1", 1, &["ZZ"], R, 1, "other payer other operating physician", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2", "LU"], R, 4, "other operating number with the other payer"),
    ],
};

static OTHER_PAYER_FACILITY: Loop = Loop {
    id: "2330F",
    usage: S,
    repeat_max: 1,
    name: "other payer service facility",
    rows: &[
        keyed("NM1", 1, &["77"], R, 1, "other payer service facility", UNNAMED_PLACE),
        reference(&["0B", "G2", "LU"], R, 3, "facility number with the other payer"),
    ],
};

static OTHER_PAYER_RENDERING: Loop = Loop {
    id: "2330G",
    usage: S,
    repeat_max: 1,
    name: "other payer rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "other payer rendering provider", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2", "LU"], R, 4, "rendering number with the other payer"),
    ],
};

static OTHER_PAYER_REFERRING: Loop = Loop {
    id: "2330H",
    usage: S,
    repeat_max: 1,
    name: "other payer referring provider",
    rows: &[
        keyed("NM1", 1, &["DN"], R, 1, "other payer referring provider", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2"], R, 3, "referring number with the other payer"),
    ],
};

static OTHER_PAYER_BILLING: Loop = Loop {
    id: "2330I",
    usage: S,
    repeat_max: 1,
    name: "other payer billing provider",
    rows: &[
        keyed("NM1", 1, &["85"], R, 1, "other payer billing provider", UNNAMED_PLACE),
        reference(&["G2", "LU"], R, 2, "billing provider number with the other payer"),
    ],
};

/// One service of a claim.
pub static SERVICE_LINE: Loop = Loop {
    id: "2400",
    usage: R,
    repeat_max: 999,
    name: "service line",
    rows: &[
        seg("LX", R, 1, "line number", LX),
        seg("SV2", R, 1, "institutional service", SV2),
        seg("PWK", S, 10, "line attachment", PWK),
        date_or_range(&["472"], S, 1, "service"),
        keyed("REF", 1, &["6R"], S, 1, "line control number", REF_LINE),
        reference(&["9B"], S, 1, "repriced line number"),
        reference(&["9D"], S, 1, "adjusted repriced line number"),
        amount(&["GT"], S, 1, "service tax"),
        amount(&["N8"], S, 1, "facility tax"),
        keyed("NTE", 1, &["TPO"], S, 1, "note of a third party", NTE),
        seg("HCP", S, 1, "line pricing", HCP_LINE),
        inner(&DRUG),
        inner(&LINE_OPERATING_PHYSICIAN),
        inner(&LINE_OTHER_OPERATING_PHYSICIAN),
        inner(&LINE_RENDERING_PROVIDER),
        inner(&LINE_REFERRING_PROVIDER),
        inner(&LINE_ADJUDICATION),
    ],
};

static SV2: &[Element] = &[
    el(1, R, E234, "revenue code"),
    group(2, S, "procedure", C003),
    el(3, R, E782, "line charge"),
    el(4, R, E355, "unit").codes(&["DA", "UN"]),
    el(5, R, E380, "units"),
    el(7, S, E782, "charge not covered"),
];

static C003: &[Element] = &[
    el(1, R, E235, "code list").codes(PROCEDURE_LISTS),
    el(2, R, E234, "procedure"),
    el(3, S, E1339, "first modifier"),
    el(4, S, E1339, "second modifier"),
    el(5, S, E1339, "third modifier"),
    el(6, S, E1339, "fourth modifier"),
    el(7, S, E352, "description"),
];

// HP is the rate code of skilled nursing, home health and inpatient rehabilitation.
static PROCEDURE_LISTS: Values = &["ER", "HC", "HP", "IV", "WK"];

static HCP_LINE: &[Element] = &[
    el(1, R, E1473, "pricing method").codes(PRICING_METHODS),
    el(2, R, E782, "allowed amount"),
    el(3, S, E782, "saved amount"),
    el(4, S, E127, "repricer"),
    el(5, S, E118, "per diem or flat rate"),
    el(6, S, E127, "approved patient group"),
    el(7, S, E782, "amount for the patient group"),
    el(8, S, E234, "approved revenue code"),
    el(9, S, E235, "code list").codes(PROCEDURE_LISTS),
    el(10, S, E234, "approved procedure"),
    el(11, S, E355, "unit").codes(&["DA", "UN"]),
    el(12, S, E380, "approved units").at_most(8),
    el(13, S, E901, "reject reason").codes(PRICING_REJECTS),
    el(14, S, E1526, "terms met").codes(&["1", "2", "3", "4", "5"]),
    el(15, S, E1527, "exception").codes(&["1", "2", "3", "4", "5", "6"]),
];

static DRUG: Loop = Loop {
    id: "2410",
    usage: S,
    repeat_max: 1,
    name: "drug",
    rows: &[
        seg("LIN", R, 1, "drug", LIN),
        seg("CTP", R, 1, "drug quantity", CTP),
        reference(&["VY", "XZ"], S, 1, "prescription number"),
    ],
};

static LIN: &[Element] =
    &[el(2, R, E235, "code list").codes(&["N4"]), el(3, R, E234, "national drug code")];

// Providers of the line, where they differ from the claim's.

static LINE_OPERATING_PHYSICIAN: Loop = Loop {
    id: "2420A",
    usage: S,
    repeat_max: 1,
    name: "line operating physician",
    rows: &[
        keyed("NM1", 1, &["72"], R, 1, "operating physician", PROVIDER_PERSON),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "operating physician other number"),
    ],
};

static LINE_OTHER_OPERATING_PHYSICIAN: Loop = Loop {
    id: "2420B",
    usage: S,
    repeat_max: 1,
    name: "line other operating physician",
    rows: &[
        keyed("NM1", 1, &["ZZ"], R, 1, "other operating physician", PROVIDER_PERSON),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "other operating physician other number"),
    ],
};

static LINE_RENDERING_PROVIDER: Loop = Loop {
    id: "2420C",
    usage: S,
    repeat_max: 1,
    name: "line rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "rendering provider", PROVIDER_PERSON),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "rendering provider other number"),
    ],
};

static LINE_REFERRING_PROVIDER: Loop = Loop {
    id: "2420D",
    usage: S,
    repeat_max: 1,
    name: "line referring provider",
    rows: &[
        keyed("NM1", 1, &["DN"], R, 1, "referring provider", PROVIDER_PERSON),
        payer_reference(&["0B", "1G", "G2"], S, 20, "referring provider other number"),
    ],
};

// What other payers did with the line.

static LINE_ADJUDICATION: Loop = Loop {
    id: "2430",
    usage: S,
    repeat_max: 15,
    name: "line adjudication by another payer",
    rows: &[
        seg("SVD", R, 1, "paid for the line", SVD),
        seg("CAS", S, 5, "line adjustments", CAS),
        date(&["573"], R, 1, "other payer paid the line"),
        amount(&["EAF"], S, 1, "remaining patient liability"),
    ],
};

static SVD: &[Element] = &[
    el(1, R, E67, "other payer identifier"),
    el(2, R, E782, "paid amount"),
    group(3, S, "procedure", C003),
    el(4, R, E234, "revenue code"),
    el(5, R, E380, "units paid").at_most(8),
    el(6, S, E554, "bundled into line"),
];
