//! 005010X221A1, the remittance advice (835).
//!
//! Read it beside the guide: loops in order, one line for each element. A position that is left
//! out is "not used". The names are ours.

use super::elements::*;
use super::row::{Element, Guide, Loop, R, S, UNBOUNDED, el, group, inner, keyed, seg};
use super::shared::*;

/// The remittance advice.
pub static GUIDE: Guide = Guide {
    id: "005010X221A1",
    also: &["005010X221", "X221", "X221A1"],
    set: "835",
    group: "HP",
    name: "remittance advice",
    table: Loop {
        id: "HEADER",
        usage: R,
        repeat_max: 1,
        name: "payment",
        rows: &[
            seg("ST", R, 1, "start of the transaction set", ST),
            seg("BPR", R, 1, "payment", BPR),
            seg("TRN", R, 1, "check or transfer", TRN),
            seg("CUR", S, 1, "foreign currency", CUR),
            reference(&["EV"], S, 1, "receiver number"),
            reference(&["F2"], S, 1, "version of the payer's system"),
            plain_date(&["405"], S, 1, "production"),
            inner(&PAYING_PAYER),
            inner(&PAYEE),
            inner(&HEADING),
            seg("PLB", S, UNBOUNDED, "provider balance adjustments", PLB),
            trailer(),
        ],
    },
};

static ST: &[Element] = &[
    el(1, R, E143, "transaction set").codes(&["835"]),
    el(2, R, E329, "transaction set control number"),
];

static BPR: &[Element] = &[
    el(1, R, E305, "handling").codes(&["C", "D", "H", "I", "P", "U", "X"]),
    el(2, R, E782, "total paid"),
    el(3, R, E478, "credit or debit").codes(&["C", "D"]),
    el(4, R, E591, "payment method").codes(&["ACH", "BOP", "CHK", "FWT", "NON"]),
    el(5, S, E812, "payment format").codes(&["CCP", "CTX"]),
    el(6, S, E506, "numbering of the payer's bank").codes(&["01", "04"]),
    el(7, S, E507, "payer's bank"),
    el(8, S, E569, "kind of payer account").codes(&["DA"]),
    el(9, S, E508, "payer account"),
    el(10, S, E509, "payer identifier"),
    el(11, S, E510, "payer identifier, supplement"),
    el(12, S, E506, "numbering of the payee's bank").codes(&["01", "04"]),
    el(13, S, E507, "payee's bank"),
    el(14, S, E569, "kind of payee account").codes(&["DA", "SG"]),
    el(15, S, E508, "payee account"),
    el(16, R, E373, "payment date"),
];

static TRN: &[Element] = &[
    el(1, R, E481, "kind of trace").codes(&["1"]),
    el(2, R, E127, "check or transfer number"),
    el(3, R, E509, "payer identifier"),
    el(4, S, E127, "payer identifier, supplement"),
];

static CUR: &[Element] = &[
    el(1, R, E98, "whose currency").codes(&["PR"]),
    el(2, R, E100, "currency").from_set("currency"),
];

// Who pays and who is paid.

static PAYING_PAYER: Loop = Loop {
    id: "1000A",
    usage: R,
    repeat_max: 1,
    name: "payer",
    rows: &[
        keyed("N1", 1, &["PR"], R, 1, "payer", N1_PAYER),
        street(R, "payer street"),
        city(R, "payer city"),
        reference(&["2U", "EO", "HI", "NF"], S, 4, "payer other number"),
        keyed("PER", 1, &["CX"], S, 1, "payer business contact", PER_BUSINESS),
        keyed("PER", 1, &["BL"], R, UNBOUNDED, "payer technical contact", PER_TECHNICAL),
        keyed("PER", 1, &["IC"], S, 1, "payer web site", PER_WEB),
    ],
};

static N1_PAYER: &[Element] = &[
    el(1, R, E98, "part played").codes(&["PR"]),
    el(2, R, E93, "payer"),
    el(3, S, E66, "identifier qualifier").codes(&["XV"]),
    el(4, S, E67, "plan identifier"),
];

static PER_BUSINESS: &[Element] = &[
    el(1, R, E366, "contact for").codes(&["CX"]),
    el(2, S, E93, "contact name"),
    el(3, S, E365, "first way to reach").codes(&["EM", "FX", "TE"]),
    el(4, S, E364, "first number or address"),
    el(5, S, E365, "second way to reach").codes(&["EM", "EX", "FX", "TE"]),
    el(6, S, E364, "second number or address"),
    el(7, S, E365, "extension follows").codes(&["EX"]),
    el(8, S, E364, "extension"),
];

