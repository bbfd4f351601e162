//! 005010X224A2, the dental claim (837D).
//!
//! Read it beside the guide: loops in order, one line for each element. A position that is left
//! out is "not used". The names are ours.
//!
//! Transcriptions of this guide differ from each other more than those of the other claims. Where
//! they do and nothing settles it, the row lets both stand, and says so.

use super::elements::*;
use super::row::{Element, Guide, Loop, R, S, UNBOUNDED, el, group, inner, keyed, seg};
use super::shared::*;
use super::shared_claims::*;

/// The dental claim.
pub static GUIDE: Guide = Guide {
    id: "005010X224A2",
    also: &["005010X224", "005010X224A1", "005010X224A3", "X224", "X224A1", "X224A2", "X224A3"],
    set: "837",
    group: "HC",
    name: "dental claim",
    table: Loop {
        id: "HEADER",
        usage: R,
        repeat_max: 1,
        name: "dental claims",
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
    el(3, R, E1705, "guide").codes(&["005010X224A2", "005010X224", "005010X224A1", "005010X224A3"]),
];

// Who sends and who receives.

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

// The subscriber's level. A dental claim says nothing of death, weight or pregnancy.

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
    el(5, S, E1336, "insurance type").codes(MEDICARE_SECONDARY),
    el(9, S, E1032, "claim filing indicator").codes(PLAN_KINDS),
];

static MEDICARE_SECONDARY: Values = &["12", "13", "14", "15", "16", "41", "42", "43", "47"];

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
        seg("PAT", R, 1, "patient and relationship", PAT),
        inner(&PATIENT),
        inner(&CLAIM),
    ],
};

static PAT: &[Element] = &[el(1, R, E1069, "relationship to the subscriber").codes(RELATIONSHIPS)];

static RELATIONSHIPS: Values = &["01", "19", "20", "21", "39", "40", "53", "G8"];

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
        date(&["439"], S, 1, "accident"),
        date(&["452"], S, 1, "appliance placed"),
        date_or_range(&["472"], S, 1, "service"),
        date(&["050"], S, 1, "received by the repricer"),
        seg("DN1", S, 1, "orthodontic treatment", DN1),
        seg("DN2", S, 35, "tooth status", DN2),
        seg("PWK", S, 10, "claim attachment", PWK),
        seg("CN1", S, 1, "contract", CN1_CLAIM),
        amount(&["F5"], S, 1, "paid by the patient"),
        reference(&["G3"], S, 1, "predetermination number"),
        keyed("REF", 1, &["4N"], S, 1, "why given without authorization", REF_EXCEPTION),
        reference(&["F8"], S, 1, "payer claim control number"),
        reference(&["9F"], S, 1, "referral number"),
        reference(&["G1"], S, 1, "prior authorization number"),
        reference(&["9A"], S, 1, "repriced claim number"),
        reference(&["9C"], S, 1, "adjusted repriced claim number"),
        reference(&["D9"], S, 1, "clearinghouse trace number"),
        seg("K3", S, 10, "text for a regulator", K3),
        keyed("NTE", 1, &["ADD"], S, 5, "claim note", NTE),
        keyed("HI", 1, &["ABK", "BK", "TQ"], S, 1, "diagnoses", HI_DIAGNOSES).in_component(1),
        seg("HCP", S, 1, "claim pricing", HCP_CLAIM),
        inner(&REFERRING_PROVIDER),
        inner(&RENDERING_PROVIDER),
        inner(&SERVICE_FACILITY),
        inner(&ASSISTANT_SURGEON),
        inner(&SUPERVISING_PROVIDER),
        inner(&OTHER_COVERAGE),
        inner(&SERVICE_LINE),
    ],
};

