//! 005010X222A1, the professional claim (837P).
//!
//! Read it beside the guide: loops in order, one line for each element. A position that is left
//! out is "not used". The names are ours.

use super::elements::*;
use super::row::{Element, Guide, Loop, R, S, UNBOUNDED, el, group, inner, keyed, seg};
use super::shared::*;
use super::shared_claims::*;

/// The professional claim.
pub static GUIDE: Guide = Guide {
    id: "005010X222A1",
    also: &["005010X222", "005010X222A2", "X222", "X222A1", "X222A2"],
    set: "837",
    group: "HC",
    name: "professional claim",
    table: Loop {
        id: "HEADER",
        usage: R,
        repeat_max: 1,
        name: "professional claims",
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
    el(3, R, E1705, "guide").codes(&["005010X222A1", "005010X222", "005010X222A2"]),
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

static BILLING_PROVIDER: Loop = Loop {
    id: "2010AA",
    usage: R,
    repeat_max: 1,
    name: "billing provider",
    rows: &[
        keyed("NM1", 1, &["85"], R, 1, "billing provider", PROVIDER),
        street(R, "billing provider street"),
        city(R, "billing provider city"),
        reference(&["EI", "SY"], R, 1, "billing provider tax number"),
        reference(&["0B", "1G"], S, 2, "billing provider license or upin"),
        seg("PER", S, 2, "billing provider contact", CONTACT),
    ],
};

static PAY_TO_ADDRESS: Loop = Loop {
    id: "2010AB",
    usage: S,
    repeat_max: 1,
    name: "pay-to address",
    rows: &[
        keyed("NM1", 1, &["87"], R, 1, "pay-to address", UNNAMED),
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
        seg("PAT", S, 1, "subscriber as patient", PAT_SUBSCRIBER),
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
    el(5, S, E1336, "insurance type").codes(MEDICARE_SECONDARY),
    el(9, S, E1032, "claim filing indicator").codes(PLAN_KINDS),
];

static MEDICARE_SECONDARY: Values = &["12", "13", "14", "15", "16", "41", "42", "43", "47"];

static PAT_SUBSCRIBER: &[Element] = &[
    el(5, S, E1250, "date format").codes(&["D8"]),
    el(6, S, E1251, "date of death"),
    el(7, S, E355, "unit of weight").codes(&["01"]),
    el(8, S, E81, "weight"),
    el(9, S, E1073, "pregnant").codes(&["Y"]),
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
        seg("PER", S, 1, "property and casualty subscriber contact", TELEPHONE),
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
        reference(&["G2", "LU"], S, 2, "billing provider number with this payer"),
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
        seg("PAT", R, 1, "patient and relationship", PAT_PATIENT),
        inner(&PATIENT),
        inner(&CLAIM),
    ],
};

static PAT_PATIENT: &[Element] = &[
    el(1, R, E1069, "relationship to the subscriber")
        .codes(&["01", "19", "20", "21", "39", "40", "53", "G8"]),
    el(5, S, E1250, "date format").codes(&["D8"]),
    el(6, S, E1251, "date of death"),
    el(7, S, E355, "unit of weight").codes(&["01"]),
    el(8, S, E81, "weight"),
    el(9, S, E1073, "pregnant").codes(&["Y"]),
];

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
        seg("PER", S, 1, "property and casualty patient contact", TELEPHONE),
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
        date(&["431"], S, 1, "onset of current illness"),
        date(&["454"], S, 1, "initial treatment"),
        date(&["304"], S, 1, "last seen"),
        date(&["453"], S, 1, "acute manifestation"),
        date(&["439"], S, 1, "accident"),
        date(&["484"], S, 1, "last menstrual period"),
        date(&["455"], S, 1, "last x-ray"),
        date(&["471"], S, 1, "hearing or vision prescription"),
        date_or_range(&["314", "360", "361"], S, 1, "disability"),
        date(&["297"], S, 1, "last worked"),
        date(&["296"], S, 1, "cleared to return to work"),
        date(&["435"], S, 1, "admission"),
        date(&["096"], S, 1, "discharge"),
        date(&["090", "091"], S, 2, "care assumed or given up"),
        date(&["444"], S, 1, "first contact, property and casualty"),
        date(&["050"], S, 1, "received by the repricer"),
        seg("PWK", S, 10, "claim attachment", PWK),
        seg("CN1", S, 1, "contract", CN1),
        amount(&["F5"], S, 1, "paid by the patient"),
        keyed("REF", 1, &["4N"], S, 1, "why given without authorization", REF_EXCEPTION),
        keyed("REF", 1, &["F5"], S, 1, "medicare crossover demanded", REF_CROSSOVER),
        reference(&["EW"], S, 1, "mammography certificate"),
        reference(&["9F"], S, 1, "referral number"),
        reference(&["G1"], S, 1, "prior authorization number"),
        reference(&["F8"], S, 1, "payer claim control number"),
        reference(&["X4"], S, 1, "clia number"),
        reference(&["9A"], S, 1, "repriced claim number"),
        reference(&["9C"], S, 1, "adjusted repriced claim number"),
        reference(&["LX"], S, 1, "investigational device number"),
        reference(&["D9"], S, 1, "clearinghouse trace number"),
        reference(&["EA"], S, 1, "medical record number"),
        reference(&["P4"], S, 1, "demonstration project"),
        reference(&["1J"], S, 1, "care plan oversight number"),
        seg("K3", S, 10, "text for a regulator", K3),
        keyed("NTE", 1, &["ADD", "CER", "DCP", "DGN", "TPO"], S, 1, "claim note", NTE),
        seg("CR1", S, 1, "ambulance transport", CR1),
        seg("CR2", S, 1, "spinal manipulation", CR2),
        keyed("CRC", 1, &["07"], S, 3, "ambulance conditions", CRC_AMBULANCE),
        keyed("CRC", 1, &["E1", "E2", "E3"], S, 3, "vision conditions", CRC_VISION),
        keyed("CRC", 1, &["75"], S, 1, "homebound", CRC_HOMEBOUND),
        keyed("CRC", 1, &["ZZ"], S, 1, "child screening referral", CRC_SCREENING),
        keyed("HI", 1, &["ABK", "BK"], R, 1, "diagnoses", HI_DIAGNOSES).in_component(1),
        keyed("HI", 1, &["BP"], S, 1, "surgery under anesthesia", HI_ANESTHESIA).in_component(1),
        keyed("HI", 1, &["BG"], S, 2, "conditions", HI_CONDITIONS).in_component(1),
        seg("HCP", S, 1, "claim pricing", HCP_CLAIM),
        inner(&REFERRING_PROVIDER),
        inner(&RENDERING_PROVIDER),
        inner(&SERVICE_FACILITY),
        inner(&SUPERVISING_PROVIDER),
        inner(&AMBULANCE_PICK_UP),
        inner(&AMBULANCE_DROP_OFF),
        inner(&OTHER_COVERAGE),
        inner(&SERVICE_LINE),
    ],
};