static PER_TECHNICAL: &[Element] = &[
    el(1, R, E366, "contact for").codes(&["BL"]),
    el(2, S, E93, "contact name"),
    el(3, S, E365, "first way to reach").codes(&["EM", "TE", "UR"]),
    el(4, S, E364, "first number or address"),
    el(5, S, E365, "second way to reach").codes(&["EM", "EX", "FX", "TE", "UR"]),
    el(6, S, E364, "second number or address"),
    el(7, S, E365, "third way to reach").codes(&["EM", "EX", "FX", "UR"]),
    el(8, S, E364, "third number or address"),
];

static PER_WEB: &[Element] = &[
    el(1, R, E366, "contact for").codes(&["IC"]),
    el(3, R, E365, "way to reach").codes(&["UR"]),
    el(4, R, E364, "web address"),
];

static PAYEE: Loop = Loop {
    id: "1000B",
    usage: R,
    repeat_max: 1,
    name: "payee",
    rows: &[
        keyed("N1", 1, &["PE"], R, 1, "payee", N1_PAYEE),
        street(S, "payee street"),
        city(S, "payee city"),
        reference(&["0B", "D3", "PQ", "TJ"], S, UNBOUNDED, "payee other number"),
        seg("RDM", S, 1, "delivery of the remittance", RDM),
    ],
};

static N1_PAYEE: &[Element] = &[
    el(1, R, E98, "part played").codes(&["PE"]),
    el(2, R, E93, "payee"),
    el(3, R, E66, "identifier qualifier").codes(&["FI", "XV", "XX"]),
    el(4, R, E67, "payee identifier"),
];

static RDM: &[Element] = &[
    el(1, R, E756, "way it travels").codes(&["BM", "EM", "FT", "OL"]),
    el(2, S, E93, "recipient"),
    el(3, S, E364, "number or address"),
];

// Claims under their headings.

static HEADING: Loop = Loop {
    id: "2000",
    usage: S,
    repeat_max: UNBOUNDED,
    name: "heading",
    rows: &[
        seg("LX", R, 1, "heading number", LX),
        seg("TS3", S, 1, "provider summary", TS3),
        seg("TS2", S, 1, "provider summary, inpatient medicare", TS2),
        inner(&CLAIM_PAYMENT),
    ],
};

static LX: &[Element] = &[el(1, R, E554, "heading number")];

static TS3: &[Element] = &[
    el(1, R, E127, "provider"),
    el(2, R, E1331, "type of facility"),
    el(3, R, E373, "end of the fiscal year"),
    el(4, R, E380, "number of claims"),
    el(5, R, E782, "total charge"),
    el(13, S, E782, "paid by payers before medicare"),
    el(15, S, E782, "charges outside the laboratory"),
    el(17, S, E782, "charges reported by procedure"),
    el(18, S, E782, "payable by fee schedule"),
    el(20, S, E782, "professional part"),
    el(21, S, E782, "patient share met by payers before medicare"),
    el(22, S, E782, "paid back to patients"),
    el(23, S, E380, "claims under interim payment"),
    el(24, S, E782, "adjustment for interim payment"),
];

static TS2: &[Element] = &[
    el(1, S, E782, "drg amount"),
    el(2, S, E782, "federal specific amount"),
    el(3, S, E782, "hospital specific amount"),
    el(4, S, E782, "disproportionate share"),
    el(5, S, E782, "capital"),
    el(6, S, E782, "indirect medical education"),
    el(7, S, E380, "outlier days"),
    el(8, S, E782, "day outliers"),
    el(9, S, E782, "cost outliers"),
    el(10, S, E380, "average length of stay"),
    el(11, S, E380, "discharges"),
    el(12, S, E380, "cost report days"),
    el(13, S, E380, "covered days"),
    el(14, S, E380, "noncovered days"),
    el(15, S, E782, "passed through, payers before medicare"),
    el(16, S, E380, "average drg weight"),
    el(17, S, E782, "capital, federal specific drg"),
    el(18, S, E782, "capital, hospital specific drg"),
    el(19, S, E782, "capital, disproportionate share"),
];