static CLM: &[Element] = &[
    el(1, R, E1028, "patient control number").at_most(20),
    el(2, R, E782, "total charge"),
    group(5, R, "where the care was given", C023),
    el(6, R, E1073, "provider signature on file").codes(&["N", "Y"]),
    el(7, R, E1359, "assignment").codes(&["A", "C"]),
    el(8, R, E1073, "benefits assigned").codes(&["N", "W", "Y"]),
    el(9, R, E1363, "release of information").codes(&["I", "Y"]),
    group(11, S, "related causes", C024),
    el(12, S, E1366, "special program").codes(&["01", "02", "03", "05"]),
    el(19, S, E1383, "predetermination of benefits").codes(&["PB"]),
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

static DN1: &[Element] = &[
    el(1, S, E380, "months of treatment"),
    el(2, S, E380, "months remaining"),
    el(4, S, E352, "appliance"),
];

static DN2: &[Element] = &[
    el(1, R, E127, "tooth"),
    el(2, R, E1368, "to be extracted or missing").codes(&["E", "M"]),
    // The base standard demands it, so a transcription that calls it not used cannot be right.
    el(6, R, E1270, "code list").codes(&["JP"]),
];

static PWK: &[Element] = &[
    el(1, R, E755, "kind of document").codes(REPORT_KINDS),
    el(2, R, E756, "way it travels").codes(&["AA", "BM", "EL", "EM", "FT", "FX"]),
    el(5, S, E66, "identifier qualifier").codes(&["AC"]),
    el(6, S, E67, "attachment control number").at_most(50),
];

static REPORT_KINDS: Values = &["B4", "DA", "DG", "EB", "OZ", "P6", "RB", "RR"];

// One transcription lists the diagnosis related group (01) for the claim, another does not.
static CN1_CLAIM: &[Element] = &[
    el(1, R, E1166, "kind of contract").codes(&["01", "02", "03", "04", "05", "06", "09"]),
    el(2, S, E782, "contract amount"),
    el(3, S, E332, "contract percentage"),
    el(4, S, E127, "contract code"),
    el(5, S, E338, "discount percentage"),
    el(6, S, E799, "contract version"),
];

static CN1_LINE: &[Element] = &[
    el(1, R, E1166, "kind of contract").codes(&["02", "03", "04", "05", "06", "09"]),
    el(2, S, E782, "contract amount"),
    el(3, S, E332, "contract percentage"),
    el(4, S, E127, "contract code"),
    el(5, S, E338, "discount percentage"),
    el(6, S, E799, "contract version"),
];

// A line can point at four diagnoses, and no claim has more. TQ is the dental code list.
static HI_DIAGNOSES: &[Element] = &[
    group(1, R, "principal diagnosis", C022_PRINCIPAL),
    group(2, S, "diagnosis 2", C022_DIAGNOSIS),
    group(3, S, "diagnosis 3", C022_DIAGNOSIS),
    group(4, S, "diagnosis 4", C022_DIAGNOSIS),
];

static C022_PRINCIPAL: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["ABK", "BK", "TQ"]), el(2, R, E1271, "diagnosis")];

static C022_DIAGNOSIS: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["ABF", "BF", "TQ"]), el(2, R, E1271, "diagnosis")];

static HCP_CLAIM: &[Element] = &[
    el(1, R, E1473, "pricing method").codes(PRICING_METHODS),
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

static PRICING_METHODS: Values =
    &["00", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13", "14"];

// Providers and places of the claim.

static REFERRING_PROVIDER: Loop = Loop {
    id: "2310A",
    usage: S,
    repeat_max: 2,
    name: "referring provider",
    rows: &[
        keyed("NM1", 1, &["DN", "P3"], R, 1, "referring provider", PROVIDER_PERSON),
        seg("PRV", S, 1, "referring provider specialty", PRV_REFERRING),
        reference(&["0B", "1G", "G2"], S, 3, "referring provider other number"),
    ],
};

static PRV_REFERRING: &[Element] = &[
    el(1, R, E1221, "part played").codes(&["RF"]),
    el(2, R, E128, "code list").codes(&["PXC"]),
    el(3, R, E127, "taxonomy").from_set("taxonomy"),
];

static RENDERING_PROVIDER: Loop = Loop {
    id: "2310B",
    usage: S,
    repeat_max: 1,
    name: "rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "rendering provider", PROVIDER),
        // One transcription demands it, another does not.
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
    ],
};

static ASSISTANT_SURGEON: Loop = Loop {
    id: "2310D",
    usage: S,
    repeat_max: 1,
    name: "assistant surgeon",
    rows: &[
        keyed("NM1", 1, &["DD"], R, 1, "assistant surgeon", PROVIDER_PERSON),
        seg("PRV", S, 1, "assistant surgeon specialty", PRV_ASSISTANT),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "assistant surgeon other number"),
    ],
};

static PRV_ASSISTANT: &[Element] = &[
    el(1, R, E1221, "part played").codes(&["AS"]),
    el(2, R, E128, "code list").codes(&["PXC"]),
    el(3, R, E127, "taxonomy").from_set("taxonomy"),
];