static CLM: &[Element] = &[
    el(1, R, E1028, "patient control number").at_most(20),
    el(2, R, E782, "total charge"),
    group(5, R, "where the care was given", C023),
    el(6, R, E1073, "provider signature on file").codes(&["N", "Y"]),
    el(7, R, E1359, "assignment").codes(&["A", "B", "C"]),
    el(8, R, E1073, "benefits assigned").codes(&["N", "W", "Y"]),
    el(9, R, E1363, "release of information").codes(&["I", "Y"]),
    el(10, S, E1351, "patient signature source").codes(&["P"]),
    group(11, S, "related causes", C024),
    el(12, S, E1366, "special program").codes(&["02", "03", "05", "09"]),
    el(20, S, E1514, "delay reason")
        .codes(&["1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "15"]),
];

static C023: &[Element] = &[
    el(1, R, E1331, "place of service").from_set("place-of-service"),
    el(2, R, E1332, "facility code qualifier").codes(&["B"]),
    el(3, R, E1325, "claim frequency").from_set("claim-frequency"),
];

static C024: &[Element] = &[
    el(1, R, E1362, "related cause").codes(&["AA", "EM", "OA"]),
    el(2, S, E1362, "second related cause").codes(&["AA", "EM", "OA"]),
    el(4, S, E156, "state of the accident").from_set("state"),
    el(5, S, E26, "country of the accident").from_set("country"),
];

static REF_CROSSOVER: &[Element] = &[
    el(1, R, E128, "which reference").codes(&["F5"]),
    el(2, R, E127, "crossover demanded").codes(&["N", "Y"]),
];

static CR1: &[Element] = &[
    el(1, S, E355, "unit of weight").codes(&["LB"]),
    el(2, S, E81, "patient weight"),
    el(4, R, E1317, "transport reason").codes(&["A", "B", "C", "D", "E"]),
    el(5, R, E355, "unit of distance").codes(&["DH"]),
    el(6, R, E380, "miles"),
    el(9, S, E352, "purpose of the round trip"),
    el(10, S, E352, "purpose of the stretcher"),
];

static CR2: &[Element] = &[
    el(8, R, E1342, "patient condition").codes(&["A", "C", "D", "E", "F", "G", "M"]),
    el(10, S, E352, "description"),
    el(11, S, E352, "description, continued"),
];

static CRC_AMBULANCE: &[Element] = &[
    el(1, R, E1136, "about").codes(&["07"]),
    el(2, R, E1073, "conditions apply").codes(&["N", "Y"]),
    el(3, R, E1321, "first condition").codes(AMBULANCE_CONDITIONS),
    el(4, S, E1321, "second condition").codes(AMBULANCE_CONDITIONS),
    el(5, S, E1321, "third condition").codes(AMBULANCE_CONDITIONS),
    el(6, S, E1321, "fourth condition").codes(AMBULANCE_CONDITIONS),
    el(7, S, E1321, "fifth condition").codes(AMBULANCE_CONDITIONS),
];

static AMBULANCE_CONDITIONS: Values = &["01", "04", "05", "06", "07", "08", "09", "12"];

static CRC_VISION: &[Element] = &[
    el(1, R, E1136, "about").codes(&["E1", "E2", "E3"]),
    el(2, R, E1073, "conditions apply").codes(&["N", "Y"]),
    el(3, R, E1321, "first condition").codes(VISION_CONDITIONS),
    el(4, S, E1321, "second condition").codes(VISION_CONDITIONS),
    el(5, S, E1321, "third condition").codes(VISION_CONDITIONS),
    el(6, S, E1321, "fourth condition").codes(VISION_CONDITIONS),
    el(7, S, E1321, "fifth condition").codes(VISION_CONDITIONS),
];

static VISION_CONDITIONS: Values = &["L1", "L2", "L3", "L4", "L5"];

static CRC_HOMEBOUND: &[Element] = &[
    el(1, R, E1136, "about").codes(&["75"]),
    el(2, R, E1073, "condition applies").codes(&["Y"]),
    el(3, R, E1321, "homebound").codes(&["IH"]),
];

static HI_DIAGNOSES: &[Element] = &[
    group(1, R, "principal diagnosis", C022_PRINCIPAL),
    group(2, S, "diagnosis 2", C022_DIAGNOSIS),
    group(3, S, "diagnosis 3", C022_DIAGNOSIS),
    group(4, S, "diagnosis 4", C022_DIAGNOSIS),
    group(5, S, "diagnosis 5", C022_DIAGNOSIS),
    group(6, S, "diagnosis 6", C022_DIAGNOSIS),
    group(7, S, "diagnosis 7", C022_DIAGNOSIS),
    group(8, S, "diagnosis 8", C022_DIAGNOSIS),
    group(9, S, "diagnosis 9", C022_DIAGNOSIS),
    group(10, S, "diagnosis 10", C022_DIAGNOSIS),
    group(11, S, "diagnosis 11", C022_DIAGNOSIS),
    group(12, S, "diagnosis 12", C022_DIAGNOSIS),
];

static C022_PRINCIPAL: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["ABK", "BK"]), el(2, R, E1271, "diagnosis")];