/// What the payer decided about one claim.
pub static CLAIM_PAYMENT: Loop = Loop {
    id: "2100",
    usage: R,
    repeat_max: UNBOUNDED,
    name: "claim payment",
    rows: &[
        seg("CLP", R, 1, "claim payment", CLP),
        seg("CAS", S, 99, "claim adjustments", CAS),
        keyed("NM1", 1, &["QC"], R, 1, "patient", PATIENT_NAME),
        keyed("NM1", 1, &["IL"], S, 1, "insured", INSURED_NAME),
        keyed("NM1", 1, &["74"], S, 1, "corrected patient or insured", CORRECTED_NAME),
        keyed("NM1", 1, &["82"], S, 1, "rendering provider", RENDERING_NAME),
        keyed("NM1", 1, &["TT"], S, 1, "payer the claim went on to", CARRIER_NAME),
        keyed("NM1", 1, &["PR"], S, 1, "payer who should pay first", CARRIER_NAME),
        keyed("NM1", 1, &["GB"], S, 1, "other subscriber", OTHER_SUBSCRIBER_NAME),
        seg("MIA", S, 1, "inpatient adjudication", MIA),
        seg("MOA", S, 1, "outpatient adjudication", MOA),
        reference(CLAIM_REFERENCES, S, 5, "claim other number"),
        reference(CLAIM_PROVIDERS, S, 10, "rendering provider other number"),
        plain_date(&["232", "233"], S, 2, "claim from and to"),
        plain_date(&["036"], S, 1, "coverage ended"),
        plain_date(&["050"], S, 1, "claim received"),
        seg("PER", S, 2, "claim contact", PER_CLAIM),
        amount(CLAIM_AMOUNTS, S, 13, "claim amounts for information"),
        quantity(CLAIM_QUANTITIES, S, 14, "claim quantities for information"),
        inner(&SERVICE_PAYMENT),
    ],
};

static CLAIM_REFERENCES: Values =
    &["1L", "1W", "28", "6P", "9A", "9C", "BB", "CE", "EA", "F8", "G1", "G3", "IG", "SY"];

static CLAIM_PROVIDERS: Values =
    &["0B", "1A", "1B", "1C", "1D", "1G", "1H", "1J", "D3", "G2", "LU"];

static CLAIM_AMOUNTS: Values =
    &["AU", "D8", "DY", "F5", "I", "NL", "T", "T2", "ZK", "ZL", "ZM", "ZN", "ZO"];

static CLAIM_QUANTITIES: Values =
    &["CA", "CD", "LA", "LE", "NE", "NR", "OU", "PS", "VS", "ZK", "ZL", "ZM", "ZN", "ZO"];

static CLP: &[Element] = &[
    el(1, R, E1028, "patient control number"),
    el(2, R, E1029, "claim status")
        .codes(&["1", "2", "3", "4", "19", "20", "21", "22", "23", "25"]),
    el(3, R, E782, "total charge"),
    el(4, R, E782, "paid"),
    el(5, S, E782, "patient responsibility"),
    el(6, R, E1032, "claim filing indicator").codes(PLAN_KINDS),
    el(7, R, E127, "payer claim control number"),
    el(8, S, E1331, "type of facility"),
    el(9, S, E1325, "claim frequency").from_set("claim-frequency"),
    el(11, S, E1354, "drg"),
    el(12, S, E380, "drg weight"),
    el(13, S, E954, "discharge fraction"),
];

static PLAN_KINDS: Values = &[
    "12", "13", "14", "15", "16", "17", "AM", "CH", "DS", "HM", "LM", "MA", "MB", "MC", "OF", "TV",
    "VA", "WC", "ZZ",
];

static CAS: &[Element] = &adjustments(&["CO", "OA", "PI", "PR"]);

static PATIENT_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1"]),
    el(3, S, E1035, "last name"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, S, E66, "identifier qualifier").codes(&["34", "HN", "II", "MI", "MR"]),
    el(9, S, E67, "patient identifier"),
];

static INSURED_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, S, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, R, E66, "identifier qualifier").codes(&["FI", "II", "MI"]),
    el(9, R, E67, "member number"),
];

static CORRECTED_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, S, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, S, E66, "identifier qualifier").codes(&["C"]),
    el(9, S, E67, "corrected member number"),
];

static RENDERING_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, S, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, R, E66, "identifier qualifier").codes(&["BD", "BS", "FI", "MC", "PC", "SL", "UP", "XX"]),
    el(9, R, E67, "rendering provider identifier"),
];

static CARRIER_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["2"]),
    el(3, R, E1035, "payer"),
    el(8, R, E66, "identifier qualifier").codes(&["AD", "FI", "NI", "PI", "PP", "XV"]),
    el(9, R, E67, "payer identifier"),
];

static OTHER_SUBSCRIBER_NAME: &[Element] = &[
    el(1, R, E98, "part played"),
    el(2, R, E1065, "entity type").codes(&["1", "2"]),
    el(3, S, E1035, "last name or organization"),
    el(4, S, E1036, "first name"),
    el(5, S, E1037, "middle name"),
    el(7, S, E1039, "name suffix"),
    el(8, S, E66, "identifier qualifier").codes(&["FI", "II", "MI"]),
    el(9, S, E67, "member number"),
];