static SUPERVISING_PROVIDER: Loop = Loop {
    id: "2310E",
    usage: S,
    repeat_max: 1,
    name: "supervising provider",
    rows: &[
        keyed("NM1", 1, &["DQ"], R, 1, "supervising provider", PROVIDER_PERSON),
        reference(&["0B", "1G", "G2", "LU"], S, 4, "supervising provider other number"),
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
        seg("MOA", S, 1, "outpatient adjudication", MOA),
        inner(&OTHER_SUBSCRIBER),
        inner(&OTHER_PAYER),
        inner(&OTHER_PAYER_REFERRING),
        inner(&OTHER_PAYER_RENDERING),
        inner(&OTHER_PAYER_SUPERVISING),
        inner(&OTHER_PAYER_BILLING),
        inner(&OTHER_PAYER_FACILITY),
        inner(&OTHER_PAYER_ASSISTANT),
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
    // Two transcriptions call it not used; files made from the guide by others have it.
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
        reference(&["2U", "EI", "FY", "NF"], S, 3, "other payer other number"),
        reference(&["G1"], S, 1, "other payer prior authorization number"),
        reference(&["9F"], S, 1, "other payer referral number"),
        keyed("REF", 1, &["T4"], S, 1, "other payer adjusted the claim", REF_ADJUSTED),
        reference(&["G3"], S, 1, "other payer predetermination number"),
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
        // The transcriptions let persons stand alone here, and organizations too in 2310B: a
        // rendering provider that the claim may name can be named to the other payer.
        keyed("NM1", 1, &["82"], R, 1, "other payer rendering provider", UNNAMED),
        reference(
            &["0B", "1G", "G2", "LU"],
            R,
            3,
            "rendering provider number with the other payer",
        ),
    ],
};

static OTHER_PAYER_SUPERVISING: Loop = Loop {
    id: "2330E",
    usage: S,
    repeat_max: 1,
    name: "other payer supervising provider",
    rows: &[
        keyed("NM1", 1, &["DQ"], R, 1, "other payer supervising provider", UNNAMED_PERSON),
        reference(&["0B", "1G", "G2", "LU"], R, 3, "supervisor number with the other payer"),
    ],
};

static OTHER_PAYER_BILLING: Loop = Loop {
    id: "2330F",
    usage: S,
    repeat_max: 1,
    name: "other payer billing provider",
    rows: &[
        keyed("NM1", 1, &["85"], R, 1, "other payer billing provider", UNNAMED),
        reference(&["G2", "LU"], R, 2, "billing provider number with the other payer"),
    ],
};

static OTHER_PAYER_FACILITY: Loop = Loop {
    id: "2330G",
    usage: S,
    repeat_max: 1,
    name: "other payer service facility",
    rows: &[
        keyed("NM1", 1, &["77"], R, 1, "other payer service facility", UNNAMED_PLACE),
        reference(&["0B", "G2", "LU"], R, 3, "facility number with the other payer"),
    ],
};

static OTHER_PAYER_ASSISTANT: Loop = Loop {
    id: "2330H",
    usage: S,
    repeat_max: 1,
    name: "other payer assistant surgeon",
    rows: &[
        keyed("NM1", 1, &["DD"], R, 1, "other payer assistant surgeon", UNNAMED),
        // One transcription has the number of a location (LU) too, another has not.
        reference(&["0B", "1G", "G2", "LU"], R, 3, "assistant surgeon number with the other payer"),
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
        seg("SV3", R, 1, "dental service", SV3),
        seg("TOO", S, 32, "tooth", TOO),
        // One transcription has a day alone, another a range too.
        date_or_range(&["472"], S, 1, "service"),
        date(&["139", "441"], S, 1, "earlier placement, known or estimated"),
        date(&["452"], S, 1, "appliance placed"),
        date(&["446"], S, 1, "appliance replaced"),
        date(&["196"], S, 1, "treatment began"),
        date(&["198"], S, 1, "treatment ended"),
        seg("CN1", S, 1, "contract", CN1_LINE),
        payer_reference(&["G3"], S, 5, "predetermination number"),
        payer_reference(&["G1"], S, 5, "prior authorization number"),
        keyed("REF", 1, &["6R"], S, 1, "line control number", REF_LINE),
        // The letters of the claim (9A, 9C) or those that the professional guide has for a line
        // (9B, 9D): transcriptions differ.
        reference(&["9A", "9B"], S, 1, "repriced line number"),
        reference(&["9C", "9D"], S, 1, "adjusted repriced line number"),
        payer_reference(&["9F"], S, 5, "referral number"),
        amount(&["T"], S, 1, "sales tax"),
        seg("K3", S, 10, "text for a regulator", K3),
        seg("HCP", S, 1, "line pricing", HCP_LINE),
        inner(&LINE_RENDERING_PROVIDER),
        inner(&LINE_ASSISTANT_SURGEON),
        inner(&LINE_SUPERVISING_PROVIDER),
        inner(&LINE_SERVICE_FACILITY),
        inner(&LINE_ADJUDICATION),
    ],
};

static SV3: &[Element] = &[
    group(1, R, "procedure", C003),
    el(2, R, E782, "line charge"),
    el(3, S, E1331, "place of service").from_set("place-of-service"),
    group(4, S, "areas of the mouth", C006),
    el(5, S, E1358, "first placement or replacement").codes(&["I", "R"]),
    el(6, S, E380, "procedures"),
    // Whether a pointer finds its diagnosis is a rule's business.
    group(11, S, "diagnosis pointers", C004),
];