static C022_DIAGNOSIS: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["ABF", "BF"]), el(2, R, E1271, "diagnosis")];

static HI_ANESTHESIA: &[Element] = &[
    group(1, R, "principal surgery", C022_PRINCIPAL_SURGERY),
    group(2, S, "other surgery", C022_OTHER_SURGERY),
];

static C022_PRINCIPAL_SURGERY: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["BP"]), el(2, R, E1271, "procedure")];

static C022_OTHER_SURGERY: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["BO"]), el(2, R, E1271, "procedure")];

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

static HCP_CLAIM: &[Element] = &[
    el(1, R, E1473, "pricing method").codes(&[
        "00", "01", "02", "03", "04", "05", "07", "08", "09", "10", "11", "12", "13", "14",
    ]),
    el(2, R, E782, "allowed amount"),
    el(3, S, E782, "saved amount"),
    el(4, S, E127, "repricer"),
    el(5, S, E118, "per diem or flat rate"),
    el(6, S, E127, "approved patient group"),
    el(7, S, E782, "amount for the patient group"),
    el(13, S, E901, "reject reason").codes(PRICING_REJECTS),
    el(14, S, E1526, "terms met").codes(&["1", "2", "3", "4", "5"]),
    el(15, S, E1527, "exception").codes(&["1", "2", "3", "4", "5", "6"]),
];