static MIA: &[Element] = &[
    el(1, R, E380, "covered days or visits"),
    el(2, S, E782, "operating outlier"),
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

static PER_CLAIM: &[Element] = &[
    el(1, R, E366, "contact for").codes(&["CX"]),
    el(2, S, E93, "contact name"),
    el(3, R, E365, "first way to reach").codes(&["EM", "FX", "TE"]),
    el(4, R, E364, "first number or address"),
    el(5, S, E365, "second way to reach").codes(&["EM", "EX", "FX", "TE"]),
    el(6, S, E364, "second number or address"),
    el(7, S, E365, "extension follows").codes(&["EX"]),
    el(8, S, E364, "extension"),
];

/// What the payer decided about one service of the claim.
pub static SERVICE_PAYMENT: Loop = Loop {
    id: "2110",
    usage: S,
    repeat_max: 999,
    name: "service payment",
    rows: &[
        seg("SVC", R, 1, "service payment", SVC),
        plain_date(&["150", "151", "472"], S, 2, "service"),
        seg("CAS", S, 99, "service adjustments", CAS),
        reference(SERVICE_REFERENCES, S, 8, "service other number"),
        reference(&["6R"], S, 1, "line control number"),
        reference(SERVICE_PROVIDERS, S, 10, "rendering provider number"),
        reference(&["0K"], S, 5, "payment policy"),
        amount(SERVICE_AMOUNTS, S, 9, "service amounts for information"),
        quantity(&["ZK", "ZL", "ZM", "ZN", "ZO"], S, 6, "service quantities for information"),
        keyed("LQ", 1, &["HE", "RX"], S, 99, "remarks", LQ),
    ],
};

static SERVICE_REFERENCES: Values = &["1S", "APC", "BB", "E9", "G1", "G3", "LU", "RB"];

static SERVICE_PROVIDERS: Values =
    &["0B", "1A", "1B", "1C", "1D", "1G", "1H", "1J", "D3", "G2", "HPI", "SY", "TJ"];

static SERVICE_AMOUNTS: Values = &["B6", "KH", "T", "T2", "ZK", "ZL", "ZM", "ZN", "ZO"];

static SVC: &[Element] = &[
    group(1, R, "procedure paid", C003_PAID),
    el(2, R, E782, "line charge"),
    el(3, R, E782, "line paid"),
    el(4, S, E234, "revenue code"),
    el(5, S, E380, "units paid"),
    group(6, S, "procedure submitted", C003_SUBMITTED),
    el(7, S, E380, "units submitted"),
];

static C003_PAID: &[Element] = &[
    el(1, R, E235, "code list").codes(PROCEDURE_LISTS),
    el(2, R, E234, "procedure"),
    el(3, S, E1339, "first modifier"),
    el(4, S, E1339, "second modifier"),
    el(5, S, E1339, "third modifier"),
    el(6, S, E1339, "fourth modifier"),
];

static C003_SUBMITTED: &[Element] = &[
    el(1, R, E235, "code list").codes(PROCEDURE_LISTS),
    el(2, R, E234, "procedure"),
    el(3, S, E1339, "first modifier"),
    el(4, S, E1339, "second modifier"),
    el(5, S, E1339, "third modifier"),
    el(6, S, E1339, "fourth modifier"),
    el(7, S, E352, "description"),
];

static PROCEDURE_LISTS: Values = &["AD", "ER", "HC", "HP", "IV", "N4", "N6", "NU", "UI", "WK"];

// HE is a remark, RX a pharmacy reject; which list holds the code depends on the line itself.
static LQ: &[Element] =
    &[el(1, R, E1270, "code list").codes(&["HE", "RX"]), el(2, R, E1271, "remark")];

// Money that belongs to no claim: interest, recovery, forwarded balances.

static PLB: &[Element] = &[
    el(1, R, E127, "provider"),
    el(2, R, E373, "end of the fiscal year"),
    group(3, R, "first adjustment", C042),
    el(4, R, E782, "first amount"),
    group(5, S, "second adjustment", C042),
    el(6, S, E782, "second amount"),
    group(7, S, "third adjustment", C042),
    el(8, S, E782, "third amount"),
    group(9, S, "fourth adjustment", C042),
    el(10, S, E782, "fourth amount"),
    group(11, S, "fifth adjustment", C042),
    el(12, S, E782, "fifth amount"),
    group(13, S, "sixth adjustment", C042),
    el(14, S, E782, "sixth amount"),
];

static C042: &[Element] =
    &[el(1, R, E426, "reason").codes(BALANCE_REASONS), el(2, S, E127, "reference")];

static BALANCE_REASONS: Values = &[
    "50", "51", "72", "90", "AH", "AM", "AP", "B2", "B3", "BD", "BN", "C5", "CR", "CS", "CT", "CV",
    "CW", "DM", "E3", "FB", "FC", "GO", "HM", "IP", "IR", "IS", "J1", "L3", "L6", "LE", "LS", "OA",
    "OB", "PI", "PL", "RA", "RE", "SL", "TL", "WO", "WU",
];