static C003: &[Element] = &[
    el(1, R, E235, "code list").codes(&["AD"]),
    el(2, R, E234, "procedure"),
    el(3, S, E1339, "first modifier"),
    el(4, S, E1339, "second modifier"),
    el(5, S, E1339, "third modifier"),
    el(6, S, E1339, "fourth modifier"),
    el(7, S, E352, "description"),
];

static C006: &[Element] = &[
    el(1, R, E1361, "first area"),
    el(2, S, E1361, "second area"),
    el(3, S, E1361, "third area"),
    el(4, S, E1361, "fourth area"),
    el(5, S, E1361, "fifth area"),
];

static C004: &[Element] = &[
    el(1, R, E1328, "first diagnosis pointer"),
    el(2, S, E1328, "second diagnosis pointer"),
    el(3, S, E1328, "third diagnosis pointer"),
    el(4, S, E1328, "fourth diagnosis pointer"),
];

static TOO: &[Element] = &[
    el(1, R, E1270, "code list").codes(&["JP"]),
    el(2, S, E1271, "tooth"),
    group(3, S, "surfaces", C005),
];

static C005: &[Element] = &[
    el(1, R, E1369, "first surface").codes(SURFACES),
    el(2, S, E1369, "second surface").codes(SURFACES),
    el(3, S, E1369, "third surface").codes(SURFACES),
    el(4, S, E1369, "fourth surface").codes(SURFACES),
    el(5, S, E1369, "fifth surface").codes(SURFACES),
];

static SURFACES: Values = &["B", "D", "F", "I", "L", "M", "O"];

static HCP_LINE: &[Element] = &[
    el(1, R, E1473, "pricing method").codes(PRICING_METHODS),
    el(2, R, E782, "allowed amount"),
    el(3, S, E782, "saved amount"),
    el(4, S, E127, "repricer"),
    el(5, S, E118, "per diem or flat rate"),
    el(6, S, E127, "approved patient group"),
    el(7, S, E782, "amount for the patient group"),
    el(9, S, E235, "code list").codes(&["AD"]),
    el(10, S, E234, "approved procedure"),
    el(11, S, E355, "unit").codes(&["UN"]),
    el(12, S, E380, "approved units"),
    el(13, S, E901, "reject reason").codes(PRICING_REJECTS),
    el(14, S, E1526, "terms met").codes(&["1", "2", "3", "4", "5"]),
    el(15, S, E1527, "exception").codes(&["1", "2", "3", "4", "5", "6"]),
];

// Providers and places of the line, where they differ from the claim's.

static LINE_RENDERING_PROVIDER: Loop = Loop {
    id: "2420A",
    usage: S,
    repeat_max: 1,
    name: "line rendering provider",
    rows: &[
        keyed("NM1", 1, &["82"], R, 1, "rendering provider", PROVIDER),
        // Demanded by the transcriptions; left open as in 2310B, where they disagree.
        seg("PRV", S, 1, "rendering provider specialty", PRV_RENDERING),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "rendering provider other number"),
    ],
};

static LINE_ASSISTANT_SURGEON: Loop = Loop {
    id: "2420B",
    usage: S,
    repeat_max: 1,
    name: "line assistant surgeon",
    rows: &[
        keyed("NM1", 1, &["DD"], R, 1, "assistant surgeon", PROVIDER_PERSON),
        seg("PRV", S, 1, "assistant surgeon specialty", PRV_ASSISTANT),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "assistant surgeon other number"),
    ],
};

static LINE_SUPERVISING_PROVIDER: Loop = Loop {
    id: "2420C",
    usage: S,
    repeat_max: 1,
    name: "line supervising provider",
    rows: &[
        keyed("NM1", 1, &["DQ"], R, 1, "supervising provider", PROVIDER_PERSON),
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "supervising provider other number"),
    ],
};

static LINE_SERVICE_FACILITY: Loop = Loop {
    id: "2420D",
    usage: S,
    repeat_max: 1,
    name: "line service facility",
    rows: &[
        keyed("NM1", 1, &["77"], R, 1, "service facility", FACILITY),
        street(R, "service facility street"),
        city(R, "service facility city"),
        // One transcription says 1G where the claim's facility has 0B.
        payer_reference(&["0B", "1G", "G2", "LU"], S, 20, "service facility other number"),
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
    group(3, R, "procedure", C003_ADJUDICATED),
    el(5, R, E380, "units paid"),
    el(6, S, E554, "bundled into line"),
];

static C003_ADJUDICATED: &[Element] = &[
    el(1, R, E235, "code list").codes(&["AD", "ER"]),
    el(2, R, E234, "procedure"),
    el(3, S, E1339, "first modifier"),
    el(4, S, E1339, "second modifier"),
    el(5, S, E1339, "third modifier"),
    el(6, S, E1339, "fourth modifier"),
    el(7, S, E352, "description"),
];