// Providers and places of the claim.

static REFERRING_PROVIDER: Loop = Loop {
    id: "2310A",
    usage: S,
    repeat_max: 2,
    name: "referring provider",
    rows: &[
        keyed("NM1", 1, &["DN", "P3"], R, 1, "referring provider", PROVIDER_PERSON),
        reference(&["0B", "1G", "G2"], S, 3, "referring provider other number"),
    ],
};

static RENDERING_PROVIDER: Loop = Loop {
    id: "2310B",
    usage: S,
    repeat_max: 1,
    name: "rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "rendering provider", PROVIDER),
        seg("PRV", S, 1, "rendering provider specialty", PRV_RENDERING),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "rendering provider other number"),
    ],
};

static PRV_RENDERING: &[Element] = &[
    el(1, R, E1221, "part played").codes(&["PE"]),
    el(2, R, E128, "code list").codes(&["PXC"]),
    el(3, R, E127, "taxonomy").from_set("taxonomy"),
];

static SERVICE_FACILITY: Loop = Loop {
    id: "2310C",
    usage: S,
    repeat_max: 1,
    name: "service facility",
    rows: &[
        keyed("NM1", 1, &["77"], R, 1, "service facility", FACILITY),
        street(R, "service facility street"),
        city(R, "service facility city"),
        reference(&["0B", "G2", "LU"], S, 3, "service facility other number"),
        seg("PER", S, 1, "service facility contact", TELEPHONE),
    ],
};

static SUPERVISING_PROVIDER: Loop = Loop {
    id: "2310D",
    usage: S,
    repeat_max: 1,
    name: "supervising provider",
    rows: &[
        keyed("NM1", 1, &["DQ"], R, 1, "supervising provider", PROVIDER_PERSON),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "supervising provider other number"),
    ],
};

static AMBULANCE_PICK_UP: Loop = Loop {
    id: "2310E",
    usage: S,
    repeat_max: 1,
    name: "ambulance pick-up",
    rows: &[
        keyed("NM1", 1, &["PW"], R, 1, "ambulance pick-up", UNNAMED_PLACE),
        street(R, "ambulance pick-up street"),
        city(R, "ambulance pick-up city"),
    ],
};

static AMBULANCE_DROP_OFF: Loop = Loop {
    id: "2310F",
    usage: S,
    repeat_max: 1,
    name: "ambulance drop-off",
    rows: &[
        keyed("NM1", 1, &["45"], R, 1, "ambulance drop-off", DROP_OFF_NAME),
        street(R, "ambulance drop-off street"),
        city(R, "ambulance drop-off city"),
    ],
};

static DROP_OFF_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["2"]),
    el(3, S, E1035, "place"),
];

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
        amount(&["A8"], S, 1, "not covered by the other payer"),
        amount(&["EAF"], S, 1, "remaining patient liability"),
        seg("OI", R, 1, "terms of the other coverage", OI),
        seg("MOA", S, 1, "outpatient adjudication", MOA),
        inner(&OTHER_SUBSCRIBER),
        inner(&OTHER_PAYER),
        inner(&OTHER_PAYER_REFERRING),
        inner(&OTHER_PAYER_RENDERING),
        inner(&OTHER_PAYER_FACILITY),
        inner(&OTHER_PAYER_SUPERVISING),
        inner(&OTHER_PAYER_BILLING),
    ],
};

static SBR_OTHER: &[Element] = &[
    el(1, R, E1138, "payer responsibility").codes(PAYER_TURNS),
    el(2, R, E1069, "relationship to the subscriber")
        .codes(&["01", "18", "19", "20", "21", "39", "40", "53", "G8"]),
    el(3, S, E127, "group or policy number"),
    el(4, S, E93, "group"),
    el(5, S, E1336, "insurance type").codes(MEDICARE_SECONDARY),
    el(9, S, E1032, "claim filing indicator").codes(PLAN_KINDS),
];

static OI: &[Element] = &[
    el(3, R, E1073, "benefits assigned").codes(&["N", "W", "Y"]),
    el(4, S, E1351, "patient signature source").codes(&["P"]),
    el(6, R, E1363, "release of information").codes(&["I", "Y"]),
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
        reference(&["SY"], S, 1, "other subscriber social security number"),
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

static OTHER_PAYER_REFERRING: Loop = Loop {
    id: "2330C",
    usage: S,
    repeat_max: 2,
    name: "other payer referring provider",
    rows: &[
        keyed("NM1", 1, &["DN", "P3"], R, 1, "other payer referring provider", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2"], R, 3, "referring provider number with the other payer"),
    ],
};

static OTHER_PAYER_RENDERING: Loop = Loop {
    id: "2330D",
    usage: S,
    repeat_max: 1,
    name: "other payer rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "other payer rendering provider", UNNAMED),
        reference(
            &["0B", "1G", "G2", "LU"],
            R,
            3,
            "rendering provider number with the other payer",
        ),
    ],
};

static OTHER_PAYER_FACILITY: Loop = Loop {
    id: "2330E",
    usage: S,
    repeat_max: 1,
    name: "other payer service facility",
    rows: &[
        keyed("NM1", 1, &["77"], R, 1, "other payer service facility", UNNAMED_PLACE),
        reference(&["0B", "G2", "LU"], R, 3, "facility number with the other payer"),
    ],
};

static OTHER_PAYER_SUPERVISING: Loop = Loop {
    id: "2330F",
    usage: S,
    repeat_max: 1,
    name: "other payer supervising provider",
    rows: &[
        keyed("NM1", 1, &["DQ"], R, 1, "other payer supervising provider", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2", "LU"], R, 3, "supervisor number with the other payer"),
    ],
};

static OTHER_PAYER_BILLING: Loop = Loop {
    id: "2330G",
    usage: S,
    repeat_max: 1,
    name: "other payer billing provider",
    rows: &[
        keyed("NM1", 1, &["85"], R, 1, "other payer billing provider", UNNAMED),
        reference(&["G2", "LU"], R, 2, "billing provider number with the other payer"),
    ],
};

/// One service of a claim.
pub static SERVICE_LINE: Loop = Loop {
    id: "2400",
    usage: R,
    repeat_max: 50,
    name: "service line",
    rows: &[
        seg("LX", R, 1, "line number", LX),
        seg("SV1", R, 1, "professional service", SV1),
        seg("SV5", S, 1, "durable medical equipment", SV5),
        // Both kinds of PWK may say CT; the way it travels tells them apart.
        keyed("PWK", 1, REPORT_KINDS, S, 10, "line attachment", PWK).and(2, REPORT_WAYS),
        keyed("PWK", 1, &["CT"], S, 1, "certificate of medical necessity", PWK_CERTIFICATE)
            .and(2, CERTIFICATE_WAYS),
        seg("CR1", S, 1, "ambulance transport", CR1),
        seg("CR3", S, 1, "equipment certification", CR3),
        keyed("CRC", 1, &["07"], S, 3, "ambulance conditions", CRC_AMBULANCE),
        keyed("CRC", 1, &["70"], S, 1, "hospice employee", CRC_HOSPICE),
        keyed("CRC", 1, &["09"], S, 1, "equipment conditions", CRC_EQUIPMENT),
        date_or_range(&["472"], R, 1, "service"),
        date(&["471"], S, 1, "prescription"),
        date(&["607"], S, 1, "certification renewed"),
        date(&["463"], S, 1, "therapy began"),
        date(&["461"], S, 1, "last certification"),
        date(&["304"], S, 1, "last seen"),
        date(&["738", "739"], S, 2, "test"),
        date(&["011"], S, 1, "shipped"),
        date(&["455"], S, 1, "last x-ray"),
        date(&["454"], S, 1, "initial treatment"),
        quantity(&["PT"], S, 1, "patients in the ambulance"),
        quantity(&["FL"], S, 1, "obstetric anesthesia units"),
        seg("MEA", S, 5, "test result", MEA),
        seg("CN1", S, 1, "contract", CN1),
        reference(&["9B"], S, 1, "repriced line number"),
        reference(&["9D"], S, 1, "adjusted repriced line number"),
        payer_reference(&["G1"], S, 5, "prior authorization number"),
        keyed("REF", 1, &["6R"], S, 1, "line control number", REF_LINE),
        reference(&["EW"], S, 1, "mammography certificate"),
        reference(&["X4"], S, 1, "clia number"),
        reference(&["F4"], S, 1, "clia number of the referring laboratory"),
        reference(&["BT"], S, 1, "vaccine batch"),
        payer_reference(&["9F"], S, 5, "referral number"),
        amount(&["T"], S, 1, "sales tax"),
        amount(&["F4"], S, 1, "postage"),
        seg("K3", S, 10, "text for a regulator", K3),
        keyed("NTE", 1, &["ADD", "DCP"], S, 1, "line note", NTE),
        keyed("NTE", 1, &["TPO"], S, 1, "note of a third party", NTE),
        seg("PS1", S, 1, "purchased service", PS1),
        seg("HCP", S, 1, "line pricing", HCP_LINE),
        inner(&DRUG),
        inner(&LINE_RENDERING_PROVIDER),
        inner(&LINE_PURCHASED_PROVIDER),
        inner(&LINE_SERVICE_FACILITY),
        inner(&LINE_SUPERVISING_PROVIDER),
        inner(&LINE_ORDERING_PROVIDER),
        inner(&LINE_REFERRING_PROVIDER),
        inner(&LINE_AMBULANCE_PICK_UP),
        inner(&LINE_AMBULANCE_DROP_OFF),
        inner(&LINE_ADJUDICATION),
        inner(&FORM),
    ],
};

static SV1: &[Element] = &[
    group(1, R, "procedure", C003),
    el(2, R, E782, "line charge"),
    el(3, R, E355, "unit").codes(&["MJ", "UN"]),
    el(4, R, E380, "units").at_most(8),
    el(5, S, E1331, "place of service").from_set("place-of-service"),
    group(7, R, "diagnosis pointers", C004),
    el(9, S, E1073, "emergency").codes(&["Y"]),
    el(11, S, E1073, "child screening").codes(&["Y"]),
    el(12, S, E1073, "family planning").codes(&["Y"]),
    el(15, S, E1327, "no copay").codes(&["0"]),
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

static PROCEDURE_LISTS: Values = &["ER", "HC", "IV", "WK"];

// Whether a pointer finds its diagnosis is a rule's business.
static C004: &[Element] = &[
    el(1, R, E1328, "first diagnosis pointer"),
    el(2, S, E1328, "second diagnosis pointer"),
    el(3, S, E1328, "third diagnosis pointer"),
    el(4, S, E1328, "fourth diagnosis pointer"),
];

static SV5: &[Element] = &[
    group(1, R, "procedure", C003_EQUIPMENT),
    el(2, R, E355, "unit").codes(&["DA"]),
    el(3, R, E380, "days needed"),
    el(4, R, E782, "rental price"),
    el(5, R, E782, "purchase price"),
    el(6, R, E594, "rental period").codes(&["1", "4", "6"]),
];

static C003_EQUIPMENT: &[Element] =
    &[el(1, R, E235, "code list").codes(&["HC"]), el(2, R, E234, "procedure")];

static PWK_CERTIFICATE: &[Element] = &[
    el(1, R, E755, "kind of document").codes(&["CT"]),
    el(2, R, E756, "way it travels").codes(CERTIFICATE_WAYS),
];

static CERTIFICATE_WAYS: Values = &["AB", "AD", "AF", "AG", "NS"];

static CR3: &[Element] = &[
    el(1, R, E1322, "kind of certification").codes(&["I", "R", "S"]),
    el(2, R, E355, "unit").codes(&["MO"]),
    el(3, R, E380, "months needed"),
];

static CRC_HOSPICE: &[Element] = &[
    el(1, R, E1136, "about").codes(&["70"]),
    el(2, R, E1073, "works for the hospice").codes(&["N", "Y"]),
    el(3, R, E1321, "condition").codes(&["65"]),
];

static CRC_EQUIPMENT: &[Element] = &[
    el(1, R, E1136, "about").codes(&["09"]),
    el(2, R, E1073, "conditions apply").codes(&["N", "Y"]),
    el(3, R, E1321, "first condition").codes(&["38", "ZV"]),
    el(4, S, E1321, "second condition").codes(&["38", "ZV"]),
];

static MEA: &[Element] = &[
    el(1, R, E737, "original or test result").codes(&["OG", "TR"]),
    el(2, R, E738, "what was measured").codes(&["HT", "R1", "R2", "R3", "R4"]),
    el(3, R, E739, "result"),
];

static PS1: &[Element] =
    &[el(1, R, E127, "provider of the service"), el(2, R, E782, "purchase price")];

static HCP_LINE: &[Element] = &[
    el(1, R, E1473, "pricing method").codes(&[
        "00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14",
    ]),
    el(2, R, E782, "allowed amount"),
    el(3, S, E782, "saved amount"),
    el(4, S, E127, "repricer"),
    el(5, S, E118, "per diem or flat rate"),
    el(6, S, E127, "approved patient group"),
    el(7, S, E782, "amount for the patient group"),
    el(9, S, E235, "code list").codes(PROCEDURE_LISTS),
    el(10, S, E234, "approved procedure"),
    el(11, S, E355, "unit").codes(&["MJ", "UN"]),
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

static LIN: &[Element] = &[
    el(2, R, E235, "code list").codes(&["EN", "EO", "HI", "N4", "ON", "UK", "UP"]),
    el(3, R, E234, "ndc or product number"),
];

// Providers and places of the line, where they differ from the claim's.

static LINE_RENDERING_PROVIDER: Loop = Loop {
    id: "2420A",
    usage: S,
    repeat_max: 1,
    name: "line rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "rendering provider", PROVIDER),
        seg("PRV", S, 1, "rendering provider specialty", PRV_RENDERING),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "rendering provider other number"),
    ],
};

static LINE_PURCHASED_PROVIDER: Loop = Loop {
    id: "2420B",
    usage: S,
    repeat_max: 1,
    name: "provider of a purchased service",
    rows: &[
        keyed("NM1", 1, &["QB"], R, 1, "provider of a purchased service", PURCHASED_NAME),
        payer_reference(&["0B", "1G", "G2"], S, 20, "provider other number"),
    ],
};

static PURCHASED_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(8, S, E66, "identifier qualifier").codes(&["XX"]),
    el(9, S, E67, "npi"),
];

static LINE_SERVICE_FACILITY: Loop = Loop {
    id: "2420C",
    usage: S,
    repeat_max: 1,
    name: "line service facility",
    rows: &[
        keyed("NM1", 1, &["77"], R, 1, "service facility", FACILITY),
        street(R, "service facility street"),
        city(R, "service facility city"),
        payer_reference(&["G2", "LU"], S, 3, "service facility other number"),
    ],
};

static LINE_SUPERVISING_PROVIDER: Loop = Loop {
    id: "2420D",
    usage: S,
    repeat_max: 1,
    name: "line supervising provider",
    rows: &[
        keyed("NM1", 1, &["DQ"], R, 1, "supervising provider", PROVIDER_PERSON),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "supervising provider other number"),
    ],
};

static LINE_ORDERING_PROVIDER: Loop = Loop {
    id: "2420E",
    usage: S,
    repeat_max: 1,
    name: "ordering provider",
    rows: &[
        keyed("NM1", 1, &["DK"], R, 1, "ordering provider", PROVIDER_PERSON),
        street(S, "ordering provider street"),
        city(S, "ordering provider city"),
        payer_reference(&["0B", "1G", "G2"], S, 20, "ordering provider other number"),
        seg("PER", S, 1, "ordering provider contact", CONTACT),
    ],
};

static LINE_REFERRING_PROVIDER: Loop = Loop {
    id: "2420F",
    usage: S,
    repeat_max: 2,
    name: "line referring provider",
    rows: &[
        keyed("NM1", 1, &["DN", "P3"], R, 1, "referring provider", PROVIDER_PERSON),
        payer_reference(&["0B", "1G", "G2"], S, 20, "referring provider other number"),
    ],
};

static LINE_AMBULANCE_PICK_UP: Loop = Loop {
    id: "2420G",
    usage: S,
    repeat_max: 1,
    name: "line ambulance pick-up",
    rows: &[
        keyed("NM1", 1, &["PW"], R, 1, "ambulance pick-up", UNNAMED_PLACE),
        street(R, "ambulance pick-up street"),
        city(R, "ambulance pick-up city"),
    ],
};

static LINE_AMBULANCE_DROP_OFF: Loop = Loop {
    id: "2420H",
    usage: S,
    repeat_max: 1,
    name: "line ambulance drop-off",
    rows: &[
        keyed("NM1", 1, &["45"], R, 1, "ambulance drop-off", DROP_OFF_NAME),
        street(R, "ambulance drop-off street"),
        city(R, "ambulance drop-off city"),
    ],
};

// What other payers did with the line, and forms that go with it.

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
    group(3, R, "procedure", C003),
    el(5, R, E380, "units paid").at_most(8),
    el(6, S, E554, "bundled into line"),
];

static FORM: Loop = Loop {
    id: "2440",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "form",
    rows: &[
        keyed("LQ", 1, &["AS", "UT"], R, 1, "form", LQ),
        seg("FRM", R, 99, "answers on the form", FRM),
    ],
};

static LQ: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["AS", "UT"]), el(2, R, E1271, "form number")];

static FRM: &[Element] = &[
    el(1, R, E350, "question"),
    el(2, S, E1073, "answer, yes or no").codes(&["N", "W", "Y"]),
    el(3, S, E127, "answer, text"),
    el(4, S, E373, "answer, date"),
    el(5, S, E332, "answer, percent"),
];
